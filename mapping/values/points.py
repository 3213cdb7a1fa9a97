"""A text that is a coordinate, in any of the notations that people use; or that holds one beside words."""

from __future__ import annotations

import re
from itertools import chain, islice
from typing import TYPE_CHECKING

from mapping.values.angles import DECIMAL, Angle, angle_pattern, taken_angle
from mapping.values.cells import level, tidy
from mapping.values.grids import MGRS_PATTERN, UTM_PATTERNS, read_grid
from mapping.values.point import PointRead, cell_radius_km, no_point, point_of

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["find_point", "read_point"]

_LONGEST, _LONGEST_AROUND = 120, 300
"""Characters of a coordinate, and of a text that holds one beside words: longer ones are not looked at."""

# What a place name has not: three digits, none far from the next, or the sign of a plus code.
_MAYBE = re.compile(r"\d\D{0,24}\d\D{0,24}\d|^\W?\w{8}\+")

_NUMBER = r"[+-]?\d{1,3}(?:\.\d{0,18})?"
_WKT = re.compile(
    rf"(?:srid ?= ?\d{{1,6}} ?; ?)?point ?(?:zm|z|m)? ?\( ?({_NUMBER}) ({_NUMBER})(?: [+-]?[\d.]{{1,18}}){{0,2}} ?\)"
)
# RFC 5870; u is the uncertainty in metres.
_GEO_URI = re.compile(
    rf"geo:({_NUMBER}),({_NUMBER})(?:,[+-]?[\d.]{{1,12}})?(?:;(?!u=)[\w=.:-]{{1,40}}){{0,5}}(?:;u=(\d{{1,9}}(?:\.\d{{1,6}})?))?"
)
# What most texts are; found at once, for a column may have a million.
_PLAIN = re.compile(r"\s?[(\[]?([+-]?[0-9]{1,3}\.[0-9]{1,18})(?:[,;]\s?|\s)([+-]?[0-9]{1,3}\.[0-9]{1,18})[)\]]?\s?")
# As KoBo and ODK write a point: latitude, longitude, altitude and accuracy, the last two in metres.
_ODK = re.compile(
    r"([+-]?\d{1,2}\.\d{3,18}) ([+-]?\d{1,3}\.\d{3,18}) -?\d{1,5}(?:\.\d{0,12})? (\d{1,5}(?:\.\d{0,12})?)"
)

# Nothing at all may part the two only where a letter or a sign of degrees does.
_GAP = r"(?P<gap> ?(?:[,;/|&]|\band\b) ?| |(?<=[^\d.,])|(?=[^\d.,+-]))"
_BOTH = rf"{angle_pattern(1)}{_GAP}{angle_pattern(2)}"
_PAIR = re.compile(rf"[(\[]? ?{_BOTH} ?[)\]]?")

BOTH_WAYS = "Either number may be the latitude: the first was taken."
_ONLY_SWAPPED = "The longitude was taken to stand first, for the other way round it is no place on Earth."


def read_point(text: str, *, longitude_first: bool | None = None, expected: bool = False) -> PointRead | None:
    """Return the point that a text is: all of it a coordinate, and nothing else.

    Read are decimal degrees, with letters or names of the axes or without, degrees with minutes and
    seconds, UTM, MGRS (the middle of the square), full plus codes, WKT points, geo URIs, and the points of
    KoBo and ODK; with Arabic, Persian or full-width digits as well.

    Parameters
    ----------
    text
        Any text; what is no coordinate costs next to nothing.
    longitude_first
        Which of two numbers without letter or name comes first; where it is None, the latitude does,
        with a doubt if both may.
    expected
        A coordinate is expected here, as in a column of them: two whole numbers will do, and UTM without
        a letter.

    Returns
    -------
    PointRead or None
        None where the text is no coordinate. A text that is one by its form but no place on Earth has no
        latitude and longitude, and says why in ``doubt``.

    Examples
    --------
    >>> read_point("33°47'24\\"N 42°26'24\\"E")
    PointRead(latitude=33.79, longitude=42.44, notation='degrees, minutes, seconds', radius_km=0.021, doubt=None)
    >>> read_point("POINT (42.44 33.79)")[:2]
    (33.79, 42.44)
    >>> read_point("10 km south of Mosul") is read_point("2024-07-16") is None
    True
    """
    if len(text) > _LONGEST or not (expected or _MAYBE.search(text)):
        return None
    if found := _PLAIN.fullmatch(text):
        return _ordered(_decimal(found[1]), _decimal(found[2]), DECIMAL, longitude_first=longitude_first)
    plain = tidy(text).strip(" .;,")
    return (
        _of_a_standard(plain) or read_grid(plain, expected=expected) or _pair(plain, longitude_first, expected=expected)
    )


