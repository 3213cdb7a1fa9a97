"""The provinces: what they are called, where they lie, and their shapes."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
import polars as pl
import shapely

from mapping.admin.sets import REMEMBERED, BoundarySet, Sets, in_use, using
from mapping.datasets import shipped

if TYPE_CHECKING:
    import geopandas as gpd

__all__ = ["BOUNDARIES", "geometries", "order_of", "shapes", "shapes_of", "shipped_shapes", "shipped_units", "units"]

BOUNDARIES = "admin/admin1.parquet"
_COLUMNS = (
    "adm1_code", "adm1_name", "adm1_name_local", "names", "region_code", "region_name", "country_iso2",
    "country_name", "longitude", "latitude", "radius_km",
)  # fmt: skip


def units() -> pl.DataFrame:
    """Return every province of the world, in the order of their codes.

    Columns: adm1_code (ISO 3166-2 where there is one, else HASC or Natural Earth's identifier), adm1_name,
    adm1_name_local, names (every spelling known, as a list), region_code and region_name (what it is part of, such as the
    Kurdistan Region), country_iso2, country_name, longitude and latitude of a point inside (WGS 84), radius_km
    from there to the farthest point of the border. The provinces of a country for which a set of the user's is in
    use are that set's.

    Examples
    --------
    >>> units().filter(pl.col("country_iso2") == "IQ").height
    18
    """
    return _units(in_use())


@lru_cache(maxsize=REMEMBERED)
def _units(sets: Sets) -> pl.DataFrame:
    held = shipped_units()
    return pl.concat([held, *(each.units.select(held.columns) for each in sets.at("adm1"))])[order_of(sets)]


@lru_cache(maxsize=1)
def shipped_units() -> pl.DataFrame:
    """Return what `units` returns when no set of the user's is in use.

    Examples
    --------
    >>> shipped_units().equals(units())
    True
    """
    return pl.read_parquet(shipped(BOUNDARIES), columns=list(_COLUMNS))


def shapes() -> np.ndarray:
    """Return the polygons of the provinces, in the order of `units`; never change them.

    Examples
    --------
    >>> len(shapes()) == units().height
    True
    """
    return _shapes(in_use())


@lru_cache(maxsize=REMEMBERED)
def _shapes(sets: Sets) -> np.ndarray:
    return np.concatenate([shipped_shapes(), *map(shapes_of, sets.at("adm1"))])[order_of(sets)]


@lru_cache(maxsize=1)
def shipped_shapes() -> np.ndarray:
    """Return the polygons of `shipped_units`; never change them.

    Examples
    --------
    >>> shipped_shapes() is shipped_shapes()
    True
    """
    return shapely.from_wkb(pl.read_parquet(shipped(BOUNDARIES), columns=["geometry"])["geometry"].to_numpy())


@lru_cache(maxsize=2 * REMEMBERED)
def shapes_of(own: BoundarySet) -> np.ndarray:
    """Return the polygons of a set of the user's, in its order; never change them.

    Examples
    --------
    >>> box = pl.DataFrame({"geometry": [shapely.to_wkb(shapely.box(42, 33, 43, 34))]})
    >>> shapes_of(BoundarySet("Mine", "adm2", "IQ", "2024", "CC0", "", "key", box))[0].area
    1.0
    """
    return shapely.from_wkb(own.units["geometry"].to_numpy())


@lru_cache(maxsize=REMEMBERED)
def order_of(sets: Sets) -> np.ndarray:
    """Return which rows make up `units`, counted through the shipped provinces and then through those of each set.

    Examples
    --------
    >>> order_of(in_use())[:3].tolist()
    [0, 1, 2]
    """
    own = sets.at("adm1")
    codes = pl.concat([shipped_units()["adm1_code"], *(each.units["adm1_code"] for each in own)])
    replaced = shipped_units()["country_iso2"].is_in([each.country_iso2 for each in own]).fill_null(False)
    left = ~replaced.extend_constant(False, len(codes) - len(replaced))
    return pl.DataFrame({"code": codes}).with_row_index("row").filter(left).sort("code")["row"].to_numpy()


@lru_cache(maxsize=REMEMBERED)
def _geometries(sets: Sets) -> gpd.GeoDataFrame:
    import geopandas as gpd  # slow to import, and only maps and files of boundaries need it

    with using(sets):
        return gpd.GeoDataFrame(units().to_pandas(), geometry=shapes(), crs="EPSG:4326")


def geometries() -> gpd.GeoDataFrame:
    """Return the provinces with their polygons, in the order of `units`; shared, so never change it.

    Examples
    --------
    >>> geometries().crs.to_epsg()
    4326
    """
    return _geometries(in_use())
