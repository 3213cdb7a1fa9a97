"""Opens what data/ ships: every file by its entry in data/sources.json, its sha256 checked."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from mapping.errors import MissingData

__all__ = ["DATA", "Source", "shipped", "source", "sources"]


def _data_folder() -> Path:
    here = Path(__file__).resolve().parent
    installed = here / "data"
    return installed if installed.is_dir() else here.parent / "data"


DATA = _data_folder()
"""Folder of the shipped files: data/ in a checkout, mapping/data once installed."""


@dataclass(frozen=True)
class Source:
    """One shipped file, as data/sources.json records it.

    Attributes
    ----------
    path
        Relative to data/.
    sha256
        Of the file's bytes.
    rows
        Records in the file.
    build
        Script that made it, relative to data/.
    """

    path: str
    title: str
    description: str
    version: str
    url: str
    licence: str
    attribution: str
    citation: str
    retrieved: str
    sha256: str
    rows: int
    build: str


@lru_cache(maxsize=1)
def sources() -> tuple[Source, ...]:
    """Return every entry of data/sources.json, in its order.

    Raises
    ------
    MissingData
        The file is absent or cannot be read.

    Examples
    --------
    >>> all(entry.licence for entry in sources())
    True
    """
    listing = DATA / "sources.json"
    try:
        entries = json.loads(listing.read_text(encoding="utf-8"))["files"]
        return tuple(Source(**entry) for entry in entries)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise MissingData(
            f"{listing} cannot be read ({error}). Fetch the project again: the app needs it to know its own data."
        ) from error


def source(path: str) -> Source:
    """Return the entry of the shipped file `path` (relative to data/).

    Raises
    ------
    MissingData
        data/sources.json has no such entry.
    """
    for entry in sources():
        if entry.path == path:
            return entry
    raise MissingData(f"data/sources.json has no entry for {path}; known: {', '.join(s.path for s in sources())}.")


@cache
def shipped(path: str) -> Path:
    """Return where the shipped file `path` lies, after checking its sha256 once per process.

    Raises
    ------
    MissingData
        The file is absent, or its bytes are not those recorded.

    Examples
    --------
    >>> shipped("incidents/incidents.csv").name
    'incidents.csv'
    """
    entry = source(path)
    file = DATA / path
    try:
        with file.open("rb") as stream:
            found = hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError as error:
        raise MissingData(
            f"{file} is missing ({error.strerror}). Fetch the project again, or run data/{entry.build}."
        ) from error
    if found != entry.sha256:
        raise MissingData(
            f"{file} is not the file that data/sources.json records (sha256 {found[:12]}…, expected {entry.sha256[:12]}…). "
            f"Restore it from the project, or rebuild it with data/{entry.build}."
        )
    return file
