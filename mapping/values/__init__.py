"""Reads columns of text: dates, counts, measures, degrees.

Every function takes a column of text and returns a frame of the same height: the value, or the
``problem`` that a person has to mend, and a ``note`` on what was assumed. Nothing is guessed.
"""

from __future__ import annotations

from mapping.values.cells import Cell, is_unknown, read_cells, tidy
from mapping.values.coordinates import Axis, parse_degrees
from mapping.values.dates import READ_TWO_WAYS, DateOrder, check_date_order, parse_dates
from mapping.values.numbers import parse_counts, parse_measures

__all__ = [
    "READ_TWO_WAYS",
    "Axis",
    "Cell",
    "DateOrder",
    "check_date_order",
    "is_unknown",
    "parse_counts",
    "parse_dates",
    "parse_degrees",
    "parse_measures",
    "read_cells",
    "tidy",
]
