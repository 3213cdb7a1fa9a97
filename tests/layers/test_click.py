"""What a browser tells is taken when it is right, and nothing when it is not."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapping.layers.click import RETURNED, Click, View, clicked, read_view


def told(**what: Any) -> Click | None:
    return clicked({RETURNED[0]: json.dumps({"token": "t"} | what)})


def test_every_act_has_its_field() -> None:
    assert told(incident="a/1") == Click("t", incident_id="a/1")
    assert told(province="IQ-AN") == Click("t", adm1_code="IQ-AN")
    assert told(view=[40, 30, 45, 35, 6.5], in_view=True) == Click("t", view=View(40, 30, 45, 35, 6.5), in_view=True)
    assert told(view=None, in_view=False) == Click("t", in_view=False)
    assert told(drawn="CIRCLE (43 33, 20)") == Click("t", drawn="CIRCLE (43 33, 20)")
    assert told(style="colour:actor") == Click("t", style="colour:actor")
    assert told(dates=["2024-07-01", "2024-07-31"]) == Click("t", dates=(date(2024, 7, 1), date(2024, 7, 31)))


@pytest.mark.parametrize(
    "wrong",
    [
        {"incident": 7}, {"province": ["IQ-AN"]}, {"view": [1, 2, 3]}, {"view": ["a", 2, 3, 4, 5]}, {"view": [5, 2, 3, 4, 5]},
        {"view": {"west": 1}}, {"in_view": "yes"}, {"drawn": None}, {"drawn": "x" * 30_000}, {"style": {}},
        {"dates": ["2024-07-31", "2024-07-01"]}, {"dates": ["yesterday", "today"]}, {"dates": 7},
        {"view": [1e999, 0, 1, 1, 3]}, {"view": [float("nan"), 0, 1, 1, 3]},
    ],
)  # fmt: skip
def test_what_is_not_right_is_not_there(wrong: dict[str, Any]) -> None:
    assert told(**wrong) == Click("t")


json_values = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(), lambda held: st.lists(held) | st.dictionaries(st.text(), held)
)
names = st.sampled_from(["token", "incident", "province", "view", "in_view", "drawn", "style", "dates", "play"])


@given(st.dictionaries(names, json_values) | json_values)
def test_nothing_that_a_browser_sends_raises(sent: Any) -> None:
    clicked({RETURNED[0]: json.dumps(sent)})


@given(st.lists(st.floats(allow_nan=True), min_size=5, max_size=5))
def test_a_view_lies_in_the_bounds_of_the_world(numbers: list[float]) -> None:
    view = read_view(numbers)
    if view:
        assert -180 <= view.west <= 180 and -180 <= view.east <= 180 and -90 <= view.south <= view.north <= 90


def test_a_view_over_the_antimeridian_has_its_west_greater_than_its_east() -> None:
    assert read_view([170, -20, 190, 0, 4]) == View(170, -20, -170, 0, 4)
