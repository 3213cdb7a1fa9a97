"""The ground of the map: boundaries as script files that a browser loads, country by country.

One file holds the outline of every country in short; one file for each country its outline and
provinces in full, one more its districts. Where boundaries of the user's are in use, what they replace is theirs. Rings are whole numbers, thousandths of a degree, each point as the step from
the one before: about five bytes a point.
"""

from __future__ import annotations

import json
from functools import lru_cache
from typing import TYPE_CHECKING

import geopandas
import numpy as np
import pandas as pd
import shapely

from mapping.admin import in_use
from mapping.admin.sets import LEVELS, REMEMBERED
from mapping.admin.units import shapes_of
from mapping.datasets import shipped
from mapping.layers.inert import inert

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from mapping.admin.sets import BoundarySet, Sets

__all__ = [
    "BOUNDARIES",
    "bounds_of",
    "countries_of",
    "country_names",
    "country_scripts",
    "district_scripts",
    "neighbours_of",
    "own_boundaries",
    "world_script",
]

BOUNDARIES = "admin/basemap.parquet"
_PER_DEGREE = 1000
_OWN_DEGREES = 0.005
_COARSE_DEGREES = 0.08
_SMALLEST_COARSE = 0.05  # square degrees; a country whose parts are all smaller keeps its largest
_SMALLEST_RING = 6  # numbers; a ring of three points has no inside left
_MAINLAND = 0.25  # of the largest part's area: what lies far off and is smaller does not widen the view


@lru_cache(maxsize=1)
def _shipped() -> geopandas.GeoDataFrame:
    held = geopandas.read_parquet(shipped(BOUNDARIES))
    # A few units belong to no country (Siachen, Akrotiri): each stands for itself, or it could not be drawn.
    alone = held["country_iso2"].isna()
    held["country_iso2"] = held["country_iso2"].where(~alone, held["code"])
    return pd.concat([held, held[alone].assign(level="adm0")], ignore_index=True)


@lru_cache(maxsize=REMEMBERED)
def _boundaries(sets: Sets) -> geopandas.GeoDataFrame:
    held = _shipped()
    for own in sets.members:
        light, place = _light(own), held["country_iso2"] == own.country_iso2
        if own.level == "adm1":
            held = held[~(place & (held["level"] == "adm1"))].copy()
            country = (held["country_iso2"] == own.country_iso2) & (held["level"] == "adm0")
            held.loc[country, "geometry"] = light.geometry.union_all()
        held = pd.concat([held, light], ignore_index=True)
    return held


def _light(own: BoundarySet) -> geopandas.GeoDataFrame:
    """Return the units of a set in the columns of the shipped outlines, as lightly drawn; see data/build/basemap.py."""
    shapes = shapes_of(own)
    light = shapely.set_precision(shapely.coverage_simplify(shapes, _OWN_DEGREES), 1 / _PER_DEGREE)
    light = np.where(shapely.is_empty(light), shapes, light)
    names = own.units.select(code=f"{own.level}_code", name=f"{own.level}_name", country_iso2="country_iso2")
    return geopandas.GeoDataFrame(names.to_pandas().assign(level=own.level), geometry=light, crs="EPSG:4326")


def _level(level: str) -> geopandas.GeoDataFrame:
    boundaries = _boundaries(in_use())
    return boundaries[boundaries["level"] == level]


