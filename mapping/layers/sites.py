"""What a reader may lay over the incidents: known sites, and what lies elsewhere than it claims."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import polars as pl

from mapping.admin import resolve_province, units
from mapping.gazetteer.kinds import INSTALLATIONS
from mapping.gazetteer.places import shipped_tables
from mapping.layers.marks import positions
from mapping.placement import has_mark

if TYPE_CHECKING:
    from collections.abc import Collection

__all__ = ["MOST_MISMATCHES", "known_sites", "mismatches"]

MOST_MISMATCHES = 2_000
"""Of the lines that are drawn; the legend says how many there are beside them."""

_NEEDED = ("latitude", "longitude", "geo_precision", "adm1_agrees", "adm1_claimed", "country_iso2", "incident_id")


@lru_cache(maxsize=1)
def _sites() -> pl.DataFrame:
    places, _ = shipped_tables()
    return places.filter(pl.col("kind").is_in(INSTALLATIONS)).select(
        "name",
        "kind",
        "country_iso2",
        *positions(),
    )


def known_sites(countries: Collection[str]) -> dict[str, list[object]]:
    """Return the installations of the shipped gazetteer in these countries, as columns.

    Examples
    --------
    >>> known_sites(["IQ"])["name"][0]
    'Ain al-Asad Airbase'
    """
    here = _sites().filter(pl.col("country_iso2").is_in(list(countries)))
    return here.drop("country_iso2").to_dict(as_series=False)


def mismatches(frame: pl.DataFrame) -> dict[str, object]:
    """Return the incidents whose point lies in another province than the one they claim.

    Incidents at one place that claim the same province are one line, from the place to a point inside that
    province; the line is missing where no list knows what the claim means.

    Returns
    -------
    dict
        Columns latitude and longitude (hundred-thousandths of a degree), n, id (of one of them), claimed (as
        reported), to (longitude and latitude in thousandths of a degree, or None), at most `MOST_MISMATCHES`
        of them, the fullest first; and total, the number of incidents, drawn or not.

    Examples
    --------
    >>> from mapping.schema import conform
    >>> rows = conform(pl.DataFrame([{"latitude": 36.3, "longitude": 43.1, "geo_precision": "town", "adm1_agrees": False,
    ...                               "adm1_claimed": "Anbar", "country_iso2": "IQ", "incident_id": "a"}]))
    >>> mismatches(rows)["claimed"], mismatches(rows)["total"]
    (['Anbar'], 1)
    """
    wrong = frame.select(_NEEDED).filter(~pl.col("adm1_agrees"))
    lines = (
        wrong.filter(has_mark())
        .group_by(
            *positions(),
            "adm1_claimed",
            "country_iso2",
        )
        .agg(pl.len().alias("n"), pl.col("incident_id").first().alias("id"))
        .sort("n", "id", descending=[True, False])
        .head(MOST_MISMATCHES)
        .with_columns(pl.col("adm1_claimed", "country_iso2").cast(pl.String))
    )
    lines = lines.with_columns(adm1_code=resolve_province(lines["adm1_claimed"], lines["country_iso2"]))
    inside = units().select(
        "adm1_code", to=pl.concat_list((pl.col("longitude", "latitude") * 1000).round().cast(pl.Int32))
    )
    lines = lines.join(inside, on="adm1_code", how="left", maintain_order="left")
    columns = lines.select("latitude", "longitude", "n", "id", pl.col("adm1_claimed").alias("claimed"), "to")
    return {**columns.to_dict(as_series=False), "total": wrong.height}
