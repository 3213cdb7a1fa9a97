"""Incidents made by rule, as many as are asked for, at real places: what the benchmarks of the page run on."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from mapping.admin import join_boundaries  # noqa: E402
from mapping.datasets import shipped  # noqa: E402
from mapping.schema import EVENT_TYPES, conform  # noqa: E402
from mapping.store import Store  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["NAME", "fill", "incidents"]

NAME = "Made by rule"
_DAYS = 12 * 365
_FIRST_DAY = 15_340  # 2012-01-01, since 1970
_COUNTRIES = ("AF", "BF", "CD", "ET", "IQ", "ML", "MM", "NG", "SD", "SY", "UA", "YE")
_SHARES = {"site": 0.3, "town": 0.4, "near": 0.1, "province": 0.15, "country": 0.05}
_KM_PER_DEGREE = 111.2


def incidents(rows: int, *, seed: int = 6) -> pl.DataFrame:
    """Return so many incidents, of which those with a point stand all apart, within 20 km of a place of the gazetteer."""
    at = np.random.default_rng(seed)

    def pick(values: Sequence[str], shares: Sequence[float] | None = None) -> pl.Series:
        return pl.Series(values)[at.choice(len(values), rows, p=shares)]

    places = pl.read_parquet(
        shipped("gazetteer/places.parquet"), columns=["name", "country_iso2", "latitude", "longitude"]
    )
    known = places.filter(pl.col("country_iso2").is_in(_COUNTRIES))
    chosen = known[at.integers(0, known.height, rows)]
    precision = pick(list(_SHARES), list(_SHARES.values()))
    day = pl.Series(at.integers(0, _DAYS, rows)).cast(pl.Int32)
    points = chosen.with_columns(
        geo_precision=precision,
        latitude=pl.col("latitude") + pl.Series(at.normal(0, 10 / _KM_PER_DEGREE, rows)),
        longitude=pl.col("longitude") + pl.Series(at.normal(0, 10 / _KM_PER_DEGREE, rows)),
        date_start=(pl.lit(day) + _FIRST_DAY).cast(pl.Date),
    )
    actors = [f"Group {number}" for number in range(300)]
    frame = points.select(
        pl.int_range(pl.len()).cast(pl.String).alias("incident_id"),
        pl.col("country_iso2", "latitude", "longitude", "geo_precision", "date_start"),
        pl.col("date_start").alias("date_end"),
        pl.lit("day").alias("date_precision"),
        pl.col("name").alias("place"),
        event_type=pick(EVENT_TYPES),
        actor1=pick(actors),
        actor2=pick([*actors[:20], "civilians"]),
        fatalities_best=pl.Series(at.poisson(1.5, rows)),
        radius_km=pl.lit(5.0),
        geo_method=pl.lit("source"),
        source_name=pick(["Agency A", "Agency B", "Local radio"]),
        summary=pl.format("A convoy was attacked near {} at dawn, residents and two officials said", "name"),
        source_row=pl.int_range(2, pl.len() + 2),
    )
    joined = join_boundaries(conform(frame))
    is_vague = pl.col("geo_precision").is_in(("province", "country"))
    gone = pl.when(~is_vague)
    return joined.with_columns(
        gone.then("latitude"), gone.then("longitude"), gone.then("radius_km"),
        pl.when(pl.col("geo_precision") != "country").then("adm1_code"),
        pl.when(pl.col("geo_precision") != "country").then("adm1_name"),
    )  # fmt: skip


def fill(home: Path, rows: int) -> None:
    """Keep so many incidents in the store at `home`."""
    made = incidents(rows)
    with Store(home) as store:
        store.add(NAME, made, raw=made.select("source_row", "place"), licence="CC0-1.0")


if __name__ == "__main__":
    fill(Path(sys.argv[1]), int(sys.argv[2]))
