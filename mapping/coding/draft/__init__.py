"""From mentions to draft incidents."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mapping.coding.draft.context import Context, gather
from mapping.coding.draft.filling import fill
from mapping.coding.draft.grouping import Group, group_events
from mapping.coding.draft.records import Draft, Drafts, PassedOver, Value
from mapping.coding.mentions import Span

if TYPE_CHECKING:
    from mapping.coding.mentions import Event
    from mapping.coding.tables import Tables
    from mapping.coding.text import Report

__all__ = ["Draft", "Drafts", "PassedOver", "Value", "draft_from", "draft_report"]

LONGEST = 600
"""Letters of a sentence that are shown; of a longer one, those around the event."""


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
    told = {sentence for group in groups for sentence in group.sentences}
    return Drafts(tuple(fill(context, group) for group in groups), tuple(_passed_over(context, told)))


def draft_from(report: Report, item: PassedOver, *, tables: Tables | None = None) -> Draft:
    """Make a draft of what was passed over, because a person says that it is an incident."""
    context = gather(report, tables)
    sentence = context.sentence_of(item.event)
    whens = [when for when in context.whens.get(sentence, []) if when.governs != "report"]
    places = [place for place in context.places.get(sentence, []) if place.role == "where"]
    return fill(context, Group([item.event], [sentence], whens, places))


def _passed_over(context: Context, told: set[int]) -> list[PassedOver]:
    items: dict[int, PassedOver] = {}
    for event in context.events:
        sentence = context.sentence_of(event)
        if event.passed_over is not None and sentence not in told and sentence not in items:
            span = _shown(context.report.sentences[sentence].span, event)
            text = context.report.text[span.start : span.end]
            items[sentence] = PassedOver(span, text, event.passed_over, event)
    return list(items.values())


def _shown(sentence: Span, event: Event) -> Span:
    if sentence.end - sentence.start <= LONGEST:
        return sentence
    start = max(sentence.start, event.span.start - LONGEST // 2)
    return Span(start, min(sentence.end, start + LONGEST))
