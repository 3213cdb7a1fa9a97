"""The user's own names of places: learned from a dataset or added from a gazetteer, in versions that never change."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Column, Integer, Row, String, Table, UniqueConstraint, func, insert, select, update

from mapping.errors import InvalidValue, StoreError, UnknownDataset
from mapping.files import sweep
from mapping.store.index import TABLES, now, writing
from mapping.store.rows import keep_rows, open_rows
from mapping.store.trouble import plainly
from mapping.store.version import clean_name

if TYPE_CHECKING:
    import polars as pl
    from sqlalchemy import Engine

__all__ = ["ORIGINS", "NameList", "NameLists"]

ORIGINS = ("learned", "added")
"""Where names come from: incidents that were placed by their source, or a gazetteer."""

_LINES = Table(
    "gazetteers",
    TABLES,
    Column("id", Integer, primary_key=True),
    Column("name", String, nullable=False),
    Column("number", Integer, nullable=False),
    Column("origin", String, nullable=False),
    Column("added_at", String, nullable=False),
    Column("removed_at", String),
    Column("source_file", String, nullable=False),
    Column("licence", String, nullable=False),
    Column("citation", String, nullable=False),
    Column("places", Integer, nullable=False),
    Column("names", Integer, nullable=False),
    # Names of Parquet files: the sha256 of their bytes.
    Column("places_file", String, nullable=False),
    Column("names_file", String, nullable=False),
    UniqueConstraint("name", "number"),
)
"""One line for each version of a list of names. Lines are added and marked removed, never changed or deleted."""


@dataclass(frozen=True)
class NameList:
    """One version of a list of names.

    Attributes
    ----------
    version
        "1", "2", …: never given twice under a name.
    origin
        One of `ORIGINS`.
    places, names
        How many there are.
    files
        Of its places and of its names, in the store.
    """

    name: str
    version: str
    origin: str
    added_at: datetime
    source_file: str
    licence: str
    citation: str
    places: int
    names: int
    files: tuple[str, str]


class NameLists:
    """The lists of names in a store; threads and processes may share it.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> from mapping.store import Store
    >>> with TemporaryDirectory() as folder, Store(Path(folder)) as store:
    ...     store.names.all()
    []
    """

    def __init__(self, index: Engine) -> None:
        self._index = index
        self._home = Path(index.url.database or "").parent
        self._files = self._home / "gazetteers"

    def add(
        self,
        name: str,
        places: pl.DataFrame,
        names: pl.DataFrame,
        *,
        origin: str,
        licence: str = "",
        citation: str = "",
        source_file: str = "",
    ) -> NameList:
        """Keep a list of names; from now on it is in use, in the place of an earlier one of its name.

        Parameters
        ----------
        places, names
            As `mapping.gazetteer.Gazetteer` takes them.

        Raises
        ------
        InvalidValue
            The name is empty, too long or holds control characters, or the origin is none of `ORIGINS`.
        """
        if origin not in ORIGINS:
            raise InvalidValue(f'"{origin}" is no origin of names. Allowed: {", ".join(ORIGINS)}.')
        line = {
            "name": clean_name(name), "origin": origin, "licence": licence, "citation": citation,
            "source_file": source_file, "places": places.height, "names": names.height,
            "added_at": now(),
        }  # fmt: skip
        with plainly(self._home):
            self._files.mkdir(exist_ok=True)
            sweep(self._files)
            files = {"places_file": keep_rows(self._files, places), "names_file": keep_rows(self._files, names)}
            with writing(self._index) as connection:
                last = connection.scalar(select(func.max(_LINES.c.number)).where(_LINES.c.name == line["name"]))
                values = {**line, **files, "number": (last or 0) + 1}
                return _described(connection.execute(insert(_LINES).values(values).returning(_LINES)).one())

    def all(self) -> list[NameList]:
        """Return the lists in use: of each name the newest version, in the order of the names."""
        standing = select(_LINES).where(_LINES.c.removed_at.is_(None)).order_by(_LINES.c.number)
        with plainly(self._home), self._index.connect() as connection:
            newest = {row.name: row for row in connection.execute(standing)}
        return [_described(newest[name]) for name in sorted(newest)]

    def ever(self) -> bool:
        """Tell whether names were ever kept, so that rows may have been placed by others than those in use."""
        with plainly(self._home), self._index.connect() as connection:
            return connection.execute(select(_LINES.c.id).limit(1)).first() is not None

    def named(self, name: str) -> NameList:
        """Return the list of a name.

        Raises
        ------
        UnknownDataset
            There is none of that name.
        """
        lists = {kept.name: kept for kept in self.all()}
        if (found := lists.get(clean_name(name))) is None:
            known = ", ".join(lists) or "none yet"
            raise UnknownDataset(f'The store has no names "{name}". It has: {known}.')
        return found

    def read(self, files: tuple[str, str]) -> tuple[pl.DataFrame, pl.DataFrame]:
        """Return the places and the names of a list, by its `NameList.files`.

        Raises
        ------
        StoreError
            A file is missing or damaged.
        """
        try:
            places, names = (open_rows(self._files / file) for file in files)
        except StoreError as error:
            name = next((kept.name for kept in self.all() if kept.files == files), "?")
            raise StoreError(
                f'A file of the names "{name}" (in {self._files}) is missing or damaged. Put it back from a backup, or take '
                f'them away by `gazetteer remove "{name}"` and learn or add them again.'
            ) from error
        return places, names

    def remove(self, name: str) -> None:
        """Take a list away, with every version of it: what it taught is not known any more.

        Raises
        ------
        UnknownDataset
            There is none of that name.
        """
        standing = (_LINES.c.name == self.named(name).name) & _LINES.c.removed_at.is_(None)
        with plainly(self._home), writing(self._index) as connection:
            connection.execute(update(_LINES).where(standing).values(removed_at=now()))


def _described(row: Row) -> NameList:
    return NameList(
        name=row.name,
        version=str(row.number),
        origin=row.origin,
        added_at=datetime.fromisoformat(row.added_at),
        source_file=row.source_file,
        licence=row.licence,
        citation=row.citation,
        places=row.places,
        names=row.names,
        files=(row.places_file, row.names_file),
    )
