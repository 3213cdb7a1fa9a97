"""Where it happened most often, among places that are known well enough to be called one."""

from __future__ import annotations

import polars as pl

from mapping.aggregate.tally import tally
from mapping.placement import placed

__all__ = ["struck"]

_DECIMALS = 4
"""Of degrees, within which coordinates are one place: eleven metres."""


def struck(frame: pl.DataFrame) -> pl.DataFrame:
    """Count the incidents at each known site or town, the most often struck first.

    A row known no nearer than its province is in none, nor is one that is only near a place: a centroid is no hotspot.
    Places are told apart by place_id, and where a row has none, by its coordinates.

    Returns
    -------
    polars.DataFrame
        place_id, latitude, longitude, geo_precision, name (what matched, else as reported), adm1_code, last (the last day
        on which one may have happened), and what `mapping.aggregate.tally` gives.

    Examples
    --------
    >>> from mapping.schema import conform
    >>> rows = conform(pl.DataFrame({"place": ["Hit", "Hit", "Anbar"], "geo_precision": ["town", "town", "province"],
    ...                              "latitude": [33.6] * 3, "longitude": [42.8] * 3, "adm1_code": "IQ-AN"}))
    >>> struck(rows).select("name", "incidents").rows()
    [('Hit', 2)]
    """
    rows = frame.filter(placed() == "site_or_town").with_columns(
        pl.when(pl.col("place_id").is_null()).then(pl.col(name).round(_DECIMALS)).alias(f"{name}_key")
        for name in ("latitude", "longitude")
    )
    about = [
        pl.col("latitude", "longitude", "geo_precision").first(),
        pl.coalesce("matched_name", "place").drop_nulls().first().alias("name"),
        pl.col("adm1_code").drop_nulls().first(),
        pl.coalesce("date_end", "date_start").max().alias("last"),
    ]
    counts = tally(rows, "place_id", "latitude_key", "longitude_key", also=about).drop("latitude_key", "longitude_key")
    return counts.sort("incidents", "last", "name", descending=[True, True, False], nulls_last=True)
