"""Text that looks like a formula goes out harmless and comes back unchanged."""

from __future__ import annotations

import json
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapping.formulas import guard_formulas, unguard_formulas

RUN = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n")


def there_and_back(texts: list[str]) -> tuple[list[str], list[str]]:
    guarded = pl.DataFrame({"text": texts}, schema={"text": pl.String}).select(guard_formulas(pl.col("text")))
    return guarded["text"].to_list(), guarded.select(unguard_formulas(pl.col("text")))["text"].to_list()


@pytest.mark.parametrize("start", RUN)
def test_what_a_spreadsheet_would_run_gets_an_apostrophe(start: str) -> None:
    guarded, _ = there_and_back([f"{start}SUM(A1)", f"'{start}SUM(A1)", f"a{start}b"])
    assert guarded == [f"'{start}SUM(A1)", f"''{start}SUM(A1)", f"a{start}b"]


@given(st.lists(st.text(st.sampled_from("'=+-@\t\rab") | st.characters(exclude_categories=["Cs"]))))
def test_every_text_comes_back(texts: list[str]) -> None:
    guarded, back = there_and_back(texts)
    assert back == texts
    assert not any(text.startswith(RUN) for text in guarded)


def test_naughty_strings_come_back(shared_data: Path) -> None:
    texts = json.loads((shared_data / "naughty" / "blns.json").read_text(encoding="utf-8"))
    assert there_and_back(texts)[1] == texts
