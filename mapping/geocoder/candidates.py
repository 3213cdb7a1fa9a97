"""What one place text may mean, best first, for a person to choose from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mapping.gazetteer import in_use
from mapping.geocoder import provinces
from mapping.geocoder.answers import Answer, at_place
from mapping.geocoder.context import Asked, look_around
from mapping.geocoder.decide import decide
from mapping.geocoder.reading import read
from mapping.geocoder.search import every
from mapping.geocoder.wording import described

if TYPE_CHECKING:
    from mapping.gazetteer import Gazetteer, Place

__all__ = ["SURE", "Candidate", "candidates"]

SURE = 0.9
"""Score of what `geocode` would answer; what it would not lies below."""

_FALL = 0.5


@dataclass(frozen=True, slots=True)
class Candidate:
    """One place that a text may mean.

    Attributes
    ----------
    latitude, longitude
        WGS 84; null for a province or a country, which nobody pointed into.
    radius_km
        How far off that may be.
    reason
        How it was found.
    score
        From 1, as good as certain, to 0; an order, not yet a probability.
    """

    name: str
    kind: str
    adm1_code: str | None
    adm1_name: str | None
    country_iso2: str | None
    latitude: float | None
    longitude: float | None
    geo_precision: str
    radius_km: float
    geo_method: str
    place_id: str
    reason: str
    score: float


def candidates(
    text: str,
    *,
    country_iso2: str | None = None,
    adm1_code: str | None = None,
    limit: int = 5,
    gazetteer: Gazetteer | None = None,
) -> list[Candidate]:
    """List what a place text may mean, best first: what `geocode` would answer, then the others of that name.

    Parameters
    ----------
    text
        As a report or a table gives it.
    country_iso2, adm1_code
        Where it is said to be.
    limit
        How many at most.
    gazetteer
        Names to use; those in use (`mapping.gazetteer.using`) when not given.

    Examples
    --------
    >>> [(found.name, found.geo_precision) for found in candidates("Balad air base", country_iso2="IQ", limit=1)]
    [('Balad Air Base', 'site')]
    >>> candidates("?")
    []
    """
    names = gazetteer or in_use()
    phrase = read(text)
    if phrase is None:
        return []
    asked = Asked(place=text, country_iso2=country_iso2, adm1_code=adm1_code)
    context = look_around(asked, phrase, names)
    places = {inner.place.place_id: inner.place for inner in context.containers}
    others: dict[str, Answer] = {}
    for head in phrase.heads:
        meant = [place for found in every(head, context.scope, names) for place in found.places]
        # A person may choose what the geocoder needs more to go on for.
        namesakes = [found.place for found in names.named(head.name) if context.scope.admits(found.place)]
        for place in (*meant, *namesakes):
            places[place.place_id] = place
            others.setdefault(place.place_id, at_place(place, described(head.said, place)))
    answer = decide(asked, names)
    others.pop(answer.place_id or "", None)
    best_first = [*([answer] if answer.place_id else []), *others.values()][:limit]
    fall = 0 if answer.place_id else 1
    return [
        _candidate(one, places.get(one.place_id or ""), SURE * _FALL ** (rank + fall))
        for rank, one in enumerate(best_first)
    ]


def _candidate(answer: Answer, place: Place | None, score: float) -> Candidate:
    unit = provinces.unit(answer.adm1_code) if answer.adm1_code else None
    named = answer.place_id.removeprefix("country:") if answer.geo_precision == "country" and answer.place_id else None
    return Candidate(
        name=answer.matched_name or "",
        kind=place.kind if place else answer.geo_precision,
        adm1_code=answer.adm1_code,
        adm1_name=unit.adm1_name if unit else None,
        country_iso2=place.country_iso2 if place else unit.country_iso2 if unit else named,
        latitude=answer.latitude,
        longitude=answer.longitude,
        geo_precision=answer.geo_precision,
        radius_km=answer.radius_km or 0.0,
        geo_method=answer.geo_method or "",
        place_id=answer.place_id or "",
        reason=answer.geo_reason,
        score=round(score, 3),
    )
