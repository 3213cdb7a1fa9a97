"""Incidents by province: how many there are, and of how many only the province is known."""

from __future__ import annotations

import polars as pl

from mapping.schema import PLACED_AS_POINT

__all__ = ["has_mark", "province_counts"]

_WITHIN_PROVINCE = ("district", "province")


def has_mark() -> pl.Expr:
    """Test whether a row is drawn at its coordinates: they are there, and precise enough to point at.

    Examples
    --------
    >>> rows = pl.DataFrame({"latitude": [33.8, 33.0], "longitude": [42.4, 44.0], "geo_precision": ["site", "province"]})
    >>> rows.select(has_mark().alias("mark"))["mark"].to_list()
    [True, False]
    """
    has_point = pl.col("latitude").is_finite() & pl.col("longitude").is_finite()
    return (has_point & pl.col("geo_precision").is_in(PLACED_AS_POINT)).fill_null(False)


def province_counts(frame: pl.DataFrame) -> pl.DataFrame:
    """Count the incidents of each province.

    Rows known to the country at most count nowhere, whatever province their coordinates fall into.

    Returns
    -------
    polars.DataFrame
        adm1_code, adm1_name, n, and only: those of n of which no more than the province is known.

    Examples
    --------
    >>> from mapping.schema import conform
    >>> rows = conform(pl.DataFrame({"adm1_code": ["IQ-AN"], "adm1_name": ["Anbar"], "geo_precision": ["province"]}))
    >>> province_counts(rows).rows()
    [('IQ-AN', 'Anbar', 1, 1)]
    """
    known = pl.col("geo_precision").is_in(PLACED_AS_POINT + _WITHIN_PROVINCE)
    return (
        frame.filter(pl.col("adm1_code").is_not_null() & known)
        .group_by("adm1_code")
        .agg(pl.col("adm1_name").drop_nulls().first(), pl.len().alias("n"), (~has_mark()).sum().alias("only"))
        .sort("adm1_code")
    )
