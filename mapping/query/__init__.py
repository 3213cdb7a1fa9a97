"""The one set of filters for the pages, the address bar, the command line and Python."""

from __future__ import annotations

from mapping.query.filter import Chip, Filter
from mapping.query.index import Index
from mapping.query.narrow import COMPACT, ROW, narrow, narrowed
from mapping.query.parameters import PARAMETERS, Parameter, join_values
from mapping.query.search import Texts
from mapping.query.search_fields import FIELDS, SEARCHED
from mapping.query.search_language import write_query
from mapping.query.search_parser import parse_query
from mapping.query.shapes import Circle, read_polygon, read_shape

__all__ = [
    "COMPACT", "FIELDS", "PARAMETERS", "ROW", "SEARCHED", "Chip", "Circle", "Filter", "Index", "Parameter", "Texts", "join_values",
    "narrow", "narrowed", "parse_query", "read_polygon", "read_shape", "write_query",
]  # fmt: skip
