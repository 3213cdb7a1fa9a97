"""People as a sentence counts them: "six priests and two women", "the mayor", "at least three, including a child"."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from mapping.coding.english.numbers import AMOUNT, NUMBER, Amount, amount_of
from mapping.coding.mentions import Span
from mapping.coding.tables import shipped_rows

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["STOP", "People", "add_up", "clause_start", "find_people", "people_after", "people_before"]

_ONE, _MANY = Amount(1, 1, 1), Amount(None, None, None)
_WORD = re.compile(r"[^\W_][\w'’-]*")
_LONGEST_PHRASE = 8
"""Words of one phrase before its noun: "the two young sons of" has four."""

STOP = (
    r"of|in|at|on|by|during|near|from|with|without|within|when|who|whom|whose|which|that|where|after|before|while|as|for"
    r"|to|and|or|nor|but|is|are|was|were|be|been|being|has|have|had|including|between|because|against|into|through"
    r"|inside|outside|under|over|aboard|along|among|amid|due|since|until|together|seriously|slightly"
    r"|badly|critically|today|yesterday|tonight|then|also|later|not|if|so|will|would|could|may|might|can|than|said|reported|about|least"
    r"|killed|wounded|injured|murdered|assassinated|killing|wounding|injuring|dead|left|leaving|kidnapped|attacked"
)
"""Words that end a phrase."""
_STOP_WORD = re.compile(STOP)
_ARTICLE = frozenset({"a", "an", "another"})
_DEFINITE = frozenset(
    {"the", "his", "her", "their", "its", "these", "those", "this", "our", "your", "my", "all", "both"}
)
_ARTICLES = re.compile(r"\s*(?:(?:the|his|her|their|its|all|these|those|only|just|also)\s+)*")
_PREPOSITION = re.compile(
    r"\b(?:in|at|by|near|with|between|on|for|during|against|from|to|among|into|after|than|like|under"
    r"|(?<!group )(?<!total )(?<!number )(?<!toll )(?<!patrol )(?<!crew )of)\s+(?:the\s+)?\Z"
)
_BETWEEN = re.compile(
    r"\s*(?:,|(?:\s+of(?:\s+[^\s;.,]+){1,6})?,(?=\s+(?:an?|another|his|her|their|one|two)\b)"
    r"|(?:\s+(?:of|from|in|at)(?:\s+[^\s;.]+){1,6}?)?\s*,?\s*\b(?:and|as\s+well\s+as|plus|along\s+with|together\s+with))\s*"
    r"(?:also\s+)?(?:(?:the|his|her|their|its)\s+)?"
)
_VERB = re.compile(r"\b(?:was|were|is|are|had|has|have|\w{3,}ed|left|fled|said|took|when|who|that)\b")
_CLAUSE = re.compile(
    r"[.;:]|--|\b(?:that|when|where|while|after|before|because|but|if|although|since|until|which"
    r"|(?:said|says|reported|announced|added|stated|confirmed)(?!\s*,))\b"
)
_SPEAKS = re.compile(r"\s+(?:also\s+)?(?:said|say|says|told|reported|added|confirmed|announced)\b")
_INCLUDING = re.compile(
    rf",?\s+(?:including|among\s+them|mostly|(?:most|all|some|many|{NUMBER})\s+of\s+(?:them|whom))\b"
)
_AGE = re.compile(r",\s*\d{1,2}\s*(?=[,;.])")
_MEASURE = re.compile(
    r"\s+(?:\w+\s+)?(?:hours?|minutes?|days?|weeks?|months?|years?|times?|meters?|kilometers?|km|miles?|percent|shots?|bullets?"
    r"|rounds?|rifles?|vehicles?|cars?|bus(?:es)?|trucks?|houses?|homes?|buildings?|dollars?|pesos|bombs?|grenades?|weapons?"
    r"|helicopters?|aircraft|planes?|tanks?|cattle|cows|dogs?|horses?|towers?|attacks?|clash(?:es)?|explosions?|places?|cases?"
    r"|occasions?|fronts?|ambush(?:es)?|a\.?m|p\.?m|blocks?|provinces?|cities|towns?|stores?|banks?|offices?|explosives?)\b"
)


class People(NamedTuple):
    """People of a sentence: their letters, how many, what they are called.

    `attackers` are called what the attacking side is called; of `counted` people a number is given.
    """

    span: Span
    amount: Amount
    noun: str | None = None
    attackers: bool = False
    counted: bool = False


@cache
def _nouns() -> dict[str, tuple[bool, bool]]:
    """Return the nouns for people: whether they mean many, and whether they mean attackers."""
    return {
        row["word"]: (row["number"] == "many", row["kind"] == "attacker")
        for row in shipped_rows("people.csv")
        if row["language"] == "en"
    }


def find_people(plain: str, start: int, end: int) -> list[People]:
    """Find the people that a sentence in small letters counts or names by what they are, in order.

    Examples
    --------
    >>> [(people.noun, people.amount.best) for people in find_people("at least three soldiers and a judge", 0, 35)]
    [('soldiers', 3), ('judge', 1)]
    """
    amounts = list(AMOUNT.finditer(plain, start, end))
    words = list(_WORD.finditer(plain, start, end))
    found: list[People] = []
    taken: set[int] = set()
    for number, word in enumerate(words):
        noun = _nouns().get(word.group())
        follows = words[number + 1].group() if number + 1 < len(words) else ""
        if noun is None or (follows in _nouns() and plain[word.end() : words[number + 1].start()].isspace()):
            continue
        first = _phrase_start(plain, words, number)
        amount = next((one for one in amounts if words[first].start() < one.end() <= word.start()), None)
        if amount:
            taken.add(amount.start())
            found.append(People(Span(amount.start(), word.end()), amount_of(amount), word.group(), noun[1], True))
        else:
            single = not noun[0] or words[first].group() in _ARTICLE
            span = Span(words[first].start(), word.end())
            found.append(People(span, _ONE if single else _MANY, word.group(), noun[1]))
    found.extend(
        People(Span(*amount.span()), amount_of(amount), counted=True)
        for amount in amounts
        if amount.start() not in taken and _may_be_people(plain, amount)
    )
    return sorted(found, key=lambda people: people.span)


def _may_be_people(plain: str, amount: re.Match[str]) -> bool:
    """Say whether a number without a noun may count people: not hours, houses, nor somebody's age."""
    return not _MEASURE.match(plain, amount.end()) and not _AGE.match(plain, max(0, amount.start() - 2))


