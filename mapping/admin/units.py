"""The provinces: what they are called, where they lie, and their shapes."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import polars as pl

from mapping.datasets import shipped

if TYPE_CHECKING:
    import geopandas as gpd

__all__ = ["BOUNDARIES", "geometries", "units"]

BOUNDARIES = "admin/admin1.parquet"
_COLUMNS = (
    "adm1_code", "adm1_name", "adm1_name_local", "names", "region_code", "region_name", "country_iso2",
    "country_name", "longitude", "latitude", "radius_km",
)  # fmt: skip


@lru_cache(maxsize=1)
def units() -> pl.DataFrame:
    """Return every province of the world, in the order of their codes.

    Columns: adm1_code (ISO 3166-2 where there is one, else HASC or Natural Earth's identifier), adm1_name,
    adm1_name_local, names (every spelling known, as a list), region_code and region_name (what it is part of, such as the
    Kurdistan Region), country_iso2, country_name, longitude and latitude of a point inside (WGS 84), radius_km
    from there to the farthest point of the border.

    Examples
    --------
    >>> units().filter(pl.col("country_iso2") == "IQ").height
    18
    """
    return pl.read_parquet(shipped(BOUNDARIES), columns=list(_COLUMNS))


@lru_cache(maxsize=1)
def geometries() -> gpd.GeoDataFrame:
    """Return the provinces with their polygons, in the order of `units`; shared, so never change it.

    Examples
    --------
    >>> geometries().crs.to_epsg()
    4326
    """
    import geopandas as gpd  # slow to import, and only maps and files of boundaries need it

    return gpd.read_parquet(shipped(BOUNDARIES))
