"""The map's layers and tools in a real Chromium: what the reader draws, switches and moves to comes to Python, and back."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import polars as pl
import pytest

from mapping.palette import ACTOR_COLOURS, EVENT_GROUPS
from mapping.query import Filter
from mapping.schema import conform
from tests.browser.conftest import serving
from tests.browser.waiting import address, settle, until

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, Frame, Page

pytestmark = pytest.mark.browser

APP = """
from pathlib import Path
import polars as pl
import streamlit as st
from streamlit_folium import st_folium
from mapping.layers import gathered
from mapping.layers.assets import install
from mapping.layers.map import RETURNED, MapStyle, base_map, clicked, incident_layers, payload
from mapping.query import Filter

gathered.MOST_MARKS = 60
st.set_page_config(layout="wide")
here = Path(__file__).parent
install(here / "static")
asked, state = st.query_params, st.session_state

def take():
    click = clicked(state["map"], after=state.get("token"))
    if not click:
        return
    state.token = click.token
    state.setdefault("acts", []).append(click)
    if click.style is not None:
        asked["map"] = click.style
    if click.drawn is not None:
        asked["within"] = click.drawn
    if click.view:
        state.view = click.view
    if click.in_view is not None:
        state.in_view = click.in_view

frame = pl.read_parquet(here / f"{asked['frame']}.parquet")
box = state.view.box if state.get("in_view") else None
wanted, complaints = Filter.from_params({"within": asked.get("within", "")})
shown = Filter(bbox=box).apply(wanted.apply(frame))
at = tuple(map(float, asked["at"].split(","))) if "at" in asked and "view" not in state else None
st_folium(
    base_map(),
    feature_group_to_add=incident_layers(payload(
        shown, countries=("IQ",), style=MapStyle.from_text(asked.get("map", ""))[0], view=state.get("view"),
        in_view=state.get("in_view", False), at=at, within=asked.get("within", ""),
    )),
    returned_objects=RETURNED, key="map", use_container_width=True, height=560, on_change=take,
)
st.code(f"shown {shown.height} acts {len(state.get('acts', []))} {complaints}")
"""
READY = "() => window.map && map.atlas && map.atlas.view && map.atlas.data && map.getSize().y > 500 && map.atlas.isPlaced && !map.atlas.frame"


def incident(number: int, longitude: float | None, latitude: float | None, **more: Any) -> dict[str, Any]:
    row = {
        "incident_id": f"x/{number}", "longitude": longitude, "latitude": latitude, "geo_precision": "town",
        "event_type": "other", "country_iso2": "IQ", "adm1_code": "IQ-AN", "adm1_name": "Anbar", "actor1": f"actor {number % 3}",
        "date_start": date(2024, 7, 16), "fatalities_best": None, "adm1_agrees": True, "adm1_claimed": "Anbar",
    }  # fmt: skip
    return row | more


FEW = [
    incident(0, 42.4, 33.8, actor1="<img src=x onerror=alert(1)>"),
    incident(1, 43.3, 33.4, actor1="<img src=x onerror=alert(1)>"),
    incident(2, 41.0, 33.0, fatalities_best=5),
    incident(3, 43.1, 36.3, adm1_code="IQ-NI", adm1_agrees=False, adm1_claimed="Anbar"),
    incident(4, 44.4, 33.3, adm1_code="IQ-BG", fatalities_best=0),
    incident(5, None, None, geo_precision="province", adm1_code="IQ-DI"),
]
MANY = [
    incident(i, 41 + (i % 20) / 4, 31 + (i // 20) / 4, event_type="IED" if i % 3 else "drone attack")
    for i in range(300)
]

RUNS = (
    "<img src=x onerror='window.ran = 1'>",
    "</script><script>window.ran = 1</script>",
    "{{ 6*7 }}",
    "${window.ran = 1}",
    "`",
)
HOSTILE = [
    incident(i, 42 + i / 2, 33, actor1=text, adm1_claimed=text, adm1_agrees=False, country_iso2="IQ")
    for i, text in enumerate(RUNS)
]


class Atlas:
    """The running test app and its frames."""

    def __init__(self, url: str) -> None:
        self.url = url

    def show(self, page: Page, frame: str, **options: str) -> Frame:
        """Open a frame and return the map's frame once it is painted."""
        page.goto(f"{self.url}/?" + "&".join(f"{key}={value}" for key, value in {"frame": frame, **options}.items()))
        held = page.wait_for_selector('iframe[title="streamlit_folium.st_folium"]', state="attached").content_frame()
        wait(held, READY)
        wait(held, "() => map.atlas.ground.provinces().length > 0 && !map.atlas.frame")
        settle(page)
        return held


