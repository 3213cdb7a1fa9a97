"""The words of dates in English, in small letters: one pattern a kind, tried only where a date may begin."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mapping.coding.english.days import DAY, MONTH, YEAR
from mapping.coding.english.numbers import NUMBER

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["COUNT_BEFORE", "PART_OF_DAY", "dates_in"]

PART_OF_DAY = (
    r"(?:(?:early|late|mid)[\s-]+)?(?:morning|midmorning|noon|midday|afternoon|evening|night|dawn|daybreak|midnight)s?"
)
_HALF = r"early|late|mid|beginning\s+of|end\s+of|middle\s+of|start\s+of"
_DAYS = r"(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday)"
_UNIT = r"(?:minute|hour|day|night|week|month|year)s?"
_COUNT = rf"(?:{NUMBER}|an?|few|several|many|couple\s+of|some)"

_START = re.compile(
    r"\b(?:\d|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|mon|tue|wed|thu|fri|sat|sun|early|earlier|late|mid|begin|end"
    r"|right|start|this|last|past|prev|same|foll|next|that|yest|today|ton|tom|over|minute|hour"
    r"|day|night|evening|week|month|year)"
)
"""How a word begins that a date may begin with: everywhere else nothing is tried."""

_DATE = re.compile(
    rf"""(?:
    (?P<range>
        (?P<r_first>\d\d?)(?:st|nd|rd|th)?(?:\s+(?P<r_month>{MONTH}))?\s*(?:-|–|to|and|through|until)\s*
            (?P<r_second>\d\d?)(?:st|nd|rd|th)?\s+(?P<r_last_month>{MONTH})(?:,?\s+(?P<r_year>{YEAR}|\d\d\b))?
        |(?P<s_month>{MONTH})\s+(?P<s_first>\d\d?)\s*(?:-|–|to|and|through)\s*
            (?:(?P<s_last_month>{MONTH})\s+)?(?P<s_second>\d\d?)\b(?![:,]?\d)(?:,?\s+(?P<s_year>{YEAR}))?)
    |(?P<day>{DAY.pattern})
    |(?P<month>(?:(?P<m_half>{_HALF})[\s-]+)?(?P<m_which>this\s+past\s+|last\s+|this\s+)?
        (?P<m_name>{MONTH})(?:(?:\s+of)?,?\s+(?P<m_year>{YEAR}))?(?!\s+\d))
    |(?P<nth>(?:[12]?\d|3[01])(?:st|nd|rd|th)\b
        (?:\s+of\s+this\s+month|(?=\s*[.,;)]|\s+(?:at|in|when|by|and|an?|the|two|three)\b)))
    |(?P<weekday>(?:(?P<w_last>last|this|past)\s+)?(?P<w_name>{_DAYS})\b(?:['’]s)?(?:\s+{PART_OF_DAY}\b)?)
    |(?P<relative>(?:day\s+before\s+yesterday|night\s+before\s+last|(?:early\s+|late\s+)?(?:yesterday|today|tonight|tomorrow)|right\s+now|(?:this\s+(?:very\s+)?moment)|this\s+hour)\b
        (?:['’]s)?(?:\s+{PART_OF_DAY}\b)?)
    |(?P<this_part>(?:early\s+|late\s+)?this\s+{PART_OF_DAY}|(?:late\s+)?last\s+(?:night|evening)|overnight)\b
    |(?P<anchored>(?P<a_which>same|previous|following|next|that)\s+(?:very\s+)?(?:day|night|evening|morning|afternoon)
        |(?:day|night|evening)\s+(?P<a_way>before|after|earlier|later)(?=\s*[.,;]))\b
    |(?P<ago>(?P<g_unit>{_UNIT})\s+(?P<g_way>ago|earlier|later|before|after))\b
    |(?P<past>(?:past|last|previous)\s+(?P<p_count>{_COUNT})\s+(?P<p_unit>{_UNIT}))\b
    |(?P<period>(?:(?P<q_half>early|late|earlier|later)\s+)?(?P<q_which>last|this|past|previous)\s+(?P<q_unit>week|weekend|month|year)
        |weekend)\b
    |(?P<year>(?:(?P<y_half>early|late|mid)[\s-]+)?(?P<y_year>{YEAR}))
    )""",
    re.VERBOSE,
)
COUNT_BEFORE = re.compile(rf"(?<![\w-])(?P<count>{_COUNT})\s+\Z")
"""How many, before "days ago"."""
_BEFORE = {
    "ago": COUNT_BEFORE,
    "month": re.compile(r"\b(?:in|last|during|of|since|until|this|past|through|by|every|next)\s+\Z"),
    "year": re.compile(r"\b(?:in|since|during|of|until|from|by|before|after|year|and)\s+\Z"),
    "nth": re.compile(rf"\b(?:on|{PART_OF_DAY}\s+of|until|since|by)\s+the\s+\Z"),
}
"""What must stand before a month, a year or an ordinal alone ("may", "march", "2014" may be no date), and "days ago"."""


def dates_in(plain: str, start: int = 0) -> Iterator[re.Match[str]]:
    """Yield the dates of a text in small letters; `lastgroup` of each names its kind.

    Of "two days ago" the match is "days ago", and `COUNT_BEFORE` finds how many.

    Examples
    --------
    >>> [(found.group(), found.lastgroup) for found in dates_in("it may be that on 3 may, or two days ago,")]
    [('3 may', 'day'), ('days ago', 'ago')]
    """
    while found := _START.search(plain, start):
        date = _DATE.match(plain, found.start())
        start = max(found.end(), date.end() if date else 0)
        if date and _stands(plain, date):
            yield date


def _stands(plain: str, date: re.Match[str]) -> bool:
    """Say whether a bare month, year, ordinal or "days ago" is a date, by the words before it."""
    kind = str(date.lastgroup)
    bare = not (date["m_half"] or date["m_which"] or date["m_year"] or date["y_half"])
    return (
        not (bare and kind in _BEFORE)
        or _BEFORE[kind].search(plain, max(0, date.start() - 40), date.start()) is not None
    )
