"""Opens a file: what is in the way is said in one sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mapping.errors import UnreadableFile

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["read_bytes"]


def read_bytes(path: Path, *, most: int = -1) -> bytes:
    """Return a file's bytes, or its first `most`.

    Raises
    ------
    UnreadableFile
        There is no such file, or it cannot be opened.

    Examples
    --------
    >>> from pathlib import Path
    >>> read_bytes(Path.cwd())
    Traceback (most recent call last):
    mapping.errors.UnreadableFile: ... is a folder. Give a file in it.
    """
    try:
        if path.is_dir():
            raise UnreadableFile(f"{path.name} is a folder. Give a file in it.")
        if path.exists() and not path.is_file():
            raise UnreadableFile(f"{path.name} is a device or a pipe, not a file. Give a file.")
        with path.open("rb") as stream:
            return stream.read(most)
    except FileNotFoundError as error:
        raise UnreadableFile(f"{path.name}: there is no such file. Check the name and the folder.") from error
    except PermissionError as error:
        raise UnreadableFile(f"{path.name} may not be read. Change its permissions, or copy it elsewhere.") from error
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        if isinstance(error, UnreadableFile):
            raise
        raise UnreadableFile(f"{path.name} cannot be read: {getattr(error, 'strerror', None) or error}.") from error
