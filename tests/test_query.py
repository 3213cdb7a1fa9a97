"""The filter: what passes, what is refused, and that an address brings back the same view."""

from __future__ import annotations

import json
from dataclasses import fields, replace
from datetime import date, timedelta
from pathlib import Path

import polars as pl
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from mapping import pipeline
from mapping.distances import arc_km
from mapping.errors import InvalidValue, UnreadableFile
from mapping.query import (
    PARAMETERS,
    SEARCHED,
    Chip,
    Circle,
    Filter,
    Texts,
    narrow,
    parse_query,
    read_polygon,
    read_shape,
)
from mapping.schema import EVENT_TYPES, GEO_PRECISIONS, conform

ROWS = conform(
    pl.DataFrame(
        [
            {"incident_id": "asad", "date_start": date(2024, 7, 16), "date_end": date(2024, 7, 17), "country_iso2": "IQ",
             "adm1_code": "IQ-AN", "event_type": "drone attack", "actor1": None, "actor2": "US forces",
             "latitude": 33.7856, "longitude": 42.4412, "geo_precision": "site", "place": "Ain al-Asad",
             "summary": "Two drones at the air base", "dataset": "starter"},
            {"incident_id": "july", "date_start": date(2024, 7, 1), "date_end": date(2024, 7, 31), "country_iso2": "IQ",
             "adm1_code": "IQ-NI", "event_type": "raid", "actor1": "Islamic State", "geo_precision": "province",
             "place": "House in the province", "summary": "غارة في الأنبار", "dataset": "mine"},
            {"incident_id": "begun", "date_start": date(2024, 8, 5), "date_end": None, "country_iso2": "SY",
             "adm1_code": "SY-HI", "event_type": "IED", "actor1": "ISLAMIC STATE", "latitude": 34.73, "longitude": 36.71,
             "geo_precision": "town", "place": "Homs", "outcome": "US soldiers hurt", "dataset": "mine"},
            {"incident_id": "undated", "country_iso2": None, "event_type": None, "dataset": "mine"},
        ],
        schema_overrides={"date_end": pl.Date},
    )
)  # fmt: skip


def passed(**filters: object) -> list[str]:
    return Filter(**filters).apply(ROWS)["incident_id"].to_list()


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({}, ["asad", "july", "begun", "undated"]),
        ({"countries": ("IQ", "SY")}, ["asad", "july", "begun"]),
        ({"countries": ("iq",)}, ["asad", "july"]),
        ({"countries": ("Syria",)}, ["begun"]),
        ({"provinces": ("IQ-AN",)}, ["asad"]),
        ({"provinces": ("Anbar", "IQ-NI")}, ["asad", "july"]),
        ({"types": ("ied", "raid")}, ["july", "begun"]),
        ({"actors": ("islamic state",)}, ["july", "begun"]),
        ({"actors": ("US Forces",)}, ["asad"]),
        ({"datasets": ("mine",)}, ["july", "begun", "undated"]),
        ({"precision_at_least": "town"}, ["asad", "begun"]),
        ({"precision_at_least": "province"}, ["asad", "july", "begun"]),
        ({"precision_at_least": "none"}, ["asad", "july", "begun", "undated"]),
        ({"date_from": date(2024, 7, 17)}, ["asad", "july", "begun"]),
        ({"date_from": date(2024, 7, 17), "date_to": date(2024, 7, 17)}, ["asad", "july"]),
        ({"date_from": date(2024, 7, 18), "date_to": date(2024, 8, 4)}, ["july"]),
        ({"date_from": date(2024, 8, 5), "date_to": date(2024, 8, 5)}, ["begun"]),
        ({"date_from": date(2024, 8, 6)}, []),
        ({"date_to": date(2024, 6, 30)}, []),
        ({"bbox": (42, 33, 43, 34)}, ["asad"]),
        ({"bbox": (42.4412, 33.7856, 42.4412, 33.7856)}, ["asad"]),
        ({"bbox": (40, -90, 39, 90)}, ["asad", "begun"]),
        ({"within": shapely.box(36, 34, 43, 35)}, ["begun"]),
        ({"within": shapely.box(36.71, 34, 43, 35)}, ["begun"]),
        ({"within": Circle(42.4412, 33.7856, 0.01)}, ["asad"]),
        ({"within": Circle(42.44, 33.78, 600)}, ["asad", "begun"]),
        ({"within": Circle(-179, 0, 1)}, []),
        ({"rows": ("starter/asad", "mine/begun", "nowhere/7")}, ["asad", "begun"]),
        ({"rows": ("mine/asad",)}, []),
        ({"text": "drone base"}, ["asad"]),
        ({"text": '"drones at"'}, ["asad"]),
        ({"text": '"at drones"'}, []),
        ({"text": "“air base” drones"}, ["asad"]),
        ({"text": "us"}, ["asad", "begun"]),
        ({"text": "الانبار"}, ["july"]),
        ({"text": "HOMS"}, ["begun"]),
        ({"text": "al-Asad"}, ["asad"]),
        ({"text": '"ain asad"'}, ["asad"]),
        ({"text": "us soldiers"}, ["begun"]),
        ({"text": "homs", "countries": ("IQ",)}, []),
    ],
)
def test_rows_that_pass(filters: dict[str, object], expected: list[str]) -> None:
    assert passed(**filters) == expected
    assert ROWS.lazy().filter(Filter(**filters).expression()).collect().equals(Filter(**filters).apply(ROWS))


