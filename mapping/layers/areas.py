"""Which incidents count in their province, and which are drawn as their district."""

from __future__ import annotations

import polars as pl

from mapping.admin import districts
from mapping.placement import in_province_only

__all__ = ["district_counts", "is_counted", "is_in_district"]


def is_counted() -> pl.Expr:
    """Test whether a row counts in its province: the province is known, and the place no vaguer than that.

    Examples
    --------
    >>> rows = pl.DataFrame({"adm1_code": ["IQ-AN", "IQ-AN"], "geo_precision": ["province", "country"]})
    >>> rows.select(is_counted().alias("counted"))["counted"].to_list()
    [True, False]
    """
    vague = pl.col("geo_precision").is_in(("country", "none")).fill_null(True)
    return pl.col("adm1_code").is_not_null() & ~vague


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
    return known & (pl.col("geo_precision") == "district") & in_province_only()


def district_counts(frame: pl.DataFrame) -> pl.DataFrame:
    """Count the incidents that are drawn as their district; they are among those that `measures` in shading.py calls only.

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
