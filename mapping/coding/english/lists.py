"""People listed with their names: "Ali Hasan, a teacher, his brother Omar and two guards" are four."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal, NamedTuple

from mapping.coding.english.numbers import Amount
from mapping.coding.english.people import STOP, People, add_up
from mapping.coding.mentions import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = ["people_listed"]

_ONE = Amount(1, 1, 1)
_FARTHEST = 400
_MOST_WORDS = 7
_AND = r"(?:and|as\s+well\s+as|along\s+with|together\s+with|plus)\b"
_BREAK = re.compile(rf"\s*[,;]\s*(?P<comma_and>{_AND}\s*)?|\s+(?P<and>{_AND})\s*|\s*(?:--|—|–)\s*")
_AGE = re.compile(r"\s*(?:aged\s+)?\d{1,2}(?:\s+years\s+old)?\s*")
_STOP_WORD = re.compile(rf"\b(?:{STOP})\b")
_OF = re.compile(r"(?:of|for|to|with|by)\b")
_PLACE = re.compile(r"(?:in|at|from|near|on)\b")
_VERB = re.compile(r"\b(?:was|were|is|are|had|has|have|\w{3,}ed|shows?|left|fled|said|took|when|who|that)\b")
_DETERMINED = re.compile(r"\s*(?:(?P<described>an?|the)|another|his|her|their|its|this|that|these|those|one)\s")
_NO_NAME = re.compile(
    r"\s*(?:[a-z]+(?:ed|ing)|took|fled|stole|shot|set|blew|hit|is|no|it|he|she|they|we|who|all|some|others?|cattle)\b|.*\d"
    r"|.*\b(?:departments?|movement|party|union|university|front|army|committee|company|offices?|province|city|embassy"
    r"|church|school|region|country|government|group|convergence|international|houses?|damages?|vehicles?|cars|buses"
    r"|animals|civilians|people)\Z",
    re.DOTALL,
)
_SMALL_IN_NAMES = frozenset(
    ["de", "del", "la", "las", "los", "y", "al", "el", "bin", "ibn", "abu", "von", "van", "da", "dos", "di", "e"]
)


class _Member(NamedTuple):
    """One stretch of a list, between commas.

    A "counted" one has a number, or is "his wife"; "titled" is a noun with a name, "named" a name alone; a "title" is
    a noun alone, which says who was just named; after a name, so does a `described` one, "a teacher". `runs_on`: more follows than "of the brigade", so the list is over.
    """

    people: People
    kind: Literal["counted", "titled", "named", "title"]
    joined: bool
    determined: bool
    described: bool
    follows: Literal["", "of", "place"]
    runs_on: bool


def people_listed(
    text: str, plain: str, people: Sequence[People], start: int, end: int, *, whole: bool
) -> People | None:
    """Return the people of a list with names in it, as one; None where no such list stands there.

    Parameters
    ----------
    text, plain
        The sentence's letters, and the same in small letters; where all letters are capitals, a name is not told by its.
    people
        What the sentence counts or names by what they are, from `mapping.coding.english.people.find_people`.
    whole
        The list must reach up to `end`, as the subject of a verb does; otherwise it ends where it ends.

    Examples
    --------
    >>> from mapping.coding.english.people import find_people
    >>> text = "Ali Hasan, a teacher, his brother Omar and two guards"
    >>> people = find_people(text.lower(), 0, len(text))
    >>> people_listed(text, text.lower(), people, 0, len(text), whole=True).amount.best
    4
    """
    members: list[_Member] = []
    if whole and end - start > _FARTHEST:
        return None
    for member in _members(text, plain, people, start, min(end, start + _FARTHEST)):
        if member is None or (member.runs_on and whole) or (member.joined and not members):
            if whole or not members:
                return None
            break
        members.append(member)
        if member.runs_on:
            break
    last = max((number for number, member in enumerate(members) if member.joined), default=0)
    members = members[: last + 1]  # what follows the last "and" without another one belongs to the sentence
    if not any(member.kind in ("titled", "named") for member in members):
        return None
    return add_up([member.people for number, member in enumerate(members) if _counts(members, number)])


def _counts(members: Sequence[_Member], number: int) -> bool:
    """Say whether a member is someone more: not what the one before is, nor where."""
    member = members[number]
    before = members[number - 1] if number else None
    if member.kind == "title":
        after = members[number + 1] if number + 1 < len(members) else None
        return before is None and not (after and after.joined and after.kind in ("titled", "named"))
    if before is None:
        return True
    first = members[0]
    if first.people.counted and not members[1].joined and member.kind in ("titled", "named"):
        return False  # "two reporters, Ali Hasan and Omar Said"
    if before.follows == "place" or (before.follows == "of" and not member.joined):
        return member.kind in ("counted", "titled") and (member.joined or member.determined)
    return member.joined or not (member.described and before.kind in ("titled", "named"))


def _members(text: str, plain: str, people: Sequence[People], start: int, end: int) -> Iterator[_Member | None]:
    """Yield the members of a list, and None where it is none any more."""
    at = first = start + len(plain[start:end]) - len(plain[start:end].lstrip())
    joined = False
    while at < end:
        stop = _BREAK.search(plain, at, end)
        last = stop.start() if stop else end
        if last > at and (at == first or not _AGE.fullmatch(plain, at, last)):
            member = _member(text, plain, people, Span(at, last), joined)
            yield member
            if member is None:
                return
        joined = bool(stop and (stop["and"] or stop["comma_and"]))
        at = stop.end() if stop else end


def _member(text: str, plain: str, people: Sequence[People], span: Span, joined: bool) -> _Member | None:
    stop = _STOP_WORD.search(plain, *span)
    until = stop.start() if stop else span.end
    rest = plain[until : span.end]
    core = Span(span.start, span.start + len(plain[span.start : until].rstrip(" \n\t.")))
    follows: Literal["", "of", "place"] = "of" if _OF.match(rest) else "place" if _PLACE.match(rest) else ""
    if core.start == core.end:
        return None
    runs_on = (rest.strip() != "" and not follows) or len(rest.split()) > _MOST_WORDS or _VERB.search(rest) is not None
    article = _DETERMINED.match(plain, *core)
    said = (joined, article is not None, article is not None and article["described"] is not None, follows, runs_on)
    inside = [one for one in people if core.start <= one.span.start and one.span.end <= core.end]
    if inside:
        one = inside[-1]
        if plain[core.start : inside[0].span.start].strip():
            return None
        named = not one.counted and plain[one.span.end : core.end].strip() != ""
        if named:
            return _Member(one._replace(amount=_ONE, span=core), "titled", *said)
        title = not one.counted and not article and one.amount == _ONE
        return _Member(one, "title" if title else "counted", *said)
    if article or not _is_name(text, plain, core):
        return None
    return _Member(People(core, _ONE), "named", *said)


def _is_name(text: str, plain: str, span: Span) -> bool:
    """Say whether a few words may be a name: with capitals, where capitals tell."""
    words = text[span.start : span.end].split()
    if len(words) > _MOST_WORDS or _NO_NAME.match(plain, *span):
        return False
    return all(word[0].isupper() or word.lower() in _SMALL_IN_NAMES for word in words)
