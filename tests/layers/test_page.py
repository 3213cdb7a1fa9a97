"""The exported page: whole in itself, asking nobody, and with nothing in it that a record wrote as script."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any

import polars as pl

from mapping import admin
from mapping.admin.sets import Sets
from mapping.layers.map import payload
from mapping.layers.mapstyle import MapStyle
from mapping.layers.page import PageView, render_page
from mapping.schema import SCHEMA, conform, empty_frame

if TYPE_CHECKING:
    from pathlib import Path


class Tags(HTMLParser):
    """Every tag of a page, with what it asks for."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.seen: list[tuple[str, dict[str, str | None]]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))


def data_of(page: str) -> dict[str, Any]:
    return json.loads(re.search(r"incidentAtlas\.openPage\((.*)\);\n</script>", page)[1])


def test_it_asks_for_nothing(frame: pl.DataFrame) -> None:
    tags = Tags(render_page(frame, metadata={"title": "T"})).seen
    assert [attributes for _, attributes in tags if {"src", "href", "action"} & set(attributes)] == []
    policy = next(attributes["content"] for tag, attributes in tags if tag == "meta" and "http-equiv" in attributes)
    assert policy.startswith("default-src 'none'")


def test_it_holds_every_value_of_every_row(frame: pl.DataFrame) -> None:
    data = data_of(render_page(frame, metadata={"title": "T"}))
    values, at = data["rows"]["incident_id"]
    assert sorted(values[i] for i in at) == sorted(frame["incident_id"])
    assert data["marks"] == json.loads(json.dumps(payload(frame)["marks"]))
    assert "weapon" not in data["rows"]  # unknown in every row


def test_the_map_of_it_has_the_country_at_hand_in_full_and_its_neighbours(frame: pl.DataFrame) -> None:
    page = render_page(frame, metadata={"title": "T"})
    assert set(re.findall(r'addCountry\("(\w\w)"', page)) == {"IQ", "IR", "JO", "KW", "SA", "SY", "TR"}


def test_no_text_ends_the_script_or_the_title(shared_data: Path) -> None:
    strings = json.loads((shared_data / "naughty" / "blns.json").read_text(encoding="utf-8"))
    strings += ["</script><script>alert(1)</script>", "<!--", "]]>", "</title><script>"]
    rows = conform(pl.DataFrame({name: strings for name, dtype in SCHEMA.items() if dtype == pl.String}))
    hostile = "</title><script>alert(1)</script>{{ 6*7 }}"
    page = render_page(
        rows,
        metadata={
            "title": hostile,
            "notice": hostile,
            "filter": {"text": hostile},
            "datasets": [{"dataset": hostile, "rows": 1}],
        },
    )
    plain = render_page(empty_frame(), metadata={"title": "T"})
    named = {tag for tag, _ in Tags(page).seen}
    assert named == {tag for tag, _ in Tags(plain).seen}
    assert data_of(page)["about"]["notice"] == hostile
    assert sorted(data_of(page)["rows"]["summary"][0]) == sorted(set(strings))


def test_no_incidents_make_a_page_all_the_same() -> None:
    assert data_of(render_page(empty_frame(), metadata={"title": "Empty"}))["marks"]["n"] == []


def test_districts_are_drawn_with_whom_to_credit(own: Sets, vague: pl.DataFrame) -> None:
    with admin.using(own):
        page = render_page(vague, metadata={"title": "T"})
    assert data_of(page)["districts"] == ["Q1"]
    assert data_of(page)["boundaries"]["credits"][1] == "Districts <b> (districts of IQ, CC0)"
    assert page.count("incidentAtlas.addDistricts(") == 1
    assert "Halabja" in page


def test_shapes_that_may_not_be_passed_on_stay_out_of_it(own: Sets, vague: pl.DataFrame) -> None:
    kept = Sets(tuple(replace(each, licence="GADM: no redistribution") for each in own.members))
    with admin.using(kept):
        page = render_page(vague, metadata={"title": "T", "notice": "First."})
    about = data_of(page)["about"]
    assert about["notice"] == (
        "First. The terms of Provinces, Districts <b> forbid passing the shapes on: the map has none of them."
    )
    assert data_of(page)["districts"] == data_of(page)["boundaries"]["credits"] == []
    assert "addDistricts(" not in page.split("<script>")[-1]
    assert "Halabja" not in page
    assert "Nineveh" in page


def test_it_opens_at_a_view(frame: pl.DataFrame) -> None:
    rows = frame.with_columns(dataset=pl.lit("mine"), actor1=pl.Series(["PKK"] * 5 + [None] * 4))
    style = MapStyle(colour="actor", sites=True, mismatches=True)
    view = PageView(at=(33.0, 43.0, 7.5), selected="mine/near", style=style, bins="week", countries=("SY",))
    data = data_of(render_page(rows, metadata={"title": "T"}, view=view))
    assert data["view"]["at"] == [33.0, 43.0, 7.5]
    assert data["view"]["chosen"] == 2
    assert data["view"]["bins"] == "week"
    assert [label for label, _ in data["groups"]] == ["PKK", "other actors", "actor unknown"]
    assert data["places"]["group"] == [0] * 5 + [2] * 4
    assert data["sites"]["name"]
    assert data["mismatches"]["total"] == 0
    assert [code for code, _ in data["countryNames"]] == ["IQ", "SY"]


def test_rows_stand_in_the_order_in_which_they_came(frame: pl.DataFrame) -> None:
    data = data_of(render_page(frame, metadata={"title": "T"}))
    values, at = data["rows"]["incident_id"]
    assert [values[i] for i in at] == frame["incident_id"].to_list()
    marks = [data["places"]["mark"][i] for i in range(2)]
    assert marks[0] == marks[1] >= 0, "old and new lie at one place"


def test_a_chosen_one_that_is_not_there_is_none(frame: pl.DataFrame) -> None:
    for selected in ("mine/nothing", None):
        assert (
            data_of(render_page(frame, metadata={"title": "T"}, view=PageView(selected=selected)))["view"]["chosen"]
            is None
        )
