"""Dates in an English report: those that it writes out, and those that it counts from its own day."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta
from typing import TYPE_CHECKING, Literal, NamedTuple

from mapping.coding.english.date_words import PART_OF_DAY, dates_in
from mapping.coding.english.days import MONTHS, WEEKDAYS, day_of, day_or_none, full_year
from mapping.coding.english.governs import governed_by
from mapping.coding.english.numbers import NUMBER, number_of
from mapping.coding.mentions import Span, When

if TYPE_CHECKING:
    from collections.abc import Callable

    from mapping.coding.text import Report

__all__ = ["find_dates"]

_PART_BEFORE = re.compile(
    rf"(?:(?:(?:at|in|on|during|the)\s+)*(?:{PART_OF_DAY}|early\s+hours)\s+(?:(?:of|on)\s+)?(?:the\s+)?|(?:early|late)\s+(?:on\s+)?)\Z"
)
_PART_AFTER = re.compile(rf"\s+(?:at\s+)?{PART_OF_DAY}\b")


class _Days(NamedTuple):
    """First and last day that a date may be, with its precision."""

    first: date | None
    last: date | None
    precision: str


_UNRESOLVED = _Days(None, None, "unknown")


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
    anchor: date | None = None
    for match in dates_in(report.plain, report.dateline.end if report.dateline else 0):
        days = _RESOLVERS[str(match.lastgroup)](match, report.written, anchor)
        if days is None:
            continue
        span = _with_part_of_day(report.plain, match)
        governs = _governs(report, span, days)
        found.append(When(span, *days, governs))
        anchor = days.last if days.precision == "day" and governs == "event" else anchor
    return found


def _with_part_of_day(plain: str, match: re.Match[str]) -> Span:
    """Widen a date to the part of the day beside it: "the night of 16 July", "30 December afternoon"."""
    start, end = match.span()
    if before := _PART_BEFORE.search(plain, max(0, start - 40), start):
        start = before.start() if plain[before.start() - 1 : before.start()].strip() == "" else start
    after = _PART_AFTER.match(plain, end) if match.lastgroup in ("day", "nth") else None
    return Span(start, after.end() if after else end)


def _governs(report: Report, span: Span, days: _Days) -> Literal["event", "report", "background"]:
    if report.written and days.first:
        long_ago = days.precision == "year" and (report.written - days.first).days > 366
        if long_ago or days.first > report.written:
            return "background"
    number = report.sentence_at(span.start)
    start, end = report.sentences[number].span if number is not None else span
    return governed_by(report.plain, span, start, end)


def _range(match: re.Match[str], written: date | None, _: date | None) -> _Days | None:
    """A span of days: "between 11-13 Dec", "from 3 to 7 May", "October 25-26, 2016"."""
    group = match.groupdict()
    kind = "r" if group["r_first"] else "s"
    first_day, last_day = int(group[f"{kind}_first"]), int(group[f"{kind}_second"])
    if kind == "r":
        last_month = MONTHS[group["r_last_month"].rstrip(".")]
        first_month = MONTHS[group["r_month"].rstrip(".")] if group["r_month"] else last_month
    else:
        first_month = MONTHS[group["s_month"].rstrip(".")]
        last_month = MONTHS[group["s_last_month"].rstrip(".")] if group["s_last_month"] else first_month
    if year := group[f"{kind}_year"]:
        last = day_or_none(full_year(year), last_month, last_day)
    elif written is None:
        return _UNRESOLVED
    else:
        last = _last_such(written, last_month, last_day)
    first = day_or_none(last.year - (first_month > last_month), first_month, first_day) if last else None
    return _Days(first, last, "range") if first and last and first <= last else None


def _day(match: re.Match[str], written: date | None, _: date | None) -> _Days:
    day = day_of(match, near=written)
    return _Days(day, day, "day") if day else _UNRESOLVED


def _month(match: re.Match[str], written: date | None, _: date | None) -> _Days:
    """A month, or its beginning, middle or end: "July" after "in", "mid-March", "late January 2024"."""
    month = MONTHS[match["m_name"].rstrip(".")]
    if match["m_year"]:
        year = int(match["m_year"])
    elif written:
        year = written.year - (month > written.month)
    else:
        return _UNRESOLVED
    return _part_of(date(year, month, 1), date(year, month, monthrange(year, month)[1]), match["m_half"])


def _part_of(first: date, last: date, half: str | None, precision: str = "month") -> _Days:
    """The first, second or last third of a period, where the words say so."""
    if not half:
        return _Days(first, last, precision)
    third = timedelta(days=(last - first).days // 3)
    if half.startswith("early") or "beginning" in half or "start" in half:
        return _Days(first, first + third, "range")
    if half.startswith("mid") or "middle" in half:
        return _Days(first + third, last - third, "range")
    return _Days(last - third, last, "range")


def _nth(match: re.Match[str], written: date | None, anchor: date | None) -> _Days:
    """A day of the month that is spoken of: "on the 3rd"."""
    day = int(match.group()[:2].rstrip("snrt"))
    near = anchor or written
    if near is None:
        return _UNRESOLVED
    found = day_or_none(near.year, near.month, day)
    if found is None or (written and found > written):
        before = near.replace(day=1) - timedelta(days=1)
        found = day_or_none(before.year, before.month, day)
    return _Days(found, found, "day") if found else _UNRESOLVED


def _weekday(match: re.Match[str], written: date | None, _: date | None) -> _Days:
    """The last such day up to the report's own; "last Tuesday" in a report of Tuesday is a week ago."""
    if written is None:
        return _UNRESOLVED
    back = (written.weekday() - WEEKDAYS[match["w_name"]]) % 7
    day = written - timedelta(days=back or (7 if match["w_last"] in ("last", "past") else 0))
    return _Days(day, day, "day")


