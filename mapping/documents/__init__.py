"""From a file, a page or an address to the text of a report."""

from __future__ import annotations

from mapping.documents.document import LONGEST, WHAT_IS_READ, Document
from mapping.documents.reading import ENDINGS, MOST_BYTES, read_document
from mapping.documents.web import fetch, is_address, is_offered

__all__ = [
    "ENDINGS",
    "LONGEST",
    "MOST_BYTES",
    "WHAT_IS_READ",
    "Document",
    "fetch",
    "is_address",
    "is_offered",
    "read_document",
]
