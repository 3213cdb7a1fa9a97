"""Countries by name and code, for texts that name no more than that."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

import polars as pl

from mapping.datasets import shipped

__all__ = ["Country", "country", "country_named"]


class Country(NamedTuple):
    """A country; `radius_km` bounds how far a point of it lies from its middle, null where we hold no boundary."""

    country_iso2: str
    name: str
    radius_km: float | None


@lru_cache(maxsize=1)
def _by_code_and_name() -> tuple[dict[str, Country], dict[str, Country]]:
    table = pl.read_parquet(shipped("gazetteer/countries.parquet"))
    listed = [(Country(*row[:3]), row[3]) for row in table.iter_rows()]
    return {each.country_iso2: each for each, _ in listed}, {name: each for each, names in listed for name in names}


def country(country_iso2: str) -> Country:
    """Return the country of that code; one that ISO 3166-1 does not have goes by its code.

    Examples
    --------
    >>> country("IQ").name, country("XK").name
    ('Iraq', 'XK')
    """
    return _by_code_and_name()[0].get(country_iso2) or Country(country_iso2, country_iso2, None)


def country_named(folded: str) -> Country | None:
    """Return the country of that folded name.

    Examples
    --------
    >>> country_named("عراق").country_iso2
    'IQ'
    """
    return _by_code_and_name()[1].get(folded)
