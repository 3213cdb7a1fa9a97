"""A geopy geocoder that asks nobody: our gazetteer and boundaries behind geopy's contract."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any, NoReturn

import numpy as np
from geopy.adapters import BaseSyncAdapter
from geopy.exc import GeocoderQueryError
from geopy.geocoders.base import DEFAULT_SENTINEL, Geocoder
from geopy.location import Location
from geopy.point import Point

from mapping import admin
from mapping.gazetteer import country as country_of
from mapping.gazetteer import in_use
from mapping.geocoder import provinces
from mapping.geocoder.candidates import Candidate, candidates
from mapping.geocoder.score import THRESHOLD

if TYPE_CHECKING:
    from mapping.gazetteer import Gazetteer

__all__ = ["OfflineGeocoder"]


class _NoNetwork(BaseSyncAdapter):
    """The adapter that geopy requires; nothing here ever calls it."""

    def get_json(self, url: str, *, timeout: float, headers: dict[str, str]) -> NoReturn:  # noqa: ARG002 (geopy's)
        raise GeocoderQueryError("OfflineGeocoder uses no network")

    get_text = get_json


class OfflineGeocoder(Geocoder):
    """Locate place texts without a network; use it wherever geopy is used.

    Parameters
    ----------
    country, province
        ISO 3166-1 alpha-2 and ISO 3166-2 codes in which to look, for every call that names none.
    gazetteer
        Names to use; those in use (`mapping.gazetteer.using`) when not given.

    Examples
    --------
    >>> location = OfflineGeocoder(country="IQ").geocode("Ain al-Asad, Anbar")
    >>> location.address, location.raw["geo_precision"]
    ('Ain al-Asad Airbase, Anbar, Iraq', 'site')
    >>> OfflineGeocoder().geocode("northern Iraq") is None
    True
    """

    def __init__(
        self,
        *,
        country: str | None = None,
        province: str | None = None,
        gazetteer: Gazetteer | None = None,
        **options: Any,
    ) -> None:
        super().__init__(**{"adapter_factory": _NoNetwork, **options})
        self.country = country
        self.province = province
        self.gazetteer = gazetteer or in_use()

    def geocode(
        self,
        query: str,
        *,
        exactly_one: bool = True,
        timeout: Any = DEFAULT_SENTINEL,  # noqa: ARG002 (geopy's contract; nothing here waits)
        limit: int | None = None,
        country: str | None = None,
        province: str | None = None,
    ) -> Location | list[Location] | None:
        """Return where a place is, None when that is not known.

        What is known only to the province or the country is None, too: geopy has no answer
        without a point, and a centroid is a place that nobody named.

        Parameters
        ----------
        exactly_one
            Whether to return the one place that is meant, or all of the name, best first.
        limit
            How many of them at most.

        Raises
        ------
        geopy.exc.GeocoderQueryError
            `query` is no text.
        """
        if not isinstance(query, str):
            raise GeocoderQueryError(f"a place is given as text, not as {type(query).__name__}")
        found = candidates(
            query,
            country_iso2=country or self.country,
            adm1_code=province or self.province,
            limit=1 if exactly_one else limit or 10,
            gazetteer=self.gazetteer,
        )
        if exactly_one:
            found = [one for one in found if one.score >= THRESHOLD]
        locations = [self._location(one) for one in found if one.latitude is not None]
        return (locations[0] if exactly_one else locations) if locations else None

    def _location(self, one: Candidate) -> Location:
        parts = (one.name, one.adm1_name, country_of(one.country_iso2).name if one.country_iso2 else None)
        return Location(", ".join(filter(None, parts)), Point(one.latitude, one.longitude), asdict(one))

    def reverse(
        self,
        query: Any,
        *,
        exactly_one: bool = True,
        timeout: Any = DEFAULT_SENTINEL,  # noqa: ARG002
    ) -> Location | list[Location] | None:
        """Return the province of a point and the nearest town, None where no province is.

        Parameters
        ----------
        query
            What `geopy.point.Point` takes: (latitude, longitude), or text.

        Examples
        --------
        >>> OfflineGeocoder().reverse((33.8, 42.4)).raw["adm1_code"]
        'IQ-AN'
        """
        point = Point(query)
        unit = admin.locate(np.array([point.longitude]), np.array([point.latitude]))[0]
        if unit < 0:
            return None
        province = provinces.unit(admin.units()["adm1_code"][int(unit)])
        town, away_km = self.gazetteer.nearest_town(point.latitude, point.longitude)
        raw = {"adm1_code": province.adm1_code, "adm1_name": province.adm1_name, "country_iso2": province.country_iso2,
               "nearest_town": town.name, "distance_km": round(away_km, 1)}  # fmt: skip
        address = f"{away_km:.0f} km from {town.name}, {province.adm1_name}, {country_of(province.country_iso2).name}"
        location = Location(address, point, raw)
        return location if exactly_one else [location]
