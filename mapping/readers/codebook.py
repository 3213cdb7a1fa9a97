"""What the coded research formats share: their columns are known, so a table of expressions reads them.

An expression names the format's columns as its codebook does, in lower case.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = [
    "code", "count_rows", "deciding_headings", "in_sentences", "is_headed", "own_headings", "text", "under_incident_names",
]  # fmt: skip


def _codebook_name(heading: str) -> str:
    return heading.strip().lower().replace(" ", "_")


def is_headed(columns: Iterable[str], keys: set[str]) -> bool:
    """Tell whether all of `keys` stand among the headings, in whatever case or order.

    Examples
    --------
    >>> is_headed(["EventID", " IYEAR", "summary"], {"eventid", "iyear"})
    True
    """
    return keys <= own_headings(columns).keys()


def own_headings(columns: Iterable[str]) -> dict[str, str]:
    """Return the file's own heading of each name of the codebook; of two that are one name, the first.

    Examples
    --------
    >>> own_headings(["Event Date", "ISO", "iso"])
    {'event_date': 'Event Date', 'iso': 'ISO'}
    """
    own: dict[str, str] = {}
    for column in columns:
        own.setdefault(_codebook_name(column), column)
    return own


def deciding_headings(
    columns: Iterable[str], expressions: Mapping[str, pl.Expr], deciding: Mapping[str, str]
) -> dict[str, str]:
    """Return the file's own heading of each incident column: the only one it is read from, or the one in `deciding`.

    Examples
    --------
    >>> deciding_headings(["CITY", "a"], {"place": text("city"), "x": text("a") + text("b")}, {"x": "a"})
    {'place': 'CITY', 'x': 'a'}
    """
    own = own_headings(columns)
    alone = {name: roots[0] for name, e in expressions.items() if len(roots := sorted(set(e.meta.root_names()))) == 1}
    return {name: own[column] for name, column in {**alone, **deciding}.items() if column in own}


def text(column: str) -> pl.Expr:
    """Return a column's text as given; null where there is nothing but space.

    Examples
    --------
    >>> pl.DataFrame({"city": ["Hit ", "  ", None]}).select(text("city"))["city"].to_list()
    ['Hit ', None, None]
    """
    return pl.when(pl.col(column).str.strip_chars() != "").then(pl.col(column))


def code(column: str) -> pl.Expr:
    """Return a column of codes or coded words, bare; ``3.0`` is ``3``, for pandas writes it so beside empty cells.

    Examples
    --------
    >>> pl.DataFrame({"iday": ["3.0", " -9", "", "Unknown"]}).select(code("iday"))["iday"].to_list()
    ['3', '-9', None, 'Unknown']
    """
    return pl.col(column).str.strip_chars().replace("", None).str.strip_suffix(".0")


def under_incident_names(raw: pl.DataFrame, expressions: Mapping[str, pl.Expr]) -> pl.DataFrame:
    """Return the rows under incident column names; one whose columns the file does not give is left out.

    Examples
    --------
    >>> raw = pl.DataFrame({"source_row": [2], "CITY": ["Hit"]})
    >>> under_incident_names(raw, {"place": text("city"), "target": text("target1")})
    shape: (1, 2)
    ┌────────────┬───────┐
    │ source_row ┆ place │
    │ ---        ┆ ---   │
    │ i64        ┆ str   │
    ╞════════════╪═══════╡
    │ 2          ┆ Hit   │
    └────────────┴───────┘
    """
    own = own_headings(raw.columns) | {"source_row": "source_row"}
    rows = raw.select(pl.col(column).alias(name) for name, column in own.items())
    given = set(rows.columns)
    columns = {name: set(expression.meta.root_names()) for name, expression in expressions.items()}
    absent = set().union(*columns.values()) - given
    return rows.with_columns(pl.lit(None, pl.String).alias(name) for name in absent).select(
        "source_row", *(expression.alias(name) for name, expression in expressions.items() if columns[name] & given)
    )


def count_rows(raw: pl.DataFrame, tests: Mapping[str, pl.Expr]) -> dict[str, int]:
    """Return how many rows pass each test; of tests of columns that the file does not give, nothing.

    Examples
    --------
    >>> raw = pl.DataFrame({"source_row": [2, 3], "nkill": ["2.5", "1"]})
    >>> count_rows(raw, {"a fraction in nkill.": text("nkill").str.contains(".", literal=True)})
    {'a fraction in nkill.': 1}
    """
    passed = under_incident_names(raw, tests)
    return {sentence: int(passed[sentence].sum()) for sentence in tests if sentence in passed.columns}


def in_sentences(counts: Mapping[str, int]) -> tuple[str, ...]:
    """Return each sentence that is true of some rows, led by how many.

    Examples
    --------
    >>> in_sentences({"a fraction in nkill.": 1, "a fraction in nwound.": 0})
    ('1 row: a fraction in nkill.',)
    """
    return tuple(f"{n:,} {'row' if n == 1 else 'rows'}: {sentence}" for sentence, n in counts.items() if n)
