"""What a file gives: the text of a report, and what it says of itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from mapping.errors import UnreadableFile

if TYPE_CHECKING:
    from datetime import date

__all__ = ["LONGEST", "WHAT_IS_READ", "Document", "Kind", "checked"]

Kind = Literal["text", "web page", "Word document", "PDF"]
WHAT_IS_READ = "Give a text (.txt), a web page (.html), a Word document (.docx) or a PDF with text."

LONGEST = 100_000
"""Letters of a report: a hundred pages."""


@dataclass(frozen=True, slots=True)
class Document:
    """The text of a report.

    Attributes
    ----------
    text
        For a text file its letters as they stand, line ends included; else what a reader of the document sees.
    kind
        What it was taken from.
    title
        As a web page names its article.
    written
        Day of publication, where a web page states it; what a program noted of its own file says nothing of a report.
    note
        What was assumed in reading it, where that is worth saying.
    """

    text: str
    kind: Kind
    title: str | None = None
    written: date | None = None
    note: str = ""


def checked(document: Document, *, name: str) -> Document:
    """Return a document that can be drafted from.

    Raises
    ------
    UnreadableFile
        Its text is empty or too long.

    Examples
    --------
    >>> checked(Document("  ", "text"), name="a.txt")
    Traceback (most recent call last):
    mapping.errors.UnreadableFile: a.txt is empty. Give a text (.txt), ...
    """
    if not document.text.strip():
        raise UnreadableFile(f"{name} is empty. {WHAT_IS_READ}")
    if len(document.text) > LONGEST:
        raise UnreadableFile(
            f"{name} holds {len(document.text):,} letters, and {LONGEST:,} is the most that is read as one report. "
            "Split it into its reports, or cut out the part that you need."
        )
    return document
