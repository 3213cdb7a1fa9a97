"""From documents to draft incidents."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from mapping.coding.draft import drafts_of, gather
from mapping.coding.reading import read
from mapping.coding.tables import tables
from mapping.documents import Document, read_document
from mapping.pipeline.own import own_words

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from mapping.coding.draft import Context, Drafts
    from mapping.coding.text import Report

__all__ = ["Drafted", "draft_document", "draft_file", "draft_text", "own_words"]


@dataclass(frozen=True, slots=True)
class Drafted:
    """A document, what its report mentions, and the incidents that it tells of."""

    document: Document
    context: Context
    drafts: Drafts

    @property
    def report(self) -> Report:
        """The document, read as a report."""
        return self.context.report

    def to_json(self) -> dict[str, object]:
        """Return what `draft --json` prints; the text as well, where a file holds more than its letters."""
        told = self.drafts.to_json()
        return told if self.document.kind == "text" else told | {"text": self.document.text}


def draft_text(text: str, *, written: date | None = None, words: Path | None = None) -> Drafted:
    """Draft the incidents of a text; as for `draft_document`.

    Examples
    --------
    >>> [one] = draft_text("Two drones attacked the base near Hit on 16 July 2024.").drafts.incidents
    >>> one.fields["event_type"], one.fields["date_start"].isoformat()
    ('drone attack', '2024-07-16')
    """
    return draft_document(Document(text, "text"), written=written, words=words)


def draft_document(document: Document, *, written: date | None = None, words: Path | None = None) -> Drafted:
    """Draft the incidents of a document.

    Parameters
    ----------
    document
        As `mapping.documents.read_document` gives it.
    written
        Day of the report; without it, the one that its text states, or else the one that a web page states.
    words
        A folder with tables of words of the user's own; see `own_words`.

    Raises
    ------
    InvalidValue
        The report is in a language that is not read here, or holds no words; or a table of words is wrong.
    """
    report = read(document.text, written=written)
    if report.written is None and document.written is not None:
        report = replace(report, written=document.written)
    context = gather(report, tables(words))
    return Drafted(document, context, drafts_of(context))


def draft_file(path: Path, *, written: date | None = None, words: Path | None = None) -> Drafted:
    """Draft the incidents of a file; as for `read_document` and `draft_document`."""
    return draft_document(read_document(path), written=written, words=words)
