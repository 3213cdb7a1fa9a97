"""The score of drafts against templates: one rule for every slot, one alignment for every text.

Templates and drafts of a text are aligned one to one so that the most slots agree. A pair needs the type (ATTACK for any
other, or any other for ATTACK, counts half) or both date and place. A template that the key calls optional costs nothing
when it is missed. In the place, the most specific name right counts 1, a containing place alone one half; a number that
differs counts half; a date is right or wrong.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache

import numpy as np
import pycountry
from rapidfuzz import fuzz
from scipy.optimize import linear_sum_assignment

from benchmarks.reports.keys import Counts, Template
from mapping.coding.draft import draft_report
from mapping.coding.reading import read
from mapping.gazetteer.kinds import split_kind
from mapping.toponym import fold

SLOTS = ("type", "date", "place", "deaths", "injuries")
MEASURES = ("present", "template", *SLOTS)
TYPES = {
    "kidnapping": "KIDNAPPING",
    "robbery": "ROBBERY",
    "arson": "ARSON",
    "hijacking": "HIJACKING",
    "explosion": "BOMBING",
    "IED": "BOMBING",
    "suicide bombing": "BOMBING",
}


@dataclass(frozen=True)
class Answer:
    """What a draft says, as far as it is scored; the first of `names` is the most specific.

    `clash`: armed sides fight each other, which this project wants and MUC leaves out.
    """

    type: str
    first: date | None = None
    last: date | None = None
    names: tuple[str, ...] = ()
    country: str | None = None
    deaths: int | None = None
    injuries: int | None = None
    clash: bool = False


@dataclass
class Tally:
    """Right (halves counted), of those that the key has, and of those that were answered."""

    right: Counter[str] = field(default_factory=Counter)
    possible: Counter[str] = field(default_factory=Counter)
    answered: Counter[str] = field(default_factory=Counter)

    def add(self, measure: str, right: float, *, possible: float, answered: float) -> None:
        """Count one comparison."""
        self.right[measure] += right  # type: ignore[assignment]
        self.possible[measure] += possible  # type: ignore[assignment]
        self.answered[measure] += answered  # type: ignore[assignment]

    def figures(self, measure: str) -> tuple[float, float, float]:
        """Return precision, recall and F, in percent."""
        right, possible, answered = self.right[measure], self.possible[measure], self.answered[measure]
        return (
            100 * right / answered if answered else 0.0,
            100 * right / possible if possible else 0.0,
            200 * right / (answered + possible) if answered + possible else 0.0,
        )


@dataclass(frozen=True)
class Pairing:
    """One text scored: which template goes with which draft, and what each slot of the pair is worth."""

    pairs: tuple[tuple[Template, Answer, dict[str, float]], ...]
    missed: tuple[Template, ...]
    invented: tuple[Answer, ...]


def answer_of(fields: Mapping[str, object]) -> Answer:
    """Take from a draft's fields what is scored."""
    names = tuple(str(fields[column]) for column in ("place", "adm2_claimed", "adm1_claimed") if fields.get(column))
    return Answer(
        type=TYPES.get(str(fields.get("event_type")), "ATTACK"),
        first=_day(fields.get("date_start")),
        last=_day(fields.get("date_end")),
        names=names,
        country=str(fields["country_iso2"]) if fields.get("country_iso2") else None,
        deaths=_number(fields, "fatalities_best", "fatalities_low", "fatalities_high"),
        injuries=_number(fields, "injured"),
        clash=fields.get("event_type") == "armed clash",
    )


def answers_to(text: str) -> list[Answer]:
    """Draft a text, and take from its drafts what is scored."""
    return [answer_of(draft.fields) for draft in draft_report(read(text)).incidents]


def _day(value: object) -> date | None:
    return date.fromisoformat(value) if isinstance(value, str) and value else value if isinstance(value, date) else None


def _number(fields: Mapping[str, object], *columns: str) -> int | None:
    numbers = [number for column in columns if isinstance(number := fields.get(column), int | float)]
    return int(numbers[0]) if numbers else None


def slot_worth(template: Template, answer: Answer) -> dict[str, float]:
    """Say what each slot of a pair is worth: 1, one half or 0; a slot that neither fills is not there."""
    worth = {"type": _type(template, answer)}
    if template.dates or answer.last:
        worth["date"] = float((answer.first, answer.last) in template.dates)
    if template.places or answer.names or answer.country:
        worth["place"] = max((_place(place, answer) for place in template.places), default=0.0)
    for slot, counts in (("deaths", template.deaths), ("injuries", template.injuries)):
        number = getattr(answer, slot)
        if number is not None or counts.required:
            worth[slot] = _count(counts, number)
    return worth


