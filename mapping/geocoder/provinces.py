"""Provinces for the geocoder, one at a time."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from mapping import admin

__all__ = ["Unit", "unit"]


class Unit(NamedTuple):
    """A province: what `mapping.admin.units` says of it."""

    adm1_code: str
    adm1_name: str
    country_iso2: str
    longitude: float
    latitude: float
    radius_km: float


@lru_cache(maxsize=1)
def _units() -> dict[str, Unit]:
    return {row[0]: Unit(*row) for row in admin.units().select(Unit._fields).iter_rows()}


def unit(adm1_code: str) -> Unit:
    """Return the province of that code.

    Examples
    --------
    >>> unit("IQ-AN").country_iso2
    'IQ'
    """
    return _units()[adm1_code]
