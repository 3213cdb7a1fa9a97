"""Places that a report names, in English and Arabic, and which of several each name means."""

from __future__ import annotations

from mapping.coding.places.placing import find_places, home_country
from mapping.coding.places.rows import Located, contains, most_specific, row_place

__all__ = ["Located", "contains", "find_places", "home_country", "most_specific", "row_place"]
