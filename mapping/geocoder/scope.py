"""What is known of where a place lies, and what of the gazetteer that allows."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from mapping.admin.borders import COUNTED_TO
from mapping.gazetteer.kinds import are_alike
from mapping.geocoder.answers import apart_km
from mapping.toponym import fold, spelling

if TYPE_CHECKING:
    from mapping.gazetteer import Place
    from mapping.geocoder.reading import Mention

__all__ = [
    "KNOWN_PEOPLE", "LARGE_PEOPLE", "SETTLED", "SETTLED_SAID", "Scope", "bears_it_first", "is_meant", "may_be_town", "needs_cue",
]  # fmt: skip

SETTLED = frozenset({"town", "district"})
SETTLED_SAID = frozenset({None, "settlement", "quarter", "facility"})
"""Kinds of a gazetteer's settlements, and kinds that a text says of them."""

KNOWN_PEOPLE, LARGE_PEOPLE = 10_000, 50_000

_VILLAGE = re.compile(r"\b(?:village|hamlet|farm)$|^قريه\b")
_BESIDE_KM = 40.0


class Scope(NamedTuple):
    """What else is known of where a place lies.

    Attributes
    ----------
    provinces
        Codes of the provinces stated, in the column or in the text.
    beside
        Places that it is said to lie in or near; it must be within 40 km of one.
    kind
        The kind that the site_type column says, null where it says none.
    """

    country: str | None = None
    provinces: frozenset[str] = frozenset()
    beside: tuple[Place, ...] = ()
    kind: str | None = None

    def admits(self, place: Place) -> bool:
        """Tell whether country and neighbours allow the place; provinces are weighed later."""
        if place.kind == "region" and "AMBIGUOUS" in place.note:
            return False  # "Kurdistan" is a wide land in four countries
        in_country = self.country in {None, place.country_iso2, COUNTED_TO.get(place.country_iso2)}
        return in_country and (not self.beside or any(apart_km(place, other) <= _BESIDE_KM for other in self.beside))


def bears_it_first(place: Place, mention: Mention) -> bool:
    """Tell whether a name is the place's own, but for its spelling; every name in our own list of sites is.

    GeoNames has many a name that nobody uses: "Barah" for Aleppo, "French" for a town in Ohio.
    """
    own = spelling(fold(place.name))
    return place.place_id.startswith("site:") or own in (spelling(mention.name), spelling(mention.core))


def is_meant(place: Place, mention: Mention, scope: Scope) -> bool:
    """Tell whether a place of another name may be meant: in the province, and of the kind that the text says."""
    if not scope.admits(place) or not (place.lies_in(scope.provinces) or scope.beside):
        return False
    if place.kind in SETTLED:
        return mention.kind in SETTLED_SAID and may_be_town(place, mention, scope)
    return mention.kind is not None and are_alike(mention.kind, place.kind)


def may_be_town(place: Place, mention: Mention, scope: Scope) -> bool:
    """Tell whether the text may mean that town: a quarter of a town is no town elsewhere that has its name."""
    if place.population >= LARGE_PEOPLE and _VILLAGE.search(mention.whole):
        return False  # Al Suwaydah village is not the city of As-Suwayda
    is_quarter = "quarter" in (mention.kind, scope.kind)
    return not needs_cue(place, scope) and (not is_quarter or place.kind == "district" or bool(scope.beside))


def needs_cue(place: Place, scope: Scope) -> bool:
    """Tell whether the name is a common word, too, and nothing else speaks for the place."""
    return "AMBIGUOUS" in place.note and not scope.beside and not place.lies_in(scope.provinces)
