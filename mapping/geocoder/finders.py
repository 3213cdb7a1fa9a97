"""Ways from a name to the places that may bear it, each looser than the one before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mapping.gazetteer.kinds import INSTALLATIONS, are_alike
from mapping.geocoder.scope import LARGE_PEOPLE, SETTLED, SETTLED_SAID, is_meant, may_be_town, needs_cue
from mapping.toponym import skeleton, spelling, vowel_variants

if TYPE_CHECKING:
    from mapping.gazetteer import Gazetteer, Place
    from mapping.geocoder.reading import Mention
    from mapping.geocoder.scope import Scope

__all__ = [
    "alike", "by_core", "of_kind", "of_kind_spelled", "of_kind_with_skeleton", "spelled", "with_another_vowel", "with_skeleton",
]  # fmt: skip

_SHORTEST_SPELLING, _SHORTEST_OTHER_VOWEL, _SHORTEST_SKELETON, _SHORTEST_ALIKE = 3, 5, 3, 6
_SHORTEST_ELSEWHERE, _LONG_SKELETON = 5, 4


def of_kind(core: str, kind: str | None, scope: Scope, gazetteer: Gazetteer) -> list[Place]:
    """Find sites by name and kind apart: "Kalsu military base" is Camp Kalsu."""
    if kind is None or kind in SETTLED_SAID:
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


def of_kind_spelled(mention: Mention, scope: Scope, gazetteer: Gazetteer) -> list[Place]:
    """Find sites of the kind that the text says under another spelling: "al-Assad air base"."""
    kind = mention.kind
    if kind is None or kind in SETTLED_SAID:
        return []
    whole = [each for each in gazetteer.spelled(spelling(mention.name)) if each.kind_said]
    bare = [
        each for each in gazetteer.spelled(spelling(mention.core)) if each.is_bare and are_alike(kind, each.place.kind)
    ]
    return list({each.place for each in whole or bare if each.place.kind not in SETTLED and scope.admits(each.place)})


def by_core(mention: Mention, scope: Scope, gazetteer: Gazetteer) -> list[Place]:
    """Find towns by what words of kind leave of a name, in the text ("Hit town") or in the gazetteer ("Sadr City")."""
    if mention.kind not in SETTLED_SAID:
        return []
    found = [*gazetteer.named(mention.core)] if mention.kind else []
    return [
        each.place
        for each in found or gazetteer.with_core(mention.core)
        if each.place.kind in SETTLED and scope.admits(each.place)
    ]


def spelled(mention: Mention, scope: Scope, gazetteer: Gazetteer) -> tuple[list[Place], list[Place]]:
    """Find towns and bare sites whose name is written otherwise: "Raqqa" and "Raqqah", "Dour" and "Dawr"."""
    if mention.kind not in SETTLED_SAID or len(key := spelling(mention.core)) < _SHORTEST_SPELLING:
        return [], []
    found = [each for each in gazetteer.spelled(key) if scope.admits(each.place) and not needs_cue(each.place, scope)]
    if len(key) < _SHORTEST_ELSEWHERE and not (scope.provinces or scope.beside):
        found = [each for each in found if each.place.population >= LARGE_PEOPLE]
    towns = {each.place for each in found if each.place.kind in SETTLED and may_be_town(each.place, mention, scope)}
    sites = {each.place for each in found if each.place.kind not in SETTLED and each.is_bare and not mention.kind}
    return list(towns), list(sites)


def with_another_vowel(mention: Mention, scope: Scope, gazetteer: Gazetteer) -> list[Place]:
    """Find towns of a stated province whose name has one vowel otherwise: "Shirqat" and "Sharqat"."""
    key = spelling(mention.core)
    if mention.kind not in SETTLED_SAID or len(key) < _SHORTEST_OTHER_VOWEL or not (scope.provinces or scope.beside):
        return []
    found = {each.place for other in vowel_variants(key) for each in gazetteer.spelled(other)}
    return [
        place
        for place in found
        if place.kind in SETTLED
        and scope.admits(place)
        and (place.lies_in(scope.provinces) or scope.beside)
        and may_be_town(place, mention, scope)
    ]


def of_kind_with_skeleton(mention: Mention, scope: Scope, gazetteer: Gazetteer) -> list[Place]:
    """Find the one site of the kind that the text says with the same consonants: "Rumalyn Landing Zone"."""
    key = skeleton(mention.core)
    if mention.kind is None or mention.kind in SETTLED_SAID or scope.country is None or len(key) < _LONG_SKELETON:
        return []
    meant = {
        each.place for each in gazetteer.with_skeleton(key) if each.is_bare and are_alike(mention.kind, each.place.kind)
    }
    whole = {each.place for each in gazetteer.with_skeleton(skeleton(mention.name)) if each.kind_said}
    found = [place for place in meant | whole if place.kind not in SETTLED and scope.admits(place)]
    return found if len(found) == 1 else []


def with_skeleton(mention: Mention, scope: Scope, gazetteer: Gazetteer) -> list[Place]:
    """Find places of a stated province whose name has the same consonants: "Perdê" and "Prde"."""
    key = skeleton(mention.core)
    if len(key) < _SHORTEST_SKELETON or not (scope.provinces or scope.beside):
        return []
    places = {found.place for found in gazetteer.with_skeleton(key) if is_meant(found.place, mention, scope)}
    return list(places) if len(places) == 1 else []


def alike(mention: Mention, scope: Scope, gazetteer: Gazetteer, *, least: float) -> list[Place]:
    """Find places of a stated province whose name is much like it; for people to choose from, if not surer."""
    key = spelling(mention.core)
    if len(key) < _SHORTEST_ALIKE or not scope.provinces:
        return []
    found = [each for code in scope.provinces for each in gazetteer.alike(key, code, least=least)]
    return [place for place, _ in sorted(found, key=lambda each: -each[1]) if is_meant(place, mention, scope)]
