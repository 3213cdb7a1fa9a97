"""From a boundary file of the user's to units like the shipped ones: names, codes, valid shapes, and what is odd in them."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd
import polars as pl
import shapely

from mapping.admin.boundary_file import open_boundaries
from mapping.admin.claims import resolve_province
from mapping.admin.layouts import layout_of
from mapping.admin.locating import place
from mapping.admin.names import bare_name
from mapping.admin.sets import LEVELS, SHIPPED, using
from mapping.admin.units import shipped_shapes, shipped_units
from mapping.errors import InvalidValue, UnknownFormat

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    import geopandas as gpd

    from mapping.admin.layouts import Layout

__all__ = ["OwnUnits", "read_boundaries"]

_EARTH_KM = 6371.0088
_MARGIN = 0.5  # degrees, by which a unit may lie outside what we have of its country
_MOST_NAMED = 5
_MOST_OUTSIDE = 0.5  # of the units, or the file is of another country
_EMPTY = frozenset({"", "na", "n/a", "nan", "none", "null", "-"})


class OwnUnits(NamedTuple):
    """What a file holds.

    Attributes
    ----------
    units
        One row a unit: code, name and name_local of its level (``adm2_code``, …), names, country_iso2,
        country_name, longitude, latitude, radius_km, geometry (WKB); for provinces region_code and region_name, for
        districts parents (names and codes of the province that the file puts it in).
    version
        The day from which the boundaries are valid, where the file says it.
    notes
        What was assumed, mended, left out, and what looks odd.
    """

    units: pl.DataFrame
    version: str | None
    notes: tuple[str, ...]


@dataclass
class _Unit:
    """A unit on its way: `number` counts the features of the file from 1."""

    number: int
    names: list[str]
    codes: list[str]
    parents: list[str]
    shape: shapely.Geometry
    code: str = ""
    shipped: int | None = None
    extra_names: list[str] = field(default_factory=list)


def read_boundaries(path: Path, *, level: str, country_iso2: str) -> OwnUnits:
    """Read the provinces or districts of a country from a file, as OCHA, geoBoundaries, GADM and others give it.

    Shapes are brought to EPSG:4326 and made valid; what has no area or no name is left out and reported. A province gets
    its ISO 3166-2 code where one of its names or codes is that of a shipped province, else the file's own code.

    Raises
    ------
    UnreadableFile, UnknownFormat, InvalidValue
        The file cannot be read, is of another level or of another country, or nothing of it can be used.
    """
    home = shipped_units().filter(pl.col("country_iso2") == country_iso2)
    if home.is_empty():
        raise InvalidValue(
            f"{country_iso2} is no country whose provinces we have. Give its ISO 3166-1 code, such as IQ."
        )
    frame, opened = open_boundaries(path, level)
    columns = [str(name) for name in frame.columns if name != frame.geometry.name]
    layout = layout_of(columns, level)
    if layout is None:  # open_boundaries looked already
        raise UnknownFormat(f"{path.name} has no {LEVELS[level]}.")
    _check_kind(frame, layout, path, level)
    notes = list(opened)
    found = _units(frame, layout, notes)
    if not found:
        raise InvalidValue(f"{path.name} has no {LEVELS[level]} that can be used. {' '.join(notes)}")
    _check_country(found, home, path, notes)
    found = _once(found, notes)
    _give_codes(found, home, level, notes)
    return OwnUnits(_frame(found, home, level), _valid_from(frame, layout), tuple(notes))


def _check_kind(frame: gpd.GeoDataFrame, layout: Layout, path: Path, level: str) -> None:
    """Refuse a file of geoBoundaries whose shapeType is of another level."""
    said = {str(kind).lower() for kind in frame[layout.level].dropna()} if layout.level else set()
    if wrong := said - {level}:
        raise UnknownFormat(f"{path.name} says of its units that they are {', '.join(sorted(wrong))}, not {level}.")


def _units(frame: gpd.GeoDataFrame, layout: Layout, notes: list[str]) -> list[_Unit]:
    """Return the rows that have a name and an area, and note the others by their number."""
    shapes = shapely.force_2d(np.asarray(frame.geometry.array))
    valid = _made_valid(shapes, notes)
    missing = shapely.is_missing(shapes) | shapely.is_empty(shapes)
    flat = ~missing & (shapely.get_dimensions(shapes) < 2)
    table = frame[[*layout.names, *layout.codes, *layout.parents]].to_dict("records")
    found = [
        _Unit(
            number,
            _texts(row[name] for name in layout.names),
            _texts(row[name] for name in layout.codes),
            _texts(row[name] for name in layout.parents),
            valid[number - 1],
        )
        for number, row in enumerate(table, start=1)
    ]
    for unit in found:
        unit.names = unit.names or unit.codes[:1]
    lost = ~missing & ~flat & shapely.is_empty(valid)
    nameless = np.array([not unit.names for unit in found], dtype=bool)
    _note(notes, np.flatnonzero(missing), "no geometry: left out")
    _note(notes, np.flatnonzero(flat), "a point or a line, no area: left out")
    _note(notes, np.flatnonzero(lost), "no area once made valid: left out")
    _note(notes, np.flatnonzero(nameless & ~missing & ~flat), "no name: left out")
    bad = missing | flat | lost | nameless
    return [unit for unit, is_bad in zip(found, bad, strict=True) if not is_bad]


def _made_valid(shapes: np.ndarray, notes: list[str]) -> np.ndarray:
    """Return the shapes as valid polygons, None or empty where there is no area."""
    broken = np.flatnonzero(~shapely.is_valid(shapes) & ~shapely.is_missing(shapes))
    mended = shapes.copy()
    mended[broken] = shapely.make_valid(shapes[broken])
    mixed = np.flatnonzero(shapely.get_type_id(mended) == shapely.GeometryType.GEOMETRYCOLLECTION)
    for at in mixed:
        parts = shapely.get_parts(shapely.get_parts(mended[at]))
        mended[at] = shapely.union_all(parts[shapely.get_dimensions(parts) == 2])
    _note(notes, broken, "an invalid shape, which was made valid")
    return mended


def _texts(values: Iterable[object]) -> list[str]:
    """Return what is said in cells, once each; several names in one are split at "|", as GADM and Natural Earth write."""
    said = (part.strip() for value in values if pd.notna(value) for part in str(value).split("|"))
    return list(dict.fromkeys(text for text in said if text.lower() not in _EMPTY))


def _note(notes: list[str], rows: np.ndarray, what: str) -> None:
    """Note what is odd in features, by their numbers from 1."""
    if len(rows):
        _note_names(notes, [f"feature {row + 1}" for row in rows], what)


def _note_names(notes: list[str], names: list[str], what: str) -> None:
    if names:
        more = f" and {len(names) - _MOST_NAMED} more" if len(names) > _MOST_NAMED else ""
        notes.append(f"{', '.join(names[:_MOST_NAMED])}{more}: {what}.")


def _check_country(found: list[_Unit], home: pl.DataFrame, path: Path, notes: list[str]) -> None:
    """Question units that lie outside what we have of the country; refuse a file of which most do."""
    country = home["country_name"][0]
    ours = shipped_shapes()[shipped_units()["country_iso2"].eq_missing(home["country_iso2"][0]).to_numpy()]
    points = shapely.point_on_surface([unit.shape for unit in found])
    outside = np.ones(len(found), dtype=bool)
    outside[shapely.STRtree(ours).query(points, predicate="dwithin", distance=_MARGIN)[0]] = False
    if outside.mean() > _MOST_OUTSIDE:
        edges, known = (
            ", ".join(f"{edge:.1f}" for edge in shapely.total_bounds(shapes))
            for shapes in ([unit.shape for unit in found], ours)
        )
        raise InvalidValue(
            f"{path.name} lies mostly outside {country}: its edges are {edges} (west, south, east, north), those of {country} "
            f"{known}. Check --country, and that longitude comes before latitude."
        )
    strange = [unit.names[0] for unit, is_outside in zip(found, outside, strict=True) if is_outside]
    _note_names(notes, strange, f"outside {country} as we know it; look whether that is meant")


def _once(found: list[_Unit], notes: list[str]) -> list[_Unit]:
    """Make one of the rows that share code and name: islands that stand in rows of their own. Note names of several."""
    held: dict[tuple[str, ...], list[_Unit]] = defaultdict(list)
    for unit in found:
        held[(*unit.codes[:1], unit.names[0], *(() if unit.codes else unit.parents))].append(unit)
    for rows in held.values():
        rows[0].shape = shapely.union_all([unit.shape for unit in rows]) if len(rows) > 1 else rows[0].shape
    units = [rows[0] for rows in held.values()]
    joined = [f"{rows[0].names[0]} ({len(rows)} features)" for rows in held.values() if len(rows) > 1]
    _note_names(notes, joined, "the same name and code: made one")
    counts = Counter(bare_name(unit.names[0]) for unit in units)
    twice = sorted({unit.names[0] for unit in units if counts[bare_name(unit.names[0])] > 1})
    _note_names(notes, twice, "the name of several units, so that it is clear only with their province")
    return units


def _give_codes(found: list[_Unit], home: pl.DataFrame, level: str, notes: list[str]) -> None:
    """Give every unit a code of its own: ISO 3166-2 for a province that we know, else the file's, else its name's."""
    country = home["country_iso2"][0]
    if level == "adm1":
        _recognise(found, home)
    known = set(shipped_units()["adm1_code"])
    times = Counter(unit.codes[0].upper() for unit in found if unit.codes)
    taken: set[str] = set()
    repeated = []
    for unit in found:
        own = unit.codes[0].upper() if unit.codes else ""
        if own and times[own] > 1:
            repeated.append(own)
        code = own if own and times[own] == 1 and own not in known else f"{country}-{_slug(unit.names[0])}"
        unit.code = home["adm1_code"][unit.shipped] if unit.shipped is not None else _free(code, taken)
        taken.add(unit.code)
    _note_names(notes, sorted(set(repeated)), "the code of several units of different names, so that none has it")


def _slug(name: str) -> str:
    return bare_name(name).upper().replace(" ", "-")


def _free(code: str, taken: set[str]) -> str:
    return next(one for one in (code, *(f"{code}-{n}" for n in range(2, len(taken) + 3))) if one not in taken)


def _recognise(found: list[_Unit], home: pl.DataFrame) -> None:
    """Find the shipped province that each unit is, by any of its names; of several, the one that covers most of it.

    A province that was split keeps its code where most of it is: Sulaymaniyah, of which Halabja was a part. Names of ours
    go with the code, but for those that are now another unit's.
    """
    country = home["country_iso2"][0]
    ours = shipped_shapes()[shipped_units()["country_iso2"].eq_missing(country).to_numpy()]
    rows = {code: row for row, code in enumerate(home["adm1_code"])}
    claimants: dict[int, list[tuple[float, _Unit]]] = defaultdict(list)
    for unit in found:
        said = pl.Series([*unit.codes, *unit.names], dtype=pl.String)
        with using(SHIPPED):
            meant = resolve_province(said, pl.Series([country] * len(said))).drop_nulls()
        for row in {rows[code] for code in meant[:1] if code in rows}:
            claimants[row].append((float(shapely.intersection(unit.shape, ours[row]).area), unit))
    for row, claims in claimants.items():
        area, unit = max(claims, key=lambda claim: claim[0])
        unit.shipped = row if area else None
    theirs = {bare_name(name): unit for unit in found for name in unit.names}
    for unit in found:
        held = home["names"][unit.shipped].to_list() if unit.shipped is not None else []
        unit.extra_names = [name for name in held if theirs.get(bare_name(name), unit) is unit]


def _frame(found: list[_Unit], home: pl.DataFrame, level: str) -> pl.DataFrame:
    shapes = np.array([unit.shape for unit in found])
    inside = shapely.get_coordinates(shapely.point_on_surface(shapes)).round(4)
    names = [list(dict.fromkeys([*unit.names, *unit.codes, *unit.extra_names])) for unit in found]
    frame = pl.DataFrame(
        {
            f"{level}_code": [unit.code for unit in found],
            f"{level}_name": [unit.names[0] for unit in found],
            f"{level}_name_local": [next((name for name in unit.names if not _is_latin(name)), None) for unit in found],
            "names": names,
            "country_iso2": home["country_iso2"][0],
            "country_name": home["country_name"][0],
            "longitude": inside[:, 0],
            "latitude": inside[:, 1],
            "radius_km": _farthest_km(inside, shapes),
            "geometry": shapely.to_wkb(shapes),
        },
        schema_overrides={f"{level}_name_local": pl.String, "names": pl.List(pl.String)},
    )
    if level == "adm2":
        return frame.with_columns(parents=pl.Series([unit.parents for unit in found], dtype=pl.List(pl.String)))
    return frame.hstack(_regions(found, home, inside))


def _regions(found: list[_Unit], home: pl.DataFrame, inside: np.ndarray) -> pl.DataFrame:
    """Return the region above each province: that of the shipped province which it is, or in which it lies."""
    with using(SHIPPED):
        around = place(*inside.T).unit
    rows = [home["adm1_code"][unit.shipped] if unit.shipped is not None else None for unit in found]
    codes = pl.Series(rows, dtype=pl.String).fill_null(shipped_units()["adm1_code"].gather(_known(around)))
    above = pl.DataFrame({"adm1_code": codes}).join(home, on="adm1_code", how="left", maintain_order="left")
    return above.select("region_code", "region_name")


def _known(unit: np.ndarray) -> pl.Series:
    return pl.Series(unit).set(pl.Series(unit < 0), None)


def _is_latin(text: str) -> bool:
    return all(letter < "\u0250" or "\u1e00" <= letter <= "\u1eff" for letter in text if letter.isalpha())


def _farthest_km(inside: np.ndarray, shapes: np.ndarray) -> np.ndarray:
    """Return the great-circle distance from each point to the farthest point of its shape, rounded up to 100 metres."""
    corners, shape = shapely.get_coordinates(shapes, return_index=True)
    (east, north), (x, y) = np.radians(corners).T, np.radians(inside[shape]).T
    chord = np.sin((north - y) / 2) ** 2 + np.cos(north) * np.cos(y) * np.sin((east - x) / 2) ** 2
    away = np.zeros(len(shapes))
    np.maximum.at(away, shape, 2 * _EARTH_KM * np.arcsin(np.sqrt(np.minimum(chord, 1))))
    return np.ceil(away * 10) / 10


def _valid_from(frame: gpd.GeoDataFrame, layout: Layout) -> str | None:
    """Return the newest day that the first column of dates with one gives."""
    for column in layout.dates:
        days = [day for value in frame[column].dropna() if (day := _day(value))]
        if days:
            return max(days).isoformat()
    return None


def _day(value: object) -> date | None:
    try:
        return date.fromisoformat(str(value)[:10])
    except ValueError:
        return None