def _relative(match: re.Match[str], written: date | None, _: date | None) -> _Days:
    if written is None:
        return _UNRESOLVED
    words = match.group()
    back = -1 if "tomorrow" in words else 2 if "before" in words else 1 if "yesterday" in words else 0
    day = written - timedelta(days=back)
    return _Days(day, day, "day")


def _this_part(match: re.Match[str], written: date | None, _: date | None) -> _Days:
    if written is None:
        return _UNRESOLVED
    yesterday = written - timedelta(days=1)
    if match.group() == "overnight":
        return _Days(yesterday, written, "range")
    return _Days(yesterday, yesterday, "day") if "last" in match.group() else _Days(written, written, "day")


def _anchored(match: re.Match[str], _: date | None, anchor: date | None) -> _Days:
    """A day by the one spoken of before: "the previous day", "the same day", "the day after"."""
    which, way = match["a_which"], match["a_way"]
    if anchor is None:
        return _UNRESOLVED
    step = 1 if which in ("following", "next") or way in ("after", "later") else 0
    step = -1 if which == "previous" or way in ("before", "earlier") else step
    day = anchor + timedelta(days=step)
    return _Days(day, day, "day")


def _count(words: str) -> int | None:
    """Return how many a count means; None for "few", "several"."""
    if re.fullmatch(NUMBER, words):
        return number_of(words)
    return 1 if words in ("a", "an") else 2 if words.startswith("couple") else None


def _ago(match: re.Match[str], written: date | None, anchor: date | None) -> _Days:
    """So long before the report ("two days ago") or before and after another day ("three days later")."""
    origin = written if match["g_way"] == "ago" else anchor
    unit, count = match["g_unit"].rstrip("s"), _count(match["g_count"])
    if origin is None or (match["g_way"] != "ago" and unit not in ("day", "night", "week")):
        return _UNRESOLVED
    if count is None:
        return _Days(None, origin, "unknown") if match["g_way"] == "ago" else _UNRESOLVED
    if match["g_way"] in ("later", "after"):
        count = -count
    return _stepped(origin, count, unit)


