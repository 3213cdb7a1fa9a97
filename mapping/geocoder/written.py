"""Places that a text gives by coordinates."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from mapping import admin
from mapping.geocoder.answers import REACH_KM, Answer
from mapping.values import BOTH_WAYS, find_point, read_point

if TYPE_CHECKING:
    from mapping.values import PointRead

__all__ = ["by_coordinates"]

_ROUGH_KM = 1.0


def by_coordinates(said: str, country_iso2: str | None) -> Answer | str | None:
    """Answer with the coordinates that a text is or holds; say what is wrong with them; null where there are none.

    Of two numbers that may stand either way round the country stated decides, if it does.

    Examples
    --------
    >>> answer = by_coordinates("Ain al-Asad (33.7856, 42.4412)", "IQ")
    >>> answer.latitude, answer.longitude, answer.geo_precision, answer.is_open
    (33.7856, 42.4412, 'site', False)
    >>> by_coordinates("42.4412, 33.7856", "IQ").latitude
    33.7856
    >>> by_coordinates("0.0, 0.0", "IQ")
    "'0.0, 0.0' is no place: 0, 0 lies in the Gulf of Guinea, and mostly stands for no coordinates."
    """
    found = find_point(said)
    written = read_point(said) or (found[0] if found else None)
    if written is None:
        return None
    if written.latitude is None or (written.latitude, written.longitude) == (0, 0):
        return f"{said!r} is no place: {written.doubt}"
    if written.doubt == BOTH_WAYS and country_iso2:
        written = _as_the_country_says(written, country_iso2)
        if written.doubt == BOTH_WAYS:
            return f"{said!r} are two numbers, but neither way round a point in the country stated"
    if written.doubt == BOTH_WAYS and written.radius_km is not None and written.radius_km > _ROUGH_KM:
        return f"{said!r} are two numbers, too rough to be taken for a point"
    radius_km = written.radius_km or 0.0
    doubt = f" {written.doubt}" if written.doubt else ""
    return Answer(
        latitude=written.latitude,
        longitude=written.longitude,
        geo_precision=next((precision for reach_km, precision in REACH_KM if radius_km <= reach_km), "area"),
        radius_km=radius_km,
        geo_method="source",
        place_id=None,
        matched_name=None,
        geo_reason=f"{said!r} gives {written.notation}.{doubt}",
        adm1_code=None,
        is_open=bool(written.doubt),
    )


def _as_the_country_says(written: PointRead, country_iso2: str) -> PointRead:
    """Choose the way round that lies in the country, the first if both do; where neither does, the doubt stays."""
    one, other = written.latitude, written.longitude
    units = admin.locate(np.array([other, one], dtype=float), np.array([one, other], dtype=float))
    countries = admin.units()["country_iso2"]
    lies_in = [unit >= 0 and countries[int(unit)] == country_iso2 for unit in units]
    if lies_in[0]:
        return written._replace(doubt=None)
    if not lies_in[1]:
        return written
    said = "Longitude was taken to stand first, for only so does it lie in the country stated."
    return written._replace(latitude=other, longitude=one, doubt=said)
