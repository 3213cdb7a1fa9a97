"""The one set of filters for the pages, the address bar, the command line and Python."""

from __future__ import annotations

from mapping.query.filter import Chip, Filter
from mapping.query.matching import SEARCHED
from mapping.query.narrow import ROW, narrow
from mapping.query.parameters import PARAMETERS, Parameter, join_values
from mapping.query.shapes import Circle, read_polygon, read_shape

__all__ = [
    "PARAMETERS",
    "ROW",
    "SEARCHED",
    "Chip",
    "Circle",
    "Filter",
    "Parameter",
    "join_values",
    "narrow",
    "read_polygon",
    "read_shape",
]