def test_a_phrase_does_not_run_from_one_column_into_the_next() -> None:
    row = ROWS.head(1).with_columns(weapon=pl.lit("armed"), target=pl.lit("drone"))
    assert Filter(text="armed drone").apply(row).height == 1
    assert Filter(text='"armed drone"').apply(row).height == 0


def test_searched_columns_are_incident_columns() -> None:
    assert set(SEARCHED) <= set(ROWS.columns)


def test_every_field_has_its_parameter() -> None:
    assert [parameter.field for parameter in PARAMETERS] == [field.name for field in fields(Filter)]
    assert [parameter.name for parameter in PARAMETERS] == [
        "country", "province", "from", "to", "type", "actor", "precision-at-least", "bbox", "within", "text", "dataset",
        "rows",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("fields_", "complaint"),
    [
        ({"countries": ("Atlantis",)}, '"Atlantis" is no country'),
        ({"provinces": ("XX-99",)}, '"XX-99" is no province'),
        ({"types": ("picnic",)}, '"picnic" is no event type. Allowed: air strike'),
        ({"precision_at_least": "exact"}, "Allowed: site, town"),
        ({"date_from": date(2024, 8, 1), "date_to": date(2024, 7, 1)}, "upside down"),
        ({"date_from": "2024-08-01"}, "no datetime.date"),
        ({"bbox": (0, 10, 5, 5)}, "no box"),
        ({"bbox": (0, 0, float("nan"), 5)}, "no box"),
        ({"within": shapely.Point(1, 1)}, "must be a polygon"),
        ({"within": shapely.box(400_000, 3_700_000, 500_000, 3_800_000)}, "must be degrees"),
        ({"within": Circle(42, 34, 0)}, r"CIRCLE \(42 34, 0\)\" is no circle. .* 0.01 to 20,000 km"),
        ({"within": Circle(42, 94, 1)}, "no circle"),
        ({"within": Circle(42, 34, float("nan"))}, "no circle"),
        ({"text": "half \ud83d"}, "half a character"),
    ],
)
def test_python_is_told_what_is_wrong(fields_: dict[str, object], complaint: str) -> None:
    with pytest.raises(InvalidValue, match=complaint):
        Filter(**fields_)


