"""A table of plain columns is read back as it was written, however it was cut and wherever its rows were put."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from mapping.files import ColumnWriter, open_columns

SCHEMA = {
    "text": pl.String(),
    "word": pl.Categorical(),
    "other": pl.Categorical(),
    "kind": pl.Enum(["raid", "IED"]),
    "number": pl.Int64(),
    "degrees": pl.Float64(),
    "day": pl.Date(),
    "agrees": pl.Boolean(),
    "never": pl.String(),
}
TEXTS = st.none() | st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
ROWS = st.lists(
    st.tuples(
        TEXTS,
        TEXTS,
        TEXTS,
        st.sampled_from([None, "raid", "IED"]),
        st.none() | st.integers(-(2**63), 2**63 - 1),
        st.none() | st.floats(allow_nan=False),
        st.none() | st.dates(date(1, 1, 1)),
        st.none() | st.booleans(),
        st.none(),
    ),
    min_size=1,
    max_size=20,
)


def as_written(rows: pl.DataFrame) -> pl.DataFrame:
    return rows.with_columns(pl.col("word", "other").cast(pl.String))


@settings(max_examples=20)
@given(ROWS, st.randoms(use_true_random=False), st.integers(1, 7))
def test_rows_are_read_back_where_they_were_put(rows: list[tuple[object, ...]], random: object, size: int) -> None:
    frame = pl.DataFrame(rows, schema=SCHEMA, orient="row", strict=False)
    at = np.arange(frame.height)
    random.shuffle(at)  # type: ignore[attr-defined]
    with TemporaryDirectory() as folder:
        writer = ColumnWriter(Path(folder), SCHEMA, rows=frame.height)
        for first in range(0, frame.height, size):
            writer.write(frame[first : first + size], at[first : first + size])
        writer.finish()
        read = open_columns(Path(folder))
        assert_frame_equal(as_written(read[at]), as_written(frame))
        assert all(column.n_chunks() == 1 for column in read)  # more, and polars would copy them at every touch


def test_words_of_columns_compare(tmp_path: Path) -> None:
    writer = ColumnWriter(tmp_path, {"actor1": pl.Categorical(), "actor2": pl.Categorical()}, rows=2)
    writer.write(pl.DataFrame({"actor1": ["police", "army"], "actor2": ["army", "army"]}), np.array([0, 1]))
    writer.finish()
    rows = open_columns(tmp_path)
    assert rows.filter(pl.col("actor1") == pl.col("actor2")).height == 1
    assert rows.filter(pl.col("actor1").is_in(["police", "nobody"])).height == 1


@pytest.mark.parametrize("name", ["columns.bin", "columns.json", "words.arrow"])
@pytest.mark.parametrize("damage", [None, b""])
def test_a_file_that_is_missing_or_short_is_told(tmp_path: Path, name: str, damage: bytes | None) -> None:
    writer = ColumnWriter(tmp_path, {"place": pl.String()}, rows=1)
    writer.write(pl.DataFrame({"place": ["a place of a longer name"]}), np.array([0]))
    writer.finish()
    if damage is None:
        (tmp_path / name).unlink()
    else:
        (tmp_path / name).write_bytes(damage)
    with pytest.raises((OSError, ValueError, pl.exceptions.PolarsError)):
        open_columns(tmp_path)