def wait(frame: Frame, condition: str) -> None:
    frame.wait_for_function(condition, polling=50)


@pytest.fixture(scope="module")
def atlas(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Atlas]:  # noqa: ARG001
    folder = tmp_path_factory.mktemp("layers")
    (folder / "app.py").write_text(APP, encoding="utf-8")
    for name, rows in {"few": FEW, "many": MANY, "hostile": HOSTILE}.items():
        conform(pl.DataFrame(rows, infer_schema_length=None)).write_parquet(folder / f"{name}.parquet")
    with serving(folder / "app.py", home=folder) as url:
        yield Atlas(url)
    log = (folder / "server.log").read_text(encoding="utf-8", errors="replace")
    assert "Traceback" not in log, log


def at(page: Page, frame: Frame, longitude: float, latitude: float) -> tuple[float, float]:
    """Where a place is on the page."""
    point = frame.evaluate("([lon, lat]) => map.latLngToContainerPoint([lat, lon])", [longitude, latitude])
    box = page.locator('iframe[title="streamlit_folium.st_folium"]').bounding_box()
    return box["x"] + point["x"], box["y"] + point["y"]


def says(page: Page, words: str) -> None:
    page.locator("code", has_text=words).wait_for()
    settle(page)


def legend(frame: Frame) -> str:
    return frame.locator(".atlas-legend").inner_text()


def drag_map(page: Page, frame: Frame, across: int, down: int) -> None:
    x, y = at(page, frame, 43.0, 31.0)
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + across / 2, y + down / 2, steps=4)
    page.mouse.move(x + across, y + down, steps=4)
    page.mouse.up()


def test_a_polygon_is_drawn_and_filters(atlas: Atlas, page: Page) -> None:
    frame = atlas.show(page, "few")
    frame.get_by_role("button", name="Draw an area").click()
    for place in ((42.0, 34.4), (43.8, 34.4), (43.8, 33.1)):
        page.mouse.click(*at(page, frame, *place))
        page.wait_for_timeout(600)  # or the browser makes one double click of two
    page.mouse.dblclick(*at(page, frame, 42.0, 33.1))
    until(page, lambda params: params.get("within", "").startswith("POLYGON ((42.0"))
    says(page, "shown 2 ")
    assert "the area that is filtered by" in legend(frame)
    assert not frame.evaluate("() => map.atlas.isBusy")


@pytest.mark.parametrize(
    ("corners", "kind", "inside"),
    [
        ([(178, -18), (182, -18), (182, -15), (178, -15)], "MULTIPOLYGON", [179.99, -179.99]),
        ([(-182, -18), (-178, -18), (-178, -15), (-182, -15)], "MULTIPOLYGON", [179.99, -179.99]),
        ([(538, -18), (539.995, -18), (538, -15)], "POLYGON", []),
        ([(529, -18), (531, -18), (531, -15), (529, -15)], "POLYGON", [170.0]),
    ],
)
def test_an_area_over_the_antimeridian_has_both_its_sides(
    atlas: Atlas, page: Page, corners: list[tuple[float, float]], kind: str, inside: list[float]
) -> None:
    frame = atlas.show(page, "few")
    words = frame.evaluate(
        """(corners) => {
            const tool = map.atlas.parts.find((part) => part.polygonText);
            tool.corners = corners.map(([lng, lat]) => ({ lat, lng }));
            return tool.polygonText();
        }""",
        corners,
    )
    wanted, complaints = Filter.from_params({"within": words})
    points = pl.DataFrame({"longitude": [179.99, -179.99, 0.0, 170.0], "latitude": -16.8, "geo_precision": "town"})
    assert words.startswith(f"{kind} (") and complaints == []
    assert wanted.apply(points)["longitude"].to_list() == inside


