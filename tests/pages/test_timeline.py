"""The timeline on Explore: what it is given, what it takes from the browser, and what it does not."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import polars as pl
import pytest
import streamlit as st

from mapping.layers.colours import by_actor
from mapping.pages import timeline as page
from mapping.pages.timeline import read_bins, timeline
from mapping.query import Filter
from mapping.schema import EVENT_TYPES, conform

if TYPE_CHECKING:
    from collections.abc import Callable

    from streamlit.testing.v1 import AppTest

FIRST, LAST = date(2020, 1, 1), date(2024, 12, 31)
ROWS = conform(
    pl.DataFrame(
        {
            "date_start": [date(2024, 7, 16), date(2024, 7, 1), None],
            "date_end": [date(2024, 7, 17), date(2024, 8, 31), None],
            "event_type": ["raid", "IED", None],
            "actor1": ["ISIS", None, None],
        }
    )
)


class Given(SimpleNamespace):
    """What the component was given, and a way to tell it something back."""

    def tell(self, **said: Any) -> None:
        st.session_state["timeline"] = SimpleNamespace(**said)
        (self.on_dates_change if "dates" in said else self.on_bins_change)()


@pytest.fixture
def given(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Given]:
    held: dict[str, Any] = {}
    monkeypatch.setattr(page, "_component", lambda **told: held.update(told))

    def drawn(wanted: Filter = Filter(), rows: pl.DataFrame = ROWS, **options: Any) -> Given:  # noqa: B008
        kept: list[Any] = []
        options = {"first": FIRST, "last": LAST} | options
        timeline(wanted, rows, on_brush=kept.append, on_bins=kept.append, **options)
        return Given(**held, kept=kept)

    return drawn


def test_every_row_is_solid_possible_or_without_a_date(given: Callable[..., Given]) -> None:
    data = given().data
    assert data["step"] == "month" and len(data["edges"]) == 5 * 12 + 1
    assert sum(map(sum, data["solid"])) + data["spanning"] + data["undated"] == ROWS.height
    assert [label for label, _ in data["groups"]][5] == "Ground attack" and sum(data["solid"][5]) == 1


def test_time_may_be_as_long_as_a_date_can_say(given: Callable[..., Given]) -> None:
    rows = conform(pl.DataFrame({"date_start": [date.min, date.max], "date_end": [date.min, date.max]}))
    data = given(rows=rows, first=date.min, last=date.max).data
    assert data["step"] == "year" and sum(map(sum, data["solid"])) == 2


def test_vocabularies_may_be_enums_and_colours_may_be_of_actors(given: Callable[..., Given]) -> None:
    narrow = ROWS.with_columns(pl.col("event_type").cast(pl.Enum(EVENT_TYPES)), pl.col("actor1").cast(pl.Categorical))
    assert given(rows=narrow).data["solid"] == given().data["solid"]
    by_who = given(rows=narrow, colouring=by_actor(narrow)).data
    assert by_who["groups"][0][0] == "ISIS" and sum(by_who["solid"][0]) == 1


def test_bins_are_asked_for_and_the_span_is_looked_at_with_a_margin(given: Callable[..., Given]) -> None:
    assert given(bins="year").data["step"] == "year"
    wanted = Filter(date_from=date(2024, 7, 1), date_to=date(2024, 7, 31))
    near = given(wanted, bins="span").data
    assert near["step"] == "day" and near["zoomed"]
    assert pl.Series(near["edges"]).cast(pl.Date).dt.to_string().to_list()[:: len(near["edges"]) - 1] == [
        "2024-06-23",
        "2024-08-09",
    ]
    assert not given(bins="span").data["zoomed"]  # there are no dates to look at
    assert not given(Filter(date_from=date(2030, 1, 1)), bins="span").data["zoomed"]


@pytest.mark.parametrize("text", ["", "picnic", "week,week", "<b>,span", "," * 400])
def test_bins_by_hand_never_fail(text: str, given: Callable[..., Given]) -> None:
    assert read_bins(text)[0] in ("auto", "week")
    assert given(bins=text).data["edges"]


def test_nothing_dated_has_no_bins(given: Callable[..., Given]) -> None:
    data = given(rows=ROWS.tail(1), first=None, last=None).data
    assert (data["edges"], data["undated"], data["possible"]) == ([], 1, [])


def test_what_the_reader_chose_is_taken(given: Callable[..., Given]) -> None:
    drawn = given()
    drawn.tell(dates=[19905, 19935])
    drawn.tell(dates=[])
    drawn.tell(bins=["week", False])
    drawn.tell(bins=["auto", True])
    drawn.tell(bins=["day", True])
    assert drawn.kept == [(date(2024, 7, 1), date(2024, 7, 31)), None, "week", "span", "day,span"]


@pytest.mark.parametrize(
    "told", [None, "x", [1], [1, 2, 3], [5, 1], [1e300, 1e300], [float("nan"), 1], [{}, []], {"a": 1}]
)
def test_what_a_browser_made_up_is_not(told: Any, given: Callable[..., Given]) -> None:
    drawn = given()
    drawn.tell(dates=told)
    assert drawn.kept == []
    drawn.tell(bins=told)
    assert drawn.kept in ([""], [])


def test_explore_opens_with_any_bins(open_app: Callable[..., AppTest]) -> None:
    app = open_app(bins="<script>", province="IQ-AN", **{"from": "2024-07-01", "to": "2024-07-31"})
    assert not app.exception
