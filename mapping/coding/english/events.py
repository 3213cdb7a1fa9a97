"""Finds mentions of violence in English: what happened, with what weapon, how often, and whether it is an incident."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from mapping.coding.english.background import why_passed_over
from mapping.coding.english.wording import by_sentence, counted_before, wording_of
from mapping.coding.mentions import Event, Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mapping.coding.tables import EventWords, Found, Tables, WeaponWords
    from mapping.coding.text import Report

__all__ = ["find_events"]

_GENERAL = ("other", "explosion")
"""Event types that a weapon makes more exact: an attack by drones is a drone attack."""

_FLYING = ("drone attack", "missile strike", "rocket attack")
_SHOT_DOWN = ("shot down", "downed")

_OF_THEM = re.compile(r"\b(?:\w+ of (?:them|these|those|the others?)|it|the others?) (?:was|were) (?:later |also )?$")

_FIRED = re.compile(r"fir(?:ed|es|ing)\b")
_FIRED_AT = (*_FLYING, "shelling")
"""What is fired at a place, and is then no assault with small arms: "fired dozens of rockets at"."""

_STRIKE = re.compile(r"\bstr(?:ikes?|uck)\b")
_AIRCRAFT = re.compile(r"\b(?:aircraft|air ?strikes?|war ?planes?|(?:fighter )?jets|air force)\b")
"""What makes a strike one from the air, where the report speaks of it anywhere."""

_ACT = re.compile(r"(?:air |drone |missile |rocket |coalition )?(?:air)?(?:strike|attack|raid)s?\b")
"""Acts that reports count one by one, as they count weapons: five strikes."""

_NEAR = 80
"""Letters between words of violence and the weapon that they speak of, at most."""

_SEIZED = re.compile(
    r"\b(?:seiz|confiscat|captur|found|stol|recover|carry(?!\w* out)|carri(?!\w* out)|arm(?!y\b|ed forces|ed $)|possess|deactivat|destroy|bought|sold|engag|suppress)\w*[^;.]{0,60}$"
)

_ACCIDENT = re.compile(
    r"\b(?:(?:traffic|road|car|bus|train|plane|air|mining|work) accidents?|earthquakes?|quake|floods?|flooding|landslides?"
    r"|hurricanes?|cyclones?|heart (?:attack|failure)|cancer|natural causes|drowned|epidemic|cholera|shipwreck|avalanche)\b"
)
"""Of what people die without violence."""

_MEANS = re.compile(r"\b(?:by|with|in|using|from|when|after|of)\b")
"""What leads from people killed or things destroyed to the weapon that did it, not to one among the things destroyed."""


def find_events(report: Report, tables: Tables) -> list[Event]:
    """Return the mentions of violence in a report, by start, those that are no incidents with the reason.

    Examples
    --------
    >>> from mapping.coding.reading import read
    >>> from mapping.coding.tables import tables
    >>> text = "The base was attacked by two drones on Tuesday."
    >>> [(event.event_type, event.weapon, event.weapon_count) for event in find_events(read(text), tables())]
    [('drone attack', 'drones', 2)]
    """
    lexicon = tables.of("en")
    weapons: dict[int, list[Found[WeaponWords]]] = defaultdict(list)
    for number, weapon in by_sentence(report, lexicon.weapons.find(report.plain)):
        weapons[number].append(weapon)
    by_air = _AIRCRAFT.search(report.plain) is not None
    events = [
        _event(report, found, report.sentences[number].span, weapons[number], by_air=by_air)
        for number, found in by_sentence(report, lexicon.events.find(report.plain))
        if found.row.use != "never" and not (found.row.use == "weak" and _tells_nothing(report, found.span, number))
    ]
    flying = any(weapon.row.event_type in _FLYING for those in weapons.values() for weapon in those)
    return [event for event in events if not _brought_down(report, event, flying=flying)]


def _event(
    report: Report, found: Found[EventWords], sentence: Span, weapons: Sequence[Found[WeaponWords]], *, by_air: bool
) -> Event:
    wording = wording_of(report, found.span, sentence)
    weapon = _weapon(report, found, sentence, weapons)
    counted = weapon.span if weapon else found.span if _ACT.match(wording.words) else None
    count = _count(report, counted, sentence) if counted else None
    return Event(
        span=found.span,
        event_type=_event_type(found.row, weapon, wording.words, by_air=by_air),
        weapon=report.text[weapon.span.start : weapon.span.end] if weapon else None,
        weapon_span=weapon.span if weapon else None,
        weapon_count=count[0] if weapon and count else None,
        count_span=count[1] if count else None,
        number=wording.number,
        passed_over=why_passed_over(wording, report.written),
        signs=wording.signs(weak=found.row.use == "weak"),
    )


def _event_type(row: EventWords, weapon: Found[WeaponWords] | None, words: str, *, by_air: bool) -> str:
    """Return what the words say, made exact by the weapon where they say little of how."""
    made_of_it = weapon.row.event_type if weapon else None
    if made_of_it and (
        row.event_type in _GENERAL or words in _SHOT_DOWN or (_FIRED.match(words) and made_of_it in _FIRED_AT)
    ):
        return made_of_it
    if row.event_type == "other" and by_air and _STRIKE.search(words):
        return "air strike"
    return row.event_type


def _tells_nothing(report: Report, span: Span, sentence: int) -> bool:
    """Tell whether a word that says little is a name ("Hit" is a city, "hit" is not), or is said of an accident."""
    start, end = span
    within = report.text[max(0, start - 2) : start].strip()[-1:].isalpha()
    if within and not report.in_capitals and report.text[start:end].istitle():
        return True
    return _ACCIDENT.search(report.plain, *report.sentences[sentence].span) is not None


def _brought_down(report: Report, event: Event, *, flying: bool) -> bool:
    """Tell whether the words are what became of a weapon: a drone, or "one of them", that was shot down is no attack."""
    start, end = event.span
    if report.plain[start:end] not in _SHOT_DOWN:
        return False
    of_them = flying and _OF_THEM.search(report.plain, max(0, start - _NEAR), start)
    return event.event_type in _FLYING or of_them is not None


def _weapon(
    report: Report, found: Found[EventWords], sentence: Span, weapons: Sequence[Found[WeaponWords]]
) -> Found[WeaponWords] | None:
    """Return the nearest weapon that was used and not seized; one in the words themselves is the nearest."""
    near = [weapon for weapon in weapons if weapon.span.gap(found.span) <= _NEAR]
    for weapon in sorted(near, key=lambda one: one.span.gap(found.span)):
        start = weapon.span.start
        seized = _SEIZED.search(report.plain, max(sentence.start, start - _NEAR), start)
        parted = ";" in report.plain[weapon.span.end : found.span.start]
        suffered = (
            found.row.use == "weak"
            and start > found.span.end
            and not _MEANS.search(report.plain, found.span.end, start)
        )
        if not seized and not parted and not suffered:
            return weapon
    return None


def _count(report: Report, counted_words: Span, sentence: Span) -> tuple[int, Span] | None:
    """Return how many weapons or acts the words right before them say, and where."""
    start = max(sentence.start, counted_words.start - _NEAR)
    counted = counted_before(report.plain[start : counted_words.start].replace("\n", " "))
    return (counted[0], Span(start + counted[1], start + counted[2])) if counted else None