def _rings(geometries: np.ndarray) -> list[list[list[int]]]:
    """Return for each geometry its rings, as steps in thousandths of a degree."""
    if not len(geometries):
        return []
    parts, unit_of_part = shapely.get_parts(geometries, return_index=True)
    rings, part_of_ring = shapely.get_rings(parts, return_index=True)
    points, ring_of_point = shapely.get_coordinates(rings, return_index=True)
    whole = np.rint(points * _PER_DEGREE).astype(np.int64)
    differs = np.r_[True, (whole[1:] != whole[:-1]).any(axis=1) | (ring_of_point[1:] != ring_of_point[:-1])]
    whole, ring_of_point = whole[differs], ring_of_point[differs]
    first = np.flatnonzero(np.r_[True, ring_of_point[1:] != ring_of_point[:-1]])
    steps = np.diff(whole, axis=0, prepend=[[0, 0]])
    steps[first] = whole[first]
    flat, edges = steps.ravel().tolist(), [*(2 * first).tolist(), steps.size]
    held: list[list[list[int]]] = [[] for _ in geometries]
    for unit, start, end in zip(unit_of_part[part_of_ring].tolist(), edges, edges[1:], strict=False):
        if end - start > _SMALLEST_RING:
            held[unit].append(flat[start:end])
    return held


def _middles(geometries: np.ndarray) -> list[list[int]]:
    """Return for each geometry a point well inside its largest part, where its name may stand."""
    parts, unit = shapely.get_parts(geometries, return_index=True)
    if not len(parts):
        return []
    areas = shapely.area(parts)
    largest = np.lexsort((areas, unit))[np.r_[np.flatnonzero(np.diff(unit)), len(unit) - 1]]
    circles = shapely.maximum_inscribed_circle(parts[largest], tolerance=np.sqrt(areas[largest]) / 20)
    return np.rint(shapely.get_coordinates(circles)[::2] * _PER_DEGREE).astype(int).tolist()


def _in_short(geometries: np.ndarray) -> np.ndarray:
    """Return the outlines with fewer points and without the small islands, but none without its largest part."""
    parts, unit = shapely.get_parts(shapely.simplify(geometries, _COARSE_DEGREES), return_index=True)
    areas = shapely.area(parts)
    largest = np.zeros(len(geometries))
    np.maximum.at(largest, unit, areas)
    keep = (areas >= _SMALLEST_COARSE) | (areas == largest[unit])
    return shapely.multipolygons(parts[keep], indices=unit[keep])


def _column(value: object) -> str:
    return json.dumps(value, separators=(",", ":"))


def world_script() -> str:
    """Return the script that tells the map of every country: its outline in short.

    Codes and names, where the names may stand, and rings are columns, as static/ground.js reads them.

    Examples
    --------
    >>> world_script()[:24]
    'incidentAtlas.addWorld(['
    """
    countries = _level("adm0")
    outlines = countries.geometry.to_numpy()
    names = inert([countries["code"].to_list(), countries["name"].to_list()])
    return f"incidentAtlas.addWorld({names},{_column(_middles(outlines))},{_column(_rings(_in_short(outlines)))});"


def country_scripts(
    wanted: Collection[str] | None = None, *, provinces_of: Collection[str] | None = None, mark: str = ""
) -> dict[str, str]:
    """Return for each country the script that tells the map of it: its outline and its provinces in full.

    Parameters
    ----------
    wanted
        ISO 3166-1 alpha-2; None: all of them.
    provinces_of
        The ones of which the provinces are wanted, too; None: all of them.
    mark
        What to put behind each code, where the map may hold another drawing of the same country.

    Examples
    --------
    >>> country_scripts(["IQ"])["IQ"][:28]
    'incidentAtlas.addCountry("IQ'
    """
    countries, provinces = _level("adm0"), _level("adm1")
    if wanted is not None:
        countries = countries[countries["code"].isin(list(wanted))]
        provinces = provinces[provinces["country_iso2"].isin(list(wanted if provinces_of is None else provinces_of))]
    shapes = provinces.geometry.to_numpy()
    columns = [provinces["code"].to_list(), provinces["name"].to_list(), _middles(shapes), _rings(shapes)]
    at = provinces.groupby(provinces["country_iso2"].to_numpy()).indices
    held = {}
    for country, outline in zip(countries["code"], _rings(countries.geometry.to_numpy()), strict=True):
        codes, called, middles, rings = ([column[i] for i in at.get(country, ())] for column in columns)
        words = f"{inert([codes, called])},{_column(middles)},{_column(rings)}"
        held[country] = f"incidentAtlas.addCountry({inert(country + mark)},{_column(outline)},{words});"
    return held


