"""The text of a PDF's pages, read in a process of its own: python pdf_pages.py < a.pdf.

A PDF can be made so that reading it takes for ever, or all memory; a process can be ended, and given only so much.
It prints JSON: ``pages``, or ``refused``. Nothing else of the project is loaded here, so that it starts at once.
"""

from __future__ import annotations

import json
import re
import sys
from contextlib import suppress
from ctypes import byref, c_double
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pypdfium2 import PdfPage, PdfTextPage

MOST_BYTES_OF_MEMORY = 2_000_000_000
MOST_LETTERS = 400_000
LOCKED = 4  # FPDF_ERR_PASSWORD
ARABIC_WORD = re.compile(r"[\u0621-\u063a\u0641-\u064a]{2,}")


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
                pages.append(_text_of(page))
                letters += len(pages[-1])
                if letters > MOST_LETTERS:
                    break  # too long, which is said once and for every kind of document
            return {"pages": pages}
    except PdfiumError as error:
        return {"refused": "locked" if error.err_code == LOCKED else "damaged"}


def _text_of(page: PdfPage) -> str:
    """Return the text of a page, the letters of its Arabic words from right to left as they stand on it."""
    on_page = page.get_textpage()
    text = on_page.get_text_range()
    if on_page.count_chars() != len(text):  # a letter beyond 16 bits, and no place would be that of its letter
        return text
    return ARABIC_WORD.sub(lambda word: _in_order(word, on_page), text)


def _in_order(word: re.Match[str], on_page: PdfTextPage) -> str:
    """Return the letters of a word by where they stand: PDFium turns some words around, and the two letters of a lam-alef."""
    from pypdfium2.raw import FPDFText_GetCharOrigin

    def place(index: int) -> tuple[float, bool]:
        FPDFText_GetCharOrigin(on_page, index, byref(x), byref(y))
        return -round(x.value, 1), word.string[index] != "ل"

    x, y = c_double(), c_double()
    return "".join(word.string[index] for index in sorted(range(*word.span()), key=place))


if __name__ == "__main__":
    with suppress(ImportError, ValueError):  # POSIX only; elsewhere the time is the limit
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MOST_BYTES_OF_MEMORY, MOST_BYTES_OF_MEMORY))
    json.dump(pages_of(sys.stdin.buffer.read()), sys.stdout)
