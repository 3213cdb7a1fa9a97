"""Sources: boundaries are taken in and taken away by hand, and Explore goes by them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import geopandas as gpd
import pytest
import shapely
import streamlit as st
from streamlit.testing.v1 import AppTest

from mapping import pipeline
from mapping.store import Store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path


def sources_page() -> None:
    from mapping.pages import sources

    sources.page()


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("INCIDENT_ATLAS_HOME", str(tmp_path / "store"))
    st.cache_resource.clear()
    yield
    st.cache_resource.clear()


def words(app: AppTest) -> str:
    return " ".join(part.proto.body for part in app.get("html"))


def address(app: AppTest) -> dict[str, str]:
    return {name: value[0] if isinstance(value, list) else value for name, value in app.query_params.items()}


def add(path: Path, **options: str) -> None:
    with Store() as store:
        pipeline.add_boundaries(store, path, country="IQ", licence="CC BY-IGO", **options)


@pytest.fixture
def districts(tmp_path: Path) -> Path:
    """A file of one district, in Anbar."""
    shapes = gpd.GeoDataFrame(
        {"ADM2_EN": ["Hit <b>"], "ADM2_PCODE": ["Q1"]}, geometry=[shapely.box(42, 33, 43, 34)], crs=4326
    )
    shapes.to_file(tmp_path / "districts.geojson")
    return tmp_path / "districts.geojson"


def sources() -> AppTest:
    app = AppTest.from_function(sources_page, default_timeout=60).run()
    assert not app.exception, app.exception
    return app


def test_without_boundaries_the_page_says_so() -> None:
    assert "None: the shipped provinces are in use" in words(sources())


def test_boundaries_are_listed_and_removed(districts: Path) -> None:
    add(districts, level="adm2", name="Mine <b>", citation="Somebody")
    app = sources()
    assert "Mine &lt;b&gt;" in words(app)
    app.button(key="remove-boundaries-0").click().run()
    assert not app.exception
    assert "None: the shipped provinces are in use" in words(app)


def test_what_another_window_took_away_is_gone(districts: Path, tmp_path: Path) -> None:
    (tmp_path / "villages.csv").write_text("name,lat,lon,country\nZanbaqia,36.5,37.0,SY\n", encoding="utf-8")
    add(districts, level="adm2")
    with Store() as store:
        pipeline.add_gazetteer(store, tmp_path / "villages.csv")
    app = sources()
    with Store() as store:
        store.boundaries.remove("districts")
        store.names.remove("villages")
    for key in ("remove-boundaries-0", "forget-names-0"):
        app.button(key=key).click()
    app.run()
    assert not app.exception
    assert "None: the shipped provinces are in use" in words(app)


@pytest.mark.parametrize(("country", "told"), [("Iraq", "Added 1 units"), ("Atlantis", "is no country")])
def test_a_file_handed_in_is_taken_or_refused_in_a_sentence(districts: Path, country: str, told: str) -> None:
    app = sources()
    app.get("file_uploader")[1].set_value([(districts.name, districts.read_bytes(), "application/geo+json")])
    app.text_input(key="boundary-country").set_value(country)
    app.text_input(key="boundary-licence").set_value("CC0")
    next(button for button in app.button if button.label == "Add the boundaries").click().run()
    assert not app.exception
    assert told in words(app)
    with Store() as store:
        assert [file.name for file in store.boundaries.all()] == (["districts"] if country == "Iraq" else [])


def test_explore_goes_by_the_boundaries_in_the_store(open_app: Callable[..., AppTest], tmp_path: Path) -> None:
    new = gpd.GeoDataFrame(
        {"ADM1_EN": ["West", "East"], "ADM1_PCODE": ["Q1", "Q2"]},
        geometry=[shapely.box(38.7, 29, 44, 37.5), shapely.box(44, 29, 48.6, 37.5)],
        crs=4326,
    )
    new.to_file(tmp_path / "provinces.geojson")
    add(tmp_path / "provinces.geojson", level="adm1")
    app = open_app(province="Q1")
    assert not app.exception
    assert app.multiselect(key="filter-provinces").value == ["Q1"]
    assert address(app)["province"] == "Q1"
    app.text_input(key="filter-text").set_value("drone").run()
    assert address(app)["province"] == "Q1", "what a widget calls knows the province, too"


@pytest.mark.parametrize(
    ("content", "told", "kept"),
    [
        (b"name,lat,lon\nZanbaqia <b>,36.5,37.0\n", "Added 1 places", ["villages"]),
        (b"name,lat\nHit,33.6\n", "longitude", []),
    ],
)
def test_a_gazetteer_handed_in_is_taken_or_refused_in_a_sentence(content: bytes, told: str, kept: list[str]) -> None:
    app = sources()
    app.get("file_uploader")[0].set_value([("../villages.csv", content, "text/csv")])
    app.text_input(key="names-country").set_value("Syria")
    next(button for button in app.button if button.label == "Add the gazetteer").click().run()
    assert not app.exception
    assert told in words(app)
    with Store() as store:
        assert [each.name for each in store.names.all()] == kept
