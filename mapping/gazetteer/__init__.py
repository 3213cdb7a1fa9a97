"""Names of places: what bears a name, and what kind of place a name says."""

from __future__ import annotations

from mapping.gazetteer.countries import Country, country, country_named
from mapping.gazetteer.current import in_use, using
from mapping.gazetteer.learning import Lesson, learn
from mapping.gazetteer.naming import folded_names
from mapping.gazetteer.places import Gazetteer, Named, Place, load

__all__ = [
    "Country",
    "Gazetteer",
    "Lesson",
    "Named",
    "Place",
    "country",
    "country_named",
    "folded_names",
    "in_use",
    "learn",
    "load",
    "using",
]
