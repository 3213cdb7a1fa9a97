"""Tables: separators, encodings, ragged rows, odd headings, workbooks. Text in, the same text out."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import polars as pl
import pytest
import xlsxwriter
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from mapping.errors import InvalidValue, UnknownFormat, UnreadableFile
from mapping.exports import Metadata, write
from mapping.files import decode
from mapping.formulas import guard_formulas
from mapping.readers import read, read_table
from mapping.readers.tabular.delimited import read_cells, separator_of
from mapping.readers.tabular.names import own_names
from mapping.readers.tabular.records import SEPARATORS, read_by_record
from mapping.readers.tabular.synonyms import HXL, SYNONYMS
from mapping.schema import SCHEMA, conform
from mapping.values import COORDINATES

HEADING = "date,place,killed"


@pytest.fixture
def written(tmp_path: Path) -> Any:
    """Write a table and read it."""

    def write_and_read(content: str | bytes, **options: Any) -> Any:
        file = tmp_path / "mine.csv"
        file.write_bytes(content.encode() if isinstance(content, str) else content)
        return read(file, **options)

    return write_and_read


def cells(reading: Any) -> list[tuple[Any, ...]]:
    return reading.raw.rows()


def malformed(reading: Any) -> list[tuple[int, str]]:
    return reading.malformed.select("row", "message").rows()


# --- text stays text


def test_nothing_becomes_a_number_or_a_missing_value(written: Any) -> None:
    odd = [
        "NA",
        "00123",
        "None",
        "null",
        "-",
        "N/A",
        "nan",
        "1e5",
        "TRUE",
        "1,234.50",
        "0x10",
        "2024-07-16",
        " spaced ",
        "'Ain",
    ]
    table = io.StringIO()
    csv.writer(table).writerows([["date", "place"], *(["2024-07-16", value] for value in odd)])
    assert written(table.getvalue()).raw["place"].to_list() == odd


def test_only_an_empty_cell_is_null(written: Any) -> None:
    assert cells(written(f'{HEADING}\n2024-07-16,"",\n2024-07-17, ,0\n')) == [
        ("2024-07-16", None, None, 2),
        ("2024-07-17", " ", "0", 3),
    ]


# --- separators and encodings


TEXTS = {
    "utf-8": st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12),
    "utf-8-sig": st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12),
    "utf-16": st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12),
    "utf-16-le": st.sampled_from(["هيت", "Hit", "Ain al-Asad", "الأنبار; هيت", "a,b", 'say "x"', "a\nb", "1,5", ""]),
    "utf-16-be": st.sampled_from(["هيت", "Hit", "Ain al-Asad", "الأنبار; هيت", "a,b", 'say "x"', "a\nb", "1,5", ""]),
    "cp1256": st.sampled_from(["الأنبار", "عين الأسد", "نينوى, العراق", "Hit | هيت", 'قال "نعم"', "سطر\nسطر", "1,5", "Deir ez-Zor"]),
    "cp1252": st.sampled_from(["Malmö", "Besançon; café", "São Paulo", "“quoted”", "a|b", 'say "x"', "a\nb", "1,5", "€ 5", "Hit"]),
    "cp1254": st.sampled_from(["Şırnak", "Diyarbakır; Muş", "Iğdır", "İzmir", 'say "x"', "a\nb", "1,5", "Hit"]),
    "latin-1": st.sampled_from(["Malmö", "Besançon; café", "São Paulo", "a|b", 'say "x"', "a\nb", "1,5", "Hit"]),
}  # fmt: skip


@pytest.mark.parametrize("encoding", TEXTS)
@pytest.mark.parametrize("separator", SEPARATORS)
@settings(max_examples=20)
@given(data=st.data())
def test_every_table_comes_back(separator: str, encoding: str, data: st.DataObject) -> None:
    texts, line_end = TEXTS[encoding], data.draw(st.sampled_from(["\n", "\r\n"]))
    rows = data.draw(st.lists(st.tuples(texts, texts), min_size=1, max_size=5))
    # csv.writer leaves a lone "\r" unquoted only for other line ends; a text that starts with a guard loses it.
    rows = [(first.replace("\r", " ").lstrip("'"), second.replace("\r", " ").lstrip("'")) for first, second in rows]
    table = io.StringIO()
    writer = csv.writer(table, delimiter=separator, lineterminator=line_end)
    writer.writerows([["date", "place", "actor1"], *(["2024-07-16", *row] for row in rows)])
    with TemporaryDirectory() as folder:
        file = Path(folder, "mine.csv")
        file.write_bytes(table.getvalue().encode(encoding))
        raw = read(file).raw
    assert raw.rows() == [
        ("2024-07-16", first or None, second or None, row) for row, (first, second) in enumerate(rows, 2)
    ]


def test_arabic_in_the_arabic_code_page_comes_out_right_and_is_said(written: Any) -> None:
    reading = written("التاريخ,المحافظة,المكان\n2024-07-16,الأنبار,عين الأسد\n".encode("cp1256"))
    assert reading.incidents.rows() == [(2, "2024-07-16", "الأنبار", "عين الأسد")]
    assert any("Windows-1256" in note for note in reading.notes)


@pytest.mark.parametrize(
    ("text", "encoding"),
    [("Malmö, Besançon, Größe", "cp1252"), ("Şırnak, Muş, Iğdır", "cp1254"), ("عين الأسد في الأنبار", "cp1256")],
)
def test_letters_tell_the_code_page(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding), name="a.csv", instead="").data.decode() == text


def test_rows_with_undecodable_bytes_stay_behind_and_the_others_go_on(written: Any) -> None:
    good = f"{HEADING}\n" + "2024-07-16,الأنبار,1\n" * 3
    reading = written(good.encode() + b"2024-07-17,\xff\xfe,2\n2024-07-18,Hit,3\n")
    assert [row for row, _ in malformed(reading)] == [5]
    assert reading.incidents["source_row"].to_list() == [2, 3, 4, 6]
    assert reading.raw.height == 5


def test_decimal_commas_between_semicolons(written: Any) -> None:
    reading = written("date;lat;lng\n2024-07-16;33,7856;42,4412\n2024-07-17;33,1;42,2\n")
    assert reading.incidents.row(0) == (2, "2024-07-16", "33,7856", "42,4412")


def test_excel_may_say_the_separator() -> None:
    assert separator_of("sep=|\na,b|c\n") == "|"
    assert separator_of("place\nHit\n") is None


# --- ragged rows, quotation marks


def test_extra_and_missing_fields_are_told_with_their_row_and_the_others_go_on(written: Any) -> None:
    reading = written(f"{HEADING}\n2024-07-16,Hit, Anbar,1\n2024-07-17,Rutba\n2024-07-18,Anah,3\n")
    assert [(row, message[:22]) for row, message in malformed(reading)] == [
        (2, "This row has 4 fields,"), (3, "This row has 2 fields,"),
    ]  # fmt: skip
    assert reading.incidents["source_row"].to_list() == [4]
    assert reading.raw.select("column 4", "source_row").rows() == [("1", 2), (None, 3), (None, 4)]


FIELD = st.sampled_from(["", "a", "Hit", " ", "1.5", '"b, c"', '"d\ne"', "سطر"])


@settings(max_examples=300)
@given(st.lists(st.lists(FIELD, min_size=1, max_size=5), min_size=1, max_size=12), st.sampled_from(["\n", "\r\n"]))
def test_at_once_and_record_by_record_are_one(rows: list[list[str]], line_end: str) -> None:
    text = line_end.join(",".join(row) for row in [["x", "y", "z"], *rows]).rstrip("\r\n")
    found, separator = read_cells(text.encode(), name="a.csv")
    slow = read_by_record(text, separator, "a.csv")
    assert found.cells.rows() == slow.cells.rows()
    assert found.ragged.rows() == slow.ragged.rows()


def test_a_ragged_row_does_not_send_the_file_down_the_slow_way(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mapping.readers.tabular.delimited.read_by_record", None)
    rows = "2024-07-16,Hit,1\n" * 1_000
    text = f"Incidents of 2024\n\n{HEADING}\n{rows}2024-07-17,Hit, Anbar,2\n\n{rows}2024-07-18\n{rows}"
    found, _ = read_cells(text.encode(), name="a.csv")
    assert found.ragged["record"].to_list() == [1_003, 2_005]
    assert found.cells.row(1_003) == ("2024-07-17", "Hit", " Anbar", "2")
    assert found.cells.height == 3_006


def test_separators_after_the_last_field_are_no_extra_fields(written: Any) -> None:
    reading = written(f"{HEADING},,\n2024-07-16,Hit,1,,\n2024-07-17,Rutba,2,,,,\n")
    assert malformed(reading) == []
    assert reading.raw.columns == ["date", "place", "killed", "source_row"]


def test_line_breaks_in_quotation_marks_stay_in_their_cell(written: Any) -> None:
    assert cells(written(f'{HEADING}\n2024-07-16,"Hit\nand\r\nRutba",1\n2024-07-17,Anah,2\n')) == [
        ("2024-07-16", "Hit\nand\r\nRutba", "1", 2), ("2024-07-17", "Anah", "2", 3),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "after", ["2024-07-17,Rutba,2\n2024-07-18,Anah,3\n", '2024-07-17,Rutba,2\n2024-07-18,"Anah",3\n']
)
@pytest.mark.parametrize("opened", ['2024-07-16,"Hit,1\n', '2024-07-16,Hit,"1\n'])
def test_an_open_quotation_mark_costs_its_own_row_only(written: Any, opened: str, after: str) -> None:
    reading = written(f"{HEADING}\n{opened}{after}")
    assert [row for row, message in malformed(reading) if "quotation mark" in message] == [2]
    assert reading.incidents["place"].to_list() == ["Rutba", "Anah"]


def test_a_stray_quotation_mark_inside_a_cell_is_text(written: Any) -> None:
    assert cells(written(f'{HEADING}\n2024-07-16,a 5" shell,1\n2024-07-17,Hit,2\n'))[0][1] == 'a 5" shell'


def test_a_cell_that_may_hold_other_rows_is_remarked_upon(written: Any) -> None:
    rows = '2024-07-16,Hit,1,a,b,"c\n2024-07-17,Rutba,2,a,b,"d\n2024-07-18,Anah,3,a,b,c\n'
    reading = written(f"date,place,killed,actor1,actor2,weapon\n{rows}")
    assert reading.malformed.select("row", "rejected").rows() == [(2, False)]
    assert "close its quotation mark" in reading.malformed["message"].item()
    assert reading.incidents["source_row"].to_list() == [2, 3]


@given(st.lists(st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=5), max_size=5), max_size=6))
def test_no_line_is_lost_without_a_word(records: list[list[str]]) -> None:
    rows = [[cell.replace("\r", "").replace("\n", "").replace('"', "") for cell in record] for record in records]
    text = "date,place,killed\n2024-07-16,Hit,1\n" + "".join(",".join(row) + "\n" for row in rows)
    with TemporaryDirectory() as folder:
        Path(folder, "a.csv").write_text(text, encoding="utf-8", newline="")
        reading = read(Path(folder, "a.csv"))
    told = set(reading.incidents["source_row"]) | set(reading.malformed["row"])
    filled = {number for number, line in enumerate(text.split("\n")[1:-1], 2) if line.replace(",", "")}
    sums = {int(note.split()[1]) for note in reading.notes if "totals" in note or "HXL" in note}
    assert told | sums == filled


# --- headings


def test_blank_lines_and_titles_are_passed_over_and_rows_keep_their_number(written: Any) -> None:
    reading = written(f"Incidents in Iraq\n\n{HEADING}\n2024-07-16,Hit,1\n\n,,\n2024-07-17,Rutba,2\n\n\n")
    assert reading.raw["source_row"].to_list() == [4, 7]
    assert any("Row 3 was taken as the heading" in note for note in reading.notes)


def test_blank_lines_may_come_first(written: Any) -> None:
    assert cells(written("\n\r\ndate,place\n2024-07-16,Hit\n")) == [("2024-07-16", "Hit", 4)]


def test_two_columns_of_one_name(written: Any) -> None:
    reading = written("date,place,place,,note\n2024-07-16,Hit,Heet,x,n\n")
    assert reading.raw.columns == ["date", "place", "place (2)", "column 4", "note", "source_row"]
    assert reading.incidents["place"].item() == "Hit"
    assert any("place (2)" in note for note in reading.notes)


def test_a_last_line_of_totals_is_noticed_and_passed_over(written: Any) -> None:
    for total in ("Total", "TOTAL:", "المجموع", "Genel Toplam"):
        reading = written(f"{HEADING},injured,weapon\n2024-07-16,Hit,1,2,x\n2024-07-17,Rutba,2,3,y\n{total},,3,5,\n")
        assert reading.incidents["source_row"].to_list() == [2, 3]
        assert any("Row 4 is a line of totals" in note for note in reading.notes)


def test_total_is_a_name_elsewhere(written: Any) -> None:
    rows = "2024-07-16,Total,1,2,x\n2024-07-17,Rutba,2,3,y\n"
    assert written(f"{HEADING},injured,weapon\n{rows}").incidents.height == 2


@pytest.mark.parametrize("heading", ["When it was,Where it was,Dead there\n", ""])
def test_hxl_tags_name_the_columns_and_are_no_data(written: Any, heading: str) -> None:
    reading = written(f"{heading}#date+occurred,#loc +name,#affected+killed+f\n2024-07-16,Hit,1\n")
    assert reading.incidents.drop("source_row").rows() == [("2024-07-16", "1", "Hit")]
    assert reading.incidents["source_row"].item() == (3 if heading else 2)


def test_hxl_and_synonyms_name_columns_of_ours() -> None:
    assert set(HXL.values()) | set(SYNONYMS) <= {*SCHEMA, COORDINATES}


@pytest.mark.parametrize(
    ("heading", "name"),
    [
        ("DATE", "date_start"), ("Event Date", "date_start"), ("event_date", "date_start"), ("EventDate", "date_start"),
        ("التاريخ", "date_start"), ("Tarih", "date_start"), ("تاریخ", "date_start"), ("Governorate", "adm1_claimed"),
        ("Muhafaza", "adm1_claimed"), ("ADM1_EN", "adm1_claimed"), ("admin1Name", "adm1_claimed"), ("المحافظة", "adm1_claimed"),
        ("محافظه", "adm1_claimed"), ("District", "adm2_claimed"), ("القضاء", "adm2_claimed"), ("Lat", "latitude"), ("Y", "latitude"),
        ("lng", "longitude"), ("Long", "longitude"), ("خط الطول", "longitude"), ("Deaths", "fatalities_best"), ("عدد القتلى", "fatalities_best"),
        ("Ölü sayısı", "fatalities_best"), ("# Wounded", "injured"), ("attacker", "actor1"), ("Country Name", "country_iso2"),
        ("الدولة", "country_iso2"), ("Location", "place"), ("city", "place"), ("URL", "source_url"), ("Event ID", "incident_id"),
        ("fatalities_low", "fatalities_low"), ("Fatalities Low", "fatalities_low"),
    ],
)  # fmt: skip
def test_what_people_call_the_columns(written: Any, heading: str, name: str) -> None:
    reading = written(f"{heading},country\nx,Iraq\n" if name != "country_iso2" else f"{heading},place\nx,Hit\n")
    assert reading.incidents[name].item() == "x"
    assert reading.headings[name] == heading


def test_of_two_columns_for_one_name_the_exact_one_is_taken_and_this_is_said(written: Any) -> None:
    reading = written("date,Location,place,Event date,date_start\na,b,c,d,e\n")
    assert reading.incidents.select("date_start", "place").row(0) == ("e", "c")
    assert any('"Location" could be place' in note for note in reading.notes)
    assert any("Columns left as they are: date, Location, Event date" in note for note in reading.notes)


# --- the user's own table of columns


def test_the_users_own_table_goes_first(written: Any, tmp_path: Path) -> None:
    table = tmp_path / "columns.json"
    table.write_text(
        json.dumps({"columns": {"Ort": "place", "date": None, "Tag": "date_start"}, "date_order": "dmy"}),
        encoding="utf-8",
    )
    content = "date,Tag,place,Ort\nx,03/04/2024,no,Hit\n"
    for columns in (
        table,
        str(table),
        {"columns": {"ort": "place", "date": None, "Tag": "date_start"}, "date_order": "dmy"},
    ):
        reading = written(content, columns=columns)
        assert reading.incidents.drop("source_row").row(0) == ("03/04/2024", "Hit")
        assert reading.date_order == "dmy"
    assert written(content, columns={"Ort": "place"}, date_order="mdy").date_order == "mdy"


@pytest.mark.parametrize(
    ("columns", "why"),
    [
        ({"Ort": "town"}, "Allowed: incident_id"), ({"Stadt": "place"}, "Its columns: date, place, killed"), ({"columns": ["place"]}, "is not"),
        ({"columns": {}, "date_order": "dym"}, "Allowed: dmy, mdy, ymd"), ({"Ort": 5}, "is not"), ({"Ort": "source_row"}, "Allowed"),
    ],
)  # fmt: skip
def test_a_wrong_table_of_columns_is_one_sentence(written: Any, columns: Any, why: str) -> None:
    with pytest.raises(InvalidValue, match=why):
        written(f"{HEADING}\n2024-07-16,Hit,1\n", columns=columns)


@pytest.mark.parametrize("content", ["{", "[1]", '"x"', "[" * 100_000])
def test_a_table_of_columns_that_is_no_json_is_one_sentence(tmp_path: Path, content: str) -> None:
    (tmp_path / "columns.json").write_text(content, encoding="utf-8")
    with pytest.raises(InvalidValue, match=r"columns\.json is no"):
        own_names(tmp_path / "columns.json")


# --- workbooks


def workbook(path: Path, *sheets: list[list[Any]]) -> Path:
    with xlsxwriter.Workbook(path, {"default_date_format": "dd/mm/yyyy", "in_memory": True}) as book:
        for rows in sheets:
            sheet = book.add_worksheet()
            for number, row in enumerate(rows):
                for column, value in enumerate(row):
                    if isinstance(value, str):
                        sheet.write_string(number, column, value)
                    else:
                        sheet.write(number, column, value)
    return path


def test_a_workbook_is_read_as_text(tmp_path: Path) -> None:
    rows = [
        ["date", "place", "killed", "lat", "yes"],
        [datetime(2024, 7, 16), "00123", 123, 33.7856, True],
        ["NA", "None", 0, 1e21, "x"],
    ]
    assert read(workbook(tmp_path / "a.xlsx", rows)).raw.rows() == [
        ("2024-07-16 00:00:00", "00123", "123", "33.7856", "true", 2),
        ("NA", "None", "0", "1000000000000000000000", "x", 3),
    ]


def test_rows_of_a_workbook_keep_their_number(tmp_path: Path) -> None:
    rows: list[list[Any]] = [
        [],
        ["Title"],
        [None, "date", "place"],
        [],
        [None, "2024-07-16", "Hit"],
        [],
        [None, "2024-07-17", "Anah"],
    ]
    reading = read(workbook(tmp_path / "a.xlsx", rows, [["other"]]))
    assert reading.raw.select("place", "source_row").rows() == [("Hit", 5), ("Anah", 7)]
    assert any("Sheet2" in note for note in reading.notes)


def test_an_empty_first_sheet_is_passed_over(tmp_path: Path) -> None:
    assert read(workbook(tmp_path / "a.xlsx", [], [["date"], ["2024-07-16"]])).raw.height == 1


def test_an_xls_of_excel_97_is_read_too() -> None:
    # Written by xlwt 1.3.0 in BIFF8, as Excel 97 to 2003 does; SheetJS 0.18's BIFF5 and BIFF8 were read as well.
    reading = read(Path(__file__).parent / "incidents.xls")
    assert reading.raw.rows() == [
        ("2024-07-16 00:00:00", "عين الأسد", "0", "33.7856", "42.4412", "Two drones\nat night", 2),
        ("17 July 2024", "Hit", "3", None, None, "'=1+1", 3),
    ]
    assert reading.notes[0] == 'Sheet "Incidents" was read; not read: Notes.'


# --- what comes out goes in again


TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\ufffe\uffff"), min_size=1, max_size=8)


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@settings(max_examples=30)
@given(
    texts=st.lists(
        TEXT | st.sampled_from(["=1+1", "'=1+1", "''@x", "\t=1", "-5", "+5", "'Ain", "NA"]), min_size=1, max_size=4
    )
)
def test_our_own_tables_come_back_unchanged(kind: str, texts: list[str]) -> None:
    assume(all(text.strip() == text.strip(" \u00a0") or text.startswith(("\t", "=")) for text in texts))
    if kind == "xlsx":  # XML has no such characters, and makes one of every line end
        texts = ["".join(c for c in text if c.isprintable() or c == "\t") or "x" for text in texts]
    frame = conform(
        pl.DataFrame({"incident_id": [str(n) for n in range(len(texts))], "summary": texts, "latitude": -33.5})
    )
    with TemporaryDirectory() as folder:
        file = Path(folder, f"mine.{kind}")
        write(frame, file, metadata=Metadata(title="Mine"))
        assert read(file).raw["summary"].to_list() == texts


def test_formulas_are_unguarded_in_csv(written: Any) -> None:
    table = pl.DataFrame({"date": ["2024-07-16"] * 3, "place": ["=1+1", "'=1+1", "'Ain"]})
    assert (
        written(table.with_columns(guard_formulas(pl.col("place"))).write_csv()).raw["place"].to_list()
        == table["place"].to_list()
    )


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_hostile_strings_come_through_every_column(tmp_path: Path, shared_data: Path, kind: str) -> None:
    hostile = json.loads((shared_data / "naughty" / "blns.json").read_text(encoding="utf-8"))
    texts = [text for text in hostile if text.strip() and (kind == "csv" or "\ufffe" not in text)]
    names = [name for name, dtype in SCHEMA.items() if dtype == pl.String and name != "incident_id"]
    frame = conform(pl.DataFrame({"incident_id": [str(n) for n in range(len(texts))]} | dict.fromkeys(names, texts)))
    write(frame, tmp_path / f"mine.{kind}", metadata=Metadata(title="Mine"))
    raw = read(tmp_path / f"mine.{kind}").raw
    assert all(raw[name].to_list() == texts for name in names)


# --- what cannot be read


def zipped(**parts: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/"), content)
    return buffer.getvalue()


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
UNREADABLE = {
    "nothing": (b"", "is empty"),
    "a mark and nothing": (b"\xef\xbb\xbf", "is empty"),
    "blanks": (b" \r\n\n \n", "is empty"),
    "a heading only": (b"date,place\n", "a heading and no rows"),
    "a heading and blank lines": (b"date,place\n\n,,\n", "a heading and no rows"),
    "far too many columns": (b"date" + b",x" * 100_000 + b"\n", "has 100,001 columns"),
    "far too many fields": (b"date,place\n2024-07-16,Hit" + b",x" * 100_000 + b"\n", "has 100,002 columns"),
    "a picture": (b"\x89PNG\r\n\x1a\n" + bytes(99), "is a picture"),
    "NULs": (bytes(999), "is not text"),
    "noise": (bytes(range(256)) * 20, "is not text"),
    "a PDF": (b"%PDF-1.7\n", "is a PDF"),
    "a web page": (b"\n<!DOCTYPE html><html>", "is a web page"),
    "a compressed file": (b"\x1f\x8b\x08\0", "is a compressed file"),
    "Parquet": (b"PAR1" + bytes(99), "is no Parquet file, or damaged"),
    "a zip archive": (zipped(a=b"date,place"), "is a zip archive, but no XLSX"),
    "a broken zip archive": (b"PK\x03\x04" + b"x" * 99, "is no workbook, or damaged"),
    "a workbook of nothing": (zipped(**{"xl__workbook.xml": b""}), "is no workbook, or damaged"),
    "an old workbook, damaged": (OLE + bytes(4096), "is no workbook, or damaged"),
    "a workbook with a password": (OLE + "EncryptedPackage".encode("utf-16-le"), "protected by a password"),
    "an SQLite database": (b"SQLite format 3\0" + bytes(200), "no GeoPackage"),
}


@pytest.mark.parametrize("case", UNREADABLE)
def test_an_unreadable_file_is_one_clear_sentence(tmp_path: Path, case: str) -> None:
    content, why = UNREADABLE[case]
    file = tmp_path / "mine.csv"
    file.write_bytes(content)
    with pytest.raises(UnreadableFile, match=why) as caught:
        read(file)
    assert str(caught.value).startswith("mine.csv")
    assert "\n" not in str(caught.value)


def test_a_workbook_that_unpacks_to_gigabytes_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "bomb.xlsx"
    file.write_bytes(zipped(**{"xl__workbook.xml": b"<x/>", "xl__worksheets__sheet1.xml": bytes(150 << 20)}))
    with pytest.raises(UnreadableFile, match="too much for a table"):
        read(file)


def test_a_cell_far_from_the_table_is_one_clear_sentence(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "far.xlsx") as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["date", "place"])
        sheet.write(1_048_575, 16_383, "x")
    with pytest.raises(UnreadableFile, match="1,048,576 rows and 16,384 columns"):
        read(tmp_path / "far.xlsx")


@pytest.mark.parametrize("share", [0.02, 0.3, 0.6, 0.9, 0.99])
def test_a_workbook_cut_short_is_one_clear_sentence(tmp_path: Path, share: float) -> None:
    file = workbook(tmp_path / "a.xlsx", [["date", "place"], *(["2024-07-16", f"place {n}"] for n in range(99))])
    whole = file.read_bytes()
    file.write_bytes(whole[: int(len(whole) * share)])
    with pytest.raises(UnreadableFile, match=r"a\.xlsx is no workbook, or damaged"):
        read(file)


def test_no_file_a_folder_and_a_device(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="there is no such file"):
        read(tmp_path / "none.csv")
    with pytest.raises(UnreadableFile, match="is a folder"):
        read(tmp_path)
    with pytest.raises(UnreadableFile, match="cannot be read"):
        read(Path("a\0b"))
    if Path("/dev/zero").exists():
        with pytest.raises(UnreadableFile, match="is a device"):
            read(Path("/dev/zero"))


def test_a_table_of_something_else_says_its_columns(written: Any) -> None:
    with pytest.raises(UnknownFormat, match=r"no column says when or where.*colour, size"):
        written("colour,size\nred,5\n")


@given(st.binary(max_size=300))
def test_any_bytes_are_a_table_or_one_clear_sentence(content: bytes) -> None:
    with TemporaryDirectory() as folder:
        Path(folder, "a.csv").write_bytes(content)
        try:
            read_table(Path(folder, "a.csv"))
        except UnreadableFile as error:
            assert "a.csv" in str(error)
        except UnknownFormat as error:
            assert content.lstrip(b"\xef\xbb\xbf \t\r\n\0").startswith((b"{", b"[")), error
