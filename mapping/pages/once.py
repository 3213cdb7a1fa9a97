"""What a page counts of all its rows at every run: of the same rows counted once, for everybody."""

from __future__ import annotations

import weakref
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

    import polars as pl

    from mapping.pipeline import Opened

__all__ = ["keep_answers", "once"]

_Answer = TypeVar("_Answer")

_KNOWN: dict[int, dict[Hashable, Any]] = {}
_KEEPERS: dict[int, weakref.WeakMethod[Callable[[object, Callable[[], Any]], Any]]] = {}


def once(name: Hashable, count: Callable[[pl.DataFrame], _Answer], rows: pl.DataFrame) -> _Answer:
    """Return what is counted of a frame that is never changed, such as `mapping.pages.atlas.Atlas.shown` returns.

    It is forgotten with the frame. An answer is a small frame or what JSON holds, and a tuple may come back as a list.

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
        weakref.finalize(rows, _forget, id(rows))
    known = _KNOWN.setdefault(id(rows), {})
    if name not in known:
        keeper = _KEEPERS.get(id(rows))
        keep = keeper and keeper()
        known[name] = keep(name, lambda: count(rows)) if keep else count(rows)
    answer: _Answer = known[name]
    return answer


def keep_answers(opened: Opened) -> None:
    """Let what is counted of all incidents be kept beside them, for whoever opens them next."""
    _KEEPERS[id(opened.narrow)] = weakref.WeakMethod(opened.answer)
    weakref.finalize(opened.narrow, _forget, id(opened.narrow))


def _forget(rows: int) -> None:
    _KNOWN.pop(rows, None)
    _KEEPERS.pop(rows, None)
