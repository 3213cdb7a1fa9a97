"""What the lists know of a name: countries, provinces, and the places of the gazetteer in use."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from mapping import admin
from mapping.admin.sets import REMEMBERED, Sets, in_use, using
from mapping.gazetteer import country_named
from mapping.gazetteer import in_use as gazetteer_in_use
from mapping.toponym import fold

if TYPE_CHECKING:
    from mapping.gazetteer import Country, Gazetteer, Place

__all__ = ["Known", "known"]

_NO_COUNTRY = frozenset({"america", "jersey", "montserrat", "reunion", "grenade", "chili", "cad", "suede", "island"})
"""Names of countries that a text means otherwise: a continent, a football shirt."""


class Known(NamedTuple):
    """What bears a name.

    Attributes
    ----------
    provinces
        Whether provinces are called so, by their codes.
    places
        Towns and sites.
    """

    country: Country | None
    provinces: tuple[str, ...]
    places: tuple[Place, ...]

    def __bool__(self) -> bool:
        return bool(self.country or self.provinces or self.places)


def known(key: str) -> Known:
    """Return what the lists know of a folded name; abbreviations are none: BBC and SDF are airports, too.

    Examples
    --------
    >>> known("anbar").provinces, known("hit").places[0].place_id, known("peru").country.country_iso2
    (('IQ-AN',), 'geonames:95788', 'PE')
    """
    return _known(key, gazetteer_in_use(), in_use())


@lru_cache(maxsize=10_000)
def _known(key: str, gazetteer: Gazetteer, sets: Sets) -> Known:
    found = gazetteer.named(key)
    places = tuple(dict.fromkeys(each.place for each in found if not each.is_code))
    country = None if key in _NO_COUNTRY else country_named(key)
    return Known(country, _province_names(sets.provinces()).get(key, ()), places)


@lru_cache(maxsize=REMEMBERED)
def _province_names(sets: Sets) -> dict[str, tuple[str, ...]]:
    """Return the codes of the provinces of each folded name."""
    with using(sets):
        units = admin.units()
    codes: dict[str, set[str]] = {}
    for code, name, names in units.select("adm1_code", "adm1_name", "names").iter_rows():
        for each in (name, *(names or ())):
            if each:
                codes.setdefault(fold(each), set()).add(code)
    return {name: tuple(sorted(held)) for name, held in codes.items() if len(name) > 2}
