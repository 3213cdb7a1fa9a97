"""A file that somebody hands in: its name is shown, never used as a path."""

from __future__ import annotations

import re
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from mapping import pipeline, readers
from mapping.errors import MappingError, UnknownFormat

if TYPE_CHECKING:
    from collections.abc import Iterator

    import polars as pl
    from streamlit.runtime.uploaded_file_manager import UploadedFile

    from mapping.pipeline import Processed, Progress

__all__ = ["SUFFIXES", "Upload", "base_name", "processed", "rejects_file", "table", "under_its_name"]

SUFFIXES = ("csv", "tsv", "txt", "xlsx", "xls", "geojson", "json", "gpkg", "parquet")
"""What the name of an upload may end in."""

_LONGEST_NAME = 100


@dataclass(frozen=True)
class Upload:
    """A file as it came in.

    Attributes
    ----------
    token
        Of this very upload.
    name
        As its owner calls it.
    content
        Its bytes.
    """

    token: str
    name: str
    content: bytes


def base_name(name: str) -> str:
    """Return the last part of a name, whatever path stands before it.

    Examples
    --------
    >>> base_name("../../etc/passwd"), base_name("C:\\\\Users\\\\me\\\\mine.csv")
    ('passwd', 'mine.csv')
    """
    return PurePosixPath(name.replace("\\", "/")).name


def processed(
    upload: Upload,
    *,
    columns: dict[str, str | None] | None,
    date_order: str | None,
    score_at_least: float | None = None,
    progress: Progress,
) -> Processed:
    """Take an upload the whole way, by `mapping.pipeline.process`, under a file name of ours that is gone afterwards.

    Raises
    ------
    MappingError
        The file as a whole cannot be taken; the sentence calls it by its owner's name.
    """
    name = base_name(upload.name)
    with _written(upload) as path:
        try:
            done = pipeline.process(
                path,
                columns=None if columns is None else {"columns": columns},
                date_order=date_order,
                dataset=name.rpartition(".")[0],
                score_at_least=score_at_least,
                progress=progress,
            )
        except MappingError as error:
            raise type(error)(str(error).replace(str(path), name).replace(path.name, name)) from error
    return replace(done, reading=replace(done.reading, path=Path(name)))


def table(upload: Upload) -> pl.DataFrame | None:
    """Return the file as text under its own headings; None when it is no table at all."""
    try:
        with _written(upload) as path:
            return readers.read_table(path)
    except MappingError:
        return None


@contextmanager
def _written(upload: Upload) -> Iterator[Path]:
    suffix = base_name(upload.name).rpartition(".")[2].lower()
    if suffix not in SUFFIXES:
        raise UnknownFormat(
            f"{base_name(upload.name)} ends in none of .{', .'.join(SUFFIXES)}. Save it as one of these."
        )
    with TemporaryDirectory(prefix="incident-atlas-") as folder:
        path = Path(folder, f"upload.{suffix}")
        path.write_bytes(upload.content)
        yield path


@contextmanager
def under_its_name(handed_in: UploadedFile) -> Iterator[Path]:
    """Write an upload to a file of its own name, of which nothing but letters, digits and a few signs is used."""
    name = re.sub(r"[^\w.() -]", "_", base_name(handed_in.name))[-_LONGEST_NAME:]
    with TemporaryDirectory(prefix="incident-atlas-") as folder:
        path = Path(folder, name if name.strip(".") else "upload")
        path.write_bytes(handed_in.getvalue())
        yield path


def rejects_file(done: Processed) -> bytes:
    """Return the rows that did not go on as a CSV to mend and read in again."""
    return pipeline.table_file(done.rejects)
