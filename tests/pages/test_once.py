"""What is counted of a frame is counted once, and forgotten with it."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING

import polars as pl
from polars.testing import assert_frame_equal

from mapping import aggregate, exports
from mapping.pages import once as counted
from mapping.pages.filters import choices
from mapping.pages.once import keep_answers, once
from mapping.pipeline import opened
from mapping.store import Store

if TYPE_CHECKING:
    from pathlib import Path


COUNTS = {"types": aggregate.by_type, "terms": exports.terms}


def test_an_answer_is_forgotten_with_its_frame() -> None:
    rows = pl.DataFrame({"place": ["Hit", "Hit"]})
    asked: list[int] = []

    def count(frame: pl.DataFrame) -> int:
        asked.append(frame.height)
        return frame.height

    assert [once("rows", count, rows), once("rows", count, rows), once("others", count, rows)] == [2, 2, 2]
    assert asked == [2, 2]
    held = id(rows)
    del rows
    gc.collect()
    assert held not in counted._KNOWN


def test_answers_about_all_incidents_are_kept_for_the_next_to_open_them(tmp_path: Path) -> None:
    with Store(tmp_path) as store:
        first, second = opened(store), opened(store)
    keep_answers(first)
    keep_answers(second)
    offered = choices(first.narrow)
    types, terms = (once(name, count, first.narrow) for name, count in COUNTS.items())
    first_placement = aggregate.Placement(*once("placement", aggregate.placement, first.narrow))

    def refuse(_: pl.DataFrame) -> pl.DataFrame:
        raise AssertionError("counted anew")

    assert choices(second.narrow) == offered
    assert_frame_equal(once("types", refuse, second.narrow), types)
    assert_frame_equal(as_text(once("terms", refuse, second.narrow)), as_text(terms))
    assert aggregate.Placement(*once("placement", refuse, second.narrow)) == first_placement
    held = id(second.narrow)
    del second
    gc.collect()
    assert held not in counted._KEEPERS


def as_text(rows: pl.DataFrame) -> pl.DataFrame:
    return rows.with_columns(pl.selectors.categorical().cast(pl.String))
