"""Names of places: what bears a name, and what kind of place a name says."""

from __future__ import annotations

from mapping.gazetteer.countries import Country, country, country_named
from mapping.gazetteer.places import Gazetteer, Named, Place, load

__all__ = ["Country", "Gazetteer", "Named", "Place", "country", "country_named", "load"]
