"""Reports in the store, and drafts that become incidents: all or nothing, whoever else is at it."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import TYPE_CHECKING

import polars as pl
import pytest

from mapping import pipeline
from mapping.coding import gather
from mapping.coding.mentions import Span
from mapping.coding.reading import read
from mapping.errors import InvalidValue, StoreError, UnknownDataset
from mapping.geocoder.corrections import LEFT_UNKNOWN, draw, province_only
from mapping.pipeline.selection import values_of
from mapping.store import KeptReport, Store, text_key

if TYPE_CHECKING:
    from pathlib import Path

TEXT = "Gunmen shot at a patrol near Hit on Tuesday night 😀. Two soldiers were killed."
REPORT = KeptReport(TEXT, source_name="Our own paper", written=date(2024, 7, 17))
DRAFT = {"date_start": "2024-07-16", "place": "Hit", "adm1_claimed": "Anbar", "country_iso2": "IQ", "event_type": "armed assault",
         "licence": "CC0"}  # fmt: skip


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "store")


def keep(store: Store, dataset: str = "Mine", **values: str) -> str:
    row = pipeline.check_draft(DRAFT | values).row
    spans = {"place": [(TEXT.index("Hit"), TEXT.index("Hit") + 3)]}
    return pipeline.keep_draft(store, REPORT, row, dataset=dataset, spans=spans, sentence=(0, 50))[1]


def test_an_incident_its_text_and_its_letters_are_kept_together(store: Store) -> None:
    name = keep(store)
    assert name == "2024-07-16-hit-1"
    row = store.read("Mine").row(0, named=True)
    assert (row["place"], row["adm1_name"], row["source_row"]) == ("Hit", "Anbar", 2)
    evidence = store.reports.evidence("Mine", name)
    assert evidence is not None
    ((start, end),) = evidence.spans["place"]
    assert store.reports.read(evidence.sha256) == REPORT
    assert TEXT[start:end] == "Hit" == store.raw_row("Mine", "1", 2)["place"]


def test_every_incident_is_one_more_version_and_the_earlier_stay(store: Store) -> None:
    assert [keep(store), keep(store), keep(store, place="Rutba")] == [
        "2024-07-16-hit-1", "2024-07-16-hit-2", "2024-07-16-rutba-1",
    ]  # fmt: skip
    assert [version.rows for version in store.versions("Mine")] == [1, 2, 3]
    assert store.read("Mine", "1")["incident_id"].to_list() == ["2024-07-16-hit-1"]
    assert store.read("Mine")["source_row"].to_list() == [2, 3, 4]
    assert [one.incident_id for one in store.reports.told_by(text_key(TEXT))] == store.read("Mine")[
        "incident_id"
    ].to_list()


def test_those_who_accept_at_once_lose_nothing(tmp_path: Path) -> None:
    row = pipeline.check_draft(DRAFT).row

    def accept(number: int) -> str:
        with Store(tmp_path / "store") as store:  # of its own, as another process has
            report = KeptReport(f"Report {number}")
            return store.reports.keep(report, row, dataset="Mine", spans={}, sentence=(0, 6))[1]

    with ThreadPoolExecutor(6) as pool:
        names = list(pool.map(accept, range(12)))
    with Store(tmp_path / "store") as store:
        assert sorted(store.read("Mine")["incident_id"]) == sorted(names)
        assert len(set(names)) == 12
        assert store.datasets()[0].version == "12"


def test_a_file_gains_a_row_and_keeps_its_own(store: Store) -> None:
    rows = pl.DataFrame({"incident_id": ["a"], "source_row": [7]})
    store.add("Mine", rows, raw=pl.DataFrame({"Ort": ["Hit"], "source_row": [7]}), licence="ODbL 1.0", reader="table")
    keep(store)
    assert store.read("Mine")["licence"].to_list() == ["ODbL 1.0", "CC0"]
    assert store.datasets()[0].licence == "CC0; ODbL 1.0"
    assert store.raw_row("Mine", "2", 7)["Ort"] == "Hit"
    assert store.raw_row("Mine", "2", 8)["place"] == "Hit"


def test_what_cannot_be_kept_leaves_nothing(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pl.DataFrame, "write_parquet", lambda *_, **__: (_ for _ in ()).throw(OSError(28, "No space")))
    with pytest.raises(StoreError, match="No space"):
        keep(store)
    assert store.datasets() == []
    with pytest.raises(UnknownDataset, match="no such report"):
        store.reports.read(text_key(TEXT))


@pytest.mark.parametrize("name", ["", " ", pipeline.STARTER.upper(), "a\x00b"])
def test_a_name_that_is_none_is_refused(store: Store, name: str) -> None:
    with pytest.raises(InvalidValue):
        keep(store, dataset=name)


def test_a_text_can_be_taken_away_and_handed_in_again(store: Store) -> None:
    name = keep(store)
    store.reports.take_text_away(text_key(TEXT))
    assert store.reports.read(text_key(TEXT)).text is None
    assert store.reports.evidence("Mine", name) is not None
    assert store.raw_row("Mine", "1", 2)["place"] == "Hit"
    keep(store)
    assert store.reports.read(text_key(TEXT)).text == TEXT


def test_an_incident_from_a_file_rests_on_no_report(store: Store) -> None:
    assert store.reports.evidence("Mine", "a") is None


def test_a_draft_is_checked_as_a_row_is() -> None:
    found = pipeline.check_draft({"date_start": "soon", "injured": "many", "event_type": "raid"})
    assert found.row.is_empty()
    assert sorted(found.problems.filter("rejected")["column"]) == ["date_start", "injured"]


def test_a_date_may_be_known_by_its_last_day_only() -> None:
    row = pipeline.check_draft({"date_end": "2024-07-17", "place": "Hit", "country_iso2": "IQ"}).row
    assert row.select("date_start", "date_end").row(0) == (None, date(2024, 7, 17))


def test_a_choice_holds_for_this_row_only(store: Store) -> None:
    chosen = pipeline.check_draft(DRAFT, choice=draw(33.5, 42.1, "near", radius_km=10)).row.row(0, named=True)
    assert (chosen["latitude"], chosen["geo_method"], chosen["geo_precision"]) == (33.5, "manual", "near")
    bare = pipeline.check_draft(DRAFT, choice=province_only("IQ-AN")).row.row(0, named=True)
    assert (bare["latitude"], bare["adm1_code"]) == (None, "IQ-AN")
    assert pipeline.check_draft(DRAFT, choice=LEFT_UNKNOWN).row["geo_precision"].item() == "none"
    assert store.corrections.all().is_empty()
    row = pipeline.check_draft(DRAFT, choice=draw(33.5, 42.1, "near", radius_km=10)).row
    pipeline.keep_draft(store, REPORT, row, dataset="Mine", spans={}, sentence=(0, 9))
    keep(store)
    pipeline.decide(store, DRAFT | {"adm2_claimed": None}, LEFT_UNKNOWN)  # of all rows that ask the same
    mine = pipeline.atlas(store).filter(pl.col("dataset") == "Mine")
    assert mine["latitude"].to_list() == [33.5, None]
    assert pipeline.asked(pipeline.stored(store).filter(pl.col("dataset") == "Mine")).height == 1


def placed(**values: str) -> pl.DataFrame:
    return pipeline.check_draft(DRAFT | values).row


@pytest.mark.parametrize(
    ("other", "is_same"),
    [
        ({}, True),
        ({"date_start": "2024-07-17"}, True),
        ({"date_start": "2024-07-18"}, False),
        ({"date_start": "", "date_end": "2024-07-17"}, True),
        ({"event_type": "raid"}, True),  # of the family
        ({"event_type": "shelling"}, False),
        ({"event_type": "other"}, True),
        ({"event_type": ""}, True),
        ({"place": "Al Baghdadi"}, True),  # 36 km off
        ({"place": "Mosul", "adm1_claimed": "Nineveh"}, False),
        ({"place": ""}, True),  # in the province, no more is known
        ({"place": "", "adm1_claimed": "Nineveh"}, False),
    ],
)
def test_duplicates_are_of_the_kind_within_a_day_and_50_km(other: dict[str, str], is_same: bool) -> None:
    assert pipeline.duplicates_of(placed(), placed(**other)).height == is_same
    assert pipeline.duplicates_of(placed(**other), placed()).height == is_same


def test_what_has_no_date_has_no_duplicates() -> None:
    assert pipeline.duplicates_of(placed(date_start=""), placed()).is_empty()


@pytest.mark.parametrize(
    ("column", "words", "value"),
    [
        (
            "date_start",
            "Tuesday night",
            {"date_start": "2024-07-16", "date_end": "2024-07-16", "date_precision": "day"},
        ),
        (
            "fatalities_best",
            "Two soldiers were killed",
            {"fatalities_low": "2", "fatalities_best": "2", "fatalities_high": "2"},
        ),
        ("country_iso2", "Hit", {"country_iso2": "Hit"}),
        ("target", "a patrol  near", {"target": "a patrol near"}),
        ("injured", "soldiers", {"injured": "soldiers"}),
        ("event_type", "patrol", {"event_type": "other", "event_type_source": "patrol"}),
    ],
)
def test_selected_words_are_read_by_the_rules_or_stand_as_they_are(
    column: str, words: str, value: dict[str, str]
) -> None:
    report = read(TEXT.replace("a patrol near", "a patrol  near"), written=date(2024, 7, 17))
    start = report.text.index(words)
    assert values_of(gather(report), column, Span(start, start + len(words))) == value
