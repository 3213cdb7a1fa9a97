"""Which province a point lies in: exactly what `geopandas.sjoin` would say, without a geometry for each point.

A point on a border belongs to the province with the lowest code of those that touch it. A point in none, but
within 0.01° of one (a kilometre: a quay, a bridge, a coast drawn coarsely), belongs to the nearest, the lowest
code again where two are as near. Longitudes 180 and -180 are one and the same.
"""

from __future__ import annotations

import threading
from functools import lru_cache
from typing import NamedTuple

import numpy as np
import polars as pl
import shapely

from mapping.admin.cache import cached_grid
from mapping.admin.grid import NONE, Grid, build_grid, candidates, look_up, runs
from mapping.admin.sets import REMEMBERED, Sets, in_use
from mapping.admin.units import BOUNDARIES, order_of, shapes_of, shipped_shapes, units
from mapping.datasets import source

__all__ = ["REACH", "Boundaries", "Placed", "districts_at", "locate", "place", "provinces_now"]

REACH = 0.01  # degrees; less than a cell of the grid

_GEOS = threading.RLock()  # prepared polygons build their own index at the first question: one thread at a time


class Placed(NamedTuple):
    """Where points lie.

    Attributes
    ----------
    unit
        For each point the row of its province in `mapping.admin.units`, -1 for none.
    by_nearest
        True where the point lies in no province, but within 0.01° of that one.
    """

    unit: np.ndarray
    by_nearest: np.ndarray

    def counts(self) -> dict[str, int]:
        """Count the points in a province, those that were only near one, and those in none."""
        near, located = int(self.by_nearest.sum()), int((self.unit != NONE).sum())
        return {"located": located - near, "by_nearest": near, "not_located": len(self.unit) - located}


