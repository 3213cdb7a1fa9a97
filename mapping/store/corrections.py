"""What people have decided of places, one line a decision: never changed, never deleted, taken back by a mark."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import polars as pl
from sqlalchemy import Column, Float, Integer, String, Table, func, insert, select, update

from mapping.errors import InvalidValue
from mapping.geocoder.corrections import CORRECTIONS
from mapping.store.index import TABLES, now, writing
from mapping.store.trouble import plainly

if TYPE_CHECKING:
    from sqlalchemy import Engine

__all__ = ["Corrections"]

_LINES = Table(
    "corrections",
    TABLES,
    Column("id", Integer, primary_key=True),
    *(
        Column(
            name,
            Float if dtype == pl.Float64 else String,
            nullable=name not in ("place", "geo_precision", "decided_at"),
        )
        for name, dtype in CORRECTIONS.items()
    ),
    Column("removed_at", String),
)


class Corrections:
    """The decisions in the index of a store; threads and processes may share it.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> from mapping.store import Store
    >>> with TemporaryDirectory() as folder, Store(Path(folder)) as store:
    ...     made = store.corrections.add({"place": "Hit", "country_iso2": "IQ", "geo_precision": "none"})
    ...     held = store.corrections.all().select("id", "place").rows()
    ...     store.corrections.undo(made)
    ...     held, store.corrections.all().height
    ([(1, 'Hit')], 0)
    """

    def __init__(self, index: Engine) -> None:
        self._index = index
        self._home = Path(index.url.database or "").parent

    def add(self, *made: dict[str, Any]) -> int:
        """Keep decisions, all of them or none; return the id of the last.

        Parameters
        ----------
        made
            Columns of `mapping.geocoder.corrections.CORRECTIONS`; what is absent is null, and decided_at is now.
        """
        decided_at = now()
        lines = [dict.fromkeys(CORRECTIONS) | {"decided_at": decided_at} | line for line in made]
        with plainly(self._home), writing(self._index) as connection:
            connection.execute(insert(_LINES), lines)
            return connection.scalar(select(func.max(_LINES.c.id)))

    def all(self) -> pl.DataFrame:
        """Return the decisions that stand, in the order in which they were made, as `mapping.geocoder.correct` takes them."""
        kept = (
            select(*(_LINES.c[name] for name in ("id", *CORRECTIONS)))
            .where(_LINES.c.removed_at.is_(None))
            .order_by(_LINES.c.decided_at, _LINES.c.id)
        )
        with plainly(self._home), self._index.connect() as connection:
            rows = [tuple(row) for row in connection.execute(kept)]
        return pl.DataFrame(rows, schema={"id": pl.Int64(), **CORRECTIONS}, orient="row")

    def undo(self, number: int) -> None:
        """Take a decision back: it is marked, and an earlier one of the same question stands again.

        Raises
        ------
        InvalidValue
            There is none of that id that stands.
        """
        standing = (_LINES.c.id == number) & _LINES.c.removed_at.is_(None)
        with plainly(self._home), writing(self._index) as connection:
            undone = connection.execute(update(_LINES).where(standing).values(removed_at=now())).rowcount
        if not undone:
            raise InvalidValue(f"There is no correction {number}, or it was taken back already.")
