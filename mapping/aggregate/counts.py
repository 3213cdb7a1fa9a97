"""How many incidents there are by province and type, and how far they can be placed."""

from __future__ import annotations

from typing import NamedTuple

import polars as pl

from mapping.placement import at_site_or_town, has_mark, in_province_only, is_off_map, placed

__all__ = [
    "Placement",
    "by_province",
    "by_type",
    "placement",
    "province_only",
    "unplaced",
    "unplaced_reasons",
]

_QUOTED = "|".join(rf"{mark}(?:[^{mark}\\]|\\.)*{mark}" for mark in "'\"")
"""A name as the geocoder's reasons quote it: as Python writes a string."""


class Placement(NamedTuple):
    """How far the rows shown can be placed; the last four add up to `shown`.

    Attributes
    ----------
    shown
        All rows.
    site_or_town
        Drawn as a mark at a known site or a populated place.
    roughly
        Drawn at coordinates, but near a place, in an area or offshore.
    province_only
        Known to the province or district; counted there, never drawn as a dot.
    off_map
        Known to the country at most; in the list beside the map.
    """

    shown: int
    site_or_town: int
    roughly: int
    province_only: int
    off_map: int


def placement(frame: pl.DataFrame) -> Placement:
    """Count the rows by how far they can be placed.

    Examples
    --------
    >>> from mapping.schema import conform
    >>> placement(conform(pl.DataFrame({"geo_precision": ["town", "none"], "latitude": [33, None], "longitude": [44, None]})))
    Placement(shown=2, site_or_town=1, roughly=0, province_only=0, off_map=1)
    """
    fine, marked, vague = frame.select(
        fine=at_site_or_town().sum(), marked=has_mark().sum(), vague=in_province_only().sum()
    ).row(0)
    return Placement(frame.height, fine, marked - fine, vague, frame.height - marked - vague)


def by_province(frame: pl.DataFrame) -> pl.DataFrame:
    """Count the rows of each province, the fullest first.

    Rows that are known to the country at most belong to no province, whatever their coordinates
    say; they share the line whose adm1_code is null with rows outside every province.

    Returns
    -------
    polars.DataFrame
        adm1_code, adm1_name, incidents, and of these the ones drawn at a point (at_place) and the
        ones known to the province only (province_only).

    Examples
    --------
    >>> from mapping.schema import conform
    >>> rows = conform(pl.DataFrame({"adm1_code": ["IQ-AN"] * 2, "adm1_name": "Anbar", "geo_precision": "province"}))
    >>> by_province(rows).rows()
    [('IQ-AN', 'Anbar', 2, 0, 2)]
    """
    known = pl.when(pl.col("placed") != "off_map")
    return (
        frame.select("adm1_code", "adm1_name", placed())
        .with_columns(known.then("adm1_code"), known.then("adm1_name"))
        .group_by("adm1_code")
        .agg(
            pl.col("adm1_name").drop_nulls().first(),
            pl.len().cast(pl.Int64).alias("incidents"),
            pl.col("placed").is_in(("site_or_town", "roughly")).sum().cast(pl.Int64).alias("at_place"),
            (pl.col("placed") == "province_only").sum().cast(pl.Int64).alias("province_only"),
        )
        .sort("incidents", "adm1_code", descending=[True, False], nulls_last=True)
    )


def by_type(frame: pl.DataFrame) -> pl.DataFrame:
    """Count the rows of each event type, the most frequent first.

    Returns
    -------
    polars.DataFrame
        event_type, incidents.

    Examples
    --------
    >>> by_type(pl.DataFrame({"event_type": ["raid", None, "raid"]})).rows()
    [('raid', 2), (None, 1)]
    """
    return (
        frame.group_by("event_type")
        .agg(pl.len().cast(pl.Int64).alias("incidents"))
        .sort("incidents", "event_type", descending=[True, False], nulls_last=True)
    )


def province_only(frame: pl.DataFrame) -> pl.DataFrame:
    """Return the rows that are known to the province or district only, and so never drawn as a dot.

    Examples
    --------
    >>> from mapping.schema import conform
    >>> rows = conform(pl.DataFrame({"adm1_code": ["IQ-AN", None], "geo_precision": ["province", "country"]}))
    >>> province_only(rows)["adm1_code"].to_list()
    ['IQ-AN']
    """
    return frame.filter(in_province_only())


def unplaced(frame: pl.DataFrame) -> pl.DataFrame:
    """Return the rows that are not on the map: known to the country at most.

    Examples
    --------
    >>> from mapping.schema import conform
    >>> unplaced(conform(pl.DataFrame({"place": ["northern Iraq"], "geo_precision": ["country"]})))["place"].to_list()
    ['northern Iraq']
    """
    return frame.filter(is_off_map())


def unplaced_reasons(frame: pl.DataFrame) -> pl.DataFrame:
    """Count the rows that are not on the map by reason, the most frequent first.

    The names that a reason quotes stand as …, so that one reason for two places counts as one.

    Returns
    -------
    polars.DataFrame
        geo_reason, incidents.

    Examples
    --------
    >>> from mapping.schema import conform
    >>> reasons = ["'Shya' is in no list of places", "'Jal Mir' is in no list of places"]
    >>> unplaced_reasons(conform(pl.DataFrame({"geo_precision": ["none", "none"], "geo_reason": reasons}))).rows()
    [('… is in no list of places', 2)]
    """
    return (
        unplaced(frame)
        .group_by(pl.col("geo_reason").str.replace_all(_QUOTED, "…"))
        .agg(pl.len().cast(pl.Int64).alias("incidents"))
        .sort("incidents", "geo_reason", descending=[True, False], nulls_last=True)
    )
