"""What every reader gives: the file as it is, and the same rows under the incident's names."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    import polars as pl

__all__ = ["Reading"]


@dataclass(frozen=True)
class Reading:
    """A file, read but not yet believed.

    Attributes
    ----------
    path
        The file.
    reader
        Name of the reader: ``table``, ``geofile``, ``acled``, ``ucdp`` or ``gtd``.
    raw
        The file's own columns, every value as text exactly as given (null only where the cell is
        empty or absent), and ``source_row`` (Int64; the heading is row 1).
    incidents
        The same rows under incident column names, still text (String), plus ``source_row``;
        a column that the file does not give is absent.
    licence, citation
        Of the dataset, where the format fixes them; else empty.
    redistributable
        False where the source's terms forbid passing rows on (ACLED, GTD).
    notes
        Plain sentences on what was recognised or assumed, for the page and stderr.
    malformed
        Problems found while reading (same columns as `mapping.validate.PROBLEMS`): rows with
        extra fields, undecodable bytes; such rows are in `raw` but not in `incidents`.
    """

    path: Path
    reader: str
    raw: pl.DataFrame
    incidents: pl.DataFrame
    licence: str = ""
    citation: str = ""
    redistributable: bool = True
    notes: tuple[str, ...] = ()
    malformed: pl.DataFrame | None = field(default=None)
