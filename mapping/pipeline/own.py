"""The user's own boundaries, names and words, put to use in whatever is done meanwhile."""

from __future__ import annotations

from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from functools import cache, cached_property, partial
from typing import TYPE_CHECKING

from mapping.admin import using
from mapping.admin.sets import SHIPPED
from mapping.gazetteer import using as using_names
from mapping.pipeline.names import gazetteer, layered
from mapping.store import Store, default_home, is_there

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    import polars as pl

    from mapping.admin.sets import Sets
    from mapping.gazetteer import Gazetteer

__all__ = ["Own", "own_of", "own_words", "using_own"]


@dataclass(frozen=True)
class Own:
    """The boundaries and names of a store, apart from it: what another machine needs to place rows as this one does.

    Attributes
    ----------
    boundaries
        Those in use.
    names
        Places and names of each list in use.
    """

    boundaries: Sets = SHIPPED
    names: tuple[tuple[pl.DataFrame, pl.DataFrame], ...] = ()

    @contextmanager
    def in_use(self) -> Iterator[None]:
        """Go by them in what is done meanwhile.

        Examples
        --------
        >>> from mapping.gazetteer import in_use, load
        >>> with Own().in_use():
        ...     in_use() is load()
        True
        """
        with using(self.boundaries), using_names(self._gazetteer):
            yield

    @cached_property
    def _gazetteer(self) -> Callable[[], Gazetteer]:
        return cache(partial(layered, self.names, self.boundaries.provinces()))


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


def own_of(store: Store | None) -> Own:
    """Return what `using_own` goes by, to be taken elsewhere.

    Examples
    --------
    >>> from pathlib import Path
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder, Store(Path(folder)) as store:
    ...     own_of(store)
    Own(boundaries=Sets(members=()), names=())
    """
    if store is None and not is_there():
        return Own()
    with nullcontext(store) if store else Store() as held:
        lists = tuple(held.names.read(kept.files) for kept in held.names.all())
        return Own(held.boundaries.in_use(), lists)


def own_words() -> Path:
    """Return the folder for the user's own tables of words, which need not be there; see `mapping.coding.tables`.

    Examples
    --------
    >>> own_words().name
    'tables'
    """
    return default_home() / "tables"
