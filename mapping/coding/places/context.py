"""The words around a name: the prepositions and kinds before it, the kinds and people behind it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from mapping.coding.places.lexicon import Level, Lexicon
    from mapping.coding.places.tokens import Tokens

__all__ = ["Ahead", "Behind", "Role", "ahead_of", "behind"]

Role = Literal["where", "near", "origin", "struck"]

_FARTHEST = 9
_PARTED = re.compile(r"[.;:!?()\[\]]|--|\n\s*\n")
_QUOTED = ("” ", '" ', "» ")
_PREPOSITIONS = frozenset({"in", "at", "inside", "within", "throughout", "across", "through", "into", "via", "around",
                           "downtown", "nearby"})  # fmt: skip
_NO_ADJECTIVES = frozenset(
    {
        "of",
        "to",
        "by",
        "for",
        "with",
        "that",
        "who",
        "which",
        "and",
        "or",
        "was",
        "were",
        "is",
        "are",
        "has",
        "have",
        "had",
        "said",
    }
)
"""Words that end the way back over what describes a place: "in the exclusive residential La Mascota neighborhood"."""


@dataclass(frozen=True, slots=True)
class Ahead:
    """What stands before a name.

    Attributes
    ----------
    role
        "where", "near" or "origin", as the nearest preposition says, "struck" where the name is what a verb of
        violence hits; None where nothing says so.
    level, kind
        What the words say that it is ("town of"), and the word.
    first
        First word of that description; the name itself where there is none.
    definite
        Whether an article stands right before the name.
    stop
        The word at which the way back ended; empty at the beginning of a clause.
    """

    role: Role | None
    level: Level | None
    kind: str
    first: int
    definite: bool
    stop: str


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
    owned
        Whether what follows is named after the place ("police"), or named so ("street") and no place of that name.
    """

    level: Level | None
    kind: str
    last: int
    in_name: bool
    owned: bool


def ahead_of(text: str, held: Tokens, words: Lexicon, first: int, *, said: bool = False) -> Ahead:
    """Walk back from a name over "of", kinds, sides and articles to the preposition that governs it.

    Parameters
    ----------
    said
        Whether words behind the name say what it is.
    """
    if called := _called(held, words, first):
        return called
    found = Ahead(None, None, "", first, False, "")
    side = after_of = False
    for at in range(first - 1, max(-1, first - _FARTHEST), -1):
        gap = text[held.ends[at] : held.starts[at + 1]]
        word = held.words[at]
        if _PARTED.search(gap) or ("," in gap and at < first - 1):
            break
        if "," in gap:
            return replace(found, stop=",")
        if role := _role(held, words, at, first, after_of=after_of, side=side, said=said or bool(found.kind)):
            return replace(found, role=role, stop=word)
        if word == "of":
            after_of = True
        elif word in words.uses["article"]:
            found = replace(found, definite=found.definite or at == first - 1)
        elif after_of and word in words.uses["side"]:
            side = True
        elif after_of and word in words.kinds and _is_named(held, words, at):
            continue  # "the Karrada neighborhood of Baghdad"
        elif (after_of and word in words.kinds) or (at == first - 1 and word in words.uses["kind before"]):
            if not found.kind:
                found = replace(found, kind=word, level=words.kinds.get(word, "site"), first=at)
        elif (after_of and word in words.uses["part"]) or word in words.uses["where"]:
            continue
        elif not (said or found.kind) or word in _NO_ADJECTIVES or words.is_person(word):
            return replace(found, role="near" if side else None, stop=word)
    return replace(found, role="near" if side else None)


def _called(held: Tokens, words: Lexicon, first: int) -> Ahead | None:
    """Read "a farm called", "a neighborhood known as": the kind stands before the name's own verb."""
    for size in (1, 2):
        at = first - size - 1
        if at >= 0 and " ".join(held.words[at + 1 : first]) in words.uses["called"] and held.words[at] in words.kinds:
            kind = held.words[at]
            return Ahead("where", words.kinds[kind], kind, at, False, "")
    return None


def _is_named(held: Tokens, words: Lexicon, kind: int) -> bool:
    """Tell whether a word of kind has its own name before it."""
    before = held.words[kind - 1] if kind and held.joined[kind - 1] and held.namely[kind - 1] else ""
    return bool(before) and before not in words.peoples and before not in words.uses["where"]


def _role(held: Tokens, words: Lexicon, at: int, first: int, *, after_of: bool, side: bool, said: bool) -> Role | None:
    """Return the role that one word before a name gives it; None where it gives none."""
    word = held.words[at]
    if word in words.uses["near"]:
        return "near"
    if word in _PREPOSITIONS or (word == "on" and (side or said or after_of)):
        if _is_said(held, words, at):
            return "origin"
        return "near" if side else "where"
    if word in words.uses["origin"]:
        return "near" if side else "origin"
    if word == "to" and at > 0 and held.words[at - 1] in words.uses["road"]:
        return "near"
    if word == "on":
        return "struck" if at > 0 and held.words[at - 1] in words.uses["struck of"] else None
    if word in words.uses["struck of"] and after_of:
        return "struck"
    is_object = (at == first - 1 or after_of or said) and word in words.uses["struck"]
    return ("near" if side else "struck") if is_object else None


def _is_said(held: Tokens, words: Lexicon, at: int) -> bool:
    """Tell whether something is said there, not done: "told Reuters in Baghdad"."""
    said = words.uses["said"]
    return at > 0 and (held.words[at - 1] in said or (at > 1 and held.namely[at - 1] and held.words[at - 2] in said))


def behind(text: str, held: Tokens, words: Lexicon, last: int) -> Behind:
    """Look behind a name for a word that says what it is, or what is named after it."""
    for size in (3, 2, 1):
        end = last + size
        if end >= len(held.words) or not _beside(text, held, last, end):
            continue
        said = " ".join(held.words[last + 1 : end + 1])
        for kinds, in_name in ((words.named_kinds, True), (words.kinds, False)):
            if said in kinds:
                return Behind(kinds[said], said, end, in_name, False)
        if said in words.uses["people"] or said in words.uses["thing"]:
            return Behind(None, "", last, False, True)
    return Behind(None, "", last, False, False)


def _beside(text: str, held: Tokens, last: int, end: int) -> bool:
    """Tell whether words stand together, the first of them also behind a closing quote."""
    if not all(held.joined[last + 1 : end]):
        return False
    return held.joined[last] or text[held.ends[last] : held.starts[last + 1]].replace("\n", " ") in _QUOTED
