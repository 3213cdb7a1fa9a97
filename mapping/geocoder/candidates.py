"""What one place text may mean, best first, for a person to choose from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from mapping.gazetteer import in_use
from mapping.geocoder import provinces
from mapping.geocoder.answers import Answer, at_place
from mapping.geocoder.context import Asked, look_around
from mapping.geocoder.decide import decide
from mapping.geocoder.finders import alike
from mapping.geocoder.reading import read
from mapping.geocoder.score import evidence, score
from mapping.geocoder.search import every
from mapping.geocoder.wording import described

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mapping.gazetteer import Gazetteer, Place
    from mapping.geocoder.context import Context
    from mapping.geocoder.reading import Mention, Phrase

__all__ = ["Candidate", "candidates"]

_NAMESAKE = 0.1
_ALIKE_PERCENT = 75.0


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
        How often what is found in this way is right, from 0 to 1; of several that a name may mean, each has its share.
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
    district: str | None = None,
    site_type: str | None = None,
    limit: int = 5,
    gazetteer: Gazetteer | None = None,
) -> list[Candidate]:
    """List what a place text may mean, best first: what `geocode` would answer, then the others of that name.

    Parameters
    ----------
    text
        As a report or a table gives it.
    country_iso2, adm1_code, district, site_type
        Where it is said to be, and what.
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
    asked = Asked(
        place=text, site_type=site_type, adm2_claimed=district, country_iso2=country_iso2, adm1_code=adm1_code
    )
    context = look_around(asked, phrase, names)
    places = {inner.place.place_id: inner.place for inner in context.containers}
    answer = decide(asked, names)
    best_first = [answer] if answer.geo_method else []
    for head, place, likely in _others(phrase, context, names):
        places[place.place_id] = place
        best_first.append(at_place(place, described(head.said, place))._replace(score=likely))
    distinct: dict[str | None, Answer] = {}
    for one in best_first:
        distinct.setdefault(one.place_id, one)
    ordered = sorted(distinct.values(), key=lambda one: (one is not answer, -one.score))
    return [_candidate(one, places.get(one.place_id or "")) for one in ordered[:limit]]


def _others(phrase: Phrase, context: Context, names: Gazetteer) -> Iterator[tuple[Mention, Place, float]]:
    """Yield every place that a person may choose, each with its share of what its way of finding is worth."""
    for head in phrase.heads:
        for found in every(head, context.scope, names):
            likely = score(evidence(found, head, context, names)) / len(found.places)
            yield from ((head, place, likely if found.inside is not False else _NAMESAKE) for place in found.places)
        namesakes = [found.place for found in names.named(head.name) if context.scope.admits(found.place)]
        much_alike = alike(head, context.scope, names, least=_ALIKE_PERCENT)
        yield from ((head, place, _NAMESAKE) for place in (*namesakes, *much_alike))


def _candidate(answer: Answer, place: Place | None) -> Candidate:
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
        score=round(answer.score, 3),
    )
