"""Provinces: their names and shapes, which one a point lies in, and which one a name means."""

from __future__ import annotations

from mapping.admin.borders import lies_swapped
from mapping.admin.claims import province_named, resolve_province
from mapping.admin.join import join_boundaries
from mapping.admin.locating import locate, place
from mapping.admin.units import geometries, units

__all__ = [
    "geometries",
    "join_boundaries",
    "lies_swapped",
    "locate",
    "place",
    "province_named",
    "resolve_province",
    "units",
]
