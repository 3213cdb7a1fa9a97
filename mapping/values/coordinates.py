"""Degrees of latitude and longitude, WGS 84, as people type them."""

from __future__ import annotations

import re
from typing import Literal

import polars as pl

from mapping.values.cells import Cell, is_unknown, read_cells, tidy

__all__ = ["Axis", "parse_degrees"]

Axis = Literal["latitude", "longitude"]

_HEMISPHERES = {
    "n": ("latitude", 1), "s": ("latitude", -1), "e": ("longitude", 1), "w": ("longitude", -1),
    "north": ("latitude", 1), "south": ("latitude", -1), "east": ("longitude", 1), "west": ("longitude", -1),
    "شمالا": ("latitude", 1), "جنوبا": ("latitude", -1), "شرقا": ("longitude", 1), "غربا": ("longitude", -1),
}  # fmt: skip
_LETTERS = "|".join(sorted(_HEMISPHERES, key=len, reverse=True))
_NUMBER = r"\d+(?:[.,]\d*)?"
_SIGNED = re.compile(rf"({_LETTERS})? ?([+-]?)(.*?)°? ?({_LETTERS})?")
_DECIMAL = re.compile(rf"{_NUMBER}(?:e[+-]?\d+)?")
_SEXAGESIMAL = re.compile(rf"(\d{{1,3}}) ?[°: d] ?({_NUMBER}) ?[':m]? ?(?:({_NUMBER}) ?(?:\"|''|s)?)?")


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
    found = _SIGNED.fullmatch(plain)
    size = _size(found[3].strip()) if found else None
    if found is None or size is None or (found[1] and found[4]):
        return Cell(problem=f"is not a {axis}. Write decimal degrees, as 33.7856, or leave the cell empty")
    letter = found[1] or found[4]
    if not letter:
        return Cell(-size if found[2] == "-" else size)
    of_axis, sign = _HEMISPHERES[letter]
    if of_axis != axis:
        return Cell(problem=f"is a {of_axis}, not a {axis}. Check whether the two columns are swapped")
    if found[2]:
        return Cell(problem="has both a sign and a letter of the hemisphere. Write one of them")
    return Cell(sign * size)


def _size(plain: str) -> float | None:
    if _DECIMAL.fullmatch(plain):
        return float(plain.replace(",", "."))
    if (found := _SEXAGESIMAL.fullmatch(plain)) is None:
        return None
    minutes, seconds = (float((part or "0").replace(",", ".")) for part in found.groups()[1:])
    return int(found[1]) + minutes / 60 + seconds / 3600 if minutes < 60 and seconds < 60 else None
