"""A table as a file of plain columns: written in any order of rows, opened by mapping it, whatever their number.

The values of a column stand side by side in the file as they do in memory, so nothing is read before it is looked at.
Texts are Arrow's views: sixteen bytes a row, and the letters of the long ones once a part. Words that come often are
numbers, with one list of words for all of the table.
"""

from __future__ import annotations

import json
import mmap
from concurrent.futures import ThreadPoolExecutor
from threading import Lock
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import polars as pl
import pyarrow as pa

from mapping.files.writing import sync

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

__all__ = ["ColumnWriter", "open_columns"]

_VALUES, _FACTS, _WORDS, _SCRATCH = "columns.bin", "columns.json", "words.arrow", "unfinished.bin"
_VIEW = np.dtype((np.uint32, 4))
_SHORT = 12
"""So many bytes of text stand in the view itself."""
_ALIGNED = 64


class _Layout(NamedTuple):
    """How the values of a type lie in the file."""

    stored: np.dtype[Any]
    arrow: pa.DataType


def _layout(dtype: pl.DataType) -> _Layout:
    match dtype:
        case pl.String():
            return _Layout(_VIEW, pa.string_view())
        case pl.Categorical():
            return _Layout(np.dtype(np.uint32), pa.uint32())
        case pl.Enum():
            return _Layout(np.dtype(np.uint8), pa.uint8())
        case pl.Date():
            return _Layout(np.dtype(np.int32), pa.date32())
        case pl.Boolean():
            return _Layout(np.dtype(np.bool_), pa.bool_())
    arrow = pl.Series(dtype=dtype).to_arrow().type
    return _Layout(np.dtype(arrow.to_pandas_dtype()), arrow)


class ColumnWriter:
    """Writes a table of known height, part by part; each row to the place where it is to stand.

    Parameters
    ----------
    folder
        Empty, for its files.
    schema
        Types by name: numbers, Date, Boolean, String, Enum, and Categorical for words that come often.
    rows
        How many there will be, at least one.

    Examples
    --------
    >>> from pathlib import Path
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     writer = ColumnWriter(Path(folder), {"place": pl.String(), "country": pl.Categorical()}, rows=2)
    ...     writer.write(pl.DataFrame({"place": ["Hit"], "country": ["IQ"]}), np.array([1]))
    ...     writer.write(pl.DataFrame({"place": [None], "country": ["SY"]}), np.array([0]))
    ...     writer.finish()
    ...     open_columns(Path(folder)).rows()
    [(None, 'SY'), ('Hit', 'IQ')]
    """

    def __init__(self, folder: Path, schema: Mapping[str, pl.DataType], *, rows: int) -> None:
        self._folder, self._schema, self._rows = folder, schema, rows
        # The words of a list are forgotten with the last column that bears them, so one is held.
        self._listed = pl.Series([""], dtype=pl.Categorical(pl.Categories.random()))
        self._appending = Lock()
        self._texts: dict[str, list[tuple[int, int]]] = {name: [] for name in schema}
        self._starts, end = _starts(schema, rows)
        self._file = (folder / _VALUES).open("w+b")
        self._file.truncate(end)
        self._known = np.memmap(folder / _SCRATCH, np.bool_, "w+", shape=(len(schema), rows))
        self._values = {name: self._mapped(name, _layout(dtype).stored) for name, dtype in schema.items()}

    def _mapped(self, name: str, stored: np.dtype[Any]) -> np.memmap[Any, np.dtype[Any]]:
        shape = (self._rows, *stored.shape)
        return np.memmap(self._folder / _VALUES, stored.base, "r+", offset=self._starts[name], shape=shape)

    def write(self, part: pl.DataFrame, at: np.ndarray) -> None:
        """Write rows, each to its place."""

        def write(number: int, name: str) -> None:
            column, dtype = part[name], self._schema[name]
            self._known[number, at] = column.is_not_null().to_numpy()
            self._values[name][at] = self._text(column) if dtype == pl.String else self._plain(column, dtype)

        with ThreadPoolExecutor() as threads:
            list(threads.map(write, range(len(self._schema)), self._schema))
        for mapped in (self._known, *self._values.values()):
            _let_go(mapped)

    def _plain(self, column: pl.Series, dtype: pl.DataType) -> np.ndarray:
        if dtype == pl.Categorical:
            column = column.cast(pl.String).cast(self._listed.dtype)
        elif dtype == pl.Enum:
            column = column.cast(dtype)
        return column.to_physical().fill_null(False if dtype == pl.Boolean else 0).to_numpy()

    def _text(self, column: pl.Series) -> np.ndarray:
        """Return the views of texts, and append the letters of those that no view holds: of equal ones once."""
        told = column.rechunk().to_arrow().dictionary_encode()
        _, words, *texts = told.dictionary.cast(pa.string_view()).buffers()
        views = np.frombuffer(words, np.uint32, count=4 * len(told.dictionary)).reshape(-1, 4).copy()
        pieces = self._texts[column.name]
        views[views[:, 0] > _SHORT, 2] += len(pieces)
        pieces += [(self._append(text), text.size) for text in texts]
        none = np.zeros((1, 4), np.uint32)
        return np.concatenate([views, none])[told.indices.fill_null(len(views)).to_numpy()]

    def _append(self, letters: bytes | pa.Buffer) -> int:
        with self._appending:
            start = _aligned(self._file.seek(0, 2))
            self._file.seek(start)
            self._file.write(letters)
            return start

    def finish(self) -> None:
        """Complete the files and wait until the disk has them."""
        columns = [self._finished(number, *column) for number, column in enumerate(self._schema.items())]
        for mapped in self._values.values():
            mapped.flush()
        self._file.truncate(_aligned(self._file.seek(0, 2)))  # a map of no byte is none
        size = self._file.seek(0, 2)
        self._file.close()
        self._values.clear()
        del self._known
        (self._folder / _SCRATCH).unlink()
        words = self._listed.dtype.categories.to_series()  # type: ignore[attr-defined]
        words.to_frame("word").write_ipc(self._folder / _WORDS, compression="uncompressed")
        facts = {"rows": self._rows, "size": size, "columns": columns}
        (self._folder / _FACTS).write_text(json.dumps(facts), encoding="utf-8")
        for name in (_VALUES, _WORDS, _FACTS):
            sync(self._folder / name)

    def _finished(self, number: int, name: str, dtype: pl.DataType) -> dict[str, Any]:
        known = self._known[number]
        unknown = self._rows - int(np.count_nonzero(known))
        return {
            "name": name,
            "type": type(dtype).__name__,
            "words": dtype.categories.to_list() if isinstance(dtype, pl.Enum) else [],
            "values": self._append(_packed(self._values[name])) if dtype == pl.Boolean else self._starts[name],
            "unknown": unknown,
            "known": self._append(_packed(known)) if unknown else None,
            "texts": self._texts[name],
        }


