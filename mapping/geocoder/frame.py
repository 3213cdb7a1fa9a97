"""Places every row of a frame of incidents."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from mapping import admin
from mapping.gazetteer import in_use
from mapping.geocoder.answers import DISTRICT_KM, NEAR_KM, REACH_KM, Answer
from mapping.geocoder.context import Asked
from mapping.geocoder.decide import decide
from mapping.geocoder.score import THRESHOLD
from mapping.schema import COARSE, SCHEMA

if TYPE_CHECKING:
    from mapping.gazetteer import Gazetteer

__all__ = ["geocode", "questions"]

_QUESTION = ("place", "site_type", "adm1_claimed", "adm2_claimed", "country_iso2")
_ANSWER = {name: SCHEMA[name] for name in Answer._fields if name in SCHEMA}
_SOURCE_RADIUS_KM = {"town": 5.0, "near": NEAR_KM, "district": DISTRICT_KM}


def geocode(frame: pl.DataFrame, *, gazetteer: Gazetteer | None = None, at_least: float | None = None) -> pl.DataFrame:
    """Add where each row is and how sure that is.

    Coordinates that the source gives stand, at the precision it gives; without one, at "site", or coarser where they
    have too few digits. The other rows are placed by place, site_type, adm1_claimed, adm2_claimed and country_iso2,
    each distinct combination once.

    Parameters
    ----------
    frame
        Incidents after validation; columns that are absent count as empty.
    gazetteer
        Names to use; those in use (`mapping.gazetteer.using`) when not given.
    at_least
        Score, from 0 to 1, below which an answer gives way to the province and becomes a question; `THRESHOLD`
        when None.

    Returns
    -------
    polars.DataFrame
        The frame, in its order, with latitude, longitude, geo_precision, radius_km, geo_method,
        place_id, matched_name, geo_reason and adm1_code set. A province or a country has no point;
        adm1_code is set for a province, and otherwise left for `mapping.admin.join_boundaries`.

    Examples
    --------
    >>> rows = pl.DataFrame({"place": ["عين الأسد", "northern Iraq"], "country_iso2": "IQ"})
    >>> geocode(rows).select("geo_precision", "place_id").rows()
    [('site', 'site:ain-al-asad'), ('country', 'country:IQ')]
    """
    missing = [pl.lit(None, SCHEMA[name]).alias(name) for name in (*_QUESTION, *_ANSWER) if name not in frame.columns]
    frame = frame.with_columns(missing)
    has_point = pl.col("latitude").is_not_null() & pl.col("longitude").is_not_null()
    asked = frame.filter(~has_point).select(_QUESTION).unique(maintain_order=True)
    answers = _answers(asked, gazetteer or in_use(), THRESHOLD if at_least is None else at_least)
    joined = frame.join(answers, on=_QUESTION, how="left", nulls_equal=True, maintain_order="left", suffix=" found")
    given = {name: pl.col(name) for name in _ANSWER} | _as_given()
    columns = [pl.when(has_point).then(given[name]).otherwise(pl.col(f"{name} found")).alias(name) for name in _ANSWER]
    return joined.with_columns(columns).select(frame.columns)


def questions(frame: pl.DataFrame, *, gazetteer: Gazetteer | None = None) -> pl.DataFrame:
    """List what a person should look at: the places of a frame that are not known, or borne by several.

    Parameters
    ----------
    frame
        Incidents that went through `geocode`.
    gazetteer
        Names to use; those in use (`mapping.gazetteer.using`) when not given.

    Returns
    -------
    polars.DataFrame
        One row a distinct question, the one with most rows first: place, site_type, adm1_claimed, adm2_claimed,
        country_iso2, adm1_code (what adm1_claimed means, null where that is not known), geo_precision and
        geo_reason (the answer so far), rows.

    Examples
    --------
    >>> rows = geocode(pl.DataFrame({"place": ["Nowhere town", "Ramadi"], "country_iso2": "IQ"}))
    >>> questions(rows).select("place", "geo_precision", "rows").rows()
    [('Nowhere town', 'country', 1)]
    """
    mine = ~pl.col("geo_method").is_in(("source", "manual")).fill_null(False) & pl.col("place").is_not_null()
    asked = (
        frame.filter(mine)
        .group_by(_QUESTION, maintain_order=True)
        .agg(pl.len().alias("rows"), pl.col("geo_precision").is_in(COARSE).any().alias("is_coarse"))
    )
    answers = _answers(asked.select(_QUESTION), gazetteer or in_use(), THRESHOLD)
    found = answers.with_columns(
        asked["rows"],
        asked["is_coarse"],
        admin.resolve_province(answers["adm1_claimed"], answers["country_iso2"]).alias("adm1_code"),
    )
    # Placed with a higher score in mind, a row may be coarse although a place is known.
    is_open = pl.col("is_open") | (pl.col("is_coarse") & pl.col("latitude").is_not_null())
    listed = found.filter(is_open).sort("rows", descending=True, maintain_order=True)
    return listed.select(*_QUESTION, "adm1_code", "geo_precision", "geo_reason", "rows")


def _answers(asked: pl.DataFrame, gazetteer: Gazetteer, at_least: float) -> pl.DataFrame:
    codes = admin.resolve_province(asked["adm1_claimed"], asked["country_iso2"])
    answers = [
        decide(Asked(**row, adm1_code=code), gazetteer, at_least=at_least)
        for row, code in zip(asked.iter_rows(named=True), codes, strict=True)
    ]
    schema: dict[str, pl.DataType] = {
        **_ANSWER,
        "is_open": pl.Boolean(),
        "evidence": pl.String(),
        "score": pl.Float64(),
    }
    return asked.hstack(pl.DataFrame(answers, schema=schema, orient="row"))


def _as_given() -> dict[str, pl.Expr]:
    """Return what is said of a row whose source gives the point; null is what nobody knows."""
    # What the source does not say, the digits of its coordinates may: 33.8, 42.4 is no site.
    by_digits = pl.lit("area")
    for reach_km, name in reversed(REACH_KM):
        by_digits = pl.when(pl.col("radius_km").fill_null(0.0) <= reach_km).then(pl.lit(name)).otherwise(by_digits)
    precision = pl.coalesce("geo_precision", by_digits)
    return {
        "geo_precision": precision,
        "radius_km": pl.coalesce(
            "radius_km", precision.replace_strict(_SOURCE_RADIUS_KM, default=None, return_dtype=pl.Float64)
        ),
        "geo_method": pl.col("geo_method").fill_null("source"),
        "geo_reason": pl.col("geo_reason").fill_null("coordinates given by the source"),
    }
