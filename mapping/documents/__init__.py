"""From a file, a page or an address to the text of a report."""

from __future__ import annotations

from mapping.documents.document import LONGEST, WHAT_IS_READ, Document
from mapping.documents.reading import ENDINGS, read_document

__all__ = ["ENDINGS", "LONGEST", "WHAT_IS_READ", "Document", "read_document"]
