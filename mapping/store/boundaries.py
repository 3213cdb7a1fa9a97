"""The user's own boundaries: a GeoParquet file for each that was added, named by its sha256, and a line in the index."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl
from sqlalchemy import Column, Integer, Row, String, Table, insert, select, update

from mapping.admin.sets import LEVELS, BoundarySet, Sets
from mapping.errors import InvalidValue, StoreError, UnknownDataset
from mapping.files import sweep
from mapping.store.index import TABLES, now, writing
from mapping.store.rows import keep_rows, open_rows
from mapping.store.trouble import plainly
from mapping.store.version import clean_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Engine

__all__ = ["BoundaryFile", "BoundaryFiles"]

_LINES = Table(
    "boundaries",
    TABLES,
    Column("id", Integer, primary_key=True),
    *(
        Column(name, String, nullable=False)
        for name in (
            "name", "level", "country_iso2", "version", "licence", "citation", "source_file", "notes", "file", "added_at",
        )
    ),
    Column("features", Integer, nullable=False),
    Column("removed_at", String),
)  # fmt: skip
"""One line for each file added. Lines are added and marked removed, never changed or deleted."""

_GEO = json.dumps(
    {
        "version": "1.1.0",
        "primary_column": "geometry",
        "columns": {"geometry": {"encoding": "WKB", "geometry_types": ["Polygon", "MultiPolygon"]}},
    }
)  # without a crs GeoParquet means longitude and latitude, WGS 84


@dataclass(frozen=True)
class BoundaryFile:
    """One boundary file of the user's, as the index records it.

    Attributes
    ----------
    level
        One of `mapping.admin.sets.LEVELS`.
    version
        Day on which the boundaries were valid, or on which they were added.
    features
        Units in it.
    notes
        What was assumed, mended or left out when it was read.
    in_use
        Is it the one that counts? Of several for one level and country that is the last one added.
    """

    name: str
    level: str
    country_iso2: str
    version: str
    licence: str
    citation: str
    features: int
    source_file: str
    notes: tuple[str, ...]
    added_at: datetime
    in_use: bool


class BoundaryFiles:
    """The boundaries in a store; threads and processes may share it.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> from mapping.store import Store
    >>> with TemporaryDirectory() as folder, Store(Path(folder)) as store:
    ...     store.boundaries.all(), store.boundaries.in_use().members
    ([], ())
    """

    def __init__(self, index: Engine) -> None:
        self._index = index
        self._home = Path(index.url.database or "").parent
        self._files = self._home / "boundaries"
        self._held: dict[int, BoundarySet] = {}

    def add(
        self,
        name: str,
        units: pl.DataFrame,
        *,
        level: str,
        country_iso2: str,
        version: str,
        licence: str,
        citation: str = "",
        source_file: str = "",
        notes: Sequence[str] = (),
    ) -> BoundaryFile:
        """Keep the units of a file; from now on they are in use for their level and country.

        Raises
        ------
        InvalidValue
            The name is empty, too long or holds control characters, or the level is none of ours.
        """
        if level not in LEVELS:
            raise InvalidValue(f'"{level}" is no level of boundaries. Allowed: {", ".join(LEVELS)}.')
        line = {
            "name": clean_name(name), "level": level, "country_iso2": country_iso2, "version": version,
            "licence": licence, "citation": citation, "source_file": source_file, "features": units.height,
            "notes": json.dumps(list(notes), ensure_ascii=False), "added_at": now(),
        }  # fmt: skip
        with plainly(self._home):
            self._files.mkdir(exist_ok=True)
            sweep(self._files)
            file = keep_rows(self._files, units, metadata={"geo": _GEO})
            with writing(self._index) as connection:
                row = connection.execute(insert(_LINES).values(line | {"file": file}).returning(_LINES)).one()
        return _described(row, in_use=True)

    def all(self) -> list[BoundaryFile]:
        """Return every file that was added and not removed, the oldest first."""
        rows = self._rows()
        counts = {_place(row): row.id for row in rows}
        return [_described(row, in_use=counts[_place(row)] == row.id) for row in rows]

    def remove(self, name: str) -> None:
        """Take the boundaries of a name away; what they had replaced counts again.

        Raises
        ------
        UnknownDataset
            There are none of that name.
        """
        standing = (_LINES.c.name == clean_name(name)) & _LINES.c.removed_at.is_(None)
        with plainly(self._home), writing(self._index) as connection:
            removed = connection.execute(update(_LINES).where(standing).values(removed_at=now())).rowcount
        if not removed:
            known = ", ".join(dict.fromkeys(row.name for row in self._rows())) or "none yet"
            raise UnknownDataset(f'The store has no boundaries "{name}". It has: {known}.')

    def in_use(self) -> Sets:
        """Return the boundaries that count, for `mapping.admin.using`; of a file once read the same value again.

        Raises
        ------
        StoreError
            A file is missing or damaged.
        """
        rows = {_place(row): row for row in self._rows()}
        return Sets(tuple(self._set(row) for _, row in sorted(rows.items())))

    def ever(self) -> bool:
        """Tell whether boundaries were ever added, so that rows may have been joined to others than those in use."""
        with plainly(self._home), self._index.connect() as connection:
            return connection.execute(select(_LINES.c.id).limit(1)).first() is not None

    def _set(self, row: Row) -> BoundarySet:
        # The file never changes, so two threads that meet here put the same there.
        if row.id not in self._held:
            try:
                units = open_rows(self._files / row.file)
            except StoreError as error:
                raise StoreError(
                    f'The file of the boundaries "{row.name}" ({self._files / row.file}) is missing or damaged. Put it back '
                    f'from a backup, or take them away by `boundaries remove "{row.name}"` and add them again.'
                ) from error
            terms = (row.name, row.level, row.country_iso2, row.version, row.licence, row.citation)
            self._held[row.id] = BoundarySet(*terms, key=row.file.removesuffix(".parquet"), units=units)
        return self._held[row.id]

    def _rows(self) -> list[Row]:
        standing = select(_LINES).where(_LINES.c.removed_at.is_(None)).order_by(_LINES.c.id)
        with plainly(self._home), self._index.connect() as connection:
            return list(connection.execute(standing))


def _place(row: Row) -> tuple[str, str]:
    return row.country_iso2, row.level


def _described(row: Row, *, in_use: bool) -> BoundaryFile:
    return BoundaryFile(
        name=row.name,
        level=row.level,
        country_iso2=row.country_iso2,
        version=row.version,
        licence=row.licence,
        citation=row.citation,
        features=row.features,
        source_file=row.source_file,
        notes=tuple(json.loads(row.notes)),
        added_at=datetime.fromisoformat(row.added_at),
        in_use=in_use,
    )
