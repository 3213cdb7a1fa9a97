"""How far a row can be placed: drawn at a point, counted in its province, or on no map at all."""

from __future__ import annotations

import polars as pl

from mapping.schema import PLACED_AS_POINT

__all__ = ["PLACED", "at_site_or_town", "has_mark", "in_province_only", "is_off_map", "placed"]

PLACED = ("site_or_town", "roughly", "province_only", "off_map")
"""How far a row can be placed; the numbers of these four add up to the rows."""

_SITE_OR_TOWN = ("site", "town")
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


def at_site_or_town() -> pl.Expr:
    """Test whether a row is drawn at a known site or a populated place, and no less exactly.

    Examples
    --------
    >>> rows = pl.DataFrame({"latitude": [33.8] * 2, "longitude": [42.4] * 2, "geo_precision": ["town", "near"]})
    >>> rows.select(at_site_or_town().alias("at"))["at"].to_list()
    [True, False]
    """
    return has_mark() & pl.col("geo_precision").is_in(_SITE_OR_TOWN)


def in_province_only() -> pl.Expr:
    """Test whether a row is counted in its province and drawn nowhere else.

    Examples
    --------
    >>> from mapping.schema import conform
    >>> rows = conform(pl.DataFrame({"adm1_code": ["IQ-AN", "IQ-AN"], "geo_precision": ["district", "country"]}))
    >>> rows.select(in_province_only().alias("only"))["only"].to_list()
    [True, False]
    """
    known = pl.col("adm1_code").is_not_null() & pl.col("geo_precision").is_in(PLACED_AS_POINT + _WITHIN_PROVINCE)
    return known.fill_null(False) & ~has_mark()


def is_off_map() -> pl.Expr:
    """Test whether a row is on no map at all: it is known to the country at most.

    Examples
    --------
    >>> from mapping.schema import conform
    >>> rows = conform(pl.DataFrame({"adm1_code": ["IQ-AN", "IQ-AN"], "geo_precision": ["district", "country"]}))
    >>> rows.select(is_off_map().alias("off"))["off"].to_list()
    [False, True]
    """
    return ~(has_mark() | in_province_only())


def placed() -> pl.Expr:
    """Say of each row how far it can be placed, in the words of `PLACED`; where one of them is asked for, its test is quicker.

    Examples
    --------
    >>> from mapping.schema import conform
    >>> rows = conform(pl.DataFrame({"adm1_code": ["IQ-AN", "IQ-AN"], "geo_precision": ["district", "country"]}))
    >>> rows.select(placed())["placed"].to_list()
    ['province_only', 'off_map']
    """
    return (
        pl.when(at_site_or_town())
        .then(pl.lit("site_or_town"))
        .when(has_mark())
        .then(pl.lit("roughly"))
        .when(in_province_only())
        .then(pl.lit("province_only"))
        .otherwise(pl.lit("off_map"))
        .alias("placed")
    )
