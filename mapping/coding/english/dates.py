"""Dates in an English report: those that it writes out, and those that it counts from its own day."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from mapping.coding.english.date_meaning import Days, meaning_of
from mapping.coding.english.date_words import COUNT_BEFORE, PART_OF_DAY, dates_in
from mapping.coding.english.governs import governed_by
from mapping.coding.mentions import Span, When

if TYPE_CHECKING:
    from datetime import date

    from mapping.coding.text import Report

__all__ = ["find_dates"]

_PART_BEFORE = re.compile(
    rf"(?:(?:(?:at|in|on|during|the)\s+)*(?:{PART_OF_DAY}|early\s+hours)\s+(?:(?:of|on)\s+)?(?:the\s+)?|(?:early|late)\s+(?:on\s+)?)\Z"
)
_TO = re.compile(r"\s*(?:to|until|till|through|and|or|-|–|and\s+into)\s+(?:the\s+)?")
_FROM = re.compile(r"\b(?:from|between)\s+(?:the\s+)?\Z")
_PART_AFTER = re.compile(rf"\s+(?:at\s+)?{PART_OF_DAY}\b")


def find_dates(report: Report) -> list[When]:
    """Find the dates of a report, by its own day where they are relative.

    A weekday is the last such day up to and with the day of the report; a day or a month without a year is the last
    such. A date to come, and one from which on something has lasted, governs the background.

    Examples
    --------
    >>> from datetime import date
    >>> from mapping.coding.reading import read
    >>> report = read("Police said on Wednesday that two bombs exploded on Tuesday night.", written=date(2024, 7, 17))
    >>> [(report.text[slice(*when.span)], when.first.isoformat(), when.governs) for when in find_dates(report)]
    [('Wednesday', '2024-07-17', 'report'), ('Tuesday night', '2024-07-16', 'event')]
    """
    found: list[When] = []
    anchor: date | None = None  # the day spoken of last: "the same day"
    for match in dates_in(report.plain, report.dateline.end if report.dateline else 0):
        days = meaning_of(match, report.written, anchor)
        if days is None:
            continue
        span = _with_part_of_day(report.plain, match)
        governs = _governs(report, span, days)
        when = When(span, *days, governs)
        if found and (joined := _joined(report.plain, found[-1], when)):
            found[-1] = joined
        else:
            found.append(when)
        anchor = days.last if days.precision == "day" and governs == "event" else anchor
    return found


def _joined(plain: str, first: When, second: When) -> When | None:
    """Make one range of two days: "from 3 May to 7 June", "last night and early this morning"."""
    if first.precision != "day" or second.precision != "day" or not first.first or not second.first:
        return None
    between = _TO.fullmatch(plain, first.span.end, second.span.start)
    days = (second.first - first.first).days
    opened = _FROM.search(plain, max(0, first.span.start - 10), first.span.start)
    if not between or not 0 < days < 366 or not (opened or days == 1):
        return None
    governs = "event" if "event" in (first.governs, second.governs) or opened else second.governs
    return When(Span(first.span.start, second.span.end), first.first, second.last, "range", governs)


def _with_part_of_day(plain: str, match: re.Match[str]) -> Span:
    """Widen a date to the part of the day beside it: "the night of 16 July", "30 December afternoon"."""
    start, end = match.span()
    if match.lastgroup == "ago" and (count := COUNT_BEFORE.search(plain, max(0, start - 40), start)):
        return Span(count.start(), end)
    if before := _PART_BEFORE.search(plain, max(0, start - 40), start):
        start = before.start() if plain[before.start() - 1 : before.start()].strip() == "" else start
    after = _PART_AFTER.match(plain, end) if match.lastgroup in ("day", "nth") else None
    return Span(start, after.end() if after else end)


def _governs(report: Report, span: Span, days: Days) -> Literal["event", "report", "background"]:
    if report.written and days.first:
        long_ago = days.precision == "year" and (report.written - days.first).days > 366
        if long_ago or days.first > report.written:
            return "background"
    number = report.sentence_at(span.start)
    start, end = report.sentences[number].span if number is not None else span
    return governed_by(report.plain, span, start, end)
