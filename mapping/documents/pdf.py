"""The text of a PDF: lines as they stand, words that were parted at the end of a line whole again."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

from mapping.documents.document import WHAT_IS_READ, Document
from mapping.errors import UnreadableFile

__all__ = ["joined_lines", "read_pdf", "without_running_heads"]

_SECONDS = 10.0
"""A page takes a hundredth of one."""

_REFUSED = {
    "locked": "is locked with a password. Save it without one, or paste its text.",
    "damaged": f"is damaged, or no PDF. {WHAT_IS_READ}",
    "too much": "is too large or too intricate to be read. Paste its text.",
}
_PARTED = re.compile(r"([^\W\d_]+)(-|‐|\u00ad|\ufffe|\x02)\n([^\W\d_]+)")
_NUMBER_OF_PAGE = re.compile(r"\W*(?:page\s+)?\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?\W*", re.IGNORECASE)
_PAGES_TO_TELL = 3
"""Pages from which on a line that all of them begin or end with is taken for a running head."""


def read_pdf(data: bytes, *, name: str, seconds: float = _SECONDS) -> Document:
    """Read the text of a PDF, within so many seconds.

    Raises
    ------
    UnreadableFile
        It is damaged, locked, made of pictures, or takes longer than any report.

    Examples
    --------
    >>> read_pdf(b"%PDF-1.7 and no more", name="a.pdf")
    Traceback (most recent call last):
    mapping.errors.UnreadableFile: a.pdf is damaged, or no PDF. ...
    """
    pages = _pages(data, name, seconds)
    if not any(page.strip() for page in pages):
        raise UnreadableFile(
            f"{name} has {len(pages)} page{'s' * (len(pages) != 1)} and no text in them: a scan, it seems. Have its text "
            "recognised (OCR) first, or type it."
        )
    return Document(joined_lines(without_running_heads(pages)), "PDF")


def _pages(data: bytes, name: str, seconds: float) -> list[str]:
    script = Path(__file__).with_name("pdf_pages.py")
    try:
        done = subprocess.run(
            [sys.executable, "-P", "-X", "utf8", str(script)],
            input=data,
            capture_output=True,
            timeout=seconds,
            check=False,
        )
    except subprocess.TimeoutExpired:
        told: dict[str, Any] = {"refused": "too much"}
    else:
        told = json.loads(done.stdout) if done.stdout else {"refused": "too much"}
    if "refused" in told:
        raise UnreadableFile(f"{name} {_REFUSED[told['refused']]}")
    return told["pages"]


def without_running_heads(pages: list[str]) -> list[str]:
    """Take away the numbers of pages, and what most of three or more pages begin or end with.

    Examples
    --------
    >>> without_running_heads(["Daily report\\nOne.\\n1", "Daily report\\nTwo.\\n2", "Daily report\\nThree.\\n3"])
    ['One.', 'Two.', 'Three.']
    """
    lines = [[line.rstrip() for line in page.splitlines() if line.strip()] for page in pages]
    edges = Counter(edge for page in lines for edge in {*page[:1], *page[-1:]})
    running = {line for line, count in edges.items() if count >= _PAGES_TO_TELL and count * 2 > len(pages)}
    return ["\n".join(_between(page, running)) for page in lines]


def _between(page: list[str], running: set[str]) -> list[str]:
    """Return the lines of a page without those at its edges that belong to no text."""
    first, last = 0, len(page)
    while first < last and (page[first] in running or _NUMBER_OF_PAGE.fullmatch(page[first])):
        first += 1
    while last > first and (page[last - 1] in running or _NUMBER_OF_PAGE.fullmatch(page[last - 1])):
        last -= 1
    return page[first:last]


def joined_lines(pages: list[str]) -> str:
    """Return the pages as one text; a word that a hyphen parts at the end of a line is whole again.

    The hyphen stays where the text writes the word with one elsewhere, and after a name: "Iran-backed".

    Examples
    --------
    >>> joined_lines(["Two were in-\\njured by the Iran-\\nbacked group, and", "fled."])
    'Two were injured by the Iran-backed group, and\\nfled.'
    """
    text = "\n".join(pages)
    words = set(re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", text))

    def whole(parted: re.Match[str]) -> str:
        before, hyphen, after = parted.groups()
        is_written_so = f"{before}-{after}" in words or (before[0].isupper() and before + after not in words)
        return f"{before}-{after}" if hyphen in "-‐" and is_written_so else before + after

    return _PARTED.sub(whole, text)
