"""Where: latitude and longitude in a column each, or both in one."""

from __future__ import annotations

import polars as pl

from mapping.validate.problems import Checked, cell_findings, finding
from mapping.values import COORDINATES, Axis, parse_degrees, parse_points

__all__ = ["check_positions"]

_AXES: tuple[Axis, Axis] = ("latitude", "longitude")


def check_positions(text: pl.DataFrame, *, heading: str = "") -> Checked:
    """Turn latitude and longitude into degrees; one without the other, and 0, 0, are no position, and noted.

    Where a row has neither, the column `mapping.values.COORDINATES`, which holds both, is read. Then radius_km
    comes from the digits given, unless there is a column for it, or the row has a precision of its own.

    Parameters
    ----------
    text
        Text under incident names, with ``source_row``.
    heading
        Of the column that holds both: "lon, lat" says their order.

    Examples
    --------
    >>> text = pl.DataFrame({"source_row": [2, 3], "latitude": ["33.8", "0"], "longitude": ["42.4", "0"]})
    >>> check_positions(text).columns.rows()
    [(33.8, 42.4), (None, None)]
    >>> text = pl.DataFrame({"source_row": [2], "coordinates": ["33°47'24\\"N 42°26'24\\"E"]})
    >>> check_positions(text).columns.rows()
    [(33.79, 42.44, 0.021)]
    """
    if COORDINATES not in text.columns:
        return _check_axes(text) if set(_AXES) & set(text.columns) else Checked(pl.DataFrame(), [])
    given = _check_axes(text)
    absent = [axis for axis in _AXES if axis not in text.columns]
    neither = pl.all_horizontal(pl.lit(True) if axis in absent else pl.col(axis).is_null() for axis in _AXES)
    both = text.select("source_row", pl.when(neither).then(COORDINATES).alias(COORDINATES))
    points = parse_points(both[COORDINATES], heading=heading)
    columns = points.select(pl.coalesce(given.columns[axis], axis).alias(axis) for axis in _AXES)
    if "radius_km" not in text.columns:
        unsaid = text["geo_precision"].is_null() if "geo_precision" in text.columns else pl.lit(True)
        columns = columns.hstack(points.select(pl.when(unsaid).then("radius_km").alias("radius_km")))
    found = cell_findings(both, COORDINATES, points, allowed="latitude and longitude, UTM or MGRS")
    return Checked(columns, given.findings + found)


def _check_axes(text: pl.DataFrame) -> Checked:
    text = text.with_columns(pl.lit(None, pl.String).alias(axis) for axis in _AXES if axis not in text.columns)
    cells = {axis: parse_degrees(text[axis], axis) for axis in _AXES}
    read = pl.DataFrame([cells[axis]["value"].alias(f"{axis}_read") for axis in _AXES])
    findings = [found for axis in _AXES for found in cell_findings(text, axis, cells[axis])]
    null_island = pl.all_horizontal(pl.col(f"{axis}_read") == 0 for axis in _AXES)
    rows = text.select("source_row", *_AXES).hstack(read)
    findings += [
        finding(rows, null_island, "latitude", pl.lit("0, 0 was taken as no coordinates."), rejected=False),
        *(
            finding(
                rows, _lone(axis, other), axis, pl.lit(f"No {other}, so the {axis} was passed over."), rejected=False
            )
            for axis, other in (_AXES, _AXES[::-1])
        ),
    ]
    whole = pl.all_horizontal(pl.col(f"{axis}_read").is_not_null() for axis in _AXES) & ~null_island
    return Checked(rows.select(pl.when(whole).then(f"{axis}_read").alias(axis) for axis in _AXES), findings)


def _lone(axis: str, other: str) -> pl.Expr:
    """Test for a coordinate whose other one is unknown; one that could not be read is refused elsewhere."""
    return pl.col(f"{axis}_read").is_not_null() & pl.col(other).is_null()
