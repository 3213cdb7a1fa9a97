"""Points on grids: UTM, MGRS and plus codes.

UTM and MGRS by NGA.STND.0037 (Universal Grids and Grid Reference Systems), sections 2 and 3, and EPSG's zones; plus
codes by the Open Location Code specification. The polar grids (UPS) are not read.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from mapping.values.months import number_months
from mapping.values.point import PointRead, cell_radius_km, corner_km, no_point, point_of

if TYPE_CHECKING:
    import pyproj

__all__ = ["MGRS_PATTERN", "UTM_PATTERNS", "read_grid"]

_BANDS = "cdefghjklmnpqrstuvwx"
"""Of 8 degrees each from 80° south, the last of 12."""
_COLUMNS = ("stuvwxyz", "abcdefgh", "jklmnpqr")
"""Of the squares of 100 km, by the zone modulo 3."""
_ROWS = "abcdefghjklmnpqrstuv"
_PLUS = "23456789cfghjmpqrvwx"
_NEAR_BAND = 0.25
"""Degrees by which a square may reach over the edge of its band."""

_ZONE = r"(?P<zone>0?[1-9]|[1-5]\d|60)"
_METRES = r"(?:\.\d{1,4})?"
_PAIR = (
    rf"(?:(?:easting|e|x)[ :=]*)?(?P<easting>0?\d{{6}}{_METRES})(?: ?(?P<marked>m? ?e(?:asting)?|m)\b)?"
    rf"(?:[ ,;/]{{1,3}}|(?<=e))(?:(?:northing|n|y)[ :=]*)?(?P<northing>\d{{4,8}}{_METRES})(?: ?(?:m? ?n(?:orthing)?|m)\b)?"
)
_LETTER = rf"(?: ?-?(?P<letter>north(?:ern)?|south(?:ern)?|[{_BANDS}])\b)?"
_SAID = r"(?P<said>utm(?:[ /]?zone)?|zone)?[ :]{0,2}"
UTM_PATTERNS = (
    rf"{_SAID}{_ZONE}{_LETTER}[ ,;:/]{{1,3}}{_PAIR}",
    rf"(?:utm[ :]{{1,2}})?{_PAIR}[ ,;/(]{{1,3}}{_SAID}{_ZONE}{_LETTER}\)?",
)
MGRS_PATTERN = (
    rf"(?P<said>mgrs[ :]{{0,2}})?{_ZONE} ?(?P<band>[{_BANDS}]) ?(?P<column>[a-hj-np-z])(?P<row>[{_ROWS}])"
    r" ?(?P<digits>\d{1,5} \d{1,5}|\d{2,10})"
)
_UTM = tuple(map(re.compile, UTM_PATTERNS))
_MGRS = re.compile(MGRS_PATTERN)
_PLUS_CODE = re.compile(rf"[{_PLUS[:9]}][{_PLUS[:18]}](?:[{_PLUS}]{{2}}){{0,3}}0{{0,6}}\+(?:[{_PLUS}]{{2,7}})?")
_DATUM = re.compile(r"\(?\bwgs ?-?(?:19)?84\b\)?[ ,;/]{0,3}")


def read_grid(tidied: str, *, expected: bool) -> PointRead | None:
    """Return the point of a tidied text that is UTM, MGRS or a plus code; None where it is none of them.

    Examples
    --------
    >>> [round(number, 4) for number in read_grid("38s kc 54000 41000", expected=False)[:2]]
    [33.7806, 42.3433]
    """
    plain = _DATUM.sub("", tidied).strip()
    if found := _MGRS.fullmatch(plain):
        return _mgrs(found, expected)
    if _PLUS_CODE.fullmatch(plain) and plain.index("+") == 8:
        return _plus_code(plain.replace("+", "").rstrip("0"))
    for pattern in _UTM:
        if found := pattern.fullmatch(plain):
            return _utm(found, expected)
    return None


@lru_cache(maxsize=120)
def _to_degrees(zone: int, is_south: bool) -> pyproj.Transformer:
    import pyproj  # only where there is such a text

    return pyproj.Transformer.from_crs(f"EPSG:{(32700 if is_south else 32600) + zone}", "EPSG:4326", always_xy=True)


def _placed(zone: int, is_south: bool, metres: tuple[float, float], half: float, notation: str) -> PointRead:
    longitude, latitude = _to_degrees(zone, is_south).transform(*metres)
    return point_of(round(latitude, 7), round(longitude, 7), corner_km(half / 1000, half / 1000), notation)


def _in_band(latitude: float, band: str) -> bool:
    south = -80 + 8 * _BANDS.index(band)
    return south - _NEAR_BAND <= latitude <= south + (12 if band == "x" else 8) + _NEAR_BAND


def _utm(found: re.Match[str], expected: bool) -> PointRead | None:
    letter = (found["letter"] or "")[:1]
    if not (letter or found["said"] or found["marked"] or expected):
        return None
    zone, easting, northing = int(found["zone"]), float(found["easting"]), float(found["northing"])
    if not (100_000 <= easting <= 900_000 and northing <= 10_000_000):
        return no_point("UTM", "Within its zone an easting is 100,000 to 900,000 metres, a northing up to 10,000,000.")
    half = 0.5 / 10 ** max(len(found[part].partition(".")[2]) for part in ("easting", "northing"))
    is_band = len(found["letter"] or "") == 1
    by_band = _placed(zone, bool(letter) and letter < "n", (easting, northing), half, "UTM")
    if letter == "s":
        if is_band and by_band.latitude is not None and _in_band(by_band.latitude, "s"):
            return by_band._replace(
                doubt="S was taken as the latitude band S, 32° to 40° north; if it means the south, write "
                f'"zone {zone} south".'
            )
        return _placed(zone, True, (easting, northing), half, "UTM")
    if not letter:
        return by_band._replace(doubt="The hemisphere is not said: north was taken.")
    if letter != "n" and by_band.latitude is not None and not _in_band(by_band.latitude, letter):
        return by_band._replace(doubt=f"The northing does not lie in the latitude band {letter.upper()}. Check both.")
    return by_band


def _mgrs(found: re.Match[str], expected: bool) -> PointRead | None:
    is_said = bool(found["said"]) or expected
    # "15 jun 2024" would be a square of a kilometre in the South Pacific.
    if not is_said and "@" in number_months(re.sub(r"(?<=\d)(?=[a-z])|(?<=[a-z])(?=\d)", " ", found[0])):
        return None
    halves = found["digits"].split() if " " in found["digits"] else _halves(found["digits"])
    zone, band = int(found["zone"]), found["band"]
    columns = _COLUMNS[zone % 3]
    if len(halves[0]) != len(halves[1]) or found["column"] not in columns:
        why = (
            "Easting and northing have not as many digits each."
            if len(halves[0]) != len(halves[1])
            else f"Zone {zone} has no squares of the column {found['column'].upper()}: it has {columns[0].upper()} to {columns[-1].upper()}."
        )
        return no_point("MGRS", why) if is_said else None
    unit = 10 ** (5 - len(halves[0]))
    easting = 100_000 * (columns.index(found["column"]) + 1) + (int(halves[0]) + 0.5) * unit
    northing = 100_000 * ((_ROWS.index(found["row"]) - (0 if zone % 2 else 5)) % 20) + (int(halves[1]) + 0.5) * unit
    is_south = band < "n"
    middle = (8 * _BANDS.index(band) - 76) * 111_000 + (10_000_000 if is_south else 0)
    northing += 2_000_000 * round((middle - northing) / 2_000_000)  # the rows begin anew every 2,000 km
    point = _placed(zone, is_south, (easting, northing), unit / 2, "MGRS")
    if point.latitude is not None and _in_band(point.latitude, band):
        return point
    return no_point("MGRS", f"The square does not lie in the latitude band {band.upper()}.") if is_said else None


def _halves(digits: str) -> tuple[str, str]:
    middle = len(digits) // 2
    return digits[:middle], digits[middle:]


def _plus_code(digits: str) -> PointRead:
    """Return the middle of a full code: five pairs of base 20, then cells of 5 rows and 4 columns."""
    south, west, height, width = -90.0, -180.0, 400.0, 400.0
    for north, east in zip(digits[:10:2], digits[1:10:2], strict=True):
        height, width = height / 20, width / 20
        south, west = south + _PLUS.index(north) * height, west + _PLUS.index(east) * width
    for cell in digits[10:]:
        height, width = height / 5, width / 4
        south, west = south + _PLUS.index(cell) // 4 * height, west + _PLUS.index(cell) % 4 * width
    latitude, longitude = round(south + height / 2, 8), round(west + width / 2, 8)
    return point_of(latitude, longitude, cell_radius_km(latitude, (height / 2, width / 2)), "plus code")
