"""How often an answer found in one way was right: what a score means."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mapping.geocoder.answers import apart_km
from mapping.geocoder.search import KNOWN_PEOPLE, LARGE_PEOPLE, SETTLED
from mapping.toponym import spelling

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

RIGHT: dict[str, tuple[int, int]] = {
    "alike province common village": (0, 1), "alike province learned": (2, 6), "alike province town": (2, 2),
    "alike province village": (3, 3), "container": (191, 210), "halfway": (25, 25), "learned district": (279, 292),
    "named beside common village": (5, 5), "named beside town": (3, 3), "named border city": (2, 2),
    "named country city": (172, 175), "named country common village": (29, 43), "named country learned": (353, 366),
    "named country site": (24, 24), "named country town": (146, 150), "named country village": (90, 94),
    "named province city": (272, 276), "named province common village": (43, 49),
    "named province learned": (732, 734), "named province site": (38, 38), "named province town": (196, 196),
    "named province village": (126, 126), "skeleton province learned": (6, 16), "spelled country city": (0, 1),
    "spelled country common village": (9, 12), "spelled country learned": (1, 5), "spelled country site": (4, 4),
    "spelled country town": (5, 6), "spelled country village": (5, 7), "spelled province common village": (13, 13),
    "spelled province learned": (2, 2), "spelled province site": (6, 6), "spelled province town": (9, 9),
    "spelled province village": (7, 7), "typed beside site": (2, 2), "typed country site": (75, 75),
    "typed province site": (129, 129), "vowel province common village": (3, 3), "vowel province learned": (0, 2),
    "vowel province town": (4, 5), "vowel province village": (6, 6),
}  # fmt: skip
"""By way of finding: how many of the names so found were where the source says, and how many there were.

Measured by `benchmarks/scores.py` on UCDP GED, with and without province and district: Syria in 2016, learned from 2017
and not learned, and the sample of the world. Right is within 25 km, or within the radius of an answer that says
"near", "area" or "district"."""

TRADE_OFF: dict[float, tuple[float, float]] = {
    0.5: (0.57, 0.06),
    0.8: (0.53, 0.03),
    0.9: (0.52, 0.03),
    0.97: (0.3, 0.02),
}
"""By threshold: the share of names placed, and of these the share wrong by more than 25 km.

Measured as `RIGHT` is, but on Syria in 2017, learned from 2016, without the province."""

_PRIORS = {
    "typed": 0.95, "named": 0.9, "spelled": 0.85, "vowel": 0.8, "skeleton": 0.5, "alike": 0.5, CONTAINER: 0.9,
    DISTRICT: 0.8, HALFWAY: 0.9,
}  # fmt: skip
_PRIOR_WEIGHT = 4
"""What is thought of a way before it was measured, and how many names that thought is worth."""


def evidence(found: Found, head: Mention, context: Context, gazetteer: Gazetteer) -> str:
    """Name the way in which a place was found, as `RIGHT` counts it."""
    place, scope = found.places[0], context.scope
    if scope.beside:
        ground = "beside"
    elif found.inside is not None:
        ground = "province" if found.inside else "border"
    else:
        ground = "country" if scope.country else "world"
    return f"{found.level} {ground} {_standing(place, head, gazetteer)}"


def _standing(place: Place, head: Mention, gazetteer: Gazetteer) -> str:
    if place.kind not in SETTLED or place.place_id.startswith("site:"):
        return "site"
    if place.rows:
        return "learned"
    if place.population >= LARGE_PEOPLE:
        return "city"
    if place.population >= KNOWN_PEOPLE:
        return "town"
    namesakes = [*gazetteer.named(head.core), *gazetteer.spelled(spelling(head.core))]
    is_common = any(apart_km(other.place, place) > _FAR_KM for other in namesakes)
    return "common village" if is_common else "village"


def score(kind: str) -> float:
    """Return how often answers found in that way are right, from 0 to 1.

    Examples
    --------
    >>> score("named province city") > score("alike province village")
    True
    """
    right, of = RIGHT.get(kind, (0, 0))
    prior = _PRIORS[kind if kind in _PRIORS else kind.partition(" ")[0]]
    return (right + _PRIOR_WEIGHT * prior) / (of + _PRIOR_WEIGHT)


def percent(answer: Answer) -> str:
    """Say how often such an answer is right."""
    return f"{answer.score:.0%} of the time"
