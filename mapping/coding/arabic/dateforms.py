"""How Arabic reports write a date, and which days each form means."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from mapping.coding.arabic.calendar import DAYS_BY_WORD, HIJRI_MONTH, MONTH, MONTHS, PART, WEEKDAY, WEEKDAYS
from mapping.coding.arabic.letters import pattern
from mapping.coding.arabic.numbers import NUMBER, ORDINALS, number

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["DATE", "Days", "days_of"]


@dataclass(frozen=True, slots=True)
class Days:
    """First and last day that words may mean, None where they cannot be resolved.

    Attributes
    ----------
    looks_back
        The words say so themselves: "since 2014".
    """

    first: date | None
    last: date | None
    precision: str
    looks_back: bool = False


_UNKNOWN = Days(None, None, "unknown")

_YEAR = r"(?:19|20)\d\d(?!\d)"
_IN_YEAR = rf"(?:\s*[,،])?(?: من)?(?: عام| سنة| العام)? ({_YEAR})"
_SECOND_NAME = rf"(?:\s*(?:[/-]|\()\s*{MONTH}\)?)?"
_ORDINAL = "(?:" + "|".join(sorted(ORDINALS, key=len, reverse=True)) + ")"
_DAY = rf"((?<![\d/.:-])[0-3]?\d|{_ORDINAL})"
_LAST = r"(?:الماضي|الماضية|الفائت|الفائتة|المنصرم|المنصرمة)(?!\w)"
_LONG = r"(?:سنة|سنوات|عام|أعوام|عاما|عامين|سنتين|شهر|شهرين|أشهر|شهرا|عقد|عقود|عقدين|قرن)(?!\w)"


def _day(year: int, month: int, day: int) -> Days | None:
    try:
        only = date(year, month, day)
    except ValueError:
        return None
    return Days(only, only, "day")


def _single(day: date) -> Days:
    return Days(day, day, "day")


def _month(year: int, month: int) -> Days:
    return Days(date(year, month, 1), date(year, month, monthrange(year, month)[1]), "month")


def _number_of_day(words: str) -> int:
    return int(words) if words.isdecimal() else DAYS_BY_WORD[" ".join(words.split())]


def _numeric(found: re.Match[str], _: date) -> Days | None:
    return _day(int(found[3]), int(found[2]), int(found[1]))


def _iso(found: re.Match[str], _: date) -> Days | None:
    return _day(int(found[1]), int(found[2]), int(found[3]))


def _in_full(found: re.Match[str], written: date | None) -> Days | None:
    day, month = _number_of_day(found[1]), MONTHS[" ".join(found[2].split())]
    if found[3]:
        return _day(int(found[3]), month, day)
    if written is None:
        return _UNKNOWN
    this_year = _day(written.year, month, day)
    if this_year and this_year.first and this_year.first <= written + timedelta(days=21):
        return this_year
    return _day(written.year - 1, month, day)


def _of_this_month(found: re.Match[str], written: date) -> Days | None:
    return _day(written.year, written.month, _number_of_day(found[1]))


def _hijri(_: re.Match[str], __: date) -> Days:
    return _UNKNOWN


def _month_of_year(found: re.Match[str], written: date | None) -> Days | None:
    month = MONTHS[" ".join(found[1].split())]
    if found[2]:
        return _month(int(found[2]), month)
    if written is None:
        return _UNKNOWN
    return _month(written.year - (month >= written.month), month)


def _days_before(days: int) -> Callable[[re.Match[str], date], Days]:
    return lambda _, written: _single(written - timedelta(days=days))


def _weekday(found: re.Match[str], written: date) -> Days:
    back = (written.weekday() - WEEKDAYS[found[1]]) % 7
    return _single(written - timedelta(days=7 if found[2] and back == 0 else back))


def _night_between(found: re.Match[str], written: date) -> Days:
    last = written - timedelta(days=(written.weekday() - WEEKDAYS[found[1]]) % 7)
    return Days(last - timedelta(days=1), last, "range")


def _ago(found: re.Match[str], written: date) -> Days | None:
    if found[1]:
        days = 2 if found[1] == "يومين" else 14
    else:
        days = (number(found[2]) if found[2] else 1) * (7 if found[3].startswith("اسب") else 1)
    if days > 400:
        return None
    then = written - timedelta(days=days)
    return _single(then) if days < 7 else Days(then - timedelta(days=3), then + timedelta(days=3), "week")


def _last_week(_: re.Match[str], written: date) -> Days:
    monday = written - timedelta(days=written.weekday() + 7)
    return Days(monday, monday + timedelta(days=6), "week")


def _last_month(_: re.Match[str], written: date) -> Days:
    before = written.replace(day=1) - timedelta(days=1)
    return _month(before.year, before.month)


def _last_year(_: re.Match[str], written: date) -> Days:
    return Days(date(written.year - 1, 1, 1), date(written.year - 1, 12, 31), "year", looks_back=True)


def _long_ago(_: re.Match[str], __: date) -> Days:
    return Days(None, None, "unknown", looks_back=True)


def _year(found: re.Match[str], written: date | None) -> Days:
    year = int(found[1])
    return Days(date(year, 1, 1), date(year, 12, 31), "year", looks_back=written is None or year < written.year)


@dataclass(frozen=True, slots=True)
class _Form:
    """One way to write a date; `needs_day` where only the day of the report says which day is meant."""

    words: str
    resolve: Callable[[re.Match[str], date], Days | None]
    needs_day: bool = True


_FORMS = {
    "iso": _Form(rf"({_YEAR})[-/]([01]?\d)[-/]([0-3]?\d)(?!\d)", _iso, needs_day=False),
    "numeric": _Form(rf"(?<![\d/.-])([0-3]?\d)[/.-]([01]?\d)[/.-]({_YEAR})", _numeric, needs_day=False),
    "in_full": _Form(
        rf"(?:(?:{PART}|(?:ال)?يوم) )?(?:{WEEKDAY}(?:\s*[,،])? )?(?:الموافق )?{_DAY} (?:من )?(?:شهر )?({MONTH})(?!\w)"
        rf"{_SECOND_NAME}(?:{_IN_YEAR})?",
        _in_full,
        needs_day=False,
    ),
    "of_this_month": _Form(rf"{_DAY} (?:من )?(?:الشهر |هذا الشهر )?(?:الجاري|الحالي)(?!\w)", _of_this_month),
    "hijri": _Form(rf"{_DAY} (?:من )?(?:شهر )?{HIJRI_MONTH}(?!\w)", _hijri, needs_day=False),
    "month_of_year": _Form(
        rf"(?:(?:مطلع|أوائل|بداية|منتصف|أواخر|نهاية) )?(?:شهر )?({MONTH})(?!\w){_SECOND_NAME}(?:{_IN_YEAR}| {_LAST})",
        _month_of_year,
        needs_day=False,
    ),
    "before_yesterday": _Form(
        rf"(?:(?:{PART}|يوم) )?(?:أول (?:من )?أمس|أمس الأول)(?!\w)(?: {WEEKDAY})?", _days_before(2)
    ),
    "last_night": _Form(rf"(?:الليلة {_LAST}|(?:ليلة|ليل) أمس(?!\w))(?: {WEEKDAY})?", _days_before(1)),
    "yesterday": _Form(rf"(?:(?:{PART}|يوم) )*(?:ال)?أمس(?!\w)(?:\s*[,،]?\s*{WEEKDAY})?", _days_before(1)),
    "today": _Form(
        rf"(?:{PART} )?اليوم(?!\w)(?:\s*[,،]?\s*{WEEKDAY})?|(?:{PART} )?هذا (?:الصباح|المساء|اليوم)(?!\w)",
        _days_before(0),
    ),
    "night_between": _Form(rf"(?:ليل|ليلة) {WEEKDAY}(?:\s*[-–/]\s*| على | إلى | )({WEEKDAY})", _night_between),
    "weekday": _Form(rf"(?:(?:{PART}|يوم|نهار) )*({WEEKDAY})(?: ({_LAST}))?", _weekday),
    "ago": _Form(
        rf"(?:قبل|منذ) (?:نحو |حوالي )?(?:(يومين|أسبوعين)|(?:({NUMBER}) )?(يوم|يوما|أيام|أسبوع|أسبوعا|أسابيع)(?!\w))",
        _ago,
    ),
    "last_week": _Form(rf"(?:خلال )?(?:مطلع |نهاية |أواخر )?الأسبوع {_LAST}", _last_week),
    "last_month": _Form(rf"(?:خلال )?الشهر {_LAST}", _last_month),
    "last_year": _Form(rf"(?:العام|السنة) {_LAST}", _last_year),
    "long_ago": _Form(rf"(?:منذ|قبل) (?:نحو |أكثر من |حوالي )?(?:{NUMBER} )?{_LONG}", _long_ago, needs_day=False),
    "year": _Form(
        rf"(?:(?:في|منذ|خلال) (?:(?:ال)?(?:عام|سنة) )?|(?:ال)?(?:عام|سنة) )({_YEAR})",
        _year,
        needs_day=False,
    ),
}

_OWN = {name: pattern(form.words) for name, form in _FORMS.items()}
_GROUP = re.compile(r"(?<!\\)\((?!\?)")
_ANY = "|".join(f"(?P<{name}>{_GROUP.sub('(?:', form.words)})" for name, form in _FORMS.items())

DATE = pattern(rf"(?<!\w)[وفبل]{{0,2}}(?:{_ANY})")
"""Any date in folded letters; the group that matched names its form."""


def days_of(found: re.Match[str], written: date | None) -> Days | None:
    """Return which days a match of `DATE` means, from the day of the report; None where the calendar has no such day.

    Examples
    --------
    >>> from mapping.coding.arabic.letters import folded
    >>> days_of(DATE.search(folded("في 17 تموز/يوليو 2024")), None).first
    datetime.date(2024, 7, 17)
    >>> days_of(DATE.search(folded("مساء الثلاثاء")), date(2024, 7, 17)).first
    datetime.date(2024, 7, 16)
    """
    name = found.lastgroup
    if name is None:
        return None
    form = _FORMS[name]
    if form.needs_day and written is None:
        return _UNKNOWN
    own = _OWN[name].fullmatch(found[name])
    return None if own is None else form.resolve(own, written)  # type: ignore[arg-type]
