"""The research formats as they really arrive: other separators, encodings, headings, workbooks, damage.

The rows are invented, in the layout of the source.
"""

from __future__ import annotations

import csv
import io
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import openpyxl
import polars as pl
import pytest

from mapping.datasets import shipped, source
from mapping.readers import read
from mapping.validate import rejects_frame, validate

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from mapping.readers.base import Reading

UCDP = {
    "id": "900001", "relid": "IRQ-2016-1-1-1", "year": "2016", "type_of_violence": "1", "dyad_name": "A - B",
    "side_a": "A", "side_b": "B", "number_of_sources": "2", "source_article": '"Post,2016-02-04,x";"Times,2016-02-03,y"',
    "source_office": "Post;Times", "source_date": "2016-02-04;2016-02-03", "source_headline": "Two\nlines; 1,5",
    "where_prec": "2", "where_coordinates": "Hit town", "adm_1": "Anbar province", "adm_2": "Hit district",
    "latitude": "33.6416", "longitude": "42.8251", "country": "Iraq", "date_prec": "1", "date_start": "2016-02-13",
    "date_end": "2016-02-13", "best": "2", "high": "3", "low": "1",
}  # fmt: skip
ACLED = {
    "event_id_cnty": "IRQ900001", "event_date": "2016-02-13", "year": "2016", "time_precision": "2",
    "event_type": "Explosions/Remote violence", "sub_event_type": "Grenade", "actor1": "A", "assoc_actor_1": "C; D",
    "inter1": "Rebel group", "actor2": "", "inter2": "0", "interaction": "20", "iso": "368", "country": "Iraq",
    "admin1": "Al Anbar", "admin2": "Heet", "location": "Hit", "latitude": "33.6416", "longitude": "42.8251",
    "geo_precision": "1", "source": "Post; Times", "notes": "Two\nlines; 1,5", "fatalities": "2", "tags": "",
    "timestamp": "1721200000",
}  # fmt: skip
GTD = {
    "eventid": "201602130001", "iyear": "2016", "imonth": "2", "iday": "13", "country_txt": "Iraq",
    "provstate": "Al Anbar", "city": "Hit", "latitude": "33.6416", "longitude": "42.8251", "specificity": "1",
    "summary": "Two\nlines; 1,5", "success": "1", "suicide": "0", "attacktype1_txt": "Armed Assault",
    "target1": "Checkpoint", "gname": "Frente Inventado Ñ", "guncertain1": "0", "nperps": "-99", "claimed": "1",
    "weaptype1_txt": "Firearms", "nkill": "2", "nwound": "-9", "scite1": "Post",
}  # fmt: skip
ROWS = {"ucdp": UCDP, "acled": ACLED, "gtd": GTD}

EXPECTED = {
    "ucdp": (date(2016, 2, 13), date(2016, 2, 13), "day", "IQ", "near", 33.6416, 42.8251, 2, "Two\nlines; 1,5"),
    "acled": (date(2016, 2, 10), date(2016, 2, 16), "week", "IQ", "town", 33.6416, 42.8251, 2, "Two\nlines; 1,5"),
    "gtd": (date(2016, 2, 13), date(2016, 2, 13), "day", "IQ", "town", 33.6416, 42.8251, 2, "Two\nlines; 1,5"),
}
SHOWN = (
    "date_start", "date_end", "date_precision", "country_iso2", "geo_precision", "latitude", "longitude",
    "fatalities_best", "summary",
)  # fmt: skip


def table(rows: list[dict[str, str]], **dialect: Any) -> str:
    stream = io.StringIO()
    writer = csv.DictWriter(stream, list(rows[0]), **({"lineterminator": "\n"} | dialect))
    writer.writeheader()
    writer.writerows(rows)
    return stream.getvalue()


def european(row: dict[str, str]) -> dict[str, str]:
    """As Excel of a European country saves it: decimal commas, the day before the month."""
    days = {name: f"{value[8:]}/{value[5:7]}/{value[:4]}" for name, value in row.items() if value == "2016-02-13"}
    return row | days | {axis: row[axis].replace(".", ",") for axis in ("latitude", "longitude")}


