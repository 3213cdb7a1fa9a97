"""Counts incidents by province, time and type, and by how far they can be placed.

Every count here adds up to the rows of the frame: what cannot be counted under a heading is
counted apart, under null, never dropped.
"""

from __future__ import annotations

from mapping.aggregate.changes import (
    LEAST_BASE,
    Period,
    change,
    last_full_year,
    period_before,
    straddling,
    with_difference,
)
from mapping.aggregate.counts import (
    Placement,
    by_province,
    by_type,
    placement,
    province_only,
    unplaced,
    unplaced_reasons,
)
from mapping.aggregate.sites import Struck, struck
from mapping.aggregate.tables import Grid, by_province_and_period, class_starts, grid, period_unit, periods
from mapping.aggregate.tallies import add_up, by_actor, ranked, tally
from mapping.aggregate.time import Bins, OverTime, make_bins, over_time, step_for

__all__ = [
    "LEAST_BASE",
    "Bins",
    "Grid",
    "OverTime",
    "Period",
    "Placement",
    "Struck",
    "add_up",
    "by_actor",
    "by_province",
    "by_province_and_period",
    "by_type",
    "change",
    "class_starts",
    "grid",
    "last_full_year",
    "make_bins",
    "over_time",
    "period_before",
    "period_unit",
    "periods",
    "placement",
    "province_only",
    "ranked",
    "step_for",
    "straddling",
    "struck",
    "tally",
    "unplaced",
    "unplaced_reasons",
    "with_difference",
]
