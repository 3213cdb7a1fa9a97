"""What a researcher would write with pandas and geopandas: python -m benchmarks.plain_script FILE.csv OUT.parquet.

Reads a UCDP GED file whole, checks ids, dates, coordinates, codes and counts, names the columns as ours are, joins the
points to the provinces and writes Parquet. It finds no place by name, keeps no rows as they stood, and tells of nothing.
"""

from __future__ import annotations

import sys
from pathlib import Path

import geopandas as gpd
import pandas as pd

NAMES = {
    "id": "incident_id", "source_headline": "summary", "side_a": "actor1", "side_b": "actor2", "low": "fatalities_low",
    "best": "fatalities_best", "high": "fatalities_high", "country": "country", "adm_1": "adm1_claimed",
    "adm_2": "adm2_claimed", "where_coordinates": "place", "number_of_sources": "source_count",
}  # fmt: skip
PRECISIONS = {1: "town", 2: "near", 3: "district", 4: "province", 5: "area", 6: "country", 7: "offshore"}
DATES = {1: "day", 2: "range", 3: "week", 4: "month", 5: "year"}
TYPES = {1: "state-based conflict", 2: "non-state conflict", 3: "one-sided violence"}


def main(source: Path, target: Path, boundaries: Path) -> None:
    """Take the file the whole way."""
    rows = pd.read_csv(source, low_memory=False)
    rows["date_start"] = pd.to_datetime(rows["date_start"], format="%Y-%m-%d", errors="coerce")
    rows["date_end"] = pd.to_datetime(rows["date_end"], format="%Y-%m-%d", errors="coerce")
    for column in ("latitude", "longitude", "low", "best", "high", "number_of_sources"):
        rows[column] = pd.to_numeric(rows[column], errors="coerce")
    good = (
        ~rows["id"].duplicated() & rows["date_start"].notna() & (rows["date_end"] >= rows["date_start"])
        & rows["latitude"].between(-90, 90) & rows["longitude"].between(-180, 180) & (rows["best"] >= 0)
        & rows["where_prec"].isin(PRECISIONS) & rows["date_prec"].isin(DATES) & rows["type_of_violence"].isin(TYPES)
    )  # fmt: skip
    rows = rows[good]
    rows["geo_precision"] = rows["where_prec"].map(PRECISIONS)
    rows["date_precision"] = rows["date_prec"].map(DATES)
    rows["event_type_source"] = rows["type_of_violence"].map(TYPES)
    points = gpd.GeoDataFrame(rows, geometry=gpd.points_from_xy(rows["longitude"], rows["latitude"], crs="EPSG:4326"))
    provinces = gpd.read_parquet(boundaries)[["adm1_code", "adm1_name", "geometry"]]
    joined = gpd.sjoin(points, provinces, how="left").drop(columns="index_right")
    joined = joined[~joined["id"].duplicated()]  # a point on a border comes twice
    joined["dataset"], joined["licence"] = source.stem, "CC BY 4.0"
    kept = [
        *NAMES,
        "date_start",
        "date_end",
        "latitude",
        "longitude",
        "geo_precision",
        "date_precision",
        "event_type_source",
    ]
    kept += ["adm1_code", "adm1_name", "dataset", "licence", "geometry"]
    joined[kept].rename(columns=NAMES).to_parquet(target)


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
