"""Corrections laid over incidents, and the rows that they touch joined to their provinces anew."""

from __future__ import annotations

from typing import Any

import polars as pl

from mapping.admin import join_boundaries, resolve_province
from mapping.geocoder import Candidate
from mapping.geocoder.corrections import ASKED, CORRECTIONS, correct, question_keys
from mapping.schema import conform
from mapping.store import Store, is_there
from mapping.toponym import fold, fold_series

__all__ = ["by_hand", "corrected", "own_corrections"]


def own_corrections() -> pl.DataFrame:
    """Return the corrections of the user's store; a store that is not there is not made for it."""
    if not is_there():
        return pl.DataFrame(schema=CORRECTIONS)
    with Store() as store:
        return store.corrections.all()


def corrected(incidents: pl.DataFrame, corrections: pl.DataFrame) -> pl.DataFrame:
    """Return incidents as `mapping.pipeline.process` gives them with what people decided of their places.

    Never keep what comes out of this: a stored version holds what the geocoder found, so that a
    correction taken back leaves nothing behind.

    Parameters
    ----------
    corrections
        Columns of `mapping.geocoder.corrections.CORRECTIONS`.

    Examples
    --------
    >>> from mapping.geocoder.corrections import CORRECTIONS, draw
    >>> from mapping.schema import conform
    >>> rows = conform(pl.DataFrame({"place": ["Nowhere"], "adm1_claimed": ["Nineveh"], "country_iso2": ["IQ"]}))
    >>> asked = {"place": "Nowhere", "adm1_claimed": "Nineveh", "country_iso2": "IQ", "decided_at": "2026-11-24"}
    >>> chosen = pl.DataFrame([asked | draw(36.32, 41.88, "town", radius_km=5)._asdict()], schema=CORRECTIONS)
    >>> corrected(rows, chosen).select("adm1_name", "adm1_agrees").row(0)
    ('Nineveh', True)
    """
    if corrections.is_empty():
        return incidents
    rows = correct(incidents, corrections).with_row_index("_row")
    is_touched = pl.col("geo_method").eq_missing("manual")
    joined = join_boundaries(rows.filter(is_touched)).select(rows.columns)
    return pl.concat([rows.filter(~is_touched), joined]).sort("_row").drop("_row")


def by_hand(
    text: str, corrections: pl.DataFrame, *, country_iso2: str | None = None, adm1_code: str | None = None
) -> list[Candidate]:
    """Return what people have chosen for a place text, the latest first, so far as it fits where the place is said to lie.

    Examples
    --------
    >>> from mapping.geocoder.corrections import draw
    >>> asked = {"place": "Nowhere", "adm1_claimed": "Nineveh", "country_iso2": "IQ", "decided_at": "2026-11-24"}
    >>> chosen = pl.DataFrame([asked | draw(36.32, 41.88, "town", radius_km=5)._asdict()], schema=CORRECTIONS)
    >>> [(found.adm1_name, found.score) for found in by_hand("nowhere", chosen, country_iso2="IQ")]
    [('Nineveh', 1.0)]
    >>> by_hand("nowhere", chosen, adm1_code="IQ-AN")
    []
    """
    said = resolve_province(corrections["adm1_claimed"], corrections["country_iso2"])
    same = corrections.filter(
        fold_series(corrections["place"]) == fold(text),
        # What either side leaves open speaks against nothing.
        (pl.col("country_iso2") == pl.lit(country_iso2, pl.String)).fill_null(True),
        (pl.lit(said) == pl.lit(adm1_code, pl.String)).fill_null(True),
        pl.col("geo_precision") != "none",
    )
    newest = same.filter(question_keys(same).is_last_distinct()).reverse()
    rows = corrected(conform(newest.select(ASKED)), newest)
    return [_candidate(row) for row in rows.iter_rows(named=True)]


def _candidate(row: dict[str, Any]) -> Candidate:
    """Turn a corrected row into a candidate; what a person says is certain."""
    return Candidate(
        name=row["matched_name"] or row["place"],
        kind=row["geo_precision"],
        adm1_code=row["adm1_code"],
        adm1_name=row["adm1_name"],
        country_iso2=row["country_iso2"],
        latitude=row["latitude"],
        longitude=row["longitude"],
        geo_precision=row["geo_precision"],
        radius_km=row["radius_km"] or 0.0,
        geo_method=row["geo_method"],
        place_id=row["place_id"] or "",
        reason=row["geo_reason"],
        score=1.0,
    )
