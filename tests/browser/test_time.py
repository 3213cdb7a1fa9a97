"""The timeline and the player in a real Chromium: what is drawn, and what mouse, finger and keys choose."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any

import polars as pl
import pytest
from playwright.sync_api import expect

from mapping.aggregate.time import STEPS, make_bins, over_time
from mapping.layers.assets import own
from tests.browser.waiting import address, settle, until, visit

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Locator, Page

pytestmark = pytest.mark.browser

SCRIPTS = ("space.js", "time.js", "brush.js", "timeline.js")
FIRST, LAST = date(2024, 1, 1), date(2024, 12, 31)
HOSTILE = "<img src=x onerror=alert(1)>"


def number(day: date) -> int:
    return (day - date(1970, 1, 1)).days


def day(number: int) -> str:
    return pl.Series([number]).cast(pl.Date).dt.to_string().item()


class Drawn:
    """A timeline alone on a page, and what it told."""

    def __init__(self, page: Page) -> None:
        self.page = page
        page.set_content(f"<style>{own('timeline.css')}</style><div id=root style='width:900px'></div>")
        for name in SCRIPTS:
            page.add_script_tag(content=own(name))
        page.evaluate(
            """() => {
                window.said = [];
                const told = { dates: (dates) => said.push(dates), bins: (...bins) => said.push(bins) };
                window.timeline = new incidentAtlas.Timeline(document.getElementById("root"), told);
            }"""
        )

    def show(self, rows: list[tuple[date | None, date | None]], **other: Any) -> None:
        frame = pl.DataFrame(rows, schema={"date_start": pl.Date, "date_end": pl.Date}, orient="row")
        bins = make_bins(FIRST, LAST, asked="month")
        counted = over_time(frame.with_columns(group=pl.lit(0, pl.Int8)), bins, groups=1)
        data = {
            "step": bins.step, "edges": bins.edges, "groups": [[HOSTILE, "#0072B2"]], "dates": [None, None], "asked": "auto",
            "zoomed": False, **counted.__dict__, **other,
        }  # fmt: skip
        self.page.evaluate("(data) => timeline.show(data)", json.loads(json.dumps(data)))

    def x(self, when: date) -> float:
        box = self.page.locator(".time-plot").bounding_box()
        return box["x"] + self.page.evaluate("(day) => timeline.x(day)", number(when))

    @property
    def y(self) -> float:
        box = self.page.locator(".time-plot").bounding_box()
        return box["y"] + 60

    def said(self) -> list[Any]:
        """What the reader has chosen, once it is settled."""
        self.page.wait_for_timeout(500)
        told = self.page.evaluate("() => said.splice(0)")
        return [each and [day(number) if type(number) is int else number for number in each] for each in told]

    def drag(self, start: date, end: date) -> None:
        self.page.mouse.move(self.x(start), self.y)
        self.page.mouse.down()
        self.page.mouse.move((self.x(start) + self.x(end)) / 2, self.y)
        self.page.mouse.move(self.x(end), self.y)
        self.page.mouse.up()

    def handle(self, name: str) -> Locator:
        return self.page.get_by_role("slider", name=name)


@pytest.fixture
def drawn(page: Page) -> Drawn:
    made = Drawn(page)
    march = date(2024, 3, 15)
    made.show([(march, march), (march, march), (date(2024, 7, 20), date(2024, 8, 10)), (None, None)])
    return made


def test_the_browser_cuts_time_as_python_does(drawn: Drawn) -> None:
    for first, last in ((FIRST, LAST), (date(1969, 12, 29), date(1970, 3, 1)), (date(1899, 12, 31), date(1904, 3, 1))):
        for step in STEPS[1:]:
            edges = drawn.page.evaluate("(asked) => incidentAtlas.edges(...asked)", [number(first), number(last), step])
            assert edges == list(make_bins(first, last, asked=step).edges)


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (date(2024, 7, 16), date(2024, 7, 16), "Tue, 16 July 2024"),
        (date(2024, 7, 15), date(2024, 7, 21), "15 – 21 July 2024"),
        (date(2024, 7, 29), date(2024, 8, 4), "29 July – 4 August 2024"),
        (date(2023, 12, 25), date(2024, 1, 7), "25 December 2023 – 7 January 2024"),
        (date(2024, 2, 1), date(2024, 2, 29), "February 2024"),
        (date(2024, 2, 1), date(2024, 4, 30), "February – April 2024"),
        (date(2023, 11, 1), date(2024, 1, 31), "November 2023 – January 2024"),
        (date(2024, 1, 1), date(2024, 12, 31), "2024"),
        (date(2020, 1, 1), date(2024, 12, 31), "2020 – 2024"),
    ],
)
def test_spans_are_said_briefly(drawn: Drawn, first: date, last: date, words: str) -> None:
    said = drawn.page.evaluate("(days) => incidentAtlas.saySpan(...days)", [number(first), number(last) + 1])
    assert said == words


def test_a_drag_takes_whole_months_and_what_lies_outside_is_pale(drawn: Drawn) -> None:
    drawn.drag(date(2024, 3, 10), date(2024, 5, 20))
    assert drawn.said() == [["2024-03-01", "2024-05-31"]]
    veils = [veil.bounding_box() for veil in drawn.page.locator(".time-veil").all()]
    assert veils[0]["x"] + veils[0]["width"] == pytest.approx(drawn.x(date(2024, 3, 1)), abs=1)
    assert veils[1]["x"] == pytest.approx(drawn.x(date(2024, 6, 1)), abs=1)


def test_a_click_takes_the_month_and_a_double_click_clears(drawn: Drawn) -> None:
    drawn.page.mouse.click(drawn.x(date(2024, 3, 15)), drawn.y)
    assert drawn.said() == [["2024-03-01", "2024-03-31"]]
    drawn.show([], dates=[number(date(2024, 3, 1)), number(date(2024, 3, 31))])
    drawn.page.mouse.dblclick(drawn.x(date(2024, 9, 15)), drawn.y)
    assert drawn.said() == [None]


def test_the_middle_is_dragged_along_and_a_handle_by_itself(drawn: Drawn) -> None:
    drawn.show([], dates=[number(date(2024, 3, 1)), number(date(2024, 4, 30))])
    drawn.drag(date(2024, 3, 31), date(2024, 6, 30))
    assert drawn.said() == [["2024-06-01", "2024-07-31"]]
    drawn.drag(date(2024, 8, 1), date(2024, 10, 10))
    assert drawn.said() == [["2024-06-01", "2024-10-31"]]
    drawn.drag(date(2024, 8, 15), date(2023, 1, 1))  # as far as the axis goes
    assert drawn.said() == [["2024-01-01", "2024-05-31"]]


def test_the_keys_move_the_handles_and_escape_clears(drawn: Drawn) -> None:
    page, first, last = drawn.page, drawn.handle("First day shown"), drawn.handle("Last day shown")
    assert first.get_attribute("aria-valuetext") == "no dates chosen, from Mon, 1 January 2024"
    page.keyboard.press("Tab")  # the choice of bars
    page.keyboard.press("Tab")
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    assert first.get_attribute("aria-valuetext") == "from Mon, 1 April 2024"
    assert drawn.said() == [["2024-04-01", "2024-12-31"]]  # once, when the keys have come to rest
    page.keyboard.press("Tab")
    page.keyboard.press("PageDown")
    page.keyboard.press("ArrowUp")
    assert last.get_attribute("aria-valuetext") == "to Fri, 31 May 2024"
    assert drawn.said() == [["2024-04-01", "2024-05-31"]]
    drawn.show([], dates=[number(date(2024, 4, 1)), number(date(2024, 5, 31))])
    assert last.evaluate("(handle) => handle === document.activeElement")
    page.keyboard.press("Escape")
    assert drawn.said() == [None]


def test_dates_of_the_filter_are_drawn_where_they_are(drawn: Drawn) -> None:
    drawn.show([], dates=[number(date(2024, 3, 10)), None])
    assert drawn.page.locator(".time-brush").bounding_box()["x"] == pytest.approx(drawn.x(date(2024, 3, 10)), abs=1)
    assert drawn.handle("First day shown").get_attribute("aria-valuetext") == "from Sun, 10 March 2024"
    drawn.show([], dates=[number(date(1990, 3, 10)), number(date(1991, 3, 10))])  # wholly before the axis
    assert drawn.page.locator(".time-brush").bounding_box()["width"] == 0


def test_what_is_known_to_a_span_only_is_hatched_counted_and_said(drawn: Drawn) -> None:
    assert drawn.page.locator(".time-possible").count() == 1
    assert "1 known to no single month" in drawn.page.locator(".time-aside").inner_text()
    assert "1 without a date" in drawn.page.locator(".time-aside").inner_text()
    drawn.page.mouse.move(drawn.x(date(2024, 8, 15)), drawn.y)
    assert drawn.page.locator(".time-tip").inner_text().split("\n") == ["August 2024", "1 may have been then"]


def test_bins_that_are_too_many_are_said_to_be(drawn: Drawn) -> None:
    drawn.show([], asked="day")
    assert "too many days to draw" in drawn.page.locator(".time-aside").inner_text()


def test_words_from_files_stay_words(drawn: Drawn) -> None:
    drawn.page.mouse.move(drawn.x(date(2024, 3, 15)), drawn.y)
    assert drawn.page.locator(".time-tip").inner_text().split("\n") == ["March 2024", f"{HOSTILE} 2"]
    assert drawn.page.seen.dialogs == []


def test_bars_are_chosen_and_a_narrow_span_offers_to_be_looked_at(drawn: Drawn) -> None:
    drawn.page.get_by_label("Bars of the timeline").select_option("week")
    assert drawn.said() == [["week", False]]
    zoom = drawn.page.get_by_role("button", name="Zoom to span")
    assert not zoom.is_visible()
    drawn.show([], dates=[number(date(2024, 3, 1)), number(date(2024, 4, 30))])
    zoom.click()
    assert drawn.said() == [["auto", True]]
    drawn.show([], dates=[number(date(2024, 3, 1)), number(date(2024, 4, 30))], zoomed=True)
    drawn.page.get_by_role("button", name="Whole time").click()
    assert drawn.said() == [["auto", False]]


def test_a_finger_brushes(open_page: Callable[..., Page]) -> None:
    drawn = Drawn(open_page(has_touch=True, is_mobile=True, viewport={"width": 400, "height": 800}))
    drawn.page.evaluate("() => { document.getElementById('root').style.width = 'auto'; }")
    drawn.show([(date(2024, 3, 15), date(2024, 3, 15))])
    session = drawn.page.context.new_cdp_session(drawn.page)
    for kind, when in (
        ("touchStart", date(2024, 3, 15)),
        ("touchMove", date(2024, 4, 15)),
        ("touchMove", date(2024, 5, 15)),
    ):
        points = [{"x": drawn.x(when), "y": drawn.y}]
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
    session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    assert drawn.said() == [["2024-03-01", "2024-05-31"]]


def test_nothing_dated_says_so(drawn: Drawn) -> None:
    drawn.show([], edges=[], solid=[[]], possible=[], undated=3)
    assert drawn.page.locator(".time-aside").inner_text() == "3 without a date · no dates to draw"
    assert not drawn.page.locator(".time-plot").is_visible()


def test_on_explore_bars_brush_and_axis_stand_in_the_address(app: str, page: Page) -> None:
    visit(page, app + "/?country=IQ")
    plot = page.locator(".time-plot")
    plot.evaluate("(plot) => { plot.dataset.mark = 'kept'; }")
    page.get_by_label("Bars of the timeline").select_option("year")
    until(page, lambda said: said.get("bins") == "year")
    expect(page.locator(".time h2")).to_have_text("By year")
    box = plot.bounding_box()
    page.mouse.click(box["x"] + 80, box["y"] + 60)  # 2017, the first year of the starter rows
    until(page, lambda said: said.get("from") == "2017-01-01" and said.get("to") == "2017-12-31")
    page.get_by_role("button", name="Zoom to span").click()
    until(page, lambda said: said["bins"] == "year,span")
    page.get_by_label("Bars of the timeline").select_option("week")
    until(page, lambda said: said["bins"] == "week,span")
    expect(page.locator(".time h2")).to_have_text("By week")
    handle = page.get_by_role("slider", name="First day shown")
    handle.focus()
    page.keyboard.press("ArrowRight")
    until(page, lambda said: said["from"] == "2017-01-09")  # the Monday after the first
    page.keyboard.press("Escape")
    until(page, lambda said: "from" not in said)
    page.get_by_label("Bars of the timeline").select_option("auto")
    until(page, lambda said: "week" not in said.get("bins", ""))
    settle(page)
    assert address(page)["country"] == "IQ"
    assert plot.get_attribute("data-mark") == "kept"  # it was never mounted anew
    assert page.seen.errors == []


def test_on_a_phone_nothing_is_cut_off(app: str, open_page: Callable[..., Page]) -> None:
    page = open_page(viewport={"width": 400, "height": 900}, has_touch=True)
    visit(page, app + "/?from=2024-07-01&to=2024-07-31&bins=span")
    for part in (".time", ".time-head", ".time-plot svg"):
        box = page.locator(part).first.bounding_box()
        assert box["x"] >= 0 and box["x"] + box["width"] <= 400
    assert page.evaluate("() => document.documentElement.scrollWidth") <= 400
