"""Provinces: their names and shapes, which one a point lies in, and which one a name means."""

from __future__ import annotations

from mapping.admin.claims import province_named, resolve_province
from mapping.admin.units import geometries, units

__all__ = ["geometries", "province_named", "resolve_province", "units"]
