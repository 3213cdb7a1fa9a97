"""Stored incidents as they are with the names and the boundaries that there are now."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from mapping.admin import districts, join_boundaries, place_in_districts, resolve_province, units
from mapping.geocoder import geocode
from mapping.geocoder.corrections import GIVEN
from mapping.pipeline.own import using_own
from mapping.schema import COARSE, SCHEMA

if TYPE_CHECKING:
    from mapping.store import Store

__all__ = ["placed_anew"]

_FOUND = (
    "latitude", "longitude", "geo_precision", "radius_km", "geo_method", "place_id", "matched_name", "geo_reason", "adm1_code",
    "adm1_name", "adm2_code", "adm2_name", "adm1_agrees",
)  # fmt: skip


def placed_anew(incidents: pl.DataFrame, store: Store) -> pl.DataFrame:
    """Return stored incidents placed by the names and joined to the boundaries that a store has now.

    Where it ever had names of the user's, every row is placed again but those whose source or a person gives the point,
    each as surely as its dataset was to be placed. Where it ever had boundaries, points are joined anew, and a row
    without one is placed again if its province or district is none any more, or if what it states means another.

    Examples
    --------
    >>> from pathlib import Path
    >>> from tempfile import TemporaryDirectory
    >>> from mapping.schema import empty_frame
    >>> from mapping.store import Store
    >>> with TemporaryDirectory() as folder, Store(Path(folder)) as store:
    ...     placed_anew(empty_frame(), store).height
    0
    """
    had_names = store.names.ever()
    if not had_names and not store.boundaries.ever():
        return incidents
    with using_own(store):
        rows = incidents.with_row_index("row")
        asks = rows["geo_method"].is_in(GIVEN).fill_null(False).not_() if had_names else _no_longer_holds(incidents)
        bare = rows.filter(asks).with_columns(pl.lit(None, SCHEMA[name]).alias(name) for name in _FOUND)
        answers = [
            geocode(of_one, at_least=at_least).select(rows.columns) for of_one, at_least in _by_score(bare, store)
        ]
        whole = pl.concat([rows.filter(~asks), *answers]).sort("row").drop("row")
        return join_boundaries(place_in_districts(whole)).select(incidents.columns)


def _by_score(rows: pl.DataFrame, store: Store) -> list[tuple[pl.DataFrame, float | None]]:
    """Part rows by the score at which their dataset was to be placed."""
    asked = {version.dataset: version.score_at_least for version in store.datasets()}
    score = pl.col("dataset").replace_strict(asked, default=None, return_dtype=pl.Float64)
    return [(rows.filter(score.eq_missing(pl.lit(each, pl.Float64))), each) for each in {None, *asked.values()}]


def _no_longer_holds(incidents: pl.DataFrame) -> pl.Series:
    claimed = resolve_province(incidents["adm1_claimed"], incidents["country_iso2"])
    is_ours = pl.col("latitude").is_null() & (pl.col("geo_method").fill_null("province") == "province")
    gone = ~pl.col("adm1_code").is_in(units()["adm1_code"].implode())
    gone |= (pl.col("geo_precision") == "district") & ~pl.col("place_id").is_in(districts()["adm2_code"].implode())
    other = pl.lit(claimed).is_not_null() & pl.lit(claimed).ne_missing(pl.col("adm1_code"))
    return incidents.select(
        (is_ours & pl.col("geo_precision").is_in(("district", *COARSE)) & (gone | other)).fill_null(False)
    ).to_series()
