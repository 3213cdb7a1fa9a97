"""The user's own boundaries, names and words, put to use in whatever is done meanwhile."""

from __future__ import annotations

from contextlib import contextmanager, nullcontext
from functools import cache, partial
from typing import TYPE_CHECKING

from mapping.admin import using
from mapping.gazetteer import using as using_names
from mapping.pipeline.names import gazetteer
from mapping.store import Store, default_home, is_there

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["own_words", "using_own"]


@contextmanager
def using_own(store: Store | None = None) -> Iterator[None]:
    """Go by the boundaries and names of a store in what is done meanwhile; by those of the user's store when None.

    A store that is not there is not made for it.

    Examples
    --------
    >>> from pathlib import Path
    >>> from tempfile import TemporaryDirectory
    >>> from mapping.admin import in_use
    >>> with TemporaryDirectory() as folder, Store(Path(folder)) as store, using_own(store):
    ...     in_use().members
    ()
    """
    if store is None and not is_there():
        yield
        return
    with (
        nullcontext(store) if store else Store() as held,
        using(held.boundaries.in_use()),
        using_names(cache(partial(gazetteer, held))),
    ):
        yield


def own_words() -> Path:
    """Return the folder for the user's own tables of words, which need not be there; see `mapping.coding.tables`.

    Examples
    --------
    >>> own_words().name
    'tables'
    """
    return default_home() / "tables"