def find_point(text: str) -> tuple[PointRead, str] | None:
    """Return the one coordinate that stands in a text, and the rest of the text.

    Only what can hardly be anything else is taken: three decimals each, letters of the hemisphere with
    both, UTM or MGRS to a hundred metres. None where there is none, or more than one.

    Examples
    --------
    >>> point, rest = find_point("Ain al-Asad (33.7856, 42.4412)")
    >>> point.latitude, point.longitude, rest
    (33.7856, 42.4412, 'Ain al-Asad')
    >>> find_point("Block 35, Route 47") is None
    True
    """
    if len(text) > _LONGEST_AROUND or not _MAYBE.search(text):
        return None
    plain = level(text)
    lower = "".join(small if len(small := letter.casefold()) == 1 else letter for letter in plain)
    found = list(islice(_found(lower), 2))
    if len(found) != 1:
        return None
    point, start, end = found[0]
    before = _INTRODUCTION.sub("", plain[:start].rstrip(_AROUND))
    return point, f"{before.rstrip(_AROUND)} {plain[end:].lstrip(_AROUND)}".strip()


_AROUND = " ,;:()[]"
_INTRODUCTION = re.compile(
    r"(?:^|\b)(?:(?:located )?at|coordinates?|coords?|gps|grid(?: ref(?:erence)?)?|position)$", re.IGNORECASE
)
_ALONE, _ENDS = r"(?<![\w.,+-])(?:", r")(?![\w]|[.,]\d)"
_EXACT = r"[+-]?\d{1,3}\.\d{3,18}"
_CERTAIN = re.compile(
    "|".join(
        f"{_ALONE}{pattern}{_ENDS}"
        for pattern in (
            re.sub(r"\?P<\w+>", "?:", MGRS_PATTERN.replace(r"\d{1,5} \d{1,5}|\d{2,10}", r"\d{3,5} \d{3,5}|\d{6,10}")),
            *(re.sub(r"\?P<\w+>", "?:", utm) for utm in UTM_PATTERNS),
            rf"{_EXACT}°?(?: ?[,;/|] ?| ){_EXACT}°?",
        )
    )
)
_LETTERED = re.compile(f"{_ALONE}{_BOTH}{_ENDS}")
_LETTER_BESIDE = re.compile(r"[\d°'\"] ?[^\W\d_]|[^\W\d_][.:= ]{0,2}\d")
_MOST_TRIES = 12


def _found(text: str) -> Iterator[tuple[PointRead, int, int]]:
    """Yield each certain coordinate and where it stands."""
    taken: list[tuple[int, int]] = []
    for start, end in chain((found.span() for found in _CERTAIN.finditer(text)), _lettered(text)):
        if not any(first < end and start < last for first, last in taken) and (point := read_point(text[start:end])):
            taken.append((start, end))
            yield point, start, end


def _lettered(text: str) -> Iterator[tuple[int, int]]:
    """Yield where two angles with letters stand; where two have none, look again from the next character."""
    at = 0
    for _ in range(_MOST_TRIES if _LETTER_BESIDE.search(text) else 0):
        if (found := _LETTERED.search(text, at)) is None:
            return
        both = [taken_angle(found.groupdict(), number) for number in (1, 2)]
        is_certain = all(isinstance(angle, Angle) and angle.axis for angle in both)
        at = found.end() if is_certain else found.start() + 1
        if is_certain:
            yield found.span()