def test_enter_closes_an_area_and_escape_gives_it_up(atlas: Atlas, page: Page) -> None:
    frame = atlas.show(page, "few")
    tool = frame.get_by_role("button", name="Draw an area")
    for key, wanted in (("Escape", None), ("Enter", "POLYGON")):
        tool.click()
        for place in ((40.5, 34.4), (43.8, 34.4), (43.8, 32.5), (40.5, 32.5)):
            page.mouse.click(*at(page, frame, *place))
            page.wait_for_timeout(600)
        page.keyboard.press(key)
        frame.locator(".atlas-drawing").wait_for(state="hidden")
        if wanted:
            until(page, lambda params: "within" in params)
            says(page, "shown 3 ")
        assert ("within" in address(page)) == bool(wanted)


def test_a_circle_is_dragged_from_its_centre(atlas: Atlas, page: Page) -> None:
    frame = atlas.show(page, "few")
    frame.get_by_role("button", name="Draw a circle").click()
    page.mouse.move(*at(page, frame, 42.4, 33.8))
    page.mouse.down()
    page.mouse.move(*at(page, frame, 42.6, 33.8), steps=5)
    assert "km" in frame.locator(".atlas-drawing button").first.inner_text()
    page.mouse.move(*at(page, frame, 42.9, 33.8), steps=5)
    page.mouse.up()
    until(page, lambda params: params.get("within", "").startswith("CIRCLE (42."))
    says(page, "shown 1 ")
    longitude, latitude, km = frame.evaluate("() => map.atlas.data.within.match(/[\\d.]+/g).map(Number)")
    assert (longitude, latitude, km) == pytest.approx((42.4, 33.8, 46.2), abs=2)


def test_a_circle_can_be_written_by_keyboard_alone(atlas: Atlas, page: Page) -> None:
    frame = atlas.show(page, "few")
    frame.get_by_role("button", name="Draw a circle").focus()
    page.keyboard.press("Enter")
    assert frame.evaluate("() => document.activeElement.closest('label').textContent") == "Latitude"
    for value in ("33.8", "42.4", "30"):
        page.keyboard.type(value)
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    until(page, lambda params: params.get("within") == "CIRCLE (42.4 33.8, 30)")
    says(page, "shown 1 ")


def test_only_what_is_in_view_follows_the_readers_moves_and_ends_when_it_is_off(atlas: Atlas, page: Page) -> None:
    frame = atlas.show(page, "few")
    switch = frame.get_by_label("Only what is in view")
    switch.check()
    says(page, "shown 5 ")  # what has no place is never in view
    frame.evaluate("() => { map.atlas.place = null; map.setView([36.3, 43.1], 9, { animate: false }); }")
    says(page, "shown 1 ")
    acts = page.locator("code").inner_text()
    page.wait_for_timeout(1500)
    assert page.locator("code").inner_text() == acts  # an answer is no reason to ask again
    switch.uncheck()
    says(page, "shown 6 ")
    assert not switch.is_checked()


def test_the_address_holds_where_the_reader_is_and_opens_there(atlas: Atlas, open_page: Callable[..., Page]) -> None:
    page = open_page()
    frame = atlas.show(page, "few")
    assert "at" not in address(page)
    drag_map(page, frame, 150, 60)
    until(page, lambda params: "at" in params)
    assert "acts 0" in page.locator("code").inner_text()
    there = address(page)["at"]
    other = atlas.show(open_page(), "few", at=there)
    centre = other.evaluate("() => [map.getCenter().lat, map.getCenter().lng, map.getZoom()]")
    assert centre == pytest.approx([float(part) for part in there.split(",")], abs=0.01)


