"""Incidents by province: how many there are, and of how many only the province is known."""

from __future__ import annotations

import polars as pl

from mapping.placement import placed

__all__ = ["province_counts"]


def province_counts(frame: pl.DataFrame) -> pl.DataFrame:
    """Count the incidents of each province.

    Rows known to the country at most count nowhere, whatever province their coordinates fall into.

    Returns
    -------
    polars.DataFrame
        adm1_code, n, and only: those of n of which no more than the province is known.

    Examples
    --------
    >>> from mapping.schema import conform
    >>> rows = conform(pl.DataFrame({"adm1_code": ["IQ-AN"], "geo_precision": ["province"]}))
    >>> province_counts(rows).rows()
    [('IQ-AN', 1, 1)]
    """
    return (
        frame.select("adm1_code", placed())
        .filter(pl.col("adm1_code").is_not_null() & (pl.col("placed") != "off_map"))
        .group_by("adm1_code")
        .agg(pl.len().alias("n"), (pl.col("placed") == "province_only").sum().alias("only"))
        .sort("adm1_code")
    )
