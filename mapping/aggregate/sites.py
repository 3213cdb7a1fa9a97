"""Where it happened most often, among places that are known well enough to be called one."""

from __future__ import annotations

from typing import NamedTuple

import polars as pl

from mapping.aggregate.tallies import tally
from mapping.placement import at_site_or_town

__all__ = ["Struck", "struck"]

_PER_DEGREE = 10_000
"""Coordinates that agree to the fourth decimal, eleven metres, are one place."""

_LONGITUDES = 720 * _PER_DEGREE


class Struck(NamedTuple):
    """The places that were struck.

    Attributes
    ----------
    places, incidents
        How many places there are in all, and how many incidents at them.
    most
        The most often struck of them: place_id, name (what matched, else as reported), geo_precision, adm1_code, latitude,
        longitude, last (the last day on which one may have happened), and what `mapping.aggregate.tally` gives.
    """

    places: int
    incidents: int
    most: pl.DataFrame


def struck(frame: pl.DataFrame, most: int) -> Struck:
    """Count the incidents at each known site or town, the most often struck first.

    A row known no nearer than its province is in none, nor is one that is only near a place: a centroid is no hotspot.
    Places are told apart by place_id, and where a row has none, by its coordinates.

    Examples
    --------
    >>> from mapping.schema import conform
    >>> rows = conform(pl.DataFrame({"place": ["Hit", "Hit", "Anbar"], "geo_precision": ["town", "town", "province"],
    ...                              "latitude": [33.6] * 3, "longitude": [42.8] * 3, "adm1_code": "IQ-AN"}))
    >>> sites = struck(rows, 20)
    >>> sites.places, sites.incidents, sites.most.select("name", "incidents").rows()
    (1, 2, [('Hit', 2)])
    """
    place = ["place_id", "spot"]
    rows = (
        frame.select("place_id", at_site_or_town().alias("is_at"), _spot().alias("spot"))
        .with_row_index()
        .filter("is_at")
    )
    counts = rows.group_by(place).len()
    # Only of these few all else is looked at: a million incidents may be at as many places.
    first = counts.top_k(most, by=["len", *place], reverse=[False, True, True])
    chosen = rows.join(first, on=place, how="semi", nulls_equal=True)
    about = [
        pl.coalesce("matched_name", "place").drop_nulls().first().alias("name"),
        pl.col("geo_precision").first(),
        pl.col("adm1_code").drop_nulls().first(),
        pl.col("latitude", "longitude").first(),
        pl.coalesce("date_end", "date_start").max().alias("last"),
    ]
    told = frame[chosen["index"]].with_columns(chosen["spot"])
    tallied = tally(told, *place, also=about).sort(
        "incidents", "last", "name", *place, descending=[True, True, False, False, False], nulls_last=True
    )
    return Struck(counts.height, rows.height, tallied.drop("spot"))


def _spot() -> pl.Expr:
    """Return one number for a point, where no place_id tells it apart."""
    latitude, longitude = ((pl.col(name) * _PER_DEGREE).round().cast(pl.Int64) for name in ("latitude", "longitude"))
    return pl.when(pl.col("place_id").is_null()).then(latitude * _LONGITUDES + longitude)
