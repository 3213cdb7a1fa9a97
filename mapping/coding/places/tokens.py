"""The words of a report, and which of them may be part of a name: by capitals, or where all are capitals, by being no word."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mapping.coding.places.lexicon import common_words, lexicon
from mapping.toponym import fold

if TYPE_CHECKING:
    from mapping.coding.text import Report

__all__ = ["NAMED_HEADS", "Run", "Tokens", "runs", "tokens", "visible"]

_INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
"""Signs that web pages put into words, which nobody sees."""

_WORD = re.compile(rf"[^\W_]+(?:(?:['’‘ʿʾʼ`](?!s\b)|[{_INVISIBLE}]+)[^\W_]+)*", re.I)
_JOINED_ARTICLE = re.compile(r"[AEae](?:l|sh|[rstdzn])(?=[A-Z][a-z])")
_ARTICLE = re.compile(r"[aeuo]l")
_ASSIMILATED = re.compile(r"[aeuo](sh|sch|ch|th|dh|[rstdzn])")
_JOINS = frozenset({"de", "del", "la", "las", "los", "el", "al", "dos", "das", "da", "do", "du", "des", "le", "les", "ez", "az", "ad",
                    "ar", "as", "ash", "an", "at", "y", "e", "i", "d", "bin", "abu", "wa", "ul", "ur"})  # fmt: skip
"""Small words inside a name."""
NAMED_HEADS = frozenset({"university", "prison", "penitentiary", "hospital"})
"""Kinds whose names are made of common words: "National University"."""


@dataclass(frozen=True, slots=True)
class Tokens:
    """Words in order, as parallel lists.

    Attributes
    ----------
    starts, ends
        Offsets into the text.
    words
        In small letters.
    keys
        As the gazetteer folds them; empty for an article before a name, which folding drops.
    joined
        Whether nothing but a space, a hyphen or one line's end stands between the word and the next.
    namely
        Whether the word may be part of a name.
    """

    starts: list[int]
    ends: list[int]
    words: list[str]
    keys: list[str]
    joined: list[bool]
    namely: list[bool]

    def key(self, first: int, last: int) -> str:
        """Return the words from `first` to `last`, both with, as the gazetteer folds them."""
        return " ".join([key for key in self.keys[first:last] if key] + [self.keys[last] or self.words[last]])


@dataclass(frozen=True, slots=True)
class Run:
    """Words that together may be one name: from `first` to `last`, both with."""

    first: int
    last: int


def tokens(report: Report) -> Tokens:
    """Take a report apart into words."""
    text, plain = report.text, report.plain
    spans = [found.span() for found in _WORD.finditer(text)]
    starts, ends = [start for start, _ in spans], [end for _, end in spans]
    words = [visible(plain[start:end]) for start, end in spans]
    joined = [_joins(text[end:start]) for end, start in zip(ends, starts[1:], strict=False)] + [False]
    keys = _keys(text, words, starts, ends)
    for at, word in enumerate(words[:-1]):
        if joined[at] and len(word) <= 4 and _is_article(word, words[at + 1]):
            keys[at] = ""
    namely = _in_capitals(words, joined) if report.in_capitals else [text[start].isupper() for start in starts]
    return Tokens(starts, ends, words, keys, joined, namely)


def visible(written: str) -> str:
    """Return what a reader sees of some letters.

    Examples
    --------
    >>> visible("Ba\\u200bquba")
    'Baquba'
    """
    return written if written.isascii() else "".join(sign for sign in written if sign not in _INVISIBLE)


def _joins(gap: str) -> bool:
    return gap == " " or (gap.count("\n") < 2 and gap.strip() in ("", "-", "‑"))


def _keys(text: str, words: list[str], starts: list[int], ends: list[int]) -> list[str]:
    """Fold each word by itself; most are plain, and only lose their capitals."""
    return [
        word if word.isascii() and word.isalpha() and not _JOINED_ARTICLE.match(text, start) else fold(text[start:end])
        for word, start, end in zip(words, starts, ends, strict=True)
    ]


def _is_article(word: str, following: str) -> bool:
    if _ARTICLE.fullmatch(word):
        return True
    found = _ASSIMILATED.fullmatch(word)
    return found is not None and following.startswith(found[1])


def _in_capitals(words: list[str], joined: list[bool]) -> list[bool]:
    """Say of words in capitals which may be part of a name: what English has not, and "National" before "University"."""
    common, known = common_words(), lexicon("en")
    namely = [word not in common and len(word) > 1 and not word[0].isdigit() for word in words]
    for at, (word, after) in enumerate(zip(words, [*words[1:], ""], strict=False)):
        if f"{word} {after}" in known.uses["common words in a name"]:
            namely[at] = namely[at + 1] = True
        if word in NAMED_HEADS:
            before = at - 1
            while before >= 0 and joined[before] and (namely[before] or words[before] in known.uses["in a name"]):
                namely[before] = True
                before -= 1
    return namely


def runs(held: Tokens) -> list[Run]:
    """List the longest stretches of words that may be one name; small words ("de la") join two parts of one."""
    found, at, count = [], 0, len(held.words)
    while at < count:
        if not held.namely[at]:
            at += 1
            continue
        last = _end_of_run(held, at)
        found.append(Run(at, last))
        at = last + 1
    return found


def _end_of_run(held: Tokens, first: int) -> int:
    last = at = first
    while held.joined[at] and at - first < 12:
        at += 1
        if held.namely[at]:
            last = at
        elif held.words[at] not in _JOINS:
            break
    return last
