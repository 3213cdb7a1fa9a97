"""The head of an Arabic report: city, agency and day before its first sentence, or on a line of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mapping.coding.arabic.calendar import MONTH, WEEKDAY
from mapping.coding.arabic.dateforms import DATE, days_of
from mapping.coding.arabic.letters import letters_of, pattern

if TYPE_CHECKING:
    from datetime import date

__all__ = ["after_arabic_dateline", "arabic_day", "is_arabic_date_line"]

_VIOLENCE = (
    r"(?:[تي]?قتل|مقتل|استشهاد|استشهد|أصيب|إصابة|انفجار|هجوم|قصف|غارة|غارات|اغتيال|اختطاف|خطف|اشتباك|كمين|تفجير|ارتفاع|حصيلة"
    r"|سقوط|سقط|جرح|استهداف|استهدف)"
)
_NAMES = rf"(?!{_VIOLENCE})[ء-ي]{{2,15}}(?: [ء-ي]{{2,15}}){{0,2}}"
_DASH = r"\s*(?:[–—/]|--|-(?=\s))\s*"
_DAY = rf"(?:\s*[،,]?\s*(?:{WEEKDAY} )?\d{{1,2}} {MONTH}(?: \d{{4}})?)"
_DATELINE = pattern(
    rf"(?:{_NAMES}(?:\s*\([^)\n]{{2,30}}\))?{_DAY}?|\([^)\n]{{2,30}}\)){_DASH}"
    rf"(?:{_NAMES}[^\S\n]*(?:[–—/:]|\n|$)\s*)?"
)
_DATE_LINE = pattern(
    rf"(?:التاريخ\s*:?\s*)?(?:{WEEKDAY}\s*[،,]?\s*)?(?:\d{{1,2}} {MONTH}(?:\s*/\s*{MONTH})? \d{{4}}|\d{{1,2}}[/-]\d{{1,2}}[/-]\d{{4}})"
    r"(?:\s*[|،,–-]?\s*(?:الساعة )?\d{1,2}:\d\d.{0,20})?"
)


def after_arabic_dateline(words: str) -> int:
    """Return where the report begins after a dateline in Arabic; 0 where there is none.

    Examples
    --------
    >>> after_arabic_dateline("بغداد – قتل جنديان"), after_arabic_dateline("قتل جنديان – وأصيب ثالث")
    (8, 0)
    """
    letters = letters_of(words)
    found = _DATELINE.match(letters.text)
    return letters.span(0, found.end()).end if found else 0


def is_arabic_date_line(words: str) -> bool:
    """Tell whether a line holds nothing but a day.

    Examples
    --------
    >>> is_arabic_date_line("الأربعاء 17 تموز 2024"), is_arabic_date_line("في 17 تموز 2024 انفجرت")
    (True, False)
    """
    return _DATE_LINE.fullmatch(letters_of(words).text) is not None


def arabic_day(words: str) -> date | None:
    """Return the first day in full that a head gives.

    Examples
    --------
    >>> arabic_day("الخرطوم 8 يونيو 2023")
    datetime.date(2023, 6, 8)
    """
    found = DATE.search(letters_of(words).text)
    days = days_of(found, None) if found else None
    return days.first if days else None
