"""What goes wrong in the middle of an import of many parts leaves the earlier versions, and it can be run again."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl
import pytest

from mapping.errors import StoreError
from mapping.store import Store, pieces, stage

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]

ROWS = pl.DataFrame({"incident_id": ["a"], "source_row": [2], "country_iso2": ["IQ"], "date_start": [date(2016, 5, 1)]})

MORE = ROWS.with_columns(place=pl.lit("Mosul"))

_IMPORTS = """
import resource, signal, sys
from datetime import date
from pathlib import Path
import polars as pl
from mapping.errors import StoreError
from mapping.store import Store, pieces
pieces.PIECE = 25
home, who, full_disk_while = Path(sys.argv[1]), sys.argv[2], sys.argv[3]
rows = pl.DataFrame({
    "incident_id": [f"{who}-{number}" for number in range(1200)],
    "source_row": range(2, 1202),
    "country_iso2": ["IQ", "SY", "YE", None] * 300,
    "date_start": [date(2010 + number % 13, 1, 1) for number in range(1200)],
})
def fill_disk(now):
    if now == full_disk_while:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (4000, 4000))
try:
    with Store(home) as store, store.begin("mine") as version:
        fill_disk("staging")
        for number in range(8):
            part = rows[number * 150 : (number + 1) * 150]
            version.add(number, part, raw=part.select("incident_id", "source_row"))
        print("staged", flush=True)
        sys.stdin.readline()
        fill_disk("finishing")
    print(version.entered.version, flush=True)
except StoreError as error:
    print(error, flush=True)
"""


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path / "home") as opened:
        opened.add("mine", ROWS, raw=ROWS)
        yield opened


def importing(store: Store, who: str, full_disk_while: str = "never") -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", _IMPORTS, str(store.home), who, full_disk_while],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, cwd=ROOT,
    )  # fmt: skip


def staged(process: subprocess.Popen[str]) -> None:
    assert process.stdout is not None and process.stdout.readline() == "staged\n"


def finish(process: subprocess.Popen[str]) -> str:
    return process.communicate("go\n", timeout=60)[0].strip()


def names(store: Store) -> set[str]:
    return {path.name for path in (store.home / "versions").iterdir()}


@pytest.mark.parametrize("when", ["staging", "finishing"])
def test_a_full_disk_leaves_what_was_there(store: Store, when: str) -> None:
    before = names(store)
    said = finish(importing(store, "one", when))
    assert "cannot be used" in said and "disk has room" in said
    assert names(store) == before
    assert store.read("mine")["incident_id"].to_list() == ["a"]


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT])
def test_an_end_in_the_middle_leaves_what_was_there(store: Store, how: signal.Signals) -> None:
    before = names(store)
    process = importing(store, "one")
    staged(process)
    assert process.stdin is not None
    process.stdin.write("go\n")
    process.stdin.flush()
    while not list((store.home / "versions").glob(".incident-atlas-*/whole/*")):
        time.sleep(0.001)
    process.send_signal(how)
    assert process.communicate(timeout=60)[0] == ""
    left = names(store) - before
    assert all(name.startswith(".incident-atlas-") for name in left)
    assert bool(left) == (how == signal.SIGKILL)
    assert [version.version for version in store.versions("mine")] == ["1"]
    for name in left:
        os.utime(store.home / "versions" / name, (time.time() - 100_000,) * 2)
    with Store(store.home):
        assert names(store) == before
    assert store.add("mine", MORE, raw=MORE).version == "2"


def test_two_imports_of_one_name_at_once_are_two_versions(store: Store) -> None:
    both = [importing(store, who) for who in ("one", "two")]
    for process in both:
        staged(process)
    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(finish, both)) == ["2", "3"]
    for version in ("2", "3"):
        found = store.read("mine", version)
        assert found["source_row"].to_list() == list(range(2, 1202))
        assert found["incident_id"].str.head(3).n_unique() == 1


def test_a_part_that_many_workers_stage_is_there_once(store: Store) -> None:
    with store.begin("mine") as version, ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _: stage(version.folder, 0, ROWS.head(1), raw=ROWS), range(24)))
    assert version.entered.rows == 1


def test_a_part_that_is_missing_is_named(store: Store) -> None:
    before = names(store)
    with pytest.raises(StoreError, match="lacks part 1: nothing of it was kept"), store.begin("mine") as version:
        version.add(0, ROWS, raw=ROWS)
        version.add(2, ROWS, raw=ROWS)
    with pytest.raises(StoreError, match="lacks part 0"), store.begin("mine"):
        pass
    assert names(store) == before


@pytest.mark.parametrize("file", ["incidents.arrow", "facts.json"])
def test_a_part_of_rubbish_is_named(store: Store, file: str) -> None:
    before = names(store)
    with (
        pytest.raises(StoreError, match=r"^Part 1 of the import was damaged .* Import the file again"),
        store.begin("mine") as version,
    ):
        for number in range(3):
            version.add(number, ROWS, raw=ROWS)
        (version.folder / "00000001" / file).write_bytes(b"rubbish")
    assert names(store) == before


@pytest.mark.parametrize("damage", ["rubbish", "missing"])
def test_a_damaged_piece_is_named_with_its_dataset(store: Store, monkeypatch: pytest.MonkeyPatch, damage: str) -> None:
    monkeypatch.setattr(pieces, "PIECE", 1)
    before = names(store)
    with store.begin("many pieces") as version:
        for number in range(3):
            part = ROWS.with_columns(incident_id=pl.lit(f"m{number}"), source_row=pl.lit(number + 2))
            version.add(number, part, raw=part)
    new = [path for path in (store.home / "versions").glob("*.parquet") if path.name not in before]
    holds = next(path for path in new if "adm1_code" in pl.read_parquet_schema(path))
    if damage == "rubbish":
        holds.write_bytes(b"PAR1 rubbish")
    else:
        holds.unlink()
    wanted = rf'Dataset "many pieces", version 1: The store\'s file .*{holds.name} is missing or damaged\. Put it back'
    with pytest.raises(StoreError, match=wanted):
        store.read("many pieces")
    with pytest.raises(StoreError, match=wanted):
        store.collect(store.scan())
    assert store.read("mine").height == 1
    assert [version.dataset for version in store.datasets()] == ["many pieces", "mine"]


def test_a_store_of_one_file_a_version_opens_still(tmp_path: Path) -> None:
    home = shutil.copytree(Path(__file__).parent / "one_file_a_version", tmp_path / "home")
    with Store(home) as store:
        assert [version.rows for version in store.versions("old")] == [1, 3]
        assert store.read("old")["place"].to_list() == ["Mosul", "Aleppo", "?"]
        assert store.read("old", "1")["place"].to_list() == ["Mosul"]
        assert store.collect(store.scan(countries=["SY"], last=date(2017, 12, 31))).equals(store.read())
        assert store.raw_row("old", "2", 3) == {"id": "b", "where": "Aleppo"}
        assert store.rejects("old")["id"].to_list() == ["x"]
        assert store.add("old", ROWS, raw=ROWS).version == "3"
