"""All incidents there are, as the app opens them: sorted once, then mapped, however many they are."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from mapping.files import ColumnWriter, open_columns
from mapping.pipeline.anew import placed_anew
from mapping.pipeline.atlas import shipped_incidents
from mapping.pipeline.correcting import corrected
from mapping.pipeline.own import using_own
from mapping.query import COMPACT, ROW, narrowed
from mapping.schema import SCHEMA, incident_key
from mapping.version import VERSION

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from mapping.store import Store

__all__ = ["FIRST_DAY", "KEY", "Opened", "opened", "stored_parts"]

KEY = "incident"
"""Column that names a row among all datasets, as `mapping.schema.incident_key` does."""

_FORMAT = 1
_AT_ONCE = 250_000
FIRST_DAY = pl.coalesce("date_start", "date_end")
"""What a date stands by in an order: that of an incident which happened by some day is that day."""


@dataclass(frozen=True, eq=False)
class Opened:
    """All incidents, the newest first, mapped from files that are made of the store.

    Attributes
    ----------
    folder
        Where these files lie: as long as it is the same, so are the incidents.
    rows
        Every column in its type of `mapping.query.COMPACT`, with `ROW` and `KEY`.
    narrow
        The same rows as `mapping.query.narrow` makes them, with the key.
    """

    folder: Path
    rows: pl.DataFrame
    narrow: pl.DataFrame

    def whole(self, rows: pl.Series) -> pl.DataFrame:
        """Return every column of the incidents, and the key, of the `rows` given by where they stand, in their order."""
        return self.rows[rows].select(*SCHEMA, KEY).cast(dict(SCHEMA))


def opened(store: Store) -> Opened:
    """Open what `mapping.pipeline.atlas` returns, the newest first; made of the store when it is not there yet.

    Raises
    ------
    StoreError
        The store cannot be read, or what is made of it not written.

    Examples
    --------
    >>> from pathlib import Path
    >>> from tempfile import TemporaryDirectory
    >>> from mapping.store import Store
    >>> with TemporaryDirectory() as folder, Store(Path(folder)) as store:
    ...     atlas = opened(store)
    ...     atlas.whole(pl.Series([0])).select("incident", "date_start").row(0)
    ('Starter incidents/2024-11-14-mazzeh-qudsaya', datetime.date(2024, 11, 14))
    """
    key = _key(store)
    folder = store.derived.folder(key)
    rows = _open(folder)
    if rows is None:
        with store.derived.making(key) as unfinished:
            _make(store, unfinished)
        rows = open_columns(folder)
    return Opened(folder, rows, narrowed(rows, keep=(KEY,)))


def _key(store: Store) -> str:
    """Return a short name for all that the rows are made of."""
    made_of = {
        "format": [_FORMAT, VERSION],
        "datasets": [(version.dataset, version.version, version.imported_at) for version in store.datasets()],
        "corrections": store.corrections.all()["id"].to_list(),
        "boundaries": store.boundaries.in_use().token,
        "names": [(kept.name, kept.version) for kept in store.names.all()],
        "shipped": shipped_incidents()["dataset_version"][0],
    }
    return hashlib.sha256(json.dumps(made_of, default=str).encode()).hexdigest()[:16]


def _open(folder: Path) -> pl.DataFrame | None:
    try:
        return open_columns(folder)
    except (OSError, ValueError, LookupError, pl.exceptions.PolarsError):
        return None  # not there, or damaged: it is made anew


def _make(store: Store, folder: Path) -> None:
    places = _places(store)
    schema = {ROW: pl.UInt32(), KEY: pl.String()} | COMPACT
    writer, done, corrections = ColumnWriter(folder, schema, rows=len(places)), 0, store.corrections.all()
    with using_own(store):
        for part in stored_parts(store):
            at = places[done : done + part.height]
            rows = corrected(part, corrections)
            writer.write(rows.with_columns(incident_key().alias(KEY), pl.Series(ROW, at)), at)
            done += part.height
    writer.finish()


def _places(store: Store) -> np.ndarray:
    """Return where each row is to stand: by its day, the newest first, those of no day last, else as it is stored."""
    days = pl.concat([part.select(FIRST_DAY) for part in _parts(store)])
    by = pl.arg_sort_by(days.columns[0], descending=True, nulls_last=True, maintain_order=True)
    order = days.select(by).to_series().to_numpy()
    places = np.empty(len(order), np.uint32)
    places[order] = np.arange(len(order), dtype=np.uint32)
    return places


def stored_parts(store: Store) -> Iterator[pl.DataFrame]:
    """Return what `mapping.pipeline.stored` does, some rows at a time.

    Examples
    --------
    >>> from pathlib import Path
    >>> from tempfile import TemporaryDirectory
    >>> from mapping.store import Store
    >>> with TemporaryDirectory() as folder, Store(Path(folder)) as store:
    ...     [part.height for part in stored_parts(store)]
    [250]
    """
    return (placed_anew(part, store) for part in _parts(store))


def _parts(store: Store) -> Iterator[pl.DataFrame]:
    yield shipped_incidents()
    for version in store.datasets():
        yield from store.read(version.dataset).iter_slices(_AT_ONCE)
