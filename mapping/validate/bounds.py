"""The schema's bounds and vocabularies, all failures at once, by pandera."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import polars as pl

from mapping.schema import COLUMNS, Column
from mapping.validate.problems import finding, quoted

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pandera.polars import DataFrameSchema

__all__ = ["check_bounds"]

_BOUNDED = {column.name: column for column in COLUMNS if column.allowed or column.minimum is not None}


@lru_cache(maxsize=1)
def _schema() -> DataFrameSchema:
    import pandera.polars as pa  # two thirds of a second to load: only when something is checked

    def check(column: Column) -> pa.Check:
        if column.allowed:
            return pa.Check.isin(column.allowed)
        if column.maximum is None:
            return pa.Check.ge(column.minimum)
        return pa.Check.in_range(column.minimum, column.maximum)

    return pa.DataFrameSchema(
        {
            name: pa.Column(column.dtype, check(column), nullable=True, required=False)
            for name, column in _BOUNDED.items()
        }
    )


def check_bounds(
    text: pl.DataFrame, typed: pl.DataFrame, *, codes: Mapping[str, Sequence[str]] | None = None
) -> list[pl.DataFrame]:
    """Find every value of `typed` that `mapping.schema` does not allow.

    Parameters
    ----------
    text
        The same rows before they were typed, with ``source_row``.
    typed
        Some of the incident columns, of their types.
    codes
        The codes of a codebook, by the incident column that they were turned into: what a person may write instead.

    Examples
    --------
    >>> text = pl.DataFrame({"source_row": [2], "latitude": ["142.4"], "longitude": ["33.8"]})
    >>> check_bounds(text, text.select(pl.exclude("source_row").cast(pl.Float64)))[0]["message"].item()
    '"142.4" is not allowed in latitude: -90 to 90. Latitude and longitude may be swapped: check both.'
    """
    from pandera.errors import SchemaErrors

    try:
        _schema().validate(typed, lazy=True)
    except SchemaErrors as failures:
        return [
            _finding(text[failed["index"]], name, (codes or {}).get(name, ()))
            for (name,), failed in failures.failure_cases.group_by("column", maintain_order=True)
        ]
    return []


def _finding(text: pl.DataFrame, name: str, codes: Sequence[str]) -> pl.DataFrame:
    allowed = ", ".join(codes) or _allowed(_BOUNDED[name])
    return finding(text, pl.lit(True), name, _message(name, text, allowed, is_coded=bool(codes)), allowed=allowed)


def _allowed(column: Column) -> str:
    if column.allowed:
        return ", ".join(column.allowed)
    return f"{column.minimum:g} or more" if column.maximum is None else f"{column.minimum:g} to {column.maximum:g}"


def _message(name: str, text: pl.DataFrame, allowed: str, *, is_coded: bool) -> pl.Expr:
    swapped = name == "latitude" and "longitude" in text.columns
    advice = (
        "Latitude and longitude may be swapped: check both."
        if swapped
        else "Write one of these, or leave the cell empty."
        if _BOUNDED[name].allowed
        else "Check the number, or leave the cell empty if it is not known."
    )
    where = "is none of the codebook's codes" if is_coded else f"is not allowed in {name}"
    return pl.format("{} {}: {}. {}", quoted(name), pl.lit(where), pl.lit(allowed), pl.lit(advice))
