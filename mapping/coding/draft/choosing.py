"""Which of several dates, places and numbers belongs to an incident: facts about each, weighed by a table.

The weights in `choose.csv` are learned by `data/build/coding_model.py`; whoever reads them sees what counts, and how much.
"""

from __future__ import annotations

import csv
from bisect import bisect_right
from functools import cache
from importlib.resources import files
from math import exp
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mapping.coding.draft.context import Context
    from mapping.coding.draft.grouping import Group
    from mapping.coding.mentions import Event, Harm, Place, When

__all__ = ["SLOTS", "candidates", "facts_of_candidate", "weighed"]

Slot = Literal["when", "where", "killed", "injured"]
SLOTS: tuple[Slot, ...] = ("when", "where", "killed", "injured")
Candidate = "When | Place | Harm"

_FINENESS = {"site": 0, "unknown": 1, "town": 2, "district": 3, "province": 4, "country": 5}
_REACH = 3
"""Sentences before and after those of a group in which its date, place and harm are looked for."""


@cache
def _weights() -> dict[str, dict[str, float]]:
    found: dict[str, dict[str, float]] = {}
    with (files("mapping.coding.draft") / "choose.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            found.setdefault(row["slot"], {})[row["fact"]] = float(row["weight"])
    return found


def candidates(context: Context, group: Group, slot: Slot) -> list[Candidate]:
    """Return the mentions that may fill a slot of a group, in the order of the text."""
    numbers = {0, 1} | {one for said in group.sentences for one in range(said - _REACH, said + _REACH + 1)}
    found: list[Candidate] = []
    for number in sorted(numbers):
        if slot == "when":
            found += [when for when in context.whens.get(number, []) if when.last]
        elif slot == "where":
            found += [place for place in context.places.get(number, []) if place.role != "origin"]
        else:
            found += [harm for harm in context.harms.get(number, []) if harm.kind == slot]
    return found


def weighed(context: Context, groups: Sequence[Group], number: int, slot: Slot) -> list[tuple[float, Candidate]]:
    """Return the candidates for a slot of one of a report's groups with their chance to be right, likeliest first."""
    weights = _weights()[slot]
    those = candidates(context, groups[number], slot)
    chances = [
        sum(weights.get(fact, 0.0) for fact in {"bias", *facts_of_candidate(context, groups, number, those, at)})
        for at in range(len(those))
    ]
    ranked = [(1 / (1 + exp(-chance)), one) for chance, one in zip(chances, those, strict=True)]
    return sorted(ranked, key=lambda each: -each[0])


def facts_of_candidate(
    context: Context, groups: Sequence[Group], number: int, those: Sequence[Candidate], at: int
) -> Iterator[str]:
    """Name what holds of a candidate: of itself, of where it stands, and beside the others."""
    one = those[at]
    yield from _of_itself(context, one)
    yield from _of_distance(context, groups, number, one)
    same = [other for other in those if _value(other) == _value(one)]
    yield f"told {min(len(same), 3)}"
    own = [other for other in those if context.sentence_of(other) in groups[number].sentences]
    if one in own:
        yield f"of {min(len(own), 3)}"
        yield "first" if one is own[0] else "later"
    if hasattr(one, "level"):
        beside = [other for other in those if context.sentence_of(other) == context.sentence_of(one)]
        for name, others in (("group", own), ("sentence", beside)):
            if one in others:
                best = min(others, key=lambda other: (_FINENESS[other.level], other.span))
                if _FINENESS[one.level] == _FINENESS[best.level]:
                    yield f"finest of {name}"
                if one is best:
                    yield f"first finest of {name}"
        if own and one not in own and _FINENESS[one.level] < min(_FINENESS[other.level] for other in own):
            yield "finer than the group's"
        if not own:
            yield "no own"
    numbers = [value for other in own or those if isinstance(value := _value(other), int)]
    if numbers and _value(one) == max(numbers):
        yield "most"


def _value(one: Candidate) -> object:
    if hasattr(one, "precision"):
        return (one.first, one.last)
    if hasattr(one, "level"):
        return one.name.casefold()
    return one.best if one.best is not None else one.low


def _of_itself(context: Context, one: Candidate) -> Iterator[str]:
    if hasattr(one, "precision"):
        yield f"governs {one.governs}"
        yield f"{one.precision} {'' if one.first else 'by then'}"
        if context.report.written:
            ago = (context.report.written - one.last).days
            yield "ago " + next((name for most, name in ((0, "0"), (1, "1"), (7, "7"), (62, "62"), (400, "400")) if ago <= most), "more")
    elif hasattr(one, "level"):
        yield f"level {one.level}"
        yield f"role {one.role}"
        yield f"{one.level} {one.role}"
        if one.near:
            yield "near"
        if one.place_id:
            yield "listed"
        if context.home and one.country_iso2 not in (None, context.home):
            yield "abroad"
    else:
        number = _value(one)
        yield "number " + ("unknown" if number is None else "0" if number == 0 else "1" if number == 1 else "9" if number < 10 else "many")
        if one.total:
            yield "total"
        if one.high is None and one.best is None:
            yield "open"


def _of_distance(context: Context, groups: Sequence[Group], number: int, one: Candidate) -> Iterator[str]:
    group, sentence = groups[number], context.sentence_of(one)
    if sentence in group.sentences:
        yield "sentence " + ("own first" if sentence == group.sentences[0] else "own")
    else:
        after = bisect_right(sorted(group.sentences), sentence)
        step = sentence - (sorted(group.sentences)[after - 1] if after else group.sentences[0])
        yield f"sentence {step:+d}" if abs(step) <= _REACH else "sentence far"
    if sentence < 2:
        yield f"lead {sentence}"
    near = min(group.events, key=lambda event: _gap(event, one))
    gap = _gap(near, one)
    yield "gap " + next((str(most) for most in (15, 40, 80, 160, 400) if gap <= most), "far")
    if sentence in group.sentences:
        yield "after event" if near.span.start < one.span.start else "before event"
    other = min((_gap(event, one) for k, each in enumerate(groups) if k != number for event in each.events), default=None)
    if other is not None and other < gap:
        yield "nearer to another"
    elif other is not None and sentence not in group.sentences:
        yield "nearest here"


def _gap(event: Event, one: Candidate) -> int:
    return max(0, one.span.start - event.span.end, event.span.start - one.span.end)
