"""All incidents there are: those that ship with the project, and those that the user keeps."""

from __future__ import annotations

from dataclasses import asdict
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import polars as pl

from mapping import readers
from mapping.datasets import shipped, sources
from mapping.errors import InvalidValue
from mapping.pipeline.anew import placed_anew
from mapping.pipeline.correcting import corrected
from mapping.pipeline.own import using_own

if TYPE_CHECKING:
    from mapping.pipeline.processing import Processed
    from mapping.store import Store, Version

__all__ = ["STARTER", "atlas", "check_name", "keep", "listing", "raw_row", "shipped_incidents", "stored"]

STARTER = "Starter incidents"
"""Name of the dataset that ships with the project."""

_STARTER_FILE, _STARTER_PLACED = "incidents/incidents.csv", "incidents/placed.parquet"


@lru_cache(maxsize=1)
def shipped_incidents() -> pl.DataFrame:
    """Return the incidents that ship with the project, placed and joined; never mutate it.

    Examples
    --------
    >>> shipped_incidents().height
    250
    """
    return pl.read_parquet(shipped(_STARTER_PLACED))


def stored(store: Store) -> pl.DataFrame:
    """Return the shipped incidents and the newest version of every dataset in the store, as the geocoder placed them.

    They are joined to the boundaries that the store has now, whichever there were when they came in, and what
    their source does not place is placed by the names that it has now.
    """
    return placed_anew(pl.concat([shipped_incidents(), store.read()]), store)


def atlas(store: Store) -> pl.DataFrame:
    """Return what `stored` returns, with what people have decided of places laid over it."""
    with using_own(store):
        return corrected(stored(store), store.corrections.all())


def raw_row(store: Store, dataset: str, version: str, source_row: int) -> dict[str, Any]:
    """Return an incident's row as it stood in its file: its own columns, every value as text.

    Raises
    ------
    UnknownDataset
        There is no such dataset, version or row.

    Examples
    --------
    >>> from pathlib import Path
    >>> from tempfile import TemporaryDirectory
    >>> from mapping.store import Store
    >>> version = shipped_incidents()["dataset_version"][0]
    >>> with TemporaryDirectory() as folder, Store(Path(folder)) as store:
    ...     raw_row(store, STARTER, version, 2)["place"]
    'Samarra'
    """
    if dataset != STARTER:
        return store.raw_row(dataset, version, source_row)
    return _starter_rows().row(by_predicate=pl.col("source_row") == source_row, named=True)


@lru_cache(maxsize=1)
def _starter_rows() -> pl.DataFrame:
    return readers.read(shipped(_STARTER_FILE)).raw


def check_name(name: str) -> None:
    """Refuse the name of the shipped dataset, whose rows the user's own would be taken for.

    Raises
    ------
    InvalidValue
        It is that name, in whatever capitals.

    Examples
    --------
    >>> check_name("mine")
    """
    if name.strip().casefold() == STARTER.casefold():
        raise InvalidValue(f"“{STARTER}” is what the project ships. Give the dataset another name.")


def keep(processed: Processed, store: Store, *, name: str, licence: str, citation: str = "") -> Version:
    """Keep a processed file in the store as a new version of the dataset `name`.

    Raises
    ------
    InvalidValue
        The name is that of the shipped dataset, or no name.
    StoreError
        The store cannot be written; nothing of this version is left behind.
    """
    check_name(name)
    reading = processed.reading
    return store.add(
        name,
        processed.incidents,
        raw=reading.raw,
        rejects=processed.rejects,
        licence=reading.licence or licence,
        citation=reading.citation or citation,
        reader=reading.reader,
        source_file=reading.path.name,
        notes=reading.notes,
        score_at_least=processed.score_at_least,
    )


def listing(store: Store) -> list[dict[str, Any]]:
    """Return every shipped file, and every dataset, list of names and boundary file of the user's, with licence and citation."""
    boundaries = [{"title": file.name, "rows": file.features, **asdict(file)} for file in store.boundaries.all()]
    names = [{"title": kept.name, "rows": kept.places, **asdict(kept)} for kept in store.names.all()]
    return [asdict(entry) for entry in sources()] + store.listing() + names + boundaries