def _of_a_standard(plain: str) -> PointRead | None:
    if found := _WKT.fullmatch(plain):
        return _ordered(_decimal(found[1]), _decimal(found[2]), "WKT", longitude_first=True)
    if found := _GEO_URI.fullmatch(plain):
        return _at_least(_ordered(_decimal(found[1]), _decimal(found[2]), "geo URI", longitude_first=False), found[3])
    if found := _ODK.fullmatch(plain):
        return _at_least(_ordered(_decimal(found[1]), _decimal(found[2]), DECIMAL, longitude_first=False), found[3])
    return None


def _at_least(point: PointRead, metres: str | None) -> PointRead:
    if point.radius_km is None or metres is None:
        return point
    return point._replace(radius_km=max(point.radius_km, float(metres) / 1000))


def _decimal(number: str) -> Angle:
    return Angle(float(number), None, 0.5 / 10 ** len(number.partition(".")[2]), DECIMAL)


def _pair(plain: str, longitude_first: bool | None, *, expected: bool) -> PointRead | None:
    found = _PAIR.fullmatch(plain)
    if found is None or _is_ambiguous(found):
        return None
    first, second = (taken_angle(found.groupdict(), number) for number in (1, 2))
    if isinstance(first, str) or isinstance(second, str):
        why = first if isinstance(first, str) else second
        return no_point("degrees", f"One of the two {why}.") if expected or _has_letters(found) else None
    if not (expected or _is_sure(found, first, second)):
        return None
    if first.axis is None and second.axis is None:
        return _ordered(first, second, first.notation, longitude_first=longitude_first)
    if first.axis == second.axis:
        return no_point(first.notation, f"Both are a {first.axis}.")
    if first.axis == "longitude" or second.axis == "latitude":
        first, second = second, first
    return _at(first, second, first.notation)


def _is_ambiguous(found: re.Match[str]) -> bool:
    """Tell whether the commas may be of decimals or between the two: 33,79,42,44 or 33,79 42.44."""
    numbers = "".join(found[f"{part}{n}"] or "" for part in ("minutes", "seconds", "decimal") for n in (1, 2))
    return "," in numbers and ("." in numbers or found["gap"] == ",")


def _has_letters(found: re.Match[str]) -> bool:
    return all(found[f"before{number}"] or found[f"after{number}"] for number in (1, 2))


def _is_sure(found: re.Match[str], first: Angle, second: Angle) -> bool:
    """Tell a coordinate from two numbers that may count anything, or be times of day."""
    fractions = sum(bool(re.search(r"[.,]\d", found[f"decimal{number}"] or "")) for number in (1, 2))
    if "°" in found[0] or "deg" in found[0]:
        return True
    if first.axis and second.axis:
        # "E40 N12" may be two roads.
        return fractions > 0 or first.notation != DECIMAL or not (found["before1"] and found["before2"])
    if first.axis or second.axis or fractions == 2:
        return fractions > 0
    return fractions == 1 and found["gap"].strip() in {",", ";"} and first.notation == second.notation


def _ordered(first: Angle, second: Angle, notation: str, *, longitude_first: bool | None) -> PointRead:
    """Return the point of two numbers in the order said; in the other where only that is on Earth, with a doubt."""
    stated = (second, first) if longitude_first else (first, second)
    latitude, longitude = stated
    fits, fits_swapped = (abs(one.degrees) <= 90 and abs(other.degrees) <= 180 for one, other in (stated, stated[::-1]))
    doubt = None
    if not fits and fits_swapped:
        latitude, longitude = longitude, latitude
        doubt = _ONLY_SWAPPED if not longitude_first else _ONLY_SWAPPED.replace("longitude", "latitude")
    elif fits and fits_swapped and longitude_first is None and latitude.degrees != longitude.degrees:
        doubt = BOTH_WAYS
    return _at(latitude, longitude, notation, doubt)


def _at(latitude: Angle, longitude: Angle, notation: str, doubt: str | None = None) -> PointRead:
    radius_km = cell_radius_km(latitude.degrees, (latitude.half_unit, longitude.half_unit))
    return point_of(latitude.degrees, longitude.degrees, radius_km, notation, doubt)
