"""Dates that a text writes out in full or in part: `17 July 2024`, `July 17`, `17/07/2024`, `2024-07-17`."""

from __future__ import annotations

import re
from datetime import date

__all__ = ["DAY", "MONTH", "MONTHS", "WEEKDAY", "WEEKDAYS", "YEAR", "day_of", "day_or_none", "full_year"]

_MONTH_NAMES = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_WEEKDAY_NAMES = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

MONTHS = {name[:size]: number for number, name in enumerate(_MONTH_NAMES, 1) for size in (3, 4, len(name))}
"""Number of a month by its name and its usual short forms, in small letters."""

WEEKDAYS = {name[:size]: number for number, name in enumerate(_WEEKDAY_NAMES) for size in (3, 4, 5, len(name))}
"""Number of a weekday, Monday 0, by its name and its usual short forms."""

MONTH = (
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december"
    r"|(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\b\.?)(?![a-z])"
)
WEEKDAY = r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:mon|tues?|wed|thurs?|fri|sat|sun)\b\.?)(?![a-z])"
YEAR = r"(?:(?:19|20)\d\d\b)"
_NUMBER = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th|d)?\b"

DAY = re.compile(
    rf"""(?:\b{WEEKDAY},?\s+(?:the\s+)?)?
    (?:\b(?P<year_i>(?:19|20)\d\d)-(?P<month_i>[01]?\d)-(?P<day_i>[0-3]?\d)\b
    |\b(?P<day_n>[0-3]?\d)(?P<sign>[/.])(?P<month_n>[01]?\d)(?P=sign)(?P<year_n>(?:19|20)?\d\d)\b
    |\b(?P<day_d>{_NUMBER})(?:\s+day)?(?:\s+of)?[\s-]+(?P<month_d>{MONTH})(?:,?[\s-]*(?P<year_d>{YEAR}|(?<=[\s-])'?\d\d\b))?
    |\b(?P<month_m>{MONTH})\s+(?P<day_m>{_NUMBER})(?!:\d)(?:\s*,?\s+(?P<year_m>{YEAR}))?)""",
    re.VERBOSE,
)
"""A day of the calendar in small letters, with or without its year."""


def full_year(digits: str) -> int:
    """Return the year that two or four digits mean: two digits up to 49 are of this century.

    Examples
    --------
    >>> full_year("89"), full_year("'24"), full_year("1990")
    (1989, 2024, 1990)
    """
    year = int(digits.strip("'"))
    return year if year > 99 else year + (2000 if year < 50 else 1900)


def day_or_none(year: int, month: int, day: int) -> date | None:
    """Return a day, or None where the calendar has none.

    Examples
    --------
    >>> day_or_none(2023, 2, 29) is None
    True
    """
    try:
        return date(year, month, day)
    except ValueError:
        return None


def day_of(found: re.Match[str], *, near: date | None = None) -> date | None:
    """Return the day that a match of `DAY` names; without a year, the last such day up to `near`.

    A day a little ahead of `near` (three weeks) is that day: a report of 28 December may announce 2 January.
    Slashes and dots are read day first, unless only month first is a day.

    Examples
    --------
    >>> from datetime import date
    >>> day_of(DAY.search("on 30 december"), near=date(1990, 1, 3))
    datetime.date(1989, 12, 30)
    >>> day_of(DAY.search("jul 17, 2024"))
    datetime.date(2024, 7, 17)
    """
    group = found.groupdict()
    if group["year_i"]:
        return day_or_none(int(group["year_i"]), int(group["month_i"]), int(group["day_i"]))
    if group["year_n"]:
        year, first, second = full_year(group["year_n"]), int(group["day_n"]), int(group["month_n"])
        return day_or_none(year, second, first) or day_or_none(year, first, second)
    month = MONTHS[(group["month_d"] or group["month_m"]).rstrip(".")]
    day = int(re.sub(r"\D", "", group["day_d"] or group["day_m"]))
    if year_words := group["year_d"] or group["year_m"]:
        return day_or_none(full_year(year_words), month, day)
    if near is None:
        return None
    this_year = day_or_none(near.year, month, day)
    if this_year is not None and (this_year - near).days <= 21:
        return this_year
    return day_or_none(near.year - 1, month, day)
