"""Incidents by province and by district: how many there are, and of how many no more than that is known."""

from __future__ import annotations

import polars as pl

from mapping.admin import districts
from mapping.placement import placed

__all__ = ["district_counts", "is_in_district", "province_counts"]


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


def is_in_district() -> pl.Expr:
    """Test whether a row is drawn as its district: no more is known of it, and the district's boundaries are in use.

    Examples
    --------
    >>> rows = pl.DataFrame({"adm2_code": ["IQG01Q07"], "geo_precision": ["district"], "adm1_code": ["IQ-AN"],
    ...                      "latitude": [None], "longitude": [None]}, schema_overrides={"latitude": pl.Float64,
    ...                                                                              "longitude": pl.Float64})
    >>> rows.select(is_in_district().alias("is_in"))["is_in"].to_list()  # no districts are in use
    [False]
    """
    known = pl.col("adm2_code").is_in(districts()["adm2_code"].implode()).fill_null(False)
    return known & (pl.col("geo_precision") == "district") & (placed() == "province_only")


def district_counts(frame: pl.DataFrame) -> pl.DataFrame:
    """Count the incidents that are drawn as their district; they are among those that `province_counts` calls only.

    Returns
    -------
    polars.DataFrame
        adm2_code, adm1_code (the province in which they count), n.

    Examples
    --------
    >>> from mapping.schema import empty_frame
    >>> district_counts(empty_frame()).rows()
    []
    """
    drawn = frame.filter(is_in_district())
    return drawn.group_by("adm2_code", "adm1_code").agg(pl.len().alias("n")).sort("adm2_code", "adm1_code")
