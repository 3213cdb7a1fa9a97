"""A P-code beside the name of another province is asked about; spellings, unknown names and ties are not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl
import pytest

from mapping.pipeline import process

if TYPE_CHECKING:
    from pathlib import Path


def remarks(folder: Path, heading: str, *rows: str) -> list[tuple[int, str]]:
    path = folder / "mine.csv"
    path.write_text("\n".join([f"date,country,governorate,{heading}", *(f"2024-07-16,Iraq,{row}" for row in rows)]))
    problems = process(path).problems
    return problems.filter(pl.col("message").str.contains("P-code")).select("row", "column").rows()


@pytest.mark.parametrize("heading", ["ADM1_PCODE", "admin1Pcode", "adm2_pcode", "P-Code"])
def test_a_code_beside_another_province_is_asked_about(heading: str, tmp_path: Path) -> None:
    rows = ["Anbar,Q7", "Al-Anbar,Q7", "Nineveh,Q7", "Ninawa,Q9", "Ninewa, Q9"]
    assert remarks(tmp_path, heading, *rows) == [(4, "governorate")]


def test_what_cannot_be_told_is_not_asked_about(tmp_path: Path) -> None:
    assert remarks(tmp_path, "adm2_pcode", "Anbar,IQG01Q01", "Nineveh,IQG01Q01") == []
    assert remarks(tmp_path, "adm1_pcode", "Anbar,IQG01", "Atlantis,IQG01", ",IQG01") == []
    assert remarks(tmp_path, "colour", "Anbar,red", "Anbar,red", "Nineveh,red") == []


def test_a_code_that_the_boundaries_know_needs_no_other_rows(tmp_path: Path) -> None:
    assert remarks(tmp_path, "adm1_code", "Anbar,IQ-NI", "Anbar,IQ-AN") == [(2, "governorate")]
    assert remarks(tmp_path, "adm1_pcode", "Anbar,IQG15", "Anbar,IQG01") == [(2, "governorate")]