def typed(text: str) -> object:
    """As a cell of a workbook holds it."""
    for kind in (int, float, datetime.fromisoformat):
        try:
            return kind(text)  # type: ignore[operator]
        except ValueError:
            continue
    return text or None


def workbook(row: dict[str, str], path: Path, convert: Callable[[str], object]) -> None:
    book = openpyxl.Workbook()
    book.active.append(list(row))
    book.active.append([convert(text) for text in row.values()])
    book.save(path)


def write(row: dict[str, str], layout: str, folder: Path) -> Path:
    path = folder / ("file.xlsx" if "workbook" in layout else "file.csv")
    if layout == "bom":
        path.write_text(table([row]), encoding="utf-8-sig")
    elif layout == "upper case":
        path.write_text(table([{name.upper(): value for name, value in row.items()}]), encoding="utf-8")
    elif layout == "spaced headings":
        path.write_text(table([{f" {name.replace('_', ' ')} ": text for name, text in row.items()}]), encoding="utf-8")
    elif layout == "reversed":
        path.write_text(table([dict(reversed(row.items()))]), encoding="utf-8")
    elif layout == "all quoted":
        path.write_text(table([row], quoting=csv.QUOTE_ALL, lineterminator="\r\n"), encoding="utf-8", newline="")
    elif layout == "european":
        path.write_text(table([european(row)], delimiter=";"), encoding="utf-8-sig")
    elif layout == "tabs in utf-16":
        path.write_text(table([row], delimiter="\t"), encoding="utf-16")
    elif layout == "latin-1":
        path.write_text(table([row]), encoding="latin-1")
    elif layout == "pandas":
        floats = {name: f"{text}.0" for name, text in row.items() if text.removeprefix("-").isdecimal()}
        path.write_text(table([row | floats]), encoding="utf-8")
    else:
        workbook(row, path, str if layout == "workbook of text" else typed)
    return path


def checked(path: Path) -> tuple[Reading, pl.DataFrame, pl.DataFrame]:
    reading = read(path)
    found = validate(reading.incidents, file=path.name, headings=reading.headings, published=reading.published)
    rejects = rejects_frame(reading.raw, pl.concat([reading.malformed, found.problems]))
    assert reading.raw.height == found.accepted.height + rejects.height
    return reading, found.accepted, rejects


@pytest.mark.parametrize("reader", ROWS)
@pytest.mark.parametrize(
    "layout",
    [
        "bom", "upper case", "spaced headings", "reversed", "all quoted", "european", "tabs in utf-16", "latin-1",
        "pandas", "workbook of text", "workbook",
    ],
)  # fmt: skip
def test_every_layout_is_read_the_same(reader: str, layout: str, tmp_path: Path) -> None:
    reading, accepted, _ = checked(write(ROWS[reader], layout, tmp_path))
    assert reading.reader == reader
    assert accepted.select(SHOWN).rows() == [EXPECTED[reader]]
    assert accepted["incident_id"].to_list() == [next(iter(ROWS[reader].values()))]


@pytest.mark.parametrize(
    ("reader", "code", "bad"),
    [
        ("ucdp", "where_prec", "9"), ("ucdp", "date_prec", "0"), ("ucdp", "best", "many"), ("ucdp", "latitude", "91"),
        ("acled", "geo_precision", "4"), ("acled", "time_precision", "x"), ("acled", "event_date", "2016-02-30"),
        ("acled", "fatalities", "-1"), ("gtd", "specificity", "7"), ("gtd", "nkill", "some"), ("gtd", "longitude", "-86185896"),
    ],
)  # fmt: skip
def test_a_bad_cell_is_told_by_its_row_and_its_own_heading(reader: str, code: str, bad: str, tmp_path: Path) -> None:
    row = ROWS[reader]
    key = next(iter(row))
    path = tmp_path / "file.csv"
    path.write_text(table([row, row | {key: "2", code: bad}]), encoding="utf-8")
    reading = read(path)
    found = validate(reading.incidents, file=path.name, headings=reading.headings, published=reading.published)
    assert found.accepted.height == 1
    # The text of row 2 takes two lines of the file.
    assert found.problems.filter("rejected").select("row", "column", "value").rows() == [(3, code, bad)]


