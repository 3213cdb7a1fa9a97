"""Too many incidents to draw one by one are counted in square cells, for the part of the world in sight."""

from __future__ import annotations

from math import log2
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from mapping.layers.pyramid import Numbers

__all__ = ["PIXELS", "SIZES", "cell_columns", "cell_size"]

SIZES = (10, 5, 2.5, 1, 0.5, 0.25, 0.1, 0.05, 0.025, 0.01, 0.005, 0.0025, 0.001)
"""Of a cell, in degrees; the map tells about how many kilometres that is."""

PIXELS = 24  # about the width of a cell on the screen


def cell_size(zoom: float) -> float:
    """Return the round size of a cell, in degrees, that is easy to read at a zoom of the map.

    Examples
    --------
    >>> cell_size(6), cell_size(10)
    (0.5, 0.025)
    """
    wanted = PIXELS * 360 / (256 * 2**zoom)
    return min(SIZES, key=lambda size: abs(log2(size / wanted)))


def cell_columns(cells: tuple[Numbers, Numbers, Numbers], size: float) -> dict[str, object]:
    """Write what `mapping.layers.pyramid.Pyramid.cells` returns as static/cells.js reads it: one entry a cell, the fullest first.

    Examples
    --------
    >>> cell_columns((np.array([1]), np.array([2]), np.array([[5, 4]])), 0.5)
    {'size': 0.5, 'y': [1], 'x': [2], 'n': [9], 'numbers': [[5, 4]]}
    """
    y, x, numbers = cells
    n = numbers.sum(axis=1)
    order = np.lexsort((x, y, -n))
    held = {"y": y, "x": x, "n": n, "numbers": numbers}
    return {"size": size, **{name: column[order].tolist() for name, column in held.items()}}
