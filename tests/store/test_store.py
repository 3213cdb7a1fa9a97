"""The store: versions never change, and neither kills, full disks nor crowds lose one."""

from __future__ import annotations

import json
import os
import random
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from pathlib import Path

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from mapping.errors import InvalidValue, StoreError, UnknownDataset
from mapping.schema import SCHEMA, conform
from mapping.store import Store, default_home

ROOT = Path(__file__).parents[2]

ROWS = pl.DataFrame(
    {
        "incident_id": ["a", "b"],
        "source_row": [2, 4],
        "date_start": [date(2024, 7, 16), None],
        "place": ["قاعدة عين الأسد", "NA"],
        "licence": [None, "CC0"],
    }
)
RAW = pl.DataFrame({"Ort": ["قاعدة عين الأسد", "?", "NA"], "": [None, "x", ""], "source_row": [2, 3, 4]})


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path / "home") as opened:
        yield opened


def test_a_store_of_before_learns_how_sure_a_place_had_to_be(store: Store) -> None:
    store.add("mine", ROWS, raw=RAW)
    with sqlite3.connect(store.home / "index.sqlite") as index:
        index.execute("ALTER TABLE versions DROP COLUMN score_at_least")
    index.close()
    with Store(store.home) as again:
        assert again.datasets()[0].score_at_least is None
        assert again.add("mine", ROWS, raw=RAW, score_at_least=0.9).version == "2"
        assert again.datasets()[0].score_at_least == 0.9


def test_what_is_added_is_read(store: Store) -> None:
    version = store.add(
        "mine", ROWS, raw=RAW, rejects=RAW.filter(source_row=3), licence="CC BY 4.0", citation="Me 2024",
        reader="table", source_file="../../etc/my file.csv", notes=["comma"],
    )  # fmt: skip
    assert (version.dataset, version.version, version.rows, version.rejected) == ("mine", "1", 2, 1)
    assert (version.source_file, version.notes, version.repeated) == ("my file.csv", ("comma",), False)
    assert abs(datetime.now(UTC) - version.imported_at).total_seconds() < 3600
    expected = conform(ROWS).with_columns(
        dataset=pl.lit("mine"),
        dataset_version=pl.lit("1"),
        licence=pl.Series(["CC BY 4.0", "CC0"]),
        citation=pl.lit("Me 2024"),
    )
    assert_frame_equal(store.read("mine"), expected)
    assert_frame_equal(store.read(), expected)
    assert store.datasets() == store.versions("mine") == [version]
    assert store.listing()[0].items() >= {"title": "mine", "version": "1", "rows": 2, "citation": "Me 2024"}.items()


def test_raw_rows_and_rejects_are_as_in_the_file(store: Store) -> None:
    store.add("mine", ROWS, raw=RAW, rejects=RAW.filter(source_row=3))
    assert store.raw_row("mine", "1", 4) == {"Ort": "NA", "": ""}
    assert_frame_equal(store.rejects("mine"), RAW.filter(source_row=3))
    with pytest.raises(UnknownDataset, match="no row 9"):
        store.raw_row("mine", "1", 9)


def test_the_same_again_is_no_new_version(store: Store) -> None:
    first = store.add("mine", ROWS, raw=RAW, licence="CC0")
    again = store.add("mine", pl.concat([ROWS.head(1), ROWS.tail(1)], rechunk=False), raw=RAW, licence="CC0")
    assert again.repeated
    assert (again.version, again.imported_at) == (first.version, first.imported_at)
    assert len(store.versions("mine")) == 1


def test_other_content_or_terms_are_the_next_version(store: Store) -> None:
    store.add("mine", ROWS, raw=RAW)
    assert store.add("mine", ROWS.head(1), raw=RAW).version == "2"
    assert store.add("mine", ROWS.head(1), raw=RAW, licence="CC0").version == "3"
    assert store.add("mine", ROWS, raw=RAW).version == "4"
    assert store.read("mine", "1")["dataset_version"].to_list() == ["1", "1"]
    assert store.read("mine", "2").height == 1
    assert store.read("mine")["dataset_version"].unique().to_list() == ["4"]
    assert [version.version for version in store.versions("mine")] == ["1", "2", "3", "4"]


