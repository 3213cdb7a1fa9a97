"""The words around a name: the prepositions and kinds before it, the kinds and people behind it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from mapping.coding.places.lexicon import Level, Lexicon
    from mapping.coding.places.tokens import Tokens

__all__ = ["Behind", "Lead", "behind", "lead"]

_FARTHEST = 8
_PARTED = re.compile(r"[.;:!?()\[\]\n]\s*\n|[.;:!?()\[\]]")


class Lead(NamedTuple):
    """What stands before a name.

    Attributes
    ----------
    role
        "where", "near" or "origin", as the nearest preposition says; None where there is none of a place.
    level, kind
        What the words say that it is ("town of"), and the word.
    first
        First word that belongs to the name's description.
    definite
        Whether "the" stands right before the name.
    word
        The word at which the search stopped; empty at the beginning of a sentence.
    """

    role: Literal["where", "near", "origin", "struck"] | None
    level: Level | None
    kind: str
    first: int
    definite: bool
    word: str


class Behind(NamedTuple):
    """What stands behind a name.

    Attributes
    ----------
    level, kind
        What the words say that it is ("department"), and the word.
    last
        Last word of the description.
    in_name
        Whether the kind is part of the name ("airport").
    people
        Whether what follows is named after the place: "police".
    """

    level: Level | None
    kind: str
    last: int
    in_name: bool
    people: bool


def lead(text: str, held: Tokens, words: Lexicon, first: int) -> Lead:
    """Walk back from a name over "of", kinds, sides and articles to the preposition that governs it."""
    level: Level | None = None
    kind, begins, definite, side, after_of = "", first, False, False, False
    at = first
    while at > 0 and first - at < _FARTHEST:
        if _PARTED.search(text, held.ends[at - 1], held.starts[at]):
            return Lead("near" if side else None, level, kind, begins, definite, "")
        if "," in text[held.ends[at - 1] : held.starts[at]] and at < first:
            break
        at -= 1
        word = held.words[at]
        if word == "of":
            after_of = True
        elif word in words.uses["article"]:
            definite = definite or at == first - 1
        elif after_of and word in words.uses["side"]:
            side = True
        elif (after_of or at == first - 1) and (word in words.kinds or word in words.uses["part"]):
            if not kind and word in words.kinds:
                kind, level, begins = word, words.kinds[word], at
        elif at == first - 1 and word in words.uses["kind before"]:
            kind, level, begins = word, words.kinds.get(word, "site"), at
        elif word in words.uses["near"]:
            return Lead("near", level, kind, begins, definite, word)
        elif word in words.uses["where"]:
            if word in _PREPOSITIONS:
                return Lead("near" if side else "where", level, kind, begins, definite, word)
        elif word in words.uses["origin"]:
            return Lead("origin", level, kind, begins, definite, word)
        elif word == "on" and (side or kind or after_of):
            return Lead("near" if side else "where", level, kind, begins, definite, word)
        elif word == "on" and at and held.words[at - 1] in words.uses["struck of"]:
            return Lead("struck", level, kind, begins, definite, word)
        elif after_of and word in words.uses["struck of"]:
            return Lead("struck", level, kind, begins, definite, word)
        elif at == first - 1 and word in words.uses["struck"]:
            return Lead("struck", level, kind, begins, definite, word)
        else:
            break
    else:
        return Lead("near" if side else None, level, kind, begins, definite, "")
    return Lead("near" if side else None, level, kind, begins, definite, held.words[at] if at < first else ",")


_PREPOSITIONS = frozenset({"in", "at", "inside", "within", "throughout", "across", "through", "into", "via", "around",
                           "downtown", "central", "rural", "nearby", "neighboring"})  # fmt: skip


def behind(held: Tokens, words: Lexicon, last: int) -> Behind:
    """Look behind a name for a word that says what it is, or who is named after it."""
    for size in (3, 2, 1):
        end = last + size
        if end >= len(held.words) or not all(held.joined[last:end]):
            continue
        said = " ".join(held.words[last + 1 : end + 1])
        for kinds, in_name in ((words.named_kinds, True), (words.kinds, False)):
            if said in kinds:
                return Behind(kinds[said], said, end, in_name, False)
        if said in words.uses["people"]:
            return Behind(None, said, last, False, True)
    return Behind(None, "", last, False, False)