def test_colour_by_actor_is_offered_where_types_say_nothing(atlas: Atlas, page: Page) -> None:
    frame = atlas.show(page, "few")
    assert frame.evaluate("() => map.atlas.marks.shares(0)[0][0]") == EVENT_GROUPS[-1].colour
    frame.get_by_role("button", name="Colour by actor").click()
    until(page, lambda params: params.get("map") == "colour:actor")
    wait(frame, "() => map.atlas.data && map.atlas.data.title === 'Actor'")
    assert "<img src=x onerror=alert(1)>" in legend(frame)
    used = frame.evaluate("() => map.atlas.marks.data.id.map((id, i) => [id, map.atlas.marks.shares(i)[0][0]])")
    assert dict(used)["x/0"] == dict(used)["x/1"] == ACTOR_COLOURS[0]
    assert page.seen.dialogs == page.seen.errors == []


def test_shading_by_deaths_tells_unknown_from_none(atlas: Atlas, page: Page) -> None:
    frame = atlas.show(page, "few")
    frame.get_by_role("button", name="Layers").click()
    frame.get_by_label("deaths").check()
    until(page, lambda params: params.get("map") == "shade:fatalities")
    steps = frame.evaluate("() => ['IQ-AN', 'IQ-NI', 'IQ-BG', 'IQ-BA'].map((code) => map.atlas.shading.step(code))")
    assert steps[0] > 0 and steps[1:] == [None, 0, 0]
    assert "known for 2 of 6 incidents" in legend(frame) and "unknown" in legend(frame)


def test_shading_for_area_waits_for_the_areas(atlas: Atlas, page: Page) -> None:
    frame = atlas.show(page, "few")
    assert frame.evaluate("() => map.atlas.data.provinces.area === undefined")
    frame.get_by_role("button", name="Layers").click()
    frame.get_by_label("incidents per 1,000 km²").check()
    until(page, lambda params: params.get("map") == "shade:per_area")
    wait(frame, "() => map.atlas.data && map.atlas.data.provinces.area")
    assert frame.evaluate("() => map.atlas.shading.step('IQ-BG') > map.atlas.shading.step('IQ-AN')")
    assert "per 1,000 km²" in legend(frame)


def test_every_value_lies_in_a_class_that_the_legend_names(atlas: Atlas, page: Page) -> None:
    frame = atlas.show(page, "few")
    for values in ([1], [1, 1, 1], [1, 2, 3, 4, 5, 60], list(range(1, 200)), [0.013, 0.5, 7.25, 7.26], [1e-9, 2e9]):
        for method in ("quantile", "equal"):
            is_whole = all(isinstance(value, int) for value in values)
            asked = [values, method, is_whole]
            lowest = frame.evaluate("(asked) => incidentAtlas.breaks(...asked)", asked)
            assert lowest == sorted(set(lowest)) and 1 <= len(lowest) <= 4, asked
            assert lowest[0] <= min(values) and lowest[-1] <= max(values), asked
            words = frame.evaluate(
                """([values, classes]) => new incidentAtlas.Shading(
                    { code: values.map(String), n: values.map(() => 1), area: values.map((value) => 1000 / value) },
                    { shade: "per_area", classes },
                ).words()""",
                asked[:2],
            )
            assert float(words[-1].replace(",", "").strip("< ").split("–")[-1]) >= max(values), words


def test_where_many_are_equal_the_next_class_begins_with_the_next_higher(atlas: Atlas, page: Page) -> None:
    frame = atlas.show(page, "few")
    for values, lowest in (([1] * 7 + [900], [1, 900]), ([1, 1, 1, 2, 2, 3], [1, 2, 3]), ([2, 2], [1, 2])):
        assert frame.evaluate("(values) => incidentAtlas.breaks(values, 'quantile', true)", values) == lowest


