"""Finds the places that a name in a text may mean, and keeps those that fit what else is known."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from mapping.gazetteer.kinds import INSTALLATIONS, are_alike, split_kind
from mapping.geocoder.answers import NEAR_KM, apart_km
from mapping.toponym import fold, skeleton, spelling, vowel_variants

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mapping.gazetteer import Gazetteer, Place
    from mapping.geocoder.reading import Mention

__all__ = ["EXACT", "KNOWN_PEOPLE", "LARGE_PEOPLE", "SETTLED", "Found", "Scope", "alike", "every", "search"]

EXACT = ("typed", "named")
"""Levels at which the name is written as the gazetteer has it, but for its folding."""

SETTLED = frozenset({"town", "district"})
_SETTLED_SAID = frozenset({None, "settlement", "quarter", "facility"})

_SHORTEST_SPELLING, _SHORTEST_OTHER_VOWEL, _SHORTEST_SKELETON, _SHORTEST_ALIKE = 3, 5, 3, 6
_SHORTEST_ELSEWHERE, _LONG_SKELETON = 5, 4
_ALIKE_PERCENT = 88.0
_MOST_NAMESAKES = 200  # of more nobody chooses, and each is measured against each
_COUNTED_TO = {"PS": "IL", "XK": "RS", "EH": "MA"}
"""Lands that some datasets count to another country: UCDP's Israel has Khan Younis."""

_VILLAGE = re.compile(r"\b(?:village|hamlet|farm)$|^قريه\b")
_SAME_KM = 10.0
_BESIDE_KM = 40.0
KNOWN_PEOPLE, LARGE_PEOPLE = 10_000, 50_000
_DOMINANT_TIMES = 10


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
        in_country = self.country in {None, place.country_iso2, _COUNTED_TO.get(place.country_iso2)}
        return in_country and (not self.beside or any(apart_km(place, other) <= _BESIDE_KM for other in self.beside))


class Found(NamedTuple):
    """What a name may mean.

    Attributes
    ----------
    places
        Places that fit, the largest first; of several within 10 km of each other one stands for all.
    level
        "typed" when the text says the kind, too, so that a place of that kind is meant; "named"; then, when the
        name is written otherwise, "spelled", "typed skeleton", and inside a stated province "vowel", "skeleton" and
        "alike".
    inside
        They lie in a province stated; null when none is.
    relation
        As `Mention` has it; "at" where the words of relation turned out to be part of the name.
    is_own
        The first bears the name before others, or no place does: "Victoria" is not Hong Kong.
    """

    places: tuple[Place, ...]
    level: str
    inside: bool | None
    relation: str
    is_own: bool = True

    @property
    def sure(self) -> bool:
        """Whether the first is the only one, or so much larger that nobody means another."""
        first, *others = self.places
        largest = max((other.population for other in others), default=0)
        return not others or (self.is_own and first.population >= max(LARGE_PEOPLE, _DOMINANT_TIMES * largest))


def search(mention: Mention, scope: Scope, gazetteer: Gazetteer) -> Found | None:
    """Find what `mention` means within `scope`; null when nothing of that name fits.

    The whole of the text comes first, since some names hold a direction ("North Sinai"). Then, each only
    when the one before finds nothing: sites that the text calls by their kind, sites of the kind that
    site_type says, towns, sites under a bare name, and towns in another spelling. What lies in a province
    stated comes before what does not.
    """
    outside = None
    for found in every(mention, scope, gazetteer):
        if found.inside is not False:
            return found
        outside = outside or found
    return outside


def every(mention: Mention, scope: Scope, gazetteer: Gazetteer) -> Iterator[Found]:
    """Yield what `mention` may mean, one level after the other."""
    whole = _as_whole(mention)
    for said in (mention,) if mention.whole == mention.name else (whole, mention):
        for level, places in _levels(said, scope, gazetteer):
            if fitting := [place for place in places if said.relation != "part" or _has_parts(place, said)]:
                yield _ranked(fitting, scope, level, said)


def _as_whole(mention: Mention) -> Mention:
    """Return the mention with its words of relation taken as part of the name: "Eastern Ghariyah town"."""
    core, kind = split_kind(mention.whole)
    core, kind = (core, kind) if kind in _SETTLED_SAID else (mention.whole, None)
    return mention._replace(name=mention.whole, core=core, kind=kind, relation="at")


def _has_parts(place: Place, mention: Mention) -> bool:
    """Tell whether "eastern …" may be a part of the place: "East Farahaniyah village" is a village of that name."""
    is_known = place.kind == "district" or (place.kind == "town" and place.population >= KNOWN_PEOPLE)
    return is_known and mention.kind != "settlement"


