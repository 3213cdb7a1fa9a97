"""Writes a file whole or not at all."""

from __future__ import annotations

import os
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["sync", "written_whole"]


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
    with TemporaryDirectory(dir=path.parent, prefix=".incident-atlas-", ignore_cleanup_errors=True) as folder:
        temporary = Path(folder, path.name)
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
