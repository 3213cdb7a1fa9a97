"""Provinces for the geocoder, one at a time."""

from __future__ import annotations

import math
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

import shapely
import shapely.ops

from mapping import admin
from mapping.admin.sets import REMEMBERED, Sets
from mapping.admin.units import shapes, shipped_units
from mapping.geocoder.answers import DISTRICT_KM

if TYPE_CHECKING:
    from mapping.gazetteer import Place

__all__ = ["Unit", "district_km", "outside_km", "unit"]

_CITY_KM = 40.0
_KM_PER_DEGREE = 111.2


class Unit(NamedTuple):
    """A province: what `mapping.admin.units` says of it."""

    adm1_code: str
    adm1_name: str
    country_iso2: str
    longitude: float
    latitude: float
    radius_km: float

    @property
    def is_city(self) -> bool:
        """Whether it is no wider than a city and its suburbs, as Damascus and Beirut are."""
        return self.radius_km <= _CITY_KM


@lru_cache(maxsize=REMEMBERED)
def _units(sets: Sets) -> dict[str, Unit]:
    """Return the provinces in use, and the shipped ones that they replace: places of the gazetteer may have their codes."""
    with admin.using(sets):
        held = (*shipped_units().select(Unit._fields).iter_rows(), *admin.units().select(Unit._fields).iter_rows())
    return {row[0]: Unit(*row) for row in held}


def unit(adm1_code: str) -> Unit:
    """Return the province of that code.

    Examples
    --------
    >>> unit("IQ-AN").country_iso2
    'IQ'
    """
    return _units(admin.in_use())[adm1_code]


def district_km(adm1_code: str | None) -> float:
    """Return how far from its town a district may reach: 50 km, more where the provinces are as wide as Mali's.

    Examples
    --------
    >>> district_km("IQ-BB"), district_km("IQ-AN") > 100
    (50.0, True)
    """
    return DISTRICT_KM if adm1_code is None else max(DISTRICT_KM, round(unit(adm1_code).radius_km / 2, 1))


def outside_km(adm1_code: str, place: Place) -> float:
    """Return how far a place lies outside a province, in kilometres; 0 inside.

    Good to a few kilometres: the boundaries are drawn at 1:10 million.
    """
    row = admin.units()["adm1_code"].index_of(adm1_code)
    if row is None:
        return float("inf")
    shape = shapes()[row]
    # On a plane in which a degree of longitude is as long as it is at the place.
    shrunk = math.cos(math.radians(place.latitude))
    nearest = shapely.ops.nearest_points(shape, shapely.Point(place.longitude, place.latitude))[0]
    return math.hypot((nearest.x - place.longitude) * shrunk, nearest.y - place.latitude) * _KM_PER_DEGREE
