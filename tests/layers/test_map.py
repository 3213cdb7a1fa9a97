"""What goes to st_folium asks nobody for anything, never changes the ground, and carries no text that runs."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import folium
import folium.plugins
import polars as pl
import pytest
from streamlit_folium import _get_feature_group_string, _get_map_string, generate_js_hash

from mapping import admin
from mapping.errors import InvalidValue
from mapping.layers.map import Click, Extent, base_map, check_local, clicked, incident_layers, payload
from mapping.schema import SCHEMA, conform, empty_frame

if TYPE_CHECKING:
    from pathlib import Path

    from mapping.admin.sets import Sets

MORE = [
    "{{ 6*7 }}",
    "{% raw %}",
    "{#",
    "${7*7}",
    "`",
    "</script>",
    "\u2028",
    "_map_div_0",
    "map_div",
    "alert(coords);",
    "\\",
    '"',
    "'",
]


def sent(frame: pl.DataFrame, **options: Any) -> tuple[str, str]:
    """The scripts of the ground and of the incidents, made the way st_folium makes them."""
    ground = base_map()
    ground.get_root().render()
    layers = incident_layers(payload(frame, **options))
    return _get_map_string(ground), "".join(
        _get_feature_group_string(layer, map=ground, idx=i) for i, layer in enumerate(layers)
    )


def data_of(script: str) -> dict[str, Any]:
    """The data inside the script of the incidents, read as JavaScript reads it."""
    return json.loads(re.search(r"new incidentAtlas\.Incidents\((.*)\)\.addTo", script)[1])


def test_every_address_is_the_apps_own() -> None:
    made = base_map()
    html = made.get_root().render()
    assert re.findall(r"https?://[^\s\"'<]+", html) == []
    links = [link for _, link in made.default_js + made.default_css]
    assert links and all(link.startswith("../../app/static/") for link in links)


def test_folium_itself_is_left_as_it_was() -> None:
    before = list(folium.Map.default_js)
    base_map()
    assert folium.Map.default_js == before


def test_a_plugin_that_asks_a_stranger_fails_loudly() -> None:
    made = base_map()
    folium.plugins.Fullscreen().add_to(made)
    with pytest.raises(InvalidValue, match=r"Fullscreen loads https://"):
        check_local(made)


def test_the_ground_is_the_same_whatever_is_on_it(frame: pl.DataFrame) -> None:
    hashes = {generate_js_hash(sent(rows)[0], "map") for rows in (frame, frame.head(2), empty_frame())}
    assert len(hashes) == 1


def test_the_incidents_arrive_as_they_were(frame: pl.DataFrame) -> None:
    data = data_of(sent(frame)[1])
    assert data["marks"]["n"] == [1, 1, 1, 2]
    provinces = data["provinces"]
    assert {name: provinces[name] for name in ("code", "n", "only")} == {"code": ["IQ-AN"], "n": [7], "only": [3]}
    assert data["countries"] == ["IQ"]


def test_text_is_neither_evaluated_nor_rewritten(shared_data: Path) -> None:
    strings = json.loads((shared_data / "naughty" / "blns.json").read_text(encoding="utf-8")) + MORE
    texts = {name: strings for name, dtype in SCHEMA.items() if dtype == pl.String}
    points = {"latitude": [30 + i / 100 for i in range(len(strings))], "longitude": 43.0, "geo_precision": "site"}
    _, script = sent(conform(pl.DataFrame(texts | points)), selected="{{ 6*7 }}")
    data = data_of(script)
    assert sorted(data["marks"]["names"]) == sorted(set(strings))
    assert sorted(data["marks"]["id"]) == sorted(strings)
    assert data["marks"]["id"][data["mark"]] == "{{ 6*7 }}"


@pytest.mark.parametrize(
    ("selected", "expected"),
    [
        ("old", (True, None)),
        ("province", (False, "IQ-AN")),
        ("country", (False, "IQ-AN")),
        ("nobody", (False, None)),
        (None, (False, None)),
    ],
)
def test_the_chosen_one_is_a_mark_or_else_a_province(
    frame: pl.DataFrame, selected: str | None, expected: tuple[bool, str | None]
) -> None:
    data = payload(frame, selected=selected)
    assert (data["mark"] >= 0, data["province"]) == expected
    if data["mark"] >= 0:
        assert data["marks"]["id"][data["mark"]] == "new"


def test_a_country_with_a_counted_province_is_at_hand_whatever_the_filter_says(frame: pl.DataFrame) -> None:
    assert payload(frame, countries=["SY"])["countries"] == ["IQ", "SY"]


def test_the_map_is_told_to_move_only_when_asked(frame: pl.DataFrame) -> None:
    assert payload(frame)["fit"] is None
    assert payload(frame)["start"] is not None
    there = Extent(1.0, 2.0, 3.0, 4.0, serial=5)
    assert payload(frame, fit=there)["fit"] == payload(frame, fit=there)["start"] == [1.0, 2.0, 3.0, 4.0, 5]


@pytest.mark.parametrize(
    "told",
    [
        None,
        {},
        {"last_object_clicked_popup": None},
        *({"last_object_clicked_popup": bad} for bad in ("", "{", "7", "[]", '{"incident": "a"}')),
    ],
)
def test_no_click_or_nonsense_is_no_click(told: dict[str, Any] | None) -> None:
    assert clicked(told) is None


def test_a_click_is_seen_once() -> None:
    told = {"last_object_clicked_popup": json.dumps({"token": "t1", "incident": "{{ 6*7 }}"})}
    assert clicked(told) == Click("t1", "{{ 6*7 }}", None)
    assert clicked(told, after="t0") == Click("t1", "{{ 6*7 }}", None)
    assert clicked(told, after="t1") is None


def test_the_users_boundaries_and_what_lies_in_their_districts_are_told(own: Sets, vague: pl.DataFrame) -> None:
    with admin.using(own):
        told = data_of(sent(vague, selected="a")[1])
        elsewhere = payload(vague, selected="c")["province"]
    assert told["districts"] == {"adm2_code": ["Q1"], "adm1_code": ["IQ-AN"], "n": [2]}
    assert told["boundaries"]["folder"] == f"../../app/static/own-{own.token}/"
    assert (told["province"], elsewhere) == ("Q1", "IQ-AN")
    assert payload(vague)["boundaries"] is None
