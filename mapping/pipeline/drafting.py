"""From documents to draft incidents: one, or a folder of them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from mapping.coding.draft import draft_report
from mapping.coding.reading import read
from mapping.documents import read_document
from mapping.errors import InvalidValue, MappingError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from mapping.coding.draft import Drafts
    from mapping.coding.tables import Tables
    from mapping.coding.text import Report
    from mapping.documents import Document

__all__ = ["Drafted", "draft_document", "draft_file", "draft_folder", "draft_text"]


@dataclass(frozen=True, slots=True)
class Drafted:
    """A document, read as a report, and the incidents that it tells of."""

    document: Document
    report: Report
    drafts: Drafts

    def to_json(self) -> dict[str, object]:
        """Return what `draft --json` prints; `text` where it is not the file's own, so that offsets can be looked up."""
        told = self.drafts.to_json()
        return told if self.document.kind == "text" else told | {"text": self.document.text}


def draft_text(text: str, *, written: date | None = None, tables: Tables | None = None) -> Drafts:
    """Draft the incidents of a text; `written` is its day, where the text does not say it.

    Raises
    ------
    InvalidValue
        It is in a language that is not read here, or holds no words.
    """
    return draft_report(read(text, written=written), tables=tables)


def draft_document(document: Document, *, written: date | None = None, tables: Tables | None = None) -> Drafted:
    """Draft the incidents of a document.

    The day of the report is the one given, else the one in its text, else the one that a web page states.
    """
    report = read(document.text, written=written)
    if report.written is None:
        report = replace(report, written=document.written)
    return Drafted(document, report, draft_report(report, tables=tables))


def draft_file(path: Path, *, written: date | None = None, tables: Tables | None = None) -> Drafted:
    """Draft the incidents of a file; see `mapping.documents.read_document`."""
    return draft_document(read_document(path), written=written, tables=tables)


def draft_folder(
    folder: Path, *, written: date | None = None, tables: Tables | None = None
) -> Iterator[dict[str, object]]:
    """Draft every file of a folder, in the order of names: what `to_json` gives with `file`, or `file` and `error`."""
    files = sorted(path for path in folder.rglob("*") if path.is_file() and not path.name.startswith("."))
    if not files:
        raise InvalidValue(f"{folder.name} holds no files. Give a folder of reports.")
    for path in files:
        name = path.relative_to(folder).as_posix()
        try:
            yield {"file": name} | draft_file(path, written=written, tables=tables).to_json()
        except MappingError as error:
            yield {"file": name, "error": str(error)}
