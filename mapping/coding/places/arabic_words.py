"""The words of `place_words.csv` and `demonyms.csv` in folded Arabic letters, and words without what is written on to them."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from mapping.coding.arabic.letters import folded, letters_of
from mapping.coding.places.lexicon import demonyms, lexicon

if TYPE_CHECKING:
    from mapping.coding.places.lexicon import Level
    from mapping.coding.text import Report

__all__ = ["Form", "forms_of", "key_of", "kinds", "peoples_in_arabic", "uses"]

_WORD = re.compile(r"\w+")
_ARTICLE = re.compile(r"(?:ال)+(?=\w{2})")


class Form(NamedTuple):
    """A word without what is written together with it: how many letters that is, and whether it is "and" or "in"."""

    cut: int
    text: str
    conjunction: bool = False
    preposition: str = ""


def peoples_in_arabic(report: Report) -> list[tuple[int, str]]:
    """Return offset and country of every people that an Arabic text names.

    Examples
    --------
    >>> from mapping.coding.reading import read
    >>> peoples_in_arabic(read("غارات إسرائيلية على الحدود", language="ar"))
    [(6, 'IL')]
    """
    letters, countries, before = letters_of(report.text), _peoples(), ""
    found: list[tuple[int, str]] = []
    for match in _WORD.finditer(letters.text):
        word = _ARTICLE.sub("", match[0])
        if word in countries and before not in uses()["abroad"]:
            found.append((letters.span(match.start(), match.end()).start, countries[word]))
        before = word
    return found


@lru_cache(maxsize=1)
def _peoples() -> dict[str, str]:
    held = {folded(word): country for word, country in demonyms("ar").items()}
    return held | {f"{word}{many}": country for word, country in held.items() for many in ("ين", "ون", "ا")}


@lru_cache(maxsize=1)
def kinds() -> tuple[dict[str, Level], dict[str, Level]]:
    """Return the words that say what a name is, with the level: those beside it, and those that are part of it.

    Examples
    --------
    >>> kinds()[0]["محافظه"], kinds()[1]["مطار"]
    ('province', 'site')
    """
    words = lexicon("ar")
    plain = {folded(word): level for word, level in words.kinds.items()}
    return plain, {folded(word): level for word, level in words.named_kinds.items()}


@lru_cache(maxsize=1)
def uses() -> dict[str, frozenset[str]]:
    """Return the other words by use, as `mapping.coding.places.lexicon.Lexicon` has them.

    Examples
    --------
    >>> "قرب" in uses()["near"]
    True
    """
    return {use: frozenset(map(folded, words)) for use, words in lexicon("ar").uses.items()}


def forms_of(word: str) -> list[Form]:
    """Return a word as it stands, then without "and", then without "in" or "for".

    Examples
    --------
    >>> [form.text for form in forms_of("وبالموصل")]
    ['وبالموصل', 'بالموصل', 'الموصل']
    """
    forms = [Form(0, word)]
    joined = word[:1] in ("و", "ف") and len(word) > 2
    if joined:
        forms.append(Form(1, word[1:], conjunction=True))
    starts = (0, 1) if joined else (0,)
    return forms + [
        Form(start + 1, word[start + 1 :], start > 0, word[start])
        for start in starts
        if word[start : start + 1] in ("ب", "ل", "ك") and len(word) - start > 3
    ]


def key_of(words: list[str]) -> str:
    """Return words as the gazetteer folds them.

    Examples
    --------
    >>> key_of(["خان", "بني", "سعد"]), key_of(["الموصل"])
    ('خان بني سعد', 'موصل')
    """
    return " ".join(_ARTICLE.sub("", word.replace("ء", ""), 1) for word in words)
