"""ACLED: the Armed Conflict Location & Event Data files, 31 columns; older ones have data_id, event_id_no_cnty, iso3.

Sections of the ACLED Codebook are named beside the tables. Its rows may not be passed on: none stands in this project.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from mapping.licences import NO_REDISTRIBUTION
from mapping.readers.codebook import code, deciding_headings, is_headed, text, under_incident_names
from mapping.values import dates_told, parse_dates

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = [
    "CITATION",
    "CODES",
    "INCIDENTS",
    "LICENCE",
    "REMARKS",
    "hangs_together",
    "headings",
    "incidents",
    "recognises",
    "superseded",
]

LICENCE = f"ACLED Terms of Use: {NO_REDISTRIBUTION}"
CITATION = (
    "Raleigh, Clionadh, Roudabeh Kishi, and Andrew Linke (2023). Political instability patterns are obscured by "
    "conflict dataset scope conditions, sources, and coding choices. Humanities and Social Sciences Communications "
    "10: 74; with ACLED, acleddata.com, and the date of access."
)

_KEYS = {"event_id_cnty"}
"""No other source has it, and a table of some of ACLED's columns is under its terms as well."""

# "Event types". Where ACLED has one class for what we tell apart, the wider of our words is taken: a drone strike is
# a strike from the air, and rockets and missiles stand with shelling. Where no wider word is true, it is "other":
# looting and property destruction, a drone shot down. ACLED's words stand in event_type_source.
_EVENT_TYPES = {
    # Battles
    "Armed clash": "armed clash", "Government regains territory": "armed clash",
    "Non-state actor overtakes territory": "armed clash",
    # Protests
    "Excessive force against protesters": "unrest", "Protest with intervention": "unrest", "Peaceful protest": "unrest",
    # Riots
    "Violent demonstration": "unrest", "Mob violence": "unrest",
    # Explosions/Remote violence
    "Chemical weapon": "other", "Air/drone strike": "air strike", "Suicide bomb": "suicide bombing",
    "Shelling/artillery/missile attack": "shelling", "Remote explosive/landmine/IED": "IED", "Grenade": "explosion",
    # Violence against civilians
    "Sexual violence": "other", "Attack": "armed assault", "Abduction/forced disappearance": "kidnapping",
    # Strategic developments
    "Agreement": "other", "Arrests": "other", "Change to group/activity": "other", "Disrupted weapons use": "other",
    "Headquarters or base established": "other", "Looting/property destruction": "other",
    "Non-violent transfer of territory": "other", "Other": "other",
    # Event types, for a table without sub-event types; the last six are those from before 2019.
    "Battles": "armed clash", "Protests": "unrest", "Riots": "unrest", "Explosions/Remote violence": "other",
    "Violence against civilians": "other", "Strategic developments": "other",
    "Battle-No change of territory": "armed clash", "Battle-Government regains territory": "armed clash",
    "Battle-Non-state actor overtakes territory": "armed clash", "Riots/Protests": "unrest", "Remote violence": "other",
    "Strategic development": "other",
}  # fmt: skip

_DATE_PRECISIONS = {"1": "day", "2": "week", "3": "month"}
# "Spatial precision codes": 3 is a larger region; its coordinates are a natural feature's or the provincial capital's.
_GEO_PRECISIONS = {"1": "town", "2": "near", "3": "province"}
_RADII_KM = {"1": "5", "2": "25"}

CODES = {
    "date_precision": tuple(_DATE_PRECISIONS), "geo_precision": tuple(_GEO_PRECISIONS), "event_type": tuple(_EVENT_TYPES),
}  # fmt: skip
"""What the codebook allows, by the incident column that it becomes."""


def _days(texts: pl.Series) -> pl.Series:
    """Return the dates that are one day, day before month or after it as the whole column says."""
    found = parse_dates(texts)
    return found.select(pl.when(pl.col("precision") == "day").then("start")).to_series()


# "Time precision codes": where only the week is known, event_date is its middle. A month is left to validation, which
# takes a day that is exact to the month for all of it.
_TIME_PRECISION = code("time_precision")
_DAY = text("event_date").map_batches(_days, return_dtype=pl.Date)
_MIDDLE = pl.when(_TIME_PRECISION == "2").then(_DAY)

# "Event aggregation": the order of actors has no meaning, except that the target of violence against civilians comes
# second; remote violence is by definition one side's.
_FIRST_ACTS = code("event_type").is_in(["Violence against civilians", "Explosions/Remote violence"]) & (
    text("actor1").is_not_null()
)
_UNIDENTIFIED = code("actor1").str.starts_with("Unidentified")

