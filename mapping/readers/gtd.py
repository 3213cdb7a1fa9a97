"""GTD: the Global Terrorism Database of START, University of Maryland, 135 columns or some of them.

The numbers beside the tables are sections of the GTD Codebook. Its rows may not be passed on: none stands in this
project.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from mapping.licences import NO_REDISTRIBUTION
from mapping.readers.codebook import code, deciding_headings, is_headed, text, under_incident_names

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["CITATION", "CODES", "INCIDENTS", "LICENCE", "REMARKS", "headings", "incidents", "recognises"]

LICENCE = f"GTD End User Agreement, START, University of Maryland: {NO_REDISTRIBUTION}"
CITATION = (
    "START (National Consortium for the Study of Terrorism and Responses to Terrorism), University of Maryland. "
    "Global Terrorism Database [data file]. https://www.start.umd.edu/gtd, and the year and version of the file used."
)

_KEYS = {"eventid", "iyear"}

_UNKNOWN = ["0", "-9", "-99"]  # I: 0 in imonth and iday; elsewhere -9 and -99
_UNKNOWN_WORDS = ["Unknown", "Not Applicable", "-9", "-99"]

# IV, attacktype1. A barricade is by the codebook no kidnapping; assault with no weapon but chemicals is no armed one.
_ATTACK_TYPES = {
    "Armed Assault": "armed assault", "Assassination": "assassination", "Bombing/Explosion": "explosion",
    "Facility/Infrastructure Attack": "other", "Hijacking": "hijacking",
    "Hostage Taking (Barricade Incident)": "other", "Hostage Taking (Kidnapping)": "kidnapping",
    "Unarmed Assault": "other", "Unknown": "other",
}  # fmt: skip
# V, weapsubtype1: the explosives that are improvised devices. Land mines are made in factories as well, and
# "Projectile (rockets, mortars, RPGs, etc.)" is neither rockets nor shelling for sure: both stay "explosion".
_IMPROVISED = [
    "Letter Bomb", "Mail Bomb", "Pipe Bomb", "Pressure Trigger", "Remote Device", "Remote Trigger", "Sticky Bomb",
    "Time Fuse", "Vehicle",
]  # fmt: skip

# III, specificity: 2 and 3 are the middle of the smallest unit known, 5 is nothing known.
_GEO_PRECISIONS = {"1": "town", "2": "district", "3": "district", "4": "province", "5": "none"}
_RADII_KM = {"1": "5"}

CODES = {"geo_precision": tuple(_GEO_PRECISIONS), "event_type": tuple(_ATTACK_TYPES)}
"""What the codebook allows, by the incident column that it becomes."""


def _known(column: str, unknown: list[str]) -> pl.Expr:
    return code(column).replace(unknown, None)


def _number(column: str) -> pl.Expr:
    return code(column).cast(pl.Float64, strict=False)


def _is_fraction(column: str) -> pl.Expr:
    return (_number(column).is_finite() & (_number(column) % 1 != 0)).fill_null(False)


def _count(column: str) -> pl.Expr:
    return pl.when(~_is_fraction(column)).then(code(column).replace(["-9", "-99"], None))


def _beside_fraction(column: str, whole: pl.Expr) -> pl.Expr:
    return pl.when(_is_fraction(column)).then(whole.cast(pl.Int64, strict=False).cast(pl.String))


_YEAR = _known("iyear", _UNKNOWN)
_MONTH = pl.when(_YEAR.is_not_null()).then(_known("imonth", _UNKNOWN))
_DAY = pl.when(_MONTH.is_not_null()).then(_known("iday", _UNKNOWN))

_ATTACK = code("attacktype1_txt")
_BOMBING = _ATTACK == "Bombing/Explosion"
_ARSON = (_ATTACK == "Facility/Infrastructure Attack") & (code("weaptype1_txt") == "Incendiary")

_CITED = pl.sum_horizontal(text(f"scite{number}").is_not_null() for number in (1, 2, 3))

INCIDENTS = {
    "incident_id": code("eventid"),
    # 2016-02-03, 2016-02 or 2016, which validation takes for the day, the whole month or the whole year.
    "date_start": pl.concat_str(_YEAR, _MONTH, _DAY, separator="-", ignore_nulls=True).replace("", None),
    "event_type": pl.when(_BOMBING & (code("suicide") == "1"))
    .then(pl.lit("suicide bombing"))
    .when(_BOMBING & code("weapsubtype1_txt").is_in(_IMPROVISED))
    .then(pl.lit("IED"))
    .when(_ARSON)
    .then(pl.lit("arson"))
    .otherwise(_ATTACK.replace(_ATTACK_TYPES)),
    "event_type_source": _ATTACK,
    "weapon": pl.concat_str(
        _known("weaptype1_txt", _UNKNOWN_WORDS), code("weapsubtype1_txt"), separator=": ", ignore_nulls=True
    ).replace("", None),
    "target": pl.coalesce(_known("target1", _UNKNOWN_WORDS), _known("targtype1_txt", _UNKNOWN_WORDS)),
    # IV, success: had the attack tangible effects.
    "outcome": code("success").replace_strict({"1": "successful", "0": "unsuccessful"}, default=None),
    "summary": text("summary"),
    "actor1": _known("gname", _UNKNOWN_WORDS),
    # VII: guncertain1 is 1 where the name rests on suspicion or a doubtful claim, claimed is 1 where it was claimed.
    "attribution": pl.when(_known("gname", _UNKNOWN_WORDS).is_null())
    .then(pl.when(text("gname").is_not_null()).then(pl.lit("unknown")))
    .when(code("guncertain1") == "1")
    .then(pl.lit("suspected"))
    .when(code("claimed") == "1")
    .then(pl.lit("claimed"))
    .otherwise(pl.lit("attributed")),
    # VIII: deaths reported for several linked attacks are shared out among them, so nkill may be no whole number.
    "fatalities_low": _beside_fraction("nkill", _number("nkill").floor()),
    "fatalities_best": _count("nkill"),
    "fatalities_high": _beside_fraction("nkill", _number("nkill").ceil()),
    "injured": _count("nwound"),
    "country_iso2": code("country_txt"),
    "adm1_claimed": _known("provstate", _UNKNOWN_WORDS),
    "place": _known("city", _UNKNOWN_WORDS),
    "latitude": text("latitude"),
    "longitude": text("longitude"),
    "geo_precision": code("specificity").replace(_GEO_PRECISIONS),
    "geo_precision_source": code("specificity"),
    "radius_km": code("specificity").replace_strict(_RADII_KM, default=None),
    "source_name": text("scite1"),
    # At most three are cited; where none is, their number is not known.
    "source_count": _CITED.cast(pl.String).replace("0", None),
}


def recognises(columns: Iterable[str]) -> bool:
    """Tell whether a file with these headings is the GTD.

    Examples
    --------
    >>> recognises(["eventid", "iyear", "imonth", "iday", "attacktype1_txt"])
    True
    """
    return is_headed(columns, _KEYS)


def headings(columns: Iterable[str]) -> dict[str, str]:
    """Return the file's own heading of each incident column, for the problems.

    Examples
    --------
    >>> headings(["NKILL"])
    {'fatalities_low': 'NKILL', 'fatalities_best': 'NKILL', 'fatalities_high': 'NKILL'}
    """
    return deciding_headings(columns, INCIDENTS, {"event_type": "attacktype1_txt"})


def incidents(raw: pl.DataFrame) -> pl.DataFrame:
    """Return the rows under incident column names, still text.

    A code that the codebook does not have stays as it is, for validation to report.

    Examples
    --------
    >>> raw = pl.DataFrame({"source_row": [2], "iyear": ["2016"], "imonth": ["2"], "iday": ["0"]})
    >>> incidents(raw)["date_start"].item()
    '2016-2'
    """
    return under_incident_names(raw, INCIDENTS)


REMARKS = {
    "nkill is a share of the deaths of several linked attacks; fatalities_best was left empty, "
    "fatalities_low and fatalities_high are the whole numbers around it.": _is_fraction("nkill"),
    "nwound is a share of the wounded of several linked attacks; injured was left empty.": _is_fraction("nwound"),
}
"""What is assumed of the rows that pass a test."""
