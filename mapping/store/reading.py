"""Reads the files of one version; of one that is missing or damaged, it tells whose it is."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeVar

import polars as pl

from mapping.errors import StoreError
from mapping.schema import conform
from mapping.store.pieces import open_pieces, pieces_of
from mapping.store.rows import open_rows, scan_rows

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sqlalchemy import Row

__all__ = ["check_version", "read_version", "scan_version", "source_rows"]

_Rows = TypeVar("_Rows", pl.DataFrame, pl.LazyFrame)


def read_version(files: Path, version: Row) -> pl.DataFrame:
    """Return the incidents of a version, in the order of the source.

    Raises
    ------
    StoreError
        A file is missing or damaged; from every function here.
    """
    with _telling(version):
        return _told(open_pieces(files, version.incidents), version)


def scan_version(files: Path, version: Row, **window: Any) -> list[pl.LazyFrame]:
    """Return a query over the pieces of a version that may hold rows of a window; none when no piece may.

    Parameters
    ----------
    window
        As for `mapping.store.pieces.Piece.may_hold`.
    """
    with _telling(version):
        near = [files / piece.file for piece in pieces_of(files, version.incidents) if piece.may_hold(**window)]
        return [_told(scan_rows(near), version)] if near else []


def source_rows(files: Path, version: Row, name: str, *, source_row: int | None = None) -> pl.DataFrame:
    """Return a version's rows as they stood in the file: those of the table `name`, or its one `source_row`."""
    with _telling(version):
        return open_pieces(files, name, source_row=source_row)


def check_version(files: Path, version: Row) -> None:
    """Read every piece of a version by itself, so that the one that is damaged is named."""
    with _telling(version):
        for piece in pieces_of(files, version.incidents):
            open_rows(files / piece.file)


@contextmanager
def _telling(version: Row) -> Iterator[None]:
    try:
        yield
    except StoreError as error:
        raise StoreError(f'Dataset "{version.dataset}", version {version.number}: {error}') from error


def _told(rows: _Rows, version: Row) -> _Rows:
    """Return incidents with every column there is, and those that the store gives on reading."""
    return conform(rows.with_columns(dataset=pl.lit(version.dataset), dataset_version=pl.lit(str(version.number))))
