"""Builds data/admin/basemap.parquet: light outlines of provinces and countries, for the map to draw.

Run from the project's folder, after boundaries.py: ``python data/build/basemap.py``. Every shape of a level is
simplified together with its neighbours (a coverage), so that they keep sharing their borders.
"""

from __future__ import annotations

import sys
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from data.build.boundaries import NATURAL_EARTH, UNITS  # noqa: E402
from data.build.record import DATA, record  # noqa: E402

BASEMAP = "admin/basemap.parquet"
PROVINCE_TOLERANCE = 0.01
COUNTRY_TOLERANCE = 0.05
GRID = 0.001


def lightened(shapes: np.ndarray, tolerance: float) -> np.ndarray:
    """Return the shapes simplified together, at three decimals; one too small for that stays as it was."""
    light = shapely.set_precision(shapely.coverage_simplify(shapes, tolerance), GRID)
    lost = shapely.is_empty(light)
    light[lost] = shapes[lost]
    return light


def countries(units: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return one row a country: the union of its provinces. What has no country's code is not among them."""
    groups = units.dropna(subset="country_iso2").groupby("country_iso2")
    return gpd.GeoDataFrame(
        {"name": groups["country_name"].first()},
        geometry=[shapely.union_all(members.geometry.array) for _, members in groups],
        crs=units.crs,
    ).reset_index()


def build(units: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return both levels in one frame: level, code, name, country_iso2, geometry."""
    outer = countries(units).assign(level="adm0")
    outer["code"] = outer["country_iso2"]
    outer["geometry"] = lightened(np.asarray(outer.geometry), COUNTRY_TOLERANCE)
    inner = units.rename(columns={"adm1_code": "code", "adm1_name": "name"}).assign(level="adm1")
    inner["geometry"] = lightened(np.asarray(inner.geometry), PROVINCE_TOLERANCE)
    return pd.concat([outer, inner], ignore_index=True)[["level", "code", "name", "country_iso2", "geometry"]]


def main() -> None:
    """Build the outlines and their entry in data/sources.json."""
    frame = build(gpd.read_parquet(DATA / UNITS))
    frame.to_parquet(DATA / BASEMAP, index=False, compression="zstd", compression_level=19)
    record(
        BASEMAP,
        rows=len(frame),
        title="Outlines of provinces and countries, for drawing",
        description="The provinces of admin/admin1.parquet (level adm1, simplified by about a kilometre) and the countries "
        "that they make up (level adm0, by about five), coordinates at three decimals. For looking at, not for joining.",
        **NATURAL_EARTH | {"build": "build/basemap.py"},
    )


if __name__ == "__main__":
    main()
