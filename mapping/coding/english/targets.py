"""Finds what was hit, and what came of it, in English."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from mapping.coding.mentions import Span, Target

if TYPE_CHECKING:
    from mapping.coding.tables import Tables
    from mapping.coding.text import Report

__all__ = ["find_targets"]

_STOP = (
    r"(?:in|on|at|by|with|from|during|after|before|near|outside|inside|around|late|early|yesterday|today|tonight|last|this"
    r"|that|which|who|whom|whose|where|when|while|as|and|but|because|causing|killing|wounding|injuring|leaving|resulting|using"
    r"|was|were|is|are|has|have|had|will|would|located|situated|amid|to|for|into|through|against|without|monday|tuesday"
    r"|wednesday|thursday|friday|saturday|sunday)\b"
)
_NOUN_PHRASE = rf"(?P<words>(?!{_STOP})[\w'’“”\"-]+(?: (?!{_STOP})[\w'’“”\"-]+){{0,7}})"
_HITS = (
    r"(?:attack\w*|assault\w*|raid\w*|bombings?|strikes?|air ?strikes?|ambush\w*|fire[ds]?|assassinations?|murders?|killings?"
    r"|kidnappings?|abductions?|explosions?|burning|shelling|shooting) (?:on|against|at|of|upon|targeting)"
    r"|attacked|targeted|targeting|bombed|bombing|raided|stormed|ambushed|dynamited|shelled|struck|kidnapped|abducted"
    r"|murdered|assassinated|machinegunned|burned|torched|hijacked|robbed|blew up|destroyed|damaged|killed|killing|engaged"
    r"|in front of|opened fire on|set fire to|hit"
)
_TARGET = re.compile(rf"\b(?:{_HITS}) {_NOUN_PHRASE}")
_OUTCOME = re.compile(
    r"\b(?:no|without|neither|any)(?: \w+){0,3} (?:damage|casualties|injuries|victims)\b(?: or \w+)?"
    r"|\b(?:caus|suffer|sustain|inflict|result)\w*(?: in)?(?: \w+){0,3} damage\b"
    r"|\b(?:completely |totally |partially |partly |badly |seriously |heavily )?(?:destroyed|damaged|burned down)\b"
    r"|\b(?:was|were) (?:shot down|intercepted|foiled|thwarted|repelled|repulsed|defused|deactivated|released|freed|rescued)\b"
    r"|\bshot down\b|\bfailed to (?:explode|detonate|go off)\b|\bdid not (?:explode|detonate|go off)\b"
    r"|\b(?:a )?fire broke out\b|\bexploded (?:inside|outside|near) [\w ]{3,30}"
    r"|\bseized(?: \w+){0,3} (?:weapons|ammunition|rifles|documents|equipment)\b"
)


def find_targets(report: Report, tables: Tables) -> list[Target]:
    """Return the targets and the outcomes that a report names, by start.

    Examples
    --------
    >>> from mapping.coding.reading import read
    >>> from mapping.coding.tables import tables
    >>> report = read("Guerrillas attacked the power station near Santa Ana. There was no damage.")
    >>> [(target.words, target.kind) for target in find_targets(report, tables())]
    [('the power station', 'target'), ('no damage', 'outcome')]
    """
    plain = report.plain.replace("\n", " ")
    targets = []
    for sentence in report.sentences:
        start, end = sentence.span
        for match in _TARGET.finditer(plain, start, end):
            targets.append(_target(report, match.span("words"), "target"))
        for match in _OUTCOME.finditer(plain, start, end):
            targets.append(_target(report, match.span(), "outcome"))
    return sorted(targets, key=lambda target: target.span)


def _target(report: Report, span: tuple[int, int], kind: Literal["target", "outcome"]) -> Target:
    return Target(Span(*span), report.text[span[0] : span[1]], kind)
