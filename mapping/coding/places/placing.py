"""Places of a report: every name with its level, its role and, where the text tells, what contains it."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Literal, NamedTuple

from mapping.admin import province_named
from mapping.admin.sets import in_use as boundaries_in_use
from mapping.coding.mentions import Place, Span
from mapping.coding.places.arabic import find_in_arabic
from mapping.coding.places.finding import Found, find
from mapping.coding.places.known import known
from mapping.coding.places.pointing import Pointed, pointed_at
from mapping.coding.places.scope import COARSE, Countries, containers
from mapping.coding.places.tokens import tokens, visible
from mapping.gazetteer import in_use
from mapping.gazetteer.kinds import are_alike, kind_of
from mapping.geocoder import provinces
from mapping.toponym import fold

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mapping.admin.sets import Sets
    from mapping.coding.places.lexicon import Level
    from mapping.coding.text import Report
    from mapping.gazetteer import Gazetteer
    from mapping.gazetteer import Place as Listed

__all__ = ["find_places", "home_country"]

_KNOWN_PEOPLE, _LARGE_PEOPLE, _MANY_TIMES = 100_000, 300_000, 10


class _Meant(NamedTuple):
    """What a name means, as far as that is known."""

    level: Level
    country: str | None = None
    adm1_code: str | None = None
    place: Listed | None = None


def find_places(report: Report) -> list[Place]:
    """Find the places that a report names, in order.

    Examples
    --------
    >>> from mapping.coding.reading import read
    >>> report = read("A bomb exploded in Hit, Anbar province, police said.")
    >>> [(place.name, place.level, place.role, place.adm1_code) for place in find_places(report)]
    [('Hit', 'town', 'where', 'IQ-AN'), ('Anbar', 'province', 'where', 'IQ-AN')]
    """
    countries = _countries(report, in_use(), boundaries_in_use())
    found = countries.found
    levels = [_level(each) for each in found]
    within = containers(report, found, levels)
    meant: dict[int, _Meant] = {}
    # What contains comes first, so that what it contains is looked for inside it.
    for at in sorted(range(len(found)), key=lambda at: (-COARSE[levels[at]], -at)):
        meant[at] = _meaning(found[at], levels[at], meant.get(within.get(at, -1)), countries)
    named = [
        _place(report, each, meant[at])
        for at, each in enumerate(found)
        if each.role or _stands_alone(each, meant[at], countries)
    ]
    pointed = [_pointed(each, countries) for each in pointed_at(report, countries.home())]
    return sorted([*named, *pointed], key=lambda place: place.span)


def home_country(report: Report) -> str | None:
    """Return the country that a report speaks of most, by countries, peoples and its dateline; None where it names none.

    Examples
    --------
    >>> from mapping.coding.reading import read
    >>> home_country(read("Two Iraqi soldiers were wounded near the base."))
    'IQ'
    """
    return _countries(report, in_use(), boundaries_in_use()).home()


@lru_cache(maxsize=2)
def _countries(report: Report, gazetteer: Gazetteer, boundaries: Sets) -> Countries:  # noqa: ARG001 (what it hangs on)
    """Find names and countries once for the two questions that every report is asked."""
    held = tokens(report)
    found = find_in_arabic(report) if report.language == "ar" else find(report, held)
    return Countries(report, held, tuple(found))


def _level(found: Found) -> Level:
    """Say how coarse a name is, by the words beside it first."""
    what = found.known
    if what.country and (found.right == found.end or found.level not in ("site", "district", "province")):
        return "country"
    if found.level:
        return found.level
    if what.places:
        kinds = {place.kind for place in what.places}
        return "town" if kinds & {"town", "district"} else "district" if "region" in kinds else "site"
    return "province" if what.provinces else "unknown"


def _meaning(found: Found, level: Level, container: _Meant | None, countries: Countries) -> _Meant:
    what = found.known
    if level == "country" and what.country:
        return _Meant(level, what.country.country_iso2)
    inside = container.country if container else None
    order = [inside] if inside else countries.in_order(found)
    if found.kind in ("region", "regions") and any(province_named(found.key, country) for country in order):
        level = "province"  # the Kherson region, Magway Region: what the country calls its provinces
    if level == "province" or not what.places:
        return _province(found, level, container, order)
    holds = container is not None and COARSE[container.level] > COARSE[level]
    within = container.adm1_code if container and holds else None
    for country in order:
        held = [place for place in what.places if place.country_iso2 == country and _fits(place, found, within)]
        if held:
            one = _one_of(held)
            is_its_town = level == "district" and one is not None and one.kind == "town"
            own = _own_level(found, one, level)
            return _Meant(own, country, one.adm1_code if one else within, None if is_its_town else one)
        if what.provinces and not found.level and province_named(found.key, country):
            return _province(found, "province", container, [country])
    if order and found.role:
        return _Meant(found.level or "unknown", inside, within)
    only = len(what.places) == 1 and found.level == "site"
    one = _one_of([place for place in what.places if only or place.population >= _LARGE_PEOPLE])
    return _Meant(_own_level(found, one, level), one.country_iso2 if one else None, one.adm1_code if one else None, one)


def _own_level(found: Found, place: Listed | None, level: Level) -> Level:
    if found.level or place is None:
        return level
    if place.kind == "region":
        return "district"
    return "town" if place.kind in ("town", "district") else "site"


def _fits(place: Listed, found: Found, adm1_code: str | None) -> bool:
    """Tell whether a place is in the province that the text says, and of the kind that it says."""
    if adm1_code and not place.lies_in(frozenset({adm1_code})):
        return False
    if found.level == "site":
        said = kind_of(found.kind)
        return said is not None and are_alike(said, place.kind)
    return True


def _one_of(places: list[Listed]) -> Listed | None:
    """Return the only one of several places, or the one that is many times as large as the next."""
    ordered = sorted(places, key=lambda place: -place.population)
    if len(ordered) > 1 and ordered[0].population < _MANY_TIMES * max(ordered[1].population, 1):
        return None
    return ordered[0] if ordered else None


def _province(found: Found, level: Level, container: _Meant | None, order: Iterable[str]) -> _Meant:
    if level == "province":
        for country in order:
            if code := province_named(found.key, country):
                return _Meant(level, provinces.unit(code).country_iso2, code)
        if code := province_named(found.key):
            return _Meant(level, provinces.unit(code).country_iso2, code)
    return _Meant(level, container.country if container else None, container.adm1_code if container else None)


def _stands_alone(found: Found, meant: _Meant, countries: Countries) -> bool:
    """Tell whether a name without a word of place before it is one all the same: it is known, and well, or near."""
    if found.level or found.owned or meant.level == "country":
        return True
    if meant.place is None:
        return meant.adm1_code is not None
    is_site = meant.place.place_id.startswith("site:")
    return is_site or meant.place.population >= _KNOWN_PEOPLE or meant.country == countries.home()


def _place(report: Report, found: Found, meant: _Meant) -> Place:
    written = " ".join(visible(report.text[found.start : found.end]).split())
    code = meant.adm1_code
    return Place(
        Span(found.start, found.end),
        written.title() if report.in_capitals else written,
        meant.level,
        country_iso2=meant.country,
        adm1_code=code,
        adm1_name=provinces.unit(code).adm1_name if code else None,
        place_id=meant.place.place_id if meant.place else None,
        near=found.role == "near",
        role=_role(found),
        kind=found.kind or None,
    )


def _pointed(pointed: Pointed, countries: Countries) -> Place:
    what = known(fold(pointed.name))
    country = pointed.country_iso2 or countries.dateline
    place = _one_of([each for each in what.places if each.country_iso2 == country])
    code = place.adm1_code if place else None
    return Place(
        Span(pointed.start, pointed.end),
        pointed.name,
        "town",
        country_iso2=country,
        adm1_code=code,
        adm1_name=provinces.unit(code).adm1_name if code else None,
        place_id=place.place_id if place else None,
        role=pointed.role,
    )


def _role(found: Found) -> Literal["where", "origin", "mention"]:
    if found.role == "origin":
        return "origin"
    told = found.role or found.level in ("site", "town")
    return "where" if told and not found.owned else "mention"
