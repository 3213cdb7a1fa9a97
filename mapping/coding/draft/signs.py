"""What is known of a group of mentions before it is called an incident: named facts."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from mapping.coding.draft.grouping import LOOK_BACK
from mapping.coding.tables import shipped_rows

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mapping.coding.draft.context import Context
    from mapping.coding.draft.grouping import Group
    from mapping.coding.mentions import Event

__all__ = ["ARMED_KINDS", "WORD", "facts_of", "kinds_of_words"]

ARMED_KINDS = ("military", "attacker", "police", "base")
"""Kinds that say nothing here: the key that the weights are learned from leaves out war between armed sides."""

_SIZES = ((0, "none"), (1, "one"), (29, "many"))

_AROUND = 90
"""Letters before and after a mention whose words count."""

WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?|\d+")


@cache
def kinds_of_words(language: str) -> dict[str, str]:
    """Return what kind of people or thing a word names: civilian, police, attacker, home, vehicle."""
    rows = (*shipped_rows("things.csv"), *shipped_rows("people.csv"))
    return {row["word"]: row["kind"] for row in rows if row["language"] == language}


def facts_of(context: Context, groups: Sequence[Group], number: int) -> Iterator[str]:
    """Name what holds of one group of a report's groups."""
    group = groups[number]
    yield from _facts_of_words(group)
    yield from _facts_of_time(context, group)
    yield from _facts_of_scope(context, group)
    yield from _facts_of_position(context, groups, number)
    yield from {fact for event in group.events[:12] for fact in _facts_of_parties(context, event)}


def _facts_of_words(group: Group) -> Iterator[str]:
    events = group.events
    strong = [event for event in events if "weak" not in event.signs]
    for kind in {event.event_type for event in strong}:
        yield f"type {kind}"
    yield f"strong {min(len(strong), 4)}"
    yield f"weak {min(len(events) - len(strong), 3)}"
    yield f"sentences {min(len(group.sentences), 5)}"
    for sign in ("definite", "bare", "quoted", "present", "noun", "attempted"):
        if all(sign in event.signs for event in events):
            yield f"all {sign}"
    for sign in ("passive", "object", "agent", "attempted", "quoted", "bare"):
        if any(sign in event.signs for event in strong):
            yield f"any {sign}"
    if any(event.number is None for event in strong):
        yield "plural"
    if any(event.weapon for event in events):
        yield "weapon"


def _facts_of_time(context: Context, group: Group) -> Iterator[str]:
    written = context.report.written
    yield "written" if written else "not written"
    days = [when for when in group.whens if when.last]
    if not group.whens:
        yield "no date"
    if written and days:
        ago = min((written - when.last).days for when in days if when.last)
        yield "ago " + next((name for most, name in ((1, "day"), (7, "week"), (62, "months")) if ago <= most), "long")
        yield f"precision {min(days, key=lambda when: when.precision != 'day').precision}"
    for sentence in group.sentences:
        if any(when.governs == "background" for when in context.whens.get(sentence, [])):
            yield "background date"
            break


def _facts_of_scope(context: Context, group: Group) -> Iterator[str]:
    levels = {place.level for place in group.places}
    yield "place " + next(
        (level for level in ("site", "unknown", "town", "district", "province", "country") if level in levels), "none"
    )
    if context.home and any(place.country_iso2 not in (None, context.home) for place in group.places):
        yield "abroad"
    harms = [harm for sentence in group.sentences for harm in context.harms.get(sentence, [])]
    for kind in ("killed", "injured"):
        numbers = [harm.best if harm.best is not None else harm.low for harm in harms if harm.kind == kind]
        if numbers:
            yield f"{kind} {_size(max((number for number in numbers if number is not None), default=None))}"
    actors = [actor for sentence in group.sentences for actor in context.actors.get(sentence, [])]
    for role in {f"{actor.role} {actor.attribution or ''}" for actor in actors}:
        yield f"actor {role}"
    for kind in {target.kind for sentence in group.sentences for target in context.targets.get(sentence, [])}:
        yield f"said {kind}"


def _size(number: int | None) -> str:
    return "unknown" if number is None else next((name for most, name in _SIZES if number <= most), "masses")


def _facts_of_position(context: Context, groups: Sequence[Group], number: int) -> Iterator[str]:
    group = groups[number]
    first = group.sentences[0]
    yield f"sentence {first if first < 4 else '4' if first < 8 else '8' if first < 16 else 'late'}"
    yield f"group {min(number, 4)}"
    yield f"groups {min(len(groups), 6)}"
    if any(group.families & other.families for other in groups[max(0, number - LOOK_BACK) : number]):
        yield "same family before"
    if any(group.families & other.families for other in groups[number + 1 : number + 1 + LOOK_BACK]):
        yield "same family after"
    yield f"passed over {min(len(context.passed), 4)}"
    yield from {
        f"beside {event.passed_over}" for sentence in group.sentences for event in context.passed.get(sentence, [])
    }
    share = len(group.events) / max(len(context.events), 1)
    yield f"share {int(share * 4)}"


def _facts_of_parties(context: Context, event: Event) -> Iterator[str]:
    """Name the kinds of people and things before and after a mention: who did what to whom."""
    plain, sentence = context.report.plain, context.report.sentences[context.sentence_of(event)].span
    kinds = kinds_of_words(context.report.language)
    form = "passive" if "passive" in event.signs else "noun" if "noun" in event.signs else "verb"
    weak = "weak " if "weak" in event.signs else ""
    before = plain[max(sentence.start, event.span.start - _AROUND) : event.span.start]
    after = plain[event.span.end : min(sentence.end, event.span.end + _AROUND)]
    for side, words in (("before", before), ("after", after)):
        for word in WORD.findall(words):
            if kinds.get(word, "military") not in ARMED_KINDS:
                yield f"{weak}{form} {side} {kinds[word]}"
