"""What the app opens is what the store holds, whatever becomes of the files that were made of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import polars as pl
import pytest
from polars.testing import assert_frame_equal

from mapping import pipeline
from mapping.geocoder.corrections import draw
from mapping.pipeline import FIRST_DAY, KEY, opened
from mapping.query import ROW, Texts, narrow
from mapping.schema import conform, incident_key
from mapping.store import Store

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path) as store:
        yield store


def keep(store: Store, name: str, rows: pl.DataFrame) -> None:
    store.add(name, rows, raw=rows.select("source_row"), licence="CC0", citation="of our own")


def made_whole(store: Store) -> pl.DataFrame:
    keyed = pipeline.atlas(store).with_columns(incident_key().alias(KEY))
    return keyed.sort(FIRST_DAY, descending=True, nulls_last=True, maintain_order=True)


def assert_opens_what_is_stored(store: Store) -> None:
    atlas, wanted = opened(store), made_whole(store)
    assert_frame_equal(atlas.whole(atlas.rows[ROW]), wanted)
    assert_frame_equal(as_text(atlas.narrow), as_text(narrow(wanted, keep=(KEY,))))


def as_text(rows: pl.DataFrame) -> pl.DataFrame:
    return rows.with_columns(pl.selectors.categorical().cast(pl.String))


def test_nothing_kept(store: Store) -> None:
    assert_opens_what_is_stored(store)


def test_datasets_of_every_kind_of_row(store: Store) -> None:
    shipped = pipeline.shipped_incidents()
    keep(store, "again", shipped)
    bare = conform(pl.DataFrame({"incident_id": [None, "", "x"], "source_row": [4, 2, 3]}))
    keep(store, "bare", bare.sort("source_row"))
    assert_opens_what_is_stored(store)


def test_what_people_decided_lies_over_it(store: Store) -> None:
    before = opened(store)
    question = pipeline.open_questions(store).row(0, named=True)
    pipeline.decide(store, question, draw(33.5, 42.1, "near", radius_km=10))
    assert_opens_what_is_stored(store)
    assert opened(store).folder != before.folder
    assert not before.folder.exists()  # and the rows are there still: a file that is mapped stays
    assert before.whole(before.rows[ROW]).height == 250


def test_the_same_is_not_made_again(store: Store) -> None:
    first = opened(store)
    made = (first.folder / "columns.bin").stat().st_mtime_ns
    assert (opened(store).folder / "columns.bin").stat().st_mtime_ns == made


@pytest.mark.parametrize("name", ["columns.bin", "columns.json", "words.arrow"])
def test_what_is_damaged_is_made_again(store: Store, name: str) -> None:
    folder = opened(store).folder
    (folder / name).write_bytes(b"[]")
    assert_opens_what_is_stored(store)


def test_arrays_are_kept_and_made_again_when_damaged(store: Store) -> None:
    atlas = opened(store)
    made: list[int] = []

    def make() -> dict[str, np.ndarray]:
        made.append(1)
        return {"small": np.arange(3), "none": np.empty((0, 2)), "large": np.arange(100_000)}

    for _ in range(3):
        kept = atlas.kept("numbers", make)
        assert {name: array.shape for name, array in kept.items()} == {
            "small": (3,),
            "none": (0, 2),
            "large": (100_000,),
        }
        assert np.array_equal(kept["large"], np.arange(100_000))
    assert len(made) == 1
    (atlas.folder / "kept" / "numbers" / "large.npy").write_bytes(b"rubbish")
    assert np.array_equal(atlas.kept("numbers", make)["large"], np.arange(100_000))
    assert len(made) == 2


@pytest.mark.parametrize(
    "text", ["drone", "actor:isis", "country:iraq", "الأنبار", "-place:hit", "weapon:unknown", "killed:>3"]
)
def test_mapped_rows_are_searched_like_others(store: Store, text: str) -> None:
    atlas = opened(store)
    wanted = Texts(atlas.whole(atlas.rows[ROW])).found(text)
    for _ in range(2):  # folded, and then as kept
        assert Texts(atlas.rows, keep=atlas.kept).found(text).equals(wanted)
