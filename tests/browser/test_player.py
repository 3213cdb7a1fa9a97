"""The player in a real Chromium: every frame shows what the filter would, and nothing is left when it closes."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import polars as pl
import pytest

from mapping import pipeline
from mapping.layers import player
from mapping.layers.assets import OWN_SCRIPTS, leaflet, own, styles
from mapping.layers.marks import marks
from mapping.layers.page import render_page
from mapping.layers.payload import payload
from mapping.layers.player import Play
from mapping.layers.shading import measures
from mapping.query import Filter
from mapping.schema import conform
from tests.browser.waiting import address, map_frame, settle, until, visit

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Page

pytestmark = pytest.mark.browser

BASE = {"latitude": 33.8, "longitude": 42.4, "geo_precision": "site", "adm1_code": "IQ-AN", "country_iso2": "IQ"}
NINE = [
    BASE | {"incident_id": "a", "date_start": date(2024, 1, 10), "event_type": "raid"},
    BASE | {"incident_id": "b", "date_start": date(2024, 2, 10), "event_type": "drone attack"},
    BASE | {"incident_id": "c", "date_start": date(2024, 2, 20), "latitude": 34.5, "fatalities_best": 4},
    BASE
    | {"incident_id": "d", "date_start": date(2024, 1, 15), "date_end": date(2024, 3, 15), "geo_precision": "province"},
    BASE | {"incident_id": "e", "date_start": date(2024, 12, 5), "geo_precision": "country"},
    BASE | {"incident_id": "f"},
]


def rows(*made: dict[str, Any]) -> pl.DataFrame:
    return conform(pl.DataFrame(list(made), infer_schema_length=None))


class Played:
    """A map alone on a page, with a player, and what the reader asked for."""

    def __init__(self, page: Page) -> None:
        self.page = page
        page.set_content(f"<style>{styles()}</style><div id=map style='width:900px;height:560px'></div>")
        for text in (leaflet("leaflet.js").read_text(encoding="utf-8"), *map(own, OWN_SCRIPTS)):
            page.add_script_tag(content=text)
        page.evaluate(
            """() => {
                window.told = [];
                window.heard = [];
                new BroadcastChannel("test").onmessage = (event) => heard.push(event.data);
                window.map = L.map("map", { minZoom: 2, maxZoom: 15 }).setView([33, 43], 6);
                map.atlas = incidentAtlas.open(map, { load: () => {}, tools: true, picked: (what) => told.push(what) });
            }"""
        )

    def show(self, frame: pl.DataFrame, play: Play | None = Play(channel="test")) -> None:  # noqa: B008
        self.page.evaluate("(data) => map.atlas.show(data)", json.loads(json.dumps(payload(frame, play=play))))

    def step_by(self, step: str) -> None:
        self.page.get_by_label("Step", exact=True).select_option(step)

    def dates(self) -> str:
        return self.page.locator(".atlas-dates b").inner_text()

    def count(self) -> str:
        return self.page.locator(".atlas-dates span").inner_text()

    def press(self, label: str) -> None:
        self.page.get_by_role("button", name=label, exact=True).click()

    def drawn(self) -> dict[str, Any]:
        """What the map draws now: incidents at a mark, in provinces, in provinces only, deaths."""
        return self.page.evaluate(
            """() => {
                const sum = (numbers) => numbers.reduce((total, number) => total + number, 0);
                const { marks, provinces } = map.atlas.data;
                return { marks: sum(marks.n), provinces: sum(provinces.n), only: sum(provinces.only), dead: sum(provinces.dead) };
            }"""
        )


@pytest.fixture
def played(page: Page) -> Played:
    made = Played(page)
    made.show(rows(*NINE))
    made.step_by("month")
    return made


def test_a_frame_shows_its_incidents_and_says_how_many_may_lie_outside(played: Played) -> None:
    assert (played.dates(), played.count()) == ("January 2024", "2 incidents, 1 of them perhaps before or after")
    assert played.drawn() == {"marks": 1, "provinces": 2, "only": 1, "dead": 0}
    played.press("Step forward")
    assert (played.dates(), played.count()) == ("February 2024", "3 incidents, 1 of them perhaps before or after")
    assert played.drawn() == {"marks": 2, "provinces": 3, "only": 1, "dead": 4}
    played.press("Step back")
    played.press("Step back")  # there is nothing before the first
    assert played.dates() == "January 2024"
    played.page.get_by_role("slider", name="Time").fill("11")
    assert (played.dates(), played.count()) == ("December 2024", "1 incident")
    assert played.drawn() == {"marks": 0, "provinces": 0, "only": 0, "dead": 0}
    assert played.page.get_by_role("slider", name="Time").get_attribute("aria-valuetext") == "December 2024"


def test_a_window_slides_and_all_so_far_grows(played: Played) -> None:
    played.press("Step forward")
    played.press("Step forward")
    played.page.get_by_label("Window").select_option("3")
    assert (played.dates(), played.count()) == ("January – March 2024", "4 incidents")
    played.press("Step forward")
    assert (played.dates(), played.count()) == (
        "February – April 2024",
        "3 incidents, 1 of them perhaps before or after",
    )
    played.page.get_by_label("Window").select_option("all")
    assert (played.dates(), played.count()) == ("January – April 2024", "4 incidents")


def test_steps_are_days_weeks_months_or_years(played: Played) -> None:
    played.press("Step forward")
    played.step_by("week")
    assert played.dates() == "29 January – 4 February 2024"  # at the day where it stood
    played.step_by("day")
    assert played.dates() == "Mon, 29 January 2024"
    played.step_by("year")
    assert (played.dates(), played.count()) == ("2024", "5 incidents")


@pytest.mark.parametrize("step", ["month", "week"])
def test_every_frame_of_the_starter_rows_shows_what_the_filter_would(page: Page, step: str) -> None:
    incidents = pipeline.shipped_incidents()
    played = Played(page)
    played.show(incidents)
    played.step_by(step)
    frames = played.page.evaluate(
        """(step) => {
            const { frames } = map.atlas.parts.find((part) => part.frames);
            const edges = incidentAtlas.edges(frames.first, frames.last, step);
            const sum = (numbers) => numbers.reduce((total, number) => total + number, 0);
            return edges.slice(0, -1).map((from, i) => {
                const { shown, data } = frames.at(from, edges[i + 1]);
                const { marks, provinces } = data;
                return [from, edges[i + 1] - 1, shown, marks.n.length, sum(marks.n), Object.keys(marks.mixed).length, sum(provinces.n), sum(provinces.only)];
            });
        }""",
        step,
    )
    for first, last, *told in frames:
        start = date(1970, 1, 1)
        kept = Filter(date_from=start + timedelta(first), date_to=start + timedelta(last)).apply(incidents)
        marked, counted = marks(kept), measures(kept)
        mixed = marked.filter(pl.col("numbers").list.max() < pl.col("n")).height
        assert told == [kept.height, marked.height, marked["n"].sum(), mixed, counted["n"].sum(), counted["only"].sum()]


def test_it_plays_stops_and_obeys_the_keys(played: Played) -> None:
    page = played.page
    page.get_by_label("Speed").select_option("fast")
    slider = page.get_by_role("slider", name="Time")
    slider.focus()
    page.keyboard.press("Space")
    page.wait_for_function("() => document.querySelector('.atlas-dates b').textContent === 'April 2024'")
    page.keyboard.press("Space")
    stood = played.dates()
    page.wait_for_timeout(500)
    assert played.dates() == stood
    centre = page.evaluate("() => map.getCenter()")
    page.keyboard.press("Home")
    page.keyboard.press("ArrowRight")
    assert played.dates() == "February 2024"
    assert page.evaluate("() => map.getCenter()") == centre  # the arrows are the player's, not the map's
    slider.fill("10")
    played.press("Play")
    page.wait_for_function("() => document.querySelector('.atlas-dates b').textContent === 'December 2024'")
    page.get_by_role("button", name="Play", exact=True).wait_for()  # it stands at the end
    assert page.seen.errors == []


def test_who_wants_nothing_to_move_steps(open_page: Callable[..., Page]) -> None:
    played = Played(open_page(reduced_motion="reduce"))
    played.show(rows(*NINE))
    played.step_by("month")
    assert not played.page.get_by_role("button", name="Play", exact=True).is_visible()
    played.page.keyboard.press("Space")
    played.press("Step forward")
    assert played.dates() == "February 2024"


def test_what_is_asked_for_is_told(played: Played) -> None:
    played.press("Step forward")
    played.press("Keep these dates")
    played.press("Close the player")
    played.show(rows(*NINE), play=None)
    played.press("Play the incidents over time")
    acts = [
        {name: act[name] for name in ("dates", "play") if name in act} for act in played.page.evaluate("() => told")
    ]
    assert [act for act in acts if act] == [
        {"dates": ["2024-02-01", "2024-02-29"], "play": False},
        {"play": False},
        {"play": True},
    ]


def test_the_timeline_hears_where_it_is(played: Played) -> None:
    played.press("Step forward")
    played.show(rows(*NINE), play=None)
    played.page.wait_for_function("() => heard.length === 4")
    assert played.page.evaluate("() => heard.slice(1)") == [[19723, 19754], [19754, 19783], None]


def test_dates_of_the_filter_are_never_left(played: Played) -> None:
    played.show(rows(*NINE[:4]), Play(date(2024, 1, 12), date(2024, 2, 15), "test"))
    assert played.dates() == "12 – 31 January 2024"
    played.press("Step forward")
    assert played.dates() == "1 – 15 February 2024"
    played.press("Keep these dates")
    assert played.page.evaluate("() => told.at(-1).dates") == ["2024-02-01", "2024-02-15"]


def test_new_data_stop_it_where_it_is_and_closing_leaves_nothing(played: Played) -> None:
    played.press("Step forward")
    played.press("Play")
    played.show(rows(*NINE[:3]))
    assert (played.dates(), played.count()) == ("February 2024", "2 incidents")
    played.page.wait_for_timeout(800)
    assert played.dates() == "February 2024"
    played.show(rows(*NINE[:3]), play=None)
    assert played.drawn() == {"marks": 3, "provinces": 3, "only": 0, "dead": 4}
    for left in (".atlas-player", ".atlas-dates", ".atlas-playing"):
        assert played.page.locator(left).count() == 0
    assert played.page.locator(".atlas-legend .atlas-fold").get_attribute("aria-expanded") == "true"


def test_shades_and_legend_mean_the_same_in_every_frame(played: Played) -> None:
    legend = played.page.locator(".atlas-legend .atlas-body")
    lowest = "() => map.atlas.shading.lowest"
    whole = played.page.evaluate(lowest)
    words = legend.text_content()
    played.page.get_by_role("slider", name="Time").fill("11")
    played.page.wait_for_timeout(400)
    assert played.page.evaluate(lowest) == whole
    assert legend.text_content() == words and "known site" in words
    assert "Incidents in the province" in words and whole == [1, 3]  # no month has more than three
    assert played.page.locator(".atlas-player-note").inner_text() == "1 without a date is in no frame."
    played.page.get_by_label("Window").select_option("all")
    assert played.page.evaluate(lowest)[-1] == 4


def test_too_many_to_play_one_by_one_are_played_by_province(page: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(player, "MOST_LINES", 3)
    played = Played(page)
    played.show(rows(*NINE[:4]))
    assert "provinces are shaded" in played.page.locator(".atlas-player-note").inner_text()
    assert played.drawn() == {"marks": 0, "provinces": 2, "only": 1, "dead": 0}
    assert "known site" not in played.page.locator(".atlas-legend .atlas-body").text_content()


def test_it_opens_where_the_address_says_and_anew_when_it_was_closed(page: Page) -> None:
    played = Played(page)
    played.show(rows(*NINE), Play.from_text("month,3,2024-03-01", None, None, "test"))
    assert (played.dates(), played.count()) == ("January – March 2024", "4 incidents")
    played.show(rows(*NINE), play=None)
    played.show(rows(*NINE))
    assert played.dates() == "8 – 14 January 2024"  # the first week
    played.show(rows(*NINE), play=None)
    played.show(rows(*NINE), Play.from_text("<b>,x,0001-01-01", None, None, "test"))
    assert played.dates() == "8 – 14 January 2024"  # at the beginning, as without one
    assert page.seen.errors == []


def test_a_picture_says_which_frame_it_shows(page: Page) -> None:
    played = Played(page)
    told = payload(rows(*NINE), play=Play.from_text("month,1,2024-02-01", None, None, "test"), caption=["Iraq"])
    page.evaluate("(data) => map.atlas.show(data)", json.loads(json.dumps(told)))
    lines = page.evaluate("() => map.atlas.data.caption.lines")
    first = "Shown here: February 2024, 3 incidents, 1 of them perhaps before or after. Of all:"
    assert lines == [first, *told["caption"]["lines"]]
    assert played.dates() == "February 2024"


def test_nothing_dated_opens_no_player(page: Page) -> None:
    played = Played(page)
    played.show(rows(NINE[-1]))
    assert played.page.locator(".atlas-player").count() == 0
    assert page.seen.errors == []


def test_the_exported_page_plays_without_a_server(page: Page, tmp_path: Path) -> None:
    incidents = pipeline.shipped_incidents()
    saved = tmp_path / "page.html"
    saved.write_text(render_page(incidents, metadata={"title": "Starter"}), encoding="utf-8")
    page.goto(saved.as_uri())
    page.get_by_role("button", name="Play the incidents over time").click()
    dates, cursor = page.locator(".atlas-dates b"), page.locator(".time-frame")
    assert dates.inner_text() == "January 2017"
    before = cursor.bounding_box()
    page.get_by_role("button", name="Step forward", exact=True).click()
    assert dates.inner_text() == "February 2017"
    assert cursor.bounding_box()["x"] > before["x"]
    sent = payload(incidents, play=Play())
    lines = page.evaluate(
        "() => { const { lines } = incidentAtlas.page.map.parts.find((part) => part.frames).frames; return lines; }"
    )
    assert sum(lines["n"]) == sum(sent["play"]["n"])
    for column in ("only", "dead", "known"):
        assert sum(lines[column]) == sum(sent["play"][column])
    assert lines["span"] == sent["play"]["span"]
    page.get_by_role("button", name="Keep these dates").click()
    page.locator(".atlas-player").wait_for(state="detached")
    assert page.get_by_label("From", exact=True).input_value() == "2017-02-01"
    assert not cursor.is_visible()
    assert page.seen.errors == []


def test_on_explore_it_opens_plays_and_its_dates_become_the_filter(app: str, page: Page) -> None:
    visit(page, app)
    frame = map_frame(page)
    frame.get_by_role("button", name="Play the incidents over time").click()
    until(page, lambda said: said.get("play") == "on")
    dates = frame.locator(".atlas-dates b")
    dates.wait_for()
    assert dates.inner_text() == "January 2017"
    cursor = page.locator(".time-frame")
    before = cursor.bounding_box()
    frame.get_by_role("button", name="Step forward", exact=True).click()
    page.wait_for_timeout(300)
    assert dates.inner_text() == "February 2017"
    assert cursor.bounding_box()["x"] > before["x"]
    until(page, lambda said: said.get("play") == "month,1,2017-02-01")  # a copy of the address opens there
    frame.get_by_role("button", name="Keep these dates").click()
    until(page, lambda said: said.get("from") == "2017-02-01" and said.get("to") == "2017-02-28")
    settle(page)
    assert "play" not in address(page)
    frame.locator(".atlas-player").wait_for(state="detached")
    assert not cursor.is_visible()
    assert page.seen.hosts_beside(app) == []
