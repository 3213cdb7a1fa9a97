"""Corrections in the store: added, taken back, never lost."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import create_engine, text

from mapping.errors import InvalidValue, StoreError
from mapping.geocoder.corrections import CORRECTIONS, LEFT_UNKNOWN, draw
from mapping.store import Store

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[2]
ASKS = {
    "place": "عين الأسد",
    "country_iso2": "IQ",
    "adm1_claimed": None,
    "adm2_claimed": "'; DROP TABLE corrections; --",
}


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path) as opened:
        yield opened


def test_what_is_added_comes_back_as_it_was(store: Store) -> None:
    assert store.corrections.all().is_empty()
    assert list(store.corrections.all().schema) == ["id", *CORRECTIONS]
    store.corrections.add(ASKS | draw(33.8, 42.4, "site", radius_km=1.5, note="told")._asdict())
    with Store(store.home) as again:
        row = again.corrections.all().row(0, named=True)
    assert {name: row[name] for name in ASKS} == ASKS
    assert (row["latitude"], row["radius_km"], row["geo_precision"], row["note"]) == (33.8, 1.5, "site", "told")
    assert row["decided_at"].endswith("+00:00")


def test_undo_marks_and_never_deletes(store: Store) -> None:
    first = store.corrections.add(ASKS | LEFT_UNKNOWN._asdict())
    second = store.corrections.add(ASKS | draw(33.8, 42.4, "site", radius_km=1)._asdict())
    store.corrections.undo(second)
    assert store.corrections.all()["id"].to_list() == [first]
    for number in (second, 99):
        with pytest.raises(InvalidValue, match=f"no correction {number}"):
            store.corrections.undo(number)
    engine = create_engine(f"sqlite:///{store.home / 'index.sqlite'}")
    with engine.connect() as connection:
        lines = connection.execute(text("SELECT id, removed_at IS NULL FROM corrections ORDER BY id")).all()
    engine.dispose()
    assert lines == [(first, 1), (second, 0)]


def test_many_are_added_all_or_none(store: Store) -> None:
    good = ASKS | LEFT_UNKNOWN._asdict()
    with pytest.raises(StoreError, match="NOT NULL"):
        store.corrections.add(good, good | {"place": None})
    assert store.corrections.all().is_empty()


def test_a_store_of_before_gets_its_table(store: Store) -> None:
    engine = create_engine(f"sqlite:///{store.home / 'index.sqlite'}")
    with engine.begin() as connection:
        connection.execute(text("DROP TABLE corrections"))
    engine.dispose()
    with Store(store.home) as again:
        assert again.corrections.add(ASKS | LEFT_UNKNOWN._asdict()) == 1


def test_threads_share_it(store: Store) -> None:
    def add_and_read(number: int) -> bool:
        made = store.corrections.add(ASKS | LEFT_UNKNOWN._asdict() | {"note": str(number)})
        return made in store.corrections.all()["id"]

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(add_and_read, range(24)))
    assert store.corrections.all()["note"].n_unique() == 24


_ADDS = """
import sys
from pathlib import Path
from mapping.store import Store
with Store(Path(sys.argv[1])) as store:
    print("ready", flush=True)
    sys.stdin.readline()
    for number in range(int(sys.argv[3])):
        note = f"{sys.argv[2]} {number}"
        store.corrections.add({"place": "Hit", "geo_precision": "none", "note": note})
        print(note, flush=True)
"""


def adding(home: Path, who: str, how_many: int) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-c", _ADDS, str(home), who, str(how_many)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT,
    )  # fmt: skip
    assert process.stdout is not None and process.stdin is not None and process.stdout.readline() == "ready\n"
    return process


def begin(process: subprocess.Popen[str]) -> None:
    assert process.stdin is not None
    process.stdin.write("go\n")
    process.stdin.flush()


def test_two_processes_lose_nothing(tmp_path: Path) -> None:
    processes = [adding(tmp_path, who, 20) for who in ("one", "two")]
    for process in processes:
        begin(process)
    said = [line for process in processes for line in process.communicate(timeout=120)[0].splitlines()]
    with Store(tmp_path) as store:
        assert sorted(store.corrections.all()["note"]) == sorted(said)
    assert len(said) == 40


def test_a_kill_loses_nothing_that_was_said(tmp_path: Path) -> None:
    for attempt in range(3):
        process = adding(tmp_path, f"attempt {attempt}", 1_000_000)
        begin(process)
        assert process.stdout is not None
        first = process.stdout.readline().strip()  # so that something was said, however slow the machine
        time.sleep(random.Random(attempt).uniform(0, 0.4))
        process.kill()
        said = [first, *process.communicate()[0].splitlines()]
        with Store(tmp_path) as store:
            assert set(said) <= set(store.corrections.all()["note"])