@pytest.mark.parametrize(
    ("params", "kept", "complaint"),
    [
        ({"province": "IQ-AN,XX-99"}, {"province": "IQ-AN"}, 'province: "XX-99" is no province'),
        ({"country": "zz", "type": "raid"}, {"type": "raid"}, 'country: "zz" is no country'),
        ({"from": "2024-08-01", "to": "2024-07-01", "type": "raid"}, {"type": "raid"}, "upside down"),
        ({"from": "2024-02-30", "to": "2024-07-01"}, {"to": "2024-07-01"}, 'from: "2024-02-30" is no date'),
        ({"from": "20240230"}, {}, "Write it as 2024-07-16"),
        ({"bbox": "1,2,3"}, {}, "Give four numbers"),
        ({"bbox": "a,b,c,d"}, {}, "Give four numbers"),
        ({"bbox": "0,0,inf,5"}, {}, "is no box"),
        ({"within": "POINT (1 1)"}, {}, "is no shape"),
        ({"within": "POLYGON ((0 0, nan 1, 1 1, 0 0))"}, {}, "is no shape"),
        ({"within": "POLYGON ((0 0, 1 1, 0 0))"}, {}, "must be a polygon"),
        ({"within": "POLYGON (("}, {}, "is no shape"),
        ({"within": "POLYGON ((9e999 1, 2 2, 3 3, 9e999 1))"}, {}, "must be degrees"),
        ({"within": shapely.Point(1, 1).buffer(1, 200).wkt}, {}, "must come from a file"),
        ({"within": "CIRCLE (42 34)"}, {}, "is no shape"),
        ({"within": "CIRCLE (42 34, -3)"}, {}, "is no circle"),
        ({"within": "CIRCLE (42 34, 1e999)"}, {}, "is no circle"),
        ({"rows": "x" * 25_000}, {}, "rows: 25,000 characters are too many"),
        ({"precision-at-least": "exact"}, {}, "is no precision"),
        ({"text": "x" * 5_000}, {}, "text: 5,000 characters are too many; at most 4,000"),
        ({"province": "x" * 5_000}, {}, "province: 5,000 characters are too many"),
    ],
)
def test_an_address_made_by_hand(params: dict[str, str], kept: dict[str, str], complaint: str) -> None:
    found, complaints = Filter.from_params(params)
    assert found.to_params() == kept
    assert len(complaints) == 1
    assert complaint in complaints[0]


def test_parameters_that_are_no_filter_are_passed_over() -> None:
    assert Filter.from_params({"incident": "asad", "from": "", "text": "  "}) == (Filter(), [])


@given(st.dictionaries(st.sampled_from([parameter.name for parameter in PARAMETERS]), st.text(st.characters())))
def test_from_params_never_raises(params: dict[str, str]) -> None:
    found, complaints = Filter.from_params(params)
    found.apply(ROWS)
    "\n".join(complaints).encode()


_values = st.lists(st.text(min_size=1, max_size=12), max_size=4).map(tuple)
_degrees = st.floats(-180, 180, allow_nan=False)
_latitudes = st.tuples(st.floats(-90, 90), st.floats(-90, 90)).map(sorted)
_boxes = st.builds(lambda w, sn, e: (w, sn[0], e, sn[1]), _degrees, _latitudes, _degrees)
_circles = st.builds(Circle, _degrees, st.floats(-90, 90), st.floats(0.01, 20_000))
_corners = st.lists(st.tuples(_degrees, st.floats(-90, 90)), min_size=3, max_size=8)


def _is_search(text: str) -> bool:
    try:
        return not text.strip() or bool(parse_query(text.strip()))
    except InvalidValue:
        return False


@st.composite
def filters(draw: st.DrawFn) -> Filter:
    days = sorted(draw(st.lists(st.dates(), min_size=2, max_size=2)))
    shape = shapely.Polygon(draw(_corners))
    return Filter(
        countries=draw(st.sets(st.sampled_from(["IQ", "SY"])).map(tuple)),
        provinces=draw(st.sets(st.sampled_from(["IQ-AN", "IQ-NI", "SY-HI"])).map(tuple)),
        date_from=draw(st.sampled_from([None, days[0]])),
        date_to=draw(st.sampled_from([None, days[1]])),
        types=draw(st.sets(st.sampled_from(EVENT_TYPES)).map(tuple)),
        actors=draw(_values),
        precision_at_least=draw(st.sampled_from([None, *GEO_PRECISIONS])),
        bbox=draw(st.none() | _boxes),
        within=shape if shapely.is_valid(shape) and shapely.area(shape) else draw(st.none() | _circles),
        text=draw(st.text(max_size=30).filter(_is_search)),
        datasets=draw(_values),
        rows=draw(_values),
    )


