"""What provinces are shaded by: incidents, deaths, incidents for their area."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
import polars as pl
import shapely

from mapping.admin import geometries, in_use, units, using
from mapping.admin.sets import REMEMBERED, Sets
from mapping.layers.areas import is_counted
from mapping.placement import in_province_only

if TYPE_CHECKING:
    import numpy.typing as npt

__all__ = ["areas_km2", "measures", "with_area"]

_EQUATOR_KM = 6378.137  # WGS 84
_ECCENTRICITY = 0.0818191908426215


def measures(frame: pl.DataFrame) -> pl.DataFrame:
    """Count for each province what it can be shaded by.

    Rows known to the country at most count nowhere, whatever province their coordinates fall into.

    Returns
    -------
    polars.DataFrame
        adm1_code (String), n (incidents), only (those of n of which no more than the province is known),
        dead (the best numbers of deaths together, null where none is known), known (of how many incidents
        the deaths are known).

    Examples
    --------
    >>> from mapping.schema import conform
    >>> rows = conform(pl.DataFrame({"adm1_code": "IQ-AN", "geo_precision": "province", "fatalities_best": [3, None]}))
    >>> measures(rows).rows()
    [('IQ-AN', 2, 2, 3, 1)]
    """
    deaths = pl.col("fatalities_best")
    counted = (
        frame.select("adm1_code", "fatalities_best", is_counted().alias("counted"), in_province_only().alias("only"))
        .filter("counted")
        .group_by("adm1_code")
        .agg(
            pl.len().alias("n"),
            pl.col("only").sum(),
            pl.when(deaths.is_not_null().any()).then(deaths.sum()).alias("dead"),
            deaths.count().alias("known"),
        )
    )
    return counted.with_columns(pl.col("adm1_code").cast(pl.String)).sort("adm1_code")


def with_area(counted: pl.DataFrame) -> pl.DataFrame:
    """Add the area of each province in km², null where it has no boundary; the first time it reads all boundaries.

    Examples
    --------
    >>> with_area(pl.DataFrame({"adm1_code": ["IQ-AN", "?"]}))["area"].round().cast(pl.Int64).to_list()
    [138194, None]
    """
    area = pl.col("adm1_code").replace_strict(areas_km2(), default=None, return_dtype=pl.Float64)
    return counted.with_columns(area.alias("area"))


def areas_km2() -> dict[str, float]:
    """Return the area of every province by its code, in km² on the ellipsoid of WGS 84.

    Examples
    --------
    >>> round(areas_km2()["IQ-AN"], -4)
    140000.0
    """
    return _areas(in_use())


@lru_cache(maxsize=REMEMBERED)
def _areas(sets: Sets) -> dict[str, float]:
    with using(sets):
        shapes, codes = geometries().geometry.to_numpy(), units()["adm1_code"]
    areas = shapely.area(shapely.transform(shapes, _equal_area))
    return dict(zip(codes, np.round(areas, 4).tolist(), strict=True))


def _equal_area(degrees: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Project longitude and latitude so that areas are true, in km: Snyder, Map Projections (USGS 1987), 3-12, 10-14."""
    longitude, sine = np.radians(degrees[:, 0]), np.sin(np.radians(degrees[:, 1]))
    return np.column_stack([_EQUATOR_KM * longitude, _EQUATOR_KM * _authalic(sine) / 2])


def _authalic(sine: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    e, e_sine = _ECCENTRICITY, _ECCENTRICITY * sine
    return (1 - e**2) * (sine / (1 - e_sine**2) + np.arctanh(e_sine) / e)
