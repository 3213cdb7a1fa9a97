"""Why words of violence tell of no incident of this report: history, denial, forecast, threat and the like.

Every rule looks at the words before and after the mention in its own sentence, never at the whole report.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mapping.coding.text import is_history

if TYPE_CHECKING:
    from datetime import date

    from mapping.coding.english.wording import Wording
    from mapping.coding.mentions import Reason

__all__ = ["why_passed_over"]

_MODAL = (
    r"(?:will|would|may|might|could|can|cannot|shall|should|must|to|going to|about to|let us|let's)"
    r"(?: (?:also|again|still|soon|never|not|continue to|have to|be able to|try to|be|get))*"
)
_BEFORE: tuple[tuple[Reason, re.Pattern[str]], ...] = (
    (
        "denied",
        re.compile(
            r"\b(?:den(?:y|ied|ies|ying)|refut\w+|ruled out|reject\w* (?:that|any|having|(?:the )?(?:report|claim|accus|alleg|charge)\w*))\b"
            r"(?!.*\b(?:responsib|involv|particip|part in|link|connect|know|blame|author)).{0,80}$"
            r"|\b(?:did|does|do|was|were|has|have|had|is|are) ?(?:not|n't|never)(?: \w+){0,2} $"
            r"|\b(?:no|without|neither|nor)(?: (?:such|new|further|more|kind of|type of|any|\w+ed|other))* $"
        ),
    ),
    (
        "threat",
        re.compile(
            r"\b(?:threat\w* (?:to|with|that|of|against|retaliation|reprisals?|revenge)|warn\w* (?:of|that|against)|ultimatum)\b.{0,60}$"
        ),
    ),
    (
        "hypothetical",
        re.compile(
            r"\b(?:if|whether|unless|in case of|in the event of|in case|as if|as though|lest)\b[^,;]{0,60}$"
            r"|\b(?:possible|potential|eventual|hypothetical|would-be|any) (?:\w+ )?$"
            r"|\b(?:would|could|might|should) (?:\w+ )?have (?:been )?(?:\w+ )?$"
        ),
    ),
    (
        "forecast",
        re.compile(
            r"\b(?:plan\w*|plot\w*|intend\w*|intent\w*|prepar\w+|ready|want\w*|wish\w*|hop(?:e|es|ed|ing)|order\w*"
            r"|decid\w+|expect\w*|urg\w+|call\w* (?:on|for|upon)|capab\w+|likely|bound|able|aim\w*|seek\w*|refus\w+"
            r"|instruct\w+|train\w*|conspir\w+|scheduled|imminent|future|upcoming|coming|next)"
            r"(?: (?:to|for|of|a|an|the|new|carry out|launch|stage|commit|conduct|perpetrate|be|\w+))? (?:\w+ )?$"
            r"|\b(?:prevent|avoid|avert|forestall|stop|halt|end|combat|counter|deter|resist|confront|face|repel|protect\w*"
            r"|guard\w*|defend\w*|cease|suspend\w*|renounce|fight)(?:ing|s|ed)? (?:against |from )?"
            r"(?:all |any |more |new |future |further |possible |such |these |those )?$"
            r"|\b(?:fear\w*|danger|risk|possibility|probability|threat|rumou?rs?) (?:of|that|about)\b.{0,30}$"
        ),
    ),
)
_OF_WHAT_IS_UNKNOWN = ("threat", "hypothetical", "forecast")
"""Reasons that do not hold for the attack, which was: whether they did it, who plans another like it."""

_TRIED = re.compile(
    r"\b(?:tr(?:y|ied|ies|ying)|attempt\w*|fail\w*|manag\w*|proceed\w*|began|begun|start\w*|us(?:ed|ing)[^,]{0,40}|sent[^,]{0,40}"
    r"|dispatched[^,]{0,40}|went on|returned|resort\w*) to (?:\w+ )?$"
)
"""An attempt is an incident, and so is what a weapon was used to do."""

_CERTAIN = re.compile(
    r"^ (?:of|on|against|at) (?:the|his|her|their|these|those|an?|two|three|four|five|six|seven|eight|nine|ten|\d+) "
)
"""What makes a plural mean certain acts: the murders of the six priests."""

_FORECAST_VERB = re.compile(rf"\b{_MODAL} $")
_FORECAST_NOUN = re.compile(
    r"\b(?:will|would|may|might|could|can) (?:soon |also |again )?(?:launch|mount|stage|carry out|conduct|begin|face|see)"
    r" (?:an?|the|new|more|further|another|any)?(?: [\w-]+)? ?$"
)
_ANYWHERE: tuple[tuple[Reason, re.Pattern[str]], ...] = (
    (
        "anniversary",
        re.compile(
            r"\b(?:anniversar\w+|commemorat\w+|in memory of"
            r"|years? after (?:the|his|her|their) (?:death|attack|bombing|massacre|murder|assassination|killing|war))\b"
        ),
    ),
    ("exercise", re.compile(r"\b(?:exercises?|drills?|simulat\w+|war games?|manoeuvres|maneuvers)\b")),
    (
        "another war",
        re.compile(r"\b(?:world war|vietnam war|gulf war|cold war|civil war of|war of independence|crusades)\b"),
    ),
)
"""Reasons that hold for the whole sentence."""

_BOUNDARY = re.compile(
    r"[;:]|--|, the (?:\w+ )?(?:such|deadliest|latest|first|second|third|fourth|fifth|worst)\b|,? (?:which|who|whose|where|whereas|while|although|though|amid|despite)\b|, (?:but|and|as|after|adding|a)\b"
)
"""What parts a sentence into clauses: "in recent months" behind it says nothing of the attack before it."""

_STATISTICS = re.compile(
    r"\b(?:in|during|over|within|for) (?:the )?(?:last|past|first|previous|recent) (?:\w+ ){0,3}(?:weeks|months?|years?|decades?)\b"
    r"|\bso far (?:this|in)\b|\bthis year\b|\bto date\b|\bon average\b|\bper (?:day|month|year)\b|\bstatistics\b"
    r"|\b(?:a total of|more than|over|some|about|at least)? ?\d[\d,.]* [^.;]{0,60}\bsince\b"
    r"|\bsince (?:then|\d{4}|january|february|march|april|may|june|july|august|september|october|november|december|the beginning)\b"
)
_COUNTED = re.compile(r"\b\d[\d,.]*(?: [\w'’-]+){0,2} $")
_PAST = re.compile(
    r"\blet us (?:recall|remember)\b|\b(?:should|must|will|may|is|be) (?:be )?(?:recalled|remembered)\b"
    r"|\b(?:years|decades|centuries) ago\b|\b(?:a|one) year ago\b"
    r"|\b(?:several|many|some|three|four|five|six|seven|eight|nine|ten|eleven|[3-9]|1\d) months ago\b"
    r"|\blast year\b|\bin the past\b(?! (?:\w+ )?(?:hours?|days?|week)\b)|\bover the years\b|\bfor (?:many )?years\b|\bin recent (?:years|months)\b|\bdecades?\b"
    r"|\bhistor(?:y|ic|ically|ical)\b|\btraditionally\b"
)
_ANSWERED = re.compile(
    r"\b(?:in (?:response|retaliation|reprisal|revenge) (?:to|for)|retaliat\w+ for|to avenge|avenging) [^,;]{0,50}$"
)
"""Before what an attack answers to, which was earlier."""
_OF_YEAR = re.compile(r"\b(1[89]\d\d|20\d\d)(?: [\w'’-]+){0,2} $")
"""A year as the first word of a name: "a 2014 bombing"."""
_THAT_YEAR = re.compile(r"\b(1[89]\d\d|20\d\d) (?:[\w'’-]+ ){1,12}that $")
"""What a thing of an earlier year did: "a 2014 bombing that killed 70"."""
_RELATIVE = re.compile(r"\b(?:in which|which|who|when|where)$")
_YEAR = re.compile(r"\b(?:the|in|since|of|during|from|until|through|between|early|late|mid|,|(?:january|february|march|april|may|june|july"
    r"|august|september|october|november|december)),? ?(1[89]\d\d|20\d\d)\b")  # fmt: skip
_MONTH = (
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug"
    r"|sept?|oct|nov|dec)"
)
_SPECIFIC = re.compile(
    r"\b(?:today|yesterday|tonight|last (?:night|week|weekend)|this (?:morning|afternoon|evening|week|weekend)|early|late"
    r"|dawn|midnight|noon|morning|afternoon|evening|night|hours?|minutes|(?:mon|tues|wednes|thurs|fri|satur|sun)days?"
    rf"|\d{{1,2}} {_MONTH}|{_MONTH} \d{{1,2}}|at \d{{3,4}}|latest|simultaneous\w*"
    r"|erupted|broke out|took place|occurred|were (?:reported|heard|launched)|have been reported|rocked"
    r"|(?:kill|wound|injur|leav|left)\w* (?:at least |more than |about |some )?(?:\d+|one|two|three|four|five|six|seven|eight"
    r"|nine|ten|an?|dozens))\b"
)
"""What tells that words such as "attacks" mean certain ones: a time, that they happened, a number of victims."""

_RHETORIC = re.compile(
    r"\b(?:indiscriminate\w*|repression|human rights|crimes against|escalation|persecution|genocide|atrocit\w+"
    r"|acts? of (?:terrorism|violence|vandalism)|such as|kinds? of|types? of|forms? of|tactics?|practices?"
    r"|as defined|whenever|every time|always|activities|violators?|terrorism)\b"
)


_NEAR = 60
"""Letters before "in which" that say when: the 2014 massacre, in which many were killed."""


def why_passed_over(wording: Wording, written: date | None) -> Reason | None:
    """Return why a mention of violence is no incident of the report; None where nothing says so.

    Parameters
    ----------
    wording
        The words and their sentence.
    written
        Day of the report: what happened in a year before it is history.

    Examples
    --------
    >>> from mapping.coding.english.wording import Wording
    >>> why_passed_over(Wording("attack", "they threatened to ", " the embassy."), None)
    'threat'
    >>> why_passed_over(Wording("attacked", "gunmen ", " the embassy."), None)
    """
    for why, pattern in _ANYWHERE:
        if pattern.search(wording.before) or pattern.search(wording.after):
            return why
    before, after = _clause(wording.before, wording.after)
    if not _TRIED.search(before):
        for why, pattern in _BEFORE:
            if pattern.search(before) and not (wording.known and why in _OF_WHAT_IS_UNKNOWN):
                return why
        if (_FORECAST_NOUN if wording.noun else _FORECAST_VERB).search(before):
            return "forecast"
    return _of_clause(wording, before, after, written)


def _of_clause(wording: Wording, before: str, after: str, written: date | None) -> Reason | None:
    clause, many = f"{before}~{after}", wording.number is None
    if _PAST.search(clause) or _long_ago(clause, written) or _ANSWERED.search(before):
        return "background"
    year = (_OF_YEAR if wording.noun else _THAT_YEAR).search(before) if written else None
    if year and written and int(year[1]) < written.year:
        return "background"
    told_of = wording.before[: len(wording.before) - len(before)]
    if _RELATIVE.search(told_of) and _long_ago(told_of[-_NEAR:], written) and not _SPECIFIC.search(clause):
        return "background"
    if (many or not wording.noun or _COUNTED.search(before)) and _STATISTICS.search(clause):
        return "statistics"
    general = _RHETORIC.search(clause) and not (wording.known and _CERTAIN.search(after))
    custom = many and not _CERTAIN.search(after)
    return "background" if (custom or general) and not _SPECIFIC.search(clause) else None


def _clause(before: str, after: str) -> tuple[str, str]:
    """Cut a sentence to the clause around the mention."""
    start = max((match.end() for match in _BOUNDARY.finditer(before)), default=0)
    end = _BOUNDARY.search(after)
    return before[start:], after[: end.start()] if end else after


def _long_ago(sentence: str, written: date | None) -> bool:
    return is_history((int(year[1]) for year in _YEAR.finditer(sentence)), written)
