"""From bytes to UTF-8: by byte order mark, by what is valid, and last by what the letters look like."""

from __future__ import annotations

import codecs
import re
from itertools import islice
from typing import NamedTuple

import numpy as np
import pyarrow as pa

from mapping.errors import UnreadableFile

__all__ = ["Decoded", "begins_as_utf8", "decode", "is_utf8", "replaced"]


class Decoded(NamedTuple):
    """A text file in UTF-8 without byte order mark.

    Attributes
    ----------
    data
        The bytes.
    note
        What was recognised, where that is worth saying.
    damaged
        Bytes that mean nothing were replaced by U+FFFD.
    """

    data: bytes
    note: str = ""
    damaged: bool = False


# UTF-32 first: its mark begins with that of UTF-16.
_MARKS = {
    codecs.BOM_UTF8: "utf-8", codecs.BOM_UTF32_LE: "utf-32", codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16",
}  # fmt: skip
_NAMES = {
    "cp1256": "Windows-1256 (Arabic)", "cp1254": "Windows-1254 (Turkish)", "cp1252": "Windows-1252 (Western European)",
    "latin-1": "Latin-1 (Western European)", "utf-16-le": "UTF-16", "utf-16-be": "UTF-16",
}  # fmt: skip
# The six letters in which Windows-1254 differs from Windows-1252: ğ İ ş for what only Icelandic needs.
_TURKISH = re.compile(rb"[\xd0\xdd\xde\xf0\xfd\xfe]")
_HIGH = re.compile(rb"[\x80-\xff]+")
_BEYOND_ASCII = re.compile(r"[^\0-\x7f]")
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_MOST_RUNS = 100_000
_MOST_CONTROL = 0.25
"""Share of control characters from which on bytes are no text; of bytes that are no UTF-8, a tenth of it."""


def decode(data: bytes, *, name: str, instead: str) -> Decoded:
    """Return a text file's bytes as UTF-8.

    The rule: a byte order mark says it; else NUL bytes on one side of the letters say UTF-16; else what
    is valid UTF-8 is UTF-8, and what is nearly so is damaged UTF-8; else it is of one byte a letter:
    Windows-1256 where most bytes beyond ASCII stand three and more together, as the letters of Arabic words
    do, Windows-1254 where letters of Turkish stand alone, else Windows-1252, and Latin-1 where that has holes.

    Parameters
    ----------
    data
        The bytes.
    name
        The file's, for what is said of it.
    instead
        What to give instead, where it is no text: a sentence.

    Raises
    ------
    UnreadableFile
        It is no text.

    Examples
    --------
    >>> decode("الأنبار".encode("cp1256"), name="a.csv", instead="Give a CSV file.").data.decode()
    'الأنبار'
    """
    for mark, encoding in _MARKS.items():
        if data.startswith(mark):
            return Decoded(data[3:]) if encoding == "utf-8" and is_utf8(data) else _decoded(data, encoding, name)
    if wide := _utf_16(data):
        return _decoded(data, wide, name)
    is_valid = is_utf8(data)
    if _is_no_text(data, is_valid):
        raise UnreadableFile(f"{name} is not text: it holds bytes that no text has. {instead}")
    if is_valid:
        return Decoded(data)
    if _is_nearly_utf8(data):
        return _decoded(data, "utf-8", name)
    return _decoded(data, _one_byte(data), name)


def begins_as_utf8(head: bytes, *, is_valid: bool) -> bool:
    """Tell whether `decode` would take a file that begins so for UTF-8, broken here and there where it is not valid.

    Examples
    --------
    >>> begins_as_utf8("الأنبار".encode(), is_valid=True), begins_as_utf8("الأنبار".encode("cp1256"), is_valid=False)
    (True, False)
    """
    if head.startswith(codecs.BOM_UTF8):
        return True
    if any(head.startswith(mark) for mark in _MARKS) or _utf_16(head) or _is_no_text(head, is_valid):
        return False
    return is_valid or _is_nearly_utf8(head)


def replaced(data: bytes) -> bytes:
    """Return bytes as valid UTF-8, what means nothing in it replaced by U+FFFD.

    Examples
    --------
    >>> replaced(b"H\\xeet").decode()
    'H\ufffdt'
    """
    return data.decode(errors="replace").encode()


def _is_no_text(data: bytes, is_valid: bool) -> bool:
    head = data[:8192]
    return len(_CONTROL.findall(head)) > len(head) * (_MOST_CONTROL if is_valid else _MOST_CONTROL / 10)


def is_utf8(data: bytes) -> bool:
    """Tell whether bytes are valid UTF-8, without making a text of them: 240 MB take 25 ms.

    Examples
    --------
    >>> is_utf8("Hît".encode()), is_utf8("Hît".encode("cp1252"))
    (True, False)
    """
    offsets = pa.py_buffer(np.array([0, len(data)], dtype=np.int64))
    try:
        pa.Array.from_buffers(pa.large_string(), 1, [None, offsets, pa.py_buffer(data)]).validate(full=True)
    except pa.ArrowInvalid:
        return False
    return True


def _decoded(data: bytes, encoding: str, name: str) -> Decoded:
    try:
        text, damaged = data.decode(encoding), False
    except UnicodeDecodeError:
        text, damaged = data.decode(encoding, errors="replace"), True
    note = (
        f"{name} is not UTF-8: read as {_NAMES[encoding]}. If names look wrong, save it as UTF-8."
        if encoding in _NAMES
        else ""
    )
    return Decoded(text.lstrip("\ufeff").encode(), note, damaged)


def _utf_16(data: bytes) -> str | None:
    """Tell UTF-16 without a mark: separators, digits and line ends have NUL for their other half."""
    head = data[:8192]
    even, odd = head[::2].count(0), head[1::2].count(0)
    if max(even, odd) < len(head) / 20 or min(even, odd) * 10 > max(even, odd):
        return None
    encoding = "utf-16-le" if odd > even else "utf-16-be"
    return encoding if re.search(r"[\r\n]", head.decode(encoding, errors="ignore")) else None


def _is_nearly_utf8(data: bytes) -> bool:
    """Tell UTF-8 with a few broken bytes: in no other encoding do so many pairs make letters by chance."""
    head = data[:4_000_000]
    broken = head.decode("utf-8", errors="replace").count("\ufffd")
    return len(_BEYOND_ASCII.findall(head.decode("utf-8", errors="ignore"))) > 10 * broken


def _one_byte(data: bytes) -> str:
    runs = [len(found[0]) for found in islice(_HIGH.finditer(data), _MOST_RUNS)]
    if sum(length for length in runs if length > 2) * 2 >= sum(runs):
        return "cp1256"
    if _TURKISH.search(data):
        return "cp1254"
    try:
        data.decode("cp1252")
    except UnicodeDecodeError:
        return "latin-1"
    return "cp1252"
