"""What a person says of a place: on which rows it is laid, what it leaves alone, how it is asked for and shared."""

from __future__ import annotations

import json
import random
from typing import TYPE_CHECKING

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from polars.testing import assert_frame_equal
from typer.testing import CliRunner

from mapping import pipeline
from mapping.cli import app
from mapping.errors import InvalidValue
from mapping.geocoder import geocode
from mapping.geocoder.corrections import (
    ASKED,
    CORRECTIONS,
    LEFT_UNKNOWN,
    choose,
    correct,
    draw,
    province_only,
    question_keys,
)
from mapping.schema import conform
from mapping.store import Store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from mapping.geocoder.corrections import Choice

POINT = draw(36.32, 41.88, "town", radius_km=5)
ASKS = {"place": "Al-Hol", "country_iso2": "SY", "adm1_claimed": "Hasakah", "adm2_claimed": None}
SET = (
    "latitude", "longitude", "geo_precision", "radius_km", "place_id", "matched_name", "geo_method", "geo_reason", "adm1_code",
)  # fmt: skip
ROWS = """id,date,country,province,place,event type,latitude,longitude
a,2024-07-16,Iraq,Nineveh,Nowhere,drone attack,,
b,2024-07-17,Iraq,Ninawa,nowhere,raid,,
c,2024-07-18,Iraq,Anbar,Nowhere,IED,,
d,2024-07-19,Iraq,Nineveh,Nowhere,IED,36.1,42.1
e,2024-07-20,Iraq,Nineveh,Mosul,IED,,
f,2024-07-20,Iraq,Nineveh,unknown,IED,,
"""


def made(choice: Choice, asks: dict = ASKS, **more: object) -> pl.DataFrame:
    return pl.DataFrame([asks | choice._asdict() | {"decided_at": "2026-11-24T10:00:00+00:00"} | more], CORRECTIONS)


def rows(*asks: dict, **more: object) -> pl.DataFrame:
    return conform(pl.DataFrame([one | more for one in asks], infer_schema_length=None))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path / "store") as opened:
        yield opened


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "mine.csv"
    path.write_text(ROWS, encoding="utf-8")
    return path


def keep(store: Store, file: Path) -> None:
    pipeline.keep(pipeline.process(file), store, name="mine", licence="CC0")


# Which rows ask the same.


@pytest.mark.parametrize(
    "other",
    [
        ASKS | {"place": "al hol"},
        ASKS | {"place": "AL-HŌL"},
        ASKS | {"adm1_claimed": "Al-Hasakah Governorate"},
        ASKS | {"adm1_claimed": "الحسكة"},
        ASKS | {"adm2_claimed": ""},
    ],
)
def test_rows_alike_ask_the_same(other: dict) -> None:
    assert question_keys(rows(ASKS, other)).n_unique() == 1


@pytest.mark.parametrize(
    "other",
    [
        ASKS | {"place": "Al-Hola"},
        ASKS | {"country_iso2": "IQ"},
        ASKS | {"country_iso2": None},
        ASKS | {"adm1_claimed": "Homs"},
        ASKS | {"adm1_claimed": None},
        ASKS | {"adm1_claimed": "the north-east"},
        ASKS | {"adm2_claimed": "Al-Hasakah"},
    ],
)
def test_other_rows_ask_something_else(other: dict) -> None:
    assert question_keys(rows(ASKS, other)).n_unique() == 2
    assert correct(rows(other), made(POINT))["geo_method"].item() is None


def test_a_province_that_none_knows_keeps_its_words() -> None:
    one, two = (ASKS | {"adm1_claimed": words} for words in ("Upper Region", "Lower Region"))
    assert question_keys(rows(one, two)).n_unique() == 2
    assert question_keys(rows(one, one | {"adm1_claimed": "upper region"})).n_unique() == 1