def _levels(mention: Mention, scope: Scope, gazetteer: Gazetteer) -> Iterator[tuple[str, list[Place]]]:
    named = [found for found in gazetteer.named(mention.name) if scope.admits(found.place)]
    sites = [found for found in named if found.place.kind not in SETTLED]
    bare = [found.place for found in sites if found.is_bare]
    towns = [found.place for found in named if found.place.kind in SETTLED] or _by_core(mention, scope, gazetteer)
    yield "typed", [found.place for found in sites if found.kind_said and not found.is_code]
    # Without a country three letters are anything: BBC, IDF and LGA are airports, too.
    yield "typed", [found.place for found in sites if found.is_code and mention.said.isupper() and scope.country]
    yield "typed", _of_kind(mention.core, mention.kind, scope, gazetteer)
    yield "typed", [place for place in bare if scope.kind and are_alike(scope.kind, place.kind)]
    yield "typed", _of_kind_spelled(mention, scope, gazetteer)
    if scope.country is None and all(town.population < KNOWN_PEOPLE for town in towns):
        # Somewhere in the world is a village of that name; the list holds what reports speak of.
        yield "named", [place for place in bare if not _needs_cue(place, scope)]
    yield "named", [place for place in towns if _may_be_town(place, mention, scope)]
    yield "typed", [] if towns else _of_kind(mention.name, scope.kind, scope, gazetteer)
    spelled, spelled_sites = _spelled(mention, scope, gazetteer)
    # The shrine of Sayyida Zaynab is not meant where the town of that name is only written otherwise.
    says_town = {mention.kind, scope.kind} & (_SETTLED_SAID - {None})
    yield "named", [p for p in bare if not _needs_cue(p, scope) and not (says_town and _stands_at(p, spelled))]
    yield "named", [place for place in spelled if _stands_at(place, bare)]
    yield "spelled", spelled
    yield "spelled", spelled_sites
    yield "vowel", _with_another_vowel(mention, scope, gazetteer)
    yield "typed skeleton", _of_kind_with_skeleton(mention, scope, gazetteer)
    yield "skeleton", _with_skeleton(mention, scope, gazetteer)
    yield "alike", alike(mention, scope, gazetteer, least=_ALIKE_PERCENT)


def _of_kind(core: str, kind: str | None, scope: Scope, gazetteer: Gazetteer) -> list[Place]:
    """Find sites by name and kind apart: "Kalsu military base" is Camp Kalsu."""
    if kind is None or kind in _SETTLED_SAID:
        return []
    same = [
        found.place
        for found in gazetteer.with_core(core)
        if found.kind_said and are_alike(kind, found.kind_said) and found.place.kind not in SETTLED
    ]
    # A name of which there is but one needs no kind of its own: the Conoco base is the Conoco field.
    bare = [
        found.place
        for found in gazetteer.named(core)
        if found.is_bare
        and found.place.kind not in SETTLED
        and (are_alike(kind, found.place.kind) or {kind, found.place.kind} <= INSTALLATIONS)
    ]
    return [place for place in same or bare if scope.admits(place)]


def _of_kind_spelled(mention: Mention, scope: Scope, gazetteer: Gazetteer) -> list[Place]:
    """Find sites of the kind that the text says under another spelling: "al-Assad air base"."""
    kind = mention.kind
    if kind is None or kind in _SETTLED_SAID:
        return []
    whole = [each for each in gazetteer.spelled(spelling(mention.name)) if each.kind_said]
    bare = [
        each for each in gazetteer.spelled(spelling(mention.core)) if each.is_bare and are_alike(kind, each.place.kind)
    ]
    return list({each.place for each in whole or bare if each.place.kind not in SETTLED and scope.admits(each.place)})


def _by_core(mention: Mention, scope: Scope, gazetteer: Gazetteer) -> list[Place]:
    """Find towns by what words of kind leave of a name, in the text ("Hit town") or in the gazetteer ("Sadr City")."""
    if mention.kind not in _SETTLED_SAID:
        return []
    found = [*gazetteer.named(mention.core)] if mention.kind else []
    return [
        each.place
        for each in found or gazetteer.with_core(mention.core)
        if each.place.kind in SETTLED and scope.admits(each.place)
    ]


def _spelled(mention: Mention, scope: Scope, gazetteer: Gazetteer) -> tuple[list[Place], list[Place]]:
    """Find towns and bare sites whose name is written otherwise: "Raqqa" and "Raqqah", "Dour" and "Dawr"."""
    if mention.kind not in _SETTLED_SAID or len(key := spelling(mention.core)) < _SHORTEST_SPELLING:
        return [], []
    found = [each for each in gazetteer.spelled(key) if scope.admits(each.place) and not _needs_cue(each.place, scope)]
    if len(key) < _SHORTEST_ELSEWHERE and not (scope.provinces or scope.beside):
        found = [each for each in found if each.place.population >= LARGE_PEOPLE]
    towns = {each.place for each in found if each.place.kind in SETTLED and _may_be_town(each.place, mention, scope)}
    sites = {each.place for each in found if each.place.kind not in SETTLED and each.is_bare and not mention.kind}
    return list(towns), list(sites)


