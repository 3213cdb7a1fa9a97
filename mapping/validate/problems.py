"""Problems: what is wrong with which cell, and what to do about it; and the rows to be mended."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import polars as pl

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = ["PROBLEMS", "Checked", "as_problems", "cell_findings", "finding", "quoted", "rejects_frame"]

PROBLEMS: dict[str, pl.DataType] = {
    "file": pl.String(), "row": pl.Int64(), "column": pl.String(), "value": pl.String(), "allowed": pl.String(),
    "message": pl.String(), "rejected": pl.Boolean(),
}  # fmt: skip
"""Columns of every frame of problems. ``rejected`` is false where the row went on and this is a remark."""

_LONGEST_QUOTE = 80


class Checked(NamedTuple):
    """Typed columns, and what was found wrong with their text: frames as `finding` makes them."""

    columns: pl.DataFrame
    findings: list[pl.DataFrame]


def quoted(column: str) -> pl.Expr:
    """Return a column's text in quotation marks, cut where it is long.

    Examples
    --------
    >>> pl.DataFrame({"place": ["Hit"]}).select(quoted("place")).item()
    '"Hit"'
    """
    text = pl.col(column)
    short = pl.when(text.str.len_chars() > _LONGEST_QUOTE).then(text.str.slice(0, _LONGEST_QUOTE) + "…").otherwise(text)
    return pl.format('"{}"', short.fill_null(""))


def finding(
    rows: pl.DataFrame, where: pl.Expr, column: str, message: pl.Expr, *, allowed: str = "", rejected: bool = True
) -> pl.DataFrame:
    """Return one line for each row that passes the test `where`.

    Parameters
    ----------
    rows
        ``source_row`` and `column`, as text.
    where, message
        Over the columns of `rows`.

    Examples
    --------
    >>> rows = pl.DataFrame({"source_row": [2, 3], "place": ["Hit", "??"]})
    >>> found = finding(rows, pl.col("place") == "??", "place", pl.format("{} is no place.", quoted("place")))
    >>> found["row"].to_list(), found["message"].to_list()
    ([3], ['"??" is no place.'])
    """
    return rows.filter(where).select(
        pl.col("source_row").alias("row"),
        pl.lit(column).alias("column"),
        pl.col(column).alias("value"),
        pl.lit(allowed).alias("allowed"),
        message.alias("message"),
        pl.lit(rejected).alias("rejected"),
    )


def cell_findings(text: pl.DataFrame, column: str, cells: pl.DataFrame, *, allowed: str = "") -> list[pl.DataFrame]:
    """Return what `mapping.values` found wrong with a column, and what it remarked.

    Examples
    --------
    >>> from mapping.values import parse_counts
    >>> text = pl.DataFrame({"source_row": [2], "injured": ["1,5"]})
    >>> cell_findings(text, "injured", parse_counts(text["injured"]))[0]["message"].item()
    '"1,5" is not a whole number. Write a whole number in digits, or leave the cell empty.'
    """
    rows = text.select("source_row", column).hstack(cells.select("problem", "note"))
    return [
        finding(
            rows,
            pl.col(kind).is_not_null(),
            column,
            pl.format("{} {}.", quoted(column), pl.col(kind)),
            allowed=allowed,
            rejected=kind == "problem",
        )
        for kind in ("problem", "note")
    ]


def as_problems(findings: Iterable[pl.DataFrame], *, file: str, headings: Mapping[str, str]) -> pl.DataFrame:
    """Return all findings in one frame, by row, under the file's own headings where these are known.

    Examples
    --------
    >>> as_problems([], file="a.csv", headings={}).columns == list(PROBLEMS)
    True
    """
    empty = pl.DataFrame(schema={name: dtype for name, dtype in PROBLEMS.items() if name != "file"})
    return (
        pl.concat([empty, *findings])
        .with_columns(pl.lit(file).alias("file"), pl.col("column").replace(dict(headings)))
        .select(*PROBLEMS)
        .sort("row", maintain_order=True)
    )


def rejects_frame(raw: pl.DataFrame, problems: pl.DataFrame) -> pl.DataFrame:
    """Return the rows that did not go on, as they stood in the file: to be mended and read in again.

    Parameters
    ----------
    raw
        As `mapping.readers.base.Reading.raw`.
    problems
        Columns as `PROBLEMS`, of the same file.

    Returns
    -------
    polars.DataFrame
        The columns of `raw`, then ``problem`` (every reason, in words) and ``source_row``. Both are
        passed over when the file is read in again.

    Examples
    --------
    >>> raw = pl.DataFrame({"when": ["yesterday", "2024-07-16"], "source_row": [2, 3]})
    >>> found = finding(raw, pl.col("source_row") == 2, "when", pl.lit("Not a date."))
    >>> rejects_frame(raw, as_problems([found], file="a.csv", headings={})).rows()
    [('yesterday', 'when: Not a date.', 2)]
    """
    reasons = (
        problems.filter("rejected")
        .group_by(pl.col("row").alias("source_row"))
        .agg(pl.format("{}: {}", "column", "message").str.join(" | ").alias("problem"))
    )
    own = raw.drop("problem", "source_row", strict=False).columns
    return (
        raw.drop("problem", strict=False)
        .join(reasons, on="source_row", how="inner", maintain_order="left")
        .select(*own, "problem", "source_row")
    )
