"""People killed and injured in Arabic reports: "مقتل ثلاثة جنود", "قتيلان", "دون وقوع إصابات"."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from mapping.coding.arabic.letters import ATTACHED, letters_of, pattern
from mapping.coding.arabic.quantities import Quantity, find_quantities
from mapping.coding.mentions import Harm

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator

    from mapping.coding.arabic.letters import Letters
    from mapping.coding.text import Report

__all__ = ["find_harm"]

Kind = Literal["killed", "injured"]

_REACH = 70
"""Letters between the word for harm and the number of people."""

_KILLING = pattern(
    rf"{ATTACHED}(?:[تي]?قتل(?:ت|وا|ن|ا|تا|هم|ه|ها|تهم|ته|تها|ون|ى)?|مقتل|قتيل|[تيا]ستشهد(?:ت|وا|ا)?|استشهاد|شهداء|ضحايا|وفيات"
    r"|اغتال(?:ت|وا)?|اغتيال|اغتيل(?:ت|ا|وا)?|توفي(?:ت|ا)?|وفاة|مصرع|حياة|أرواح|تحييد|حيد(?:ت|وا)?|تصفية|إعدام|أعدم(?:ت|وا)?"
    r"|جثث|جثامين|جثة|قضى|قضوا|ذبح(?:وا)?|إبادة)(?!\w)"
)
_HURTING = pattern(
    rf"{ATTACHED}(?:أصيب(?:ت|ا|وا)?|[تي]صاب|أصاب(?:ت|وا|ا)?|إصابة|إصابات|جرح(?:ت|وا|ا|ى)?|جراح|مصابين|مصابون)(?!\w)"
)
_FALLEN = pattern(r"(?:قتيل|قتلى|قتيلا|شهيد|شهداء|شهيدا|جثة|جثث|قتيلان|قتيلين|شهيدان|شهيدين|القتلى|الشهداء)")
_HURT = pattern(
    r"(?:جريح|جرحى|جريحا|مصاب|مصابا|مصابين|مصابون|إصابة|إصابات|جريحان|جريحين|مصابان|الجرحى|المصابين|الإصابات)"
)
_GAP = pattern(
    r"(?:(?:\s*،[^،.]{1,40}،)?\s*[\"«»()]?(?!(?:من )?(?:بينهم|بينها|منهم|منها|بين|ضمنهم|في|على|قرب|قبل|بعد|منذ|خلال|جراء|إثر|بسبب|عندما|بينما|بعدما|التي"
    r"|الذي|أن|إن)(?!\w))\w{1,20}[\"«»()]?){0,4}(?:\s*،[^،.]{1,40}،)?\s*"
)
_THEN_KILLED = pattern(
    r"(?: \w{1,20}){0,6} (?:قتلوا|قتلا|استشهدوا|استشهدا|قضوا|قضيا|توفوا|(?:مصرع|حتف)(?:هم|هما|ه|ها))(?!\w)"
)
_THEN_HURT = pattern(r"(?: \w{1,20}){0,6} (?:أصيبوا|أصيبا|جرحوا|جرحا)(?!\w)")
_UNDONE = pattern(
    r"(?<!\w)(?:[وف]?لم|محاولة|محاولات|محاولته|دون|نية|بهدف|مخطط|هدد(?:ت)?|نجا(?:ة)?(?: \w+){0,4} من)\s*$"
)
_TOTAL = pattern(r"(?:حصيلة|إجمالي|ارتفع(?:ت)?|ارتفاع|عدد (?:القتلى|الضحايا|الجرحى)|بلغ(?:ت)?)(?: \w{1,20}){0,7}\s*$")
_AND = pattern(r"\s+و\s*")

_HIM = pattern(rf"{ATTACHED}(?:(?P<killed>مقتل|استشهاد|وفاة|مصرع)|إصابت)(?:(?P<two>هما)|ه|ها)(?!\w)")
"""Whom the sentence has named: "ما أدى إلى مقتله"."""

_NOBODY = pattern(
    r"(?<!\w)[وف]?(?:(?:من )?دون(?: أن)?|بدون|بلا|لم|ولا|ليس|لا) (?:\w{1,20} ){0,4}?(?:أي(?:ة)? )?"
    r"(?:(?P<killed>قتلى(?! (?:أو|و\s*لا|ولا) جرحى))|(?P<injured>جرحى)"
    r"|(?:إصابات|إصابة|ضحايا|قتلى (?:أو|ولا) جرحى|خسائر(?! مادية)(?: بشرية| في الأرواح)?))(?!\w)"
    r"|(?<!\w)[وف]?لم (?:يصب|يقتل|يتأذ|يتضرر) (?:أحد|أي (?:شخص|أحد|من))(?!\w)"
)


def find_harm(report: Report) -> list[Harm]:
    """Return how many people a report in Arabic says were killed and injured.

    Those counted among others ("بينهم طفلان") are not counted again. A plural that may be a dual ("مدنيين") has no number.

    Examples
    --------
    >>> from mapping.coding.reading import read
    >>> report = read("مقتل ثلاثة جنود وإصابة خمسة آخرين، ولم تقع أضرار.", language="ar")
    >>> [(harm.kind, harm.best, harm.who) for harm in find_harm(report)]
    [('killed', 3, 'جنود'), ('injured', 5, None)]
    """
    letters = letters_of(report.text)
    found: list[Harm] = []
    for start, end in letters.sentences(report):
        found += _told(letters, report, start, end)
        found += _named(letters, start, end)
        found += _none(letters, start, end)
    return sorted(found, key=lambda harm: harm.span)


def _none(letters: Letters, start: int, end: int) -> Iterator[Harm]:
    for match in _NOBODY.finditer(letters.text, start, end):
        span = letters.span(match.start(), match.end())
        for kind in ("killed", "injured"):
            if match.lastgroup in (None, kind):
                yield Harm(span, kind, 0, 0, 0)


def _named(letters: Letters, start: int, end: int) -> Iterator[Harm]:
    for match in _HIM.finditer(letters.text, start, end):
        if not _UNDONE.search(letters.text, max(0, match.start() - 40), match.start()):
            number = 2 if match["two"] else 1
            span = letters.span(match.start(), match.end())
            yield Harm(span, "killed" if match["killed"] else "injured", number, number, number)


def _told(letters: Letters, report: Report, start: int, end: int) -> list[Harm]:
    """Return the harm of one sentence: each number of people, with the word that says what befell them."""
    found: list[Harm] = []
    before = start
    for quantity in find_quantities(letters.text, start, end):
        also = found and _AND.fullmatch(letters.text, before, quantity.start)
        by_noun = _by_noun(quantity)
        told = by_noun or _before(letters.text, before, quantity) or _after(letters.text, end, quantity)
        if told is not None:
            kind, at = told
            total = _TOTAL.search(letters.text, max(start, at - _REACH), quantity.start) is not None
            span = letters.span(min(at, quantity.start), quantity.end)
            who = report.text[slice(*letters.span(*quantity.noun))] if quantity.noun and not by_noun else None
            found.append(Harm(span, kind, quantity.low, quantity.best, quantity.high, who, total))
        elif also and found[-1].best is not None and quantity.best is not None and found[-1].low == found[-1].best:
            found[-1] = _with_others(found[-1], quantity, letters)
        before = quantity.end
    return found


def _with_others(harm: Harm, quantity: Quantity, letters: Letters) -> Harm:
    """Add the people who are named after an "and"."""
    number = (harm.best or 0) + (quantity.best or 0)
    span = harm.span._replace(end=letters.span(quantity.start, quantity.end).end)
    return replace(harm, span=span, low=number, best=number, high=None if harm.high is None else number)


def _by_noun(quantity: Quantity) -> tuple[Kind, int] | None:
    """Tell by the counted noun itself: "three dead", "two wounded"."""
    if _FALLEN.fullmatch(quantity.counted):
        return "killed", quantity.start
    return ("injured", quantity.start) if _HURT.fullmatch(quantity.counted) else None


def _before(text: str, start: int, quantity: Quantity) -> tuple[Kind, int] | None:
    """Tell by the nearest verb or noun of harm before the number."""
    start = max(start, quantity.start - _REACH)
    said: list[tuple[Kind, re.Match[str]]] = [
        ("killed", match) for match in _KILLING.finditer(text, start, quantity.start)
    ]
    said += [("injured", match) for match in _HURTING.finditer(text, start, quantity.start)]
    if not said:
        return None
    kind, last = max(said, key=lambda one: one[1].start())
    if not _GAP.fullmatch(text, last.end(), quantity.start):
        return None
    if _UNDONE.search(text, max(0, last.start() - 40), last.start()):
        return None
    return kind, last.start()


def _after(text: str, end: int, quantity: Quantity) -> tuple[Kind, int] | None:
    """Tell by the verb that follows: "seven civilians were killed"."""
    if _THEN_KILLED.match(text, quantity.end, end):
        return "killed", quantity.start
    return ("injured", quantity.start) if _THEN_HURT.match(text, quantity.end, end) else None
