"""The map in a real Chromium, inside the real st_folium: what is drawn, what a click gives, what never runs."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import polars as pl
import pytest

from mapping.palette import EVENT_GROUPS
from mapping.schema import conform
from tests.browser.conftest import PATIENCE_S, serving, watch
from tests.browser.waiting import settle

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, Frame, Page

pytestmark = pytest.mark.browser

APP = """
from pathlib import Path
import polars as pl
import streamlit as st
from streamlit_folium import st_folium
from mapping.layers.assets import install
from mapping.layers.map import RETURNED, Extent, base_map, clicked, incident_layers, payload

st.set_page_config(layout="wide")
here = Path(__file__).parent
install(here / "static")
asked = st.query_params
frame = pl.read_parquet(here / f"{asked['frame']}.parquet")
if st.checkbox("half"):
    frame = frame.head(frame.height // 2)
st.button("again")
returned = st_folium(
    base_map(),
    feature_group_to_add=incident_layers(payload(
        frame, countries=asked.get_all("country"), selected=asked.get("selected"),
        fit=Extent(*map(float, asked["fit"].split(","))) if "fit" in asked else None,
    )),
    returned_objects=RETURNED, key="map", use_container_width=True, height=560,
)
click = clicked(returned, after=st.session_state.get("token"))
if click:
    st.session_state.token = click.token
    st.session_state.setdefault("clicks", []).append([click.incident_id, click.adm1_code])
st.code(f"clicks: {st.session_state.get('clicks', [])!a}")
"""

IRAQ = "38.8,29.0,48.6,37.4"
PAINTED = "() => window.map && map.atlas && map.atlas.view && map.atlas.data && map.getSize().y > 500 && map.atlas.isPlaced && !map.atlas.frame"


def until(frame: Frame, condition: str, arg: Any = None) -> None:
    """Wait for a condition of the map's frame; by the clock, for a frame of no height yet has no animation frames."""
    frame.wait_for_function(condition, arg=arg, polling=50)


class Atlas:
    """The running test app, and a folder of frames that it shows."""

    def __init__(self, url: str, folder: Path) -> None:
        self.url = url
        self.folder = folder

    def give(self, name: str, rows: list[dict[str, Any]]) -> str:
        conform(pl.DataFrame(rows, infer_schema_length=None)).write_parquet(self.folder / f"{name}.parquet")
        return name

    def show(self, page: Page, name: str, rows: list[dict[str, Any]], **options: str) -> Frame:
        """Open the rows and return the map's frame once it is painted."""
        query = "&".join(
            f"{key}={value}" for key, value in {"frame": self.give(name, rows), "fit": IRAQ, **options}.items()
        )
        page.goto(f"{self.url}/?{query}")
        handle = page.wait_for_selector('iframe[title="streamlit_folium.st_folium"]', state="attached")
        frame = handle.content_frame()
        until(frame, PAINTED)
        until(frame, "() => map.atlas.ground.provinces().length > 0 && !map.atlas.frame")
        return frame


@pytest.fixture(scope="module")
def atlas(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Atlas]:  # noqa: ARG001
    folder = tmp_path_factory.mktemp("atlas")
    script = folder / "app.py"
    script.write_text(APP, encoding="utf-8")
    with serving(script, home=folder) as url:
        yield Atlas(url, folder)
    log = (folder / "server.log").read_text(encoding="utf-8", errors="replace")
    assert "Traceback" not in log, log


@pytest.fixture(scope="module")
def shown(atlas: Atlas, browser: Browser) -> Iterator[tuple[Page, Frame]]:
    """One page with ROWS on its map, for the tests that only look."""
    context = browser.new_context(viewport={"width": 1400, "height": 1100})
    page = context.new_page()
    page.set_default_timeout(PATIENCE_S * 1000)
    page.seen = watch(page)
    yield page, atlas.show(page, "all", ROWS)
    context.close()


def incident(incident_id: str, longitude: float | None, latitude: float | None, **more: Any) -> dict[str, Any]:
    row = {
        "incident_id": incident_id, "longitude": longitude, "latitude": latitude, "geo_precision": "site",
        "event_type": "drone attack", "country_iso2": "IQ", "place": f"place of {incident_id}", "radius_km": 2.0,
        "adm1_code": "IQ-AN", "adm1_name": "Anbar", "date_start": date(2024, 7, 16), "date_end": date(2024, 7, 16),
    }  # fmt: skip
    return row | more


BASE = incident("base", 42.4412, 33.7856, matched_name="Ain al-Asad Airbase")
ROWS = [
    BASE,
    incident(
        "base-old", 42.4412, 33.7856, event_type="rocket attack", date_start=date(2020, 1, 8), date_end=date(2020, 1, 8)
    ),
    incident("town", 43.3, 33.4, geo_precision="town", event_type="IED"),
    incident("near", 40.5, 33.0, geo_precision="near", radius_km=25.0, event_type="shelling"),
    incident("area", 41.5, 32.3, geo_precision="area", radius_km=60.0, event_type="air strike"),
    incident("sea", 48.4, 29.6, geo_precision="offshore", event_type="hijacking", adm1_code="IQ-BA", adm1_name="Basra"),
    incident("vague", None, None, geo_precision="province"),
    incident("centroid", 41.0, 33.5, geo_precision="province"),
    incident("nowhere", None, None, geo_precision="country", adm1_code=None, adm1_name=None),
]


def drawn(frame: Frame) -> dict[str, dict[str, Any]]:
    """What is painted, by incident: where on the canvas of the frame, how large, how many."""
    return frame.evaluate("""() => Object.fromEntries(map.atlas.marks.drawn.map(([i, x, y, size]) => {
        const { marks } = map.atlas, point = map.layerPointToContainerPoint([x, y]);
        return [marks.data.id[i], { x: point.x, y: point.y, size, n: marks.data.n[i], precision: marks.precision(i) }];
    }))""")


def colour_at(frame: Frame, x: float, y: float) -> str:
    """The colour of the marks' canvas at a point of the frame."""
    return frame.evaluate(
        """([x, y]) => {
        const canvas = map.atlas.marksCanvas._container, box = canvas.getBoundingClientRect();
        const around = map.getContainer().getBoundingClientRect(), ratio = canvas.width / box.width;
        const pixel = [(x + around.left - box.left) * ratio, (y + around.top - box.top) * ratio].map(Math.round);
        const [red, green, blue, alpha] = canvas.getContext("2d").getImageData(...pixel, 1, 1).data;
        return alpha ? "#" + [red, green, blue].map((part) => part.toString(16).padStart(2, "0")).join("").toUpperCase() : "";
    }""",
        [x, y],
    )


def point_at(page: Page, x: float, y: float) -> tuple[float, float]:
    box = page.locator('iframe[title="streamlit_folium.st_folium"]').bounding_box()
    return box["x"] + x, box["y"] + y


def tooltip(page: Page, frame: Frame, x: float, y: float) -> str:
    page.mouse.move(*point_at(page, x - 1, y))
    page.mouse.move(*point_at(page, x, y))
    return frame.locator(".atlas-tooltip").inner_text()


def click(page: Page, x: float, y: float) -> None:
    settle(page)
    page.mouse.click(*point_at(page, x, y))


def wait_for_clicks(page: Page, clicks: list[list[str | None]]) -> None:
    page.get_by_text(f"clicks: {clicks!a}", exact=True).wait_for()


def test_nothing_but_the_apps_own_address_is_asked(atlas: Atlas, shown: tuple[Page, Frame]) -> None:
    page, frame = shown
    until(frame, "() => document.fonts.size === 1")
    own = [request for request in page.seen.requests if "/app/static/atlas-" in request]
    assert {request.rsplit("/", 1)[1] for request in own} >= {
        "leaflet.js",
        "atlas.js",
        "source-sans.woff2",
        "world.js",
        "IQ.js",
    }
    assert page.seen.hosts_beside(atlas.url) == []
    assert page.seen.errors == []


def test_shape_says_precision_and_only_points_become_marks(shown: tuple[Page, Frame]) -> None:
    marks = drawn(shown[1])
    assert {name: (mark["precision"], mark["n"]) for name, mark in marks.items()} == {
        "base": ("site", 2),
        "town": ("town", 1),
        "near": ("near", 1),
        "area": ("area", 1),
        "sea": ("offshore", 1),
    }


def test_colour_says_event_type_and_a_mixed_mark_shows_both(shown: tuple[Page, Frame]) -> None:
    _, frame = shown
    marks = drawn(frame)
    colour = {group.label: group.colour.upper() for group in EVENT_GROUPS}
    assert colour_at(frame, marks["town"]["x"], marks["town"]["y"]) == colour["Bomb"]
    base = marks["base"]
    assert colour_at(frame, base["x"] + base["size"] - 4, base["y"]) == colour["Drone"]
    assert colour_at(frame, base["x"] - base["size"] + 4, base["y"]) == colour["Rocket, missile"]


def test_the_ring_of_near_is_true_to_scale_once_it_is_larger_than_the_mark(shown: tuple[Page, Frame]) -> None:
    _, frame = shown
    at = drawn(frame)["near"]
    metres = frame.evaluate(
        """({ x, y, size }) => {
        return map.distance(map.containerPointToLatLng([x, y]), map.containerPointToLatLng([x + size, y]));
    }""",
        at,
    )
    assert metres == pytest.approx(25_000, rel=0.01)
    small = frame.evaluate("() => map.atlas.marks.size(map.atlas.marks.data.id.indexOf('near'), 2 ** 2)")
    assert small == frame.evaluate("() => map.atlas.marks.size(map.atlas.marks.data.id.indexOf('near'), 2 ** 1)")


def test_a_click_gives_the_incident_and_no_later_run_gives_it_again(atlas: Atlas, page: Page) -> None:
    frame = atlas.show(page, "all", ROWS)
    marks = drawn(frame)
    click(page, marks["town"]["x"], marks["town"]["y"])
    wait_for_clicks(page, [["town", None]])
    page.get_by_role("button", name="again").click()
    page.get_by_text("half").click()
    until(frame, "() => map.atlas.marks.data.n.length === 3")
    wait_for_clicks(page, [["town", None]])
    settle(page)
    marks = drawn(frame)
    click(page, marks["base"]["x"], marks["base"]["y"])
    wait_for_clicks(page, [["town", None], ["base", None]])
    page.wait_for_timeout(600)  # or the browser makes one double click of two
    click(page, marks["base"]["x"], marks["base"]["y"])
    wait_for_clicks(page, [["town", None], ["base", None], ["base", None]])


def test_a_click_on_the_pill_gives_the_province(atlas: Atlas, page: Page) -> None:
    frame = atlas.show(page, "all", ROWS)
    left, top, right, bottom = frame.evaluate("() => map.atlas.labels.boxes.find(([, code]) => code === 'IQ-AN')[0]")
    x, y = frame.evaluate(
        "(at) => { const p = map.layerPointToContainerPoint(at); return [p.x, p.y]; }",
        [(left + right) / 2, (top + bottom) / 2],
    )
    assert "of 2 only the province is known" in tooltip(page, frame, x, y)
    click(page, x, y)
    wait_for_clicks(page, [[None, "IQ-AN"]])


def test_the_fine_lies_on_the_coarse(atlas: Atlas, page: Page) -> None:
    rows = [incident("coarse", 42.0, 33.0, geo_precision="area", radius_km=90.0), incident("fine", 42.1, 33.05)]
    for name, given in (("over", rows), ("under", rows[::-1])):
        frame = atlas.show(page, name, given)
        fine = drawn(frame)["fine"]
        assert "place of fine" in tooltip(page, frame, fine["x"], fine["y"])


def test_the_chosen_one_has_a_ring_outside(atlas: Atlas, page: Page) -> None:
    frame = atlas.show(page, "all", ROWS, selected="base-old")
    base = drawn(frame)["base"]
    assert colour_at(frame, base["x"], base["y"] - base["size"] - 5) == "#0B5D5E"
    frame = atlas.show(page, "all", ROWS)
    assert colour_at(frame, base["x"], base["y"] - base["size"] - 5) != "#0B5D5E"


def test_the_legend_explains_what_is_drawn_and_nothing_else(atlas: Atlas, page: Page) -> None:
    frame = atlas.show(page, "all", ROWS)
    legend = frame.locator(".atlas-legend").inner_text()
    for words in (
        "known site",
        "town",
        "near",
        "area",
        "at sea",
        "several",
        "place unknown",
        "Drone",
        "Rocket",
        "Other",
        "1–6",
    ):
        assert words in legend
    assert "Ground attack" not in legend
    frame = atlas.show(page, "few", [ROWS[2]])
    legend = frame.locator(".atlas-legend").inner_text()
    assert "town" in legend and "Bomb" in legend
    for words in ("known site", "several", "place unknown", "Drone"):
        assert words not in legend


def test_no_mark_opens_under_the_legend(shown: tuple[Page, Frame]) -> None:
    _, frame = shown
    legend = frame.evaluate("""() => {
        const box = document.querySelector(".atlas-legend").getBoundingClientRect();
        return [box.left, box.top, box.right, box.bottom];
    }""")
    for mark in drawn(frame).values():
        assert mark["x"] > legend[2] or mark["y"] < legend[1]


def test_layers_can_be_switched_and_stay_so(atlas: Atlas, page: Page) -> None:
    frame = atlas.show(page, "all", ROWS)
    frame.get_by_role("button", name="Layers").click()
    assert frame.locator(".atlas-choice legend").all_inner_texts() == [
        "Show",
        "Colour by",
        "Shade provinces by",
        "Classes",
    ]
    frame.get_by_role("checkbox", name="Incidents").uncheck()
    until(frame, "() => !map.atlas.frame && map.atlas.marks.drawn.length === 0")
    assert "known site" not in frame.locator(".atlas-legend").inner_text()
    page.get_by_text("half").click()
    until(frame, "() => !map.atlas.frame && map.atlas.marks.data.n.length === 3")
    assert drawn(frame) == {}


def test_the_map_keeps_its_place_and_is_never_empty_while_rows_change(atlas: Atlas, page: Page) -> None:
    frame = atlas.show(page, "all", ROWS)
    frame.evaluate("""() => {
        map.setView([33, 43], 7, { animate: false });
        window.blank = 0; window.seen = 0; window.stay = true;
        const look = () => {
            const painted = [...document.querySelectorAll(".leaflet-atlasMarks-pane canvas")].filter((c) => c.style.opacity !== "0")
                .some((c) => c.getContext("2d").getImageData(0, 0, c.width, c.height).data.some((part) => part));
            window.seen += 1; window.blank += !painted;
            if (window.seen < 100000) requestAnimationFrame(look);
        };
        look();
    }""")
    page.get_by_text("half").click()
    until(frame, "() => map.atlas.marks.data.n.length === 3 && !map.atlas.frame")
    until(frame, "() => document.querySelectorAll('.leaflet-atlasMarks-pane canvas').length === 1")
    assert frame.evaluate("() => window.stay && window.seen > 0 && window.blank === 0")
    assert frame.evaluate("() => [map.getCenter().lat, map.getCenter().lng, map.getZoom()]") == pytest.approx(
        [33, 43, 7], abs=0.01
    )


def test_nothing_moves_when_the_reader_asks_for_stillness(atlas: Atlas, open_page: Callable[..., Page]) -> None:
    page = open_page(reduced_motion="reduce")
    frame = atlas.show(page, "all", ROWS)
    frame.evaluate("""() => {
        window.copies = 0;
        new MutationObserver(() => { window.copies += 1; })
            .observe(document.querySelector(".leaflet-atlasMarks-pane"), { childList: true });
    }""")
    page.get_by_text("half").click()
    until(frame, "() => map.atlas.marks.data.n.length === 3 && !map.atlas.frame")
    assert frame.evaluate("() => window.copies") == 0
    frame.evaluate("() => { window.moves = 0; map.on('zoomanim', () => { window.moves += 1; }); }")
    zoom = frame.evaluate("() => map.getZoom()")
    frame.get_by_role("button", name="Zoom in").click()
    until(frame, "(before) => map.getZoom() > before", zoom)
    assert frame.evaluate("() => window.moves") == 0


def test_on_a_phone_the_legend_is_folded(atlas: Atlas, open_page: Callable[..., Page]) -> None:
    page = open_page(viewport={"width": 400, "height": 800})
    frame = atlas.show(page, "all", ROWS)
    button = frame.get_by_role("button", name="Legend")
    assert button.get_attribute("aria-expanded") == "false"
    button.click()
    assert "known site" in frame.locator(".atlas-legend").inner_text()


def test_the_map_is_named_and_can_be_reached_by_keyboard(atlas: Atlas, page: Page) -> None:
    frame = atlas.show(page, "all", ROWS)
    region = frame.get_by_role("region", name="Map of the incidents")
    region.focus()
    before = frame.evaluate("() => map.getZoom()")
    region.press("+")
    until(frame, "(before) => map.getZoom() > before", arg=before)


HOSTILE = [
    "{{ 6*7 }}", "{% raw %}", "{# note", "${6*7}", "`${6*7}`", "</script><script>window.ran = 1</script>", "<img src=x onerror='window.ran = 1'>",
    "javascript:window.ran=1", "\u2028window.ran = 1\u2029", "'); window.ran = 1; ('", '"); window.ran = 1; ("', "\\", "_map_div_", "map_div",
    "{{ ''.__class__.__mro__ }}", "alert(1)//", "]]>", "<!--", "&lt;b&gt;", "قاعدة عين الأسد", "\x00\x01", "  ", "__proto__",
]  # fmt: skip
TEXT_FIELDS = (
    "incident_id",
    "place",
    "matched_name",
    "adm1_name",
    "adm1_code",
    "country_iso2",
    "event_type",
    "event_type_source",
    "summary",
)


def hostile_rows(strings: list[str]) -> list[dict[str, Any]]:
    """One row for each string, which stands in every field; each at a place of its own, so that each can be pointed at."""
    rows = []
    for i, text in enumerate(strings):
        row = incident(text, 39 + (i % 40) * 0.25, 29 + (i // 40) * 0.4)
        rows.append(row | dict.fromkeys(TEXT_FIELDS, text))
    return rows


def naughty_strings(shared_data: Path) -> list[str]:
    strings = json.loads((shared_data / "naughty" / "blns.json").read_text(encoding="utf-8"))
    return [*HOSTILE, *(text for text in strings if text and text not in HOSTILE)]


def test_no_text_runs_and_each_is_shown_as_it_is(atlas: Atlas, page: Page, shared_data: Path) -> None:
    strings = naughty_strings(shared_data)
    page.add_init_script("window.ran = 0; window.alert = window.prompt = window.confirm = () => { window.ran += 1; };")
    # The query names a hostile chosen one, too: it is looked up, never built into anything.
    frame = atlas.show(page, "hostile", hostile_rows(strings), country="IQ", selected="%7B%7B%206*7%20%7D%7D")
    told = frame.evaluate("() => map.atlas.marks.data.place.map((at) => map.atlas.marks.data.names[at])")
    assert sorted(told) == sorted(strings)
    shown = frame.evaluate("""() => map.atlas.marks.data.n.map((_, i) => {
        map.atlas.tooltip.showMark(map.atlas.marks, i, { x: 0, y: 0 });
        return document.querySelector(".atlas-tooltip").children[1].textContent;
    })""")
    assert shown == told
    assert (
        frame.evaluate(
            "() => document.querySelectorAll('.atlas-tooltip script, .atlas-tooltip img, .atlas-tooltip svg').length"
        )
        == 0
    )
    frame.evaluate(
        "() => { map.atlas.tooltip.showProvince('{{ 6*7 }}<img src=x onerror=\"window.ran = 1\">', 1, 0, { x: 0, y: 0 }, 0, []); }"
    )
    mark = drawn(frame)["{{ 6*7 }}"]
    click(page, mark["x"], mark["y"])
    wait_for_clicks(page, [["{{ 6*7 }}", None]])
    assert frame.evaluate("() => window.ran") == page.evaluate("() => window.ran") == 0
    assert (page.seen.dialogs, page.seen.errors, page.seen.hosts_beside(atlas.url)) == ([], [], [])
