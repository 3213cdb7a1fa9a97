"""Uploads: their names are never paths, and what is wrong is said under their own name."""

from __future__ import annotations

import tempfile
from pathlib import Path
from types import SimpleNamespace

import pytest

from mapping.errors import MappingError, UnknownFormat
from mapping.pages.upload import Upload, processed, rejects_file, table, under_its_name


def work(name: str, content: bytes) -> object:
    return processed(Upload("t", name, content), columns=None, date_order=None, progress=lambda _step, _done: None)


@pytest.mark.parametrize("name", ["../../a.exe", "noending", "a.csv/..", ".", ""])
def test_other_endings_are_refused(name: str) -> None:
    with pytest.raises(UnknownFormat, match="Save it as one of these"):
        work(name, b"date,place\n2024-07-16,Hit\n")


def test_a_name_is_no_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    done = work("../../../up.csv", b"date,country,place\n2024-07-16,Iraq,Hit\nsoon,Iraq,Hit\n")
    assert done.reading.path == Path("up.csv")
    assert done.incidents["dataset"].to_list() == ["up"]
    assert b"soon" in rejects_file(done)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("content", [b"", b"a,b\n1,2\n", b"\x89PNG\r\n\x1a\n"])
def test_what_is_wrong_is_said_under_its_own_name(content: bytes) -> None:
    with pytest.raises(MappingError) as told:
        work("mine.csv", content)
    assert "mine.csv" in str(told.value)
    assert "upload" not in str(told.value)
    assert tempfile.gettempdir() not in str(told.value)


def test_a_table_that_is_not_understood_is_still_a_table() -> None:
    assert table(Upload("t", "a.csv", b"a,b\n1,2\n")).columns == ["a", "b"]
    assert table(Upload("t", "a.csv", b"")) is None


@pytest.mark.parametrize("name", ["..", "", "/", "../../x.csv", "a" * 5000 + ".csv", "x\0y.csv", "\ud800.csv"])
def test_no_name_of_an_upload_is_a_path(name: str) -> None:
    handed_in = SimpleNamespace(name=name, getvalue=lambda: b"name")
    with under_its_name(handed_in) as path:
        assert path.read_bytes() == b"name"
        assert path.parent.name.startswith("incident-atlas-")
