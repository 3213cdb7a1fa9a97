"""Frames one after another go out as one frame of them would, and what may not go out does not."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl
import pyogrio
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mapping.errors import UnreadableFile
from mapping.exports import FORMATS, Metadata, notice, publishable, rows_of, write
from mapping.exports.counts import counts
from mapping.schema import conform

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
ABOUT = Metadata(title="Parts", generated=datetime(2026, 11, 25, tzinfo=UTC))
ROWS = conform(
    pl.DataFrame(
        {
            "incident_id": [str(number) for number in range(60)],
            "dataset": ["acled", "mine", "mine"] * 20,
            "licence": ["no redistribution", "CC0", None] * 20,
            "place_id": ["learned:Mine: all:1", "added:Other:7", "gn:1", None] * 15,
            "geo_method": ["learned", "source"] * 30,
            "latitude": [33.5, None, 34.00000001] * 20,
            "longitude": 44.0,
        }
    )
)


def frames(cuts: list[int]) -> Iterator[pl.DataFrame]:
    edges = [0, *sorted(cuts), ROWS.height]
    for first, last in pairwise(edges):
        yield ROWS[first:last]


def content(file: Path) -> object:
    """What the file holds, without the time that a GeoPackage and a workbook were made."""
    if file.suffix == ".parquet":
        return pl.read_parquet(file).rows()
    layer = {".gpkg": "incidents", ".xlsx": "Incidents"}.get(file.suffix)
    if layer:
        return pyogrio.read_dataframe(file, layer=layer).astype(str).to_dict("records")
    return file.read_bytes()


@pytest.mark.parametrize("kind", FORMATS)
def test_frames_go_out_as_one(kind: str, tmp_path: Path) -> None:
    one, several = tmp_path / f"one.{kind}", tmp_path / f"several.{kind}"
    said = write(ROWS, one, metadata=ABOUT)
    with rows_of(frames([0, 7, 7, 50]), beside=several) as rows:
        assert write(rows, several, metadata=ABOUT) == said
    assert content(several) == content(one)
    assert sorted(tmp_path.iterdir()) == [one, several]


@settings(max_examples=25, deadline=None)
@given(
    cuts=st.lists(st.integers(0, 60), max_size=4), lists=st.lists(st.sampled_from(["Mine: all", "Other"]), unique=True)
)
def test_nothing_that_may_not_be_passed_on_slips_through(cuts: list[int], lists: list[str]) -> None:
    kept, left_out = publishable(ROWS, lists=lists)
    with rows_of(frames(cuts)) as rows:
        published, told = rows.publishable(lists=lists)
        whole = published.whole()
    assert whole.equals(kept.with_columns(pl.col("latitude").round(7)))
    assert told == left_out
    by_all = pl.exclude("rows")
    assert published.counts.sort(by_all).equals(counts(whole).sort(by_all))


def test_what_the_frames_come_from_says_its_own_sentence() -> None:
    def frames() -> Iterator[pl.DataFrame]:
        raise UnreadableFile("a.csv: there is no such file.")
        yield

    with pytest.raises(UnreadableFile, match=r"^a\.csv: there is no such file\.$"), rows_of(frames()):
        pass


def test_no_frames_make_a_file(tmp_path: Path) -> None:
    for kind in FORMATS:
        file = tmp_path / f"none.{kind}"
        with rows_of(iter(()), beside=file) as rows:
            assert write(rows, file, metadata=ABOUT)["counts"]["shown"] == 0
        assert file.stat().st_size


_ENDLESS = """
import sys
from itertools import repeat
from pathlib import Path
import polars as pl
from mapping.exports import Metadata, rows_of, write
frame = pl.DataFrame({"incident_id": [str(n) for n in range(1000)]})
with rows_of(repeat(frame), beside=Path(sys.argv[1])) as rows:
    write(rows, Path(sys.argv[1]), metadata=Metadata(title="Endless"))
"""


def test_an_interrupt_leaves_the_earlier_file_and_nothing_else(tmp_path: Path) -> None:
    file = tmp_path / "out.geojson"
    file.write_text("earlier")
    child = subprocess.Popen([sys.executable, "-c", _ENDLESS, file], cwd=ROOT, stderr=subprocess.DEVNULL)
    while len(list(tmp_path.iterdir())) == 1 and child.poll() is None:
        time.sleep(0.02)
    child.send_signal(signal.SIGINT)
    assert child.wait(30) != 0
    assert file.read_text() == "earlier"
    assert list(tmp_path.iterdir()) == [file]


_FULL = """
import resource, signal, sys
from pathlib import Path
import polars as pl
from mapping.errors import UnwritableFile
from mapping.exports import Metadata, rows_of, write
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
frame = pl.DataFrame({"incident_id": [str(n * 7919) for n in range(20_000)]})
resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))
try:
    with rows_of(iter([frame]), beside=Path(sys.argv[1])) as rows:
        write(rows, Path(sys.argv[1]), metadata=Metadata(title="Full"))
except UnwritableFile as error:
    print(error)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="a full disk is feigned by a POSIX limit")
def test_a_disk_full_of_rows_leaves_the_earlier_file(tmp_path: Path) -> None:
    file = tmp_path / "out.geojson"
    file.write_text("earlier")
    done = subprocess.run([sys.executable, "-c", _FULL, file], cwd=ROOT, capture_output=True, text=True, check=True)
    assert "has no room for the rows of this export" in done.stdout
    assert file.read_text() == "earlier"
    assert list(tmp_path.iterdir()) == [file]


def test_a_table_with_rows_of_its_own_is_not_taken_for_counts() -> None:
    assert "1 of these 2 rows" in notice(
        pl.DataFrame({"dataset": "a", "licence": ["no redistribution", ""], "rows": 9})
    )
    assert "20 of these 60 rows" in notice(counts(ROWS))