def _let_go(mapped: np.memmap[Any, Any]) -> None:
    """Give back the memory that a map has taken, so that it does not grow with the table; what was written stays written."""
    if hasattr(mmap, "MADV_DONTNEED"):
        mapped._mmap.madvise(mmap.MADV_DONTNEED)  # type: ignore[attr-defined]


def _aligned(size: int) -> int:
    return -(-size // _ALIGNED) * _ALIGNED


def _starts(schema: Mapping[str, pl.DataType], rows: int) -> tuple[dict[str, int], int]:
    """Return where the values of each column begin, and where those of the last end."""
    starts, end = {}, 0
    for name, dtype in schema.items():
        starts[name] = end
        end = _aligned(end + rows * _layout(dtype).stored.itemsize)
    return starts, end


def _packed(flags: np.ndarray) -> bytes:
    """Return a bit a row of a byte a row."""
    return np.packbits(flags, bitorder="little").tobytes()


def open_columns(folder: Path) -> pl.DataFrame:
    """Return a table that `ColumnWriter` wrote, mapped: never change its files.

    Raises
    ------
    OSError, ValueError
        A file is missing or damaged.
    """
    facts = json.loads((folder / _FACTS).read_text(encoding="utf-8"))
    file = pa.memory_map(str(folder / _VALUES)).read_buffer()
    if file.size != facts["size"]:
        raise ValueError(f"{folder / _VALUES} is not as long as it was.")
    # A list of words of its own, however often it is opened; they are listed in the order of their numbers.
    words = pl.Categorical(pl.Categories.random())
    listed = pl.read_ipc(folder / _WORDS)["word"].cast(words)
    with ThreadPoolExecutor() as threads:
        columns = list(threads.map(lambda column: _open(file, column, facts["rows"], words), facts["columns"]))
    del listed  # the columns hold the words now
    return pl.DataFrame(columns)


def _open(file: pa.Buffer, column: dict[str, Any], rows: int, words: pl.Categorical) -> pl.Series:
    dtype = _dtype(column, words)
    known = None if column["known"] is None else file.slice(column["known"])
    texts = [file.slice(start, size) for start, size in column["texts"]]
    buffers = [known, file.slice(column["values"]), *texts]
    array = pa.Array.from_buffers(_layout(dtype).arrow, rows, buffers, null_count=column["unknown"])
    series = pl.Series(column["name"], array)
    return series.cat.to(dtype) if isinstance(dtype, pl.Categorical | pl.Enum) else series


def _dtype(column: dict[str, Any], words: pl.Categorical) -> pl.DataType:
    if column["type"] == "Categorical":
        return words
    dtype: pl.DataType = pl.Enum(column["words"]) if column["type"] == "Enum" else getattr(pl, column["type"])()
    return dtype