def test_mismatches_density_and_sites_come_when_they_are_switched_on(atlas: Atlas, page: Page) -> None:
    frame = atlas.show(page, "few")
    frame.get_by_role("button", name="Layers").click()
    for label, part in {
        "Claimed elsewhere": "mismatches",
        "Known sites": "sites",
        "Density in cells": "density",
    }.items():
        frame.get_by_label(label).check()
        wait(frame, f"() => map.atlas.data && map.atlas.data.{part}")
        settle(page)
    assert address(page)["map"] == "show:density,show:sites,show:mismatches"
    for words in (
        "lies in another province than claimed: 1",
        "known site of our list",
        "At a site or town, in each cell",
    ):
        assert words in legend(frame)
    x, y = at(page, frame, 43.1, 36.3)
    page.mouse.move(x - 1, y)
    page.mouse.move(x, y)
    assert "claims to lie in Anbar" in frame.locator(".atlas-tooltip").inner_text()


def test_no_text_of_a_layer_runs(atlas: Atlas, page: Page) -> None:
    frame = atlas.show(page, "hostile", map="colour:actor,show:mismatches,show:density,show:sites")
    said = legend(frame)
    for i, text in enumerate(RUNS):
        assert text in said
        x, y = at(page, frame, 42 + i / 2, 33)
        page.mouse.move(x - 1, y)
        page.mouse.move(x, y)
        assert f"claims to lie in {text}" in frame.locator(".atlas-tooltip").inner_text()
    assert frame.evaluate("() => window.ran") is None
    assert (
        frame.locator(".atlas-tooltip img, .atlas-legend img, .atlas-tooltip script, .atlas-legend script").count() == 0
    )
    assert page.seen.errors == page.seen.dialogs == []


def test_many_incidents_are_cells_that_open_to_single_marks(atlas: Atlas, page: Page) -> None:
    frame = atlas.show(page, "many")
    wait(frame, "() => map.atlas.data && map.atlas.data.cells")
    said = legend(frame)
    assert "zoom in for single incidents" in said and "Of 300 incidents: 300 in this view" in said
    assert frame.evaluate("() => map.atlas.data.cells.n.reduce((a, b) => a + b)") == 300
    for _ in range(3):
        page.mouse.click(*at(page, frame, 43.05, 33.05))
        page.wait_for_timeout(1200)
        settle(page)
        if frame.evaluate("() => map.atlas.data && !map.atlas.data.cells"):
            break
    wait(frame, "() => map.atlas.data && map.atlas.data.marks.n.length > 0 && !map.atlas.data.cells")
    page.wait_for_timeout(500)
    assert "outside it" in legend(frame)
    frame.get_by_role("button", name="Show all 300").click()
    wait(frame, "() => map.atlas.data && map.atlas.data.cells")


def test_what_lies_outside_is_said_and_shown_on_demand(atlas: Atlas, page: Page) -> None:
    frame = atlas.show(page, "few", at="33.5,42.5,8")
    wait(frame, "() => document.querySelector('.atlas-legend').textContent.includes('outside this view')")
    frame.get_by_role("button", name="Show all 5").click()
    wait(frame, "() => !document.querySelector('.atlas-legend').textContent.includes('outside this view')")


def test_on_a_phone_the_panels_are_folded_and_the_tools_stay_apart(
    atlas: Atlas, open_page: Callable[..., Page]
) -> None:
    frame = atlas.show(open_page(viewport={"width": 400, "height": 800}), "few")
    assert frame.get_by_role("button", name="Legend").get_attribute("aria-expanded") == "false"
    boxes = frame.evaluate("""() => [...document.querySelectorAll(".leaflet-control")].map((one) => one.getBoundingClientRect())
        .filter((box) => box.width && box.height).map(({ left, top, right, bottom }) => [left, top, right, bottom])""")
    assert all(box[0] >= 0 and box[2] <= 400 for box in boxes)
    meets = [
        (a, b)
        for i, a in enumerate(boxes)
        for b in boxes[:i]
        if a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]
    ]
    assert meets == []
