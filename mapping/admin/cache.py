"""Keeps a built grid on the user's disk: to build it takes seconds, to read it a blink."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import numpy as np
import platformdirs

from mapping.admin.grid import Grid, build_grid
from mapping.files import written_whole

__all__ = ["cached_grid"]

_LAYOUT = 1  # of the tables and how they are made: count up when either changes


def cached_grid(shapes: np.ndarray, *, key: str) -> Grid:
    """Return the grid of `shapes`, from the user's cache where it is there, else built and put there.

    A damaged file is built anew. A cache that cannot be written does no harm: the grid is in memory.

    Parameters
    ----------
    shapes
        The array of polygons.
    key
        The sha256 of the file that they come from.
    """
    file = Path(platformdirs.user_cache_dir("incident-atlas"), f"grid-{_LAYOUT}-{key[:32]}.npz")
    with suppress(Exception):  # whatever is wrong with a cache, the answer is to build anew
        return _read(file)
    grid = build_grid(shapes)
    with suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True)
        with written_whole(file) as temporary:
            np.savez(temporary, **grid._asdict())
    return grid


def _read(file: Path) -> Grid:
    with file.open("rb") as stream, np.load(stream, allow_pickle=False) as tables:
        return Grid(**{name: tables[name] for name in Grid._fields})
