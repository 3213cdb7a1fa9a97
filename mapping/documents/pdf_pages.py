"""The text of a PDF's pages, read in a process of its own: python pdf_pages.py < a.pdf.

A PDF can be made so that reading it takes for ever, or all memory; a process can be ended, and given only so much.
It prints JSON: ``pages``, or ``refused``. Nothing else of the project is loaded here, so that it starts at once.
"""

from __future__ import annotations

import json
import sys
from contextlib import suppress

MOST_BYTES_OF_MEMORY = 2_000_000_000
MOST_LETTERS = 2_000_000
LOCKED = 4  # FPDF_ERR_PASSWORD


def pages_of(data: bytes) -> dict[str, object]:
    """Return the text of each page, or why there is none.

    Examples
    --------
    >>> pages_of(b"%PDF-1.7 and no more")
    {'refused': 'damaged'}
    """
    from pypdfium2 import PdfDocument, PdfiumError

    try:
        with PdfDocument(data) as document:
            pages, letters = [], 0
            for page in document:
                pages.append(page.get_textpage().get_text_range())
                letters += len(pages[-1])
                if letters > MOST_LETTERS:
                    break  # too long, which is said once and for every kind of document
            return {"pages": pages}
    except PdfiumError as error:
        return {"refused": "locked" if error.err_code == LOCKED else "damaged"}


if __name__ == "__main__":
    with suppress(ImportError, ValueError):  # POSIX only; elsewhere the time is the limit
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MOST_BYTES_OF_MEMORY, MOST_BYTES_OF_MEMORY))
    json.dump(pages_of(sys.stdin.buffer.read()), sys.stdout)
