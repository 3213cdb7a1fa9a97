"""Provinces and districts: their names and shapes, which one a point lies in, and which one a name means."""

from __future__ import annotations

from mapping.admin.borders import lies_abroad, lies_swapped
from mapping.admin.claims import province_named, resolve_province
from mapping.admin.districts import districts, place_in_districts
from mapping.admin.join import join_boundaries
from mapping.admin.locating import locate, place, provinces_now
from mapping.admin.sets import in_use, using
from mapping.admin.units import geometries, units

__all__ = [
    "districts",
    "geometries",
    "in_use",
    "join_boundaries",
    "lies_abroad",
    "lies_swapped",
    "locate",
    "place",
    "place_in_districts",
    "province_named",
    "provinces_now",
    "resolve_province",
    "units",
    "using",
]
