"""Review without a browser: what is asked, what an answer does, and how it is taken back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl
import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from mapping import pipeline
from mapping.store import Store

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).resolve().parents[2]
ROWS = """id,date,country,province,place,event type,summary
a,2024-07-16,Iran,,Mohammadabad,air strike,One of many villages of that name was hit.
b,2024-07-17,Iran,,mohammadabad,raid,A raid at dawn.
c,2024-07-18,Iraq,Nineveh,قرية الحميدات,shelling,قصف مدفعي.
d,2024-07-19,Iraq,Nineveh,Mosul,raid,
"""


def review_page() -> None:
    from mapping.pages import review

    review.page()


def markup(app: AppTest) -> str:
    return "\n".join(part.proto.body for part in app.get("html") if not part.proto.body.startswith("<style"))


def address(app: AppTest) -> dict[str, str]:
    return {name: value[0] if isinstance(value, list) else value for name, value in app.query_params.items()}


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A store that holds a dataset, Mine, of three questions in four rows."""
    monkeypatch.setenv("INCIDENT_ATLAS_HOME", str(tmp_path / "store"))
    file = tmp_path / "mine.csv"
    file.write_text(ROWS, encoding="utf-8")
    with Store(tmp_path / "store") as store:
        pipeline.keep(pipeline.process(file), store, name="Mine", licence="CC0")
    st.cache_resource.clear()
    return tmp_path / "store"


@pytest.fixture
def open_review(home: Path) -> Callable[..., AppTest]:  # noqa: ARG001
    def open_at(**params: str) -> AppTest:
        app = AppTest.from_function(review_page, default_timeout=60)
        app.query_params.update(params)
        app.run()
        assert not app.exception, app.exception
        return app

    return open_at


def atlas(home: Path) -> pl.DataFrame:
    with Store(home) as store:
        return pipeline.atlas(store).filter(pl.col("dataset") == "Mine")


def progress(app: AppTest) -> str:
    return app.get("progress")[0].proto.text


def test_asks_what_most_rows_ask_first(open_review: Callable[..., AppTest]) -> None:
    page = open_review(dataset="Mine")
    assert progress(page) == "0 of 2 decided"
    words = markup(page)
    assert "<h2><bdi>Mohammadabad</bdi></h2>" in words
    assert "2 rows" in words and "16 July 2024 to 17 July 2024" in words
    assert "One of many villages of that name was hit." in words
    assert [button.label for button in page.button if str(button.key).startswith("choose-")] == [
        f"Choose {number}" for number in range(1, 6)
    ]
    assert page.button(key="province-only").disabled  # no province is stated


def test_an_answer_is_applied_and_the_next_comes(open_review: Callable[..., AppTest], home: Path) -> None:
    page = open_review(dataset="Mine")
    page.button(key="choose-2").click().run()
    assert not page.exception
    assert "Applied to 2 rows" in markup(page)
    assert progress(page) == "1 of 2 decided"
    assert "<h2><bdi>قرية الحميدات</bdi></h2>" in markup(page)
    assert atlas(home)["geo_method"].to_list()[:2] == ["manual", "manual"]
    page.button(key="province-only").click().run()
    assert "Nothing waits for you" in markup(page)
    assert atlas(home).row(2, named=True)["geo_reason"].startswith("a person said on")
    page.button(key="undo-last").click().run()
    assert progress(page) == "1 of 2 decided"
    assert "<h2><bdi>قرية الحميدات</bdi></h2>" in markup(page)
    assert atlas(home)["geo_method"].to_list().count("manual") == 2


def test_each_decision_has_its_undo(open_review: Callable[..., AppTest], home: Path) -> None:
    page = open_review(dataset="Mine")
    page.button(key="leave-unknown").click().run()
    page.button(key="leave-unknown").click().run()
    with Store(home) as store:
        first, second = store.corrections.all()["id"]
    page.button(key=f"undo-{first}").click().run()
    assert not page.exception
    with Store(home) as store:
        assert store.corrections.all()["id"].to_list() == [second]
    assert "<h2><bdi>Mohammadabad</bdi></h2>" in markup(page)


def test_undo_in_another_window_is_said(open_review: Callable[..., AppTest], home: Path) -> None:
    page = open_review(dataset="Mine")
    page.button(key="leave-unknown").click().run()
    with Store(home) as store:
        store.corrections.undo(store.corrections.all()["id"][0])
    page.button(key="undo-last").click().run()
    assert not page.exception
    assert "was taken back already" in markup(page)


