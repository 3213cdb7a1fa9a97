"""All incidents there are, as the app opens them: sorted once, then mapped, however many they are."""

from __future__ import annotations

import hashlib
import json
import shutil
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl

from mapping.errors import StoreError
from mapping.files import ColumnWriter, open_columns
from mapping.pipeline.anew import placed_anew
from mapping.pipeline.atlas import shipped_incidents
from mapping.pipeline.correcting import corrected
from mapping.pipeline.own import using_own
from mapping.query import COMPACT, ROW, Index, narrowed
from mapping.schema import SCHEMA, incident_key
from mapping.version import VERSION

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from mapping.store import Store

__all__ = ["FIRST_DAY", "KEY", "Opened", "opened", "stored_parts"]

KEY = "incident"
"""Column that names a row among all datasets, as `mapping.schema.incident_key` does."""

_FORMAT = 1
_AT_ONCE = 100_000
_PAGE = 4096
_TRIES = 3
"""Another process that opens the store as it was, or will be, clears away what is made of it now."""
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

    @cached_property
    def index(self) -> Index:
        """Where the narrow rows of each province and day stand."""
        return Index.of(self.kept("index", lambda: Index(self.narrow).parts()))

    def whole(self, rows: pl.Series) -> pl.DataFrame:
        """Return every column of the incidents, and the key, of the `rows` given by where they stand, in their order."""
        return self.rows[rows].select(*SCHEMA, KEY).cast(pl.Schema(SCHEMA))

    def kept(self, name: str, make: Callable[[], dict[str, np.ndarray]]) -> dict[str, np.ndarray]:
        """Return arrays that are made of the rows, mapped: those made before under that name, or what `make` returns.

        Where they cannot be kept, they are made each time.
        """
        folder = self.folder / "kept" / name
        with suppress(OSError, ValueError):
            return _load(folder)
        made = make()
        with suppress(OSError):
            folder.parent.mkdir(exist_ok=True)
            with TemporaryDirectory(dir=self.folder, ignore_cleanup_errors=True) as beside:
                whole = Path(beside, name)
                whole.mkdir()
                for each, array in made.items():
                    np.save(whole / each, array)
                shutil.rmtree(folder, ignore_errors=True)
                whole.replace(folder)
                return _load(folder)  # what is mapped takes no room of its own
        return made

    def answer(self, name: object, make: Callable[[], Any]) -> Any:
        """Return what is told of the rows, a small frame or what JSON holds: as kept under that name, or as `make` does."""
        named = f"answer-{hashlib.sha256(repr(name).encode()).hexdigest()[:16]}"
        return _unpacked(self.kept(named, lambda: _packed(make())))


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
    for _ in range(_TRIES):
        key = _key(store)
        folder = store.derived.folder(key)
        if (rows := _open(folder)) is not None:
            return Opened(folder, rows, narrowed(rows, keep=(KEY,)))
        with store.derived.making(key) as unfinished:
            _make(store, unfinished)
    raise StoreError(
        f"What is made of the store in {folder} is changed by another program all the while. Close that one."
    )


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
    except (OSError, ValueError, LookupError, TypeError, pl.exceptions.PolarsError):
        return None  # not there, or damaged: it is made anew


def _load(folder: Path) -> dict[str, np.ndarray]:
    files = sorted(folder.iterdir())
    # What is small is read: no map holds nothing, and a map takes a page at least.
    return {file.stem: np.load(file, mmap_mode="r" if file.stat().st_size > _PAGE else None) for file in files}


def _packed(answer: Any) -> dict[str, np.ndarray]:
    if isinstance(answer, pl.DataFrame):
        answer.write_ipc(stream := BytesIO())
        return {"frame": np.frombuffer(stream.getvalue(), np.uint8)}
    return {"plain": np.frombuffer(json.dumps(answer).encode(), np.uint8)}


def _unpacked(kept: dict[str, np.ndarray]) -> Any:
    if "frame" in kept:
        return pl.read_ipc(kept["frame"].tobytes())
    return json.loads(kept["plain"].tobytes())


def _make(store: Store, folder: Path) -> None:
    queries, corrections = _queries(store), store.corrections.all()
    places = _places(store, queries)
    schema = {ROW: pl.UInt32(), KEY: pl.String()} | COMPACT
    writer, done = ColumnWriter(folder, schema, rows=len(places)), 0
    with using_own(store):
        for part in _parts(store, queries):
            at = places[done : done + part.height]
            rows = corrected(part, corrections)
            writer.write(rows.with_columns(incident_key().alias(KEY), pl.Series(ROW, at)), at)
            done += part.height
    writer.finish()


def _places(store: Store, queries: list[pl.LazyFrame]) -> np.ndarray:
    """Return where each row is to stand: by its day, the newest first, those of no day last, else as it is stored."""
    told = [
        part.select(FIRST_DAY.alias("day"), "source_row", pl.lit(number, pl.UInt32).alias("dataset"))
        for number, query in enumerate(queries)
        for part in [store.collect(query.select("date_start", "date_end", "source_row"))]
    ]
    by = pl.arg_sort_by(
        "day", "dataset", "source_row", descending=[True, False, False], nulls_last=True, maintain_order=True
    )
    order = pl.concat(told).select(by).to_series().to_numpy()
    places = np.empty(len(order), np.uint32)
    places[order] = np.arange(len(order), dtype=np.uint32)
    return places


def stored_parts(store: Store) -> Iterator[pl.DataFrame]:
    """Return what `mapping.pipeline.stored` does, some rows at a time, and those of a dataset in no order of theirs.

    Examples
    --------
    >>> from pathlib import Path
    >>> from tempfile import TemporaryDirectory
    >>> from mapping.store import Store
    >>> with TemporaryDirectory() as folder, Store(Path(folder)) as store:
    ...     [part.height for part in stored_parts(store)]
    [250]
    """
    return _parts(store, _queries(store))


def _parts(store: Store, queries: list[pl.LazyFrame]) -> Iterator[pl.DataFrame]:
    for query in queries:
        for first in count(step=_AT_ONCE):
            part = store.collect(query.slice(first, _AT_ONCE))
            if part.is_empty():
                break
            yield placed_anew(part, store)


def _queries(store: Store) -> list[pl.LazyFrame]:
    """Return the shipped incidents and the newest version of each dataset; each gives its rows in one order, always."""
    return [shipped_incidents().lazy(), *(store.scan(version.dataset) for version in store.datasets())]