@pytest.mark.parametrize("place", [None, "", " ", "—", "'"])
def test_no_place_asks_nothing(place: str | None) -> None:
    asks = ASKS | {"place": place}
    assert question_keys(rows(asks)).to_list() == [None]
    assert_frame_equal(correct(rows(asks), made(POINT, asks | {"place": place or ""})), rows(asks))


# What is laid over them.


def test_a_candidate_chosen_says_who_when_and_for_which_words() -> None:
    candidate = pipeline.locate_text("Mosul", country="IQ", limit=1)[0]
    row = correct(rows(ASKS), made(choose(candidate, note="told by the mayor"))).row(0, named=True)
    assert (row["geo_method"], row["matched_name"], row["place_id"]) == ("manual", "Mosul", candidate.place_id)
    assert row["geo_reason"] == "a person chose Mosul on 2026-11-24 for 'Al-Hol'; told by the mayor"


@pytest.mark.parametrize(
    ("choice", "precision", "latitude", "province", "words"),
    [
        (POINT, "town", 36.32, None, "drew this point"),
        (province_only("SY-HA"), "province", None, "SY-HA", "no more than the province"),
        (LEFT_UNKNOWN, "none", None, None, "nobody can tell"),
    ],
)
def test_each_answer(choice: Choice, precision: str, latitude: float | None, province: str | None, words: str) -> None:
    found = rows(ASKS, latitude=1.0, longitude=1.0, geo_precision="town", geo_method="gazetteer", adm1_code="SY-HI")
    row = correct(found, made(choice)).row(0, named=True)
    assert (row["geo_precision"], row["latitude"], row["adm1_code"]) == (precision, latitude, province)
    assert words in row["geo_reason"]


def test_coordinates_of_the_source_stand() -> None:
    given_ = rows(ASKS, latitude=36.0, longitude=41.0, geo_method="source", geo_precision="site")
    assert_frame_equal(correct(given_, made(LEFT_UNKNOWN)), given_)


def test_the_last_of_one_question_counts() -> None:
    both = pl.concat([made(POINT), made(LEFT_UNKNOWN, ASKS | {"place": "al hol"})])
    assert correct(rows(ASKS), both)["geo_precision"].item() == "none"
    assert correct(rows(ASKS), both.reverse())["geo_precision"].item() == "town"


@pytest.mark.parametrize(
    ("latitude", "longitude", "precision", "radius", "words"),
    [
        (91.0, 0.0, "town", 5.0, "no point"),
        (float("nan"), 0.0, "town", 5.0, "no point"),
        (0.0, 181.0, "town", 5.0, "no point"),
        (0.0, 0.0, "province", 5.0, "one of site, town, near"),
        (0.0, 0.0, "town", 0.0, "no radius"),
        (0.0, 0.0, "town", float("nan"), "no radius"),
    ],
)
def test_what_cannot_be_drawn(latitude: float, longitude: float, precision: str, radius: float, words: str) -> None:
    with pytest.raises(InvalidValue, match=words):
        draw(latitude, longitude, precision, radius_km=radius)


_places = st.sampled_from(["Al-Hol", "al hol", "Hit", "Nowhere", "", None, "قرية"])
_asks = st.fixed_dictionaries(
    {
        "place": _places,
        "country_iso2": st.sampled_from(["IQ", "SY", None]),
        "adm1_claimed": st.sampled_from(["Hasakah", "Anbar", "Al-Hasakah", "?", None]),
        "adm2_claimed": st.sampled_from(["Al-Qaim", None]),
        "geo_method": st.sampled_from(["source", "gazetteer", "province", None]),
    }
)