def _with_another_vowel(mention: Mention, scope: Scope, gazetteer: Gazetteer) -> list[Place]:
    """Find towns of a stated province whose name has one vowel otherwise: "Shirqat" and "Sharqat"."""
    key = spelling(mention.core)
    if mention.kind not in _SETTLED_SAID or len(key) < _SHORTEST_OTHER_VOWEL or not (scope.provinces or scope.beside):
        return []
    found = {each.place for other in vowel_variants(key) for each in gazetteer.spelled(other)}
    return [
        place
        for place in found
        if place.kind in SETTLED
        and scope.admits(place)
        and (place.lies_in(scope.provinces) or scope.beside)
        and _may_be_town(place, mention, scope)
    ]


def _of_kind_with_skeleton(mention: Mention, scope: Scope, gazetteer: Gazetteer) -> list[Place]:
    """Find the one site of the kind that the text says with the same consonants: "Rumalyn Landing Zone"."""
    key = skeleton(mention.core)
    if mention.kind is None or mention.kind in _SETTLED_SAID or scope.country is None or len(key) < _LONG_SKELETON:
        return []
    meant = {
        each.place for each in gazetteer.with_skeleton(key) if each.is_bare and are_alike(mention.kind, each.place.kind)
    }
    whole = {each.place for each in gazetteer.with_skeleton(skeleton(mention.name)) if each.kind_said}
    found = [place for place in meant | whole if place.kind not in SETTLED and scope.admits(place)]
    return found if len(found) == 1 else []


def _with_skeleton(mention: Mention, scope: Scope, gazetteer: Gazetteer) -> list[Place]:
    """Find places of a stated province whose name has the same consonants: "Perdê" and "Prde"."""
    key = skeleton(mention.core)
    if len(key) < _SHORTEST_SKELETON or not (scope.provinces or scope.beside):
        return []
    places = {found.place for found in gazetteer.with_skeleton(key) if _is_meant(found.place, mention, scope)}
    return list(places) if len(places) == 1 else []


def alike(mention: Mention, scope: Scope, gazetteer: Gazetteer, *, least: float) -> list[Place]:
    """Find places of a stated province whose name is much like it; for people to choose from, if not surer."""
    key = spelling(mention.core)
    if len(key) < _SHORTEST_ALIKE or not scope.provinces:
        return []
    found = [each for code in scope.provinces for each in gazetteer.alike(key, code, least=least)]
    return [place for place, _ in sorted(found, key=lambda each: -each[1]) if _is_meant(place, mention, scope)]


def _is_meant(place: Place, mention: Mention, scope: Scope) -> bool:
    """Tell whether a place of another name may be meant: in the province, and of the kind that the text says."""
    if not scope.admits(place) or not (place.lies_in(scope.provinces) or scope.beside):
        return False
    if place.kind in SETTLED:
        return mention.kind in _SETTLED_SAID and _may_be_town(place, mention, scope)
    return mention.kind is not None and are_alike(mention.kind, place.kind)


def _may_be_town(place: Place, mention: Mention, scope: Scope) -> bool:
    """Tell whether the text may mean that town: a quarter of a town is no town elsewhere that has its name."""
    if place.population >= LARGE_PEOPLE and _VILLAGE.search(mention.whole):
        return False  # Al Suwaydah village is not the city of As-Suwayda
    is_quarter = "quarter" in (mention.kind, scope.kind)
    return not _needs_cue(place, scope) and (not is_quarter or place.kind == "district" or bool(scope.beside))


def _stands_at(place: Place, others: list[Place]) -> bool:
    return any(apart_km(place, other) <= _SAME_KM for other in others)


def _is_one(place: Place, other: Place) -> bool:
    """Tell whether two entries are one place: GeoNames has many a town twice, up to 25 km apart within a province."""
    apart = apart_km(place, other)
    is_listed_twice = not (place.rows or other.rows) and place.adm1_code == other.adm1_code
    return apart <= _SAME_KM or (apart <= NEAR_KM and is_listed_twice)


def _needs_cue(place: Place, scope: Scope) -> bool:
    """Tell whether the name is a common word, too, and nothing else speaks for the place."""
    return "AMBIGUOUS" in place.note and not scope.beside and not place.lies_in(scope.provinces)


def _standing(place: Place) -> tuple[bool, bool, int, int, str]:
    return place.kind == "town", place.precision == "near", -place.population, -place.rows, place.place_id


def _ranked(places: list[Place], scope: Scope, level: str, said: Mention) -> Found:
    """Order the places, those inside a stated province alone if there are any, one for each spot."""
    ours = [place for place in places if place.place_id.startswith("site:")]
    places = ours if ours and level == "typed" else places
    inside = [place for place in places if place.lies_in(scope.provinces)]
    spots: list[Place] = []
    # The project's own list first: it was looked at, and GeoNames has many a town twice.
    for place in sorted(inside or places, key=_standing)[:_MOST_NAMESAKES]:
        if not any(_is_one(place, spot) for spot in spots):
            spots.append(place)
    spots.sort(key=lambda place: (-place.population, -place.rows))
    own = [fold(spot.name) in (said.name, said.core) for spot in spots] if len(spots) > 1 else [True]
    is_own = own[0] or not any(own)
    return Found(tuple(spots), level, bool(inside) if scope.provinces else None, said.relation, is_own)
