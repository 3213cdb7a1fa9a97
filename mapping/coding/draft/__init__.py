"""From mentions to draft incidents."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mapping.coding.draft.context import Context, gather
from mapping.coding.draft.filling import fill
from mapping.coding.draft.grouping import Group, group_events, is_sum
from mapping.coding.draft.keeping import chances
from mapping.coding.draft.records import Draft, Drafts, PassedOver, Value
from mapping.coding.mentions import Span

if TYPE_CHECKING:
    from mapping.coding.mentions import Event
    from mapping.coding.tables import Tables
    from mapping.coding.text import Report

__all__ = ["Context", "Draft", "Drafts", "PassedOver", "Value", "draft_from", "draft_report", "drafts_of", "gather"]

LONGEST = 600
"""Letters of a sentence that are shown; of a longer one, those around the event."""

ENOUGH = 0.5
"""Chance from which on a group is an incident."""

IN_PASSING = "told in passing"
"""Why a group that is no incident of its own is passed over: too little is said of it here."""


def draft_report(report: Report, *, tables: Tables | None = None) -> Drafts:
    """Draft the incidents that a report tells of; what speaks of violence and tells none is passed over, with a reason.

    Parameters
    ----------
    report
        The text as `mapping.coding.read` gives it.
    tables
        Words of incidents, weapons and actors; the shipped ones when none are given.

    Examples
    --------
    >>> from datetime import date
    >>> from mapping.coding import read
    >>> report = read("Two drones attacked the base near Hit on Tuesday night.", written=date(2024, 7, 17))
    >>> drafts = draft_report(report)
    """
    return drafts_of(gather(report, tables))


def drafts_of(context: Context) -> Drafts:
    """Draft the incidents of a report whose mentions are found."""
    groups = group_events(context, [event for event in context.events if event.passed_over is None])
    told, in_passing = _weighed(context, groups)
    return Drafts(
        tuple(fill(context, told, number) for number in range(len(told))),
        tuple(_passed_over(context, told, in_passing)),
    )


def _weighed(context: Context, groups: list[Group]) -> tuple[list[Group], list[Group]]:
    """Part the groups that are incidents from those that are only spoken of; the model knows English alone."""
    if context.report.language != "en":
        return groups, []
    told: list[Group] = []
    in_passing: list[Group] = []
    for number, (group, chance) in enumerate(zip(groups, chances(context, groups), strict=True)):
        is_told = (chance >= ENOUGH or group.struck_somewhere) and not is_sum(groups, number)
        (told if is_told else in_passing).append(group)
    return told, in_passing


def draft_from(context: Context, item: PassedOver) -> Draft:
    """Make a draft of what was passed over, because a person says that it is an incident."""
    sentence = context.sentence_of(item.event)
    whens = [when for when in context.whens.get(sentence, []) if when.governs != "report"]
    places = [place for place in context.places.get(sentence, []) if place.role == "where"]
    return fill(context, [Group([item.event], [sentence], whens, places)], 0)


def _passed_over(context: Context, told: list[Group], in_passing: list[Group]) -> list[PassedOver]:
    """Return the sentences that speak of violence and tell no incident, each once, with the first reason."""
    reasons = [(event, str(event.passed_over)) for event in context.events if event.passed_over]
    reasons += [(event, IN_PASSING) for group in in_passing for event in group.events]
    telling = {sentence for group in told for sentence in group.sentences}
    items: dict[int, PassedOver] = {}
    for event, reason in sorted(reasons, key=lambda each: each[0].span):
        sentence = context.sentence_of(event)
        if sentence not in telling and sentence not in items:
            span = _shown(context.report.sentences[sentence].span, event)
            items[sentence] = PassedOver(span, context.report.text[span.start : span.end], reason, event)
    return list(items.values())


def _shown(sentence: Span, event: Event) -> Span:
    if sentence.end - sentence.start <= LONGEST:
        return sentence
    start = max(sentence.start, event.span.start - LONGEST // 2)
    return Span(start, min(sentence.end, start + LONGEST))