def _stepped(origin: date, count: int, unit: str) -> _Days:
    """So many units before a day, as exact as the unit is."""
    if count > 3_000:
        return _UNRESOLVED
    if unit in ("minute", "hour"):
        return _Days(origin - timedelta(days=1 + count // 24 if unit == "hour" else 1), origin, "range")
    if unit in ("day", "night", "week"):
        day = origin - timedelta(days=count * (7 if unit == "week" else 1))
        return (
            _Days(day, day, "day")
            if unit != "week" or count == 1
            else _Days(day - timedelta(days=3), day + timedelta(days=3), "week")
        )
    if unit == "month":
        months = origin.year * 12 + origin.month - 1 - count
        year, month = months // 12, months % 12 + 1
        return _Days(date(year, month, 1), date(year, month, monthrange(year, month)[1]), "month")
    year = origin.year - count
    return _Days(date(year, 1, 1), date(year, 12, 31), "year") if year > 0 else _UNRESOLVED


def _past(match: re.Match[str], written: date | None, _: date | None) -> _Days:
    """A stretch up to the report: "the past 24 hours", "within the last month"."""
    count, unit = _count(match["p_count"]), match["p_unit"].rstrip("s")
    if written is None:
        return _UNRESOLVED
    if count is None or count > 3_000:
        return _Days(None, written, "unknown")
    days = {"minute": 0, "hour": 1 / 24, "day": 1, "night": 1, "week": 7, "month": 30, "year": 365}[unit]
    return _Days(written - timedelta(days=max(1, round(count * days))), written, "range")


def _period(match: re.Match[str], written: date | None, _: date | None) -> _Days:
    """A week, weekend, month or year by the report's own: "last week", "early this month", "over the weekend"."""
    if written is None:
        return _UNRESOLVED
    which, unit = match["q_which"] or "last", match["q_unit"] or "weekend"
    monday = written - timedelta(days=written.weekday())
    if unit == "weekend":
        saturday = written - timedelta(days=(written.weekday() - 5) % 7)
        return _Days(saturday, min(saturday + timedelta(days=1), written), "range")
    if which == "past":
        return _Days(written - timedelta(days={"week": 7, "month": 30, "year": 365}[unit]), written, "range")
    last = which != "this"
    first = {
        "week": monday - timedelta(days=7 * last),
        "month": _first_of_month(written, last),
        "year": date(written.year - last, 1, 1),
    }[unit]
    until = {"week": monday, "month": written.replace(day=1), "year": date(written.year, 1, 1)}[unit]
    end = until - timedelta(days=1) if last else written
    half = (match["q_half"] or "").removesuffix("r")
    return _part_of(first, end, half if half in ("early", "late") else None, unit)


def _first_of_month(day: date, before: bool) -> date:
    first = day.replace(day=1)
    return (first - timedelta(days=1)).replace(day=1) if before else first


def _year(match: re.Match[str], _: date | None, __: date | None) -> _Days:
    year = int(match["y_year"])
    return _part_of(date(year, 1, 1), date(year, 12, 31), match["y_half"], "year")


def _last_such(written: date, month: int, day: int) -> date | None:
    """The last such day up to the report's, or the one just ahead (three weeks)."""
    this_year = day_or_none(written.year, month, day)
    ahead = this_year is None or (this_year - written).days > 21
    return day_or_none(written.year - 1, month, day) if ahead else this_year


_RESOLVERS: dict[str, Callable[[re.Match[str], date | None, date | None], _Days | None]] = {
    "range": _range, "day": _day, "month": _month, "nth": _nth, "weekday": _weekday, "relative": _relative,
    "this_part": _this_part, "anchored": _anchored, "ago": _ago, "past": _past, "period": _period, "year": _year,
}  # fmt: skip
