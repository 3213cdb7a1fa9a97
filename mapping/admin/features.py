"""The features of a boundary file as units: of the country asked for, with an area and a name, each once."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import polars as pl
import shapely

from mapping.admin.names import bare_name
from mapping.validate import country_codes

if TYPE_CHECKING:
    from collections.abc import Iterable

    import geopandas as gpd

    from mapping.admin.layouts import Layout

__all__ = ["Unit", "note", "units_of"]

_MOST_NAMED = 5
_EMPTY = frozenset({"", "na", "n/a", "nan", "none", "null", "-"})


@dataclass
class Unit:
    """A unit of a file, on its way to what `mapping.admin.own_units.read_boundaries` returns.

    Attributes
    ----------
    names, codes, parents
        As the file says, the best first; parents are names and codes of the unit above.
    code
        Its own, given by `mapping.admin.own_codes.give_codes`.
    shipped
        Row of the shipped province that it is, among those of its country.
    extra_names
        What that province is called otherwise.
    """

    names: list[str]
    codes: list[str]
    parents: list[str]
    shape: shapely.Geometry
    code: str = ""
    shipped: int | None = None
    extra_names: list[str] = field(default_factory=list)


def units_of(frame: gpd.GeoDataFrame, layout: Layout, country_iso2: str, notes: list[str]) -> list[Unit]:
    """Return the units of a country that a file holds, and note what is odd in them, by their number or name.

    Examples
    --------
    >>> import geopandas as gpd
    >>> from mapping.admin.layouts import layout_of
    >>> frame = gpd.GeoDataFrame({"ADM2_EN": ["Hit", "Ana"]}, geometry=[shapely.box(42, 33, 43, 34), None])
    >>> said = []
    >>> [unit.names for unit in units_of(frame, layout_of(frame.columns, "adm2"), "IQ", said)], said
    ([['Hit']], ['feature 2: no geometry: left out.'])
    """
    return _once(_units(_of_country(frame.reset_index(drop=True), layout, country_iso2, notes), layout, notes), notes)


def _of_country(frame: gpd.GeoDataFrame, layout: Layout, country_iso2: str, notes: list[str]) -> gpd.GeoDataFrame:
    """Return the rows of a country, where the file says of which each is and has several; the others are counted."""
    for column in layout.countries:
        said = pl.Series([None if pd.isna(value) else str(value) for value in frame[column]], dtype=pl.String)
        codes = said.to_frame("said").select(country_codes(pl.col("said"))).to_series()
        other = codes.ne(country_iso2).fill_null(False)
        if 0 < other.sum() < len(other):
            notes.append(f"{other.sum():,} features of other countries, by the column {column}, were left out.")
            return frame[~other.to_numpy()]
    return frame


def _units(frame: gpd.GeoDataFrame, layout: Layout, notes: list[str]) -> list[Unit]:
    """Return the rows that have a name and an area, and note the others by their number."""
    numbers = frame.index.to_numpy() + 1
    shapes = shapely.force_2d(np.asarray(frame.geometry.array))
    valid, broken = _made_valid(shapes)
    missing = shapely.is_missing(shapes) | shapely.is_empty(shapes)
    flat = ~missing & (shapely.get_dimensions(shapes) < 2)
    table = frame[[*layout.names, *layout.codes, *layout.parents]].to_dict("records")
    # A code of the country, the same in every row, is none of theirs.
    codes = sorted(layout.codes, key=lambda column: not frame[column].is_unique)
    found = [
        Unit(
            _texts(row[name] for name in layout.names),
            _texts(row[name] for name in codes),
            _texts(row[name] for name in layout.parents),
            shape,
        )
        for row, shape in zip(table, valid, strict=True)
    ]
    for unit in found:
        unit.names = unit.names or unit.codes[:1]
    lost = ~missing & ~flat & shapely.is_empty(valid)
    nameless = np.array([not unit.names for unit in found], dtype=bool)
    for rows, what in (
        (broken, "an invalid shape, which was made valid"),
        (missing, "no geometry: left out"),
        (flat, "a point or a line, no area: left out"),
        (lost, "no area once made valid: left out"),
        (nameless & ~missing & ~flat, "no name: left out"),
    ):
        note(notes, [f"feature {number}" for number in numbers[rows]], what)
    bad = missing | flat | lost | nameless
    return [unit for unit, is_bad in zip(found, bad, strict=True) if not is_bad]


def _made_valid(shapes: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the shapes as valid polygons, None or empty where there is no area, and which were invalid."""
    broken = ~shapely.is_valid(shapes) & ~shapely.is_missing(shapes)
    mended = shapes.copy()
    mended[broken] = shapely.make_valid(shapes[broken])
    mixed = np.flatnonzero(shapely.get_type_id(mended) == shapely.GeometryType.GEOMETRYCOLLECTION)
    for at in mixed:
        parts = shapely.get_parts(shapely.get_parts(mended[at]))
        mended[at] = shapely.union_all(parts[shapely.get_dimensions(parts) == 2])
    return mended, broken


def _texts(values: Iterable[object]) -> list[str]:
    """Return what is said in cells, once each; several names in one are a list, or split at "|" as by GADM and Natural Earth."""
    single = (one for value in values for one in (value if isinstance(value, list | tuple | np.ndarray) else (value,)))
    said = (part.strip() for one in single if pd.notna(one) for part in str(one).split("|"))
    return list(dict.fromkeys(text for text in said if text.lower() not in _EMPTY))


def note(notes: list[str], names: list[str], what: str) -> None:
    """Note what is odd in some units, by their names or numbers.

    Examples
    --------
    >>> said = []
    >>> note(said, ["Hit", "Ana"], "no area")
    >>> said
    ['Hit, Ana: no area.']
    """
    if names:
        more = f" and {len(names) - _MOST_NAMED} more" if len(names) > _MOST_NAMED else ""
        notes.append(f"{', '.join(names[:_MOST_NAMED])}{more}: {what}.")


def _once(found: list[Unit], notes: list[str]) -> list[Unit]:
    """Make one of the rows that share code and name: islands that stand in rows of their own. Note names of several."""
    held: dict[tuple[str, ...], list[Unit]] = defaultdict(list)
    for unit in found:
        held[(*unit.codes[:1], unit.names[0], *(() if unit.codes else unit.parents))].append(unit)
    for rows in held.values():
        rows[0].shape = shapely.union_all([unit.shape for unit in rows]) if len(rows) > 1 else rows[0].shape
    units = [rows[0] for rows in held.values()]
    joined = [f"{rows[0].names[0]} ({len(rows)} features)" for rows in held.values() if len(rows) > 1]
    note(notes, joined, "the same name and code: made one")
    counts = Counter(bare_name(unit.names[0]) for unit in units)
    twice = sorted({unit.names[0] for unit in units if counts[bare_name(unit.names[0])] > 1})
    note(notes, twice, "the name of several units, so that it is clear only with their province")
    return units