@given(asks=st.lists(_asks, min_size=1, max_size=25), decided=st.lists(_asks, max_size=8), seed=st.integers())
def test_order_does_not_matter_and_nothing_else_is_touched(asks: list, decided: list, seed: int) -> None:
    frame = rows(*asks).with_row_index("row").with_columns(summary=pl.format("row {}", "row"), latitude=pl.lit(1.5))
    choices = [POINT, LEFT_UNKNOWN, province_only("SY-HA")]
    corrections = pl.DataFrame(
        [
            {name: asked[name] for name in ASKED} | choices[number % 3]._asdict() | {"decided_at": "2026-11-24"}
            for number, asked in enumerate(decided)
        ],
        CORRECTIONS,
    )
    after = correct(frame, corrections)
    assert after.columns == frame.columns
    assert after.schema == frame.schema
    assert_frame_equal(after.drop(SET), frame.drop(SET))
    answered = question_keys(frame).is_in(question_keys(corrections).drop_nulls().implode()).fill_null(False)
    touched = answered & frame["geo_method"].ne_missing("source")
    assert (after["geo_method"].eq_missing("manual") == touched).all()
    assert_frame_equal(after.filter(~touched), frame.filter(~touched))
    assert_frame_equal(correct(after, corrections), after)
    order = random.Random(seed).sample(range(frame.height), frame.height)
    assert_frame_equal(correct(frame[order], corrections), after[order])


# The whole way: store, atlas, undo, Import, locate.


def test_the_atlas_has_it_and_undo_leaves_nothing(store: Store, file: Path) -> None:
    keep(store, file)
    before = pipeline.atlas(store)
    question = pipeline.open_questions(store, "mine").row(0, named=True)
    assert (question["place"], question["rows"], question["adm1_code"], question["why"]) == (
        "Nowhere",
        2,
        "IQ-NI",
        "unknown",
    )
    number = pipeline.decide(store, question, draw(36.2, 42.3, "near", radius_km=10))
    mine = pipeline.atlas(store).filter(pl.col("dataset") == "mine")
    assert mine["geo_method"].to_list()[:2] == ["manual", "manual"]
    assert mine["adm1_agrees"].to_list()[:2] == [True, True]
    assert mine["adm1_code"].to_list()[:3] == ["IQ-NI", "IQ-NI", "IQ-AN"]
    assert mine.row(3, named=True)["latitude"] == 36.1
    assert_frame_equal(pipeline.stored(store), before)
    assert pipeline.open_questions(store, "mine")["adm1_code"].to_list() == ["IQ-AN"]
    store.corrections.undo(number)
    assert_frame_equal(pipeline.atlas(store), before)


def test_an_answer_holds_for_what_comes_later(store: Store, file: Path) -> None:
    pipeline.decide(store, ASKS | {"place": "NOWHERE", "country_iso2": "IQ", "adm1_claimed": "Nineveh"}, POINT)
    keep(store, file)
    assert pipeline.atlas(store).filter(pl.col("geo_method") == "manual")["incident_id"].to_list() == ["a", "b"]
    assert store.read("mine")["geo_method"].to_list().count("manual") == 0


def test_questions_are_those_worth_a_look(file: Path) -> None:
    asked = pipeline.asked(pipeline.process(file).incidents)
    assert asked["incident_id"].to_list() == ["a", "b", "c", "e", "f"]
    assert asked.filter("is_open")["incident_id"].to_list() == ["a", "b", "c"]


def test_a_place_that_names_of_later_know_still_waits(store: Store, file: Path, tmp_path: Path) -> None:
    placed = pipeline.process(file).incidents
    village = tmp_path / "villages.csv"
    village.write_text("name,latitude,longitude,country\nNowhere,36.2,42.3,IQ\n", encoding="utf-8")
    pipeline.add_gazetteer(store, village)
    with pipeline.using_own(store):
        asked = pipeline.asked(placed)
        (best, *_) = pipeline.candidates_for(pipeline.queue(asked.filter("is_open")).row(0, named=True))
        again = pipeline.process(file).incidents
        assert again["latitude"].to_list()[:2] == [36.2, 36.2]
        assert not pipeline.asked(again)["is_open"][0]
    assert asked.filter("is_open")["incident_id"].to_list() == ["a", "b", "c"]
    assert (best.latitude, best.longitude) == (36.2, 42.3)


