"""Corrections laid over incidents, and the rows that they touch joined to their provinces anew."""

from __future__ import annotations

import polars as pl

from mapping.admin import join_boundaries
from mapping.geocoder.corrections import correct

__all__ = ["corrected"]


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
    rows = correct(incidents, corrections).with_row_index("row")
    is_touched = pl.col("geo_method").eq_missing("manual")
    joined = join_boundaries(rows.filter(is_touched)).select(rows.columns)
    return pl.concat([rows.filter(~is_touched), joined]).sort("row").drop("row")
