"""What coding gives back: draft incidents with their evidence, and what was passed over and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mapping.coding.mentions import Event, Span

__all__ = ["Draft", "Drafts", "PassedOver", "Value"]

Value = str | int | float | bool | date
"""What a field of a draft may hold; a field that the text does not give is not there."""


@dataclass(frozen=True, slots=True)
class Draft:
    """One incident as the text tells it: nobody has accepted it yet.

    Attributes
    ----------
    fields
        Value by column of the schema; a column that the text does not give is absent.
    spans
        The letters that say so, by column. A column may have spans and no value: the words are there, but what they
        mean is not known ("Tuesday night", and no date of the report).
    evidence
        The sentence that tells the incident.
    """

    fields: dict[str, Value]
    spans: dict[str, tuple[Span, ...]]
    evidence: Span

    def to_json(self) -> dict[str, object]:
        """Return the columns that the text gives, dates in ISO form, and `spans` by column.

        Examples
        --------
        >>> from mapping.coding.mentions import Span
        >>> Draft({"date_end": date(2024, 7, 17)}, {"date_end": (Span(3, 9),)}, Span(0, 40)).to_json()
        {'date_end': '2024-07-17', 'spans': {'date_end': [[3, 9]]}}
        """
        values = {name: value.isoformat() if isinstance(value, date) else value for name, value in self.fields.items()}
        return {**values, "spans": {name: [list(span) for span in spans] for name, spans in self.spans.items()}}


@dataclass(frozen=True, slots=True)
class PassedOver:
    """A sentence that speaks of violence and tells no incident of this report.

    Attributes
    ----------
    span, text
        The sentence, or what stands around the event in one that is very long.
    reason
        Why, in words for people: "background", "denied".
    event
        The mention, so that a reader can have a draft made of it after all.
    """

    span: Span
    text: str
    reason: str
    event: Event


@dataclass(frozen=True, slots=True)
class Drafts:
    """All that a report gives, in the order of the text."""

    incidents: tuple[Draft, ...]
    passed_over: tuple[PassedOver, ...]

    def to_json(self) -> dict[str, object]:
        """Return the form that `draft --json` prints.

        Examples
        --------
        >>> Drafts((), ()).to_json()
        {'incidents': [], 'passed_over': []}
        """
        return {
            "incidents": [draft.to_json() for draft in self.incidents],
            "passed_over": [
                {"text": item.text, "start": item.span.start, "end": item.span.end, "reason": item.reason}
                for item in self.passed_over
            ],
        }
