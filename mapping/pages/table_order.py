"""In which order a table stands: written in the address as "-date_start", and found without moving a row."""

from __future__ import annotations

from typing import NamedTuple

import polars as pl

from mapping.schema import SCHEMA, precision_rank

__all__ = ["NEWEST_FIRST", "Order", "positions", "ranks", "read_order", "write_order"]


class Order(NamedTuple):
    """By which column the rows stand."""

    column: str
    descending: bool


NEWEST_FIRST = Order("date_start", True)


def read_order(text: str) -> tuple[Order, list[str]]:
    """Return the order that an address names, the newest first where it names none, and a sentence if it is no column.

    Examples
    --------
    >>> read_order("-injured"), read_order("place")[0]
    ((Order(column='injured', descending=True), []), Order(column='place', descending=False))
    >>> read_order("weather")[1]
    ['sort: "weather" is no column. Write a name as in an export, such as place, or -injured for the highest first.']
    """
    column = text.removeprefix("-")
    if column in SCHEMA:
        return Order(column, text.startswith("-")), []
    complaint = (
        f'sort: "{column[:40]}" is no column. Write a name as in an export, such as place, '
        "or -injured for the highest first."
    )
    return NEWEST_FIRST, [complaint] if text else []


def write_order(by: Order) -> str:
    """Return how the address names an order.

    Examples
    --------
    >>> write_order(Order("injured", True)), write_order(NEWEST_FIRST)
    ('-injured', '')
    """
    return "" if by == NEWEST_FIRST else f"{'-' if by.descending else ''}{by.column}"


def ranks(values: pl.Series) -> pl.Series:
    """Return numbers that stand in the order of a column's values, for `positions`; what is unknown stays null.

    Precisions go by their scale, words by their letters, large or small.

    Examples
    --------
    >>> ranks(pl.Series(["raid", None, "IED"])).to_list()
    [2, None, 1]
    """
    if values.name == "geo_precision":
        return values.to_frame().select(precision_rank(pl.col(values.name))).to_series()
    if values.dtype in (pl.String, pl.Enum, pl.Categorical):
        return values.cast(pl.String).str.to_lowercase().rank("dense")
    return values


def positions(ranked: pl.Series, *, descending: bool) -> pl.Series | None:
    """Return where the rows stand one after the other, by the ranks of a column; None when they stand so already.

    What is unknown comes last, equals stay as they are.

    Examples
    --------
    >>> positions(pl.Series([1, None, 3]), descending=True).to_list()
    [2, 0, 1]
    >>> positions(pl.Series([3, 1, None]), descending=True)
    """
    if ranked.is_sorted(descending=descending, nulls_last=True):
        return None
    by = pl.arg_sort_by("by", descending=descending, nulls_last=True, maintain_order=True)
    return ranked.to_frame("by").select(by).to_series()
