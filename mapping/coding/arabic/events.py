"""Mentions of violence in Arabic: what happened, with what weapon, how often, and whether it is an incident."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mapping.coding.arabic.background import why_passed_over
from mapping.coding.arabic.letters import ATTACHED, letters_of, pattern
from mapping.coding.arabic.numbers import NUMBER, number
from mapping.coding.arabic.words import find_words
from mapping.coding.mentions import Event

if TYPE_CHECKING:
    from mapping.coding.arabic.letters import Letters
    from mapping.coding.mentions import Span
    from mapping.coding.tables import EventWords, Found, Tables, WeaponWords
    from mapping.coding.text import Report

__all__ = ["find_events"]

_MADE_EXACT = {
    "other": None,
    "explosion": ("IED", "suicide bombing", "drone attack"),
    "shelling": ("air strike", "drone attack", "rocket attack", "missile strike"),
    "rocket attack": ("missile strike",),
    "air strike": ("drone attack",),
    "assassination": ("IED", "drone attack"),
    "armed assault": ("suicide bombing", "drone attack"),
}
"""Event types that a weapon makes more exact, and by which types; None: by any."""

_REACH = 120
"""Letters between an event and its weapon."""

_MOST = 40
"""Mentions in one sentence, so that a line of one word repeated costs no minute."""

_GROUND = pattern(
    rf"{ATTACHED}(?:قتل|مقتل|قتيل|استشهد|شهيد|أصيب|إصاب|أصاب|جرح|جريح|أضرار|ضحايا|استهد|هاجم|مسلح|عسكري|أمني|انتحاري|على|ضد)"
)
"""What beside the word "attack" shows that it is no figure of speech."""

_SEIZED = pattern(r"(?:ضبط|عثر|مصادرة|صادر|تفكيك|فكك|إبطال|أبطل|تسليم|تهريب|مخبأ|حيازة)\w*[^،]{0,60}$")
_COUNT = pattern(rf"(?<!\w)[وف]?[بل]?({NUMBER})(?: من)?(?: ال)?\s*$")
_SERIES = pattern(r"(?<!\w)[وفب]?(?:سلسلة|عدة|عدد من) (?:\w+ )?$")
_DUAL = pattern(r"(?:غارت|هجوم|تفجير|انفجار|ضربت|كمين|طائرت|مسيرت|صاروخ|عبوت|قذيفت|سيارت)(?:ين|ان)(?!\w)")
_PLURAL = pattern(r"(?:غارات|هجمات|تفجيرات|انفجارات|ضربات|كمائن|اشتباكات|اغتيالات|اعتداءات)(?!\w)")
_ATTEMPTED = pattern(r"(?:محاولة|إحباط|أحبط(?:ت|وا)?|إفشال|أفشل(?:ت)?|تصد(?:ى|ت)|التصدي) [^،]{0,40}$")
_DEFINITE = pattern(r"(?:ال|لل)$")


def find_events(report: Report, tables: Tables) -> list[Event]:
    """Return the mentions of violence in a report in Arabic, by start, those that are no incidents with the reason.

    Examples
    --------
    >>> from mapping.coding.reading import read
    >>> from mapping.coding.tables import tables
    >>> report = read("هاجمت طائرتان مسيرتان القاعدة مساء الثلاثاء.", language="ar")
    >>> [(event.event_type, event.weapon, event.weapon_count) for event in find_events(report, tables())]
    [('drone attack', 'طائرتان مسيرتان', 2)]
    """
    letters = letters_of(report.text)
    words = find_words(report.text, tables)
    found: list[Event] = []
    for start, end in letters.sentences(report):
        said = words.within(start, end)
        never = [one.span for one in said.events if one.row.use == "never"]
        weapons = [one for one in said.weapons if not any(_overlap(one.span, span) for span in never)]
        strong = [one for one in said.events if one.row.use == "event"]
        if not weapons and not said.actors and not _GROUND.search(letters.text, start, end):
            strong = [one for one in strong if one.row.event_type != "other"]
        if not strong and weapons and not never:
            strong = [one for one in said.events if one.row.use == "weak"]
        found += [_event(report, letters, one, (start, end), weapons) for one in strong[:_MOST]]
    return found


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def _event(
    report: Report,
    letters: Letters,
    found: Found[EventWords],
    sentence: tuple[int, int],
    weapons: list[Found[WeaponWords]],
) -> Event:
    text, (start, end) = letters.text, found.span
    before = text[sentence[0] : start]
    weapon = _weapon(text, found.span, weapons, sentence[0])
    span = letters.span(*weapon.span) if weapon else None
    count = _count(letters, weapon.span) if weapon else None
    return Event(
        span=letters.span(start, end),
        event_type=_type(found.row.event_type, weapon.row.event_type if weapon else None),
        weapon=report.text[slice(*span)] if span else None,
        weapon_span=span,
        weapon_count=count[0] if count else None,
        count_span=count[1] if count else None,
        number=_number(text, start, end),
        passed_over=why_passed_over(before, text[slice(*sentence)], report.written),
        signs=_signs(found, before, text[start:end]),
    )


def _type(said: str, armed: str | None) -> str:
    exact = _MADE_EXACT.get(said, ())
    return armed if armed is not None and (exact is None or armed in exact) else said


def _weapon(text: str, event: Span, weapons: list[Found[WeaponWords]], sentence: int) -> Found[WeaponWords] | None:
    """Return the nearest weapon that was used, not seized."""
    used = [
        one for one in weapons if one.span.gap(event) <= _REACH and not _SEIZED.search(text, sentence, one.span.start)
    ]
    return min(used, key=lambda one: one.span.gap(event), default=None)


def _count(letters: Letters, weapon: Span) -> tuple[int, Span] | None:
    """Return how many weapons there were, and where the text says so: the number before, or the dual."""
    if _DUAL.match(letters.text, weapon.start):
        return 2, letters.span(*weapon)
    said = _COUNT.search(letters.text, max(0, weapon.start - 40), weapon.start)
    return (number(said[1]), letters.span(said.start(1), said.end(1))) if said else None


def _number(text: str, start: int, end: int) -> int | None:
    """Return how many incidents the words speak of; None for a plural without a number."""
    if _DUAL.match(text, start, end):
        return 2
    if said := _COUNT.search(text, max(0, start - 40), start):
        return number(said[1])
    return None if _PLURAL.match(text, start, end) or _SERIES.search(text, max(0, start - 40), start) else 1


def _signs(found: Found[EventWords], before: str, words: str) -> frozenset[str]:
    tests = {
        "weak": found.row.use == "weak",
        "definite": bool(_DEFINITE.search(before)) or words.startswith("ال"),
        "attempted": bool(_ATTEMPTED.search(before)) or words.startswith("محاوله"),
        "bare": _PLURAL.match(words) is not None and not _DEFINITE.search(before),
    }
    return frozenset(sign for sign, holds in tests.items() if holds)