INCIDENTS = {
    "incident_id": code("event_id_cnty"),
    "date_start": pl.coalesce(_MIDDLE.dt.offset_by("-3d").dt.to_string("iso"), text("event_date")),
    "date_end": _MIDDLE.dt.offset_by("3d").dt.to_string("iso"),
    "date_precision": _TIME_PRECISION.replace(_DATE_PRECISIONS),
    "event_type": pl.coalesce(code("sub_event_type"), code("event_type")).replace(_EVENT_TYPES),
    "event_type_source": pl.concat_str(code("event_type"), code("sub_event_type"), separator=": ", ignore_nulls=True),
    "summary": text("notes"),
    "actor1": text("actor1"),
    "actor2": text("actor2"),
    "attribution": pl.when(_UNIDENTIFIED).then(pl.lit("unknown")).when(_FIRST_ACTS).then(pl.lit("attributed")),
    # "Reported fatalities": one number, 0 also where nothing was reported; low and high are not given.
    "fatalities_best": text("fatalities"),
    # 0 stands for a country without a number of ISO 3166-1, as Kosovo.
    "country_iso2": pl.coalesce(code("iso").replace("0", None), code("country")),
    "adm1_claimed": text("admin1"),
    "adm2_claimed": text("admin2"),
    "place": text("location"),
    "latitude": text("latitude"),
    "longitude": text("longitude"),
    "geo_precision": code("geo_precision").replace(_GEO_PRECISIONS),
    "geo_precision_source": code("geo_precision"),
    "radius_km": code("geo_precision").replace_strict(_RADII_KM, default=None),
    "source_name": text("source"),
    "source_count": text("source").str.count_matches(r"[^;]*[^;\s][^;]*").cast(pl.String),
}


def recognises(columns: Iterable[str]) -> bool:
    """Tell whether a file with these headings is ACLED's.

    Examples
    --------
    >>> recognises(["EVENT_ID_CNTY", "EVENT_DATE", "SUB_EVENT_TYPE"])
    True
    """
    return is_headed(columns, _KEYS)


def headings(columns: Iterable[str]) -> dict[str, str]:
    """Return the file's own heading of each incident column, for the problems.

    Examples
    --------
    >>> headings(["EVENT_DATE", "Geo Precision"])
    {'geo_precision': 'Geo Precision', 'geo_precision_source': 'Geo Precision', 'radius_km': 'Geo Precision', 'date_start': 'EVENT_DATE'}
    """
    return deciding_headings(
        columns, INCIDENTS, {"date_start": "event_date", "event_type": "sub_event_type", "country_iso2": "country"}
    )


def incidents(raw: pl.DataFrame) -> pl.DataFrame:
    """Return the rows under incident column names, still text.

    A code that the codebook does not have stays as it is, for validation to report.

    Examples
    --------
    >>> raw = pl.DataFrame({"source_row": [2], "event_date": ["16 May 2025"], "time_precision": ["2"]})
    >>> incidents(raw).select("date_start", "date_end", "date_precision").row(0)
    ('2025-05-13', '2025-05-19', 'week')
    """
    return under_incident_names(raw, INCIDENTS)


def version_keys(raw: pl.DataFrame) -> pl.DataFrame:
    """Return what tells versions of an event apart: ``source_row``, ``event`` and ``uploaded``, of rows that have both.

    Examples
    --------
    >>> raw = pl.DataFrame({"source_row": [2, 3], "event_id_cnty": ["X1", None], "timestamp": ["200", "100"]})
    >>> version_keys(raw).rows()
    [(2, 'X1', 200.0)]
    """
    keys = under_incident_names(raw, {"event": code("event_id_cnty"), "uploaded": code("timestamp")})
    absent = [pl.lit(None, pl.String).alias(name) for name in ("event", "uploaded") if name not in keys.columns]
    keys = keys.with_columns(absent)
    return keys.with_columns(pl.col("uploaded").cast(pl.Float64, strict=False)).drop_nulls()


def superseded(keys: pl.DataFrame) -> pl.DataFrame:
    """Return the rows whose event stands in the file again, uploaded later.

    Parameters
    ----------
    keys
        As `version_keys`, of all rows in order.

    Returns
    -------
    polars.DataFrame
        ``source_row``, and ``newer_row`` that takes its place; both Int64. Where no timestamp tells
        which of two is newer, neither is here: validation reports the two of one id.

    Examples
    --------
    >>> raw = pl.DataFrame({"source_row": [2, 3], "event_id_cnty": ["X1", "X1"], "timestamp": ["200", "100"]})
    >>> superseded(version_keys(raw)).rows()
    [(3, 2)]
    """
    newest = pl.col("source_row").get(pl.col("uploaded").arg_max()).over("event")
    older = pl.col("uploaded") < pl.col("uploaded").max().over("event")
    return keys.with_columns(newest.alias("newer_row")).filter(older).select("source_row", "newer_row")


def hangs_together(raw: pl.DataFrame) -> bool:
    """Tell whether how an event_date is read hangs on the others: the file cannot be read in parts then.

    Examples
    --------
    >>> hangs_together(pl.DataFrame({"event_date": ["16 May 2025"]})), hangs_together(pl.DataFrame({"event_date": ["16/05/2025"]}))
    (False, True)
    """
    dates = under_incident_names(raw.with_columns(source_row=0), {"event_date": text("event_date")})
    told = dates_told(dates["event_date"]) if "event_date" in dates.columns else None
    return told is not None and (told.either_way or told.serial)


# "Reported fatalities": the column is never empty.
REMARKS = {
    "fatalities is 0, which ACLED also codes where nothing was reported of deaths.": code("fatalities") == "0",
    "time_precision is 2 or 3, so the dates span the week around event_date, or its month.": (
        _TIME_PRECISION.is_in(["2", "3"])
    ),
}
"""What is assumed of the rows that pass a test."""
