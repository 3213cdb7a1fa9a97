"""Where drafts and key differ, text by text, for the eyes of whoever mends a rule."""

from __future__ import annotations

from collections.abc import Sequence
from math import inf

from benchmarks.reports.keys import Counts, Template
from benchmarks.reports.score import SLOTS, Answer, pair


def described(text_id: str, text: str, templates: Sequence[Template], answers: Sequence[Answer], slot: str) -> str:
    """Describe what is amiss in one text: key against draft, then the text; nothing when `slot` is right."""
    done = pair(templates, answers)
    amiss = {name for _, _, worth in done.pairs for name, right in worth.items() if right < 1}
    amiss |= {"missed"} if any(not one.optional for one in done.missed) else set()
    amiss |= {"invented"} if done.invented else set()
    if not amiss or slot not in (*amiss, "any"):
        return ""
    lines = [f"\n=== {text_id}: {', '.join(sorted(amiss))}"]
    for template, answer, worth in done.pairs:
        lines.append(f"  key {template.number}" + (" (optional)" if template.optional else ""))
        for name in SLOTS:
            if name in worth:
                mark = {1.0: "  ", 0.5: " ~"}.get(worth[name], " X")
                lines.append(f"  {mark} {name:9}{said(template, name):45} | {given(answer, name)}")
    lines += [
        f"  missed {one.number}{' (optional)' if one.optional else ''}: "
        + "; ".join(words for name in SLOTS if (words := said(one, name)))
        for one in done.missed
    ]
    lines += [f"  invented: {'; '.join(w for name in SLOTS if (w := given(one, name)))}" for one in done.invented]
    return "\n".join([*lines, "", text, ""])


def said(template: Template, slot: str) -> str:
    """Write what the key says in one slot."""
    if slot == "type":
        return " / ".join(sorted(template.types))
    if slot == "date":
        return " / ".join(f"{first or ''}..{last}" for first, last in template.dates)
    if slot == "place":
        return " / ".join(": ".join(" - ".join(names) for names in place) for place in template.places)
    counts: Counts = getattr(template, slot)
    numbers = [
        f"{one.low:.0f}" + ("" if one.high == one.low else "+" if one.high == inf else f"-{one.high:.0f}")
        for one in counts.any_of
    ]
    return f"{slot} {' / '.join(numbers)}{'' if counts.required else ' (may be empty)'}" if numbers else ""


def given(answer: Answer, slot: str) -> str:
    """Write what the draft says in one slot."""
    if slot == "type":
        return answer.type
    if slot == "date":
        return f"{answer.first or ''}..{answer.last}" if answer.last else ""
    if slot == "place":
        return " < ".join((*answer.names, *filter(None, [answer.country])))
    number = getattr(answer, slot)
    return "" if number is None else f"{slot} {number}"