@given(filters())
def test_an_address_brings_back_the_same_filter(wanted: Filter) -> None:
    params = wanted.to_params()
    assert Filter.from_params(params) == (wanted, [])
    assert Filter.from_params(params)[0].to_params() == params
    json.dumps(params)


@given(filters())
def test_taking_off_every_chip_leaves_nothing(wanted: Filter) -> None:
    for left, chip in zip(range(len(wanted.describe()) - 1, -1, -1), wanted.describe(), strict=True):
        assert chip.label
        wanted = wanted.without(chip.field, chip.value)
        assert len(wanted.describe()) == left
    assert wanted == Filter()


def test_chips_name_what_is_seen() -> None:
    seen = Filter(
        countries=("IQ",), provinces=("IQ-AN",), date_from=date(2020, 1, 1), date_to=date(2024, 9, 30),
        precision_at_least="town", bbox=(40, 30, 44.5, 35), within=shapely.box(0, 0, 1, 1), text="drone",
    )  # fmt: skip
    assert [chip.label for chip in seen.describe()] == [
        "Iraq", "Anbar", "1 Jan 2020 – 30 Sep 2024", "at least town", "in the box 40, 30, 44.5, 35",
        "inside a shape of 4 corners", "“drone”",
    ]  # fmt: skip
    assert Filter(rows=("a/1", "b/2", "c/3")).describe() == [Chip("rows", "", "3 chosen rows")]
    assert Filter(within=Circle(42.44, 33.8, 30)).describe()[0].label == "within 30 km of 33.80, 42.44"
    assert seen.describe()[1] == Chip("provinces", "IQ-AN", "Anbar")
    assert replace(seen, date_to=None).describe()[2].label == "from 1 Jan 2020"
    assert replace(seen, date_from=None).describe()[2].label == "until 30 Sep 2024"


_days = st.integers(0, 40).map(lambda days: date(2024, 1, 1) + timedelta(days))


@given(st.lists(st.tuples(_days, st.integers(0, 9)), min_size=1), st.lists(_days, min_size=2, max_size=2).map(sorted))
def test_a_row_passes_when_its_range_meets_the_window(ranges: list[tuple[date, int]], window: list[date]) -> None:
    frame = pl.DataFrame(
        {
            "date_start": [start for start, _ in ranges],
            "date_end": [start + timedelta(length) for start, length in ranges],
        }
    )
    days = {window[0] + timedelta(day) for day in range((window[1] - window[0]).days + 1)}
    meeting = [
        (start, length) for start, length in ranges if days & {start + timedelta(day) for day in range(length + 1)}
    ]
    kept = Filter(date_from=window[0], date_to=window[1]).apply(frame)
    assert kept["date_start"].to_list() == [start for start, _ in meeting]


@given(_circles, st.lists(st.tuples(_degrees, st.floats(-90, 90)), min_size=1))
def test_a_circle_holds_what_lies_within_its_kilometres(circle: Circle, points: list[tuple[float, float]]) -> None:
    frame = pl.DataFrame(points, schema=["longitude", "latitude"], orient="row").with_columns(
        geo_precision=pl.lit("town")
    )
    away = [arc_km(latitude, longitude, circle.latitude, circle.longitude) for longitude, latitude in points]
    kept = Filter(within=circle).apply(frame.with_columns(away=pl.Series(away)))["away"].to_list()
    assert [km for km in away if km <= circle.km - 0.001] == [km for km in kept if km <= circle.km - 0.001]
    assert all(km <= circle.km + 0.001 for km in kept)


def test_a_circle_reaches_over_the_antimeridian() -> None:
    frame = pl.DataFrame({"longitude": [179.9, -179.9, 0.0], "latitude": [0.0, 0.0, 0.0], "geo_precision": "near"})
    assert Filter(within=Circle(180, 0, 50)).apply(frame)["longitude"].to_list() == [179.9, -179.9]


