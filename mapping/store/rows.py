"""The store's rows: Parquet files named by the sha256 of their bytes, which never change."""

from __future__ import annotations

import hashlib
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from mapping.errors import StoreError
from mapping.files import sync, unfinished

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["damage_told", "keep_rows", "open_rows", "scan_rows"]


def keep_rows(folder: Path, frame: pl.DataFrame, *, metadata: dict[str, str] | None = None) -> str:
    """Write a frame to a file of `folder` and return its name; the same rows again give the same.

    Parameters
    ----------
    metadata
        Of the file, such as GeoParquet's "geo".

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     name = keep_rows(Path(folder), pl.DataFrame({"place": ["Hit"]}))
    ...     name == keep_rows(Path(folder), pl.DataFrame({"place": ["Hit"]}))
    True
    """
    with unfinished(folder) as beside:
        temporary = beside / "rows.parquet"
        frame.rechunk().write_parquet(temporary, metadata=metadata)
        with temporary.open("rb") as stream:
            name = f"{hashlib.file_digest(stream, 'sha256').hexdigest()}.parquet"
        sync(temporary)
        temporary.replace(folder / name)
    sync(folder)
    return name


def open_rows(file: Path, *, only: pl.Expr | None = None) -> pl.DataFrame:
    """Read the rows of a file, all of them or `only` some.

    Raises
    ------
    StoreError
        The file is missing or damaged.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     name = keep_rows(Path(folder), pl.DataFrame({"place": ["Hit"]}))
    ...     open_rows(Path(folder, name)).rows()
    [('Hit',)]
    """
    with damage_told(file):
        rows = pl.scan_parquet(file, glob=False)
        return (rows if only is None else rows.filter(only)).collect()


@contextmanager
def damage_told(file: Path) -> Iterator[None]:
    """Turn what goes wrong with reading a file into its sentence.

    Raises
    ------
    StoreError
        Something went wrong.
    """
    try:
        yield
    except (OSError, ValueError, TypeError, pl.exceptions.PolarsError) as error:
        raise StoreError(
            f"The store's file {file} is missing or damaged. Put it back from a backup, or remove the dataset that needs "
            "it and import its source again."
        ) from error


def scan_rows(files: list[Path]) -> pl.LazyFrame:
    """Return a query over the rows of files with the same columns.

    Raises
    ------
    StoreError
        The first file is missing or damaged; that another is, the query finds.
    """
    with damage_told(files[0]):
        rows = pl.scan_parquet(files, glob=False)
        rows.collect_schema()
    return rows