def test_the_newest_of_each_dataset_is_read(store: Store) -> None:
    assert store.read().schema == pl.Schema(SCHEMA)
    store.add("theirs", ROWS.head(1), raw=RAW)
    store.add("mine", ROWS, raw=RAW)
    store.add("mine", ROWS.tail(1), raw=RAW)
    assert store.read().select("dataset", "dataset_version").rows() == [("mine", "2"), ("theirs", "1")]
    assert [version.dataset for version in store.datasets()] == ["mine", "theirs"]


def test_a_dataset_taken_away_does_not_come_back_with_the_next(store: Store) -> None:
    store.add("mine", ROWS, raw=RAW)
    store.remove("mine")
    assert store.datasets() == []
    with pytest.raises(UnknownDataset, match="It has: none yet"):
        store.read("mine")
    assert store.add("mine", ROWS, raw=RAW).version == "2"
    assert [version.version for version in store.versions("mine")] == ["2"]


def test_what_is_not_there_is_named(store: Store) -> None:
    store.add("mine", ROWS, raw=RAW)
    with pytest.raises(UnknownDataset, match=r'no dataset "yours"\. It has: mine'):
        store.read("yours")
    with pytest.raises(UnknownDataset, match=r"no version 7\. It has: 1"):
        store.read("mine", "7")


@pytest.mark.parametrize("name", ["", "   ", "a\nb", "\0", "x" * 201, "half \ud83d"])
def test_names_that_are_none(store: Store, name: str) -> None:
    with pytest.raises(InvalidValue, match=r"is no name|A name is needed"):
        store.add(name, ROWS, raw=RAW)
    with pytest.raises(InvalidValue, match=r"is no name|A name is needed"):
        store.save_mapping(name, {})


def test_names_are_never_paths(store: Store, tmp_path: Path, shared_data: Path) -> None:
    hostile = ["../../../evil", "/etc/passwd", "C:\\evil", "a/b", "'; DROP TABLE versions; --", "con", "*", "خريطة"]
    hostile += [
        text.strip() for text in json.loads((shared_data / "naughty" / "blns.json").read_text("utf-8"))[200:230]
    ]
    names = sorted({name for name in hostile if name and name.isprintable()})
    for name in names:
        store.add(name, ROWS, raw=RAW, source_file=name)
        assert store.read(name).height == 2
    assert len(store.datasets()) == len(names)
    assert {path.parent for path in tmp_path.rglob("*.parquet")} == {store.home / "versions"}


def test_half_characters_from_a_command_line_are_no_error(store: Store) -> None:
    version = store.add("mine", ROWS, raw=RAW, licence="\udcff", source_file="b\udcff.csv")
    assert (version.licence, version.source_file) == ("?", "b?.csv")


def test_column_mappings_are_kept_by_name(store: Store) -> None:
    store.save_mapping("field notes", {"Ort": "place"})
    store.save_mapping("field notes", {"Ort": "place", "Tag": "date_start"})
    store.save_mapping("other", {})
    with Store(store.home) as again:
        assert again.mappings() == {"field notes": {"Ort": "place", "Tag": "date_start"}, "other": {}}


def test_threads_share_a_store(store: Store) -> None:
    def add_and_read(number: int) -> int:
        store.add("mine", ROWS.with_columns(weapon_count=pl.lit(number)), raw=RAW)
        return store.read("mine").height

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(add_and_read, range(24))) == [2] * 24
    assert len(store.versions("mine")) == 24


_ADDS = """
import sys
from pathlib import Path
import polars as pl
from mapping.store import Store
home, who, how_many = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
print("ready", flush=True)
sys.stdin.readline()
with Store(home) as store:
    for number in range(how_many):
        rows = pl.DataFrame({"incident_id": [f"{who}-{number}"] * (number + 1), "source_row": range(2, number + 3)})
        print(store.add("same name", rows, raw=rows).version, flush=True)
"""


def adding(home: Path, who: str, how_many: int) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-c", _ADDS, str(home), who, str(how_many)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT,
    )  # fmt: skip
    assert process.stdout is not None and process.stdout.readline() == "ready\n"
    return process


