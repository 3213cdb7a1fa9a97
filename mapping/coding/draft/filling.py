"""What fills the fields of one incident: the nearest mention that may, with the letters that say so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mapping.coding.draft.nearest import date_of, harms_of, told_after
from mapping.coding.draft.records import Draft
from mapping.coding.places import row_place

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mapping.coding.draft.context import Context
    from mapping.coding.draft.grouping import Group
    from mapping.coding.draft.records import Value
    from mapping.coding.mentions import Event, Harm, Span

__all__ = ["fill"]

_ANYBODY = (None, "people", "persons", "others", "victims", "individuals")
"""What the dead are called in an account of all of them."""

_OUTCOMES = 4
"""Outcomes that are kept: one drone was shot down, the other exploded, and there was no damage."""

_VAGUE = {"explosion": 1, "other": 2}
"""What says less of how it was done than other words of the same incident: "explosion" beside "car bomb"."""

_BESIDE_KILLING = "arson"
"""What is done along with an attack on people, and does not name it: "killed 14 villagers … houses were torched"."""

Filled = dict[str, tuple["Value | None", tuple["Span", ...]]]
"""Value and evidence by column; a value of None leaves the evidence alone."""


def fill(context: Context, groups: Sequence[Group], number: int) -> Draft:
    """Make the draft of one of a report's groups of mentions."""
    group = groups[number]
    killed = harms_of(context, groups, number, "killed")
    filled = _when(context, groups, number) | _where(context, group)
    filled |= _what(context, group, deadly=any(_number(harm) for harm in killed)) | _killed(killed)
    filled |= _injured(harms_of(context, groups, number, "injured")) | _who(context, group) | _reported(context)
    values = {column: value for column, (value, _) in filled.items() if value is not None}
    spans = {column: spans for column, (_, spans) in filled.items() if spans}
    return Draft(values, spans, context.report.sentences[group.sentences[0]].span)


def _when(context: Context, groups: Sequence[Group], number: int) -> Filled:
    """Give the date; else the day by which it was told. Without a day of the report, words are all there is."""
    when = date_of(context, groups, number)
    if when is not None:
        span = (when.span,)
        return {
            "date_start": (when.first, span),
            "date_end": (when.last, span),
            "date_precision": (when.precision, span),
        }
    written = context.report.written
    words = tuple(when.span for when in groups[number].whens if written is None)
    return {
        "date_start": (None, words),
        "date_end": (written, words),
        "date_precision": ("range" if written else "unknown", ()),
    }


def _where(context: Context, group: Group) -> Filled:
    places = group.places
    if group.counted is not None and not group.lies_somewhere:
        first = group.sentences[0]
        before = (context.places.get(number, []) for number in (first - 1, first - 2))
        lately = [[place for place in those if place.role != "origin" and place.level != "country"] for those in before]
        places = [*next((those for those in lately if those), []), *places]
    return dict(row_place(places, country_iso2=context.home))


def _what(context: Context, group: Group, *, deadly: bool) -> Filled:
    main = min(group.events, key=lambda event: _vagueness(event, deadly=deadly))
    words = context.report.text[main.span.start : main.span.end]
    filled: Filled = {"event_type": (main.event_type, (main.span,)), "event_type_source": (words, (main.span,))}
    counted, armed = group.counted, next(iter(group.armed), None)
    if counted is not None and (armed is None or "weak" in armed.signs):
        filled["weapon"] = (context.report.text[counted.span.start : counted.span.end], (counted.span,))
        filled["weapon_count"] = (counted.number, (counted.count_span,) if counted.count_span else ())
    elif armed is not None:
        filled["weapon"] = (armed.weapon, (armed.weapon_span,) if armed.weapon_span else ())
        if armed.weapon_count is not None:
            filled["weapon_count"] = (armed.weapon_count, (armed.count_span,) if armed.count_span else ())
    told = [target for sentence in group.sentences for target in context.targets.get(sentence, [])]
    for kind, most in (("target", 1), ("outcome", _OUTCOMES)):
        those = [target for target in told if target.kind == kind][:most]
        if those:
            words = "; ".join(dict.fromkeys(target.words for target in those))
            filled[kind] = (words, tuple(target.span for target in those))
    evidence = context.report.sentences[group.sentences[0]].span
    filled["summary"] = (" ".join(context.report.text[evidence.start : evidence.end].split())[:500], (evidence,))
    return filled


def _vagueness(event: Event, *, deadly: bool) -> int:
    if deadly and event.event_type == _BESIDE_KILLING:
        return 3
    return _VAGUE.get(event.event_type, 0) + 2 * ("weak" in event.signs and event.event_type == "other")


def _killed(said: list[Harm]) -> Filled:
    """Give the number of dead, and the lowest and highest that the accounts of the incident say."""
    accounts = _accounts(said)
    if not accounts:
        return {}
    best = _best(accounts)
    accounts = [harm for harm in accounts if harm.who in (best.who, *_ANYBODY)]  # "three children" are some of them
    spans = tuple(harm.span for harm in accounts)
    lows = [low for harm in accounts if (low := harm.low if harm.low is not None else harm.best) is not None]
    highs = [high for harm in accounts if (high := harm.high if harm.high is not None else harm.best) is not None]
    return {
        "fatalities_low": (min(lows, default=None), spans),
        "fatalities_best": (_number(best), spans),
        "fatalities_high": (max(highs, default=None), spans),
    }


def _injured(said: list[Harm]) -> Filled:
    accounts = _accounts(said)
    return {"injured": (_number(best := _best(accounts)), (best.span,))} if accounts else {}


def _accounts(said: list[Harm]) -> list[Harm]:
    """Return what counts all of them: sums, where there are any; one death told beside several is part of them."""
    most = max((_number(harm) or 0 for harm in said), default=0)
    return [harm for harm in said if harm.total] or [harm for harm in said if most <= 1 or _number(harm) != 1]


def _best(accounts: list[Harm]) -> Harm:
    """Return the latest sum, else the first of the largest numbers."""
    return accounts[-1] if accounts[-1].total else max(accounts, key=lambda harm: _number(harm) or 0)


def _number(harm: Harm) -> int | None:
    return harm.best if harm.best is not None else harm.low


_GROUNDS = ("claimed", "attributed", "suspected", "unknown")
"""On what ground somebody is named, the strongest first."""


def _who(context: Context, group: Group) -> Filled:
    """Give the parties; who claimed it or is blamed for it may be told in the sentences after, if nothing else is."""
    actors = [actor for sentence in group.sentences for actor in context.actors.get(sentence, [])]
    after = [actor for sentence in told_after(context, group) for actor in context.actors.get(sentence, [])]
    actors += [actor for actor in after if actor.attribution in _SAID_AFTERWARDS]
    filled: Filled = {}
    doers = [actor for actor in actors if actor.role == "by"]
    doer = min(doers, key=lambda actor: _GROUNDS.index(actor.attribution or "unknown"), default=None)
    if doer is not None:
        filled |= {"actor1": (doer.name, (doer.span,)), "attribution": (doer.attribution, (doer.span,))}
    other = next((actor for actor in actors if actor.role == "against"), None)
    if other is not None:
        filled["actor2"] = (other.name, (other.span,))
    return filled


_SAID_AFTERWARDS = ("claimed", "suspected")


def _reported(context: Context) -> Filled:
    return {"source_date": (context.report.written, ())}
