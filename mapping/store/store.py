"""Datasets in versions that never change, and column mappings by name."""

from __future__ import annotations

import os
from contextlib import ExitStack, contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import platformdirs
import polars as pl
from sqlalchemy import Row, insert, select, update

from mapping.errors import UnknownDataset
from mapping.files import sweep, unfinished
from mapping.schema import empty_frame
from mapping.store.boundaries import BoundaryFiles
from mapping.store.corrections import Corrections
from mapping.store.derived import Derived
from mapping.store.index import MAPPINGS, VERSIONS, now, open_index, writing
from mapping.store.names import NameLists
from mapping.store.reading import check_version, read_version, scan_version, source_rows
from mapping.store.reports import Reports
from mapping.store.staging import Incoming, assemble, put_in_place
from mapping.store.trouble import plainly
from mapping.store.version import Version, clean_name, enter_version, live, version_of
from mapping.store.views import Views

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence
    from datetime import date

__all__ = ["Store", "default_home", "is_there"]

_INDEX = "index.sqlite"


def default_home() -> Path:
    """Return where the store lies: INCIDENT_ATLAS_HOME, else the platform's folder for user data.

    Examples
    --------
    >>> default_home().is_absolute()
    True
    """
    return Path(os.environ.get("INCIDENT_ATLAS_HOME") or platformdirs.user_data_path("incident-atlas")).absolute()


def is_there() -> bool:
    """Tell whether the user has a store, which nothing that only looks should make.

    Examples
    --------
    >>> is_there() == (default_home() / "index.sqlite").is_file()
    True
    """
    return (default_home() / _INDEX).is_file()