def district_scripts(codes: Collection[str] | None = None, *, mark: str = "") -> dict[str, str]:
    """Return for each country whose districts are in use the script that tells the map of them.

    Parameters
    ----------
    codes
        Of the districts that are wanted; None: all of them.
    mark
        As `country_scripts` takes it.

    Examples
    --------
    >>> district_scripts()
    {}
    """
    wanted = _level("adm2")
    if codes is not None:
        wanted = wanted[wanted["code"].isin(list(codes))]
    held = {}
    for country, units in wanted.groupby("country_iso2"):
        shapes = units.geometry.to_numpy()
        words = inert([units["code"].to_list(), units["name"].to_list()])
        columns = f"{words},{_column(_middles(shapes))},{_column(_rings(shapes))}"
        held[str(country)] = f"incidentAtlas.addDistricts({inert(str(country) + mark)},{columns});"
    return held


def own_boundaries() -> dict[str, list[str]]:
    """Return the countries of each level for which the user's boundaries are in use, and whom to credit.

    Examples
    --------
    >>> own_boundaries()
    {'adm1': [], 'adm2': [], 'credits': []}
    """
    sets = in_use()
    countries = {level: [each.country_iso2 for each in sets.at(level)] for level in LEVELS}
    return countries | {"credits": [each.described() for each in sets.members]}


def country_names(codes: Collection[str]) -> dict[str, str]:
    """Return the names of countries by their code, in the order of the names; those without a boundary keep their code.

    Examples
    --------
    >>> country_names(["SY", "IQ", "??"])
    {'??': '??', 'IQ': 'Iraq', 'SY': 'Syria'}
    """
    countries = _level("adm0")
    names = dict(zip(countries["code"], countries["name"], strict=True))
    return dict(sorted(((code, names.get(code, code)) for code in codes), key=lambda pair: pair[1]))


def neighbours_of(codes: Collection[str]) -> set[str]:
    """Return the countries that have a border with one of these, and these.

    Examples
    --------
    >>> sorted(neighbours_of(["LB"]))
    ['IL', 'LB', 'SY']
    """
    countries = _level("adm0")
    here = countries["code"].isin(list(codes))
    others = shapely.STRtree(countries.geometry.to_numpy())
    found = others.query(countries.geometry[here].to_numpy(), predicate="intersects")[1]
    return {*codes, *countries["code"].iloc[found]}


def countries_of(codes: Sequence[str]) -> set[str]:
    """Return the countries of provinces, ISO 3166-1 alpha-2; codes without a boundary are passed over.

    A province of no country is its own.

    Examples
    --------
    >>> sorted(countries_of(["IQ-AN", "SY-HI", "?"]))
    ['IQ', 'SY']
    """
    boundaries = _boundaries(in_use())
    return set(boundaries["country_iso2"][boundaries["code"].isin(codes)])


def bounds_of(codes: Sequence[str]) -> tuple[float, float, float, float] | None:
    """Return west, south, east, north of provinces or countries together, leaving out what lies far off.

    None when no boundary has one of these codes.

    Examples
    --------
    >>> [round(edge) for edge in bounds_of(["IQ-AN"])]
    [39, 31, 44, 35]
    """
    boundaries = _boundaries(in_use())
    parts, unit = shapely.get_parts(boundaries.geometry[boundaries["code"].isin(codes)].to_numpy(), return_index=True)
    if not len(parts):
        return None
    areas = shapely.area(parts)
    largest = np.zeros(unit.max() + 1)
    np.maximum.at(largest, unit, areas)
    west, south, east, north = shapely.total_bounds(parts[areas >= _MAINLAND * largest[unit]])
    return float(west), float(south), float(east), float(north)
