"""Places told by others: halfway between two, so far from one, in or near one that is known."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mapping.gazetteer.kinds import NATURAL
from mapping.geocoder import provinces
from mapping.geocoder.answers import DISTRICT_KM, NEAR_KM, Answer, apart_km, at_place, city_radius_km, point_from
from mapping.geocoder.scope import SETTLED
from mapping.geocoder.search import search
from mapping.geocoder.wording import described
from mapping.toponym import fold

if TYPE_CHECKING:
    from mapping.gazetteer import Gazetteer, Place
    from mapping.geocoder.context import Container, Context
    from mapping.geocoder.reading import Mention, Phrase

__all__ = ["at_district", "at_its_district", "by_container", "halfway", "in_city", "offset"]

_IN_TOWN = frozenset({"quarter", "street", "facility", "district", "shrine"})
_LONGEST_LINE_KM = 200.0


def halfway(phrase: Phrase, context: Context, gazetteer: Gazetteer) -> Answer | None:
    """Answer with the middle between two places, as far off as they are; a longer line is no place."""
    found = [search(end.without_kind(), context.scope, gazetteer) for end in phrase.ends]
    ends = [each.places[0] for each in found if each and each.sure and each.inside is not False]
    if len(ends) != 2 or (half_km := apart_km(*ends) / 2) > _LONGEST_LINE_KM / 2:
        return None
    one, other = ends
    reason = f"halfway: {described(phrase.ends[0].said, one)}, {described(phrase.ends[1].said, other)}"
    precision = "near" if half_km <= NEAR_KM else "area"
    answer = at_place(one, reason, precision=precision, radius_km=max(half_km, one.radius_km, other.radius_km))
    middle = [round((a + b) / 2, 4) for a, b in ((one.latitude, other.latitude), (one.longitude, other.longitude))]
    name = f"{one.name} – {other.name}"
    return answer._replace(latitude=middle[0], longitude=middle[1], matched_name=name, place_id=None, adm1_code=None)


def offset(head: Mention, place: Place, reason: str) -> Answer:
    """Answer with a point so far from a place; the direction of a report is good to about thirty degrees."""
    away_km = head.distance_km or 0.0
    if head.bearing is None:
        return at_place(place, f"{away_km:g} km from it: {reason}", precision="near", radius_km=5 + away_km)
    latitude, longitude = point_from(place, away_km, head.bearing)
    answer = at_place(place, f"computed, {away_km:g} km from it: {reason}", precision="near", radius_km=5 + away_km / 2)
    return answer._replace(latitude=latitude, longitude=longitude, adm1_code=None)


def by_container(phrase: Phrase, context: Context) -> Answer | None:
    """Answer with what the place lies in, when its own name is not known."""
    if not phrase.heads or phrase.heads[-1].relation == "between":
        return None
    said = phrase.heads[-1]
    if not context.containers or (context.district and all(map(_is_wide, context.containers))):
        return None
    inner = context.containers[0]
    kind, town = said.kind or context.scope.kind, inner.place
    reason = f"{said.said!r} itself is in no list of places; {described(inner.mention.said, town)}"
    if inner.mention.relation == "offset":
        return offset(inner.mention, town, reason)
    if inner.mention.kind == "district" or inner.is_column:
        return at_its_district(town, f"{reason}, which the district is named for")
    if kind in NATURAL:
        return at_place(town, reason, precision="area", radius_km=DISTRICT_KM)
    if inner.mention.relation != "at" or inner.mention in phrase.asides:
        return at_place(town, reason, precision="near", radius_km=NEAR_KM)
    if kind in _IN_TOWN and town.kind in SETTLED:
        return at_place(town, reason, radius_km=city_radius_km(town))
    return None if inner.is_province else at_place(town, reason, precision="near", radius_km=NEAR_KM)


def in_city(phrase: Phrase, context: Context, gazetteer: Gazetteer) -> Answer | None:
    """Answer with the city for an unknown quarter of a province that reaches no farther than its city: Mazzeh in Damascus."""
    said, codes = phrase.heads[-1], tuple(context.scope.provinces)
    if len(codes) != 1 or (said.kind or context.scope.kind) not in _IN_TOWN:
        return None
    unit = provinces.unit(codes[0])
    towns = [each.place for each in gazetteer.named(fold(unit.adm1_name)) if each.place.kind in SETTLED]
    inside = [town for town in towns if town.lies_in(context.scope.provinces)]
    town = max(inside, key=lambda town: town.population, default=None)
    if town is None or city_radius_km(town) < unit.radius_km:
        return None
    reason = f"{said.said!r} itself is in no list of places; {described(unit.adm1_name, town)}"
    return at_place(town, reason, radius_km=city_radius_km(town))


def _is_wide(inner: Container) -> bool:
    return inner.is_column or inner.is_province


def at_its_district(town: Place, reason: str) -> Answer:
    """Answer with the town that a district is named for, as far off as the district may reach."""
    return at_place(town, reason, precision="district", radius_km=provinces.district_km(town.adm1_code))


def at_district(district: Place, reason: str) -> Answer:
    """Answer with the middle of the incidents that are known from a district."""
    known = f"{district.rows:,} rows of {district.origin}" if district.rows else district.origin
    return at_place(
        district, f"{reason}; the point is the middle of {district.name} as {known} know it", precision="district"
    )
