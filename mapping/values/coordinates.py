"""Degrees of latitude and longitude, WGS 84, in a column each, as people type them."""

from __future__ import annotations

import polars as pl

from mapping.values.angles import Axis, read_angle
from mapping.values.cells import Cell, is_unknown, read_cells, tidy

__all__ = ["parse_degrees"]


def parse_degrees(texts: pl.Series, axis: Axis) -> pl.DataFrame:
    """Read a column of degrees: decimal, with point or comma, or degrees, minutes and seconds.

    A letter of the hemisphere may stand before or after; one of the other axis is refused. Whether a
    number is in range is not asked here.

    Returns
    -------
    polars.DataFrame
        ``value`` (Float64), ``problem``, ``note``.

    Examples
    --------
    >>> parse_degrees(pl.Series(["33.7856", "33,7856", "33°47'08.2\\"N", "S 33.5"]), "latitude")["value"].to_list()
    [33.7856, 33.7856, 33.785611..., -33.5]
    """
    point = texts.str.strip_chars().str.replace(r"^([+-]?[0-9]{1,3}),([0-9]+)$", "$1.$2")
    at_once = point.cast(pl.Float64, strict=False)
    at_once = pl.select(pl.when(at_once.is_finite()).then(at_once)).to_series()
    rest = read_cells(texts.set(at_once.is_not_null(), None), lambda text: _degrees(text, axis), pl.Float64())
    return rest.with_columns(pl.coalesce(at_once, "value").alias("value"))


def _degrees(text: str, axis: Axis) -> Cell:
    plain = tidy(text)
    if is_unknown(plain):
        return Cell(note="was taken as unknown")
    found = read_angle(plain)
    if isinstance(found, str):
        return Cell(problem=f"is not a {axis}: it {found}")
    if found is None:
        return Cell(problem=f"is not a {axis}. Write decimal degrees, as 33.7856, or leave the cell empty")
    if found.axis not in (None, axis):
        return Cell(problem=f"is a {found.axis}, not a {axis}. Check whether the two columns are swapped")
    return Cell(found.degrees)
