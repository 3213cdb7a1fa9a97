"""What the words of a date mean: first and last day, counted from the report's own day where they are relative."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from mapping.coding.english.date_words import COUNT_BEFORE
from mapping.coding.english.days import MONTHS, WEEKDAYS, day_of, day_or_none, full_year
from mapping.coding.english.numbers import NUMBER, number_of

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["Days", "meaning_of"]


class Days(NamedTuple):
    """First and last day that a date may be, with its precision."""

    first: date | None
    last: date | None
    precision: str


_UNRESOLVED = Days(None, None, "unknown")
_WITHIN = re.compile(r"\b(?:within|in|over|during)\s+the\s+\Z")


def meaning_of(match: re.Match[str], written: date | None, anchor: date | None) -> Days | None:
    """Return the days that a match of `dates_in` means; None where it is no date.

    Parameters
    ----------
    written
        Day of the report, from which "yesterday" is counted; without it, its days are None.
    anchor
        The day that the text spoke of last, from which "the next day" is counted.

    Examples
    --------
    >>> from mapping.coding.english.date_words import dates_in
    >>> words = next(dates_in("two days ago"))
    >>> meaning_of(words, date(2024, 7, 17), None).first
    datetime.date(2024, 7, 15)
    """
    return _RULES[str(match.lastgroup)](match, written, anchor)


def _range(match: re.Match[str], written: date | None, _: date | None) -> Days | None:
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
    return Days(first, last, "range") if first and last and first <= last else None


def _day(match: re.Match[str], written: date | None, _: date | None) -> Days:
    day = day_of(match, near=written)
    return Days(day, day, "day") if day else _UNRESOLVED


def _month(match: re.Match[str], written: date | None, _: date | None) -> Days:
    """A month, or its beginning, middle or end: "July" after "in", "mid-March", "late January 2024"."""
    month = MONTHS[match["m_name"].rstrip(".")]
    if match["m_year"]:
        year = int(match["m_year"])
    elif written:
        year = written.year - (month > written.month)
    else:
        return _UNRESOLVED
    return _part_of(date(year, month, 1), date(year, month, monthrange(year, month)[1]), match["m_half"])


def _part_of(first: date, last: date, half: str | None, precision: str = "month") -> Days:
    """The first, second or last third of a period, where the words say so."""
    if not half:
        return Days(first, last, precision)
    third = timedelta(days=(last - first).days // 3)
    if half.startswith("early") or "beginning" in half or "start" in half:
        return Days(first, first + third, "range")
    if half.startswith("mid") or "middle" in half:
        return Days(first + third, last - third, "range")
    return Days(last - third, last, "range")


def _nth(match: re.Match[str], written: date | None, anchor: date | None) -> Days:
    """A day of the month that is spoken of: "on the 3rd"."""
    day = int(match.group()[:2].rstrip("snrt"))
    near = anchor or written
    if near is None:
        return _UNRESOLVED
    found = day_or_none(near.year, near.month, day)
    if found is None or (written and found > written):
        before = near.replace(day=1) - timedelta(days=1)
        found = day_or_none(before.year, before.month, day)
    return Days(found, found, "day") if found else _UNRESOLVED


def _weekday(match: re.Match[str], written: date | None, _: date | None) -> Days:
    """The last such day up to the report's own; "last Tuesday" in a report of Tuesday is a week ago."""
    if written is None:
        return _UNRESOLVED
    back = (written.weekday() - WEEKDAYS[match["w_name"]]) % 7
    day = written - timedelta(days=back or (7 if match["w_last"] in ("last", "past") else 0))
    return Days(day, day, "day")


def _relative(match: re.Match[str], written: date | None, _: date | None) -> Days:
    if written is None:
        return _UNRESOLVED
    words = match.group()
    back = -1 if "tomorrow" in words else 2 if "before" in words else 1 if "yesterday" in words else 0
    day = written - timedelta(days=back)
    return Days(day, day, "day")


def _this_part(match: re.Match[str], written: date | None, _: date | None) -> Days:
    if written is None:
        return _UNRESOLVED
    yesterday = written - timedelta(days=1)
    if match.group() == "overnight":
        return Days(yesterday, written, "range")
    return Days(yesterday, yesterday, "day") if "last" in match.group() else Days(written, written, "day")


def _anchored(match: re.Match[str], _: date | None, anchor: date | None) -> Days | None:
    """A day by the one spoken of before: "the previous day", "the same day", "the day after"."""
    which, way = match["a_which"], match["a_way"]
    if anchor is None:
        return None
    step = 1 if which in ("following", "next") or way in ("after", "later") else 0
    step = -1 if which == "previous" or way in ("before", "earlier") else step
    day = anchor + timedelta(days=step)
    return Days(day, day, "day")


