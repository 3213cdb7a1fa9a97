"""What the player is sent: every dated row in one line, in steps as fine as the lines allow."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import accumulate
from typing import Any

import polars as pl
import pytest

from mapping.layers import player
from mapping.layers.areas import district_counts
from mapping.layers.marks import marks
from mapping.layers.payload import payload
from mapping.layers.player import Play, frames
from mapping.layers.shading import measures
from mapping.schema import conform


def sent(frame: pl.DataFrame, play: Play = Play(), *, is_marked: bool = True) -> dict[str, Any]:  # noqa: B008
    marked = marks(frame) if is_marked else None
    provinces = measures(frame)["adm1_code"].to_list()
    return frames(frame, play, marked=marked, provinces=provinces, districts=district_counts(frame))


def days(told: dict[str, Any]) -> list[tuple[date, date]]:
    since = [timedelta(number) for number in accumulate(told["first"])]
    start = date(1970, 1, 1)
    return [(start + first, start + first + timedelta(more)) for first, more in zip(since, told["length"], strict=True)]


def test_a_line_says_when_where_and_how_many(frame: pl.DataFrame) -> None:
    told = sent(frame)
    assert told["step"] == "day" and told["has_marks"]
    assert sum(told["n"]) == 2  # of nine rows, two have a date
    assert days(told) == [(date(2020, 1, 8), date(2020, 1, 8)), (date(2024, 7, 16), date(2024, 7, 16))]
    assert len(set(told["mark"])) == 1 and told["mark"][0] >= 0  # both at the base
    assert told["group"] == [1, 0]
    assert told["province"] == [0, 0] and told["only"] == [0, 0]
    assert told["span"] == [18269, 19920]


def test_rows_alike_share_a_line_and_deaths_unknown_are_not_none() -> None:
    row = {
        "date_start": date(2024, 7, 1),
        "date_end": date(2024, 7, 31),
        "adm1_code": "IQ-AN",
        "geo_precision": "province",
    }
    told = sent(conform(pl.DataFrame([row, row, row | {"fatalities_best": 3}, row | {"geo_precision": "country"}])))
    lines = dict(
        zip(told["province"], zip(told["n"], told["only"], told["dead"], told["known"], strict=True), strict=True)
    )
    assert lines == {0: (3, 3, 3, 1), -1: (1, 0, 0, 0)}
    assert days(told)[0] == (date(2024, 7, 1), date(2024, 7, 31))


@pytest.mark.parametrize(
    ("first", "step"), [(date(1990, 1, 1), "day"), (date(1500, 1, 1), "month"), (date.min, "year")]
)
def test_a_long_time_is_played_in_coarser_steps(frame: pl.DataFrame, first: date, step: str) -> None:
    told = sent(frame, Play(first, date.max if first == date.min else date(2030, 1, 1)))
    assert told["step"] == step and sum(told["n"]) == 2


@pytest.mark.parametrize(
    "text", ["on", "decade,1,2024-01-01", "__proto__,1,2024-01-01", "day,-5,2024-01-01", "day,1,?"]
)
def test_what_an_address_makes_up_opens_it_at_the_beginning(text: str) -> None:
    assert Play.from_text(text, None, None, "") == Play()


def test_dates_of_the_filter_bound_the_play() -> None:
    row = {"date_start": date(2024, 1, 1), "date_end": date(2024, 12, 31)}
    told = sent(conform(pl.DataFrame([row])), Play(date(2024, 7, 1), None, "mine"))
    assert told["span"] == [19905, 20088] and told["within"] == [19905, None]
    assert told["channel"] == "mine"


def test_nothing_dated_has_no_span(frame: pl.DataFrame) -> None:
    told = sent(frame.filter(pl.col("date_start").is_null()))
    assert told["span"] == [None, None] and told["n"] == []


def test_too_many_lines_are_cut_into_coarser_steps_and_then_added_up_by_province(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    base = {"geo_precision": "town", "adm1_code": "IQ-AN", "longitude": 43.0}
    rows = [
        base | {"date_start": date(2024, 1, 1) + timedelta(day), "latitude": 33.0 + place}
        for day in range(60)
        for place in (0, 0.1)
    ]
    made = conform(pl.DataFrame(rows))
    for most, step, has_marks in ((120, "day", True), (20, "week", True), (4, "month", True), (2, "month", False)):
        monkeypatch.setattr(player, "MOST_LINES", most)
        told = sent(made)
        assert (told["step"], told["has_marks"]) == (step, has_marks)
        assert sum(told["n"]) == 120
        assert len(told["n"]) <= most
    assert days(told) == [(date(2024, 1, 1),) * 2, (date(2024, 2, 1),) * 2]


def test_a_week_over_the_end_of_a_month_is_cut_there(monkeypatch: pytest.MonkeyPatch) -> None:
    start = date(2024, 1, 29)  # a Monday
    rows = [{"date_start": start + timedelta(day), "geo_precision": "country"} for day in range(7)]
    month = {"date_start": start, "date_end": start + timedelta(5), "geo_precision": "country"}
    monkeypatch.setattr(player, "MOST_LINES", 3)
    told = sent(conform(pl.DataFrame([*rows, month])), is_marked=False)
    first = date(2024, 2, 1)
    assert told["step"] == "week"
    assert dict(zip(days(told), told["n"], strict=True)) == {(start, start): 3, (start, first): 1, (first, first): 4}


def test_a_row_drawn_as_its_district_says_so(own: Any, vague: pl.DataFrame) -> None:
    from mapping.admin import using

    with using(own):
        told = sent(vague.with_columns(date_start=date(2024, 7, 16)))
    assert dict(zip(told["district"], told["n"], strict=True)) == {0: 2, -1: 2}


def test_the_map_sends_it_only_when_it_plays(frame: pl.DataFrame) -> None:
    assert payload(frame)["play"] is None
    assert payload(frame, play=Play())["play"]["has_marks"]
