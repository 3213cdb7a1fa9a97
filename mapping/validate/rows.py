"""From text to incidents: every column typed, every problem told, good rows and bad rows parted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl

from mapping.schema import EVENT_TYPES, SCHEMA, conform
from mapping.validate.bounds import check_bounds
from mapping.validate.countries import check_country
from mapping.validate.event_types import check_event_type
from mapping.validate.evidence import check_identity, check_links
from mapping.validate.periods import check_periods
from mapping.validate.positions import check_positions
from mapping.validate.problems import as_problems
from mapping.validate.quantities import check_quantities
from mapping.validate.vocabularies import check_words
from mapping.values import COORDINATES

__all__ = ["Validated", "validate"]

_CHECKS = (check_identity, check_words, check_country, check_links)


@dataclass(frozen=True)
class Validated:
    """What went on, and every problem.

    Attributes
    ----------
    accepted
        Every incident column, typed as `mapping.schema.SCHEMA` says; ``source_row`` is the row of the file.
    problems
        Columns as `mapping.validate.PROBLEMS`, by row.
    """

    accepted: pl.DataFrame
    problems: pl.DataFrame


def validate(
    incidents: pl.DataFrame,
    *,
    file: str,
    date_order: str | None = None,
    headings: Mapping[str, str] | None = None,
    codes: Mapping[str, Sequence[str]] | None = None,
    published: bool = False,
    today: date | None = None,
) -> Validated:
    """Turn text under incident names into typed incidents.

    Every problem is reported at once. A row with one that is ``rejected`` stays behind; the others are
    remarks. Spaces at the ends of a text go, and an empty text is null; nothing else in it is changed.

    Parameters
    ----------
    incidents
        As `mapping.readers.base.Reading.incidents`: text, and ``source_row``; ``coordinates`` may hold latitude
        and longitude in one.
    file
        Name for the problems.
    date_order
        ``dmy``, ``mdy`` or ``ymd`` where the dates of a column can all be read two ways.
    headings
        The file's own heading of an incident column, for the problems.
    codes
        What the source's codebook allows in an incident column, for the problems.
    published
        The rows are of a published dataset (UCDP, ACLED, GTD): what in them does not agree is the source's own.
    today
        Days after it are remarked upon; the date in UTC when not given.

    Raises
    ------
    InvalidValue
        `date_order` is none of those.

    Examples
    --------
    >>> text = pl.DataFrame({"source_row": [2, 3], "date_start": ["16 July 2024", "soon"], "injured": ["0", "-1"]})
    >>> checked = validate(text, file="mine.csv")
    >>> checked.accepted["date_start"].to_list()
    [datetime.date(2024, 7, 16)]
    >>> checked.problems.select("row", "column", "value").rows()
    [(3, 'date_start', 'soon'), (3, 'injured', '-1')]
    """
    text = _tidied(incidents)
    checks = [
        check_periods(text, date_order=date_order, today=today),
        check_quantities(text, published=published),
        check_event_type(text, allowed=(codes or {}).get("event_type", EVENT_TYPES)),
        check_positions(text, heading=(headings or {}).get(COORDINATES, "")),
        *(check(text) for check in _CHECKS),
    ]
    typed = text.with_columns(column for checked in checks for column in checked.columns)
    found = [finding for checked in checks for finding in checked.findings]
    found += check_bounds(text, typed, codes=codes)
    problems = as_problems(found, file=file, headings=headings or {})
    rejected = problems.filter("rejected").select(pl.col("row").unique())
    accepted = typed.join(rejected, left_on="source_row", right_on="row", how="anti", maintain_order="left")
    return Validated(conform(accepted), problems)


def _tidied(incidents: pl.DataFrame) -> pl.DataFrame:
    names = [name for name in incidents.columns if name in {*SCHEMA, COORDINATES} - {"source_row"}]
    # Only plain spaces: a tab or a line break at the start is part of what a spreadsheet might run.
    stripped = pl.col(names).str.strip_chars(" \u00a0")
    nothing = pl.col(names).str.strip_chars() == ""
    # In one piece each: polars 2.1 panics in pl.format where filtering leaves a column an empty chunk between others.
    return incidents.rechunk().select(pl.col("source_row").cast(pl.Int64), pl.when(~nothing).then(stripped))
