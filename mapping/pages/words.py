"""How dates, numbers and precisions are said to people. Plain text: it goes through `escape` like any other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mapping.query import PARAMETERS

if TYPE_CHECKING:
    from datetime import date

__all__ = ["PRECISION", "count", "country", "days", "fields", "incidents", "period", "rows", "span", "title"]

_COUNTRY_NAME = next(parameter.label for parameter in PARAMETERS if parameter.field == "countries")

PRECISION = {
    "site": "known site",
    "town": "town",
    "near": "near a named place",
    "district": "known to the district only",
    "province": "known to the province only",
    "area": "a line or a larger area",
    "offshore": "over water or in the air",
    "country": "known to the country only",
    "none": "place unknown",
}
"""The precision scale in words."""


def days(start: date | None, end: date | None) -> str:
    """Say when, in words.

    Examples
    --------
    >>> from datetime import date
    >>> days(date(2024, 7, 16), date(2024, 7, 16))
    'Tuesday 16 July 2024'
    >>> days(date(2024, 7, 31), date(2024, 8, 1))
    '31 July 2024 to 1 August 2024'
    >>> days(None, date(2024, 7, 17)), days(None, None)
    ('by Wednesday 17 July 2024', 'date unknown')
    """
    if start is None:
        return "date unknown" if end is None else f"by {days(end, end)}"
    end = end or start
    if start == end:
        return f"{start:%A} {start.day} {start:%B} {start.year}"
    return f"{start.day} {start:%B} {start.year} to {end.day} {end:%B} {end.year}"


def count(number: int | None) -> str:
    """Say how many; unknown is never 0.

    Examples
    --------
    >>> count(1200), count(0), count(None)
    ('1,200', '0', 'unknown')
    """
    return "unknown" if number is None else f"{number:,}"


def country(code: str) -> str:
    """Name a country by its ISO 3166-1 code; one that has no name there keeps its code.

    Examples
    --------
    >>> country("IQ"), country("QQ")
    ('Iraq', 'QQ')
    """
    try:
        return _COUNTRY_NAME(code)
    except KeyError:
        return code


def rows(number: int) -> str:
    """Say how many rows.

    Examples
    --------
    >>> rows(1), rows(243)
    ('1 row', '243 rows')
    """
    return f"{number:,} row{'' if number == 1 else 's'}"


def incidents(number: int) -> str:
    """Say how many incidents.

    Examples
    --------
    >>> incidents(1), incidents(107)
    ('1 incident', '107 incidents')
    """
    return f"{number:,} incident{'' if number == 1 else 's'}"


def fields(number: int) -> str:
    """Say how many fields.

    Examples
    --------
    >>> fields(1), fields(2)
    ('1 field', '2 fields')
    """
    return f"{number:,} field{'' if number == 1 else 's'}"


def period(first: date, unit: str) -> str:
    """Name a month, quarter, year or decade by its first day.

    Examples
    --------
    >>> from datetime import date
    >>> [period(date(2020, 4, 1), unit) for unit in ("month", "quarter", "year", "decade")]
    ['Apr 2020', 'Q2 2020', '2020', '2020s']
    """
    names = {
        "month": f"{first:%b} {first.year}",
        "quarter": f"Q{(first.month + 2) // 3} {first.year}",
        "year": f"{first.year}",
        "decade": f"{first.year}s",
    }
    return names[unit]


def span(low: int | None, high: int | None) -> str:
    """Say between which numbers it lies; nothing when neither is known.

    Examples
    --------
    >>> span(5, 45), span(None, 3), span(None, None)
    ('low 5 · high 45', 'low unknown · high 3', '')
    """
    return "" if low is None and high is None else f"low {count(low)} · high {count(high)}"


def title(event_type: str | None, place: str | None) -> str:
    """Name an incident: what happened, and where as reported.

    Examples
    --------
    >>> title("drone attack", "Ain al-Assad base"), title("other", "Hit"), title("IED", None)
    ('Drone attack, Ain al-Assad base', 'Incident, Hit', 'IED')
    """
    what = "incident" if event_type in (None, "", "other") else event_type
    return ", ".join(filter(None, (what[0].upper() + what[1:], place)))
