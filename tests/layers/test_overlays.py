"""Shading, actors, sites and mismatches: what they count, and that no text of theirs runs."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import polars as pl
import pytest
from pyproj import Geod

from mapping.admin import geometries, units
from mapping.layers.colours import by_actor, frequent_actors
from mapping.layers.mapstyle import MapStyle
from mapping.layers.payload import payload
from mapping.layers.shading import areas_km2, measures
from mapping.layers.sites import known_sites, mismatches
from mapping.palette import ACTOR_COLOURS, EVENT_GROUPS, OTHER_COLOUR, UNKNOWN_COLOUR
from mapping.schema import SCHEMA, conform
from tests.layers.test_map import MORE, data_of, sent

if TYPE_CHECKING:
    from pathlib import Path

WRONG = {
    "incident_id": "a", "latitude": 36.3, "longitude": 43.1, "geo_precision": "town", "adm1_code": "IQ-NI",
    "adm1_agrees": False, "adm1_claimed": "Anbar", "country_iso2": "IQ",
}  # fmt: skip


@pytest.mark.parametrize("code", ["IQ-AN", "IQ-NI", "SY-HI", "NO-18", "VAT-00"])
def test_areas_are_those_on_the_ellipsoid(code: str) -> None:
    at = units()["adm1_code"].to_list()
    shape = geometries().geometry.iloc[at.index(code)]
    area, _ = Geod(ellps="WGS84").geometry_area_perimeter(shape)
    assert areas_km2()[code] == pytest.approx(abs(area) / 1e6, rel=2e-3)


def test_deaths_that_are_unknown_are_not_none() -> None:
    rows = [("IQ-AN", None), ("IQ-AN", None), ("IQ-NI", 0), ("IQ-NI", None), ("IQ-BG", 3)]
    frame = conform(
        pl.DataFrame(
            [{"adm1_code": code, "fatalities_best": dead, "geo_precision": "province"} for code, dead in rows],
            schema_overrides={"fatalities_best": pl.Int64},
        )
    )
    counted = measures(frame).select("adm1_code", "n", "dead", "known").rows()
    assert counted == [("IQ-AN", 2, None, 0), ("IQ-BG", 1, 3, 1), ("IQ-NI", 2, 0, 1)]


def test_the_most_frequent_actors_have_colours_and_keep_them() -> None:
    names = [f"actor {i}" for i in range(9) for _ in range(20 - i)]
    frame = pl.DataFrame({"actor1": [*names, "Unknown", None]})
    colouring = by_actor(frame)
    assert [label for label, _ in colouring.groups[:7]] == [f"actor {i}" for i in range(7)]
    assert [colour for _, colour in colouring.groups] == [*ACTOR_COLOURS, OTHER_COLOUR, UNKNOWN_COLOUR]
    codes = frame.select(colouring.code())["actor1"].to_list()
    assert (codes[0], codes[-3], codes[-2], codes[-1]) == (0, 7, 8, 8)
    few = by_actor(frame.tail(3), frequent_actors(frame))
    assert few.groups == colouring.groups
    assert len(set(ACTOR_COLOURS)) == len(EVENT_GROUPS)


def test_a_mismatch_leads_to_the_province_that_is_claimed() -> None:
    unknown = WRONG | {"incident_id": "b", "adm1_claimed": "Atlantis"}
    vague = WRONG | {"incident_id": "c", "latitude": None, "longitude": None, "geo_precision": "province"}
    right = WRONG | {"incident_id": "d", "adm1_agrees": True}
    told = mismatches(conform(pl.DataFrame([WRONG, WRONG | {"incident_id": "a2"}, unknown, vague, right])))
    assert told["total"] == 4
    assert told["n"] == [2, 1] and told["claimed"] == ["Anbar", "Atlantis"]
    longitude, latitude = told["to"][0]
    assert 39_000 < longitude < 44_000 and 31_000 < latitude < 35_000
    assert told["to"][1] is None


def test_sites_are_those_of_the_countries_at_hand() -> None:
    told = known_sites(["IQ"])
    assert "Ain al-Asad Airbase" in told["name"] and "town" not in told["kind"]
    assert known_sites([]) == {"name": [], "kind": [], "latitude": [], "longitude": []}


def test_layers_that_are_off_are_not_sent() -> None:
    told = payload(conform(pl.DataFrame([WRONG])))
    assert (told["sites"], told["mismatches"], told["density"]) == (None, None, None)
    assert "area" not in told["provinces"]
    assert payload(conform(pl.DataFrame([WRONG])), style=MapStyle(shade="per_area"))["provinces"]["area"][0] > 30_000


def test_no_text_of_a_layer_is_evaluated_or_rewritten(shared_data: Path) -> None:
    strings = json.loads((shared_data / "naughty" / "blns.json").read_text(encoding="utf-8")) + MORE
    texts = {name: strings for name, dtype in SCHEMA.items() if dtype == pl.String}
    points = {"latitude": [30 + i / 100 for i in range(len(strings))], "longitude": 43.0, "geo_precision": "town"}
    frame = conform(pl.DataFrame(texts | points | {"adm1_agrees": False}))
    style = MapStyle(colour="actor", density=True, sites=True, mismatches=True)
    _, script = sent(frame, style=style, actors=["{{ 6*7 }}", "</script>"], within="{{ 6*7 }}</script>")
    data = data_of(script)
    assert [label for label, _ in data["groups"][:2]] == ["{{ 6*7 }}", "</script>"]
    assert sorted(data["mismatches"]["claimed"]) == sorted(strings)
    assert data["within"] == "{{ 6*7 }}</script>"