@pytest.mark.parametrize(
    "wanted",
    [Filter(bbox=(42, 33, 45, 34)), Filter(within=Circle(44, 33, 99)), Filter(within=shapely.box(42, 33, 45, 34))],
)
def test_the_middle_of_a_province_or_country_lies_in_no_area(wanted: Filter) -> None:
    frame = pl.DataFrame({"geo_precision": GEO_PRECISIONS, "longitude": 44.0, "latitude": 33.0})
    kept = ["site", "town", "near", "area", "offshore"]
    assert wanted.apply(frame)["geo_precision"].to_list() == kept
    assert frame.lazy().filter(wanted.expression()).collect()["geo_precision"].to_list() == kept


def test_an_area_is_given_as_text_or_as_a_file(tmp_path: Path) -> None:
    file = tmp_path / "area.geojson"
    file.write_text(json.dumps(shapely.box(0, 0, 2, 2).__geo_interface__), encoding="utf-8")
    assert read_shape(str(file)).equals(shapely.box(0, 0, 2, 2))
    assert read_shape("CIRCLE(42 34,5)") == Circle(42, 34, 5)
    assert read_shape("polygon ((0 0, 2 0, 2 2, 0 0))").area == 2
    with pytest.raises(InvalidValue, match="is no shape"):
        read_shape("CIRCLE (42 34)")


@pytest.mark.parametrize(
    "geojson",
    [
        {"type": "Polygon", "coordinates": [[[0, 0], [2, 0], [2, 2], [0, 2], [0, 0]]]},
        {"type": "Feature", "properties": {}, "geometry": shapely.box(0, 0, 2, 2).__geo_interface__},
        {"type": "FeatureCollection", "features": [
            {"type": "Feature", "properties": {}, "geometry": shapely.box(0, 0, 1, 2).__geo_interface__},
            {"type": "Feature", "properties": {}, "geometry": shapely.box(1, 0, 2, 2).__geo_interface__},
            {"type": "Feature", "properties": {}, "geometry": shapely.Point(9, 9).__geo_interface__}]},
    ],
)  # fmt: skip
def test_a_polygon_from_a_file(tmp_path: Path, geojson: dict[str, object]) -> None:
    file = tmp_path / "area.geojson"
    file.write_text("\ufeff" + json.dumps(geojson), encoding="utf-8")
    assert read_polygon(file).equals(shapely.box(0, 0, 2, 2))


@pytest.mark.parametrize(
    ("text", "error", "says"),
    [
        ("", UnreadableFile, "no GeoJSON"),
        ("{}", UnreadableFile, "no GeoJSON"),
        ('{"type": "Point", "coordinates": [1, 1]}', InvalidValue, "must be a polygon"),
        ('{"type": "FeatureCollection", "features": []}', InvalidValue, "must be a polygon"),
    ],
)
def test_a_file_that_is_no_polygon(tmp_path: Path, text: str, error: type[Exception], says: str) -> None:
    file = tmp_path / "area.geojson"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(error, match=says):
        read_polygon(file)


@pytest.mark.parametrize("text", ["!!!", "?", '""', "“ ”", "- – —", "😀"])
def test_words_without_letters_are_a_complaint_and_not_all_rows(text: str) -> None:
    found, complaints = Filter.from_params({"text": text})
    assert (found.text, len(complaints)) == ("", 1)
    assert "holds no word to look for" in complaints[0]
    with pytest.raises(InvalidValue, match="no word to look for"):
        Filter(text=text)


def test_a_narrow_frame_is_filtered_as_the_whole_one() -> None:
    incidents = pipeline.shipped_incidents()
    slim = narrow(incidents, keep=("incident_id",))
    for params in (
        {},
        {"country": "IQ", "from": "2024-01-01", "type": "drone attack,raid", "precision-at-least": "town"},
        {"province": "IQ-AN", "text": "drone base"},
        {"actor": "Islamic State", "bbox": "40,30,46,36"},
        {"within": "POLYGON ((40 30, 46 30, 46 36, 40 36, 40 30))", "text": "قاعدة OR base"},
        {"dataset": "Starter incidents"},
    ):
        wanted, complaints = Filter.from_params(params)
        assert not complaints
        whole = wanted.apply(incidents)["incident_id"].to_list()
        found = wanted.apply(slim, texts=Texts(incidents))
        assert found["incident_id"].to_list() == whole
        assert incidents[found["row"]]["incident_id"].to_list() == whole