class Boundaries:
    """Polygons and the grid over them, ready to be asked.

    Parameters
    ----------
    shapes
        Array of polygons, WGS 84 degrees; prepared here, so not to be shared with other threads.
    grid
        What `mapping.admin.grid.build_grid` made of them.
    """

    def __init__(self, shapes: np.ndarray, grid: Grid) -> None:
        shapely.prepare(shapes)
        self._shapes = shapes
        self._grid = grid

    def place(self, longitude: np.ndarray, latitude: np.ndarray) -> Placed:
        """Return the polygon of each point; NaN and what lies outside ±180, ±90 degrees is in none."""
        longitude, latitude = np.asarray(longitude, dtype=np.float64), np.asarray(latitude, dtype=np.float64)
        placed = self._place(longitude, latitude)
        seam = np.flatnonzero(np.abs(longitude) == 180)
        for side in (180.0, -180.0) if len(seam) else ():  # the answer of the western side stands last, so it counts
            unit, by_nearest = self._place(np.full(len(seam), side), latitude[seam])
            known = unit != NONE
            placed.unit[seam[known]], placed.by_nearest[seam[known]] = unit[known], by_nearest[known]
        return placed

    def _place(self, longitude: np.ndarray, latitude: np.ndarray) -> Placed:
        unit = look_up(self._grid, longitude, latitude)
        by_nearest = np.zeros(len(unit), dtype=bool)
        undecided = np.flatnonzero(unit < NONE)
        x, y = longitude[undecided], latitude[undecided]
        with _GEOS:
            found = self._holding(unit[undecided], x, y)
            lost = np.flatnonzero(found == NONE)
            found[lost] = self._nearest(x[lost], y[lost])
        unit[undecided] = found
        by_nearest[undecided[lost]] = found[lost] != NONE
        return Placed(unit, by_nearest)

    def _holding(self, answer: np.ndarray, x: np.ndarray, y: np.ndarray) -> np.ndarray:
        """Return the lowest of its candidates that each point touches: all first candidates, all second ones, ..."""
        starts, sizes = candidates(self._grid, answer)
        found = np.full(len(answer), NONE, dtype=np.int32)
        left, turn = np.flatnonzero(sizes), 0
        while len(left):
            member = self._grid.members[starts[left] + turn]
            order = np.argsort(member)  # polygon after polygon: each stays in the processor's cache
            left, member = left[order], member[order]
            hit = shapely.intersects_xy(self._shapes[member], x[left], y[left])
            found[left[hit]] = member[hit]
            left, turn = left[~hit], turn + 1
            left = left[sizes[left] > turn]
        return found

    def _nearest(self, x: np.ndarray, y: np.ndarray) -> np.ndarray:
        """Return the nearest polygon within reach of each point, of those whose border touches a cell within reach."""
        point, member = self._around(x, y)
        points = shapely.points(x, y)
        within = shapely.dwithin(self._shapes[member], points[point], REACH)
        point, member = point[within], member[within]
        distance = np.zeros(len(point))
        rivals = np.bincount(point, minlength=len(x))[point] > 1
        distance[rivals] = shapely.distance(self._shapes[member[rivals]], points[point[rivals]])
        found = np.full(len(x), NONE, dtype=np.int32)
        order = np.lexsort((-member, -distance, point))
        found[point[order]] = member[order]  # of several the one written last stays: the nearest
        return found

    def _around(self, x: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Return pairs of point and candidate, ordered by candidate: from all cells within reach, as a cell is wider."""
        pairs = []
        for right in (-REACH, 0, REACH):
            for up in (-REACH, 0, REACH):
                answer = look_up(self._grid, np.clip(x + right, -180, 180), np.clip(y + up, -90, 90))
                starts, sizes = candidates(self._grid, answer)
                point, place_in_members = runs(starts, starts + sizes - 1)
                pairs.append(self._grid.members[place_in_members] << 32 | point)
        distinct = np.unique(np.concatenate(pairs))
        return distinct & 0xFFFFFFFF, distinct >> 32


class _OwnFirst(NamedTuple):
    """The user's provinces, and round them the shipped ones of the other countries.

    Attributes
    ----------
    own, own_unit
        Their polygons, and the row of `mapping.admin.units` of each.
    shipped_unit
        The row of each shipped province; `NONE` where it is replaced, and at the end, for no province.
    """

    own: Boundaries
    own_unit: np.ndarray
    shipped_unit: np.ndarray

    def place(self, longitude: np.ndarray, latitude: np.ndarray) -> Placed:
        """Return the province of each point: the user's that holds it, a shipped one that does, the nearest of either."""
        placed = self.own.place(longitude, latitude)
        left = np.flatnonzero((placed.unit == NONE) | placed.by_nearest)
        unit = np.append(self.own_unit, NONE)[placed.unit]
        other = _shipped().place(np.asarray(longitude)[left], np.asarray(latitude)[left])
        found = self.shipped_unit[other.unit]
        better = (found != NONE) & (~other.by_nearest | (unit[left] == NONE))
        unit[left[better]] = found[better]
        placed.by_nearest[left[better]] = other.by_nearest[better]
        return Placed(unit.astype(np.int32), placed.by_nearest)


@lru_cache(maxsize=1)
def _shipped() -> Boundaries:
    return Boundaries(shipped_shapes(), cached_grid(shipped_shapes(), key=source(BOUNDARIES).sha256))


@lru_cache(maxsize=REMEMBERED)
def _own(sets: Sets, level: str) -> Boundaries | None:
    """Return the user's polygons of a level, one set after the other; None when there are none."""
    members = sets.at(level)
    if not members:
        return None
    polygons = np.concatenate([shapes_of(each) for each in members])
    return Boundaries(polygons, build_grid(polygons))


@lru_cache(maxsize=REMEMBERED)
def _provinces(sets: Sets) -> Boundaries | _OwnFirst:
    own = _own(sets, "adm1")
    if own is None:
        return _shipped()
    order, shipped = order_of(sets), len(shipped_shapes())
    rows = np.full(shipped + sum(each.units.height for each in sets.at("adm1")), NONE)
    rows[order] = np.arange(len(order))
    return _OwnFirst(own, rows[shipped:], np.append(rows[:shipped], NONE))


def place(longitude: np.ndarray, latitude: np.ndarray) -> Placed:
    """Return the province of each point, and which of them were only near it.

    Examples
    --------
    >>> placed = place(np.array([42.44, 34.3, np.nan]), np.array([33.79, 31.41, 10.0]))
    >>> placed.by_nearest.tolist(), placed.counts()
    ([False, True, False], {'located': 1, 'by_nearest': 1, 'not_located': 1})
    """
    with _GEOS:
        boundaries = _provinces(in_use())
    return boundaries.place(longitude, latitude)


def districts_at(longitude: np.ndarray, latitude: np.ndarray) -> Placed:
    """Return the district of each point, as its row in `mapping.admin.districts`; -1 for all where there are none.

    Examples
    --------
    >>> districts_at(np.array([42.44]), np.array([33.79])).unit.tolist()
    [-1]
    """
    with _GEOS:
        boundaries = _own(in_use(), "adm2")
    if boundaries is None:
        return Placed(np.full(len(longitude), NONE), np.zeros(len(longitude), dtype=bool))
    return boundaries.place(longitude, latitude)


def provinces_now(places: pl.DataFrame) -> pl.Series:
    """Return the province of each place: the code that it came with, but by geometry where that is none any more.

    By geometry, too, where the provinces of its country are the user's. Reads adm1_code, country_iso2, longitude and
    latitude.

    Examples
    --------
    >>> halabja = {"adm1_code": ["IQ-SU"], "country_iso2": ["IQ"], "longitude": [45.99], "latitude": [35.18]}
    >>> provinces_now(pl.DataFrame(halabja)).to_list()
    ['IQ-SU']
    """
    codes = places["adm1_code"]
    is_gone = codes.is_not_null() & ~codes.is_in(units()["adm1_code"].implode())
    is_own = places["country_iso2"].is_in([each.country_iso2 for each in in_use().at("adm1")])
    asked = (is_gone | is_own).fill_null(False).arg_true()
    found = places[asked]
    unit = pl.Series(locate(found["longitude"].to_numpy(), found["latitude"].to_numpy()))
    return codes.clone().scatter(asked, units()["adm1_code"].gather(unit.set(unit < 0, None)))


def locate(longitude: np.ndarray, latitude: np.ndarray) -> np.ndarray:
    """Return for each point the row of its province in `mapping.admin.units`, -1 for none.

    Examples
    --------
    >>> from mapping.admin import units
    >>> units()["adm1_code"][int(locate(np.array([42.44]), np.array([33.79]))[0])]
    'IQ-AN'
    """
    return place(longitude, latitude).unit
