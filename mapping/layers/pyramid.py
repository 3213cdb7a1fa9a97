"""Positions counted once in tiles of two sizes, so that the cells of any part of the world are summed from few numbers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import numpy.typing as npt
import polars as pl

from mapping.layers.marks import PER_DEGREE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from mapping.layers.sight import Box

__all__ = ["Pyramid", "Tier", "pyramid"]

Numbers = npt.NDArray[np.int64]

# In hundred-thousandths of a degree. Of each size of a cell, whole cells lie in a tile, or whole tiles in a cell.
_TILE, _LARGE_TILE = 5_000, 50_000
_TILES = (_TILE, _TILE, _LARGE_TILE)
_SOUTH, _WEST = 90 * PER_DEGREE, 180 * PER_DEGREE
# A key is, from its highest bit: row and column of the tile, group, precision, and y and x inside the tile.
_ROW, _COLUMN, _GROUP, _PRECISION, _Y = 46, 33, 29, 26, 13
_GROUPS = 1 << _COLUMN - _GROUP
_GROUP_BITS = _GROUPS - 1 << _GROUP
_MOST_CELLS = 2**20
_WORLD = (-180.0, -90.0, 180.0, 90.0)


class Tier(NamedTuple):
    """How many incidents lie where.

    Attributes
    ----------
    tile
        The side of its tiles.
    keys
        Tile and group, in the finest tier precision and place as well, in ascending order.
    counts
        How many incidents each of them is.
    """

    tile: int
    keys: Numbers
    counts: npt.NDArray[np.int32]

    def parts(self, south: int, north: int, west: int, east: int) -> list[slice]:
        """Return where the tiles stand that hold these and what lies between them, edges included."""
        rows = np.arange(south // self.tile, north // self.tile + 1, dtype=np.int64) << _ROW
        starts = np.searchsorted(self.keys, rows + (west // self.tile << _COLUMN))
        ends = np.searchsorted(self.keys, rows + (east // self.tile + 1 << _COLUMN))
        return [slice(start, end) for start, end in zip(starts.tolist(), ends.tolist(), strict=True) if end > start]


@dataclass(frozen=True, eq=False)
class Pyramid:
    """Where incidents lie, in tiers: every place, tiles, large tiles. It is never changed."""

    tiers: tuple[Tier, Tier, Tier]

    @classmethod
    def of(cls, arrays: Mapping[str, npt.NDArray[Any]]) -> Pyramid:
        """Return the pyramid whose `arrays` these were."""
        places, tiles, large = (
            Tier(tile, arrays[f"keys-{number}"], arrays[f"counts-{number}"]) for number, tile in enumerate(_TILES)
        )
        return cls((places, tiles, large))

    def arrays(self) -> dict[str, npt.NDArray[Any]]:
        """Return what it is made of, to be kept.

        Examples
        --------
        >>> spotted = pl.DataFrame({"latitude": [0], "longitude": [0], "precision": [3], "group": [1]})
        >>> Pyramid.of(pyramid(spotted).arrays()).has_more_places(0)
        True
        """
        return {
            f"{name}-{number}": array
            for number, tier in enumerate(self.tiers)
            for name, array in (("keys", tier.keys), ("counts", tier.counts))
        }

    def cells(self, box: Box, size: float, *, groups: int) -> tuple[Numbers, Numbers, Numbers]:
        """Count the incidents in the square cells that a box touches, each cell whole.

        Parameters
        ----------
        box
            West, south, east, north, as `mapping.layers.sight.covered` returns them.
        size
            Of a cell, in degrees, of `mapping.layers.cells.SIZES`; a corner lies at 90° south and 180° west.
        groups
            How many there are.

        Returns
        -------
        tuple of arrays
            y and x (how many cells from that corner), and how many incidents of each group; no empty cell.

        Examples
        --------
        >>> spotted = pl.DataFrame({"latitude": [0, 0], "longitude": [0, 0], "precision": [3, 4], "group": [1, 1]})
        >>> y, x, numbers = pyramid(spotted).cells((-1, -1, 1, 1), 0.5, groups=3)
        >>> y.tolist(), x.tolist(), numbers.tolist()
        ([180], [360], [[0, 2, 0]])
        """
        step = round(size * PER_DEGREE)
        tier = self.tiers[(step >= _TILE) + (step >= _LARGE_TILE)]
        south, north = _rows(box, step)
        found = [_summed(tier, (south, north, *columns), step, groups) for columns in _columns(box, step)]
        y, x, numbers = zip(*found, strict=True)
        return np.concatenate(y), np.concatenate(x), np.concatenate(numbers)

    def has_more_places(self, most: int, box: Box | None = None) -> bool:
        """Tell whether there are more than so many places, each precision its own, in the tiles that a box touches.

        Examples
        --------
        >>> spotted = pl.DataFrame({"latitude": [0, 0], "longitude": [0, 0], "precision": [3, 4], "group": [1, 1]})
        >>> pyramid(spotted).has_more_places(1), pyramid(spotted).has_more_places(1, (10, 10, 20, 20))
        (True, False)
        """
        keys, box = self.tiers[0].keys, box or _WORLD
        parts = [part for columns in _columns(box, 1) for part in self.tiers[0].parts(*_rows(box, 1), *columns)]
        if sum(part.stop - part.start for part in parts) > most * _GROUPS:  # whatever their groups
            return True
        return pl.Series(_gathered(keys, parts) & ~_GROUP_BITS).n_unique() > most


def pyramid(spotted: pl.DataFrame) -> Pyramid:
    """Count positions in tiles.

    Parameters
    ----------
    spotted
        As `mapping.layers.marks.spots` gives it: latitude, longitude, precision, group.

    Examples
    --------
    >>> from mapping.layers.marks import spots
    >>> from mapping.schema import empty_frame
    >>> pyramid(spots(empty_frame())).has_more_places(0)
    False
    """
    packed = spotted.lazy().select(key=_key()).collect(engine="streaming")  # on all cores; their order is yet to come
    keys = packed["key"].sort().to_numpy()
    places = _runs(_TILE, keys, np.ones(len(keys), np.int32))
    tiles = _runs(_TILE, places.keys >> _GROUP << _GROUP, places.counts)
    times = _LARGE_TILE // _TILE
    row, column = tiles.keys >> _ROW, _bits(tiles.keys, _COLUMN, _ROW)
    keys = (row // times << _ROW) + (column // times << _COLUMN) + (tiles.keys & _GROUP_BITS)
    large = pl.DataFrame({"key": keys, "n": tiles.counts}).group_by("key").agg(pl.col("n").sum()).sort("key")
    return Pyramid((places, tiles, Tier(_LARGE_TILE, large["key"].to_numpy(), large["n"].to_numpy())))


def _key() -> pl.Expr:
    """Return the finest key of each position."""
    y = (pl.col("latitude").cast(pl.Int64) + _SOUTH).clip(0, 2 * _SOUTH)
    x = (pl.col("longitude").cast(pl.Int64) + _WEST).clip(0, 2 * _WEST)
    parts = {
        _ROW: y // _TILE,
        _COLUMN: x // _TILE,
        _GROUP: pl.col("group"),
        _PRECISION: pl.col("precision"),
        _Y: y % _TILE,
    }
    return pl.sum_horizontal(x % _TILE, *(part.cast(pl.Int64) * 2**place for place, part in parts.items()))


def _bits(keys: Numbers, low: int, high: int) -> Numbers:
    """Return what the bits of keys from one to below another say."""
    return keys >> low & (1 << high - low) - 1


def _runs(tile: int, keys: Numbers, counts: npt.NDArray[np.int32]) -> Tier:
    """Sum the counts of equal keys; the keys are in order."""
    starts = np.flatnonzero(np.diff(keys, prepend=-1))
    return Tier(tile, keys[starts], np.add.reduceat(counts, starts) if len(starts) else counts)


def _rows(box: Box, step: int) -> tuple[int, int]:
    """Return the southern and the northern edge of the cells that a box touches, in units from 90° south."""
    south, north = (round(edge * PER_DEGREE) + _SOUTH for edge in box[1::2])
    return max(0, south // step * step), min(2 * _SOUTH, north // step * step + step - 1)


def _columns(box: Box, step: int) -> list[tuple[int, int]]:
    """Return the western and eastern edges of the cells that a box touches: twice where it goes over 180°."""
    west, east = (round(edge * PER_DEGREE) + _WEST for edge in box[::2])
    spans: list[tuple[int, int]] = []
    for turn in (-2 * _WEST, 0, 2 * _WEST):
        first = max(0, (west + turn) // step * step, *(end + 1 for _, end in spans))
        last = min(2 * _WEST + step - 1, (east + turn) // step * step + step - 1)
        if first <= last:
            spans.append((first, last))
    return spans


def _gathered(numbers: npt.NDArray[Any], parts: list[slice]) -> npt.NDArray[Any]:
    return np.concatenate([numbers[:0], *(numbers[part] for part in parts)])


def _summed(tier: Tier, edges: tuple[int, int, int, int], step: int, groups: int) -> tuple[Numbers, Numbers, Numbers]:
    """Return what `Pyramid.cells` does of the cells between these edges."""
    parts = tier.parts(*edges)
    keys, counts = _gathered(tier.keys, parts), _gathered(tier.counts, parts)
    y = ((keys >> _ROW) * tier.tile + _bits(keys, _Y, _PRECISION)) // step
    x = (_bits(keys, _COLUMN, _ROW) * tier.tile + _bits(keys, 0, _Y)) // step
    south, north, west, east = (edge // step for edge in edges)
    across = east - west + 1
    cell = (y - south) * across + x - west
    is_inside = (y >= south) & (y <= north) & (x >= west) & (x <= east)  # a tile of many cells may reach out
    cell, group, counts = cell[is_inside], _bits(keys, _GROUP, _COLUMN)[is_inside], counts[is_inside]
    known, room = None, (north - south + 1) * across
    if room > _MOST_CELLS:  # small cells of a large box: no map asks for them, but the address bar may
        known, cell = np.unique(cell, return_inverse=True)
        room = len(known)
    numbers = np.bincount(cell * groups + group, counts, room * groups).astype(np.int64).reshape(room, groups)
    filled = np.flatnonzero(numbers.any(axis=1))
    at = filled if known is None else known[filled]
    return at // across + south, at % across + west, numbers[filled]
