"""What is known of where a place lies before its own name is looked up: the other columns, and the rest of the text."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from mapping.admin import province_named
from mapping.gazetteer import country_named
from mapping.gazetteer.kinds import kind_of, split_kind
from mapping.geocoder import provinces
from mapping.geocoder.reading import LONGEST, Mention, mention
from mapping.geocoder.scope import LARGE_PEOPLE, Scope, bears_it_first
from mapping.geocoder.search import EXACT, search

if TYPE_CHECKING:
    from mapping.gazetteer import Gazetteer, Place
    from mapping.geocoder.reading import Phrase

__all__ = ["Asked", "Container", "Context", "look_around", "province_of"]


_MOST_REMEMBERED = 10_000


class Asked(NamedTuple):
    """One distinct question; `adm1_code` is what `adm1_claimed` was resolved to."""

    place: str | None = None
    site_type: str | None = None
    adm1_claimed: str | None = None
    adm2_claimed: str | None = None
    country_iso2: str | None = None
    adm1_code: str | None = None


class Container(NamedTuple):
    """A place in or near which another is said to lie.

    Attributes
    ----------
    is_province
        Its province has the same name, and may be what is meant.
    is_column
        The column of districts names it, not the text.
    """

    mention: Mention
    place: Place
    is_province: bool
    is_column: bool


class Context(NamedTuple):
    """All that is known beside the name itself.

    Attributes
    ----------
    scope
        What a place must fit.
    containers
        Nearest first.
    district
        Centre of the district stated, where rows have taught where that lies.
    """

    asked: Asked
    scope: Scope
    containers: tuple[Container, ...]
    district: Place | None = None

    def beside_nothing(self) -> Context:
        """Return the context for the text as a whole, which does not lie beside a part of itself."""
        return self._replace(scope=self.scope._replace(beside=()))


def province_of(said: Mention, country: str | None) -> str | None:
    """Return the code of the province that a name may be, read without its direction."""
    if said.kind not in {None, "province", "region"} or said.relation not in {"at", "part", "around"}:
        return None
    name = said.core if said.kind == "province" else said.name
    if name.isdecimal():
        return None
    return province_named(said.whole, country) or province_named(name, country)


def look_around(asked: Asked, phrase: Phrase, gazetteer: Gazetteer) -> Context:
    """Gather what country, provinces and places the columns and the text name around the place."""
    scope = Scope(
        asked.country_iso2, frozenset({asked.adm1_code} if asked.adm1_code else ()), kind=kind_of(asked.site_type)
    )
    # A district in either column helps; a province that none knows does not: people write Mosul for all of Nineveh.
    districts = [mention(asked.adm2_claimed[:LONGEST])] if asked.adm2_claimed else []
    if asked.adm1_claimed and (claimed := mention(asked.adm1_claimed[:LONGEST])).kind == "district":
        districts.append(claimed)
    around = [*phrase.within, *phrase.asides, *districts]
    countries = {said: country for said in around if (country := country_named(said.name))}
    scope = scope._replace(country=scope.country or next((each.country_iso2 for each in countries.values()), None))
    codes = [None if said in countries else province_of(said, scope.country) for said in around]
    scope = scope._replace(provinces=scope.provinces.union(filter(None, codes)))
    if scope.country is None and len(homes := {provinces.unit(code).country_iso2 for code in scope.provinces}) == 1:
        scope = scope._replace(country=homes.pop())  # a province says its country
    wide = scope._replace(kind=None)
    containers = tuple(
        Container(said, place, code is not None, said in districts)
        for said, code in zip(around, codes, strict=True)
        if said not in countries and (place := _container(said, wide, gazetteer))
    )
    # A province or a district is wide: what lies in it need not lie beside the town that names it.
    beside = tuple(
        inner.place
        for inner in containers
        if not inner.is_province and inner.mention.kind != "district" and not inner.is_column
    )
    return Context(asked, scope._replace(beside=beside), containers, _district(districts, phrase, scope, gazetteer))


def _container(said: Mention, scope: Scope, gazetteer: Gazetteer) -> Place | None:
    """Find the one place that a container is; of many rows in one district it is asked once."""
    memory, asked = gazetteer.memory, (said, scope)
    if asked not in memory:
        if len(memory) >= _MOST_REMEMBERED:
            memory.clear()
        memory[asked] = _find_container(said, scope, gazetteer)
    return memory[asked]


def _find_container(said: Mention, scope: Scope, gazetteer: Gazetteer) -> Place | None:
    """Find a container by its name or, in a country stated, its spelling."""
    found = search(said.without_kind(), scope, gazetteer)
    if not found or not found.sure or found.inside is False:
        return None
    place = found.places[0]
    if scope.provinces:
        return place if found.level in EXACT or found.level == "spelled" else None
    # In a whole country a district's name meets too many others: only what bears it before others, or a city.
    is_near_enough = found.level in EXACT or (found.level == "spelled" and scope.country is not None)
    return place if is_near_enough and (bears_it_first(place, said) or place.population >= LARGE_PEOPLE) else None


def _district(stated: list[Mention], phrase: Phrase, scope: Scope, gazetteer: Gazetteer) -> Place | None:
    """Return the learned district that the columns or the text state; null where it is none or more than one."""
    for said in (*stated, *(inner for inner in phrase.within if inner.kind == "district")):
        found = [place for place in gazetteer.districts(split_kind(said.whole)[0]) if scope.admits(place)]
        inside = [place for place in found if not scope.provinces or place.lies_in(scope.provinces)]
        if len(inside) == 1:
            return inside[0]
    return None
