"""Many processes give what one gives, whatever becomes of them: real schedulers, real workers, real kills."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import psutil
import pytest
from polars.testing import assert_frame_equal

from mapping.errors import ClusterError, InvalidValue, StoreError, UnwritableFile
from mapping.pipeline import (
    add_gazetteer,
    hired,
    import_file,
    importing,
    process,
    process_in_parts,
    put_together,
    using_own,
)  # fmt: skip
from mapping.pipeline import cluster as on_cluster
from mapping.store import Store

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mapping.pipeline.parts import Over

ROOT = Path(__file__).resolve().parents[2]
SIZE = 20_000
# One place by name, one by its point, a date that could be read both ways, one identifier twice, a row to refuse.
ROW = "{0},{1:02}/0{2}/2024,Iraq,Anbar,{3},{4},{5},{6}\n"


def made(path: Path, *, rows: int = 1500) -> Path:
    """Write a table of `rows` rows, some of them bad."""
    places = ("Hit", "Rutba", "Zanbaqia", "Haditha", "nowhere at all")
    lines = (
        ROW.format(
            f"a{number % (rows - 5)}", number % 12 + 1 if number < rows - 9 else 17, number % 9 + 1, places[number % 5],
            *((33.1 + number % 7 / 10, 43.2) if number % 3 else ("", "")), "-1" if number % 97 == 0 else number % 5,
        )
        for number in range(rows)
    )  # fmt: skip
    path.write_text("id,date,country,governorate,place,latitude,longitude,killed\n" + "".join(lines), encoding="utf-8")
    return path


def dask(*arguments: str, cwd: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "distributed.cli.dask_" + arguments[0], *arguments[1:]],
        cwd=cwd, env=os.environ | {"PYTHONPATH": str(ROOT)}, stderr=subprocess.PIPE, text=True, start_new_session=True,
    )  # fmt: skip


def address_in(process: subprocess.Popen[str]) -> str:
    assert process.stderr is not None
    for line in process.stderr:
        if found := re.search(r"Scheduler at:\s+(tcp://\S+)", line):
            return found[1]
    raise AssertionError("the scheduler did not start")


@contextmanager
def ended(*processes: subprocess.Popen[str]) -> Iterator[None]:
    try:
        yield
    finally:
        for one in processes:
            if one.poll() is None:
                os.killpg(one.pid, signal.SIGKILL)
            one.communicate()


def slow(function: object, folder: Path, part: object) -> object:
    """Do a part, and tell which process does it before it is done."""
    (folder / f"{os.getpid()}").touch()
    time.sleep(0.3)
    return function(part)  # type: ignore[operator]


def killing(over: Over, folder: Path) -> Over:
    """Kill a worker in the middle of a part that it stages."""

    def run(function: object, parts: object) -> Iterator[object]:
        if function.func is not importing._stage_part:  # type: ignore[attr-defined]
            yield from over(function, parts)  # type: ignore[arg-type]
            return
        folder.mkdir()
        answers = iter(over(partial(slow, function, folder), parts))  # type: ignore[arg-type]
        yield next(answers)
        victim = max(folder.iterdir(), key=lambda path: path.stat().st_mtime_ns)
        os.kill(int(victim.name), signal.SIGKILL)
        yield from answers

    return run  # type: ignore[return-value]


def refuse(part: int) -> int:
    if part == 2:
        raise StoreError("The disk is full.")
    return part


def stumble(_: int) -> int:
    raise ValueError("unheard of")


@pytest.fixture(scope="module")
def workers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Over]:
    with hired(workers=2, beside=tmp_path_factory.mktemp("workers")) as over:
        yield over


def test_convert_gives_what_one_machine_gives(workers: Over, tmp_path: Path) -> None:
    path = made(tmp_path / "mine.csv")
    told: list[str] = []
    there = put_together(
        process_in_parts(path, size=SIZE, over=workers, progress=lambda step, _: told.append(step), date_order="dmy")
    )
    here = process(path, date_order="dmy")
    for name in ("incidents", "problems", "rejects"):
        assert_frame_equal(getattr(there, name), getattr(here, name))
    assert here.rejects.height and here.incidents.height > 1400
    assert there.reading.notes == here.reading.notes
    assert told[1:] == [f"Parts done {done} of 4" for done in range(1, 5)]


def test_a_killed_worker_costs_no_row_of_an_import(workers: Over, tmp_path: Path) -> None:
    path = made(tmp_path / "mine.csv")
    with Store(tmp_path / "store") as store:
        there, told = import_file(path, store, name="there", size=SIZE, over=killing(workers, tmp_path / "taken"))
        here, also = import_file(path, store, name="here", size=SIZE)
        assert (there.rows, there.rejected, there.notes) == (here.rows, here.rejected, here.notes)
        assert_frame_equal(store.read("there").drop("dataset"), store.read("here").drop("dataset"))
        assert_frame_equal(store.rejects("there"), store.rejects("here"))
        assert_frame_equal(told.problems, also.problems)
        assert not list((tmp_path / "store" / "versions").glob(".incident-atlas-*"))


def test_what_is_wrong_with_a_part_ends_the_work(workers: Over) -> None:
    with pytest.raises(StoreError, match=r"^The disk is full\.$"):
        list(workers(refuse, range(4)))
    with pytest.raises(
        ClusterError, match=r"^Part 1 of 1 failed 3 times, the last time by ValueError: unheard of\. Nothing"
    ):
        list(workers(stumble, [0]))
    assert list(workers(refuse, [0, 1])) == [0, 1]


def test_a_scheduler_and_workers_elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(on_cluster, "CONNECT_S", 2.0)
    monkeypatch.setattr(on_cluster, "ALONE_S", 1.0)
    scheduler = dask("scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard", cwd=tmp_path)
    with ended(scheduler):
        address = address_in(scheduler)
        with pytest.raises(ClusterError, match="has no workers"), hired(cluster=address, beside=tmp_path):
            pass
        worker = dask("worker", address, "--nthreads", "1", "--no-nanny", "--no-dashboard", cwd=tmp_path)
        with ended(worker):
            monkeypatch.setattr(on_cluster, "CONNECT_S", 30.0)
            path, names, store = made(tmp_path / "mine.csv"), tmp_path / "names.csv", Store(tmp_path / "store")
            names.write_text("name,latitude,longitude,country\nZanbaqia,33.5,42.9,Iraq\n", encoding="utf-8")
            add_gazetteer(store, names)
            with store, hired(cluster=address, beside=tmp_path, files=[path], store=store) as over:
                there = put_together(process_in_parts(path, size=SIZE, over=over))
                with using_own(store):
                    assert_frame_equal(there.incidents, process(path).incidents)
                assert "added:names" in there.incidents["place_id"].str.head(11).to_list()
                os.killpg(worker.pid, signal.SIGKILL)
                with pytest.raises(ClusterError, match="All workers are gone"):
                    list(over(refuse, [0, 1]))
    assert [entry.name for entry in tmp_path.iterdir() if entry.name.startswith(".incident")] == []


def test_an_interrupt_leaves_nothing(tmp_path: Path) -> None:
    script = (
        "import sys, time\nfrom pathlib import Path\nfrom mapping.pipeline import hired\n"
        "if __name__ == '__main__':\n"
        f"    with hired(workers=1, beside=Path({str(tmp_path)!r})) as over:\n"
        "        print('begun', flush=True)\n        list(over(time.sleep, [60] * 4))\n"
    )
    program = tmp_path / "program.py"
    program.write_text(script, encoding="utf-8")
    running = subprocess.Popen(
        [sys.executable, program], cwd=ROOT, env=os.environ | {"PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True,
    )  # fmt: skip
    with ended(running):
        assert running.stdout is not None
        assert running.stdout.readline() == "begun\n"
        begun = psutil.Process(running.pid).children(recursive=True)
        assert len(begun) >= 2
        os.killpg(running.pid, signal.SIGINT)
        running.wait(timeout=60)
        assert psutil.wait_procs(begun, timeout=20)[1] == []
    assert [entry.name for entry in tmp_path.iterdir() if entry.name.startswith(".incident")] == []


def test_what_is_asked_for_must_make_sense(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(on_cluster, "CONNECT_S", 1.0)
    with pytest.raises(InvalidValue, match="give one"), hired(workers=1, cluster="tcp://a:1", beside=tmp_path):
        pass
    with pytest.raises(InvalidValue, match="is no address"), hired(cluster="nonsense", beside=tmp_path):
        pass
    with pytest.raises(UnwritableFile, match="cannot be written"), hired(workers=1, beside=tmp_path / "absent"):
        pass
    with pytest.raises(ClusterError, match="No scheduler answers"), hired(cluster="tcp://127.0.0.1:9", beside=tmp_path):
        pass
