"""Where a file may be cut, so that its parts are read one after another or side by side; and what its parts tell of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from itertools import accumulate
from typing import TYPE_CHECKING, Any

import polars as pl

from mapping.files import read_bytes
from mapping.files.decoding import begins_as_utf8, is_utf8, replaced
from mapping.readers.base import SOURCE_ROW
from mapping.readers.opening import TEXT, kind_of
from mapping.readers.tabular import Table, load_part, separator_notes
from mapping.readers.tabular.cutting import record_ends
from mapping.readers.tabular.delimited import Shape, first_records, read_records, shape_of
from mapping.readers.tabular.names import own_names
from mapping.readers.tabular.points import first_cells, share_of_points
from mapping.readers.tabular.table import Layout, filled_columns, layout_of, sums_up, under_titles
from mapping.readers.understanding import (
    Understanding,
    format_of,
    hangs_together,
    reading_of,
    superseded_rows,
    telling_columns,
    understand_format,
    understand_table,
    version_keys,
)  # fmt: skip
from mapping.values import check_date_order

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
    from pathlib import Path

    from mapping.readers.base import Reading

__all__ = ["PART_SIZE", "Known", "Part", "know", "parts", "read_part"]

PART_SIZE = 32 << 20
"""Bytes of a part: what a process holds at once is some fifteen times as much."""

_HEAD = 4_000_000
_TOP = 60
"""Records that the first part has at least: by the first fifty, the table is understood."""


@dataclass(frozen=True)
class Part:
    """A run of whole records of a file.

    Attributes
    ----------
    path
        The file.
    number
        Which part of it, from 0.
    start, end
        First byte, and the one after the last.
    """

    path: Path
    number: int
    start: int
    end: int

    def read(self) -> bytes:
        """Return its bytes."""
        with self.path.open("rb") as stream:
            stream.seek(self.start)
            return stream.read(self.end - self.start)


def parts(path: Path, *, size: int = PART_SIZE) -> list[Part]:
    """Cut a file where records end; one that is no larger than a part, or cannot be cut, is one part.

    Raises
    ------
    UnreadableFile
        There is no such file, or it is of a kind that is not read.

    Examples
    --------
    >>> from mapping.datasets import shipped
    >>> len(parts(shipped("incidents/incidents.csv"), size=20_000))
    6
    """
    kind, length = kind_of(path), path.stat().st_size
    head = read_bytes(path, most=_HEAD)
    if kind == TEXT and length > size and begins_as_utf8(head, is_valid=True):
        start, shape = _beginning(head, path.name)
        ends = record_ends(path, separator=shape.separator or ",", start=start, size=size, least=_TOP)
        if ends and shape.width:
            return [Part(path, number, *cut) for number, cut in enumerate(zip([start, *ends], ends, strict=False))]
    return [Part(path, 0, 0, length)]


def _beginning(head: bytes, name: str) -> tuple[int, Shape]:
    """Return how many bytes stand before the first record, and how the records are written."""
    text = replaced(head.removeprefix(b"\xef\xbb\xbf"))
    shape = shape_of(text, name=name)
    return len(head) - len(head.removeprefix(b"\xef\xbb\xbf")) + shape.start, shape


@dataclass(frozen=True)
class Known:
    """What is known of a file that is read in parts.

    Attributes
    ----------
    parts
        Of it.
    firsts
        Position in the file of the first record of each.
    table
        How its records are read.
    understood
        What they are taken for.
    """

    parts: tuple[Part, ...]
    firsts: tuple[int, ...]
    table: Table
    understood: Understanding


@dataclass(frozen=True)
class _Top:
    """What the first records of a file tell: how they are written, how they would be laid out, and the format."""

    shape: Shape
    cells: pl.DataFrame
    layout: Layout
    known: str | None

    @property
    def headings(self) -> list[str | None]:
        """The cells of the heading, a null where one is empty."""
        return list(self.cells.row(self.layout.heading))


@dataclass(frozen=True)
class _Seen:
    """What a part tells of its file.

    ``filled`` is as `mapping.readers.tabular.table.filled_columns`; ``samples`` are the first distinct cells of each
    column, those of the ``last`` row apart, which may be one of totals; ``last_record`` is its position.
    """

    records: int
    is_valid: bool
    filled: list[bool]
    samples: list[list[str]]
    last: tuple[str | None, ...]
    last_record: int
    keys: pl.DataFrame = field(default_factory=pl.DataFrame)


def know(
    cut: Sequence[Part], *, columns: Any = None, date_order: str | None = None, over: Callable[..., Iterable[Any]] = map
) -> Known | None:
    """Find what only all the parts of a file together tell; None where it can be read only as a whole.

    Parameters
    ----------
    cut
        As `parts`; several.
    columns, date_order
        As for `mapping.readers.read`.
    over
        Runs a function over the parts: the built-in map, or a cluster's.

    Raises
    ------
    UnknownFormat, InvalidValue
        As `mapping.readers.read`.

    Examples
    --------
    >>> from mapping.datasets import shipped
    >>> known = know(parts(shipped("incidents/incidents.csv"), size=20_000))
    >>> known.understood.reader, known.firsts[:2]
    ('table', (0, 60))
    """
    check_date_order(date_order)
    names = own_names(columns)
    path = cut[0].path
    head = read_bytes(path, most=_HEAD)
    top = _top(head, path.name, may_be_known=columns is None)
    seen = list(over(partial(_see, top=top), cut))
    if not _is_sound(seen, head):
        return None
    firsts = tuple(accumulate((one.records for one in seen[:-1]), initial=0))
    widest = max(len(one.filled) for one in seen)
    filled = [any(one.filled[place] for one in seen if place < len(one.filled)) for place in range(widest)]
    layout = layout_of(top.cells, filled)
    table = Table(top.shape, layout, widest, damaged=not all(one.is_valid for one in seen))
    notes = separator_notes(top.shape.separator) + layout.notes
    headings, order = list(layout.titles.values()), date_order or names.date_order
    if top.known:
        keys = pl.concat(
            one.keys.with_columns(pl.col(SOURCE_ROW) + first) for one, first in zip(seen, firsts, strict=True)
        )
        superseded = superseded_rows(top.known, keys)
        understood = understand_format(top.known, headings, superseded=superseded, notes=notes, date_order=order)
        return Known(tuple(cut), firsts, table, understood)
    totals, shares = _totals_and_shares(seen, firsts, layout)
    understood = understand_table(
        headings,
        file=path.name,
        names=names,
        point_shares=shares,
        tags=layout.tags,
        totals=totals,
        notes=notes,
        date_order=order,
    )
    return Known(tuple(cut), firsts, table, understood)


def read_part(known: Known, number: int, *, only: Collection[str] | None = None) -> Reading:
    """Read a part of a file, as `mapping.readers.read` reads the whole.

    Parameters
    ----------
    known
        As `know`.
    number
        Which part.
    only
        Titles of the columns wanted; all when not given. The others are empty then, and blank rows stay in.

    Examples
    --------
    >>> from mapping.datasets import shipped
    >>> known = know(parts(shipped("incidents/incidents.csv"), size=20_000))
    >>> read_part(known, 1).incidents["source_row"][0]
    61
    """
    part = known.parts[number]
    loaded = load_part(part.read(), known.table, first=known.firsts[number], name=part.path.name, only=only)
    assert loaded is not None  # `know` read it
    return reading_of(part.path, loaded, known.understood)


def _top(head: bytes, name: str, *, may_be_known: bool) -> _Top:
    _, shape = _beginning(head, name)
    text = replaced(head.removeprefix(b"\xef\xbb\xbf"))[shape.start :].decode()
    cells = first_records(text, shape)
    layout = layout_of(cells, [True] * max(shape.width, cells.width))
    known = format_of(list(layout.titles.values())) if may_be_known else None
    return _Top(shape, cells, layout, known)


def _see(part: Part, top: _Top) -> _Seen | None:
    data = part.read()
    is_valid = is_utf8(data)
    text = data if is_valid else replaced(data)
    return _see_rows(part, top, text, is_valid) if top.known is None else _see_format(part, top, text, is_valid)


def _see_rows(part: Part, top: _Top, text: bytes, is_valid: bool) -> _Seen | None:
    first = 0 if part.number == 0 else _TOP  # anywhere below the heading
    found = read_records(text, top.shape, name=part.path.name, first=first)
    if found is None:
        return None
    heading = top.layout.heading if part.number == 0 else -1
    rows = found.cells.with_row_index("record").slice(heading + 1)
    if part.number == 0:
        rows = rows.filter(pl.col("record") != max(top.layout.tags_row, 0))
    rows = rows.filter(pl.any_horizontal(pl.exclude("record").is_not_null()))
    cells = rows.drop("record")
    return _Seen(
        records=found.cells.height,
        is_valid=is_valid,
        filled=filled_columns(found.cells, heading),
        samples=[first_cells(column) for column in cells.head(-1)],
        last=cells.row(-1) if cells.height else (),
        last_record=rows["record"][-1] if cells.height else -1,
    )


def _see_format(part: Part, top: _Top, text: bytes, is_valid: bool) -> _Seen | None:
    """Look at what a format's rows tell together, and at the columns that have no heading; reads few columns."""
    assert top.known is not None
    first = 0 if part.number == 0 else _TOP
    titles = top.layout.titles
    telling = set(telling_columns(top.known, list(titles.values())))
    untitled = [place for place in range(top.shape.width) if not top.headings[place]]
    only = [place for place, title in titles.items() if title in telling or int(place) in untitled]
    found = read_records(text, top.shape, name=part.path.name, first=first, only=only)
    if found is not None and found.ragged.height:  # one may be wider than the heading
        found = read_records(text, top.shape, name=part.path.name, first=first)
    if found is None:
        return None
    raw = under_titles(found.cells, top.layout, first=first, with_blank=True)
    if hangs_together(top.known, raw):
        return None
    below = found.cells.slice(top.layout.heading + 1 if part.number == 0 else 0)
    places = range(max(top.shape.width, 1 + max(map(int, below.columns))))
    return _Seen(
        records=found.cells.height,
        is_valid=is_valid,
        filled=[str(place) in below.columns and below[str(place)].null_count() < below.height for place in places],
        samples=[],
        last=("",) if raw.height else (),
        last_record=-1,
        keys=version_keys(top.known, raw).with_columns(pl.col(SOURCE_ROW) - first),
    )


def _is_sound(seen: Sequence[_Seen | None], head: bytes) -> bool:
    """Tell whether all parts could be read, as text in UTF-8, and have rows."""
    if any(one is None for one in seen):
        return False
    sound = [one for one in seen if one is not None]
    is_valid = all(one.is_valid for one in sound)
    return any(one.last for one in sound) and (is_valid or begins_as_utf8(head, is_valid=False))


def _totals_and_shares(
    seen: Sequence[_Seen], firsts: Sequence[int], layout: Layout
) -> tuple[int | None, Mapping[str, float]]:
    places = [int(place) for place in layout.titles]
    lasts = [(one, first) for one, first in zip(seen, firsts, strict=True) if one.last]
    one, first = lasts[-1]
    row = [one.last[place] if place < len(one.last) else None for place in places]
    totals = first + one.last_record + 1 if sums_up(row) else None
    samples: dict[int, list[str]] = {place: [] for place in places}
    for part, _ in lasts:
        for place in places:
            if place < len(part.last):
                samples[place] += part.samples[place]
                cell = part.last[place]
                samples[place] += [cell] if cell is not None and not (totals and part is one) else []
    return totals, {layout.titles[str(place)]: share_of_points(cells) for place, cells in samples.items()}
