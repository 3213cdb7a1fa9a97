"""The desk of one reader: a report, the drafts made of it, and what has become of each. Nothing of it is in the store."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Literal

import streamlit as st

from mapping.coding.draft import draft_from
from mapping.coding.mentions import Span
from mapping.pages import words
from mapping.pages.report_fields import COLUMNS
from mapping.pipeline.drafting import draft_document, own_words
from mapping.pipeline.selection import values_of

if TYPE_CHECKING:
    from mapping.coding.draft import Draft, PassedOver
    from mapping.documents import Document
    from mapping.geocoder.corrections import Choice
    from mapping.pipeline.drafting import Drafted

__all__ = ["Desk", "Entry", "clear", "desk", "lay_out"]

_KEY = "desk"
_TURNING = str.maketrans("", "", "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Signs without a face that turn the writing around: in a field they would show other words than it holds."""


@dataclass
class Entry:
    """One draft, as the reader has it so far.

    Attributes
    ----------
    values
        Text by column, as the form shows it; a field that is not known is absent.
    spans
        The letters that say so, by column.
    evidence
        The sentence that tells it.
    state
        What the reader has decided.
    choice
        Where it was, when the reader says so.
    key
        Of the incident that it became, as `mapping.pages.address.incident_key` writes it.
    """

    values: dict[str, str]
    spans: dict[str, tuple[Span, ...]]
    evidence: Span
    state: Literal["open", "kept", "rejected"] = "open"
    choice: Choice | None = None
    key: str = ""

    @property
    def title(self) -> str:
        """What the draft is called on the page."""
        place = self.values.get("place") or self.values.get("adm1_claimed")
        return words.title(self.values.get("event_type"), place)

    def put(self, column: str, value: str) -> None:
        """Set a field; an empty value makes it unknown. A new place is looked up again."""
        self.values.pop(column, None)
        if value := value.translate(_TURNING).strip():
            self.values[column] = value
        if column in ("place", "adm1_claimed", "adm2_claimed", "country_iso2"):
            self.choice = None


@dataclass
class Desk:
    """A report that is being worked on.

    Attributes
    ----------
    drafted
        The document, the report and what the rules made of it.
    source_name, source_url
        As the reader gives them.
    entries
        The drafts, with those that the reader had made of what was passed over.
    passed
        What was passed over still.
    at
        Number of the draft that is chosen.
    """

    drafted: Drafted
    source_name: str = ""
    source_url: str = ""
    entries: list[Entry] = field(default_factory=list)
    passed: list[PassedOver] = field(default_factory=list)
    at: int = 0

    @property
    def text(self) -> str:
        """The text of the report, at which all spans point."""
        return self.drafted.document.text

    @property
    def entry(self) -> Entry | None:
        """The draft that is chosen; None when there is none."""
        return self.entries[self.at] if 0 <= self.at < len(self.entries) else None

    def choose(self, number: int) -> None:
        """Turn to a draft."""
        if 0 <= number < len(self.entries):
            self.at = number

    def go_on(self) -> None:
        """Turn to the next draft that is open, if any."""
        rest = [*range(self.at + 1, len(self.entries)), *range(self.at)]
        self.at = next((number for number in rest if self.entries[number].state == "open"), self.at)

    def use(self, entry: Entry, column: str, span: Span) -> None:
        """Use selected words for a field of a draft; spaces at their ends are not among them."""
        words = self.text[span.start : span.end]
        start = span.start + len(words) - len(words.lstrip())
        span = Span(start, start + len(words.strip()))
        if span.start >= span.end:
            return
        for name, value in values_of(self.drafted.context, column, span).items():
            entry.put(name, value)
            entry.spans[name] = (span,)

    def take_up(self, item: PassedOver) -> None:
        """Make a draft of what was passed over."""
        self.entries.append(_entry(draft_from(self.drafted.context, item)))
        self.passed.remove(item)
        self.at = len(self.entries) - 1

    def row_values(self, entry: Entry) -> dict[str, str]:
        """Return the values of a draft with what is the report's own."""
        written = self.drafted.report.written
        own = {"source_name": self.source_name, "source_url": self.source_url, "source_date": str(written or "")}
        return entry.values | own | {"source_count": "1"}


def _entry(draft: Draft) -> Entry:
    """Take what the form shows of a draft: where its place lies is found anew from what the reader makes of it."""
    entry = Entry({}, {name: spans for name, spans in draft.spans.items() if name in COLUMNS}, draft.evidence)
    for name in COLUMNS & draft.fields.keys():
        value = draft.fields[name]
        entry.put(name, value.isoformat() if isinstance(value, date) else str(value))
    return entry


def lay_out(document: Document, *, written: date | None, source_name: str = "", source_url: str = "") -> None:
    """Draft the incidents of a document, and put it on the desk.

    Raises
    ------
    InvalidValue
        It is in a language that is not read here.
    """
    drafted = draft_document(document, written=written, words=own_words())
    entries = [_entry(draft) for draft in drafted.drafts.incidents]
    passed = list(drafted.drafts.passed_over)
    st.session_state[_KEY] = Desk(drafted, source_name, source_url, entries, passed)


def desk() -> Desk | None:
    """Return what is on the desk."""
    return st.session_state.get(_KEY)


def clear() -> None:
    """Take everything off the desk."""
    st.session_state.pop(_KEY, None)
