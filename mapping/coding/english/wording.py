"""How words of violence are used in their sentence: noun or verb, one or many, active or passive, certain or not."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from mapping.coding.english.numbers import NUMBER, number_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mapping.coding.mentions import Span
    from mapping.coding.tables import ActorWords, EventWords, Found, WeaponWords
    from mapping.coding.text import Report

    Row = TypeVar("Row", ActorWords, EventWords, WeaponWords)

__all__ = ["SIGNS", "Wording", "by_sentence", "counted_before", "wording_of"]

SIGNS = {
    "noun": "the words are a noun (the attack), else a verb (attacked)",
    "weak": "the words alone do not say that there was violence (killed, struck)",
    "definite": "the words point back to what was told (the attack, this explosion)",
    "bare": "a plural without number or article (attacks): often no incident but a custom",
    "passive": "somebody was attacked",
    "present": "attacks, attack: a heading, or a custom",
    "attempted": "tried to, was foiled",
    "object": "the words go on to say against what or whom",
    "agent": "the words go on to say by whom",
    "quoted": "inside quotation marks",
}
"""What `Event.signs` may hold, each with its meaning."""

_REACH = 300
"""Letters before and after the words that are looked at: a sentence may be without end."""

_MOST = 1000
"""A number of attacks from here on is a year, or no number of attacks."""

_MOST_IN_A_SENTENCE = 20
"""Mentions of one kind that a sentence may hold; what goes on beyond is no prose."""

_LAST_WORD = re.compile(r"(?<![\w'’])([\w'’]+)\W*$")
_DETERMINER = re.compile(
    r"\b(the|this|that|these|those|his|her|their|its|such|said|a|an|another|each|every|\w+['’]s)(?: [\w'’-]+){0,3} $"
)
_DEFINITE = frozenset({"the", "this", "that", "these", "those", "his", "her", "their", "its", "such", "said"})
_BEFORE_VERB = frozenset(
    {
        "to",
        "will",
        "would",
        "may",
        "might",
        "can",
        "could",
        "should",
        "must",
        "shall",
        "not",
        "cannot",
        "do",
        "does",
        "did",
    }
    | {"i", "you", "he", "she", "it", "we", "they", "who"}
)
_BEFORE_NOUN = frozenset(
    {
        "of",
        "in",
        "on",
        "by",
        "after",
        "during",
        "for",
        "from",
        "against",
        "no",
        "any",
        "several",
        "many",
        "some",
        "with",
    }
)
_VERBS = frozenset(
    {
        "shot",
        "struck",
        "hit",
        "blew",
        "blown",
        "threw",
        "set",
        "took",
        "taken",
        "broke",
        "held",
        "overran",
        "fell",
        "went",
    }
    | {"fought", "stole", "burst", "burnt", "open", "opens", "came", "come", "slain", "beaten", "died"}
)
"""Verbs whose ending does not show that they are verbs."""

_ACTS = frozenset({"strikes", "airstrikes", "attacks", "raids", "bombings", "explosions", "blasts"})
"""What can be counted although a verb comes with it: three strikes destroyed."""

_TO_COME = re.compile(r"\b(?:possible|potential|planned|future|imminent|next|threatened|alleged|feared)(?: \w+)? $")
_PASSIVE = re.compile(r"\b(?:was|were|been|being|be|is|are|got)(?: \w+ly| also| then| later| not)* $")
_ATTEMPTED = re.compile(
    r"\b(?:attempt|tr(?:y|ied|ies|ying)\b|fail|foil|thwart|frustrat|abort|avert|intercept)\w*\b[^,;]{0,40}$"
)
_FOILED = re.compile(
    r"^ attempts?\b|^[^.;]{0,60}\b(?:foiled|thwarted|frustrated|averted|failed|was prevented|were prevented)\b"
)
_OBJECT = re.compile(r"^ (?:of|on|against|at|upon|in which|that targeted) ")
_AGENT = re.compile(r"^[^.;,]{0,60}\bby ")
_COUNT = re.compile(
    rf"(?<![\w.,])({NUMBER})(?: (?!(?:in|on|at|by|and|with|from|when|people|persons)\b)[\w'’-]+){{0,2}} $"
)
_COUNT_AFTER = re.compile(rf" ?(?:--|—|–|\() ?({NUMBER}) (?:in|near|on|against|around)\b")
_COUNT_REACH = 45


@dataclass(frozen=True)
class Wording:
    """Words of violence and their sentence around them, in small letters, line breaks as spaces."""

    words: str
    before: str
    after: str

    @cached_property
    def noun(self) -> bool:
        """Whether the words are a noun, by their endings and by the word before them."""
        words = self.words.split()
        if self.finite:
            return False
        if len(words) > 1:
            return not words[0].endswith("ing")
        before = _LAST_WORD.search(self.before)
        last = before[1] if before else ""
        if last in _BEFORE_VERB and not (last == "to" and words[0].endswith("s")):
            return False
        return self.determiner is not None or last in _BEFORE_NOUN or not words[0].endswith("ing")

    @cached_property
    def finite(self) -> bool:
        """Whether a word among them is a verb in the past, or a participle."""
        return any(word in _VERBS or word.endswith("ed") for word in self.words.split())

    @cached_property
    def determiner(self) -> str | None:
        """The article or the like that the words stand under."""
        found = _DETERMINER.search(self.before)
        return found[1] if found else None

    @cached_property
    def number(self) -> int | None:
        """How many acts the words speak of; None for a plural without a number."""
        words = self.words.split()
        if words[0] not in _ACTS and not (self.noun and words[-1].endswith("s")):
            return 1
        counted = counted_before(self.before)
        after = _COUNT_AFTER.match(self.after)
        number = counted[0] if counted else number_of(after[1]) if after else 0
        return number if 0 < number < _MOST else None

    @cached_property
    def known(self) -> bool:
        """Whether the words are one act that the reader is taken to know of: the attack, his murder."""
        one = self.noun and self.number == 1 and self.determiner in _DEFINITE
        return one and _TO_COME.search(self.before) is None

    def signs(self, *, weak: bool) -> frozenset[str]:
        """Return which of `SIGNS` hold."""
        tests = {
            "noun": self.noun,
            "weak": weak,
            "definite": self.noun and self.determiner in _DEFINITE,
            "bare": self.number is None and self.determiner is None,
            "passive": not self.noun and _PASSIVE.search(self.before) is not None,
            "present": not self.noun and not self.finite and not self.words.split()[0].endswith("ing"),
            "attempted": bool(_ATTEMPTED.search(self.before) or _FOILED.search(self.after)),
            "object": _OBJECT.search(self.after) is not None,
            "agent": _AGENT.search(self.after) is not None,
            "quoted": self.before.count('"') % 2 == 1 or self.before.rfind("“") > self.before.rfind("”"),
        }
        return frozenset(sign for sign, holds in tests.items() if holds)


def wording_of(report: Report, span: Span, sentence: Span) -> Wording:
    """Cut the sentence around some words.

    Examples
    --------
    >>> from mapping.coding.reading import read
    >>> from mapping.coding.mentions import Span
    >>> report = read("Three strikes hit the town.")
    >>> wording = wording_of(report, Span(6, 13), report.sentences[0].span)
    >>> wording.noun, wording.number, sorted(wording.signs(weak=False))
    (True, 3, ['noun'])
    """
    before = report.plain[max(sentence.start, span.start - _REACH) : span.start]
    after = report.plain[span.end : min(sentence.end, span.end + _REACH)]
    words = report.plain[span.start : span.end]
    return Wording(*(" ".join(part.split("\n")) for part in (words, before, after)))


def by_sentence(report: Report, found: Iterable[Found[Row]]) -> Iterator[tuple[int, Found[Row]]]:
    """Pair what a table found with the number of its sentence; headers, and what is too much for a sentence, are left out.

    Examples
    --------
    >>> from mapping.coding.reading import read
    >>> from mapping.coding.tables import tables
    >>> report = read("The army came. Drones attacked.")
    >>> [number for number, _ in by_sentence(report, tables().of("en").events.find(report.plain))]
    [1]
    """
    many: dict[int, int] = defaultdict(int)
    for one in found:
        number = report.sentence_at(one.span.start)
        if number is not None and many[number] < _MOST_IN_A_SENTENCE:
            many[number] += 1
            yield number, one


def counted_before(before: str) -> tuple[int, int, int] | None:
    """Return the number right at the end of a text, and where it begins and ends; None where there is none.

    Examples
    --------
    >>> counted_before("it was attacked by two armed ")
    (2, 19, 22)
    """
    skipped = max(0, len(before) - _COUNT_REACH)
    found = _COUNT.search(before[skipped:])
    if found is None:
        return None
    return number_of(found[1]), skipped + found.start(1), skipped + found.end(1)
