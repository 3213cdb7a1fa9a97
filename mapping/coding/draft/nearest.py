"""Which of a report's dates and numbers belong to an incident: those of its own sentences, and what follows from them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mapping.coding.draft.context import Context
    from mapping.coding.draft.grouping import Group
    from mapping.coding.mentions import Harm, Span, When

__all__ = ["date_of", "harms_of", "told_after"]

_AFTER = 3


def date_of(context: Context, groups: Sequence[Group], number: int) -> When | None:
    """Return the date of a group: the day in it that stands nearest, another of its dates, else the sentence's before, else the lead's.

    None where there is none, or where it cannot be resolved: "on Tuesday" without a day of the report.
    """
    group = groups[number]
    own = [when for when in group.whens if _is_ours(groups, number, when.span)]
    first = [when for when in own if context.sentence_of(when) == group.sentences[0]]
    if own := first or own:
        days = [when for when in own if when.precision == "day"]
        nearest = min(days or own, key=lambda when: min(event.span.gap(when.span) for event in group.events))
        return nearest if nearest.last else None
    for sentence in (group.sentences[0] - 1, 0, *((1,) if group.counted else ())):
        said = [when for when in context.whens.get(sentence, []) if when.governs == "event" and when.last]
        if said:
            return said[-1]
    return None


def harms_of(context: Context, groups: Sequence[Group], number: int, kind: Literal["killed", "injured"]) -> list[Harm]:
    """Return what is said of the dead or the injured of a group, in the order of the text.

    "Nobody was hurt" and "police spoke of eight dead" may have sentences of their own after those of the group, as
    far as the paragraph goes and nothing else is told. What stands nearer to another incident is not of this one.
    """
    return [
        harm
        for sentence in _sentences_of(context, groups[number])
        for harm in context.harms.get(sentence, [])
        if harm.kind == kind and _is_ours(groups, number, harm.span)
    ]


def told_after(context: Context, group: Group) -> list[int]:
    """Return the few sentences after those of a group that tell of no event: what they say may be of this one."""
    found: list[int] = []
    for own in group.sentences:
        for after in range(own + 1, min(own + 1 + _AFTER, len(context.report.sentences))):
            if after in context.telling:
                break
            found.append(after)
    return sorted(set(found))


def _sentences_of(context: Context, group: Group) -> list[int]:
    """Return the sentences of a group, and those after them in their paragraphs."""
    sentences = context.report.sentences
    paragraphs = {sentences[own].paragraph for own in group.sentences}
    after = [one for one in told_after(context, group) if sentences[one].paragraph in paragraphs]
    return sorted({*group.sentences, *after})


def _is_ours(groups: Sequence[Group], number: int, span: Span) -> bool:
    """Tell whether no event of another group stands nearer to some letters than those of one group."""
    ours = min(event.span.gap(span) for event in groups[number].events)
    around = (*groups[max(0, number - 3) : number], *groups[number + 1 : number + 4])
    return all(event.span.gap(span) >= ours for group in around for event in group.events)
