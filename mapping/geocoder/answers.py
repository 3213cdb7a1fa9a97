"""What the geocoder says: a place, a province, a country or nothing, each with its reason."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

from mapping.distances import EARTH_KM, arc_km
from mapping.gazetteer.kinds import NATURAL

if TYPE_CHECKING:
    from mapping.gazetteer import Country, Place
    from mapping.geocoder.provinces import Unit

__all__ = [
    "DISTRICT_KM",
    "NEAR_KM",
    "REACH_KM",
    "Answer",
    "apart_km",
    "at_country",
    "at_place",
    "at_province",
    "city_radius_km",
    "nothing",
    "point_from",
]

NEAR_KM = 25.0
REACH_KM = ((1.0, "site"), (5.0, "town"), (NEAR_KM, "near"))
"""Precision of coordinates by how far off they may be; beyond the last, an area."""
DISTRICT_KM = 50.0
_CITIES_KM = ((1_000_000, 15.0), (300_000, 10.0), (0, 5.0))
_METHODS = {"geonames": "gazetteer", "added": "gazetteer", "learned": "learned"}
_WIDE = NATURAL | {"countryside", "street"}


class Answer(NamedTuple):
    """Where, as columns of the incident say it (see `mapping.schema`).

    Attributes
    ----------
    is_open
        The text names a place that was not found, or is borne by several: worth a person's look.
    """

    latitude: float | None
    longitude: float | None
    geo_precision: str
    radius_km: float | None
    geo_method: str | None
    place_id: str | None
    matched_name: str | None
    geo_reason: str
    adm1_code: str | None
    is_open: bool = False
    evidence: str = ""
    score: float = 1.0


def nothing(reason: str) -> Answer:
    """Abstain.

    Examples
    --------
    >>> nothing("no place is given").geo_precision
    'none'
    """
    return Answer(None, None, "none", None, None, None, None, reason, None)


def at_place(place: Place, reason: str, *, precision: str | None = None, radius_km: float = 0.0) -> Answer:
    """Answer with a place: at its own precision and radius, or coarser ones."""
    return Answer(
        latitude=place.latitude,
        longitude=place.longitude,
        geo_precision=precision or _own_precision(place),
        radius_km=max(radius_km, place.radius_km),
        geo_method=_METHODS.get(place.place_id.partition(":")[0], "site"),
        place_id=place.place_id,
        matched_name=place.name,
        geo_reason=reason,
        adm1_code=place.adm1_code,
    )


def at_province(unit: Unit, reason: str) -> Answer:
    """Answer with a province: no point, since nobody named one."""
    return Answer(
        None, None, "province", unit.radius_km, "province", unit.adm1_code, unit.adm1_name, reason, unit.adm1_code
    )


def at_country(found: Country, reason: str) -> Answer:
    """Answer with a country: no point, since nobody named one."""
    code = f"country:{found.country_iso2}"
    return Answer(None, None, "country", found.radius_km, "province", code, found.name, reason, None)


def _own_precision(place: Place) -> str:
    if place.precision:
        return "area" if place.kind in _WIDE else place.precision
    if place.kind in {"town", "district"}:
        return "town"
    if place.kind in NATURAL and place.kind != "dam":
        return "area"
    return "near" if "DOUBTFUL" in place.note else "site"


def city_radius_km(place: Place) -> float:
    """Say how far from the point of a town its quarters may lie.

    GeoNames gives a town one point; a city of a million reaches fifteen kilometres from it.
    """
    return next(radius for people, radius in _CITIES_KM if place.population >= people)


def apart_km(one: Place, other: Place) -> float:
    """Measure the great-circle distance between two places."""
    return arc_km(one.latitude, one.longitude, other.latitude, other.longitude)


def point_from(place: Place, distance_km: float, bearing: float) -> tuple[float, float]:
    """Return latitude and longitude so far from a place, in that direction (degrees from north).

    Good to a hundredth of the distance below a few hundred kilometres.
    """
    north = math.degrees(distance_km * math.cos(math.radians(bearing)) / EARTH_KM)
    east = math.degrees(distance_km * math.sin(math.radians(bearing)) / EARTH_KM)
    latitude = place.latitude + north
    # A ten-thousandth of a degree is ten metres, closer than "10 km" is meant.
    return round(latitude, 4), round(place.longitude + east / math.cos(math.radians(latitude)), 4)
