"""From text to incidents: every column typed, every problem told, good rows and bad rows parted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import reduce

import polars as pl

from mapping.schema import EVENT_TYPES, SCHEMA, conform
from mapping.validate.bounds import check_bounds
from mapping.validate.countries import check_country
from mapping.validate.event_types import check_event_type
from mapping.validate.evidence import Repeats, check_identity, check_links, find_repeats, identity_keys
from mapping.validate.periods import check_periods
from mapping.validate.positions import check_positions
from mapping.validate.problems import as_problems
from mapping.validate.quantities import check_quantities
from mapping.validate.vocabularies import check_words
from mapping.values import COORDINATES, DatesTold, dates_told

__all__ = ["Look", "Validated", "Whole", "look_at", "validate", "whole_of"]

_CHECKS = (check_words, check_country, check_links)
_DATES = ("date_start", "date_end", "source_date")


@dataclass(frozen=True)
class Look:
    """What a part of a file adds to what all of it tells.

    Attributes
    ----------
    dates
        What each column of dates tells.
    keys
        As `mapping.validate.evidence.identity_keys`.
    """

    dates: Mapping[str, DatesTold]
    keys: pl.DataFrame


@dataclass(frozen=True)
class Whole:
    """What only a file as a whole tells: what its columns of dates do, and which of its rows are there again."""

    dates: Mapping[str, DatesTold]
    repeats: Repeats


def whole_of(looks: Sequence[Look]) -> Whole:
    """Put together what the parts of a file tell, in their order.

    Examples
    --------
    >>> texts = [pl.DataFrame({"source_row": [row], "incident_id": ["a"]}) for row in (2, 3)]
    >>> whole_of([look_at(text) for text in texts]).repeats.ids.rows()
    [(3, 2)]
    """
    names = {name for look in looks for name in look.dates}
    dates = {
        name: reduce(DatesTold.and_of, (look.dates[name] for look in looks if name in look.dates)) for name in names
    }
    return Whole(dates, find_repeats(pl.concat([look.keys for look in looks])))


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
    whole: Whole | None = None,
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
    whole
        What the file as a whole tells, where `incidents` is a part of it.

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
        check_periods(text, date_order=date_order, today=today, told=whole.dates if whole else None),
        check_quantities(text, published=published),
        check_event_type(text, allowed=(codes or {}).get("event_type", EVENT_TYPES)),
        check_positions(text, heading=(headings or {}).get(COORDINATES, "")),
        check_identity(text, repeats=whole.repeats if whole else None),
        *(check(text) for check in _CHECKS),
    ]
    typed = text.with_columns(column for checked in checks for column in checked.columns)
    found = [finding for checked in checks for finding in checked.findings]
    found += check_bounds(text, typed, codes=codes)
    problems = as_problems(found, file=file, headings=headings or {})
    rejected = problems.filter("rejected").select(pl.col("row").unique())
    accepted = typed.join(rejected, left_on="source_row", right_on="row", how="anti", maintain_order="left")
    return Validated(conform(accepted), problems)


def look_at(incidents: pl.DataFrame) -> Look:
    """Look at a part of a file for what only all of them together tell.

    Parameters
    ----------
    incidents
        As for `validate`.

    Examples
    --------
    >>> text = pl.DataFrame({"source_row": [2], "date_start": ["16/05/2025"]})
    >>> look_at(text).dates["date_start"].order
    'dmy'
    """
    text = _tidied(incidents)
    dates = {name: dates_told(text[name]) for name in _DATES if name in text.columns}
    return Look(dates, identity_keys(text))


def _tidied(incidents: pl.DataFrame) -> pl.DataFrame:
    names = [name for name in incidents.columns if name in {*SCHEMA, COORDINATES} - {"source_row"}]
    # Only plain spaces: a tab or a line break at the start is part of what a spreadsheet might run.
    stripped = pl.col(names).str.strip_chars(" \u00a0")
    nothing = pl.col(names).str.strip_chars() == ""
    # In one piece each: polars 2.1 panics in pl.format where filtering leaves a column an empty chunk between others.
    return incidents.rechunk().select(pl.col("source_row").cast(pl.Int64), pl.when(~nothing).then(stripped))
