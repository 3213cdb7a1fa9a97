"""Finds the places that a name in a text may mean, and keeps those that fit what else is known."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from mapping.gazetteer.kinds import are_alike, split_kind
from mapping.geocoder.answers import NEAR_KM, apart_km
from mapping.geocoder.finders import (
    alike,
    by_core,
    of_kind,
    of_kind_spelled,
    of_kind_with_skeleton,
    spelled,
    with_another_vowel,
    with_skeleton,
)  # fmt: skip
from mapping.geocoder.scope import KNOWN_PEOPLE, LARGE_PEOPLE, SETTLED, SETTLED_SAID, may_be_town, needs_cue
from mapping.toponym import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mapping.gazetteer import Gazetteer, Place
    from mapping.geocoder.reading import Mention
    from mapping.geocoder.scope import Scope

__all__ = ["EXACT", "Found", "every", "search"]

EXACT = ("typed", "named")
"""Levels at which the name is written as the gazetteer has it, but for its folding."""

_ALIKE_PERCENT = 88.0
_MOST_NAMESAKES = 200  # of more nobody chooses, and each is measured against each
_SAME_KM = 10.0
_DOMINANT_TIMES = 10


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
    core, kind = (core, kind) if kind in SETTLED_SAID else (mention.whole, None)
    return mention._replace(name=mention.whole, core=core, kind=kind, relation="at")


def _has_parts(place: Place, mention: Mention) -> bool:
    """Tell whether "eastern …" may be a part of the place: "East Farahaniyah village" is a village of that name."""
    is_known = place.kind == "district" or (place.kind == "town" and place.population >= KNOWN_PEOPLE)
    return is_known and mention.kind != "settlement"


def _levels(mention: Mention, scope: Scope, gazetteer: Gazetteer) -> Iterator[tuple[str, list[Place]]]:
    named = [found for found in gazetteer.named(mention.name) if scope.admits(found.place)]
    sites = [found for found in named if found.place.kind not in SETTLED]
    bare = [found.place for found in sites if found.is_bare]
    towns = [found.place for found in named if found.place.kind in SETTLED] or by_core(mention, scope, gazetteer)
    yield "typed", [found.place for found in sites if found.kind_said and not found.is_code]
    # Without a country three letters are anything: BBC, IDF and LGA are airports, too.
    yield "typed", [found.place for found in sites if found.is_code and mention.said.isupper() and scope.country]
    yield "typed", of_kind(mention.core, mention.kind, scope, gazetteer)
    yield "typed", [place for place in bare if scope.kind and are_alike(scope.kind, place.kind)]
    yield "typed", of_kind_spelled(mention, scope, gazetteer)
    if scope.country is None and all(town.population < KNOWN_PEOPLE for town in towns):
        # Somewhere in the world is a village of that name; the list holds what reports speak of.
        yield "named", [place for place in bare if not needs_cue(place, scope)]
    yield "named", [place for place in towns if may_be_town(place, mention, scope)]
    yield "typed", [] if towns else of_kind(mention.name, scope.kind, scope, gazetteer)
    other_towns, other_sites = spelled(mention, scope, gazetteer)
    # The shrine of Sayyida Zaynab is not meant where the town of that name is only written otherwise.
    says_town = {mention.kind, scope.kind} & (SETTLED_SAID - {None})
    yield "named", [p for p in bare if not needs_cue(p, scope) and not (says_town and _stands_at(p, other_towns))]
    yield "named", [place for place in other_towns if _stands_at(place, bare)]
    yield "spelled", other_towns
    yield "spelled", other_sites
    yield "vowel", with_another_vowel(mention, scope, gazetteer)
    yield "typed skeleton", of_kind_with_skeleton(mention, scope, gazetteer)
    yield "skeleton", with_skeleton(mention, scope, gazetteer)
    yield "alike", alike(mention, scope, gazetteer, least=_ALIKE_PERCENT)


def _stands_at(place: Place, others: list[Place]) -> bool:
    return any(apart_km(place, other) <= _SAME_KM for other in others)


def _is_one(place: Place, other: Place) -> bool:
    """Tell whether two entries are one place: GeoNames has many a town twice, up to 25 km apart within a province."""
    apart = apart_km(place, other)
    is_listed_twice = not (place.rows or other.rows) and place.adm1_code == other.adm1_code
    return apart <= _SAME_KM or (apart <= NEAR_KM and is_listed_twice)


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
