"""How often an answer found in one way was right: what a score means."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mapping.geocoder.answers import apart_km
from mapping.geocoder.scope import KNOWN_PEOPLE, LARGE_PEOPLE, SETTLED, bears_it_first
from mapping.toponym import skeleton, spelling

if TYPE_CHECKING:
    from mapping.gazetteer import Gazetteer, Place
    from mapping.geocoder.answers import Answer
    from mapping.geocoder.context import Context
    from mapping.geocoder.reading import Mention
    from mapping.geocoder.search import Found

__all__ = ["CONTAINER", "DISTRICT", "HALFWAY", "RIGHT", "THRESHOLD", "TRADE_OFF", "evidence", "percent", "score"]

THRESHOLD = 0.8
"""Answers that are right less often are not given unless the user asks for them."""

CONTAINER, DISTRICT, HALFWAY = "container", "learned district", "halfway"
"""Ways of placing by what lies about: in or near a place that the text names, in a district, between two places."""

_FAR_KM = 50.0
_LONG_NAME, _LONG_SPELLING, _LONG_SKELETON = 5, 6, 4

RIGHT: dict[str, tuple[int, int]] = {
    "alike, inside": (8, 14), "container": (659, 682), "halfway": (29, 29), "learned district": (396, 413),
    "named, anywhere": (0, 3), "named, border": (6, 6), "named, common village": (16, 27),
    "named, inside": (1618, 1634), "named, known": (337, 344), "named, learned": (353, 366),
    "named, unknown province": (10, 10), "named, village": (114, 121), "skeleton of few consonants, inside": (6, 16),
    "skeleton, inside": (8, 12), "spelled as another name, anywhere": (2, 2),
    "spelled as another name, inside": (13, 15), "spelled as another name, known": (3, 5),
    "spelled as another name, village": (3, 5), "spelled as another short name, common village": (0, 1),
    "spelled as another short name, inside": (18, 18), "spelled as another short name, known": (4, 8),
    "spelled as another short name, learned": (1, 2), "spelled as another short name, village": (2, 2),
    "spelled, common village": (3, 6), "spelled, inside": (42, 44), "spelled, known": (8, 8),
    "spelled, learned": (0, 6), "spelled, village": (8, 8), "typed, inside": (155, 155), "typed, known": (76, 76),
    "vowel, inside": (10, 10),
}  # fmt: skip
"""By way of finding: how many of the names so found were where the source says, and how many there were.

Measured by `benchmarks/scores.py` on UCDP GED, with and without province and district: Syria in 2016, learned from 2017
and not learned, and the sample of the world. Right is within 25 km, or within the radius of an answer that says
"near", "area" or "district"."""

TRADE_OFF: dict[float, tuple[float, float]] = {0.5: (0.543, 0.036), 0.8: (0.535, 0.032), 0.97: (0.139, 0.03)}
"""By threshold: the share of names placed, and of these the share wrong by more than 25 km.

Measured as `RIGHT` is, but on Syria in 2017, learned from 2016, without the province."""

_PRIORS = {
    "typed": 0.95, "named": 0.9, "spelled": 0.85, "spelled as another name": 0.8, "spelled as another short name": 0.5, "vowel": 0.8, "typed skeleton": 0.85, "skeleton": 0.7, "skeleton of few consonants": 0.4, "alike": 0.5, CONTAINER: 0.9,
    DISTRICT: 0.8, HALFWAY: 0.9,
}  # fmt: skip
_PRIOR_WEIGHT, _ANYWHERE = 4, 0.4
"""What is thought of a way before it was measured, and how many names that thought is worth."""


def evidence(found: Found, head: Mention, context: Context, gazetteer: Gazetteer) -> str:
    """Name the way in which a place was found, as `RIGHT` counts it."""
    place = found.places[0]
    level = found.level + _closeness(found, head)
    if context.scope.beside or found.inside:
        return f"{level}, inside"
    if found.inside is False:
        return f"{level}, border"
    if context.scope.country is None and not _is_world_known(place, head):
        return f"{level}, anywhere"
    if context.asked.adm1_claimed and not context.scope.provinces:
        return f"{level}, unknown province"
    return f"{level}, {_standing(place, head, gazetteer)}"


def _is_world_known(place: Place, head: Mention) -> bool:
    """Tell whether a name may stand without a country: what our own list holds, or a known town under its own name.

    A short name must be a city's: Of, Best and Deal are towns of 20,000 people, too.
    """
    if place.place_id.startswith("site:"):
        return True
    return bears_it_first(place, head) and place.population >= (
        KNOWN_PEOPLE if len(head.core) >= _LONG_NAME else LARGE_PEOPLE
    )


def _closeness(found: Found, head: Mention) -> str:
    """Tell, where the name is written otherwise, what meets by chance from what does not."""
    if found.level == "spelled":
        if bears_it_first(found.places[0], head):
            return ""
        return " as another name" if len(spelling(head.core)) >= _LONG_SPELLING else " as another short name"
    if found.level == "skeleton":
        return "" if len(skeleton(head.core)) >= _LONG_SKELETON else " of few consonants"
    return ""


def _standing(place: Place, head: Mention, gazetteer: Gazetteer) -> str:
    """Tell what is widely known, or learned, from villages, and those from the ones that have namesakes abroad."""
    if place.kind not in SETTLED or place.place_id.startswith("site:") or place.population >= KNOWN_PEOPLE:
        return "known"
    if place.rows:
        return "learned"
    is_common = any(apart_km(other.place, place) > _FAR_KM for other in gazetteer.named(head.core))
    return "common village" if is_common else "village"


def score(kind: str) -> float:
    """Return how often answers found in that way are right, from 0 to 1.

    Examples
    --------
    >>> score("named, inside") > score("alike, inside")
    True
    """
    right, of = RIGHT.get(kind, (0, 0))
    prior = _PRIORS[kind if kind in _PRIORS else kind.partition(",")[0]]
    if kind.endswith(", anywhere"):
        prior = _ANYWHERE
    return (right + _PRIOR_WEIGHT * prior) / (of + _PRIOR_WEIGHT)


def percent(answer: Answer) -> str:
    """Say how often such an answer is right."""
    return f"in {answer.score:.0%} of cases"
