"""When: first day, last day, and how exact they are."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import polars as pl

from mapping.schema import DATE_PRECISIONS
from mapping.validate.problems import Checked, cell_findings, finding, quoted
from mapping.validate.vocabularies import read_words
from mapping.values import parse_dates

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mapping.values import DatesTold

__all__ = ["check_periods"]

_EARLY = date(1900, 1, 1)


def check_periods(
    text: pl.DataFrame,
    *,
    date_order: str | None = None,
    today: date | None = None,
    told: Mapping[str, DatesTold] | None = None,
) -> Checked:
    """Turn date_start, date_end, date_precision and source_date into dates and our vocabulary.

    A month or a year in date_start, or said in date_precision, is the whole of it. Without date_end the
    incident ends where date_start does. An end before its start is refused; days to come and days before
    1900 are remarked upon.

    Parameters
    ----------
    text
        Text under incident names, with ``source_row``.
    date_order
        As the user says it.
    today
        Days after it are remarked upon; the date in UTC when not given.
    told
        What each column of dates tells as a whole, where `text` is a part of a file.

    Examples
    --------
    >>> check_periods(pl.DataFrame({"source_row": [2], "date_start": ["2017-06"]})).columns.row(0)
    (datetime.date(2017, 6, 1), datetime.date(2017, 6, 30), 'month')
    """
    columns, findings = [], []
    told = told or {}
    if "source_date" in text.columns:
        published = parse_dates(text["source_date"], order=date_order, told=told.get("source_date"))
        to_the_day = pl.col("precision") == "day"
        columns.append(published.select(pl.when(to_the_day).then("start").alias("source_date")).to_series())
        findings += cell_findings(text, "source_date", published)
        vague = text.select("source_row", "source_date").hstack(published.select("precision", "start"))
        message = pl.format(
            "{} names no day; source_date stays empty, for it has no precision of its own.", quoted("source_date")
        )
        findings.append(
            finding(vague, ~to_the_day & pl.col("start").is_not_null(), "source_date", message, rejected=False)
        )
    if {"date_start", "date_end", "date_precision"} & set(text.columns):
        period, found = _check_period(text, date_order, today or datetime.now(UTC).date(), told)
        columns += period.get_columns()
        findings += found
    return Checked(pl.DataFrame(columns), findings)


def _check_period(text: pl.DataFrame, date_order: str | None, today: date, told: Mapping[str, DatesTold]) -> Checked:
    empty = pl.lit(None, pl.String)
    days = ("date_start", "date_end")
    text = text.with_columns(empty.alias(day) for day in (*days, "date_precision") if day not in text.columns)
    first, last = (parse_dates(text[day], order=date_order, told=told.get(day)) for day in days)
    said = read_words(text["date_precision"], DATE_PRECISIONS)
    joined = pl.DataFrame([first["start"], first["end"], first["precision"], last["end"].alias("last"), said["value"]])
    period = joined.select(_START.alias("date_start"), _END.alias("date_end"), _PRECISION.alias("date_precision"))
    findings = [
        finding_
        for name, cells in zip((*days, "date_precision"), (first, last, said), strict=True)
        for finding_ in cell_findings(text, name, cells)
    ]
    return Checked(period, findings + _remarks(text, period, today))


# A date to the day that is said to be exact to the month or year only stands for the whole of it.
_WHOLE = pl.when(pl.col("precision") == "day", pl.col("last").is_null()).then("value")
_START = pl.when(_WHOLE == "month").then(pl.col("start").dt.month_start()).when(_WHOLE == "year").then(
    pl.col("start").dt.truncate("1y")
).otherwise("start")  # fmt: skip
_END = pl.coalesce(
    "last",
    pl.when(_WHOLE == "month").then(pl.col("start").dt.month_end()),
    pl.when(_WHOLE == "year").then(pl.col("start").dt.truncate("1y").dt.offset_by("1y").dt.offset_by("-1d")),
    "end",
)
_UNDATED = pl.col("start").is_null() & pl.col("last").is_null()
_PRECISION = pl.coalesce(
    pl.when(_UNDATED & pl.col("value").is_in(DATE_PRECISIONS)).then(pl.lit("unknown")),
    "value",
    pl.when(pl.col("start").is_null()).then(pl.lit("unknown")),
    pl.when(pl.col("last").is_null() | (pl.col("last") == pl.col("end"))).then("precision"),
    pl.lit("range"),
)


def _remarks(text: pl.DataFrame, period: pl.DataFrame, today: date) -> list[pl.DataFrame]:
    rows = text.select("source_row", "date_start", "date_end").hstack(
        period.select(pl.col("date_start").alias("first"), pl.col("date_end").alias("last"))
    )
    first, last = pl.col("first"), pl.col("last")
    backwards = pl.format(
        "date_end {} lies before date_start {}. Check both.", quoted("date_end"), quoted("date_start")
    )
    to_come = pl.format("{} lies in the future. Check it.", quoted("date_start"))
    early = pl.format("{} lies before 1900. Check it.", quoted("date_start"))
    return [
        finding(rows, first > last, "date_end", backwards, allowed="not before date_start"),
        finding(rows, first > today, "date_start", to_come, rejected=False),
        finding(rows, first < _EARLY, "date_start", early, rejected=False),
    ]
