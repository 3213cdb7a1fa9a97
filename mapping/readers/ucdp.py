"""UCDP GED: the Georeferenced Event Dataset of the Uppsala Conflict Data Program.

49 columns from version 5.0 on, 41 of them in another order in the Syria file of 2020; the monthly Candidate
files have the same. The codebook is Högbladh, UCDP GED Codebook, Uppsala University; the names of the columns
are those of its list of variables.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from mapping.readers.codebook import code, deciding_headings, is_headed, text, under_incident_names

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["CITATION", "CODES", "INCIDENTS", "LICENCE", "headings", "incidents", "recognises"]

LICENCE = "CC BY 4.0"
CITATION = (
    "Sundberg, Ralph, and Erik Melander (2013). Introducing the UCDP Georeferenced Event Dataset. "
    "Journal of Peace Research 50(4): 523–532; with the UCDP GED Codebook (Department of Peace and Conflict "
    "Research, Uppsala University) and the yearly update article of the version used."
)
"""The version stands nowhere in the rows, so its own update article cannot be named here."""

_KEYS = {"type_of_violence", "where_prec", "date_start"}

_TYPES_OF_VIOLENCE = {"1": "state-based conflict", "2": "non-state conflict", "3": "one-sided violence"}
# type_of_violence says who fought, never how: air strikes, shelling, bombs and gun battles alike are state-based.
# 57 % of the state-based rows of the Syria file tell of air strikes or shelling in their headlines, so "armed clash"
# would be false of most, and "armed assault" of many a one-sided one. UCDP's words stand in event_type_source.
_EVENT_TYPES = dict.fromkeys(_TYPES_OF_VIOLENCE, "other")

_DATE_PRECISIONS = {"1": "day", "2": "range", "3": "week", "4": "month", "5": "year"}
_GEO_PRECISIONS = {
    "1": "town", "2": "near", "3": "district", "4": "province", "5": "area", "6": "country", "7": "offshore",
}  # fmt: skip
# A town is 5 km on our scale; code 2 is "within ca. 25 km of a known point". Of the others no distance is said.
_RADII_KM = {"1": "5", "2": "25"}

CODES = {
    "date_precision": tuple(_DATE_PRECISIONS), "geo_precision": tuple(_GEO_PRECISIONS),
    "event_type": tuple(_TYPES_OF_VIOLENCE),
}  # fmt: skip
"""What the codebook allows, by the incident column that it becomes."""

# What UCDP places in "Serbia (Yugoslavia)" lies in any of seven countries of today (Vukovar, Foca, Glogovac), and what it
# places in the Soviet Union in any of fifteen: those stay as they are, and validation remarks that they are no country.
_COUNTRY = code("country")
_RUSSIA = (_COUNTRY == "Russia (Soviet Union)") & (code("year") >= "1992")
# UCDP counts the Palestinian territories to the country Israel; ISO 3166-1 has a code for them.
_PALESTINE = (_COUNTRY == "Israel") & code("adm_1").str.to_lowercase().is_in(["gaza strip", "west bank"])

_SEVERAL_DATES = pl.when(pl.col("source_date").str.contains(";", literal=True)).then("source_date")

_ONE_SIDED = code("type_of_violence") == "3"

INCIDENTS = {
    "incident_id": code("id"),
    "date_start": text("date_start"),
    "date_end": text("date_end"),
    "date_precision": code("date_prec").replace(_DATE_PRECISIONS),
    "event_type": code("type_of_violence").replace(_EVENT_TYPES),
    "event_type_source": code("type_of_violence").replace(_TYPES_OF_VIOLENCE),
    "summary": text("source_headline"),
    "actor1": text("side_a"),
    "actor2": text("side_b"),
    # Side A of one-sided violence is "always the perpetrating party"; the sides of a dyad only fight each other.
    "attribution": pl.when(_ONE_SIDED & text("side_a").is_not_null()).then(pl.lit("attributed")),
    "fatalities_low": text("low"),
    "fatalities_best": text("best"),
    "fatalities_high": text("high"),
    "country_iso2": pl.when(_PALESTINE).then(pl.lit("PS")).when(_RUSSIA).then(pl.lit("RU")).otherwise(_COUNTRY),
    "adm1_claimed": text("adm_1"),
    "adm2_claimed": text("adm_2"),
    "place": text("where_coordinates"),
    "latitude": text("latitude"),
    "longitude": text("longitude"),
    "geo_precision": code("where_prec").replace(_GEO_PRECISIONS),
    "geo_precision_source": code("where_prec"),
    "radius_km": code("where_prec").replace_strict(_RADII_KM, default=None),
    # Events coded before 2013 have no list of offices: the article's reference is all there is.
    "source_name": pl.coalesce(text("source_office"), text("source_article")),
    # Of several reports, parted by semicolons, the first to appear.
    "source_date": pl.coalesce(_SEVERAL_DATES.str.extract_all(r"\d{4}-\d{2}-\d{2}").list.min(), text("source_date")),
    "source_count": code("number_of_sources").replace("-1", None),
}


def recognises(columns: Iterable[str]) -> bool:
    """Tell whether a file with these headings is UCDP GED.

    Examples
    --------
    >>> recognises(["id", "type_of_violence", "dyad_name", "where_prec", "date_start"])
    True
    """
    return is_headed(columns, _KEYS)


def headings(columns: Iterable[str]) -> dict[str, str]:
    """Return the file's own heading of each incident column, for the problems.

    Examples
    --------
    >>> headings(["WHERE_PREC"])
    {'geo_precision': 'WHERE_PREC', 'geo_precision_source': 'WHERE_PREC', 'radius_km': 'WHERE_PREC'}
    """
    return deciding_headings(columns, INCIDENTS, {"country_iso2": "country"})


def incidents(raw: pl.DataFrame) -> pl.DataFrame:
    """Return the rows under incident column names, still text.

    A code that the codebook does not have stays as it is, for validation to report.

    Examples
    --------
    >>> raw = pl.DataFrame({"source_row": [2, 3], "where_prec": ["4", "9"]})
    >>> incidents(raw)["geo_precision"].to_list()
    ['province', '9']
    """
    return under_incident_names(raw, INCIDENTS)
