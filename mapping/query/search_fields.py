"""The fields of a search: what a word before a colon names."""

from __future__ import annotations

from mapping.schema import COLUMNS, SCHEMA

__all__ = ["FIELDS", "SEARCHED", "SHORT", "is_number"]

SEARCHED = (
    "incident_id", "event_type", "event_type_source", "weapon", "target", "outcome", "summary", "actor1", "actor2",
    "adm1_claimed", "adm2_claimed", "place", "site_type", "matched_name", "adm1_name", "adm2_name", "source_name",
)  # fmt: skip
"""Columns in which a word without a field is looked for."""

SHORT: dict[str, tuple[str, ...]] = {
    "id": ("incident_id",),
    "type": ("event_type", "event_type_source"),
    "weapons": ("weapon_count",),
    "actor": ("actor1", "actor2"),
    "attacker": ("actor1",),
    "killed": ("fatalities_best",),
    "country": ("country_iso2",),
    "province": ("adm1_name", "adm1_claimed", "adm1_code"),
    "district": ("adm2_name", "adm2_claimed", "adm2_code"),
    "site": ("site_type",),
    "precision": ("geo_precision",),
    "source": ("source_name",),
    "sources": ("source_count",),
    "reason": ("geo_reason",),
}
"""Columns by a name that is shorter than theirs."""

FIELDS: dict[str, tuple[str, ...]] = SHORT | {
    column.name: (column.name,) for column in COLUMNS if not column.dtype.is_temporal()
}
"""Columns by every name that a field may have: all but the dates, which have filters of their own."""


def is_number(field: str) -> bool:
    """Tell whether a field holds numbers.

    Examples
    --------
    >>> is_number("killed"), is_number("place")
    (True, False)
    """
    return SCHEMA[FIELDS[field][0]].is_numeric()
