"""Which of several dates and numbers belongs to an incident: facts about each, weighed by a table.

The weights in `choose.csv` are learned by `data/build/coding_model.py`; whoever reads them sees what counts, and how much.
"""

from __future__ import annotations

import csv
from bisect import bisect_right
from functools import cache
from importlib.resources import files
from math import exp
from typing import TYPE_CHECKING, Literal

from mapping.coding.draft.grouping import LOOK_BACK, MOST
from mapping.coding.mentions import Harm, When

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mapping.coding.draft.context import Context
    from mapping.coding.draft.grouping import Group
    from mapping.coding.mentions import Event

__all__ = ["SLOTS", "Candidate", "Slot", "candidates", "facts_of_candidate", "number_of", "weighed"]

Slot = Literal["when", "killed", "injured"]
SLOTS: tuple[Slot, ...] = ("when", "killed", "injured")
Candidate = When | Harm

_REACH = 3
"""Sentences before and after those of a group in which its date and harm are looked for, besides the first two."""


def candidates(context: Context, group: Group, slot: Slot) -> list[Candidate]:
    """Return the mentions that may fill a slot of a group, in the order of the text."""
    numbers = {0, 1} | {one for said in group.sentences for one in range(said - _REACH, said + _REACH + 1)}
    found: list[Candidate] = []
    for number in sorted(numbers):
        if slot == "when":
            found += [when for when in context.whens.get(number, []) if when.last]
        else:
            found += [harm for harm in context.harms.get(number, []) if harm.kind == slot]
    return found[:MOST]


def weighed(context: Context, groups: Sequence[Group], number: int, slot: Slot) -> list[tuple[float, Candidate]]:
    """Return the candidates for a slot of one of a report's groups with their chance to be right, likeliest first."""
    weights, those = _weights()[slot], candidates(context, groups[number], slot)
    ranked = []
    for at, one in enumerate(those):
        facts = {"bias", *facts_of_candidate(context, groups, number, those, at)}
        ranked.append((1 / (1 + exp(-sum(weights.get(fact, 0.0) for fact in facts))), one))
    return sorted(ranked, key=lambda each: -each[0])


@cache
def _weights() -> dict[Slot, dict[str, float]]:
    found: dict[Slot, dict[str, float]] = {slot: {} for slot in SLOTS}
    table = (files("mapping.coding.draft") / "choose.csv").read_text(encoding="utf-8")
    for row in csv.DictReader(table.splitlines()):
        found[row["slot"]][row["fact"]] = float(row["weight"])  # type: ignore[index]
    return found


def facts_of_candidate(
    context: Context, groups: Sequence[Group], number: int, those: Sequence[Candidate], at: int
) -> Iterator[str]:
    """Name what holds of a candidate: of itself, of where it stands, and beside the others."""
    one = those[at]
    yield from _of_day(context, one) if isinstance(one, When) else _of_number(one)
    yield from _of_distance(context, groups, number, one)
    yield f"told {min(sum(_value(other) == _value(one) for other in those), 3)}"
    own = [other for other in those if context.sentence_of(other) in groups[number].sentences]
    if one in own:
        yield f"of {min(len(own), 3)}"
        yield "first" if one is own[0] else "later"
    if isinstance(one, Harm):
        numbers = [known for other in own or those if (known := number_of(other)) is not None]
        if numbers and number_of(one) == max(numbers):
            yield "most"


def number_of(one: Candidate) -> int | None:
    """Return the number of people that a mention of harm says, the lowest where it says no better."""
    return None if isinstance(one, When) else one.best if one.best is not None else one.low


def _value(one: Candidate) -> object:
    return (one.first, one.last) if isinstance(one, When) else number_of(one)


def _of_day(context: Context, one: When) -> Iterator[str]:
    yield f"governs {one.governs}"
    yield f"{one.precision}{'' if one.first else ' by then'}"
    if context.report.written and one.last:
        ago = (context.report.written - one.last).days
        yield "ago " + next((str(most) for most in (0, 1, 7, 62, 400) if ago <= most), "more")


def _of_number(one: Harm) -> Iterator[str]:
    number = number_of(one)
    yield "number " + (
        "unknown" if number is None else next((str(most) for most in (0, 1, 9) if number <= most), "more")
    )
    if one.total:
        yield "total"


def _of_distance(context: Context, groups: Sequence[Group], number: int, one: Candidate) -> Iterator[str]:
    group, sentence = groups[number], context.sentence_of(one)
    if sentence in group.sentences:
        yield "sentence " + ("own first" if sentence == group.sentences[0] else "own")
    else:
        after = bisect_right(group.sentences, sentence)
        step = sentence - group.sentences[max(after - 1, 0)]
        yield f"sentence {step:+d}" if abs(step) <= _REACH else "sentence far"
    if sentence < 2:
        yield f"lead {sentence}"
    near = min(group.events, key=lambda event: _gap(event, one))
    gap = _gap(near, one)
    yield "gap " + next((str(most) for most in (15, 40, 80, 160, 400) if gap <= most), "far")
    if sentence in group.sentences:
        yield "after event" if near.span.start < one.span.start else "before event"
    others = (*groups[max(0, number - LOOK_BACK) : number], *groups[number + 1 : number + 1 + LOOK_BACK])
    elsewhere = (_gap(event, one) for each in others for event in each.events)
    other = min(elsewhere, default=None)
    if other is not None and (other < gap or sentence not in group.sentences):
        yield "nearer to another" if other < gap else "nearest here"


def _gap(event: Event, one: Candidate) -> int:
    return max(0, one.span.start - event.span.end, event.span.start - one.span.end)
