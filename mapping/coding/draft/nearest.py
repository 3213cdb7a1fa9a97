"""What belongs to an incident where no weights are learned: its own sentences first, then the sentence before, then the lead."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mapping.coding.draft.choosing import Candidate, Slot
    from mapping.coding.draft.context import Context
    from mapping.coding.draft.grouping import Group
    from mapping.coding.mentions import Harm, When

__all__ = ["nearest"]


def nearest(context: Context, group: Group, slot: Slot) -> list[Candidate]:
    """Return what fills a slot of a group, at most one mention; `choosing.weighed` knows English alone."""
    found: Candidate | None = _when(context, group) if slot == "when" else _harm(context, group, slot)
    return [] if found is None else [found]


def _when(context: Context, group: Group) -> When | None:
    start = group.events[0].span.start
    if own := [when for when in group.whens if when.last]:
        return min(own, key=lambda when: abs(when.span.start - start))
    for sentence in (group.sentences[0] - 1, 0):
        said = [when for when in context.whens.get(sentence, []) if when.governs == "event" and when.last]
        if said:
            return said[-1]
    return None


def _harm(context: Context, group: Group, slot: Slot) -> Harm | None:
    """Return the latest sum, where the text gives one, or the largest number.

    "Nobody was hurt" may have a sentence of its own after those of the group.
    """
    telling = {context.sentence_of(event) for event in context.events}
    after = group.sentences[-1] + 1
    said = group.sentences if after in telling else [*group.sentences, after]
    harms = [harm for sentence in said for harm in context.harms.get(sentence, []) if harm.kind == slot]
    known = [harm for harm in harms if harm.best is not None or harm.low is not None]
    return max(known, key=lambda harm: (harm.total, harm.best or harm.low or 0), default=None)
