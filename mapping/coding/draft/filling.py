"""What fills the fields of one incident: the nearest mention that may, with the letters that say so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mapping.coding.draft.choosing import weighed
from mapping.coding.draft.records import Draft
from mapping.coding.places import contains, row_place

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mapping.coding.draft.choosing import Candidate, Slot
    from mapping.coding.draft.context import Context
    from mapping.coding.draft.grouping import Group
    from mapping.coding.draft.records import Value
    from mapping.coding.mentions import Span

__all__ = ["fill"]

ENOUGH = {"when": 0.35, "where": 0.25, "killed": 0.3, "injured": 0.3}
"""Chance from which on a candidate fills its slot."""

Filled = dict[str, tuple["Value | None", tuple["Span", ...]]]
"""Value and evidence by column; a value of None leaves the evidence alone."""


def fill(context: Context, groups: Sequence[Group], number: int) -> Draft:
    """Make the draft of one of a report's groups of mentions."""
    group = groups[number]

    def chosen(slot: Slot) -> list[tuple[float, Candidate]]:
        return weighed(context, groups, number, slot)

    filled = _when(context, chosen("when")) | _where(context, group, chosen("where")) | _what(context, group)
    filled |= _killed(chosen("killed")) | _injured(chosen("injured")) | _who(context, group) | _reported(context)
    values = {column: value for column, (value, _) in filled.items() if value is not None}
    spans = {column: spans for column, (_, spans) in filled.items() if spans}
    return Draft(values, spans, context.report.sentences[group.sentences[0]].span)


def _when(context: Context, ranked: list[tuple[float, Candidate]]) -> Filled:
    chance, when = ranked[0] if ranked else (0.0, None)
    if when is None or chance < ENOUGH["when"]:
        written = context.report.written
        return {"date_end": (written, ()), "date_precision": ("unknown" if written is None else "range", ())}
    span = (when.span,)
    return {"date_start": (when.first, span), "date_end": (when.last, span), "date_precision": (when.precision, span)}


def _where(context: Context, group: Group, ranked: list[tuple[float, Candidate]]) -> Filled:
    places = [place for place in group.places if place.level in ("province", "country")]
    if ranked and ranked[0][0] >= ENOUGH["where"]:
        best = ranked[0][1]
        places = [best, *(place for place in group.places if contains(place, best))]
    return dict(row_place(places, country_iso2=context.home))


def _what(context: Context, group: Group) -> Filled:
    main = next((event for event in group.events if event.event_type != "other"), group.events[0])
    words = context.report.text[main.span.start : main.span.end]
    filled: Filled = {"event_type": (main.event_type, (main.span,)), "event_type_source": (words, (main.span,))}
    armed = next((event for event in group.events if event.weapon), None)
    if armed is not None:
        filled["weapon"] = (armed.weapon, (armed.weapon_span,) if armed.weapon_span else ())
        if armed.weapon_count is not None:
            filled["weapon_count"] = (armed.weapon_count, (armed.count_span,) if armed.count_span else ())
    targets = [target for sentence in group.sentences for target in context.targets.get(sentence, [])]
    for kind in ("target", "outcome"):
        first = next((target for target in targets if target.kind == kind), None)
        if first is not None:
            filled[kind] = (first.words, (first.span,))
    evidence = context.report.sentences[group.sentences[0]].span
    filled["summary"] = (" ".join(context.report.text[evidence.start : evidence.end].split())[:500], (evidence,))
    return filled


def _killed(ranked: list[tuple[float, Candidate]]) -> Filled:
    if not ranked or ranked[0][0] < ENOUGH["killed"]:
        return {}
    best = ranked[0][1]
    low, high = best.low if best.low is not None else best.best, best.high if best.high is not None else best.best
    spans = (best.span,)
    number = best.best if best.best is not None else best.low
    return {"fatalities_low": (low, spans), "fatalities_best": (number, spans), "fatalities_high": (high, spans)}


def _injured(ranked: list[tuple[float, Candidate]]) -> Filled:
    if not ranked or ranked[0][0] < ENOUGH["injured"]:
        return {}
    best = ranked[0][1]
    return {"injured": (best.best if best.best is not None else best.low, (best.span,))}


def _who(context: Context, group: Group) -> Filled:
    actors = [actor for sentence in group.sentences for actor in context.actors.get(sentence, [])]
    filled: Filled = {}
    doer = next((actor for actor in actors if actor.role == "by"), None)
    if doer is not None:
        filled |= {"actor1": (doer.name, (doer.span,)), "attribution": (doer.attribution, (doer.span,))}
    other = next((actor for actor in actors if actor.role == "against"), None)
    if other is not None:
        filled["actor2"] = (other.name, (other.span,))
    return filled


def _reported(context: Context) -> Filled:
    return {"source_date": (context.report.written, ())}
