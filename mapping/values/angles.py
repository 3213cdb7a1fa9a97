"""One angle as people type it: decimal, with minutes, or with minutes and seconds; the one home of its grammar."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Angle", "Axis", "angle_pattern", "read_angle", "taken_angle"]

Axis = Literal["latitude", "longitude"]

DECIMAL, MINUTES, SECONDS = "decimal degrees", "degrees and decimal minutes", "degrees, minutes, seconds"


class Angle(NamedTuple):
    """One angle.

    Attributes
    ----------
    degrees
        With its sign; south and west are below 0.
    axis
        Where a letter or a word says it.
    half_unit
        Half of the last digit's unit, in degrees: how exact the text is.
    notation
        ``decimal degrees``, ``degrees and decimal minutes`` or ``degrees, minutes, seconds``.
    """

    degrees: float
    axis: Axis | None
    half_unit: float
    notation: str


_DIRECTIONS: tuple[tuple[str, Axis, int], ...] = (
    ("n north northern kuzey nord norte ش شمال شمالا شمالاً شمالي شمالی", "latitude", 1),
    ("s south southern güney sud sur ج جنوب جنوبا جنوباً جنوبي جنوبی", "latitude", -1),
    ("e east eastern doğu est este ق شرق شرقا شرقاً شرقي شرقی", "longitude", 1),
    ("w west western batı ouest oeste غ غرب غربا غرباً غربي غربی", "longitude", -1),
)
_HEMISPHERES = {word: (axis, sign) for words, axis, sign in _DIRECTIONS for word in words.split()}
_LABELS: dict[str, Axis] = {
    **dict.fromkeys(("latitude", "lat", "enlem", "خط العرض", "دائرة العرض", "عرض", "y"), "latitude"),
    **dict.fromkeys(("longitude", "long", "lon", "lng", "boylam", "خط الطول", "طول", "x"), "longitude"),
}  # fmt: skip


def _any_of(words: Mapping[str, object]) -> str:
    return "|".join(sorted(words, key=len, reverse=True))


_SMALL = r"\d{1,2}(?:[.,]\d{1,12})?"


def angle_pattern(number: int = 1) -> str:
    """Return the regular expression of an angle in a tidied text; its groups end in `number`.

    Every repetition in it is bounded, so that no text takes it long.

    Examples
    --------
    >>> bool(re.fullmatch(angle_pattern(), "n 33°47'24\\""))
    True
    """
    n, letters = number, _any_of(_HEMISPHERES)
    return (
        rf"(?:(?P<label{n}>{_any_of(_LABELS)})(?:[.:=]| (?:is )?){{0,2}} ?)?"
        rf"(?:(?P<before{n}>{letters})[.:]? ?)?(?P<sign{n}>[+-]?)"
        rf"(?:(?P<packed{n}>\d{{4,7}}(?:\.\d{{1,6}})?)(?= ?(?:{letters})(?![^\W\d_]))"
        rf"|(?P<degrees{n}>\d{{1,3}})(?: ?(?:°|deg(?:rees?)?\.?|d|:) ?| )(?P<minutes{n}>{_SMALL})"
        rf"(?:(?: ?(?:'(?!')|min(?:utes?)?\.?|(?P<m{n}>m)|:) ?| )(?P<seconds{n}>{_SMALL})"
        rf"(?: ?(?:\"|''|sec(?:onds?)?\.?)|(?(m{n})s|))| ?(?:'(?!')|min(?:utes?)?\.?|m(?![^\W\d_])))?"
        rf"|(?P<decimal{n}>\d{{1,4}}(?:[.,]\d{{0,18}})?)(?: ?(?:°|deg(?:rees?)?\.?))?)"
        rf"(?(before{n})|(?: ?(?P<after{n}>{letters})\.?)?)"
    )


_ANGLE = re.compile(angle_pattern())


def read_angle(tidied: str) -> Angle | str | None:
    """Return the angle that a tidied text is; a reason where it has that form and is none; else None.

    Examples
    --------
    >>> read_angle("33°47'24\\"n").degrees
    33.79
    >>> read_angle("near hit") is None
    True
    """
    found = _ANGLE.fullmatch(tidied) if len(tidied) <= 80 else None
    return taken_angle(found.groupdict()) if found else None


def taken_angle(groups: Mapping[str, str | None], number: int = 1) -> Angle | str:
    """Return the angle of what `angle_pattern` matched, or why it is none.

    Examples
    --------
    >>> taken_angle({"decimal1": "33.5", "after1": "s"})
    Angle(degrees=-33.5, axis='latitude', half_unit=0.05, notation='decimal degrees')
    """
    parts = {name: groups.get(f"{name}{number}") for name in (*_PARTS, "packed")}
    if (packed := parts["packed"]) is not None:
        parts |= _unpacked(packed)
    degrees, minutes, seconds = ((parts[name] or "0").replace(",", ".") for name in _PARTS[:3])
    if parts["decimal"] is not None:
        degrees, notation, last, unit = parts["decimal"].replace(",", "."), DECIMAL, parts["decimal"], 1
    elif parts["seconds"] is not None:
        notation, last, unit = SECONDS, seconds, 3600
    else:
        notation, last, unit = MINUTES, minutes, 60
    if float(minutes) >= 60 or float(seconds) >= 60 or (parts["seconds"] and "." in minutes):
        return "has minutes or seconds that are not below 60, or a fraction before the last of them"
    size = float(degrees) + float(minutes) / 60 + float(seconds) / 3600
    fraction = re.split(r"[.,]", last)[1:]
    return _with_axis(parts, size, 0.5 / 10 ** len(fraction[0] if fraction else "") / unit, notation)


_PARTS = ("degrees", "minutes", "seconds", "decimal", "sign", "label", "before", "after")


def _unpacked(packed: str) -> dict[str, str | None]:
    """Part 334724 or 0422624, as ICAO Annex 15 writes positions: an odd number of digits has three for degrees."""
    whole, _, fraction = packed.partition(".")
    at = 2 + len(whole) % 2
    small = [whole[at : at + 2], whole[at + 2 :]]
    small[-1 if small[1] else 0] += f".{fraction}" if fraction else ""
    return {"degrees": whole[:at], "minutes": small[0], "seconds": small[1] or None}


def _with_axis(parts: Mapping[str, str | None], size: float, half_unit: float, notation: str) -> Angle | str:
    labelled = _LABELS[parts["label"]] if parts["label"] else None
    letter = parts["before"] or parts["after"]
    if not letter:
        return Angle(-size if parts["sign"] == "-" else size, labelled, half_unit, notation)
    axis, sign = _HEMISPHERES[letter]
    if parts["sign"]:
        return "has both a sign and a letter of the hemisphere. Write one of them"
    if labelled not in (None, axis):
        return f"is called a {labelled} and has a letter of the {axis}. Check which it is"
    return Angle(sign * size, axis, half_unit, notation)
