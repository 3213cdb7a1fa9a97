"""How a version's rows lie on the disk: one Parquet file, or many pieces by country and year and a manifest of them.

A file is named by the sha256 of its bytes and never changes; a manifest is JSON, named in the same way. It tells of
each piece what a reader must know to leave it alone: countries, years, provinces, the first and the last day.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING, Any, NamedTuple

import polars as pl

from mapping.files import sync
from mapping.store.rows import damage_told, open_rows

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence
    from pathlib import Path

__all__ = [
    "PIECE", "ROW_GROUP", "Piece", "Stretch", "batches", "describe", "joined", "keep_files", "manifest", "open_pieces", "pieces_of",
]  # fmt: skip

PIECE = 100_000
"""Rows of a piece, at most."""

ROW_GROUP = 10_000
"""Rows that a reader takes or leaves by their statistics."""


class Stretch(NamedTuple):
    """Rows of one country and year that lie side by side in a staged part."""

    part: int
    start: int
    rows: int


@dataclass(frozen=True)
class Piece:
    """One file of a version, and what lies in it.

    Attributes
    ----------
    countries, provinces
        The country_iso2 and the adm1_code in it; None where nobody wrote them down.
    first, last
        The days from which and to which its rows reach, ISO 8601; None where no row has a date.
    rows_from, rows_to
        The smallest and the largest source_row.
    """

    file: str
    rows: int
    countries: tuple[str | None, ...] | None = None
    years: tuple[int | None, ...] | None = None
    provinces: tuple[str | None, ...] | None = None
    first: str | None = None
    last: str | None = None
    rows_from: int | None = None
    rows_to: int | None = None

    def may_hold(
        self, *, countries: Collection[str] = (), provinces: Collection[str] = (), first: date | None = None,
        last: date | None = None,
    ) -> bool:  # fmt: skip
        """Tell whether rows of these countries, of these provinces and of these days may lie in it.

        Examples
        --------
        >>> piece = Piece("a.parquet", 2, ("IQ",), (2017,), ("IQ-NI",), "2017-01-03", "2017-12-30")
        >>> piece.may_hold(countries=["SY"]), piece.may_hold(first=date(2017, 12, 30))
        (False, True)
        """
        if self.countries is None or self.provinces is None:
            return True
        return (
            (not countries or not set(countries).isdisjoint(self.countries))
            and (not provinces or not set(provinces).isdisjoint(self.provinces))
            and (first is None or (self.last is not None and self.last >= first.isoformat()))
            and (last is None or (self.first is not None and self.first <= last.isoformat()))
        )


def batches(partitions: Sequence[Sequence[tuple[str | None, int | None, int]]]) -> list[list[Stretch]]:
    """Return which rows of the staged parts make each piece: whole countries and years where they fit.

    Those of one piece lie side by side in each part, for pieces follow the order that the parts have.

    Parameters
    ----------
    partitions
        Of each part: country, year and rows, in the order in which they lie there.

    Examples
    --------
    >>> batches([[("IQ", 2016, 2), ("SY", 2016, 1)], [("IQ", 2016, 3)]])
    [[Stretch(part=0, start=0, rows=3), Stretch(part=1, start=0, rows=3)]]
    """
    pieces: list[list[Stretch]] = []
    room = 0
    for _, stretches in groupby(_stretches(partitions), key=lambda keyed: keyed[0]):
        of_one = [stretch for _, stretch in stretches]
        if sum(stretch.rows for stretch in of_one) > room or not pieces:
            pieces.append([])
            room = PIECE
        for stretch in of_one:
            for cut in _cut(stretch, room):
                if room == 0:
                    pieces.append([])
                    room = PIECE
                pieces[-1].append(cut)
                room -= cut.rows
    return [joined(piece) for piece in pieces]


def joined(stretches: Iterable[Stretch]) -> list[Stretch]:
    """Make one stretch of those of a part, which lie side by side.

    Examples
    --------
    >>> joined([Stretch(0, 2, 1), Stretch(1, 0, 3), Stretch(0, 0, 2)])
    [Stretch(part=0, start=0, rows=3), Stretch(part=1, start=0, rows=3)]
    """
    by_part = groupby(sorted(stretches), key=lambda stretch: stretch.part)
    of_parts = [list(some) for _, some in by_part]
    return [Stretch(some[0].part, some[0].start, sum(one.rows for one in some)) for some in of_parts]


def _stretches(
    partitions: Sequence[Sequence[tuple[str | None, int | None, int]]],
) -> list[tuple[tuple[str, int], Stretch]]:
    """Return the stretches by country and year; those of an unknown one come last."""
    found = []
    for part, of_part in enumerate(partitions):
        start = 0
        for country, year, rows in of_part:
            found.append(
                (("~" if country is None else country, 99_999 if year is None else year), Stretch(part, start, rows))
            )
            start += rows
    return sorted(found)


def _cut(stretch: Stretch, room: int) -> Iterator[Stretch]:
    """Cut a stretch at the end of the room there is, and then at the end of each piece."""
    part, start, left = stretch
    size = room or PIECE
    while left > 0:
        yield Stretch(part, start, min(size, left))
        start, left, size = start + size, left - size, PIECE


def describe(incidents: pl.DataFrame) -> dict[str, Any]:
    """Return what a manifest tells of a piece with these rows.

    Examples
    --------
    >>> rows = pl.DataFrame({"country_iso2": ["IQ"], "adm1_code": [None], "source_row": [2],
    ...     "date_start": [date(2017, 1, 3)], "date_end": [None]}, schema_overrides={"date_end": pl.Date})
    >>> describe(rows)["last"], describe(rows)["provinces"]
    ('2017-01-03', (None,))
    """
    start, end = pl.coalesce("date_start", "date_end"), pl.coalesce("date_end", "date_start")
    told = incidents.select(
        first=start.min().cast(pl.String),
        last=end.max().cast(pl.String),
        rows_from=pl.col("source_row").min(),
        rows_to=pl.col("source_row").max(),
    ).row(0, named=True)
    lists = incidents.select(
        countries=pl.col("country_iso2").unique().sort().implode(),
        years=start.dt.year().unique().sort().implode(),
        provinces=pl.col("adm1_code").unique().sort().implode(),
    ).row(0, named=True)
    return told | {name: tuple(values) for name, values in lists.items()}


def keep_files(files: Path, told: Iterable[tuple[Path, dict[str, Any]]]) -> list[Piece]:
    """Move finished files to the folder `files`, each under the sha256 of its bytes, and return what they are.

    Parameters
    ----------
    told
        Each file, and its `Piece` but for the name.
    """
    pieces = []
    for path, facts in told:
        with path.open("rb") as stream:
            name = f"{hashlib.file_digest(stream, 'sha256').hexdigest()}{path.suffix}"
        sync(path)
        path.replace(files / name)
        pieces.append(Piece(name, **facts))
    return pieces


def manifest(files: Path, beside: Path, pieces: Sequence[Piece]) -> str:
    """Return the name of what holds all pieces: the one piece itself, or a manifest written among the rows."""
    if len(pieces) == 1:
        return pieces[0].file
    path = beside / "manifest.json"
    path.write_text(json.dumps([asdict(piece) for piece in pieces], indent=0), encoding="utf-8")
    return keep_files(files, [(path, {"rows": 0})])[0].file


def pieces_of(files: Path, name: str) -> list[Piece]:
    """Return the pieces that a version's file is, or that the manifest `name` lists.

    Raises
    ------
    StoreError
        The manifest or a piece is missing or damaged.
    """
    if not name.endswith(".json"):
        return [Piece(name, 0)]
    with damage_told(files / name):
        return [_piece(one) for one in json.loads((files / name).read_text(encoding="utf-8"))]


def _piece(listed: dict[str, Any]) -> Piece:
    return Piece(**{name: tuple(value) if isinstance(value, list) else value for name, value in listed.items()})  # type: ignore[arg-type]


def open_pieces(files: Path, name: str, *, source_row: int | None = None) -> pl.DataFrame:
    """Read all rows of a version's file or manifest in the order of the source, or only those of one `source_row`.

    Raises
    ------
    StoreError
        A file is missing or damaged.
    """
    pieces = pieces_of(files, name)
    if source_row is None:
        rows = pl.concat((open_rows(files / piece.file) for piece in pieces), how="diagonal_relaxed")
        return rows if len(pieces) == 1 else rows.sort("source_row", maintain_order=True)
    near = [one for one in pieces if one.rows_from is None or one.rows_from <= source_row <= (one.rows_to or 0)]
    only = pl.col("source_row") == source_row
    return pl.concat((open_rows(files / piece.file, only=only) for piece in near or pieces[:1]), how="diagonal_relaxed")
