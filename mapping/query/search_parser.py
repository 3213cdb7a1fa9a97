"""Reads the language of the search.

::

    any   = all { "OR" all }
    all   = one { [ "AND" ] one }
    one   = ( "NOT" | "-" ) one | [ field ":" ] ( word | phrase | "(" any ")" )

A parser of our own: this is the whole grammar, and what is wrong is said with its place.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple, NoReturn

from mapping.errors import InvalidValue
from mapping.query.search_fields import FIELDS, SHORT, is_number
from mapping.query.search_folding import fold_words
from mapping.query.search_language import Not, Number, Unknown, Words, all_of, any_of
from mapping.values import shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mapping.query.search_language import Query

__all__ = ["parse_query"]

_MOST_WORDS = 100
_DEEPEST = 30

# Marks that turn the writing around stand unseen beside words; to us they are room, like a space.
_UNSEEN = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff"
_TOKEN = re.compile(
    rf"""[\s{_UNSEEN}]*(?:
      (?P<bracket>[()])
    | (?P<phrase>"[^"]*")
    | (?P<open>")
    | (?P<minus>-)(?=[\w"(])
    | (?P<field>[A-Za-z][A-Za-z0-9_]*):(?!//)
    | (?P<word>[^\s"(){_UNSEEN}]+)
    )""",
    re.VERBOSE,
)
_QUOTES = str.maketrans("“”„«»", '"""""')
_OPERATORS = ("AND", "OR", "NOT")
_NUMBER = re.compile(r"(>=|<=|>|<|=|)(\d{1,15}(?:\.\d{1,9})?)")


class _Token(NamedTuple):
    kind: str
    text: str
    at: int


def parse_query(text: str) -> Query:
    """Read a search.

    Words side by side must all be found. AND, OR and NOT are operators in capitals only; -word is NOT word; OR binds
    least. A field stands before a word, a phrase or brackets.

    Raises
    ------
    InvalidValue
        It cannot be read; the message says at which character, and what to do.

    Examples
    --------
    >>> parse_query("drone -base")
    AllOf(parts=(Words(words='drone', field=None), Not(part=Words(words='base', field=None))))
    >>> parse_query("drone AND")
    Traceback (most recent call last):
    mapping.errors.InvalidValue: "drone AND": something must follow AND (character 7). Write a word there, or...
    """
    return _Parser(text).whole()


class _Parser:
    """Reads one text from its beginning to its end."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens = list(self._tokens())
        if not self.tokens:
            raise InvalidValue(f"{shown(text)} holds no word to look for. Write letters or digits.")
        if sum(token.kind in ("word", "phrase") for token in self.tokens) > _MOST_WORDS:
            raise InvalidValue(f"{shown(text)} has more than {_MOST_WORDS} words. Look for fewer at once.")
        self.tokens.append(_Token("end", "", len(text)))
        self.next = 0

    def fail(self, wrong: str, at: int, advice: str) -> NoReturn:
        """Say what is wrong, where, and what to do."""
        raise InvalidValue(f"{shown(self.text)}: {wrong} (character {at + 1}). {advice}")

    def _tokens(self) -> Iterator[_Token]:
        text, is_named = self.text.translate(_QUOTES), False
        for found in _TOKEN.finditer(text):
            kind = str(found.lastgroup)
            said, at = found[kind], found.start(kind)
            if kind == "open":
                self.fail("this quotation mark is never closed", at, "Close it, or take it away.")
            if kind == "field":
                kind, said = self._field(said, at, followed=text[found.end() :][:1])
            elif kind in ("bracket", "minus") or (said in _OPERATORS and not is_named):
                kind = said
            if kind not in ("word", "phrase") or is_named or fold_words(said):
                yield _Token(kind, said, at)
            is_named = kind == "field"

    def _field(self, name: str, at: int, *, followed: str) -> tuple[str, str]:
        if name.lower() in FIELDS:
            return "field", name.lower()
        if not followed.strip(" \t\r\n)"):
            return "word", name  # as in "Update: two drones"
        advice = f'Write "{name}:…" in quotation marks to look for the words, or one of: {", ".join(_offered())}.'
        self.fail(f"there is no field {name}", at, advice)

    def whole(self) -> Query:
        """Read all of it."""
        query = self._any(None, 0)
        if (left := self._take()).kind != "end":
            self.fail("this bracket was never opened", left.at, "Take it away, or open it before.")
        return query

    def _take(self) -> _Token:
        self.next += 1
        return self.tokens[self.next - 1]

    def _ahead(self) -> str:
        return self.tokens[self.next].kind

    def _any(self, field: str | None, depth: int) -> Query:
        parts = [self._all(field, depth)]
        while self._ahead() == "OR":
            self._take()
            parts.append(self._all(field, depth))
        return any_of(*parts)

    def _all(self, field: str | None, depth: int) -> Query:
        parts = [self._one(field, depth)]
        while self._ahead() not in ("OR", ")", "end"):
            if self._ahead() == "AND":
                self._take()
            parts.append(self._one(field, depth))
        return all_of(*parts)

    def _one(self, field: str | None, depth: int) -> Query:
        token = self._take()
        if depth > _DEEPEST:
            self.fail(f"more than {_DEEPEST} brackets or NOTs stand in one another", token.at, "Use fewer.")
        match token.kind:
            case "NOT" | "-":
                return Not(self._one(field, depth + 1))
            case "(":
                return self._brackets(token, field, depth + 1)
            case "field":
                if self._ahead() not in ("word", "phrase", "("):
                    self._missing()
                return self._one(token.text, depth)
            case "word" | "phrase":
                return self._words(token, field)
        self.next -= 1
        self._missing()

    def _brackets(self, opened: _Token, field: str | None, depth: int) -> Query:
        query = self._any(field, depth)
        if self._take().kind != ")":
            self.fail("this bracket is never closed", opened.at, "Close it, or take it away.")
        return query

    def _words(self, token: _Token, field: str | None) -> Query:
        words = fold_words(token.text)
        if field and token.kind == "word" and words == "unknown":
            return Unknown(field)
        if field and is_number(field):
            return self._number(token, field)
        if not words:
            self.fail(f"{token.text} holds no word to look for", token.at, "Write letters or digits.")
        return Words(words, field)

    def _number(self, token: _Token, field: str) -> Query:
        found = _NUMBER.fullmatch(token.text.strip('"'))
        if not found:
            advice = f"Write {field}:5, {field}:>5, {field}:<=5 or {field}:unknown."
            self.fail(f"{shown(token.text)} is no number", token.at, advice)
        return Number(field, found[1] or "=", float(found[2]))

    def _missing(self) -> NoReturn:
        """Say that something must stand before what is ahead, or after what was before it."""
        token, before = self.tokens[self.next], self.tokens[self.next - 1] if self.next else None
        if before is None or (before.kind == "(" and token.kind != ")"):
            if token.kind == "end":
                self.fail("something must follow (", before.at if before else 0, "Write words there, and close it.")
            if token.kind == ")":
                self.fail("this bracket was never opened", token.at, "Take it away, or open it before.")
            self.fail(f"something must stand before {token.text}", token.at, _advice(token))
        if before.kind == "(":
            self.fail("nothing stands between these brackets", before.at, "Write words there, or take them away.")
        said = f"{before.text}:" if before.kind == "field" else before.text
        self.fail(f"something must follow {said}", before.at, _advice(before))


def _advice(token: _Token) -> str:
    if token.kind == "field":
        return f"Write {token.text}:{'5' if is_number(token.text) else 'word'} without a space between."
    if token.kind in _OPERATORS:
        return f"Write a word there, or “{token.text.lower()}” in small letters where you look for the word itself."
    return "Write a word there, or take it away."


def _offered() -> list[str]:
    own = ("actor1", "actor2", "place", "target", "weapon", "summary", "outcome", "injured", "dataset")
    return sorted((*SHORT, *own))
