"""Says in plain words what a place is and why it was chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mapping.gazetteer import country
from mapping.geocoder import provinces

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mapping.gazetteer import Place

__all__ = ["described", "listed", "province_names"]

_SOURCES = {"geonames": "GeoNames", "airport": "airportsdata", "site": "list of sites"}
_KINDS = {"district": "town or quarter", "other": "site"}
_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


def described(said: str, place: Place) -> str:
    """Say what a name means.

    Examples
    --------
    >>> from mapping.gazetteer import load
    >>> described("Ayn al-Asad", load().named("ain asad")[0].place)
    "'Ayn al-Asad' is the airbase Ain al-Asad Airbase in Anbar (list of sites)"
    """
    kind = _KINDS.get(place.kind, place.kind)
    name = "" if said == place.name else f" {place.name}"
    if place.origin:
        taught = f"learned from {_rows(place.rows)} of {place.origin}" if place.rows else place.origin
        return f"{said!r} is the {kind}{name} in {_province(place)} ({taught})"
    source, identifier = place.place_id.split(":", 1)
    reference = _SOURCES[source] if source == "site" else f"{_SOURCES[source]} {identifier}"
    return f"{said!r} is the {kind}{name} in {_province(place)} ({reference})"


def _rows(count: int) -> str:
    return f"{count:,} row{'' if count == 1 else 's'}"


def listed(said: str, places: Sequence[Place]) -> str:
    """Say that a name is borne by several places, and in which provinces."""
    where = sorted({_province(place) for place in places})
    count = _NUMBERS[len(places)] if len(places) < len(_NUMBERS) else str(len(places))
    shown = ", ".join(where[:5]) + (", …" if len(where) > 5 else "")
    return f"{count} places are named {said!r} ({shown})"


def province_names(codes: frozenset[str]) -> str:
    """Name provinces, in the order of the alphabet."""
    return " or ".join(sorted(provinces.unit(code).adm1_name for code in codes))


def _province(place: Place) -> str:
    return provinces.unit(place.adm1_code).adm1_name if place.adm1_code else country(place.country_iso2).name
