"""From a report, without a browser: drafts are corrected, accepted, refused and made of what was passed over."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
import streamlit as st
from hypothesis import given
from hypothesis import strategies as some
from streamlit.testing.v1 import AppTest

from mapping.coding.mentions import Span
from mapping.pages.report_marks import Sentence, marks_of, paragraphs
from mapping.store import Store

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from mapping.pages.report_desk import Desk

REPORT = (
    "BAGHDAD, July 17, 2024 - Gunmen killed three policemen in Baquba on Tuesday night, police said.\n\n"
    "The group has threatened to attack Kirkuk if the prisoners are not freed.\n"
)


def report_page() -> None:
    from mapping.pages import report

    report.page()


def markup(app: AppTest) -> str:
    return "\n".join(part.proto.body for part in app.get("html") if not part.proto.body.startswith("<style"))


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("INCIDENT_ATLAS_HOME", str(tmp_path / "store"))
    st.cache_resource.clear()
    return tmp_path / "store"


@pytest.fixture
def open_report(home: Path) -> Callable[..., AppTest]:  # noqa: ARG001
    def open_at(text: str = "", **params: str) -> AppTest:
        app = AppTest.from_function(report_page, default_timeout=60)
        app.query_params.update(params)
        app.run()
        if text:
            app.text_area(key="report-pasted").set_value(text)
            app.button(key="draft-incidents").click().run()
        assert not app.exception, app.exception
        return app

    return open_at


def desk(app: AppTest) -> Desk:
    return app.session_state["desk"]


def keep(app: AppTest) -> None:
    app.selectbox(key="report-licence").select("CC0 1.0").run()
    app.button(key="keep-incident").click().run()
    assert not app.exception, app.exception


def test_a_pasted_report_is_drafted_and_nothing_is_kept(open_report: Callable[..., AppTest], home: Path) -> None:
    page = open_report(REPORT)
    assert page.text_input(key="field-date_start").value == "2024-07-16"
    assert page.text_input(key="field-place").value == "Baquba"
    assert page.text_input(key="field-fatalities_best").value == "3"
    assert page.date_input(key="desk-written").value == date(2024, 7, 17)
    assert "“Tuesday night”" in markup(page).replace("<bdi>", "").replace("</bdi>", "")
    assert page.button(key="keep-incident").disabled  # no licence yet
    with Store(home) as store:
        assert store.datasets() == []


def test_an_accepted_draft_is_in_the_store_with_its_text(open_report: Callable[..., AppTest], home: Path) -> None:
    page = open_report(REPORT)
    page.text_input(key="desk-source-name").set_value("Our own paper").run()
    page.text_input(key="field-actor1").set_value("a gang").run()
    keep(page)
    assert "2024-07-16-baquba-1" in markup(page)
    with Store(home) as store:
        row = store.read("From reports").row(0, named=True)
        assert (row["actor1"], row["adm1_name"], row["source_name"]) == ("a gang", "Diyala", "Our own paper")
        assert (row["source_date"], row["licence"], row["source_count"]) == (date(2024, 7, 17), "CC0 1.0", 1)
        evidence = store.reports.evidence("From reports", row["incident_id"])
        assert evidence is not None
        assert store.reports.read(evidence.sha256).text == REPORT
        assert [REPORT[start:end] for start, end in evidence.spans["date_start"]] == ["Tuesday night"]


def test_what_is_wrong_is_said_at_the_field_and_keeps_the_draft_from_being_kept(
    open_report: Callable[..., AppTest],
) -> None:
    page = open_report(REPORT)
    page.selectbox(key="report-licence").select("CC0 1.0").run()
    page.text_input(key="field-injured").set_value("some").run()
    assert "is not a number" in markup(page)
    assert "Mend 1 field first" in markup(page)
    assert page.button(key="keep-incident").disabled
    page.text_input(key="field-injured").set_value("4").run()
    assert not page.button(key="keep-incident").disabled


def test_no_incident_can_be_undone(open_report: Callable[..., AppTest], home: Path) -> None:
    page = open_report(REPORT)
    page.button(key="not-an-incident").click().run()
    assert "Said to be no incident" in markup(page)
    page.button(key="undo-reject").click().run()
    assert page.text_input(key="field-place").value == "Baquba"
    with Store(home) as store:
        assert store.datasets() == []


def test_a_draft_is_made_of_what_was_passed_over(open_report: Callable[..., AppTest]) -> None:
    page = open_report(REPORT)
    assert len(desk(page).passed) == 1
    page.button(key="take-up-0").click().run()
    assert not page.exception, page.exception
    assert len(desk(page).entries) == 2 and not desk(page).passed
    assert page.text_input(key="field-place").value == "Kirkuk"
    page.button(key="step-left").click().run()
    assert page.text_input(key="field-place").value == "Baquba"


def test_selected_words_fill_a_field_and_are_its_evidence(open_report: Callable[..., AppTest]) -> None:
    page = open_report(REPORT)
    entry = desk(page).entries[0]
    start = REPORT.index(" three policemen ")
    desk(page).use(entry, "target", Span(start, start + 17))
    page.run()
    assert page.text_input(key="field-target").value == "three policemen"
    assert entry.spans["target"] == (Span(start + 1, start + 16),)


def test_the_day_of_an_old_report_can_be_given_on_the_desk(open_report: Callable[..., AppTest]) -> None:
    page = open_report("Gunmen killed three policemen in Baquba on Tuesday night, police said.")
    assert page.date_input(key="desk-written").min <= date(1989, 11, 16)
    page.date_input(key="desk-written").set_value(date(1989, 11, 16)).run()
    assert desk(page).entry.values["date_start"] == "1989-11-14"


def test_another_day_of_the_report_makes_the_drafts_anew(open_report: Callable[..., AppTest]) -> None:
    page = open_report(REPORT.removeprefix("BAGHDAD, July 17, 2024 - "))
    assert "No day of the report is known" in markup(page)
    assert page.text_input(key="field-date_start").value == ""
    page.date_input(key="desk-written").set_value(date(2024, 7, 18)).run()
    assert page.text_input(key="field-date_start").value == "2024-07-16"


def test_what_may_be_the_same_is_shown_before_it_is_kept_twice(open_report: Callable[..., AppTest], home: Path) -> None:
    page = open_report(REPORT)
    keep(page)
    again = open_report(REPORT)
    assert "An incident that may be this one" in markup(again)
    assert "From reports" in markup(again)
    assert again.button(key="keep-incident").label == "Keep it anyway"
    keep(again)
    with Store(home) as store:
        assert store.read("From reports").height == 2


def test_a_place_is_chosen_for_this_incident_only(open_report: Callable[..., AppTest], home: Path) -> None:
    page = open_report(REPORT)
    page.button(key="place-unknown").click().run()
    assert "place unknown" in markup(page)
    keep(page)
    with Store(home) as store:
        assert store.read("From reports")["geo_precision"].item() == "none"
        assert store.corrections.all().is_empty()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("   ", "is empty"),
        ("Deux drones ont attaqué la base dans la nuit de mardi à mercredi.", "French"),
        ("a" * 1_000_001, "Split it"),
    ],
)
def test_what_cannot_be_read_is_said(open_report: Callable[..., AppTest], text: str, words: str) -> None:
    assert words in markup(open_report(text))


def test_an_unknown_report_is_said_to_be_none(open_report: Callable[..., AppTest]) -> None:
    assert "no such report" in markup(open_report(report="abc"))


def test_a_kept_report_is_read_again_and_its_text_taken_away(open_report: Callable[..., AppTest], home: Path) -> None:
    keep(open_report(REPORT))
    with Store(home) as store:
        evidence = store.reports.evidence("From reports", "2024-07-16-baquba-1")
        assert evidence is not None
    page = open_report(report=evidence.sha256, incident="From reports/2024-07-16-baquba-1")
    assert "field-place" in markup(page) and "Baquba" in markup(page)
    page.button(key="delete-text").click().run()
    assert "The text was taken away" in markup(page)
    with Store(home) as store:
        assert store.reports.read(evidence.sha256).text is None
        store.remove("From reports")
    assert "in no dataset any more" in markup(open_report(report=evidence.sha256))


def test_an_incident_by_a_day_is_shown_in_explore(
    open_report: Callable[..., AppTest], open_app: Callable[..., AppTest]
) -> None:
    page = open_report(REPORT)
    page.text_input(key="field-date_start").set_value("").run()
    keep(page)
    explore = open_app(incident="From reports/2024-07-16-baquba-1", sort="date_start", **{"from": "2024-07-01"})
    assert not explore.exception, explore.exception
    assert "by Tuesday 16 July 2024" in markup(explore)
    assert explore.button(key="read-report").label == "Read the report"


@given(text=some.text(some.characters(exclude_characters="\r"), max_size=60), data=some.data())
def test_the_pieces_of_a_text_are_the_text(text: str, data: some.DataObject) -> None:
    at = some.integers(0, len(text))
    spans = {
        column: data.draw(some.lists(some.tuples(at, at), max_size=4)) for column in ("place", "date_start", "date_end")
    }
    marks = marks_of(spans, len(text))
    sentences = [Sentence(*sorted(pair), 0, "") for pair in data.draw(some.lists(some.tuples(at, at), max_size=3))]
    pieces = [piece for line in paragraphs(text, marks, sentences) for piece in line]
    assert all(text[piece["start"] :].startswith(piece["text"]) for piece in pieces)
    assert "".join(piece["text"] for piece in pieces) == text.replace("\n", "")
    for number, mark in enumerate(marks):
        covered = "".join(piece["text"] for piece in pieces if number in piece["marks"])
        assert covered == text[mark.start : mark.end].replace("\n", "")
