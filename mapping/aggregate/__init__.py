"""Counts incidents by province, time and type, and by how far they can be placed.

Every count here adds up to the rows of the frame: what cannot be counted under a heading is
counted apart, under null, never dropped.
"""

from __future__ import annotations

from mapping.aggregate.counts import (
    Placement,
    by_month,
    by_province,
    by_type,
    placement,
    province_only,
    unplaced,
    unplaced_reasons,
)

__all__ = [
    "Placement",
    "by_month",
    "by_province",
    "by_type",
    "placement",
    "province_only",
    "unplaced",
    "unplaced_reasons",
]
