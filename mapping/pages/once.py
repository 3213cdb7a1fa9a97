"""What a page counts of all its rows at every run: of the same rows counted once, for everybody."""

from __future__ import annotations

import weakref
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

    import polars as pl

__all__ = ["once"]

_Answer = TypeVar("_Answer")

_KNOWN: dict[int, dict[Hashable, Any]] = {}


def once(name: Hashable, count: Callable[[pl.DataFrame], _Answer], rows: pl.DataFrame) -> _Answer:
    """Return what is counted of a frame that is never changed, such as `mapping.pages.atlas.Atlas.shown` returns.

    It is forgotten with the frame.

    Parameters
    ----------
    name
        Of all that decides the answer, beside the rows.

    Examples
    --------
    >>> import polars as pl
    >>> rows = pl.DataFrame({"place": ["Hit", "Hit"]})
    >>> once("places", lambda frame: frame["place"].n_unique(), rows), once("places", pl.DataFrame.estimated_size, rows)
    (1, 1)
    """
    if id(rows) not in _KNOWN:
        weakref.finalize(rows, _KNOWN.pop, id(rows), None)
    known = _KNOWN.setdefault(id(rows), {})
    if name not in known:
        known[name] = count(rows)
    answer: _Answer = known[name]
    return answer
