"""States as parties to violence: by the means that are theirs ("Israeli air strikes"), and as who acts ("Russia fired")."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mapping.coding.mentions import Actor, Span
from mapping.coding.places.known import known
from mapping.coding.places.lexicon import demonyms
from mapping.toponym import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mapping.coding.text import Report

__all__ = ["find_states", "with_people"]

_MEANS = re.compile(
    r"(?:\b(?:government|regime|junta|army|military|naval|air force) )?\b(?P<means>air ?strikes?|strikes?|drones?|war ?planes?|jets?|fighter jets|aircraft|helicopters?|gunships?|missiles?|rockets?|shelling"
    r"|artillery|bombardments?|bombings?|bombs|tank fire|attacks?(?= (?:on|in|at|against|killed|hit|struck)\b))\b"
)
_NOT_THEIRS = re.compile(
    r"\b(?:shot down|shooting down|down(?:ed|ing)|intercept\w*|destroy\w*|seiz\w+|captur\w+|against|supplied|sold|bought|purchase\w*)"
    r"(?: (?:of|an?|the|some|several|two|three|four|five|six|seven|eight|nine|ten|dozens of|all|\d+))*(?: [\w-]+)? $"
)
"""Before means that somebody lost, or has from abroad."""
_ACTS = re.compile(
    r"(?P<name>[A-Z]\w+(?: [A-Z]\w+)?) (?:(?:has|had|also|again|later|reportedly) )*(?:launch(?:ed|es)|fire[ds]|struck|strikes|bomb(?:ed|s)"
    r"|shell(?:ed|s)|pound(?:ed|s)|hits?|carried out|conducted|bombard(?:ed|s)|attack(?:ed|s)|targeted|kill(?:ed|s)|raid(?:ed|s)"
    r"|dropped)\b(?! by\b)"
)
_LIES_THERE = re.compile(
    r"\b(?:in|on|from|of|across|inside|near|against|to|at|with|between|and|over|around|into|through|\w+ern|central) $"
    r"|\b(?!(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b)[A-Z][\w'’-]+, $"
)
"""Before a country in which something happens, or that holds the town before it."""
_CARRIER = re.compile(
    r"(?:drones?|war ?planes?|jets?|fighter jets|aircraft|helicopters?|gunships?|missiles?|rockets?|artillery)"
)
_USED = re.compile(
    r" (?:(?!(?:was|were|is|are|and|to|that|which|of)\b)[\w'’-]+ ){0,3}?(?:bomb|struck|str(?:ike|afe)|hit|attack|fire|dropp|launch|target|kill|destroy"
    r"|pound|shell|raid|wound|injur|explo|slam|land|fell|crashed into)"
)
_BY = re.compile(r"\b(?:by|from|in)(?: (?:an?|the|two|three|four|several|multiple|\d+))? $")
"""Around what also flies or stands about without harm: it does something, or something was done by it."""
_NEAR = 60


_LAST_WORDS = re.compile(r"(?<![\w-])(?:[a-z]+ )?(?:[a-z]+|u\.s\.)(?= $)")


def find_states(report: Report) -> Iterator[Actor]:
    """Find states that a report names as those who did it, by their means or as who acts.

    Examples
    --------
    >>> from mapping.coding.reading import read
    >>> report = read("Israeli air strikes hit two houses. Russia launched drones at a town in Ukraine.")
    >>> [actor.name for actor in find_states(report)]
    ['Israeli', 'Russia']
    """
    plain = report.plain.replace("\n", " ")
    for match in _MEANS.finditer(plain):
        start = _people(plain, match.start())
        if start is None or report.sentence_at(start) is None:
            continue
        before, after = plain[max(0, start - _NEAR) : start], plain[match.end() : match.end() + _NEAR]
        idle = _CARRIER.fullmatch(match["means"]) and not _USED.match(after) and not _BY.search(before)
        if not idle and not _NOT_THEIRS.search(before):
            yield _actor(report, start, match.start("means") - 1)
    text = report.text.replace("\n", " ")
    for match in _ACTS.finditer(text):
        name = match["name"] if known(fold(match["name"])).country else match["name"].split()[-1]
        start = match.end("name") - len(name)
        country = known(fold(name)).country and not _LIES_THERE.search(text[max(0, start - _NEAR) : start])
        if country and report.sentence_at(start) is not None:
            yield _actor(report, start, match.end("name"))


def with_people(plain: str, span: Span) -> Span:
    """Widen the words for an army by the people whose it is.

    Examples
    --------
    >>> plain = "clashes with the ethiopian army"
    >>> plain[slice(*with_people(plain, Span(27, 31)))]
    'ethiopian army'
    """
    start = _people(plain, span.start)
    return span if start is None else Span(start, span.end)


def _people(plain: str, end: int) -> int | None:
    """Return where the name of a people begins that ends right before an offset: one word or two."""
    before = plain[max(0, end - _NEAR) : end]
    last = _LAST_WORDS.search(before)
    if last is None:
        return None
    words, names = last.group(), demonyms("en")
    name = words if words in names else words.rpartition(" ")[2]
    return end - 1 - len(name) if name in names or name == "u.s." else None


def _actor(report: Report, start: int, end: int) -> Actor:
    return Actor(Span(start, end), report.text[start:end], "by", "attributed")
