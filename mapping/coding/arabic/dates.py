"""Dates in Arabic reports: "17 تموز 2024", "مساء الثلاثاء", "أول أمس", "قبل يومين", from the day of the report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mapping.coding.arabic.dateforms import DATE, days_of
from mapping.coding.arabic.governing import governs
from mapping.coding.arabic.letters import letters_of
from mapping.coding.mentions import When

if TYPE_CHECKING:
    from mapping.coding.text import Report

__all__ = ["find_dates"]


def find_dates(report: Report) -> list[When]:
    """Return the dates of a report in Arabic, and whether each is an incident's, the report's or of the past.

    Months go by the names of the Levant, of Egypt and of the Maghreb. A date of the Hijri calendar is named and not
    resolved. A weekday is the last such day up to the day of the report.

    Examples
    --------
    >>> from datetime import date
    >>> from mapping.coding.reading import read
    >>> report = read("أفاد مصدر، الأربعاء، بأن مسيرتين هاجمتا القاعدة مساء الثلاثاء.", written=date(2024, 7, 17))
    >>> [(report.text[slice(*when.span)], when.first.day, when.governs) for when in find_dates(report)]
    [('الأربعاء', 17, 'report'), ('مساء الثلاثاء', 16, 'event')]
    """
    letters = letters_of(report.text)
    found: list[When] = []
    for start, end in letters.sentences(report):
        for match in DATE.finditer(letters.text, start, end):
            days = days_of(match, report.written)
            if days is None:
                continue
            at = match.start(match.lastgroup or 0)
            kind = "background" if days.looks_back else governs(letters.text, start, at, days.last, report.written)
            found.append(When(letters.span(at, match.end()), days.first, days.last, days.precision, kind))
    return found
