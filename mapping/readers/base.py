"""What the readers give each other and the pipeline.

The way of a file::

    tabular.load(path) or geofile.load(path)   -> Loaded: text cells under the file's own headings
    FORMAT.recognises(headings)                   asked of acled, ucdp and gtd: never by file name
    FORMAT.incidents(raw)                      -> the same rows under incident names, still text
    readers.read(path)                         -> Reading: both, and what was noticed on the way

A format is a module with ``LICENCE`` and ``CITATION`` (its licence holds the words of `mapping.licences`
where rows may not be passed on), ``CODES`` (what its codebook allows in an incident column), ``recognises(columns) -> bool``, ``headings(columns) -> dict`` (the file's
own heading of an incident column) and ``incidents(raw) -> frame``. It may have ``REMARKS`` (a sentence on what is
assumed of rows, and the test that they pass), ``version_keys(raw) -> frame`` and ``superseded(keys) -> frame`` of ``source_row`` and
``newer_row`` (both Int64) for rows that a newer row of the same file replaces, and ``hangs_together(raw) -> bool``: a row cannot be read
without the others.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import chain, count
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from pathlib import Path

    import polars as pl

__all__ = ["SOURCE_ROW", "Loaded", "Reading", "untaken"]

SOURCE_ROW = "source_row"
"""Where a row stands in its file."""


def untaken(name: str, taken: Collection[str]) -> str:
    """Return a name for one more column: itself, or with the first number that is free.

    Examples
    --------
    >>> untaken("place", {"place", "place (2)"})
    'place (3)'
    """
    numbered = (f"{name} ({number})" for number in count(2))
    return next(title for title in chain([name], numbered) if title not in taken)


@dataclass(frozen=True)
class Loaded:
    """A file as it is: text, not yet understood.

    Attributes
    ----------
    raw
        The file's own columns under its own headings, every value as text (null only where the cell
        is empty or absent), and ``source_row`` (Int64; the heading is row 1). Blank lines are not in it. A
        column of that name which the file has is ``source_row (2)``: rows are counted anew.
    malformed
        Problems of rows that cannot go on (columns as `mapping.validate.PROBLEMS`): extra or missing
        fields, undecodable bytes. Such rows are in `raw`.
    notes
        Plain sentences on what was recognised or assumed.
    tags
        HXL tag of each column, where the file has a row of them; that row is not in `raw`.
    """

    raw: pl.DataFrame
    malformed: pl.DataFrame
    notes: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()


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
    malformed
        Problems found while reading (same columns as `mapping.validate.PROBLEMS`): rows with
        extra or missing fields, undecodable bytes, rows that a newer one replaces; such rows are
        in `raw` but not in `incidents`.
    licence, citation
        Of the dataset, where the format fixes them; else empty.
    redistributable
        False where the source's terms forbid passing rows on (ACLED, GTD).
    published
        True for a published dataset (UCDP, ACLED, GTD): what in it does not agree is the source's own.
    notes
        Plain sentences on what was recognised or assumed, for the page and stderr.
    date_order
        ``dmy``, ``mdy`` or ``ymd`` where the caller or the user's table of columns says it.
    headings
        The file's own heading of each incident column, where one column gives it.
    codes
        What the source's codebook allows in an incident column, where it has codes of its own.
    """

    path: Path
    reader: str
    raw: pl.DataFrame
    incidents: pl.DataFrame
    malformed: pl.DataFrame
    licence: str = ""
    citation: str = ""
    redistributable: bool = True
    published: bool = False
    notes: tuple[str, ...] = ()
    date_order: str | None = None
    headings: Mapping[str, str] = field(default_factory=dict)
    codes: Mapping[str, Sequence[str]] = field(default_factory=dict)
