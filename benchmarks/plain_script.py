"""What a researcher would write with pandas and geopandas: python -m benchmarks.plain_script FILE.csv OUT PROVINCES.

Reads a UCDP GED file whole, checks ids, dates, coordinates, codes and counts, tells of what it doubts, names the columns as
ours are, joins the points to the provinces, those in none to the nearest within 0.01°, and writes Parquet to the folder OUT:
the incidents, the rows as they stood, those refused and the problems. It finds no place by name.
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


def doubts(rows: pd.DataFrame) -> pd.DataFrame:
    """Return a line for each count that contradicts another."""
    found = [
        pd.DataFrame({
            "row": rows.loc[wrong, "source_row"], "column": low,
            "message": "fatalities " + low + " " + rows.loc[wrong, low].astype(str) + " above " + high,
        })
        for low, high in (("low", "best"), ("best", "high"), ("low", "high"))
        if (wrong := rows[low] > rows[high]).any()
    ]  # fmt: skip
    return pd.concat(found) if found else pd.DataFrame({"row": [], "column": [], "message": []})


def main(source: Path, target: Path, boundaries: Path) -> None:
    """Take the file the whole way."""
    rows = pd.read_csv(source, low_memory=False)
    rows.insert(0, "source_row", range(2, len(rows) + 2))
    rows.to_parquet(target / "raw.parquet")
    rows["date_start"] = pd.to_datetime(rows["date_start"], format="%Y-%m-%d", errors="coerce")
    rows["date_end"] = pd.to_datetime(rows["date_end"], format="%Y-%m-%d", errors="coerce")
    for column in ("latitude", "longitude", "low", "best", "high", "number_of_sources"):
        rows[column] = pd.to_numeric(rows[column], errors="coerce")
    good = (
        ~rows["id"].duplicated() & rows["date_start"].notna() & (rows["date_end"] >= rows["date_start"])
        & rows["latitude"].between(-90, 90) & rows["longitude"].between(-180, 180) & (rows["best"] >= 0)
        & rows["where_prec"].isin(PRECISIONS) & rows["date_prec"].isin(DATES) & rows["type_of_violence"].isin(TYPES)
    )  # fmt: skip
    rows[~good].to_parquet(target / "rejects.parquet")
    rows = rows[good].copy()
    doubts(rows).to_parquet(target / "problems.parquet")
    rows["geo_precision"] = rows["where_prec"].map(PRECISIONS)
    rows["date_precision"] = rows["date_prec"].map(DATES)
    rows["event_type_source"] = rows["type_of_violence"].map(TYPES)
    points = gpd.GeoDataFrame(rows, geometry=gpd.points_from_xy(rows["longitude"], rows["latitude"], crs="EPSG:4326"))
    provinces = gpd.read_parquet(boundaries)[["adm1_code", "adm1_name", "geometry"]]
    joined = gpd.sjoin(points, provinces, how="left").drop(columns="index_right")
    joined = joined[~joined["id"].duplicated()]  # a point on a border comes twice
    lost = joined["adm1_code"].isna()
    near = gpd.sjoin_nearest(points[lost.to_numpy()], provinces, max_distance=0.01)
    near = near[~near["id"].duplicated()].set_index("id")
    for column in ("adm1_code", "adm1_name"):
        joined.loc[lost, column] = joined.loc[lost, "id"].map(near[column])
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
    joined[kept].rename(columns=NAMES).to_parquet(target / "incidents.parquet")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
