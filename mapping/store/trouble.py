"""Says in a sentence what is wrong with the store."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import polars as pl
from sqlalchemy.exc import DBAPIError

from mapping.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["plainly"]


@contextmanager
def plainly(home: Path) -> Iterator[None]:
    """Turn what goes wrong with the store in the folder `home` into its sentence.

    Raises
    ------
    StoreError
        Something went wrong.

    Examples
    --------
    >>> from pathlib import Path
    >>> with plainly(Path("/home")):
    ...     raise OSError(28, "No space left on device")
    Traceback (most recent call last):
    mapping.errors.StoreError: The store in /home cannot be used: No space left on device. What was in it is...
    """
    try:
        yield
    except StoreError:
        raise
    except (DBAPIError, OSError, pl.exceptions.PolarsError) as error:
        raise StoreError(f"The store in {home} cannot be used: {_reason(error)}") from error


def _reason(error: Exception) -> str:
    reason = getattr(error, "strerror", None) or str(getattr(error, "orig", None) or error)
    if "malformed" in reason or "not a database" in reason:
        return (
            f"its index.sqlite is damaged ({reason}). Put it back from a backup, or move it away to begin a new one; "
            "the files of rows stay."
        )
    return (
        f"{reason}. What was in it is unchanged. See that the folder may be written to, that the disk has room and that no "
        "other program holds the store, or set INCIDENT_ATLAS_HOME to another folder."
    )
