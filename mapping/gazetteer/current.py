"""The gazetteer in use: the shipped one, or the user's names laid over it, for as long as somebody works with them."""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING

from mapping.gazetteer.places import load

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from mapping.gazetteer.places import Gazetteer

__all__ = ["in_use", "using"]

_chosen: ContextVar[Callable[[], Gazetteer]] = ContextVar("gazetteer", default=load)


def in_use() -> Gazetteer:
    """Return the gazetteer by which places are found now; the shipped one outside of `using`.

    Examples
    --------
    >>> in_use() is load()
    True
    """
    return _chosen.get()()


@contextmanager
def using(opened: Callable[[], Gazetteer]) -> Iterator[None]:
    """Find places by another gazetteer in what is done meanwhile, in this thread alone.

    Parameters
    ----------
    opened
        Gives it, the same each time: asked when first a place is looked for, since a gazetteer is large.

    Examples
    --------
    >>> from mapping.gazetteer import Gazetteer, folded_names
    >>> import polars as pl
    >>> row = {"place_id": "mine:1", "name": "Zanbaqia", "kind": "town", "country_iso2": "SY", "adm1_code": "SY-HL",
    ...        "adm1_listed": None, "latitude": 36.5, "longitude": 37.0, "radius_km": 5.0, "population": 0, "note": ""}
    >>> mine = Gazetteer(pl.DataFrame([row]), folded_names(pl.Series([["Zanbaqia"]])), below=load())
    >>> with using(lambda: mine):
    ...     len(in_use().named("zanbaqia"))
    1
    >>> in_use().named("zanbaqia")
    []
    """
    token = _chosen.set(opened)
    try:
        yield
    finally:
        _chosen.reset(token)