def test_several_of_a_name_are_told_from_none() -> None:
    asks = {"place": "Mohammadabad", "country_iso2": "IR", "adm1_claimed": None, "adm2_claimed": None}
    found = pipeline.queue(pipeline.asked(geocode(rows(asks, asks | {"place": "Nowhere"}))))
    assert found["why"].to_list() == ["several", "unknown"]
    assert len(pipeline.candidates_for(found.row(0, named=True))) > 1


def test_what_was_decided_is_counted_and_named_as_its_question(store: Store, file: Path) -> None:
    asked = pipeline.asked(pipeline.process(file).incidents)
    question = pipeline.queue(asked.filter("is_open")).row(0, named=True)
    pipeline.decide(store, question, POINT)
    number = pipeline.decide(store, question | {"place": "nowhere"}, LEFT_UNKNOWN)
    pipeline.decide(store, question | {"place": "Elsewhere"}, LEFT_UNKNOWN)
    done = pipeline.decided(asked, store.corrections.all())
    assert done.select("place", "rows").rows() == [("Elsewhere", 0), ("nowhere", 2)]
    assert done["question"][1] == question["question"] == pipeline.question_id(question)
    assert pipeline.correction_of(store, question) == number
    store.corrections.undo(number)
    assert pipeline.decided(asked, store.corrections.all())["geo_precision"].to_list() == ["none", "town"]


def test_locate_knows_it(store: Store, file: Path) -> None:
    asks = {"place": "Nowhere", "country_iso2": "IQ", "adm1_claimed": "Nineveh", "adm2_claimed": None}
    pipeline.decide(store, asks, POINT)
    standing = store.corrections.all()
    first = pipeline.locate_text("nowhere", corrections=standing)[0]
    assert (first.geo_method, first.score, first.adm1_name, first.latitude) == ("manual", 1.0, "Nineveh", 36.32)
    assert all(
        one.geo_method != "manual" for one in pipeline.locate_text("nowhere", country="SY", corrections=standing)
    )
    table = pipeline.locate_table(file, place="place", province="province", country="country", corrections=standing)
    assert table["geo_method"].to_list().count("manual") == 3  # a table of places has no coordinates of its own
    assert table["input_latitude"][3] == "36.1"


def test_locate_lists_what_was_chosen_once(store: Store) -> None:
    asks = {"place": "Mosul", "country_iso2": "IQ", "adm1_claimed": None, "adm2_claimed": None}
    pipeline.decide(store, asks, choose(pipeline.locate_text("Mosul", country="IQ", limit=1)[0]))
    found = pipeline.locate_text("Mosul", country="IQ", corrections=store.corrections.all())
    assert [one.geo_method for one in found].count("manual") == 1
    assert len({one.place_id for one in found}) == len(found)


# Shared as CSV.


def test_a_csv_goes_out_and_comes_in(store: Store, tmp_path: Path) -> None:
    for place, choice in (("=1+1", POINT), ("قرية", LEFT_UNKNOWN), ('a,"b"', province_only("SY-HA", note="-x"))):
        pipeline.decide(store, ASKS | {"place": place}, choice)
    assert pipeline.write_corrections(store, tmp_path / "out.csv") == 3
    with Store(tmp_path / "theirs") as theirs:
        assert pipeline.read_corrections(theirs, tmp_path / "out.csv") == 3
        assert_frame_equal(theirs.corrections.all(), store.corrections.all())
        assert pipeline.read_corrections(theirs, tmp_path / "out.csv") == 0


def test_the_later_decision_counts_whoever_made_it(store: Store) -> None:
    store.corrections.add(ASKS | POINT._asdict() | {"decided_at": "2026-11-24T10:00:00+00:00"})
    store.corrections.add(ASKS | LEFT_UNKNOWN._asdict() | {"decided_at": "2026-11-23T10:00:00+00:00"})
    assert correct(rows(ASKS), store.corrections.all())["geo_precision"].item() == "town"


