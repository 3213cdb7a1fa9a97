"""Too many incidents to draw one by one are counted in square cells, for the part of the world in sight."""

from __future__ import annotations

from math import log2
from typing import TYPE_CHECKING

import polars as pl

from mapping.layers.marks import PER_DEGREE

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["PIXELS", "SIZES", "cell_columns", "cell_size", "cells"]

SIZES = (10, 5, 2.5, 1, 0.5, 0.25, 0.1, 0.05, 0.025, 0.01, 0.005, 0.0025, 0.001)
"""Of a cell, in degrees; the map tells about how many kilometres that is."""

PIXELS = 24  # about the width of a cell on the screen
_SOUTH, _WEST = 90 * PER_DEGREE, 180 * PER_DEGREE


def cell_size(zoom: float) -> float:
    """Return the round size of a cell, in degrees, that is easy to read at a zoom of the map.

    Examples
    --------
    >>> cell_size(6), cell_size(10)
    (0.5, 0.025)
    """
    wanted = PIXELS * 360 / (256 * 2**zoom)
    return min(SIZES, key=lambda size: abs(log2(size / wanted)))


def cells(spotted: pl.DataFrame, size: float) -> pl.DataFrame:
    """Count positions in square cells of `size` degrees, whose corner lies at 90° south and 180° west.

    Parameters
    ----------
    spotted
        As `mapping.layers.marks.spots` gives it: latitude, longitude, group.
    size
        Of `SIZES`.

    Returns
    -------
    polars.DataFrame
        y and x (how many cells from the corner), group, n: the fullest first. The numbers add up to the rows.

    Examples
    --------
    >>> cells(pl.DataFrame({"latitude": [10, 20], "longitude": [10, 20], "group": [3, 3]}), 0.5).rows()
    [(180, 360, 3, 2)]
    """
    step = round(size * PER_DEGREE)
    y, x = (pl.col("latitude") + _SOUTH) // step, (pl.col("longitude") + _WEST) // step
    key = (y.cast(pl.Int64) * 2**20 + x) * 16 + pl.col("group")
    place = pl.col("key") // 16
    return (
        spotted.select(key=key)
        .group_by("key")
        .agg(pl.len().alias("n"))
        .select((place // 2**20).alias("y"), (place % 2**20).alias("x"), (pl.col("key") % 16).alias("group"), "n")
        .sort("n", "y", "x", "group", descending=[True, False, False, False])
    )


def cell_columns(counted: pl.DataFrame, size: float, groups: Sequence[tuple[str, str]]) -> dict[str, object]:
    """Write cells as columns of numbers, the way static/cells.js reads them: one entry a cell.

    Examples
    --------
    >>> counted = pl.DataFrame({"y": [1, 1], "x": [2, 2], "group": [0, 1], "n": [5, 4]})
    >>> cell_columns(counted, 0.5, [("Drone", "#000"), ("Bomb", "#fff")])
    {'size': 0.5, 'y': [1], 'x': [2], 'n': [9], 'numbers': [[5, 4]]}
    """
    names = [f"group {i}" for i in range(len(groups))]
    wide = (
        counted.with_columns(pl.when(group=i).then("n").otherwise(0).alias(name) for i, name in enumerate(names))
        .group_by("y", "x")
        .agg(pl.col("n", *names).sum())
        .sort("n", "y", "x", descending=[True, False, False])
    )
    numbers = wide.select(numbers=pl.concat_list(names))["numbers"].to_list() if names else [[]] * wide.height
    held = {name: wide[name].to_list() for name in ("y", "x", "n")}
    return {"size": size, **held, "numbers": numbers}
