"""Decides where a place text is: site, town, province, country or nothing, with the reason.

The order: a site that the text names; a town inside the province stated; a town of the country when it
is the only one of its name or by far the largest; what the place is said to lie in; the province; the
country. A wrong place is worse than a coarse one, a coarse one worse than what a careful person would know.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from mapping.admin import province_named
from mapping.distances import arc_km
from mapping.gazetteer import country, country_named
from mapping.gazetteer.kinds import INSTALLATIONS, NATURAL, is_generic
from mapping.geocoder import provinces
from mapping.geocoder.answers import (
    DISTRICT_KM,
    NEAR_KM,
    Answer,
    apart_km,
    at_country,
    at_place,
    at_province,
    city_radius_km,
    nothing,
)
from mapping.geocoder.context import Asked, Context, look_around, province_of
from mapping.geocoder.reading import Mention, Phrase, read
from mapping.geocoder.relative import at_district, at_its_district, by_container, halfway, in_city, offset
from mapping.geocoder.scope import LARGE_PEOPLE, SETTLED
from mapping.geocoder.score import CONTAINER, DISTRICT, HALFWAY, THRESHOLD, evidence, percent, score
from mapping.geocoder.search import EXACT, Found, search
from mapping.geocoder.wording import described, listed, province_names
from mapping.geocoder.written import by_coordinates

if TYPE_CHECKING:
    from mapping.gazetteer import Gazetteer, Place
    from mapping.geocoder.provinces import Unit

__all__ = ["decide"]

_OUT_OF_TOWN = (NATURAL | {"countryside"}) - {"dam"}
_AT_ITS_TOWN = INSTALLATIONS - {"oil field"}
_BORDER_KM, _VILLAGE_BORDER_KM = 30.0, 10.0
_SUBURB_KM = 40.0


def decide(asked: Asked, gazetteer: Gazetteer, *, at_least: float = THRESHOLD) -> Answer:
    """Say where the place is.

    Parameters
    ----------
    at_least
        Score below which an answer gives way to the province; from 0 to 1.

    Examples
    --------
    >>> from mapping.gazetteer import load
    >>> answer = decide(Asked("Ain al-Asad base, Anbar", country_iso2="IQ"), load())
    >>> answer.geo_precision, answer.place_id
    ('site', 'site:ain-al-asad')
    """
    said = " ".join((asked.place or "").split())
    written = by_coordinates(said, asked.country_iso2)
    if isinstance(written, Answer):
        return written
    phrase = None if written else read(said)
    if phrase and _is_generic(phrase, gazetteer):
        phrase = None
    context = look_around(asked, phrase or Phrase(()), gazetteer)
    if written:
        return _coarse(context, written)._replace(is_open=True)
    if phrase is None:
        shown = said if len(said) <= 40 else f"{said[:40]}…"
        return _coarse(context, f"{shown!r} names no place" if said else "no place is given")
    doubt = ""
    for head in phrase.heads:
        answer = _by_name(head, context.beside_nothing() if head is phrase.whole else context, gazetteer)
        if isinstance(answer, Answer) and answer.score >= at_least:
            return answer
        unsure = "but what is found in this way is right only"
        doubt = answer if isinstance(answer, str) else f"{answer.geo_reason}, {unsure} {percent(answer)}"
    if middle := halfway(phrase, context, gazetteer):
        return _scored(middle, HALFWAY)
    around = by_container(phrase, context) or in_city(phrase, context, gazetteer)
    return (_scored(around, CONTAINER) if around else _coarse(context, doubt))._replace(is_open=True)


def _is_generic(phrase: Phrase, gazetteer: Gazetteer) -> bool:
    """Tell whether the text has only words such as "border area": unless our own list calls a site just that."""
    names = [head.whole for head in phrase.heads]
    if phrase.within or phrase.asides or not all(map(is_generic, [*names, *(head.name for head in phrase.heads)])):
        return False
    return not any(found.place.place_id.startswith("site:") for name in names for found in gazetteer.named(name))


def _scored(answer: Answer, kind: str) -> Answer:
    return answer._replace(evidence=kind, score=score(kind))


def _by_name(head: Mention, context: Context, gazetteer: Gazetteer) -> Answer | str:
    """Answer from the name itself, or say why not."""
    found = search(head, context.scope, gazetteer)
    says_kind = found is not None and found.level == "typed" and context.scope.kind != "province"
    if not says_kind and (unit := _unit(head, found, context, gazetteer)):
        return unit
    if not found and head.relation == "between":
        return f"{head.said!r} is a line, not a place"
    if not found:
        return _at_its_town(head, context, gazetteer)
    found = _at_border(_in_district(found, context), context)
    if not found.sure:
        return listed(head.said, found.places)
    if not _fits(found, context):
        outside = f"not in {province_names(context.scope.provinces)} as stated"
        return f"{described(head.said, found.places[0])}, {outside}"
    return _scored(_placed(head, found, context), evidence(found, head, context, gazetteer))


def _unit(head: Mention, found: Found | None, context: Context, gazetteer: Gazetteer) -> Answer | None:
    """Answer with the country or the province when the text names that and no more."""
    scope = context.scope
    if found and found.relation != head.relation:
        return None  # "South Lebanon" is a name of its own
    named = country_named(head.name) if head.relation in {"at", "part"} else None
    if named and scope.country in {None, named.country_iso2}:
        return at_country(named, f"{context.asked.place!r} is the country or a part of it")
    if head.kind in NATURAL and (code := province_named(head.core, scope.country)):
        return at_province(provinces.unit(code), f"{head.said!r} is a wide stretch of the province")
    code = province_of(head, scope.country)
    if code and context.asked.adm1_code and code != context.asked.adm1_code:
        return None  # Niger in Borno is not the state of Niger
    says_so = head.kind == "province" or scope.kind in {"province", "region"} or head.relation in {"part", "around"}
    says_town = "settlement" in (head.kind, scope.kind) or context.asked.adm1_code == code
    if code and (says_so or not _has_town(provinces.unit(code), found, gazetteer, says_town=says_town)):
        return at_province(provinces.unit(code), f"{context.asked.place!r} is the province or a part of it")
    return None


def _has_town(unit: Unit, found: Found | None, gazetteer: Gazetteer, *, says_town: bool) -> bool:
    """Tell whether a town is meant that bears the name of the province.

    A city is, the largest town is, and a city in its midst that is a province of its own. A smaller one is where the
    text or its kind says "town", or where the province is stated beside it: otherwise the province is right either way.
    """

    def is_meant(town: Place) -> bool:
        if not town.lies_in(frozenset({unit.adm1_code})):
            return town.population >= LARGE_PEOPLE and _km_from(unit, town) <= unit.radius_km
        is_known = town.kind not in SETTLED or town.population >= LARGE_PEOPLE or gazetteer.is_largest_town(town)
        return says_town or is_known

    return found is not None and any(map(is_meant, found.places))


def _km_from(unit: Unit, place: Place) -> float:
    return arc_km(place.latitude, place.longitude, unit.latitude, unit.longitude)


def _at_its_town(head: Mention, context: Context, gazetteer: Gazetteer) -> Answer | str:
    """Answer near the town from which a district or an unknown installation has its name."""
    unknown = f"{head.said!r} is in no list of places{_where(context)}"
    if head.kind != "district" and head.kind not in _AT_ITS_TOWN:
        return unknown
    found = search(head.without_kind(), context.scope._replace(kind=None), gazetteer)
    if not found or not found.sure or found.level != "named" or found.inside is False:
        return unknown
    town = found.places[0]
    if town.kind not in SETTLED:
        return unknown
    reason = f"{unknown}; {described(town.name, town)}"
    if head.kind == "district" and context.scope.kind != "quarter":
        return at_its_district(town, f"{reason}, which the district is named for")
    near = at_place(town, f"{reason}, and near it", precision="near", radius_km=NEAR_KM)
    return _scored(near, CONTAINER)._replace(is_open=True)


def _in_district(found: Found, context: Context) -> Found:
    """Keep of several places those about the town of the district that a column states, if there are any."""
    if found.sure:
        return found
    if (district := context.district) is not None:
        near = [place for place in found.places if place.district == district.district or _lies_in(place, district)]
    else:
        towns = [inner.place for inner in context.containers if inner.is_column]
        near = [place for place in found.places if any(apart_km(place, town) <= DISTRICT_KM for town in towns)]
    return found._replace(places=tuple(near)) if near else found


def _lies_in(place: Place, district: Place) -> bool:
    return not place.district and apart_km(place, district) <= district.radius_km


def _at_border(found: Found, context: Context) -> Found:
    """Keep of places outside the province stated those close to its border, if there are any.

    Reports, coders and boundaries drawn at 1:10 million disagree there by some kilometres.
    """
    if found.inside is not False or found.level not in EXACT:
        return found
    near = [place for place in found.places if _is_within(_VILLAGE_BORDER_KM, place, context)]
    return found._replace(places=tuple(near)) if near else found


def _is_within(border_km: float, place: Place, context: Context) -> bool:
    """Tell whether a place lies so close to a province stated; the circle about the province is measured first, cheaply."""
    return any(
        _km_from(unit, place) <= unit.radius_km + border_km and provinces.outside_km(unit.adm1_code, place) <= border_km
        for unit in map(provinces.unit, context.scope.provinces)
    )


def _fits(found: Found, context: Context) -> bool:
    """Tell whether the first place found may stand, as far as the provinces go.

    Claims go wrong near borders: a place just across one is meant all the same, a large town from farther, and
    so is a site that is called by its kind.
    """
    if found.level == "typed" or found.inside is not False:
        return True
    place = found.places[0]
    if found.level != "named":
        return False
    if _is_within(_BORDER_KM if place.population >= LARGE_PEOPLE else _VILLAGE_BORDER_KM, place, context):
        return True
    # Beirut and Damascus are cities and provinces: their suburbs lie in the next.
    units = map(provinces.unit, context.scope.provinces)
    return any(unit.is_city and _km_from(unit, place) <= _SUBURB_KM for unit in units)


def _placed(head: Mention, found: Found, context: Context) -> Answer:
    """Answer with the place found, as near to it as the text says."""
    place, kind = found.places[0], head.kind or context.scope.kind
    reason = described(head.said, place)
    if found.inside is False:
        reason += f", although {province_names(context.scope.provinces)} is stated"
    if found.relation == "offset":
        return offset(head, place, reason)
    if found.relation in {"near", "around"}:
        return at_place(place, f"near it: {reason}", precision="near", radius_km=NEAR_KM)
    if place.kind in SETTLED and kind in _OUT_OF_TOWN:
        return at_place(place, f"{kind} near it: {reason}", precision="near", radius_km=NEAR_KM)
    in_town = any(not inner.is_province and not inner.is_column for inner in context.containers)
    if place.kind in SETTLED and "district" in (context.scope.kind, head.kind) and not in_town:
        return at_its_district(place, f"the district named for it: {reason}")
    if place.kind == "base" and context.scope.kind == "settlement":
        return at_place(place, f"the town of that name: {reason}", precision="town", radius_km=city_radius_km(place))
    if found.relation == "part":
        return at_place(place, f"a part of it: {reason}", radius_km=city_radius_km(place))
    return at_place(place, reason)


def _coarse(context: Context, reason: str) -> Answer:
    """Answer with the province, else the country, else nothing."""
    asked, scope = context.asked, context.scope
    if context.district:
        return _scored(at_district(context.district, reason), DISTRICT)
    code = asked.adm1_code or (next(iter(scope.provinces)) if len(scope.provinces) == 1 else None)
    if code:
        return at_province(provinces.unit(code), f"{reason}; province only")
    if asked.adm1_claimed:
        reason += f"; {asked.adm1_claimed!r} is no single province that we know"
    if scope.country:
        return at_country(country(scope.country), f"{reason}; country only")
    return nothing(reason)


def _where(context: Context) -> str:
    scope = context.scope
    if scope.provinces:
        return f" of {province_names(scope.provinces)}"
    return f" of {country(scope.country).name}" if scope.country else ""
