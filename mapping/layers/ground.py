"""The ground of the map: boundaries as script files that a browser loads, country by country.

One file holds the outline of every country in short; one file for each country its outline and
provinces in full. Rings are whole numbers, thousandths of a degree, each point as the step from
the one before: about five bytes a point.
"""

from __future__ import annotations

import json
from functools import lru_cache
from typing import TYPE_CHECKING

import geopandas
import numpy as np
import shapely

from mapping.datasets import shipped
from mapping.layers.inert import inert

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = ["BOUNDARIES", "bounds_of", "country_script", "scripts", "world_script"]

BOUNDARIES = "admin/basemap.parquet"
_PER_DEGREE = 1000
_COARSE_DEGREES = 0.08
_SMALLEST_COARSE = 0.05  # square degrees; a country whose parts are all smaller keeps its largest
_TIGHT = (",", ":")
_MAINLAND = 0.25  # of the largest part's area: what lies far off and is smaller does not widen the view


@lru_cache(maxsize=1)
def _boundaries() -> geopandas.GeoDataFrame:
    return geopandas.read_parquet(shipped(BOUNDARIES))


def _level(level: str) -> geopandas.GeoDataFrame:
    boundaries = _boundaries()
    return boundaries[boundaries["level"] == level]


def _rings(geometry: shapely.Geometry) -> list[list[int]]:
    """Return the rings of a polygon or multipolygon as steps in thousandths of a degree."""
    rings = shapely.get_rings(shapely.get_parts(geometry))
    points, ring = shapely.get_coordinates(rings, return_index=True)
    whole = np.rint(points * _PER_DEGREE).astype(np.int64)
    is_first = np.r_[True, ring[1:] != ring[:-1]]
    keep = is_first | np.r_[True, (whole[1:] != whole[:-1]).any(axis=1)]
    whole, is_first = whole[keep], is_first[keep]
    steps = np.diff(whole, axis=0, prepend=[[0, 0]])
    steps[is_first] = whole[is_first]
    return [part.ravel().tolist() for part in np.split(steps, np.flatnonzero(is_first)[1:]) if len(part) > 3]


def _inside(geometry: shapely.Geometry) -> list[int]:
    """Return a point well inside the largest part, in thousandths of a degree: where the name may stand."""
    parts = shapely.get_parts(geometry)
    largest = parts[np.argmax(shapely.area(parts))]
    middle = shapely.get_coordinates(shapely.maximum_inscribed_circle(largest, tolerance=0.05))[0]
    return np.rint(middle * _PER_DEGREE).astype(int).tolist()


def _in_short(geometry: shapely.Geometry) -> shapely.Geometry:
    parts = shapely.get_parts(shapely.simplify(geometry, _COARSE_DEGREES))
    areas = shapely.area(parts)
    return shapely.multipolygons(parts[(areas >= _SMALLEST_COARSE) | (areas == areas.max())])


def _columns(units: geopandas.GeoDataFrame, rings: list[list[list[int]]]) -> str:
    """Write codes, names, where the names may stand, and rings: four columns, as static/ground.js reads them."""
    middles = [_inside(geometry) for geometry in units.geometry]
    names = inert([units["code"].to_list(), units["name"].to_list()])
    return f"{names},{json.dumps(middles, separators=_TIGHT)},{json.dumps(rings, separators=_TIGHT)}"


def world_script() -> str:
    """Return the script that tells the map of every country, its outline in short."""
    countries = _level("adm0")
    return f"incidentAtlas.addWorld({_columns(countries, [_rings(_in_short(whole)) for whole in countries.geometry])});"


def country_script(country_iso2: str) -> str:
    """Return the script that tells the map of one country: its outline and provinces in full."""
    outline = _level("adm0").query("code == @country_iso2").geometry.iloc[0]
    provinces = _level("adm1").query("country_iso2 == @country_iso2")
    columns = _columns(provinces, [_rings(whole) for whole in provinces.geometry])
    return (
        f"incidentAtlas.addCountry({inert(country_iso2)},{json.dumps(_rings(outline), separators=_TIGHT)},{columns});"
    )


def scripts() -> Iterator[tuple[str, str]]:
    """Give the name and the text of every boundary file.

    Examples
    --------
    >>> name, text = next(scripts())
    >>> name, text[:24]
    ('world.js', 'incidentAtlas.addWorld([')
    """
    yield "world.js", world_script()
    for country_iso2 in _level("adm0")["code"]:
        yield f"{country_iso2}.js", country_script(country_iso2)


def bounds_of(codes: Sequence[str]) -> tuple[float, float, float, float] | None:
    """Return west, south, east, north of provinces or countries together, leaving out what lies far off.

    None when no boundary has one of these codes.

    Examples
    --------
    >>> [round(edge) for edge in bounds_of(["IQ-AN"])]
    [39, 31, 44, 35]
    """
    boundaries = _boundaries()
    parts, unit = shapely.get_parts(boundaries.geometry[boundaries["code"].isin(codes)].to_numpy(), return_index=True)
    if not len(parts):
        return None
    areas = shapely.area(parts)
    largest = np.zeros(unit.max() + 1)
    np.maximum.at(largest, unit, areas)
    west, south, east, north = shapely.total_bounds(parts[areas >= _MAINLAND * largest[unit]])
    return float(west), float(south), float(east), float(north)
