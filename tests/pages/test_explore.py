"""Explore: the address bar, the widgets, the chips and what is shown say the same."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING

import polars as pl
import pytest

from mapping import pipeline
from mapping.query import Filter
from mapping.schema import conform
from mapping.store import Store

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from streamlit.testing.v1 import AppTest

SEED = "Starter incidents/2024-07-16-ain-al-asad-drones"


def markup(app: AppTest) -> str:
    """All that was drawn as HTML, without the look."""
    return "\n".join(part.proto.body for part in app.get("html") if not part.proto.body.startswith("<style"))


def shown(app: AppTest) -> int:
    """The first of the numbers."""
    return int(re.search(r'class="number"><b>([\d,]+)</b>', markup(app))[1].replace(",", ""))


def chips(app: AppTest) -> list[str]:
    """Labels of the chips, without the marks that keep Markdown away."""
    labels = (button.label for button in app.button if str(button.key).startswith("chip-"))
    return [re.sub(r"\\(.)\u2060", r"\1", label).removesuffix(" ×") for label in labels]


def address(app: AppTest) -> dict[str, str]:
    """The parameters of the address bar."""
    return {name: value[0] if isinstance(value, list) else value for name, value in app.query_params.items()}


def test_opens_with_everything(open_app: Callable[..., AppTest]) -> None:
    app = open_app()
    assert shown(app) == 250
    assert chips(app) == []
    assert "No incident chosen" in markup(app)


def test_address_sets_widgets_and_rows(open_app: Callable[..., AppTest]) -> None:
    wanted = {"country": "IQ", "province": "IQ-AN", "from": "2024-07-01", "to": "2024-07-31", "type": "drone attack"}
    app = open_app(**wanted)
    assert app.multiselect(key="filter-countries").value == ["IQ"]
    assert app.multiselect(key="filter-provinces").value == ["IQ-AN"]
    assert app.date_input(key="filter-date_from").value == dt.date(2024, 7, 1)
    assert app.checkbox(key="type-drone").value
    assert chips(app) == ["Iraq", "Anbar", "1 Jul 2024 – 31 Jul 2024", "Drone"]
    found, _ = Filter.from_params(wanted)
    assert shown(app) == found.apply(pipeline.shipped_incidents()).height > 0


def test_widgets_set_the_address(open_app: Callable[..., AppTest]) -> None:
    app = open_app()
    app.multiselect(key="filter-countries").select("SY").run()
    app.date_input(key="filter-date_to").set_value(dt.date(2019, 12, 31)).run()
    app.text_input(key="filter-text").set_value("  air ").run()
    app.checkbox(key="type-rocketmissile").check().run()
    assert address(app) == {"country": "SY", "to": "2019-12-31", "text": "air", "type": "rocket attack,missile strike"}
    app.checkbox(key="type-rocketmissile").uncheck().run()
    assert "type" not in address(app)


def test_beside_a_type_stands_what_it_gives(open_app: Callable[..., AppTest], tmp_path: Path) -> None:
    rows = conform(
        pl.DataFrame({"incident_id": ["a", "b", "c"], "source_row": [2, 3, 4], "event_type": ["other", None, None]})
    )
    with Store(tmp_path / "store") as store:
        store.add("Mine", rows, raw=rows.select("source_row", "place"), licence="CC0")
    app = open_app(dataset="Mine")
    drawn = "".join(part.proto.body for part in app.get("html"))
    assert ".st-key-type-other p::after { content: '1' }" in drawn
    assert "2 of unknown type, in none of these" in drawn
    app.checkbox(key="type-other").check().run()
    assert shown(app) == 1


def test_a_day_on_the_wrong_side_opens_the_other_end(open_app: Callable[..., AppTest]) -> None:
    app = open_app(**{"from": "2020-01-01", "to": "2020-12-31"})
    app.date_input(key="filter-date_from").set_value(dt.date(2023, 1, 1)).run()
    assert address(app) == {"from": "2023-01-01"}
    app.date_input(key="filter-date_to").set_value(dt.date(2021, 1, 1)).run()
    assert address(app) == {"to": "2021-01-01"}


def test_what_has_no_point_is_not_left_out_of_an_area_in_silence(open_app: Callable[..., AppTest]) -> None:
    everywhere = "-180,-90,180,90"
    all_of_it, inside = open_app(country="IQ"), open_app(country="IQ", bbox=everywhere)
    missing = shown(all_of_it) - shown(inside)
    assert missing > 0
    assert f"{missing} left out: place unknown" in markup(inside)
    assert "left out" not in markup(all_of_it)


def test_a_chip_takes_its_filter_off(open_app: Callable[..., AppTest]) -> None:
    app = open_app(country="IQ", type="rocket attack,missile strike,raid")
    assert chips(app) == ["Iraq", "Rocket, missile", "raid"]
    app.button(key="chip-1").click().run()
    assert address(app) == {"country": "IQ", "type": "raid"}
    app.button(key="clear-all").click().run()
    assert address(app) == {}
    assert shown(app) == 250


def test_a_bad_address_gives_a_working_page(open_app: Callable[..., AppTest]) -> None:
    app = open_app(
        country="<img src=x onerror=alert(1)>",
        province="IQ-ZZ",
        type="picnic,raid",
        to="2031-01-01",
        bbox="1,2",
        incident="x/y",
    )
    assert address(app)["to"] == "2031-01-01"
    assert chips(app) == ["until 1 Jan 2031", "raid"]
    assert "picnic" in markup(app)
    assert "<img" not in markup(app)


@pytest.mark.parametrize(
    ("params", "said"),
    [
        ({"map": "colour:rainbow"}, "rainbow"),
        ({"at": "here,there"}, "is no place of the map"),
        ({"at": "99,999,99"}, "is no place of the map"),
        ({"within": "CIRCLE (400 90, -3)"}, "within"),
        ({"text": "drone AND"}, "AND"),
        ({"rows": "x"}, ""),
        ({"text": "a" * 5_000}, "5,000 characters are too many"),
        ({"province": ",".join(f"QQ-{i}" for i in range(600))}, "characters are too many"),
        ({"province": ",".join(f"QQ-{i}" for i in range(90))}, "and 85 more"),
        ({"bins": "fortnight", "sort": "-<b>", "play": "?", "view": "on"}, ""),
        ({"incident": "\u202e/{{ 6*7 }}"}, ""),
    ],
)
def test_an_address_made_by_hand_gets_a_sentence_and_a_page(
    open_app: Callable[..., AppTest], params: dict[str, str], said: str
) -> None:
    app = open_app(**params)
    assert said in markup(app)
    assert shown(app) in (0, 250)


def test_clear_all_can_be_undone(open_app: Callable[..., AppTest]) -> None:
    app = open_app(country="IQ", type="raid", map="colour:actor")
    before = shown(app)
    app.button(key="clear-all").click().run()
    assert address(app) == {"map": "colour:actor"}
    assert shown(app) == 250
    app.button(key="undo-clear").click().run()
    assert address(app) == {"country": "IQ", "type": "raid", "map": "colour:actor"}
    assert shown(app) == before
    assert not [button for button in app.button if button.key == "undo-clear"]


def test_dates_upside_down_are_said(open_app: Callable[..., AppTest]) -> None:
    app = open_app(**{"from": "2024-02-01", "to": "2024-01-01"})
    assert "upside down" in markup(app)
    assert shown(app) == 250


def test_numbers_add_up(open_app: Callable[..., AppTest]) -> None:
    app = open_app(country="IQ")
    plain = [int(n.replace(",", "")) for n in re.findall(r'class="number"><b>([\d,]+)</b>', markup(app))]
    opening = [int(re.match(r"\*\*([\d,]+)\*\*", p.proto.popover.label)[1]) for p in popovers(app)]
    assert plain[0] == sum(plain[1:]) + sum(opening)


def popovers(app: AppTest) -> list:
    """The popovers that begin with a number."""
    found, todo = [], [app.main]
    while todo:
        block = todo.pop()
        if getattr(block.proto, "popover", None) and block.proto.popover.label.startswith("**"):
            found.append(block)
        todo += [child for child in getattr(block, "children", {}).values() if hasattr(child, "children")]
    return found


def test_an_empty_result_offers_what_to_loosen(open_app: Callable[..., AppTest]) -> None:
    app = open_app(country="JO", type="kidnapping")
    assert shown(app) == 0
    offers = [button for button in app.button if str(button.key).startswith("offer-")]
    assert len(offers) == 2
    offers[0].click().run()
    assert shown(app) > 0


def test_nothing_alone_is_to_blame(open_app: Callable[..., AppTest]) -> None:
    app = open_app(country="JO", type="kidnapping", text="zzz")
    app.button(key="offer-all").click().run()
    assert shown(app) == 250


def test_the_card_of_the_seed(open_app: Callable[..., AppTest]) -> None:
    app = open_app(province="IQ-AN", incident=SEED, **{"from": "2024-07-01", "to": "2024-07-31"})
    card = markup(app)
    for words in (
        "Tuesday 16 July 2024",
        "Ain al-Assad base",
        "الأنبار",
        "2 × armed drone",
        "low 0 · high 0",
        "known site",
    ):
        assert words in card
    assert re.search(r"<dt>Attacker</dt><dd><bdi>unknown</bdi>", card)
    assert '<dt>Where</dt><dd><bdi dir="ltr">' in card  # in our order, whatever the name that matched is written in
    assert 'href="https://pledgetimes.com/' in card
    assert "outside the filter" not in card


def test_unknown_is_never_nothing(open_app: Callable[..., AppTest]) -> None:
    rows = pipeline.shipped_incidents()
    unknown = rows.filter(rows["fatalities_best"].is_null() & rows["injured"].is_null())["incident_id"][0]
    card = markup(open_app(incident=f"{pipeline.STARTER}/{unknown}"))
    assert "<dt>Killed</dt><dd><bdi>unknown</bdi>" in card
    assert "<dt>Injured</dt><dd><bdi>unknown</bdi>" in card


def test_the_arrows_step_through_the_rows_shown(open_app: Callable[..., AppTest]) -> None:
    app = open_app(country="IQ", incident=SEED)
    place = int(re.search(r">(\d+) of \d+<", markup(app))[1])
    app.button(key="step-right").click().run()
    assert f">{place + 1} of" in markup(app)
    app.button(key="step-left").click().run()
    assert address(app)["incident"] == SEED


def test_a_chosen_incident_outside_the_filter_says_so(open_app: Callable[..., AppTest]) -> None:
    assert "outside the filter" in markup(open_app(country="SY", incident=SEED))


def test_as_reported_shows_the_row_of_the_file(open_app: Callable[..., AppTest]) -> None:
    app = open_app(incident=SEED)
    app.button(key="as-reported").click().run()
    assert "<bdi>attacker</bdi>" in markup(app)  # the file's own heading


@pytest.mark.parametrize("text", ["<b>x</b>", "**x** :material/home: $x$", "عين الأسد", "{{ 6*7 }}", "a,b\\c"])
def test_any_search_survives_the_address(open_app: Callable[..., AppTest], text: str) -> None:
    app = open_app()
    app.text_input(key="filter-text").set_value(text).run()
    assert not app.exception
    assert address(app)["text"] == text
    assert chips(app) == [f"“{text}”"]
