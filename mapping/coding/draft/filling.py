"""What fills the fields of one incident: the nearest mention that may, with the letters that say so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mapping.coding.draft.records import Draft
from mapping.coding.places import row_place

if TYPE_CHECKING:
    from mapping.coding.draft.context import Context
    from mapping.coding.draft.grouping import Group
    from mapping.coding.draft.records import Value
    from mapping.coding.mentions import Span, When

__all__ = ["fill"]

Filled = dict[str, tuple["Value | None", tuple["Span", ...]]]
"""Value and evidence by column; a value of None leaves the evidence alone."""


def fill(context: Context, group: Group) -> Draft:
    """Make the draft of one group of mentions."""
    filled = _when(context, group) | _where(context, group) | _what(context, group) | _harm(context, group)
    filled |= _who(context, group) | _reported(context)
    values = {column: value for column, (value, _) in filled.items() if value is not None}
    spans = {column: spans for column, (_, spans) in filled.items() if spans}
    return Draft(values, spans, context.report.sentences[group.sentences[0]].span)


def _when(context: Context, group: Group) -> Filled:
    when = _date_of(context, group)
    if when is None:
        written = context.report.written
        return {"date_end": (written, ()), "date_precision": ("unknown" if written is None else "range", ())}
    span = (when.span,)
    filled: Filled = {"date_precision": (when.precision, span)}
    filled |= {"date_start": (when.first, span), "date_end": (when.last, span)}
    return filled


def _date_of(context: Context, group: Group) -> When | None:
    at = group.events[0].span.start
    if group.whens:
        return min(group.whens, key=lambda when: abs(when.span.start - at))
    first = group.sentences[0]
    for sentence in (first - 1, 0):
        whens = [when for when in context.whens.get(sentence, []) if when.governs == "event"]
        if whens:
            return whens[-1]
    return None


def _where(context: Context, group: Group) -> Filled:
    return dict(row_place(group.places, country_iso2=context.home))


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


def _harm(context: Context, group: Group) -> Filled:
    harms = [harm for sentence in group.sentences for harm in context.harms.get(sentence, [])]
    filled: Filled = {}
    killed = [harm for harm in harms if harm.kind == "killed"]
    injured = [harm for harm in harms if harm.kind == "injured"]
    if killed:
        spans = tuple(harm.span for harm in killed)
        lows = [low for harm in killed if (low := harm.low if harm.low is not None else harm.best) is not None]
        bests = [harm.best for harm in killed if harm.best is not None]
        highs = [high for harm in killed if (high := harm.high if harm.high is not None else harm.best) is not None]
        filled["fatalities_low"] = (max(lows, default=None), spans)
        filled["fatalities_best"] = (max(bests, default=None), spans)
        filled["fatalities_high"] = (max(highs, default=None), spans)
    if injured:
        numbers = [
            number for harm in injured if (number := harm.best if harm.best is not None else harm.low) is not None
        ]
        filled["injured"] = (max(numbers, default=None), tuple(harm.span for harm in injured))
    return filled


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
