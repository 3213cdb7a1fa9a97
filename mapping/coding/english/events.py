"""Finds mentions of violence in English: what happened, with what weapon, how often, and whether it is an incident."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from mapping.coding.english.background import why_passed_over
from mapping.coding.mentions import Event, Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mapping.coding.tables import EventWords, Found, Tables, WeaponWords
    from mapping.coding.text import Report

__all__ = ["SIGNS", "find_events"]

SIGNS = {
    "noun": "the words are a noun (the attack), else a verb (attacked)",
    "weak": "the words alone do not say that there was violence (killed, struck)",
    "definite": "the words point back to what was told (the attack, this explosion)",
    "bare": "a plural without number or article (attacks): often no incident but a custom",
    "passive": "somebody was attacked",
    "present": "attacks, attack: a heading, or a custom",
    "attempted": "tried to, was foiled",
    "object": "the words go on to say against what or whom",
    "agent": "the words go on to say by whom",
    "quoted": "inside quotation marks",
}
"""What `Event.signs` may hold, each with its meaning."""

_GENERAL = ("other", "explosion")
"""Event types that a weapon makes more exact: an attack by drones is a drone attack."""

_FLYING = ("drone attack", "missile strike", "rocket attack")

_LAST_WORD = re.compile(r"([\w'’]+)\W*$")
_DETERMINER = re.compile(
    r"\b(the|this|that|these|those|his|her|their|its|such|said|a|an|another|each|every)(?: [\w'’-]+){0,3} $"
)
_DEFINITE = frozenset({"the", "this", "that", "these", "those", "his", "her", "their", "its", "such", "said"})
_VERB_BEFORE = frozenset(
    "to will would may might can could should must shall not they we he she it who i you did do does cannot".split()
)
_VERBS = frozenset(
    "shot struck hit blew threw set took broke held overran fell went fought stole burst open opens took taken came come burnt"
    " slain beaten died".split()
)
"""Verbs whose form does not show that they are none but verbs."""
_NOUN_BEFORE = frozenset("of in on by after during for from against no any several many some with".split())
_PASSIVE = re.compile(r"\b(?:was|were|been|being|be|is|are|got)(?: \w+ly| also| then| later| not)* $")
_ATTEMPTED = re.compile(
    r"\b(?:attempt\w*|tr(?:y|ied|ies|ying)|fail\w*|foil\w*|thwart\w*|frustrat\w+|abort\w*|avert\w*|intercept\w*)\b[^,;]{0,40}$"
)
_FOILED = re.compile(r"^[^.;]{0,60}\b(?:foiled|thwarted|frustrated|averted|failed|was prevented|were prevented)\b")
_OBJECT = re.compile(r"^ (?:of|on|against|at|upon|in which|that targeted) ")
_AGENT = re.compile(r"^[^.;,]{0,60}\bby ")
_WORDS = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen "
    "nineteen twenty"
).split()
_NUMBER = re.compile(rf"\b(\d{{1,4}}|{'|'.join(_WORDS)})(?: [\w'’-]+){{0,2}} $")
_SEIZED = re.compile(
    r"\b(?:seiz|confiscat|captur|found|stol|stole|recover|carry|carri|arm|possess|deactivat|destroy|bought|sold)\w*[^,;]{0,40}$"
)


class _Clause(NamedTuple):
    """The sentence around a mention, in small letters."""

    start: int
    before: str
    after: str


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
    weapons = lexicon.weapons.find(report.plain)
    events = []
    for found in lexicon.events.find(report.plain):
        at = report.sentence_at(found.span.start)
        if found.row.use != "never" and at is not None:
            sentence = report.sentences[at].span
            event = _event(report, found, sentence, [one for one in weapons if _within(one.span, sentence)])
            events.extend([] if _brought_down(report, event) else [event])
    return events


def _brought_down(report: Report, event: Event) -> bool:
    """Tell whether the words are what became of a weapon: a drone that was shot down is no second attack."""
    words = report.plain[event.span.start : event.span.end]
    return words.startswith(("shot down", "downed")) and event.weapon is not None and event.event_type in _FLYING


def _within(span: Span, whole: Span) -> bool:
    return whole.start <= span.start and span.end <= whole.end


def _event(report: Report, found: Found[EventWords], sentence: Span, weapons: Sequence[Found[WeaponWords]]) -> Event:
    clause = _Clause(
        sentence.start,
        report.plain[sentence.start : found.span.start].replace("\n", " "),
        report.plain[found.span.end : sentence.end].replace("\n", " "),
    )
    word = report.plain[found.span.start : found.span.end]
    noun = _is_noun(word, clause)
    weapon = _weapon(report, found.span, weapons, clause)
    event_type = found.row.event_type
    if weapon is not None and (event_type in _GENERAL or word == "shot down") and weapon.row.event_type is not None:
        event_type = weapon.row.event_type
    count = _count(report, weapon.span) if weapon is not None else None
    number = _number(word, clause) if noun else 1
    return Event(
        span=found.span,
        event_type=event_type,
        weapon=report.text[weapon.span.start : weapon.span.end] if weapon else None,
        weapon_span=weapon.span if weapon else None,
        weapon_count=count[0] if count else None,
        count_span=count[1] if count else None,
        number=number,
        passed_over=why_passed_over(
            clause.before, clause.after, verb=not noun, many=number is None, written=report.written
        ),
        signs=_signs(found, word, clause, noun=noun, number=number),
    )


def _is_noun(words: str, clause: _Clause) -> bool:
    """Tell a noun from a verb by its endings and by the word before it."""
    if any(word in _VERBS or word.endswith("ed") for word in words.split()):
        return False
    if " " in words:
        return not words.split()[0].endswith("ing")
    before = _LAST_WORD.search(clause.before)
    last = before.group(1) if before else ""
    if last in _VERB_BEFORE:
        return False
    return bool(_DETERMINER.search(clause.before)) or last in _NOUN_BEFORE or not words.endswith("ing")


def _number(word: str, clause: _Clause) -> int | None:
    """Return how many the words speak of; None for a plural without a number."""
    if not word.endswith("s"):
        return 1
    number = _NUMBER.search(clause.before)
    if number is None:
        return None
    return int(number[1]) if number[1].isdigit() else _WORDS.index(number[1]) + 1


def _weapon(
    report: Report, span: Span, weapons: Sequence[Found[WeaponWords]], clause: _Clause
) -> Found[WeaponWords] | None:
    """Return the nearest weapon that was used, not seized; a weapon in the words themselves before all others."""
    used = [
        weapon
        for weapon in weapons
        if _gap(weapon.span, span) <= 80 and not _SEIZED.search(report.plain[clause.start : weapon.span.start])
    ]
    return min(used, key=lambda weapon: _gap(weapon.span, span), default=None)


def _gap(one: Span, other: Span) -> int:
    return max(0, other.start - one.end, one.start - other.end)


def _count(report: Report, weapon: Span) -> tuple[int, Span] | None:
    """Return how many weapons the words right before them say, and where."""
    start = max(0, weapon.start - 40)
    number = _NUMBER.search(report.plain[start : weapon.start].replace("\n", " "))
    if number is None:
        return None
    value = int(number[1]) if number[1].isdigit() else _WORDS.index(number[1]) + 1
    return value, Span(start + number.start(1), start + number.end(1))


def _signs(found: Found[EventWords], word: str, clause: _Clause, *, noun: bool, number: int | None) -> frozenset[str]:
    determiner = _DETERMINER.search(clause.before)
    quotes = clause.before.count('"') % 2 == 1 or clause.before.rfind("“") > clause.before.rfind("”")
    tests = {
        "noun": noun,
        "weak": found.row.use == "weak",
        "definite": noun and determiner is not None and determiner[1] in _DEFINITE,
        "bare": noun and number is None and determiner is None,
        "passive": not noun and bool(_PASSIVE.search(clause.before)),
        "present": not noun and not any(one in _VERBS or one.endswith(("ed", "ing")) for one in word.split()),
        "attempted": bool(_ATTEMPTED.search(clause.before) or _FOILED.search(clause.after)),
        "object": bool(_OBJECT.search(clause.after)),
        "agent": bool(_AGENT.search(clause.after)),
        "quoted": quotes,
    }
    return frozenset(sign for sign, holds in tests.items() if holds)
