"""Writes a file whole or not at all; gives folders for what is not whole yet, and clears away what a kill left."""

from __future__ import annotations

import os
import shutil
import time
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["UNFINISHED", "sweep", "sync", "unfinished", "written_whole"]

UNFINISHED = ".incident-atlas-"
"""How the names of folders begin in which nothing is whole yet."""

_DAY = 24 * 60 * 60


@contextmanager
def unfinished(folder: Path) -> Iterator[Path]:
    """Give a folder within `folder` for what is not whole yet; it goes when the block is left.

    Examples
    --------
    >>> with TemporaryDirectory() as folder, unfinished(Path(folder)) as beside:
    ...     beside.name.startswith(UNFINISHED)
    True
    """
    with TemporaryDirectory(dir=folder, prefix=UNFINISHED, ignore_cleanup_errors=True) as beside:
        yield Path(beside)


def sweep(folder: Path) -> None:
    """Clear away what a kill left in `folder` more than a day ago, when surely nobody writes it still.

    Examples
    --------
    >>> with TemporaryDirectory() as folder:
    ...     sweep(Path(folder))
    """
    for left in folder.glob(f"{UNFINISHED}*"):
        if time.time() - left.stat().st_mtime > _DAY:
            shutil.rmtree(left, ignore_errors=True)


@contextmanager
def written_whole(path: Path) -> Iterator[Path]:
    """Give a path to write to; what was written takes the place of `path` once it is safe on the disk.

    It lies in a folder of its own beside `path`, so that the last step is a rename, which is
    whole or not at all, and so that whatever a driver leaves behind goes with it. After an
    exception, `path` is as it was.

    Examples
    --------
    >>> with TemporaryDirectory() as folder, written_whole(Path(folder, "a.txt")) as path:
    ...     path.write_text("whole")
    5
    """
    with unfinished(path.parent) as folder:
        temporary = folder / path.name
        yield temporary
        sync(temporary)
        temporary.replace(path)
        sync(path.parent)


def sync(path: Path) -> None:
    """Wait until the disk holds a file's bytes, or a folder's list of names.

    Examples
    --------
    >>> sync(Path.cwd())
    """
    if path.is_dir() and os.name != "posix":
        return  # only POSIX opens a folder; elsewhere the file system sees to it
    descriptor = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
