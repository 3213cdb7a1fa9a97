"""From the places of one incident to the columns of its row; where it lies is the geocoder's answer."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from mapping.admin import province_named
from mapping.admin.sets import in_use as sets_in_use
from mapping.coding.places.scope import COARSE
from mapping.gazetteer import in_use
from mapping.geocoder.context import Asked
from mapping.geocoder.decide import decide

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from mapping.admin.sets import Sets
    from mapping.coding.mentions import Place, Span
    from mapping.gazetteer import Gazetteer
    from mapping.geocoder.answers import Answer

__all__ = ["Located", "contains", "most_specific", "row_place"]

Located = dict[str, tuple[str | float | None, tuple["Span", ...]]]
"""Value and evidence by column; what the text does not give itself, the geocoder's answer, has no evidence."""

_ANSWERED = ("latitude", "longitude", "geo_precision", "radius_km", "geo_method", "place_id", "matched_name",
             "geo_reason", "adm1_code")  # fmt: skip


def contains(outer: Place, inner: Place) -> bool:
    """Tell whether one place is known to hold another: a country its towns, a province what lies in it.

    Examples
    --------
    >>> from mapping.coding.mentions import Place, Span
    >>> anbar = Place(Span(0, 5), "Anbar", "province", "IQ", "IQ-AN")
    >>> hit = Place(Span(9, 12), "Hit", "town", "IQ", "IQ-AN")
    >>> contains(anbar, hit), contains(hit, anbar)
    (True, False)
    """
    if COARSE[outer.level] <= COARSE[inner.level]:
        return False
    if outer.level == "country":
        return outer.country_iso2 is not None and outer.country_iso2 == inner.country_iso2
    return outer.level == "province" and outer.adm1_code is not None and outer.adm1_code == inner.adm1_code


def most_specific(places: Iterable[Place]) -> Place | None:
    """Return the place that says most exactly where: at a place before near one, then the finest, then the first.

    Examples
    --------
    >>> from mapping.coding.mentions import Place, Span
    >>> most_specific([Place(Span(0, 4), "Peru", "country"), Place(Span(9, 13), "Lima", "town")]).name
    'Lima'
    """
    order = {"site": 0, "unknown": 1, "town": 1, "district": 3, "province": 4, "country": 5}
    return min(places, key=lambda place: (order[place.level], place.near, place.span.start), default=None)


def row_place(places: Sequence[Place], *, country_iso2: str | None = None) -> Located:
    """Fill the columns of a row that say where, from the places of one incident.

    Parameters
    ----------
    places
        Those where it happened.
    country_iso2
        The country that the report speaks of, for places of which the text says no more.

    Returns
    -------
    dict
        place, site_type, adm2_claimed, adm1_claimed and country_iso2, as far as the text gives them, each with its
        letters; then latitude, longitude, geo_precision, radius_km, geo_method, place_id, matched_name, geo_reason
        and adm1_code, as the geocoder answers.

    Examples
    --------
    >>> from mapping.coding.mentions import Place, Span
    >>> anbar = Place(Span(0, 5), "Anbar", "province", "IQ", "IQ-AN")
    >>> hit = Place(Span(9, 12), "Hit", "town", "IQ", "IQ-AN")
    >>> row = row_place([anbar, hit])
    >>> [row[column][0] for column in ("place", "adm1_claimed", "country_iso2", "geo_precision", "matched_name")]
    ['Hit', 'Anbar', 'IQ', 'town', 'Hīt']
    """
    best = most_specific(places)
    if best is None:
        return {"country_iso2": (country_iso2, ())} if country_iso2 else {}
    row: Located = {}
    if best.level not in ("province", "country"):
        row["place"] = (best.name, (best.span,))
        if best.kind and best.level == "site":
            row["site_type"] = (best.kind, (best.span,))
    _add(row, "adm2_claimed", best, (each for each in places if _holds_as_district(each, best)))
    _add(row, "adm1_claimed", best, (each for each in places if each.level == "province"))
    said = [each for each in places if each.level == "country" and not each.near and _agree(each, best)]
    country = min(said, key=lambda each: each.country_iso2 != country_iso2, default=None)
    known = best.country_iso2 or country_iso2
    if country:
        row["country_iso2"] = (country.country_iso2, (country.span,))
    elif known:
        row["country_iso2"] = (known, ())
    return row | _answered(row, best)


def _add(row: Located, column: str, best: Place, candidates: Iterable[Place]) -> None:
    """Give a column the first place that does not lie elsewhere than the best."""
    found = next((each for each in candidates if _agree(each, best)), None)
    if found:
        row[column] = (found.name, (found.span,))


def _holds_as_district(place: Place, best: Place) -> bool:
    """Tell whether a place may be the district of another: a town holds its quarters, a district its towns."""
    if best.level == "site" or (best.level == "unknown" and place.level == "district"):
        return place.level in ("district", "town") and place is not best
    return best.level == "town" and place.level == "district"


def _agree(one: Place, other: Place) -> bool:
    """Tell whether two places may hold each other: no country or province that is known says otherwise."""
    countries = {one.country_iso2, other.country_iso2} - {None}
    codes = {one.adm1_code, other.adm1_code} - {None}
    return len(countries) < 2 and len(codes) < 2


def _answered(row: Located, best: Place) -> Located:
    said = {column: value for column in row if isinstance(value := row[column][0], str)}
    if best.kind and best.level in ("site", "district") and "place" in said and not said["place"].endswith(best.kind):
        said["place"] = f"{said['place']} {best.kind}"  # a farm or a district is no town of that name
    if best.near and "place" in said:
        said["place"] = f"near {said['place']}"
    country, claimed = said.get("country_iso2"), said.get("adm1_claimed")
    code = best.adm1_code or (province_named(claimed, country) if claimed else None)
    asked = Asked(**said, adm1_code=code)
    answer = _decide(asked, in_use(), sets_in_use().provinces())
    return {column: (value, ()) for column in _ANSWERED if (value := getattr(answer, column)) is not None}


@lru_cache(maxsize=4096)
def _decide(asked: Asked, gazetteer: Gazetteer, boundaries: Sets) -> Answer:  # noqa: ARG001 (what the answer hangs on)
    return decide(asked, gazetteer)
