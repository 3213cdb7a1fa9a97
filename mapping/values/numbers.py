"""Whole numbers and measures as people type them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import polars as pl

from mapping.values.cells import Cell, is_unknown, read_cells, tidy

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["parse_counts", "parse_measures"]

_LARGEST = 10**12  # more than there ever were of anything counted here; the sum of millions of these still fits
_UNKNOWN_NOTE = "was taken as unknown"

# "1.000" is one to some and a thousand to others: it is refused.
_WHOLE = re.compile(r"\+?(-?\d+)(?:\.(?!000$)0*)?")
# A count has no fraction, so a comma or a space before three digits can only part thousands. A full stop may not:
# 2.333 is what some files make of a third of seven.
_GROUPED = re.compile(r"\+?(\d{1,3}(?:([, '])\d{3})(?:\2\d{3})*)(?:\.0*)?")
_DECIMAL = re.compile(r"[+-]?(?:\d+[.,]?\d*|[.,]\d+)(?:e[+-]?\d+)?")
_BETWEEN = re.compile(r"\d+ ?(?:-|to|or|/|\.\.) ?\d+|\d+ ?\+|[<>≤≥~±] ?\d+|\d+ ?\?")
_ROUGHLY = re.compile(r"[^\W\d_].*\d|\d.*[^\W\d_]")
_NONE = {"none", "nil", "no", "zero", "لا أحد", "لا شيء", "yok", "هیچ"}


def parse_counts(texts: pl.Series) -> pl.DataFrame:
    """Read a column of numbers of people or things; whether one is below 0 is not asked here.

    ``1,234`` and ``1 234`` are thousands; ``5.0`` is 5; ``1,5`` is no whole number. A range or an
    "at least" is refused, never cut down to one number. "None" is refused too: it may mean 0 or unknown.

    Returns
    -------
    polars.DataFrame
        ``value`` (Int64), ``problem``, ``note``.

    Examples
    --------
    >>> parse_counts(pl.Series(["1,234", "٥", "5.0", "n/a", "3-5"]))["value"].to_list()
    [1234, 5, 5, None, None]
    """
    return _read_plain(texts, pl.Int64(), r"^[0-9]{1,12}$", _count)


def parse_measures(texts: pl.Series) -> pl.DataFrame:
    """Read a column of numbers that may have a fraction, with a decimal point or comma.

    Returns
    -------
    polars.DataFrame
        ``value`` (Float64), ``problem``, ``note``.

    Examples
    --------
    >>> parse_measures(pl.Series(["2.5", "2,5", "about 3"]))["value"].to_list()
    [2.5, 2.5, None]
    """
    return _read_plain(texts, pl.Float64(), r"^-?[0-9]{1,9}(?:\.[0-9]+)?$", _measure)


def _read_plain(texts: pl.Series, dtype: pl.DataType, plain: str, read: Callable[[str], Cell]) -> pl.DataFrame:
    """Convert what is plainly a number at once, and read the rest one distinct text at a time."""
    is_plain = texts.str.contains(plain)
    rest = read_cells(texts.set(is_plain.fill_null(False), None), read, dtype)
    at_once = pl.select(pl.when(is_plain).then(texts)).to_series().cast(dtype)
    return rest.with_columns(pl.coalesce(at_once, "value").alias("value"))


def _count(text: str) -> Cell:
    plain = tidy(text)
    if plain in _NONE:
        return Cell(
            problem="may mean 0 or unknown. Write 0 if there were none, or leave the cell empty if it is not known"
        )
    if is_unknown(plain):
        return Cell(note=_UNKNOWN_NOTE)
    if found := _WHOLE.fullmatch(plain) or _GROUPED.fullmatch(plain):
        number = int(re.sub(r"[, ']", "", found[1])[:20])
        return Cell(number) if abs(number) <= _LARGEST else Cell(problem="is too large. Check the number")
    return Cell(problem=_why_no_count(plain))


def _why_no_count(plain: str) -> str:
    if _DECIMAL.fullmatch(plain):
        return "is not a whole number. Write a whole number in digits, or leave the cell empty"
    if _BETWEEN.fullmatch(plain) or _ROUGHLY.search(plain):
        return (
            "is not one number. Write one whole number; the lowest and highest reported go into columns of their own "
            "(fatalities_low, fatalities_high)"
        )
    return "is not a number. Write a whole number in digits, or leave the cell empty if it is not known"


def _measure(text: str) -> Cell:
    plain = tidy(text)
    if is_unknown(plain):
        return Cell(note=_UNKNOWN_NOTE)
    if _DECIMAL.fullmatch(plain):
        return Cell(float(plain.replace(",", ".")))
    return Cell(problem="is not a number. Write it in digits, as 2.5, or leave the cell empty")
