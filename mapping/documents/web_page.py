"""The article of a web page: its letters, without menus, scripts and styles, and the day that it was published."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date
from typing import Any

from mapping.documents.document import WHAT_IS_READ, Document
from mapping.errors import UnreadableFile
from mapping.files import decode

__all__ = ["is_web_page", "read_web_page"]

_PAGE = re.compile(rb"\s*(?:<\?xml[^>]{0,200}>\s*)?<(?:!doctype\s+html|html|head|body|article)\b", re.IGNORECASE)
_WHOLE = re.compile(r"<(?:html|body)\b", re.IGNORECASE)
_COMMENT = re.compile(rb"\s*<!--.{0,2000}?-->", re.DOTALL)
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
# What browsers read by these names: https://encoding.spec.whatwg.org/#names-and-labels
_AS_BROWSERS_DO = {
    "iso-8859-1": "cp1252",
    "latin-1": "cp1252",
    "latin1": "cp1252",
    "ascii": "cp1252",
    "us-ascii": "cp1252",
}

_MOST_TAGS = 40_000
"""Ten times as many as a long page of news has; what is done for each takes four seconds for these."""

_LONG_TAG = 500
_ONE_TAG = re.compile(r"<[a-z](?:[^>=]++|=\s*+(?:\"[^\"]*+\"|'[^']*+')?+)*+", re.IGNORECASE)
_VALUE = re.compile(r"=\s*(?:\"[^\"]*\"|'[^']*')")
_MOST_PAIRS = 100_000_000
"""Each attribute of a tag is held against all others of it, which takes two seconds for these."""


def is_web_page(data: bytes) -> bool:
    """Tell a web page by how it begins.

    Examples
    --------
    >>> is_web_page(b"<!-- made by hand --><!DOCTYPE html><p>Hit"), is_web_page(b"<Hit> is a city.")
    (True, False)
    """
    head = data[:4096].removeprefix(b"\xef\xbb\xbf")
    while comment := _COMMENT.match(head):
        head = head[comment.end() :]
    return bool(_PAGE.match(head))


def read_web_page(data: bytes, *, name: str) -> Document:
    """Read the article of a web page; the whole of its text, where no article can be told from the rest.

    Raises
    ------
    UnreadableFile
        It is no text, or has more parts than any article.

    Examples
    --------
    >>> page = b"<html><head><title>Hit</title></head><body><p>Two drones attacked.</p><script>x()</script></body></html>"
    >>> read_web_page(page, name="a.html").text
    'Two drones attacked.'
    """
    html = _letters(data, name)
    if html.count("<") > _MOST_TAGS:
        raise UnreadableFile(f"{name} has more than {_MOST_TAGS:,} tags, which no article has. Paste its text instead.")
    if _pairs_of_attributes(html) > _MOST_PAIRS:
        raise UnreadableFile(f"{name} has a tag with more parts than any article's. Paste its text instead.")
    from trafilatura import bare_extraction, html2txt

    html = html if _WHOLE.search(html[:4096]) else f"<html><body>{html}</body></html>"
    found: Any = bare_extraction(
        html,
        include_comments=False,
        with_metadata=True,
        date_extraction_params={"extensive_search": False, "original_date": True},  # what it states, and no guess
    )
    text, title, day = (found.text, found.title, found.date) if found else (None, None, None)
    text = text or html2txt(html)
    if not text.strip():
        raise UnreadableFile(f"{name} is a web page without text. {WHAT_IS_READ}")
    return Document(text, "web page", title=title, written=date.fromisoformat(day) if day else None)


def _pairs_of_attributes(html: str) -> int:
    """Tell about how much work the attributes of long tags are; what is quoted may be an image, and counts as one.

    Examples
    --------
    >>> _pairs_of_attributes("<p " + "a " * 300 + ">"), _pairs_of_attributes('<img src="' + "a " * 300 + '">')
    (90601, 4)
    """
    tags = (tag for tag in _ONE_TAG.findall(html) if len(tag) > _LONG_TAG)
    return sum(len(_VALUE.sub(" ", tag).replace("/", " ").split()) ** 2 for tag in tags)


def _letters(data: bytes, name: str) -> str:
    """Return the letters of a page: in the encoding that it states, where that is true, else as of any text."""
    if stated := _CHARSET.search(data[:4096]):
        encoding = stated[1].decode().lower()
        with suppress(LookupError, UnicodeError):  # some encodings of Python's refuse whatever it is
            return data.decode(_AS_BROWSERS_DO.get(encoding, encoding)).removeprefix("\ufeff")
    return decode(data, name=name, instead=WHAT_IS_READ).data.decode()
