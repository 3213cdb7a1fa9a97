from __future__ import annotations

import csv
import hashlib
import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl
import pytest

from mapping import datasets
from mapping.datasets import DATA, Source, shipped, source, sources
from mapping.errors import MissingData

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_BYTES = 25_000_000


def records_in(file: Path) -> int:
    if file.suffix == ".parquet":
        return pl.scan_parquet(file).select(pl.len()).collect().item()
    with file.open(encoding="utf-8-sig", newline="") as stream:
        return sum(1 for _ in csv.reader(stream)) - 1


@pytest.mark.parametrize("entry", sources(), ids=lambda entry: entry.path)
def test_every_entry_tells_the_truth_about_its_file(entry: Source) -> None:
    file = DATA / entry.path
    assert hashlib.sha256(file.read_bytes()).hexdigest() == entry.sha256
    assert records_in(file) == entry.rows
    assert (DATA / entry.build).is_file()
    assert entry.url.startswith("https://")
    assert date.fromisoformat(entry.retrieved) <= date.today()
    for text in (entry.title, entry.description, entry.version, entry.licence, entry.attribution, entry.citation):
        assert text.strip() == text != ""


def test_every_file_has_an_entry() -> None:
    files = {path.relative_to(DATA).as_posix() for path in DATA.rglob("*") if path.is_file()}
    built = {path for path in files if not path.startswith("build/") and "__pycache__" not in path}
    assert built - {"sources.json", "__init__.py"} == {entry.path for entry in sources()}


def test_the_data_together_are_small() -> None:
    assert sum((DATA / entry.path).stat().st_size for entry in sources()) < MAX_BYTES


def test_entries_are_in_order_and_each_once() -> None:
    paths = [entry.path for entry in sources()]
    assert paths == sorted(set(paths))


@pytest.fixture()
def other_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A data folder with one file, rivers.csv, and its entry."""
    (tmp_path / "rivers.csv").write_text("name\nTigris\n")
    digest = hashlib.sha256(b"name\nTigris\n").hexdigest()
    entry = dict.fromkeys(Source.__annotations__, "x") | {"path": "rivers.csv", "sha256": digest, "rows": 1}
    (tmp_path / "sources.json").write_text(json.dumps({"files": [entry | {"build": "build/rivers.py"}]}))
    monkeypatch.setattr(datasets, "DATA", tmp_path)
    sources.cache_clear()
    shipped.cache_clear()
    yield tmp_path
    sources.cache_clear()
    shipped.cache_clear()


def test_a_file_is_opened_by_its_entry(other_data: Path) -> None:
    assert source("rivers.csv").rows == 1
    assert shipped("rivers.csv") == other_data / "rivers.csv"


def test_an_altered_file_is_refused(other_data: Path) -> None:
    (other_data / "rivers.csv").write_text("name\nEuphrates\n")
    with pytest.raises(MissingData, match=r"rivers\.csv is not the file .* data/build/rivers\.py"):
        shipped("rivers.csv")


def test_an_absent_file_is_named(other_data: Path) -> None:
    (other_data / "rivers.csv").unlink()
    with pytest.raises(MissingData, match=r"rivers\.csv is missing .* data/build/rivers\.py"):
        shipped("rivers.csv")


def test_a_file_without_an_entry_is_refused(other_data: Path) -> None:
    (other_data / "lakes.csv").write_text("name\n")
    with pytest.raises(MissingData, match=r"no entry for lakes\.csv; known: rivers\.csv"):
        shipped("lakes.csv")


@pytest.mark.parametrize("listing", [None, "no json", "{}", '{"files": [{"path": "rivers.csv"}]}'])
def test_a_damaged_listing_is_named(other_data: Path, listing: str | None) -> None:
    file = other_data / "sources.json"
    file.unlink() if listing is None else file.write_text(listing)
    with pytest.raises(MissingData, match=r"sources\.json cannot be read"):
        sources()
