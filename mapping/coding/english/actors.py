"""Finds the parties to violence in English, and on what ground the text names them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from mapping.coding.mentions import Actor

if TYPE_CHECKING:
    from mapping.coding.mentions import Span
    from mapping.coding.tables import ActorWords, Found, Tables
    from mapping.coding.text import Report

__all__ = ["find_actors"]

Role = Literal["by", "against", "other"]

_BY = re.compile(r"\b(?:by|blamed on|attributed to|work of|responsibility of)(?: [\w'’-]+){0,5} $")
_ACCUSED = re.compile(r"\b(?:accus\w+|blam\w+|attribut\w+|suspect\w*|held)\b[^.;]{0,40}$")
_AGAINST = re.compile(
    r"\b(?:attack\w*|assault\w*|strikes?|raid\w*|fire|ambush\w*|clash\w*|fighting|operations?) (?:on|against|at|with|between)"
    r"(?: [\w'’-]+){0,4} $|\b(?:against|targeted|targeting|killed|killing|engaged)(?: [\w'’-]+){0,3} $"
)
_CLAIMED = re.compile(
    r"^[^.;]{0,60}\b(?:(?:claim|took|assum|accept|admit)\w*(?: \w+){0,2} (?:responsibility|credit|attack|bombing|killing|strike)"
    r"|claimed it|claimed that it)"
)
_CLAIMED_BY = re.compile(r"\b(?:claimed by|responsibility[^.;]{0,40}by)(?: [\w'’-]+){0,4} $")
_DENIED = re.compile(r"^[^.;]{0,60}\bden(?:y|ied|ies)\b")
_HEDGE = re.compile(
    r"\b(?:suspect\w*|presum\w+|alleged\w*|believed|apparent\w*|possibl\w+|probabl\w+|reportedly|likely|thought)\b[^.;,]{0,40}$"
)
_BLAME = re.compile(r"\b(?:accus\w+|blam\w+|attribut\w+|held responsible|charged)\b")
_DOES = re.compile(
    r"^(?: (?!by\b|have adopted\b)[\w'’\[\]()-]+){0,4}? (?:attack\w*|kidnap\w+|abduct\w*|kill(?:ed|s|ing)?|murder\w*|assassinat\w+|ambush\w*|bomb\w*"
    r"|blew|dynamit\w+|raid\w*|storm\w*|fired|opened fire|shot|launched|struck|targeted|planted|placed|threw|hurled|set|burned"
    r"|torched|robbed|stole|hijacked|seized|stabbed|shelled|executed|massacred|detonated|conducted|carried out|destroyed"
    r"|perpetrated|staged|engaged|held|took|stopped|intercepted|machinegunned|forced|broke|burst)\b"
)


def find_actors(report: Report, tables: Tables) -> list[Actor]:
    """Return the parties that a report names, by start.

    Examples
    --------
    >>> from mapping.coding.reading import read
    >>> from mapping.coding.tables import tables
    >>> text = "Suspected guerrillas attacked a bridge. The army denied that."
    >>> [(actor.name, actor.role, actor.attribution) for actor in find_actors(read(text), tables())]
    [('guerrillas', 'by', 'suspected'), ('The army', 'other', None)]
    """
    actors = []
    for found in tables.of("en").actors.find(report.plain):
        at = report.sentence_at(found.span.start)
        if at is not None:
            actors.append(_actor(report, found, report.sentences[at].span))
    return actors


def _actor(report: Report, found: Found[ActorWords], sentence: Span) -> Actor:
    before = report.plain[sentence.start : found.span.start].replace("\n", " ")
    after = report.plain[found.span.end : sentence.end].replace("\n", " ")
    role = _role(before, after)
    attribution = _attribution(before, after, found.row.kind) if role == "by" else None
    return Actor(found.span, report.text[found.span.start : found.span.end], role, attribution)


def _role(before: str, after: str) -> Role:
    if _DENIED.search(after):
        return "other"
    if _CLAIMED.search(after) or _BY.search(before) or _ACCUSED.search(before):
        return "by"
    if _AGAINST.search(before):
        return "against"
    return "by" if _DOES.search(after) else "other"


def _attribution(before: str, after: str, kind: str) -> str:
    """Return on what ground the actor is named: by itself, by the text, by suspicion, or not at all."""
    if _CLAIMED.search(after) or _CLAIMED_BY.search(before):
        return "claimed"
    if kind == "unknown":
        return "unknown"
    return "suspected" if _HEDGE.search(before) and not _BLAME.search(before) else "attributed"
