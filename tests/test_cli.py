"""The command line as people run it: a process, its files, its exit status."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
STARTER = ROOT / "data" / "incidents" / "incidents.csv"
BAD = "incident_id,date_start,country,latitude,longitude,event_type\na,2024-13-45,Iraq,33,44,IED\nb,2024-01-02,Iraq,33,44,IED\n"


def run(*arguments: object, home: Path | None = None) -> subprocess.CompletedProcess[str]:
    environment = os.environ | ({"INCIDENT_ATLAS_HOME": str(home)} if home else {})
    return subprocess.run(
        [sys.executable, "-m", "mapping", *map(str, arguments)],
        cwd=ROOT, capture_output=True, text=True, encoding="utf-8", env=environment, timeout=120, check=False,
    )  # fmt: skip


def test_convert_writes_every_row(tmp_path: Path) -> None:
    done = run("convert", STARTER, "-o", tmp_path / "out.geojson", "--json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["rows"] == 250
    written = json.loads((tmp_path / "out.geojson").read_text(encoding="utf-8"))
    with STARTER.open(encoding="utf-8") as stream:
        assert [feature["id"] for feature in written["features"]] == [
            row["incident_id"] for row in csv.DictReader(stream)
        ]


def test_a_terminal_obeys_nothing_of_a_file(tmp_path: Path) -> None:
    bad = tmp_path / "bad.csv"
    bad.write_text("date,country,latitude,longitude\n\x1b[31mred,Iraq,33,44\n2024-01-01,Iraq,33,44\n", encoding="utf-8")
    for done in (run("check", bad), run("convert", bad, "-o", tmp_path / "out.csv")):
        assert "[31mred" in done.stdout + done.stderr
        assert "\x1b" not in done.stdout + done.stderr


def test_a_publication_leaves_out_what_may_not_be_passed_on_and_says_how_much(tmp_path: Path) -> None:
    table = tmp_path / "mine.csv"
    table.write_text("date,place,country,licence\n2024-01-03,Hit,Iraq,No redistribution\n2024-01-04,Hit,Iraq,CC0\n")
    done = run("convert", table, STARTER, "-o", tmp_path / "out.geojson", "--for-publication", "--json")
    assert json.loads(done.stdout)["rows"] == 251
    said = "For publication, 1 of 252 rows is left out: the terms of its dataset (mine: 1) forbid passing it on."
    assert said in done.stderr
    written = json.loads((tmp_path / "out.geojson").read_text(encoding="utf-8"))
    assert (len(written["features"]), written["metadata"]["left_out"]["rows"]) == (251, 1)
    assert written["metadata"]["notice"] == said


def test_convert_filters_by_province_and_dates(tmp_path: Path) -> None:
    target = tmp_path / "out.geojson"
    done = run("convert", STARTER, "-o", target, "--province", "IQ-AN", "--from", "2024-07-01", "--to", "2024-07-31")
    assert done.returncode == 0, done.stderr
    rows = [feature["properties"] for feature in json.loads(target.read_text(encoding="utf-8"))["features"]]
    assert len(rows) == 2
    assert all(row["adm1_code"] == "IQ-AN" and row["date_start"].startswith("2024-07") for row in rows)


def test_bad_rows_are_named_and_kept_apart(tmp_path: Path) -> None:
    bad, rejects = tmp_path / "bad.csv", tmp_path / "rejects.csv"
    bad.write_text(BAD, encoding="utf-8")
    done = run("convert", bad, "-o", tmp_path / "out.csv", "--rejects", rejects, "--strict")
    assert done.returncode == 1
    assert "bad.csv" in done.stderr and "2024-13-45" in done.stderr and "date_start" in done.stderr
    mended = rejects.read_text(encoding="utf-8-sig").replace("2024-13-45", "2024-12-05")
    rejects.write_text(mended, encoding="utf-8")
    again = run("convert", rejects, "-o", tmp_path / "again.csv", "--json", "--strict")
    assert (again.returncode, json.loads(again.stdout)["rows"]) == (0, 1), again.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["convert", "no-such-file.csv", "-o", "out.csv"], "no-such-file.csv"),
        (["convert", str(STARTER), "-o", "out.doc"], ".geojson"),
        (["convert", str(STARTER), "-o", "out.csv", "--province", "Atlantis"], "Atlantis"),
        (["convert", str(STARTER), "-o", "out.csv", "--from", "2024-07-02", "--to", "2024-07-01"], "upside down"),
        (["convert", str(STARTER), "-o", "no-such-folder/out.csv"], "no-such-folder"),
        (["locate"], "--input"),
        (["locate", "Mosul", "--score-at-least", "0.9"], "is for a table"),
    ],
)  # fmt: skip
def test_what_cannot_be_done_is_a_sentence_and_status_2(arguments: list[str], said: str) -> None:
    done = run(*arguments)
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("text", ["Ain al-Assad base, Anbar", "قاعدة عين الأسد، الأنبار"])
def test_locate_finds_the_base(text: str) -> None:
    done = run("locate", text, "--country", "IQ", "--json")
    assert done.returncode == 0, done.stderr
    best = json.loads(done.stdout)[0]
    assert best["latitude"] == pytest.approx(33.7856, abs=0.02)
    assert best["longitude"] == pytest.approx(42.4412, abs=0.02)


def test_locate_table_keeps_its_columns_and_rows(tmp_path: Path) -> None:
    table, target = tmp_path / "places.csv", tmp_path / "located.csv"
    table.write_text("nr,where,gov\n007,Mosul,Nineveh\n008,?,\nNA,Nowhere at all,Anbar\n", encoding="utf-8")
    done = run("locate", "--input", table, "--place-column", "where", "--province-column", "gov", "-o", target)
    assert done.returncode == 0, done.stderr
    with target.open(encoding="utf-8-sig") as stream:
        rows = list(csv.DictReader(stream))
    assert list(rows[0])[:3] == ["nr", "where", "gov"]
    assert [row["nr"] for row in rows] == ["007", "008", "NA"]
    assert float(rows[0]["latitude"]) == pytest.approx(36.34, abs=0.1)
    assert [row["latitude"] for row in rows[1:]] == ["", ""]
    assert all(row["geo_reason"] for row in rows)


def test_import_then_export_round_trip(tmp_path: Path) -> None:
    example = ROOT / "data" / "examples" / "ucdp_ged_23_1_iraq_syria.csv"
    done = run("import", example, "--name", "slice", home=tmp_path / "home")
    assert done.returncode == 0, done.stderr
    target = tmp_path / "out.geojson"
    done = run("export", "-o", target, "--dataset", "slice", "--json", home=tmp_path / "home")
    assert done.returncode == 0, done.stderr
    written = json.loads(target.read_text(encoding="utf-8"))
    assert len(written["features"]) == json.loads(done.stdout)["rows"] > 100
    listed = json.loads(run("sources", "--json", home=tmp_path / "home").stdout)
    assert "slice" in {entry["title"] for entry in listed}


def test_no_file_is_written_over_what_is_read(tmp_path: Path) -> None:
    mine = tmp_path / "mine.csv"
    mine.write_text(BAD, encoding="utf-8")
    for arguments in (["-o", mine], ["-o", tmp_path / "out.csv", "--rejects", tmp_path / "out.csv"]):
        assert run("convert", mine, *arguments).returncode == 2
    assert mine.read_text(encoding="utf-8") == BAD


def test_swapped_coordinates_are_remarked_upon(tmp_path: Path) -> None:
    mine = tmp_path / "mine.csv"
    mine.write_text("date,country,province,lat,lon\n2024-01-02,Iraq,Anbar,43.3,33.4\n", encoding="utf-8")
    done = run("convert", mine, "-o", tmp_path / "out.geojson")
    assert done.returncode == 0
    assert "exchanged" in done.stderr
    [feature] = json.loads((tmp_path / "out.geojson").read_text(encoding="utf-8"))["features"]
    assert feature["properties"]["adm1_agrees"] is False


def test_check_lists_every_problem(tmp_path: Path) -> None:
    bad = tmp_path / "bad.csv"
    bad.write_text(BAD, encoding="utf-8")
    found = json.loads(run("check", bad, "--json").stdout)
    assert (found["accepted"], found["rejected"]) == (1, 1)
    assert any(problem["row"] == 2 and problem["column"] == "date_start" for problem in found["problems"])
