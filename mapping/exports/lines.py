"""Rows as lines of text: each distinct value of a column is written once, and constants but once for all rows."""

from __future__ import annotations

from collections import deque
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

import numpy as np
import polars as pl

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from concurrent.futures import Future

__all__ = ["Column", "columns", "in_slices", "text_of"]

_T = TypeVar("_T")
_ROWS_AT_ONCE = 20_000
_LOOKED_AT = 1_000
_FEW = 0.9
"""Share of distinct values, among the first rows, up to which writing each once pays."""


@dataclass(frozen=True)
class Column:
    """A column as what distinct values it holds, and which of them stands in each row.

    Attributes
    ----------
    values
        The distinct values; every value where no two need be the same; one where all rows have it.
    codes
        For each row the number of its value; None where `values` are the rows' own, or one for all.
    """

    values: pl.Series
    codes: pl.Series | None = None

    @property
    def name(self) -> str:
        """Of the column."""
        return self.values.name

    def written(self, write: Callable[[pl.Series], pl.Series], *, unknown: str) -> pl.Series:
        """Return the column as text: of each row, or one text where all rows have the same; `unknown` where nothing is known."""
        if self.values.null_count() == self.values.len():
            return pl.Series([unknown])
        texts = write(self.values)
        return texts if self.codes is None else texts.gather(self.codes)


def columns(frame: pl.DataFrame) -> list[Column]:
    """Take a frame's columns apart; the frame has a row at least.

    Examples
    --------
    >>> kinds, places = columns(pl.DataFrame({"kind": ["IED"] * 3, "place": ["Hit", "Hit", None]}))
    >>> [column.written(lambda values: (values + "!").fill_null("?"), unknown="?").to_list() for column in (kinds, places)]
    [['IED!'], ['Hit!', 'Hit!', '?']]
    """
    return [_column(column) for column in frame]


def _column(column: pl.Series) -> Column:
    if _is_constant(column):
        return Column(column.head(1))
    if column.dtype == pl.Date:
        return _dates(column)
    looked_at = column.head(_LOOKED_AT)
    if column.dtype == pl.String and looked_at.n_unique() <= _FEW * looked_at.len():
        # Categories of its own: they end with it, and are numbered from 0 in the order in which they come.
        coded = column.cast(pl.Categorical(pl.Categories.random()))
        return _coded(coded.unique(maintain_order=True).drop_nulls().cast(pl.String), coded.to_physical())
    return Column(column)


def _is_constant(column: pl.Series) -> bool:
    if column.null_count() in (0, column.len()):
        return column.null_count() > 0 or bool((column == column.head(1)).all())
    return False


def _dates(column: pl.Series) -> Column:
    days = column.to_physical().rename("day")
    first, last = days.to_frame().select(pl.all().min().alias("first"), pl.all().max().alias("last")).row(0)
    if last - first > column.len():
        return Column(column)
    every = pl.int_range(first, last + 1, dtype=pl.Int32, eager=True).cast(pl.Date)
    return _coded(every.alias(column.name), days - first)


def _coded(values: pl.Series, codes: pl.Series) -> Column:
    if not codes.null_count():
        return Column(values, codes)
    return Column(values.extend_constant(None, 1), codes.fill_null(values.len()))


def in_slices(frames: pl.DataFrame | Iterable[pl.DataFrame], work: Callable[[pl.DataFrame], _T]) -> Iterator[_T]:
    """Do `work` on a few thousand rows at a time, on all processors, and give what it returns in order.

    No more is under way than there are processors for: memory does not grow with the rows.

    Examples
    --------
    >>> list(in_slices(pl.DataFrame({"place": ["Hit"] * 30_000}), lambda rows: rows.height))
    [20000, 10000]
    """
    workers = pl.thread_pool_size()
    under_way: deque[Future[_T]] = deque()
    with ThreadPoolExecutor(workers) as pool:
        for frame in [frames] if isinstance(frames, pl.DataFrame) else frames:
            for rows in frame.iter_slices(_ROWS_AT_ONCE) if frame.height else ():
                # Polars leaves Python's lock alone, so the slices share the processors.
                under_way.append(pool.submit(work, rows))
                if len(under_way) > workers:
                    yield under_way.popleft().result()
        while under_way:
            yield under_way.popleft().result()


def text_of(pieces: Iterable[str | pl.Series], rows: int) -> memoryview:
    """Return the pieces of each row one after another, row after row, as UTF-8; one piece stands for those of all rows.

    Examples
    --------
    >>> bytes(text_of(["<", pl.Series(["a", "b"]), ">"], 2))
    b'<a><b>'
    """
    held: dict[str, pl.Series] = {}
    parts: list[pl.Expr] = []
    said = ""
    for piece in pieces:
        if isinstance(piece, str) or piece.len() == 1:
            said += piece if isinstance(piece, str) else piece[0]
            continue
        held[str(len(held))] = piece
        parts += [pl.lit(said), pl.nth(len(held) - 1)]
        said = ""
    if not held:
        return memoryview(said.encode() * rows)
    lines = pl.DataFrame(held).select(pl.concat_str(*parts, pl.lit(said))).to_series()
    # Arrow's older form of a column of texts is what is wanted: one buffer with all of them.
    buffer = lines.to_arrow(compat_level=pl.CompatLevel.oldest()).buffers()[2]
    return memoryview(np.frombuffer(buffer, np.uint8))  # type: ignore[arg-type]
