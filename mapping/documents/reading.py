"""Reads a document by what it holds, never by its name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mapping.documents.document import WHAT_IS_READ, Document, checked
from mapping.documents.pdf import read_pdf
from mapping.documents.web_page import is_web_page, read_web_page
from mapping.documents.word import read_word
from mapping.errors import UnreadableFile
from mapping.files import decode, read_bytes

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["ENDINGS", "MOST_BYTES", "read_document"]

ENDINGS = (".txt", ".html", ".htm", ".docx", ".pdf")

MOST_BYTES = 20_000_000
"""Of a Word document or a PDF, which hold pictures and type as well."""
_MOST_BYTES_OF_TEXT = 5_000_000

_REFUSED = {
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1": "an old Office file, or one with a password: save it as .docx, without",
    b"{\\rtf": "a rich text file: save it as .docx",
    b"\x89PNG": "a picture", b"\xff\xd8\xff": "a picture", b"GIF8": "a picture", b"II*\0": "a picture", b"MM\0*": "a picture",
    b"\x1f\x8b": "a compressed file: unpack it", b"BZh": "a compressed file: unpack it", b"\xfd7zXZ": "a compressed file: unpack it",
    b"7z\xbc\xaf": "a compressed file: unpack it", b"Rar!": "a compressed file: unpack it",
    b"(\xb5/\xfd": "a compressed file: unpack it", b"\x7fELF": "a program", b"MZ\x90": "a program",
    b"SQLite format 3\0": "a database", b"PAR1": "a table", b"ID3": "a recording", b"OggS": "a recording",
}  # fmt: skip


def read_document(source: Path | bytes, *, name: str | None = None) -> Document:
    """Read the text of a report from a file, or from its bytes.

    Parameters
    ----------
    source
        A text, a web page, a Word document or a PDF with text.
    name
        What to call it in what is said of it; a file's own name when None.

    Raises
    ------
    UnreadableFile
        There is no such file; or it is none of these, damaged, locked, empty or too large.

    Examples
    --------
    >>> read_document(b"Two drones attacked the base.", name="report.txt").text
    'Two drones attacked the base.'
    """
    if isinstance(source, bytes):
        data, name = source, name or "This text"
    else:
        name = name or source.name
        data = read_bytes(source, most=MOST_BYTES + 1)
    return checked(_read(data, name), name=name)


def _read(data: bytes, name: str) -> Document:
    head = data[:1024]
    for signature, what in _REFUSED.items():
        if head.startswith(signature):
            raise UnreadableFile(f"{name} is {what}. {WHAT_IS_READ}")
    is_pdf, is_zip = b"%PDF-" in head, head.startswith(b"PK\x03\x04")
    most = MOST_BYTES if is_pdf or is_zip else _MOST_BYTES_OF_TEXT
    if len(data) > most:
        raise UnreadableFile(
            f"{name} is larger than {most // 1_000_000} MB, which is the most that is read as one report. Split it."
        )
    if is_pdf:
        return read_pdf(data, name=name)
    if is_zip:
        return read_word(data, name=name)
    if is_web_page(data) or name.lower().endswith((".html", ".htm")):
        return read_web_page(data, name=name)
    decoded = decode(data, name=name, instead=WHAT_IS_READ)
    damaged = f"{name} holds bytes that are no letters, shown as \ufffd. Save it as UTF-8." if decoded.damaged else ""
    return Document(decoded.data.decode(), "text", note=decoded.note or damaged)