@pytest.mark.parametrize(
    ("reader", "code", "allowed"),
    [
        ("ucdp", "where_prec", "1, 2, 3, 4, 5, 6, 7"), ("ucdp", "date_prec", "1, 2, 3, 4, 5"), ("ucdp", "type_of_violence", "1, 2, 3"),
        ("acled", "geo_precision", "1, 2, 3"), ("acled", "time_precision", "1, 2, 3"), ("gtd", "specificity", "1, 2, 3, 4, 5"),
    ],
)  # fmt: skip
def test_a_bad_code_names_the_codes_of_its_codebook(reader: str, code: str, allowed: str, tmp_path: Path) -> None:
    path = tmp_path / "file.csv"
    path.write_text(table([ROWS[reader] | {code: "99"}]), encoding="utf-8")
    reading = read(path)
    found = validate(reading.incidents, file=path.name, headings=reading.headings, codes=reading.codes, published=True)
    told = found.problems.filter(pl.col("column") == code).row(0, named=True)
    assert (told["value"], told["allowed"]) == ("99", allowed)
    assert "town" not in told["message"]


@pytest.mark.parametrize("reader", ROWS)
def test_a_column_named_source_row_is_not_the_row(reader: str, tmp_path: Path) -> None:
    path = tmp_path / "file.csv"
    path.write_text(table([{"Source Row": "77"} | ROWS[reader]]), encoding="utf-8")
    assert read(path).incidents["source_row"].to_list() == [2]


@pytest.mark.parametrize("reader", ROWS)
def test_rejects_are_mended_and_read_again(reader: str, tmp_path: Path) -> None:
    row = ROWS[reader]
    path, mended = tmp_path / "file.csv", tmp_path / "mended.csv"
    path.write_text(table([row, row | {"latitude": "north"}]), encoding="utf-8")
    _, _, rejects = checked(path)
    assert rejects.height == 1
    rejects.with_columns(pl.lit("33.6416").alias("latitude")).write_csv(mended)
    reading, accepted, _ = checked(mended)
    assert (reading.reader, accepted.select(SHOWN).rows()) == (reader, [EXPECTED[reader]])


@pytest.mark.parametrize("reader", ROWS)
def test_a_row_with_too_few_fields_stays_behind_and_the_others_go_on(reader: str, tmp_path: Path) -> None:
    row = ROWS[reader]
    path = tmp_path / "file.csv"
    path.write_text(table([row]) + "1,2,3\n", encoding="utf-8")
    _, accepted, rejects = checked(path)
    assert (accepted.height, rejects.height) == (1, 1)


def test_an_older_upload_of_an_event_stays_behind(tmp_path: Path) -> None:
    path = tmp_path / "file.csv"
    newer = ACLED | {"timestamp": "1721300000", "fatalities": "5"}
    path.write_text(table([ACLED, newer]), encoding="utf-8")
    _, accepted, rejects = checked(path)
    assert (accepted["fatalities_best"].to_list(), rejects["fatalities"].to_list()) == ([5], ["2"])


@pytest.mark.parametrize(("reader", "passed_on"), [("ucdp", True), ("acled", False), ("gtd", False)])
def test_terms_travel_with_the_reading(reader: str, passed_on: bool, tmp_path: Path) -> None:
    reading = read(write(ROWS[reader], "bom", tmp_path))
    assert reading.redistributable is passed_on
    assert reading.licence
    assert reading.citation
    assert reading.published


def test_both_real_ucdp_files_lose_no_row(shared_data: Path) -> None:
    for name, height in (("ged_v23_1_sample.csv", 972), ("ged_syria_2016_2017.csv", 11_757)):
        reading, accepted, rejects = checked(shared_data / "ucdp" / name)
        assert (reading.reader, accepted.height, rejects.height) == ("ucdp", height, 0)


def test_the_shipped_slice_is_what_its_entry_says() -> None:
    path = "examples/ucdp_ged_23_1_iraq_syria.csv"
    reading, accepted, _ = checked(shipped(path))
    assert (reading.reader, accepted.height) == ("ucdp", source(path).rows)
    assert set(accepted["country_iso2"]) == {"IQ", "SY"}
