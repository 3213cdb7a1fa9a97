"""Reads columns of text: dates, counts, measures, degrees, coordinates; and a text that is or holds a point.

Every ``parse_`` function takes a column of text and returns a frame of the same height: the value, or the
``problem`` that a person has to mend, and a ``note`` on what was assumed. Nothing is guessed.
"""

from __future__ import annotations

from mapping.values.angles import Axis
from mapping.values.cells import Cell, is_unknown, read_cells, shown, tidy
from mapping.values.coordinates import parse_degrees
from mapping.values.dates import READ_TWO_WAYS, DateOrder, DatesTold, check_date_order, dates_told, parse_dates
from mapping.values.numbers import parse_counts, parse_measures
from mapping.values.point import PointRead
from mapping.values.point_columns import COORDINATES, parse_points
from mapping.values.points import BOTH_WAYS, find_point, read_point

__all__ = [
    "BOTH_WAYS",
    "COORDINATES",
    "READ_TWO_WAYS",
    "Axis",
    "Cell",
    "DateOrder",
    "DatesTold",
    "PointRead",
    "check_date_order",
    "dates_told",
    "find_point",
    "is_unknown",
    "parse_counts",
    "parse_dates",
    "parse_degrees",
    "parse_measures",
    "parse_points",
    "read_cells",
    "read_point",
    "shown",
    "tidy",
]
