"""Finds what was hit, and what came of it, in English."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from mapping.coding.mentions import Span, Target

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mapping.coding.tables import Tables
    from mapping.coding.text import Report

__all__ = ["find_targets"]

_STOP = (
    r"(?:in|on|at|by|with|from|during|after|before|near|outside|inside|around|late|early|yesterday|today|tonight|last|this"
    r"|that|which|who|whom|whose|where|when|while|as|and|but|because|causing|killing|wounding|injuring|leaving|resulting|using"
    r"|was|were|is|are|has|have|had|will|would|located|situated|amid|to|for|into|through|against|without|since|belonging"
    r"|without|monday|tuesday|wednesday|thursday|friday|saturday|sunday|at least|more than|several times|again|there"
    r"|killed|injured|wounded|exploded|detonated|collapsed|manned|guarded|carrying|carried|took|caused|left(?!-)|overnight|shortly"
    r"|despite|across|between|set off|blew|(?<!of )hit|struck|housing|packed|they|he|she|it)\b"
)
_WORD = rf"(?!{_STOP})[\w'’-]+"
_NOUN_PHRASE = rf"{_WORD}(?: {_WORD}){{0,7}}"
_HIT = (
    r"(?:attacked|targeted|bombed|raided|stormed|ambushed|dynamited|shelled|struck|kidnapped|abducted|murdered|assassinated"
    r"|machinegunned|burned|torched|hijacked|robbed|blown up|destroyed|damaged|hit|gunned down|sabotaged|set on fire|set ablaze)"
)
_AFTER = re.compile(
    r"\b(?:(?:attack\w*|assault\w*|raids?|bombings?|strikes?|air ?strikes?|ambush\w*|fire[ds]?|assassinations?|murders?|killings?"
    r"|kidnappings?|abductions?|explosions?|burning|shelling|shooting) (?:on|against|at|of|upon|targeting)"
    rf"|{_HIT}|targeting|bombing|blew up|engaged|in front of|opened fire on|set fire to) (?!least\b|most\b)"
    rf"[\"“‘]?(?P<words>{_NOUN_PHRASE})"
)
_THING = (
    rf"(?:the|an?|his|her|their|two|three|four|several|\w+['’]s) "
    rf"(?!(?:{_WORD} ){{0,3}}(?:town|city|village|capital|province|region|state|district|area|neighbou?rhood|suburb|quarter|country|north|south"
    r"|east|west|centre|center|outskirts|morning|afternoon|evening|night|same|end|time|scene|attack|attackers?)\b)"
    rf"(?:{_WORD} ){{0,5}}?{_WORD}(?= (?:{_STOP})|[^\w '’-])"
)
"""Something built or parked, not the town that it stands in."""
_AT = re.compile(
    rf"\b(?:(?:explod|detonat|blew (?:himself |herself |themselves |it )?up|went off|land|slam|crash|ramm|struck)\w*"
    r"(?: (?:minutes|hours) apart)? (?:inside|outside|in front of|at|into|in|on)"
    rf"|(?:fired|firing|lobbed|threw|thrown|hurled|dropped)(?: (?!at\b|on\b|into\b){_WORD}){{1,5}} (?:at|on|into)"
    r"|attack\w* with (?:\w+ ){1,3}(?:on|against)"
    rf"|(?:drove|driving)(?: \w+){{0,6}}? (?:into|at)) (?P<words>{_THING})"
)
"""Where a weapon went off or fell: "exploded outside a restaurant", "fired rockets at an army base"."""
_NO_TARGET = re.compile(r"(?:\w+ern|\w+(?:ian|ish|ese|eli|aqi|ani|eni)|reports?|least)", re.IGNORECASE)
"""What is left of a phrase that went on: "northern" of "hit northern and central Mali"."""
_BLAMED = re.compile(r"\bblam\w* [^.;,]{0,40}$")
_SUFFERED = re.compile(rf"\b(?:was|were|been|being)(?: \w+ly| also)? {_HIT}\b")
_APPOSITION = re.compile(r",[^,]{1,120},\s*$")
_BEGINS = re.compile(
    r"[,;:()\[\]]|\b(?:that|which|who|when|after|before|because|said|says|and|but|reported|where|while|in|on|at|one of)\b"
)
_STANDS = re.compile(r" (?:in|on|at) $")
_PART = re.compile(r"\b(?:one|two|three|some|most|several|part|all) of $")
"""What must not be cut off: of two drones one was shot down."""

_LONGEST_SUBJECT = 80
_OUTCOME = re.compile(
    r"\b(?:(?:resulting in |caus(?:ed|ing) )?(?:no|without(?: causing)?(?: any)?|neither)(?: \w+){0,2} "
    r"(?:damage|casualties|injuries|victims|deaths|fatalities)(?: (?:or|nor|and)(?: no| any)? \w+)?"
    r"|(?:caus|suffer|sustain|inflict|result)\w*(?: in)?(?: \w+){0,3} damage"
    r"|(?:was|were) (?:completely |totally |partially |partly |badly |seriously |heavily )?(?:destroyed|damaged|burned down|gutted)"
    r"|(?:was|were) (?:shot down|intercepted|foiled|thwarted|repelled|repulsed|defused|deactivated|released|freed|rescued)"
    rf"(?: (?:outside|inside|near|over) {_NOUN_PHRASE})?"
    r"|(?:shot down|foiled|thwarted|intercepted|repelled|repulsed|defused|deactivated)"
    r"(?: (?:(?:all |most |one |two |three |some |many |\d+ )(?:of (?:them|the \w+))?|them\b|it\b))?"
    r"|(?:failed to|did not) (?:explode|detonate|go off)|(?:a )?fire broke out"
    rf"|(?:(?<=one )|(?<=other )|(?<=second )|(?<=drone )|(?<=drones ))exploded (?:inside|outside|near|in front of) {_NOUN_PHRASE}"
    r"|(?:seized|stole)(?: \w+){0,3} (?:weapons|ammunition|rifles|documents|equipment|money|vehicles?))\b"
)


def find_targets(report: Report, tables: Tables) -> list[Target]:  # noqa: ARG001 - one signature for all languages
    """Return the targets and the outcomes that a report names, by start.

    Examples
    --------
    >>> from mapping.coding.reading import read
    >>> from mapping.coding.tables import tables
    >>> report = read("The bridge was attacked. Rebels raided the station near Hit. There was no damage.")
    >>> [(target.words, target.kind) for target in find_targets(report, tables())]
    [('The bridge', 'target'), ('the station', 'target'), ('no damage', 'outcome')]
    """
    plain = report.plain.replace("\n", " ")
    spans = {(span, kind) for sentence in report.sentences for span, kind in _in_sentence(plain, sentence.span)}
    return [Target(span, report.text[span.start : span.end], kind) for span, kind in sorted(spans)]


def _in_sentence(plain: str, sentence: Span) -> Iterator[tuple[Span, Literal["target", "outcome"]]]:
    for pattern in (_AFTER, _AT):
        for match in pattern.finditer(plain, *sentence):
            blamed = _BLAMED.search(plain, max(sentence.start, match.start() - 60), match.start())
            if not blamed and not _NO_TARGET.fullmatch(match["words"]):
                yield Span(*match.span("words")), "target"
    for match in _SUFFERED.finditer(plain, *sentence):
        subject = _subject(plain, sentence.start, match.start())
        if subject is not None:
            yield subject, "target"
    for match in _OUTCOME.finditer(plain, *sentence):
        passive = match.group().startswith(("was ", "were "))
        subject = _whole_subject(plain, sentence.start, match.start()) if passive else None
        start = subject.start if subject else match.start()
        part = _PART.search(plain, sentence.start, start)
        yield Span(part.start() if part else start, match.end()), "outcome"


def _whole_subject(plain: str, start: int, end: int) -> Span | None:
    """Return what came to something with the place that it stands in: "houses in Hit were destroyed"."""
    subject = _subject(plain, start, end)
    stands = _STANDS.search(plain, start, subject.start) if subject else None
    thing = _subject(plain, start, stands.start()) if stands else None
    return Span(thing.start, subject.end) if thing and subject else subject


def _subject(plain: str, start: int, end: int) -> Span | None:
    """Return what stands before "was attacked": the words back to the last comma or conjunction, an apposition left out."""
    apposition = _APPOSITION.search(plain, start, end)
    end = apposition.start() if apposition else end
    start = max((match.end() for match in _BEGINS.finditer(plain, start, end)), default=start)
    words = plain[start:end]
    start += len(words) - len(words.lstrip())
    end = start + len(words.strip())
    return Span(start, end) if 0 < end - start <= _LONGEST_SUBJECT else None
