"""Drafts in words, for people at a terminal."""

from __future__ import annotations

import re
from textwrap import indent, wrap
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mapping.coding.draft import Draft
    from mapping.pipeline.drafting import Drafted

__all__ = ["in_words"]

_WIDTH = 100
_LONGEST_QUOTE = 70
_TOLD_ABOVE = ("event_type", "summary")


def in_words(drafted: Drafted) -> Iterator[str]:
    """Say of each draft its fields, each with the words that say it; then what was passed over, and why.

    Examples
    --------
    >>> from mapping.pipeline.drafting import draft_text
    >>> for line in in_words(draft_text("Two drones attacked the base near Hit on 16 July 2024.")):
    ...     print(line)
    Report of an unknown day: 1 incident, 0 passages passed over.
    <BLANKLINE>
    1. drone attack
    ...
    """
    incidents, passed_over = drafted.drafts.incidents, drafted.drafts.passed_over
    written = drafted.report.written
    yield (
        f"Report of {written.isoformat() if written else 'an unknown day'}: {_counted(len(incidents), 'incident')}, "
        f"{_counted(len(passed_over), 'passage')} passed over."
    )
    for number, draft in enumerate(incidents, 1):
        yield f"\n{number}. {draft.fields.get('event_type', 'incident')}"
        yield _wrapped(_quote(drafted.document.text[slice(*draft.evidence)], most=400))
        yield from _fields(draft, drafted.document.text)
    for item in passed_over:
        yield f"\nPassed over: {item.reason}"
        yield _wrapped(_quote(item.text, most=400))


def _fields(draft: Draft, text: str) -> Iterator[str]:
    """Give a line for each field: its name, its value, and the words, where they are other than the value."""
    for column in dict.fromkeys([*draft.fields, *draft.spans]):
        if column in _TOLD_ABOVE:
            continue
        value = str(draft.fields.get(column, "?"))
        quotes = [_quote(text[slice(*span)], most=_LONGEST_QUOTE) for span in draft.spans.get(column, ())]
        yield f"   {column:<20}{value:<22}  {' '.join(quote for quote in quotes if quote != f'“{value}”')}".rstrip()


def _quote(words: str, *, most: int) -> str:
    """Return words of the text between quotation marks, on one line, long ones cut."""
    line = re.sub(r"\s+", " ", words).strip()
    return f"“{line if len(line) <= most else line[: most - 1] + '…'}”"


def _wrapped(words: str) -> str:
    return indent("\n".join(wrap(words, _WIDTH)), "   ")


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