def _count(words: str) -> int | None:
    """Return how many a count means; None for "few", "several"."""
    if re.fullmatch(NUMBER, words):
        return number_of(words)
    return 1 if words in ("a", "an") else 2 if words.startswith("couple") else None


def _ago(match: re.Match[str], written: date | None, anchor: date | None) -> Days | None:
    """So long before the report ("two days ago") or before and after another day ("three days later")."""
    before_report = match["g_way"] == "ago"
    origin = written if before_report else anchor
    said = COUNT_BEFORE.search(match.string, max(0, match.start() - 40), match.start())
    unit, count = match["g_unit"].rstrip("s"), _count(said["count"]) if said else None
    if not before_report and (origin is None or count is None or unit not in ("day", "night", "week")):
        return None
    if origin is None:
        return _UNRESOLVED
    if count is None:
        return Days(origin, origin, "day") if unit in ("minute", "hour") else Days(None, origin, "unknown")
    return _stepped(origin, -count if match["g_way"] in ("later", "after") else count, unit)


def _stepped(origin: date, count: int, unit: str) -> Days:
    """So many units before a day, as exact as the unit is."""
    if count > 3_000:
        return _UNRESOLVED
    if unit in ("minute", "hour"):
        return _hours(origin, count if unit == "hour" else 0)
    if unit in ("day", "night", "week"):
        day = origin - timedelta(days=count * (7 if unit == "week" else 1))
        return (
            Days(day, day, "day")
            if unit != "week" or count == 1
            else Days(day - timedelta(days=3), day + timedelta(days=3), "week")
        )
    if unit == "month":
        months = origin.year * 12 + origin.month - 1 - count
        year, month = months // 12, months % 12 + 1
        return Days(date(year, month, 1), date(year, month, monthrange(year, month)[1]), "month")
    year = origin.year - count
    return Days(date(year, 1, 1), date(year, 12, 31), "year") if year > 0 else _UNRESOLVED


def _past(match: re.Match[str], written: date | None, _: date | None) -> Days:
    """A stretch up to the report: "the past 24 hours", "within the last month"."""
    count, unit = _count(match["p_count"]), match["p_unit"].rstrip("s")
    if written is None:
        return _UNRESOLVED
    if unit in ("minute", "hour"):
        return _hours(written, (count or 0) if unit == "hour" else 0)
    if count is None or count > 3_000:
        return Days(None, written, "unknown")
    days = {"day": 1, "night": 1, "week": 7, "month": 30, "year": 365}[unit]
    return Days(written - timedelta(days=count * days), written, "range")


def _hours(written: date, hours: int) -> Days:
    """So many hours up to the report: a few are its own day, more may reach back over midnight."""
    if hours <= 6:
        return Days(written, written, "day")
    return Days(written - timedelta(days=-(-min(hours, 72_000) // 24)), written, "range")


def _period(match: re.Match[str], written: date | None, _: date | None) -> Days:
    """A week, weekend, month or year by the report's own: "last week", "early this month", "over the weekend"."""
    if written is None:
        return _UNRESOLVED
    which, unit = match["q_which"] or "last", match["q_unit"] or "weekend"
    if which == "last" and _WITHIN.search(match.string, max(0, match.start() - 12), match.start()):
        which = "past"
    monday = written - timedelta(days=written.weekday())
    if unit == "weekend":
        saturday = written - timedelta(days=(written.weekday() - 5) % 7)
        return Days(saturday, min(saturday + timedelta(days=1), written), "range")
    if which == "past":
        return Days(written - timedelta(days={"week": 7, "month": 30, "year": 365}[unit]), written, "range")
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


def _year(match: re.Match[str], _: date | None, __: date | None) -> Days:
    year = int(match["y_year"])
    return _part_of(date(year, 1, 1), date(year, 12, 31), match["y_half"], "year")


def _last_such(written: date, month: int, day: int) -> date | None:
    """The last such day up to the report's, or the one just ahead (three weeks)."""
    this_year = day_or_none(written.year, month, day)
    ahead = this_year is None or (this_year - written).days > 21
    return day_or_none(written.year - 1, month, day) if ahead else this_year


_RULES: dict[str, Callable[[re.Match[str], date | None, date | None], Days | None]] = {
    "range": _range, "day": _day, "month": _month, "nth": _nth, "weekday": _weekday, "relative": _relative,
    "this_part": _this_part, "anchored": _anchored, "ago": _ago, "past": _past, "period": _period, "year": _year,
}  # fmt: skip
