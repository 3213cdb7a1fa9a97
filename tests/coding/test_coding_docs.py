"""The page on words says what the code does."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

from mapping.coding.mentions import Reason
from mapping.coding.tables import tables

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "coding.md").read_text(encoding="utf-8")


def test_every_reason_is_explained() -> None:
    cells = {line.split("|")[1].strip() for line in PAGE.splitlines() if line.startswith("|")}
    assert set(get_args(Reason)) <= cells


def test_its_table_is_one_that_can_be_used(tmp_path: Path) -> None:
    (tmp_path / "events.csv").write_text(PAGE.split("```csv\n")[1].split("```")[0], encoding="utf-8")
    (found,) = tables(tmp_path).of("en").events.find("two men were necklaced")
    assert found.row.event_type == "armed assault"
