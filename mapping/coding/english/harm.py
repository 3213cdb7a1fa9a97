"""People killed and injured, as an English report counts them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal, NamedTuple

from mapping.coding.english.lists import people_listed
from mapping.coding.english.numbers import NUMBER, Amount, number_of
from mapping.coding.english.people import People, add_up, clause_start, find_people, people_after, people_before
from mapping.coding.mentions import Harm, Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mapping.coding.text import Report

__all__ = ["find_harm"]

Kind = Literal["killed", "injured"]

_KILLED = (
    r"killed|murdered|martyred|assassinated|slain|massacred|executed|beheaded|decapitated|hanged|lynched|annihilated|eliminated"
    r"|gunned\s+down|shot\s+(?:and\s+killed|dead|to\s+death)|(?:stabbed|burned|burnt|beaten|hacked|tortured|bludgeoned)\s+to\s+death"
    r"|found\s+(?:dead|murdered)|burned\s+alive"
)
_INJURED = r"injured|wounded|hurt|maimed|mutilated"
_BE = r"(?:was|is|were|are|been|being|got)(?:\s+(?:[a-z]+(?:ed|en)|shot)\s+and)?"
_ADVERB = (
    r"(?:(?:\w+ly|also|already|either|then|later|thus\s+far|so\s+far|shot\s+and|both|all|themselves|himself)\s+){0,2}"
)

_HARM = re.compile(
    rf"""\b(?:
    (?P<nobody>(?:no\s+one|nobody|no\s+(?:\w+\s+)?(?:persons?|people|civilians?|soldiers?|passengers?)|none(?:\s+of\s+[^.;]{{1,40}}?)?)\s+
        (?:(?:was|were|has|have|had|is|are)\s+)(?:been\s+)?(?:\w+ly\s+)?(?P<n_what>{_KILLED}|{_INJURED}|harmed)(?:\s+(?:or|nor|and)\s+(?P<n_more>{_INJURED}|killed))?)
    |(?P<zero>(?:no|without(?:\s+(?:causing|leaving|producing))?(?:\s+any)?
        |not\s+(?:caus|leav|left|produc|report|suffer|result|inflict)\w*(?:\s+in)?(?:\s+any)?|neither)\s+
        (?!(?:immediate|longer|details|information|word|further|more|official)\b)
        (?:(?:(?!casualt|victim|injur|death|fatalit|dead|wounded)[a-z]+\s+(?:or\s+|and\s+|nor\s+|of\s+)?){{0,3}})
        (?P<z_what>casualties|victims|injur(?:y|ies)|deaths?|fatalit(?:y|ies)|dead|wounded|injured|loss(?:es)?\s+of\s+(?:human\s+)?li(?:fe|ves))
        (?:\s*(?:,|or|nor|and)\s*(?:any\s+)?(?P<z_more>casualties|injuries|deaths|fatalities|dead|wounded|injured))?)
    |(?P<passive>{_BE}\s+{_ADVERB}(?P<p_verb>{_KILLED}|{_INJURED})(?:\s+(?:or|and)\s+(?P<p_more>killed|wounded|injured))?)
    |(?P<noun>(?P<o_verb>deaths?|murders?|assassinations?|killings?|massacres?|executions?|slayings?|lynching|bod(?:y|ies)|corpses?)(?:\s+(?:yesterday|today|tonight|last\s+night|this\s+\w+|on\s+(?:\w+day(?:\s+\w+)?|\d\d?\s+\w+|\w+\s+\d\d?)))?\s+of)
    |(?P<active>(?P<a_verb>killed|murdered|assassinated|massacred|executed|beheaded|hanged|annihilated|gunned\s+down|shot\s+(?:dead|and\s+killed)
        |killing|murdering|assassinating|massacring|executing|kills|(?:claim|tak|took)\w*\s+the\s+li(?:fe|ves)\s+of
        |wounded|injured|wounding|injuring|wounds|injures|hurt|hurting)(?:\s+(?:or|and)\s+(?P<a_more>killed|wounded|injured|wounding|injuring))?)
    |(?P<own>['’]s?\s+(?P<own_verb>death|murder|assassination|killing|execution|slaying))
    |(?P<died>died|perished|(?:lost|lose|losing)\s+(?:their|his|her)\s+li(?:fe|ves)|succumbed)
    |(?P<suffered>(?:suffered|sustained|received|receiving|suffering|have|has|had|with)\s+(?:\w+\s+){{0,3}}?(?:injuries|wounds|burns|injury))
    |(?P<count>dead|deaths|fatalities|fatally\s+wounded|bodies|corpses)
    |(?P<toll>(?:(?:death\s+)?toll|number\s+of\s+(?:the\s+)?(?:victims|dead|deaths|people\s+killed))\s+(?:[\w'’]+\s+){{0,7}}?(?:to|at|of|is|was|stands\s+at)\s+(?P<t_number>{NUMBER}))
    )\b""",
    re.VERBOSE,
)
_NOTE = re.compile(r"\[[^\[\]]{0,300}\]|\((?:(?!killed|dead|died|wounded|injured)[^()]){0,200}\)|[\"“”]")
_UNREAL = re.compile(
    r"\b(?:to|will|would|could|may|might|should|must|shall|can|cannot|not|n't|n’t|never|nor|attempted|attempt\s+at|tried|planned|threatened|threats?\s+of|plots?|anyone(?:\s+else)?)"
    r"\s+(?:\w+ly\s+)?(?:have\s+)?(?:be(?:en)?\s+|get\s+)?(?:the\s+)?\Z"
)
_AUXILIARY = re.compile(
    r"(?:,?\s+(?P<who>who|whom))?\s+(?P<have>(?:has|have|had)\s+)?(?:(?:also|later|then|already|both|\w+ly)\s+)?\Z"
)
_ADJECTIVE = re.compile(r"\b(?:the|an?|his|her|their|of)\s+(?:\w+ly\s+)?\Z")
_OWNER = re.compile(r"[\w-]+\Z")
_PRONOUN = re.compile(r"\b(?:left|leaving)\s+(?:him|her)\s+(?:\w+ly\s+)?\Z")
_ALONG_WITH = re.compile(r"[^.;:]{0,120}?\b(?:along|together)\s+with\s+")
_TOTAL = re.compile(r"\b(?:a\s+total\s+of|in\s+all|in\s+total|altogether|overall|toll)\b")
_MOST_IN_A_SENTENCE = 20
"""More words of harm in one sentence are rubbish, which must not take for ever."""
_ONE, _SOME = Amount(1, 1, 1), Amount(None, None, None)
_INJURY = re.compile(r"injur|wound|hurt|maimed|mutilated|harmed")


class _Sentence(NamedTuple):
    """A sentence, with the people it counts; notes in brackets are blanked in `plain`."""

    text: str
    plain: str
    start: int
    end: int
    people: Sequence[People]

    def before(self, at: int, *, relative: bool = False) -> People | None:
        """Return the subject of a verb: who is counted, or named one by one."""
        counted = people_before(self.plain, self.people, self.start, at, relative=relative)
        if counted and counted.counted:
            return counted
        clause = clause_start(self.plain, self.start, at)
        return people_listed(self.text, self.plain, self.people, clause, at, whole=True) or counted

    def after(self, at: int) -> People | None:
        """Return the object of a verb."""
        counted = people_after(self.plain, self.people, at, self.end)
        listed = people_listed(self.text, self.plain, self.people, at, self.end, whole=False)
        return listed if listed and (not counted or listed.span.end > counted.span.end) else counted


def find_harm(report: Report) -> list[Harm]:
    """Find who was killed and injured, and how many, as far as the text counts them.

    Attempts, threats and what only may happen are no harm. People named one by one count one each.

    Examples
    --------
    >>> from mapping.coding.reading import read
    >>> report = read("A bomb killed at least three people, including a child, and wounded two soldiers.")
    >>> [(harm.kind, harm.low, harm.best, harm.high, harm.who) for harm in find_harm(report)]
    [('killed', 3, 3, None, 'people'), ('injured', 2, 2, 2, 'soldiers')]
    """
    found: list[Harm] = []
    sentence: _Sentence | None = None
    plain = _masked(report)
    told = 0
    for match in _HARM.finditer(report.plain):
        number = report.sentence_at(match.start())
        if number is None:
            continue
        start, end = report.sentences[number].span
        if sentence is None or sentence.start != start:
            sentence, told = _Sentence(report.text, plain, start, end, find_people(plain, start, end)), 0
        told += 1
        if told > _MOST_IN_A_SENTENCE:
            continue
        found.extend(_RULES[str(match.lastgroup)](match, sentence))
    return sorted(found, key=lambda harm: harm.span)


def _masked(report: Report) -> str:
    """Return the small letters without notes in brackets, and with the name Said told from the verb."""
    plain = _NOTE.sub(lambda note: " " * len(note.group()), report.plain)
    if report.in_capitals or "Said" not in report.text:
        return plain
    letters = list(plain)
    for name in re.finditer(r"\bSaid\b", report.text):
        letters[name.start() : name.end()] = "saïd"
    return "".join(letters)


def _kind(words: str) -> Kind:
    return "injured" if _INJURY.search(words) else "killed"


def _harm(kind: Kind, people: People, match: re.Match[str], sentence: _Sentence) -> Harm:
    start, end = min(people.span.start, match.start()), max(people.span.end, match.end())
    total = _TOTAL.search(sentence.plain, max(sentence.start, start - 30), end) is not None
    return Harm(Span(start, end), kind, *people.amount, who=people.noun, total=total, attackers=people.attackers)


def _is_unreal(match: re.Match[str], sentence: _Sentence) -> bool:
    return _UNREAL.search(sentence.plain, max(sentence.start, match.start() - 40), match.start()) is not None


def _nobody(match: re.Match[str], _: _Sentence) -> Iterator[Harm]:
    """None: "no casualties", "without causing injuries", "nobody was hurt"."""
    for kind in _kinds_of_nobody(match["z_what"] or match["n_what"], match["z_more"] or match["n_more"]):
        yield Harm(Span(*match.span()), kind, 0, 0, 0)


def _kinds_of_nobody(what: str, more: str | None) -> list[Kind]:
    kinds: set[Kind] = set()
    for words in (what, more or ""):
        if words.startswith(("casualt", "victim", "hurt", "harmed")):
            kinds |= {"killed", "injured"}
        elif words:
            kinds.add(_kind(words))
    return sorted(kinds, reverse=True)


def _passive(match: re.Match[str], sentence: _Sentence) -> Iterator[Harm]:
    """A subject that was killed: counted, or one where the verb is singular."""
    if _is_unreal(match, sentence):
        return
    auxiliary = _AUXILIARY.search(sentence.plain, max(sentence.start, match.start() - 30), match.start())
    verb = match.group().split(None, 1)[0]
    if verb == "been" and auxiliary:
        verb = (auxiliary["have"] or verb).strip()
    singular, plural = verb in ("was", "is", "has"), verb in ("were", "are", "have")
    people = _subject(match, auxiliary, sentence)
    if people is None or (singular and not people.counted) or (plural and people.amount == _ONE):
        span, noun = (people.span, people.noun) if people else (Span(*match.span()), None)
        people = People(span, _ONE if singular else _SOME, noun, people is not None and people.attackers)
    along = _ALONG_WITH.match(sentence.plain, match.end(), sentence.end) if singular else None
    if along and (others := sentence.after(along.end())):
        people = add_up([people, others]) or people
    yield from _told(match, sentence, people, match["p_verb"], match["p_more"])


def _subject(match: re.Match[str], auxiliary: re.Match[str] | None, sentence: _Sentence) -> People | None:
    if auxiliary is None:
        return sentence.before(match.start())
    return sentence.before(auxiliary.start(), relative=auxiliary["who"] is not None)


def _told(match: re.Match[str], sentence: _Sentence, people: People, verb: str, more: str | None) -> Iterator[Harm]:
    """Give the harm that one verb or two tell of: how many were "killed or wounded" each is not said."""
    if more and _kind(more) != _kind(verb) and people.amount != _ONE:
        people = people._replace(amount=Amount(None, None, people.amount.high))
        yield _harm(_kind(more), people, match, sentence)
    yield _harm(_kind(verb), people, match, sentence)


def _active(match: re.Match[str], sentence: _Sentence) -> Iterator[Harm]:
    """An object after the verb, or people counted just before it: "killed two guards", "two guards killed"."""
    if _is_unreal(match, sentence):
        return
    if match["a_verb"].endswith("ed") and _ADJECTIVE.search(
        sentence.plain, max(sentence.start, match.start() - 25), match.start()
    ):
        return  # "the murdered senator"
    people = sentence.after(match.end())
    before = _adjacent(sentence, match.start())
    if before and not (people and people.counted) and before.noun in (None, "others", "people", "persons"):
        people = before  # "three others injured"
    if people is None and _ONE_AFTER.match(sentence.plain, match.end()):
        people = People(Span(*match.span()), _ONE)
    people = people or before
    if people is not None:
        yield from _told(match, sentence, people, match["a_verb"], match["a_more"])


_ONE_AFTER = re.compile(
    r"\s+(?:(?:him|her)\b|(?:an?|another)\s+(?!few|lot|number|total|dozen|hundred|thousand|group|large)[a-z]"
    r"|(?!(?:in|at|on|by|during|near|when|while|and|or|as|with|after|before|for|to|from|of|the|this|that|these|those|its"
    r"|their|his|it|them|people|yesterday|today|tonight|last|because|since|who|which|where|without|under|inside|outside"
    r"|more|many|several|some|others?|all|innocent|hundreds|thousands|dozens|between|due|if|so|not|no|cattle)\b)"
    r"[a-z][\w.'’-]+\s+[a-z])"
)
"""One person after a verb: "him", "a Colombian", or what may be a name."""


def _adjacent(sentence: _Sentence, at: int) -> People | None:
    """Return the people counted right before a word: "two guards dead", "left him dead"."""
    if _PRONOUN.search(sentence.plain, max(sentence.start, at - 20), at):
        return People(Span(at, at), _ONE)
    for people in reversed(sentence.people):
        if people.span.end <= at:
            between = sentence.plain[people.span.end : at]
            counted = people.amount != _SOME or people.noun is not None
            return (
                people
                if counted and re.fullmatch(r"\s+(?:others?\s+|more\s+|people\s+)?(?:\w+ly\s+)?", between)
                else None
            )
    return None


def _noun(match: re.Match[str], sentence: _Sentence) -> Iterator[Harm]:
    """ "The murder of six priests", "the bodies of two men"."""
    if _is_unreal(match, sentence):
        return
    people = sentence.after(match.end())
    if people is None:
        one = not match["o_verb"].endswith("s") and _ONE_AFTER.match(sentence.plain, match.end())
        people = People(Span(*match.span()), _ONE) if one else None
    if people is not None:
        yield _harm("killed", people, match, sentence)


def _own(match: re.Match[str], sentence: _Sentence) -> Iterator[Harm]:
    """One whose death, with the name before it, is spoken of: "the judge's murder"."""
    owner = _OWNER.search(sentence.plain, max(sentence.start, match.start() - 40), match.start())
    yield Harm(Span(owner.start() if owner else match.start(), match.end()), "killed", 1, 1, 1)


def _died(match: re.Match[str], sentence: _Sentence) -> Iterator[Harm]:
    if _is_unreal(match, sentence):
        return
    auxiliary = _AUXILIARY.search(sentence.plain, max(sentence.start, match.start() - 30), match.start())
    people = _subject(match, auxiliary, sentence)
    people = people or People(Span(*match.span()), _SOME)
    yield _harm("killed", people, match, sentence)


def _suffered(match: re.Match[str], sentence: _Sentence) -> Iterator[Harm]:
    people = sentence.before(match.start())
    if people is not None and not _is_unreal(match, sentence):
        yield _harm("injured", people, match, sentence)


def _count(match: re.Match[str], sentence: _Sentence) -> Iterator[Harm]:
    """ "Three dead", "three deaths", "three bodies"."""
    people = _adjacent(sentence, match.start())
    if people is not None:
        yield _harm("killed", people, match, sentence)


def _toll(match: re.Match[str], _: _Sentence) -> Iterator[Harm]:
    number = number_of(match["t_number"])
    yield Harm(Span(*match.span()), "killed", number, number, number, total=True)


_RULES = {
    "zero": _nobody, "nobody": _nobody, "passive": _passive, "active": _active, "noun": _noun, "own": _own,
    "died": _died, "suffered": _suffered, "count": _count, "toll": _toll,
}  # fmt: skip