def test_a_point_is_set_by_its_coordinates(open_review: Callable[..., AppTest], home: Path) -> None:
    page = open_review(dataset="Mine")
    page.button(key="skip").click().run()
    page.button(key="draw").click().run()
    assert page.button(key="use-point").disabled
    asked = address(page)["question"]
    page.number_input(key=f"latitude {asked}").set_value(36.4)
    page.number_input(key=f"longitude {asked}").set_value(43.2).run()
    assert "The point lies in <bdi>Nineveh</bdi>" in markup(page)
    page.text_input(key=f"note {asked}").set_value("seen on a map").run()
    page.button(key="use-point").click().run()
    row = atlas(home).row(2, named=True)
    assert (row["latitude"], row["longitude"], row["radius_km"], row["geo_precision"]) == (36.4, 43.2, 5.0, "town")
    assert row["geo_reason"].endswith("'قرية الحميدات'; seen on a map")


def test_a_point_elsewhere_is_questioned(open_review: Callable[..., AppTest]) -> None:
    page = open_review(dataset="Mine")
    page.button(key="skip").click().run()
    page.button(key="draw").click().run()
    asked = address(page)["question"]
    page.number_input(key=f"latitude {asked}").set_value(30.5)
    page.number_input(key=f"longitude {asked}").set_value(47.8).run()
    assert "The point lies in <bdi>Basra</bdi>; the report says <bdi>Nineveh</bdi>" in markup(page)
    page.button(key="give-up").click().run()
    assert not any(button.key == "use-point" for button in page.button)


def test_another_name_is_looked_up(open_review: Callable[..., AppTest], home: Path) -> None:
    page = open_review(dataset="Mine")
    page.button(key="skip").click().run()
    asked = address(page)["question"]
    page.text_input(key=f"other-name {asked}").set_value("Tal Afar").run()
    page.button(key="choose-1").click().run()
    row = atlas(home).row(2, named=True)
    assert (row["place"], row["geo_precision"], row["adm1_code"]) == ("قرية الحميدات", "town", "IQ-NI")


def test_skip_goes_round(open_review: Callable[..., AppTest]) -> None:
    page = open_review(dataset="Mine")
    first = markup(page)
    page.button(key="skip").click().run()
    assert markup(page) != first
    page.button(key="skip").click().run()
    assert "<h2><bdi>Mohammadabad</bdi></h2>" in markup(page)


def test_the_address_holds_dataset_province_and_question(open_review: Callable[..., AppTest]) -> None:
    page = open_review()
    page.selectbox(key="review-dataset").set_value("Mine").run()
    page.selectbox(key="review-province").set_value("IQ-NI").run()
    assert address(page) == {"dataset": "Mine", "province": "IQ-NI"}
    assert "<h2><bdi>قرية الحميدات</bdi></h2>" in markup(page)
    page = open_review(
        question=pipeline.question_id(
            {"place": "MOSUL", "country_iso2": "IQ", "adm1_claimed": "Ninawa", "adm2_claimed": None}
        )
        or ""
    )
    assert "<h2><bdi>Mosul</bdi></h2>" in markup(page)  # found, but a person may know better


@pytest.mark.parametrize("value", ["<img src=x onerror=alert(1)>", "{{ 6*7 }}", "'; --", "x" * 3000])
def test_a_bad_address_gives_a_working_page(open_review: Callable[..., AppTest], value: str) -> None:
    page = open_review(dataset=value)
    assert "Nothing waits for you" in markup(page)
    page.button(key="show-all").click().run()
    assert address(page) == {}
    page = open_review(question=value, province="")
    assert "<img" not in markup(page)
    page.button(key="first-question").click().run()
    assert not page.exception


def test_hostile_names_are_shown_as_they_are(open_review: Callable[..., AppTest], home: Path) -> None:
    rows = pl.DataFrame(
        {"incident_id": ["x"], "source_row": [2], "place": ["Foo **b** <b>x</b> {{ 6*7 }}"], "country_iso2": "IQ"}
    )
    with Store(home) as store:
        store.add("Theirs", rows, raw=rows)
    asked = pipeline.question_id(rows.row(0, named=True) | {"adm1_claimed": None, "adm2_claimed": None})
    page = open_review(question=asked or "")
    assert "&lt;b&gt;x&lt;/b&gt; {{ 6*7 }}" in markup(page)
    page.button(key="leave-unknown").click().run()
    assert not page.exception
    assert "<b>x</b>" not in markup(page)


def open_card(incident: str) -> AppTest:
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    app.query_params["incident"] = incident
    return app.run()


def test_the_card_leads_to_the_question_and_takes_an_answer_back(home: Path) -> None:
    app = open_card("Mine/c")
    assert app.button(key="decide").label == "Decide this place"
    app.button(key="decide").click().run()
    assert not app.exception
    assert "<h2><bdi>قرية الحميدات</bdi></h2>" in markup(app)
    app.button(key="leave-unknown").click().run()
    app = open_card("Mine/c")
    app.button(key="undo-by-hand").click().run()
    assert not app.exception
    assert app.button(key="decide").label == "Decide this place"
    assert "manual" not in atlas(home)["geo_method"].to_list()


def test_a_place_that_was_found_may_be_wrong(home: Path) -> None:  # noqa: ARG001
    app = open_card("Mine/d")
    assert app.button(key="decide").label == "Wrong place?"
