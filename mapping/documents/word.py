"""The text of a Word document (.docx): what a reader of it sees, changes that were struck out left out."""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import TYPE_CHECKING

from mapping.documents.document import WHAT_IS_READ, Document
from mapping.errors import UnreadableFile

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

__all__ = ["read_word"]

_MOST_BYTES = 20_000_000
"""Of the XML that holds the text: a hundred bytes for each letter of the longest report."""

# ISO/IEC 29500-1: the relation of a package to its main part ends so in both of its dialects.
_MAIN_PART = "/relationships/officeDocument"
_BREAKS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011"}
_NO_LETTERS = ("p", "pPr", "rPr", "del", "moveFrom")


def read_word(data: bytes, *, name: str) -> Document:
    """Read the paragraphs of a Word document, those in tables and text boxes too; each is a line.

    Raises
    ------
    UnreadableFile
        It is another kind of zip archive, damaged, locked, or unpacks to more than any report.

    Examples
    --------
    >>> read_word(b"PK", name="a.docx")
    Traceback (most recent call last):
    mapping.errors.UnreadableFile: a.docx is no Word document, or a damaged one. ...
    """
    from lxml.etree import XMLSyntaxError

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            root = _parsed(archive, _main_part(archive, name), name)
    except UnreadableFile:
        raise
    except (zipfile.BadZipFile, zlib.error, KeyError, XMLSyntaxError, RuntimeError, OSError, EOFError) as error:
        raise UnreadableFile(f"{name} is no Word document, or a damaged one. {WHAT_IS_READ}") from error
    return Document("\n".join(_paragraphs(root)), "Word document")


def _main_part(archive: zipfile.ZipFile, name: str) -> str:
    for relation in _parsed(archive, "_rels/.rels", name):
        target = relation.get("Target", "").lstrip("/")
        if relation.get("Type", "").endswith(_MAIN_PART) and target.startswith("word/"):
            return target
    raise UnreadableFile(f"{name} is an Office file, but no Word document. {WHAT_IS_READ}")


def _parsed(archive: zipfile.ZipFile, part: str, name: str) -> _Element:
    """Parse a part of the archive, which names no file and no address that would be opened, and unpacks to no bomb."""
    from lxml.etree import XMLParser, fromstring

    with archive.open(part) as stream:
        content = stream.read(_MOST_BYTES + 1)  # whatever size it says that it has
    if len(content) > _MOST_BYTES:
        raise UnreadableFile(
            f"{name} unpacks to more than {_MOST_BYTES // 1_000_000} MB, which no report has. Paste its text."
        )
    return fromstring(content, XMLParser(resolve_entities=False, no_network=True, load_dtd=False))


def _paragraphs(root: _Element) -> Iterator[str]:
    """Give the text of each paragraph, in the order of the document."""
    for drawn_again in list(root.iter("{*}Fallback")):
        drawn_again.getparent().remove(drawn_again)
    for paragraph in root.iter("{*}p"):
        yield "".join(_letters(paragraph))


def _letters(element: _Element) -> Iterator[str]:
    """Give the letters of a paragraph; a text box in it has paragraphs of its own."""
    for child in element.iterchildren("{*}*"):
        kind = child.tag.rpartition("}")[2]
        if kind == "t":
            yield child.text or ""
        elif kind in _BREAKS:
            yield _BREAKS[kind]
        elif kind not in _NO_LETTERS:
            yield from _letters(child)