def begin(process: subprocess.Popen[str]) -> None:
    assert process.stdin is not None
    process.stdin.write("go\n")
    process.stdin.flush()


def test_processes_that_import_one_name_at_once_lose_nothing(tmp_path: Path) -> None:
    processes = [adding(tmp_path, who, 8) for who in ("one", "two", "three")]
    for process in processes:
        begin(process)
    said = [process.communicate(timeout=120)[0].split() for process in processes]
    assert sorted(int(version) for lines in said for version in lines) == list(range(1, 25))
    with Store(tmp_path) as store:
        found = {store.read("same name", version.version)["incident_id"][0] for version in store.versions("same name")}
    assert found == {f"{who}-{number}" for who in ("one", "two", "three") for number in range(8)}


def test_a_kill_leaves_whole_versions_only(tmp_path: Path) -> None:
    for attempt in range(4):
        process = adding(tmp_path, f"attempt {attempt}", 1_000_000)
        begin(process)
        time.sleep(random.Random(attempt).uniform(0.1, 0.6))
        process.kill()
        said = process.communicate()[0].split()
        with Store(tmp_path) as store:
            kept = store.versions("same name") if said or store.datasets() else []
            assert {version.version for version in kept} >= set(said)
            for version in kept:
                assert store.read("same name", version.version).height == version.rows
                assert store.raw_row("same name", version.version, version.rows + 1)["incident_id"]
    assert kept


def test_what_a_kill_left_is_swept_a_day_later(store: Store) -> None:
    old, new = (store.home / "versions" / f".incident-atlas-{age}" for age in ("old", "new"))
    for folder in (old, new):
        folder.mkdir()
    (old / "rows.parquet").write_bytes(b"half")
    os.utime(old, (time.time() - 100_000,) * 2)
    with Store(store.home):
        assert not old.exists()
        assert new.exists()


_FULL_DISK = """
import resource, signal, sys
from pathlib import Path
import polars as pl
from mapping.errors import StoreError
from mapping.store import Store
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
rows = pl.DataFrame({"incident_id": [str(n * n) for n in range(200_000)], "source_row": range(2, 200_002)})
with Store(Path(sys.argv[1])) as store:
    resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))
    try:
        store.add("mine", rows, raw=rows)
    except StoreError as error:
        print(error)
"""


def test_a_full_disk_leaves_the_earlier_versions(store: Store) -> None:
    store.add("mine", ROWS, raw=RAW)
    done = subprocess.run(
        [sys.executable, "-c", _FULL_DISK, str(store.home)], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert "cannot be used" in done.stdout
    assert "disk has room" in done.stdout
    assert [version.version for version in store.versions("mine")] == ["1"]
    assert list((store.home / "versions").glob(".*")) == []


def test_a_missing_or_damaged_file_is_named(store: Store) -> None:
    store.add("mine", ROWS, raw=RAW)
    for file in (store.home / "versions").iterdir():
        file.write_bytes(b"PAR1 rubbish")
    with pytest.raises(StoreError, match=r"\.parquet is missing or damaged. Put it back"):
        store.read("mine")
    for file in (store.home / "versions").iterdir():
        file.unlink()
    with pytest.raises(StoreError, match=r"\.parquet is missing or damaged. Put it back"):
        store.raw_row("mine", "1", 2)
    assert store.add("mine", ROWS, raw=RAW).repeated
    assert store.read("mine").height == 2


def test_a_damaged_index_is_named(tmp_path: Path) -> None:
    (tmp_path / "index.sqlite").write_bytes(b"rubbish " * 1000)
    with pytest.raises(StoreError, match=r"index\.sqlite is damaged .* Put it back"):
        Store(tmp_path)


def test_a_home_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(StoreError, match=r"cannot be used: Not a directory\. .* set INCIDENT_ATLAS_HOME"):
        Store(tmp_path / "file" / "home")


def test_the_home_is_where_the_user_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INCIDENT_ATLAS_HOME", str(tmp_path / "elsewhere"))
    assert default_home() == tmp_path / "elsewhere"
    with Store() as store:
        assert store.home == tmp_path / "elsewhere"
    monkeypatch.delenv("INCIDENT_ATLAS_HOME")
    assert default_home().name == "incident-atlas"