def _type(template: Template, answer: Answer) -> float:
    if answer.type in template.types:
        return 1.0
    return 0.5 if "ATTACK" in template.types or answer.type == "ATTACK" else 0.0


def _place(place: tuple[tuple[str, ...], ...], answer: Answer) -> float:
    same_country = answer.country is not None and answer.country in map(country_code, place[0])
    if len(place) == 1:
        return (0.5 if answer.names else 1.0) * same_country
    if answer.names and any(alike(answer.names[0], name) for name in place[-1]):
        return 1.0
    contained = any(alike(one, name) for one in answer.names for part in place[1:] for name in part)
    return 0.5 if contained or same_country else 0.0


def _count(counts: Counts, number: int | None) -> float:
    if number is None or not counts.any_of:
        return 0.0
    exact = any(
        count.low <= number if count.plural else number == count.low or count.low <= number <= count.high < np.inf
        for count in counts.any_of
    )
    return 1.0 if exact else 0.5


@cache
def country_code(name: str) -> str | None:
    """Return the ISO 3166-1 alpha-2 code of a country's name in capitals."""
    try:
        return str(pycountry.countries.lookup(name).alpha_2)
    except LookupError:
        return None


@cache
def alike(one: str, other: str) -> bool:
    """Say whether two spellings name the same place: kinds ("city", "department") and accents aside."""
    first, second = (split_kind(fold(name))[0] or fold(name) for name in (one, other))
    return first == second or fuzz.ratio(first, second) >= 88


def pair(templates: Sequence[Template], answers: Sequence[Answer]) -> Pairing:
    """Align the templates and the drafts of one text so that the most slots agree."""
    worth = [[slot_worth(template, answer) for answer in answers] for template in templates]
    gain = np.array([[_gain(slots) for slots in row] for row in worth]).reshape(len(templates), len(answers))
    chosen = [(int(t), int(a)) for t, a in zip(*linear_sum_assignment(-gain), strict=True) if gain[t, a] > 0]
    return Pairing(
        pairs=tuple((templates[t], answers[a], worth[t][a]) for t, a in chosen),
        missed=tuple(one for t, one in enumerate(templates) if t not in {t for t, _ in chosen}),
        invented=tuple(one for a, one in enumerate(answers) if a not in {a for _, a in chosen}),
    )


def _gain(slots: dict[str, float]) -> float:
    """Add up a pair's slots; nothing when it may not be one. A required template goes before an optional one."""
    allowed = slots["type"] or (slots.get("date") and slots.get("place"))
    return sum(slots.values()) if allowed else 0.0


def score(texts: Iterable[tuple[Sequence[Template], Sequence[Answer]]]) -> Tally:
    """Score the drafts of every text against its templates."""
    tally = Tally()
    for templates, answers in texts:
        _score_text(tally, templates, answers)
    return tally


def _score_text(tally: Tally, templates: Sequence[Template], answers: Sequence[Answer]) -> None:
    told = any(not template.optional for template in templates)
    if told or not templates:
        tally.add("present", bool(answers) and told, possible=told, answered=bool(answers))
    done = pair(templates, answers)
    for template, answer, worth in done.pairs:
        tally.add("template", 1, possible=1, answered=1)
        for slot, right in worth.items():
            tally.add(slot, right, possible=_asked(template, slot, right), answered=_given(answer, slot))
    for template in done.missed:
        if not template.optional:
            tally.add("template", 0, possible=1, answered=0)
            for slot in SLOTS:
                tally.add(slot, 0, possible=_asked(template, slot), answered=0)
    for answer in done.invented:
        tally.add("template", 0, possible=0, answered=1)
        for slot in SLOTS:
            tally.add(slot, 0, possible=0, answered=_given(answer, slot))


def _asked(template: Template, slot: str, right: float = 0.0) -> bool:
    """Say whether the key has this slot: what may be left empty counts only when it was answered right."""
    if slot in ("deaths", "injuries"):
        counts: Counts = getattr(template, slot)
        return counts.required or (bool(counts.any_of) and right > 0)
    return bool({"type": template.types, "date": template.dates, "place": template.places}[slot])


def _given(answer: Answer, slot: str) -> bool:
    """Say whether a draft fills this slot."""
    filled = {"type": True, "date": answer.last is not None, "place": bool(answer.names or answer.country)}
    return filled[slot] if slot in filled else getattr(answer, slot) is not None