@pytest.mark.parametrize(
    ("column", "value", "words"),
    [
        ("latitude", "north", "latitude is a number"),
        ("latitude", "99", "latitude is a number"),
        ("latitude", "", "latitude and longitude"),
        ("geo_precision", "exact", "geo_precision is one of"),
        ("geo_precision", "none", "the others neither"),
        ("decided_at", "yesterday", "decided_at is a date"),
        ("decided_at", "24/11/2026", "decided_at is a date"),
        ("decided_at", "2026-11-24 10:00", "decided_at is a date"),
        ("decided_at", "9999-12-31", "not to come"),
        ("place", "", "place has a letter"),
        ("place", "...", "place has a letter"),
        ("country_iso2", "Iraq", "country_iso2 is an ISO 3166-1 code"),
        ("radius_km", "-1", "radius_km is a number"),
    ],
)
def test_a_csv_with_a_bad_row_is_not_taken_in(
    store: Store, tmp_path: Path, column: str, value: str, words: str
) -> None:
    table = pl.concat([made(POINT), made(POINT)]).with_columns(pl.all().cast(pl.String))
    bad = pl.concat([table.head(1), table.tail(1).with_columns(pl.lit(value).alias(column))])
    bad.write_csv(tmp_path / "bad.csv")
    with pytest.raises(InvalidValue, match=rf"Row 3: .*{words}"):
        pipeline.read_corrections(store, tmp_path / "bad.csv")
    assert store.corrections.all().is_empty()


def test_a_csv_saved_with_decimal_commas_is_read(store: Store, tmp_path: Path) -> None:
    table = made(POINT).with_columns(pl.all().cast(pl.String)).with_columns(latitude=pl.lit("36,5"))
    pl.concat([table, table]).write_csv(tmp_path / "excel.csv", separator=";", include_bom=True)
    assert pipeline.read_corrections(store, tmp_path / "excel.csv") == 1
    assert store.corrections.all()["latitude"].to_list() == [36.5]


def test_a_csv_without_the_columns_is_refused(store: Store, file: Path) -> None:
    with pytest.raises(InvalidValue, match="no column country_iso2"):
        pipeline.read_corrections(store, file)


# The commands.


@pytest.fixture
def run(store: Store, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., str]]:
    """Runs a command against the store; gives what it prints."""
    monkeypatch.setenv("INCIDENT_ATLAS_HOME", str(store.home))

    def run_one(*arguments: object) -> str:
        done = CliRunner().invoke(app, [str(argument) for argument in arguments])
        assert done.exit_code == 0, done.output
        return done.stdout

    yield run_one


def test_commands_export_import_locate_and_convert(
    run: Callable[..., str], store: Store, file: Path, tmp_path: Path
) -> None:
    pipeline.decide(store, ASKS | {"place": "Nowhere", "country_iso2": "IQ", "adm1_claimed": "Nineveh"}, POINT)
    assert json.loads(run("corrections", "export", "-o", tmp_path / "out.csv", "--json"))["corrections"] == 1
    assert json.loads(run("corrections", "import", tmp_path / "out.csv", "--json"))["new corrections"] == 0
    (first, *_) = json.loads(run("locate", "nowhere", "--province", "IQ-NI", "--json"))
    assert (first["geo_method"], first["latitude"]) == ("manual", 36.32)
    run("convert", file, "-o", tmp_path / "out.geojson")
    placed = json.loads((tmp_path / "out.geojson").read_text(encoding="utf-8"))["features"]
    assert [feature["id"] for feature in placed if feature["properties"]["geo_method"] == "manual"] == ["a", "b"]


def test_no_store_is_made_to_look_for_corrections(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INCIDENT_ATLAS_HOME", str(tmp_path / "none"))
    assert pipeline.own_corrections().is_empty()
    assert not (tmp_path / "none").exists()