class Store:
    """The user's own datasets.

    Rows lie in Parquet files named by their sha256, which never change, in pieces by country and year where there are
    many; the index that names them is one SQLite file. A version is written to files first and entered last, in one
    transaction: after a kill or a full disk it is there whole or not at all. Threads and processes
    may share a store.

    Parameters
    ----------
    home
        Folder of the store, made if absent; `default_home()` when None.

    Raises
    ------
    StoreError
        The folder or its index cannot be opened, read or written; from every method.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder, Store(Path(folder)) as store:
    ...     rows = pl.DataFrame({"incident_id": ["a"], "source_row": [2]})
    ...     store.add("mine", rows, raw=rows, licence="CC0").version
    ...     store.read("mine").select("incident_id", "dataset", "dataset_version", "licence").row(0)
    '1'
    ('a', 'mine', '1', 'CC0')
    """

    def __init__(self, home: Path | None = None) -> None:
        self.home = home or default_home()
        self._files = self.home / "versions"
        with plainly(self.home):
            self._files.mkdir(parents=True, exist_ok=True)
            sweep(self._files)
            self._index = open_index(self.home / _INDEX)
        self.boundaries = BoundaryFiles(self._index)
        self.corrections = Corrections(self._index)
        self.derived = Derived(self.home)
        self.names = NameLists(self._index)
        self.reports = Reports(self._index, self._files)
        self.views = Views(self._index)

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close every connection to the index."""
        self._index.dispose()

    def add(
        self,
        name: str,
        incidents: pl.DataFrame,
        *,
        raw: pl.DataFrame,
        rejects: pl.DataFrame | None = None,
        licence: str = "",
        citation: str = "",
        reader: str = "table",
        source_file: str = "",
        notes: Sequence[str] = (),
        score_at_least: float | None = None,
    ) -> Version:
        """Keep incidents as the next version of the dataset `name`.

        When the newest version has the same content and terms, that version is returned, marked
        `repeated`, and nothing is written.

        Parameters
        ----------
        incidents
            Incident columns; dataset and dataset_version are set by the store. Rows without a
            licence or citation of their own take the dataset's.
        raw
            The file's own columns and source_row, for `raw_row`.
        rejects
            The rows that were refused, with their reasons.
        source_file
            Its name; folders before it are dropped.
        score_at_least
            How sure a place had to be, from 0 to 1; held for when the rows are placed again.

        Raises
        ------
        InvalidValue
            The name is empty, too long or holds control characters.
        """
        with self.begin(
            name, licence=licence, citation=citation, reader=reader, source_file=source_file, notes=notes,
            score_at_least=score_at_least,
        ) as version:  # fmt: skip
            version.add(0, incidents, raw=raw, rejects=rejects)
        return version.entered

    @contextmanager
    def begin(
        self,
        name: str,
        *,
        licence: str = "",
        citation: str = "",
        reader: str = "table",
        source_file: str = "",
        notes: Sequence[str] = (),
        score_at_least: float | None = None,
    ) -> Iterator[Incoming]:
        """Give what takes the parts of the next version of the dataset `name`; leaving the block enters it.

        After an exception nothing of it is left. The same content again is `repeated`, as for `add`, in whatever order
        the parts came.

        Raises
        ------
        InvalidValue
            The name is empty, too long or holds control characters.

        Examples
        --------
        >>> from tempfile import TemporaryDirectory
        >>> with TemporaryDirectory() as folder, Store(Path(folder)) as store:
        ...     rows = pl.DataFrame({"incident_id": ["a", "b"], "source_row": [2, 3]})
        ...     with store.begin("mine", licence="CC0") as version:
        ...         version.add(1, rows[1:], raw=rows[1:])
        ...         version.add(0, rows[:1], raw=rows[:1])
        ...     version.entered.rows, store.read("mine")["incident_id"].to_list()
        (2, ['a', 'b'])
        """
        name, licence, citation = clean_name(name), _whole(licence), _whole(citation)
        terms = {"licence": licence, "citation": citation}
        with ExitStack() as stack:
            with plainly(self.home):
                folder = stack.enter_context(unfinished(self._files))
            incoming = Incoming(folder)
            yield incoming
            with plainly(self.home):
                content, facts = assemble(folder, **terms)
                told = {
                    "reader": reader,
                    "source_file": _whole(Path(source_file.replace("\\", "/")).name),
                    "notes": list(notes),
                }
                content |= terms | {"score_at_least": score_at_least}
                with writing(self._index) as connection:
                    put_in_place(folder, self._files)
                    incoming.entered = enter_version(connection, name, content, told | facts)

    def datasets(self) -> list[Version]:
        """Return the newest version of each dataset, by name."""
        return [version_of(row) for row in self._newest()]

    def listing(self) -> list[dict[str, Any]]:
        """Return what `datasets` returns as records that name things as data/sources.json does."""
        return [{"title": version.dataset, **asdict(version)} for version in self.datasets()]

    def versions(self, name: str) -> list[Version]:
        """Return the versions of a dataset, the oldest first.

        Raises
        ------
        UnknownDataset
            The store has no dataset of that name.
        """
        return [version_of(row) for row in self._rows(name)]

    def read(self, name: str | None = None, version: str | None = None) -> pl.DataFrame:
        """Return the incidents of one version, of the newest of a dataset, or of the newest of all.

        Raises
        ------
        UnknownDataset
            The store has no dataset of that name, or it has no such version.
        """
        rows = self._newest() if name is None else [self._row(name, version)]
        return pl.concat([empty_frame(), *(read_version(self._files, row) for row in rows)])

    def scan(
        self,
        name: str | None = None,
        version: str | None = None,
        *,
        countries: Collection[str] = (),
        provinces: Collection[str] = (),
        first: date | None = None,
        last: date | None = None,
    ) -> pl.LazyFrame:
        """Return what `read` returns, as a query over the pieces that may hold such rows; `collect` it.

        Other rows are among them: filter the query, and what its pieces' statistics rule out is not read. The order is
        that of the pieces, not of the file; it is the same every time.

        Parameters
        ----------
        countries, provinces
            Of country_iso2 and adm1_code, one of which a row must have; none for all.
        first, last
            A row must have a day in this window, both included; a row without a date is then none of it.

        Raises
        ------
        UnknownDataset
            The store has no dataset of that name, or it has no such version.
        """
        rows = self._newest() if name is None else [self._row(name, version)]
        window: dict[str, Any] = {"countries": countries, "provinces": provinces, "first": first, "last": last}
        return pl.concat(
            [empty_frame().lazy(), *(scan for row in rows for scan in scan_version(self._files, row, **window))]
        )

    def collect(self, query: pl.LazyFrame) -> pl.DataFrame:
        """Return the rows of a query over `scan`.

        Raises
        ------
        StoreError
            A file of the store is missing or damaged.
        """
        try:
            return query.collect()
        except (OSError, pl.exceptions.PolarsError):
            for row in self._rows():
                check_version(self._files, row)
            raise

    def raw_row(self, name: str, version: str, source_row: int) -> dict[str, Any]:
        """Return a row as it stood in the file: its own columns, every value as text.

        Raises
        ------
        UnknownDataset
            There is no such dataset, version or row.
        """
        row = self._row(name, version)
        found = source_rows(self._files, row, row.raw, source_row=source_row)
        if found.is_empty():
            raise UnknownDataset(f'Dataset "{name}", version {version}, has no row {source_row}.')
        return found.drop("source_row").row(0, named=True)

    def rejects(self, name: str, version: str | None = None) -> pl.DataFrame:
        """Return the rows that were refused when a version was imported, with their reasons.

        Raises
        ------
        UnknownDataset
            There is no such dataset or version.
        """
        row = self._row(name, version)
        return source_rows(self._files, row, row.rejects) if row.rejects else pl.DataFrame()

    def remove(self, name: str) -> None:
        """Take a dataset away: its versions are marked removed, and their numbers not given again.

        Raises
        ------
        UnknownDataset
            The store has no dataset of that name.
        """
        versions = [row.id for row in self._rows(name)]
        with plainly(self.home), writing(self._index) as connection:
            connection.execute(update(VERSIONS).where(VERSIONS.c.id.in_(versions)).values(removed_at=now()))

    def save_mapping(self, name: str, columns: Mapping[str, str]) -> None:
        """Save which column of a file is which of the incident, under a name.

        Raises
        ------
        InvalidValue
            The name is empty, too long or holds control characters.
        """
        line = {"name": clean_name(name), "saved_at": now(), "columns": dict(columns)}
        with plainly(self.home), writing(self._index) as connection:
            connection.execute(insert(MAPPINGS).values(line))

    def mappings(self) -> dict[str, dict[str, str]]:
        """Return the saved column mappings by name."""
        with plainly(self.home), self._index.connect() as connection:
            lines = connection.execute(select(MAPPINGS.c.name, MAPPINGS.c.columns).order_by(MAPPINGS.c.id))
            return {line.name: line.columns for line in lines}

    def _rows(self, name: str | None = None) -> list[Row]:
        with plainly(self.home), self._index.connect() as connection:
            rows = list(connection.execute(live(name).order_by(VERSIONS.c.number)))
        if name is not None and not rows:
            known = ", ".join(dataset.dataset for dataset in self.datasets()) or "none yet"
            raise UnknownDataset(f'The store has no dataset "{name}". It has: {known}.')
        return rows

    def _newest(self) -> list[Row]:
        newest = {row.dataset: row for row in self._rows()}
        return [newest[name] for name in sorted(newest)]

    def _row(self, name: str, version: str | None) -> Row:
        rows = {str(row.number): row for row in self._rows(name)}
        try:
            return rows[version or max(rows, key=int)]
        except KeyError:
            raise UnknownDataset(f'Dataset "{name}" has no version {version}. It has: {", ".join(rows)}.') from None


def _whole(text: str) -> str:
    """Replace half characters, which a command line or an upload may hold and no file takes."""
    return text.encode(errors="replace").decode()
