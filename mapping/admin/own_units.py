"""From a boundary file of the user's to units like the shipped ones: names, codes, valid shapes, and what is odd in them."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import polars as pl
import shapely

from mapping.admin.boundary_file import open_boundaries
from mapping.admin.features import note, units_of
from mapping.admin.layouts import layout_of
from mapping.admin.locating import place
from mapping.admin.own_codes import give_codes
from mapping.admin.sets import LEVELS, SHIPPED, using
from mapping.admin.units import shipped_shapes, shipped_units
from mapping.distances import arcs_km
from mapping.errors import InvalidValue, UnknownFormat

if TYPE_CHECKING:
    import geopandas as gpd

    from mapping.admin.features import Unit
    from mapping.admin.layouts import Layout

__all__ = ["OwnUnits", "read_boundaries"]

_MARGIN = 0.5  # degrees, by which a unit may lie outside what we have of its country
_MOST_OUTSIDE = 0.5  # of the units, or the file is of another country


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


def read_boundaries(path: Path, *, level: str, country_iso2: str) -> OwnUnits:
    """Read the provinces or districts of a country from a file, as OCHA, geoBoundaries, GADM and others give it.

    Shapes are brought to EPSG:4326 and made valid; what has no area or no name is left out and reported. A province gets
    its ISO 3166-2 code where one of its names or codes is that of a shipped province, else the file's own code.

    Raises
    ------
    UnreadableFile, UnknownFormat, InvalidValue
        The file cannot be read, is of another level or of another country, or nothing of it can be used.

    Examples
    --------
    >>> import geopandas as gpd
    >>> from tempfile import TemporaryDirectory
    >>> box = gpd.GeoDataFrame({"ADM2_EN": ["Hit"]}, geometry=[shapely.box(42, 33, 43, 34)], crs="EPSG:4326")
    >>> with TemporaryDirectory() as folder:
    ...     box.to_parquet(Path(folder, "box.parquet"))
    ...     read = read_boundaries(Path(folder, "box.parquet"), level="adm2", country_iso2="IQ")
    >>> read.units.select("adm2_code", "adm2_name", "radius_km").row(0)
    ('IQ-HIT', 'Hit', 72.5)
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
    found = units_of(frame, layout, country_iso2, notes)
    if not found:
        raise InvalidValue(f"{path.name} has no {LEVELS[level]} that can be used. {' '.join(notes)}")
    _check_country(found, home, path, notes)
    give_codes(found, home, level, notes)
    return OwnUnits(_frame(found, home, level), _valid_from(frame, layout), tuple(notes))


def _check_kind(frame: gpd.GeoDataFrame, layout: Layout, path: Path, level: str) -> None:
    """Refuse a file of geoBoundaries whose shapeType is of another level."""
    said = {str(kind).lower() for kind in frame[layout.level].dropna()} if layout.level else set()
    if wrong := said - {level}:
        raise UnknownFormat(f"{path.name} says of its units that they are {', '.join(sorted(wrong))}, not {level}.")


def _check_country(found: list[Unit], home: pl.DataFrame, path: Path, notes: list[str]) -> None:
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
    note(notes, strange, f"outside {country} as we know it; look whether that is meant")


def _frame(found: list[Unit], home: pl.DataFrame, level: str) -> pl.DataFrame:
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


def _regions(found: list[Unit], home: pl.DataFrame, inside: np.ndarray) -> pl.DataFrame:
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
    away = np.zeros(len(shapes))
    np.maximum.at(away, shape, arcs_km(corners[:, ::-1], inside[shape][:, ::-1]))  # shapely has the longitude first
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