def _phrase_start(plain: str, words: Sequence[re.Match[str]], number: int) -> int:
    """Return the number of the word that the phrase before a noun begins with."""
    first = number
    while first > 0 and number - first < _LONGEST_PHRASE:
        before = words[first - 1]
        gap = plain[before.end() : words[first].start()]
        if not gap.isspace() or _STOP_WORD.fullmatch(before.group()):
            break
        first -= 1
        if before.group() in _ARTICLE or before.group() in _DEFINITE:
            break
    return first


def people_before(
    plain: str, people: Sequence[People], start: int, end: int, *, relative: bool = False
) -> People | None:
    """Return the people whom a verb at `end` is about, as one; None where the clause counts nobody.

    Before a relative pronoun the nearest people are meant, wherever they stand: "for the murder of two men who were".

    Examples
    --------
    >>> words = "a bomb exploded and three people, including a child, were killed"
    >>> people_before(words, find_people(words, 0, len(words)), 0, words.index(" were")).amount.best
    3
    """
    start = clause_start(plain, start, end)
    including = _INCLUDING.search(plain, start, end)
    inside = [one for one in people if one.span.start >= start and one.span.end <= end]
    if relative and inside and end - inside[-1].span.end < 60:
        return inside[-1]
    subjects = [
        one
        for one in inside
        if not (including and one.span.start >= including.start())
        and not _PREPOSITION.search(plain, max(start, one.span.start - 15), one.span.start)
    ]
    if any(one.counted for one in subjects):
        subjects = [one for one in subjects if not _is_apposition(plain, one)]
    chain: list[People] = []
    for one in reversed(subjects or inside[:1]):
        if chain and not _joined(plain, one.span.end, chain[0].span.start):
            break
        chain.insert(0, one)
    return add_up(chain)


def _is_apposition(plain: str, one: People) -> bool:
    """Say whether a bare plural after a comma tells who was counted before: "two men, members of the police"."""
    return (
        one.amount == _MANY
        and not one.counted
        and plain[max(0, one.span.start - 3) : one.span.start].rstrip().endswith(",")
    )


def clause_start(plain: str, start: int, end: int) -> int:
    """Return where the clause begins that ends at `end`: after "that", "when", a full stop.

    Examples
    --------
    >>> clause_start("police said that two guards", 0, 27)
    16
    """
    for clause in _CLAUSE.finditer(plain, start, end):
        start = clause.end()
    return start


def people_after(plain: str, people: Sequence[People], start: int, end: int) -> People | None:
    """Return the people that a list beginning at `start` counts, as one; None where nobody stands there.

    Examples
    --------
    >>> words = "killing six priests, two women and a guard in the house"
    >>> people_after(words, find_people(words, 0, len(words)), 7, len(words)).amount
    Amount(low=9, best=9, high=9)
    """
    chain: list[People] = []
    at = start
    for one in people[bisect_left(people, (Span(start, start),)) :]:
        joined = _joined(plain, at, one.span.start) if chain else _ARTICLES.fullmatch(plain, at, one.span.start)
        if not joined or one.span.end > end or (chain and _INCLUDING.match(plain, at)):
            break
        chain.append(one)
        at = one.span.end
    while len(chain) > 1 and not chain[-1].counted and plain[chain[-2].span.end : chain[-1].span.start].strip() == ",":
        chain.pop()  # without an "and" the list is over: "killing nine guards, a spokesman said"
    if chain and _SPEAKS.match(plain, chain[-1].span.end):
        while len(chain) > 1 and not chain[-1].counted:
            chain.pop()  # "wounding ten, police and medics said"
    return add_up(chain)


def _joined(plain: str, start: int, end: int) -> bool:
    """Say whether only "and", a comma or "of the brigade, and" stands between two mentions."""
    return (
        end - start < 100 and _BETWEEN.fullmatch(plain, start, end) is not None and not _VERB.search(plain, start, end)
    )


def add_up(chain: Sequence[People]) -> People | None:
    """Add up a list: what one of its members leaves open, the sum does too; None for nobody.

    After "more than 200 soldiers and guerrillas" the number is of both.

    Examples
    --------
    >>> add_up(find_people("two soldiers and a judge", 0, 24)).amount.best
    3
    """
    members = [
        one
        for number, one in enumerate(chain)
        if not (number and chain[number - 1].counted and not one.counted and one.amount == _MANY)
    ]
    if not members:
        return None
    low, best, high = (
        None if any(value is None for value in values) else sum(value for value in values if value is not None)
        for values in zip(*(one.amount for one in members), strict=True)
    )
    return People(
        Span(chain[0].span.start, chain[-1].span.end),
        Amount(low, best, high),
        next((one.noun for one in members if one.noun), None),
        any(one.attackers for one in members) and all(one.attackers or not one.noun for one in members),
        any(one.counted for one in members),
    )
