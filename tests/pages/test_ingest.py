"""Import and Sources without a browser: what can be kept, and what is refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st
from streamlit.testing.v1 import AppTest

from mapping import pipeline
from mapping.geocoder.corrections import LEFT_UNKNOWN
from mapping.store import Store

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def import_page() -> None:
    from mapping.pages import ingest

    ingest.page()


def sources_page() -> None:
    from mapping.pages import sources

    sources.page()


def open_example(store: Path, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    monkeypatch.setenv("INCIDENT_ATLAS_HOME", str(store))
    st.cache_resource.clear()
    app = AppTest.from_function(import_page, default_timeout=60).run()
    return app.button(key="try-example").click().run()


def markup(app: AppTest) -> str:
    return "\n".join(part.proto.body for part in app.get("html"))


def test_the_example_is_kept_under_its_licence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = open_example(tmp_path, monkeypatch)
    app.text_input(key="name example").set_value("UCDP slice").run()
    app.button(key="keep-rows").click().run()
    assert not app.exception
    with Store(tmp_path) as store:
        (kept,) = store.datasets()
    assert (kept.dataset, kept.rows, kept.licence) == ("UCDP slice", 157, "CC BY 4.0")
    listed = AppTest.from_function(sources_page, default_timeout=60).run()
    assert "UCDP slice" in markup(listed)


def test_a_name_that_may_not_be_is_refused_and_nothing_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, words in (("Starter incidents", "another name"), ("a\u0000b", "control")):
        app = open_example(tmp_path, monkeypatch)
        app.text_input(key="name example").set_value(name).run()
        app.button(key="keep-rows").click().run()
        assert not app.exception
        assert words in markup(app)
        with Store(tmp_path) as store:
            assert store.datasets() == []


def test_the_switch_learns_the_names_of_the_rows_that_are_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = open_example(tmp_path, monkeypatch)
    app.text_input(key="name example").set_value("UCDP slice").run()
    app.toggle(key="learn").set_value(True).run()
    app.button(key="keep-rows").click().run()
    assert not app.exception
    with Store(tmp_path) as store:
        (learned,) = store.names.all()
    assert (learned.name, learned.origin, learned.licence) == ("UCDP slice", "learned", "CC BY 4.0")
    assert learned.places > 50
    assert f"{learned.names:,} place names were learned; the Sources page lists them." in markup(app)
    listed = AppTest.from_function(sources_page, default_timeout=60).run()
    assert "Learned from incidents" in markup(listed)
    listed.button(key="forget-names-0").click().run()
    assert not listed.exception
    assert "None: places are found by the shipped gazetteer alone." in markup(listed)


def test_what_was_decided_meanwhile_does_not_wait_any_more(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INCIDENT_ATLAS_HOME", str(tmp_path))
    st.cache_resource.clear()
    app = AppTest.from_function(import_page, default_timeout=60).run()
    rows = b"date,place,country,province\n2024-07-16,Nowhere,Iraq,Nineveh\n"
    app.get("file_uploader")[0].set_value([("mine.csv", rows, "text/csv")])
    app.run()
    assert "1 place name needs you (1 row)" in markup(app)
    with Store(tmp_path) as store:
        asks = {"place": "Nowhere", "country_iso2": "IQ", "adm1_claimed": "Nineveh", "adm2_claimed": None}
        pipeline.decide(store, asks, LEFT_UNKNOWN)
    app.run()
    assert not app.exception
    assert "needs you" not in markup(app)
