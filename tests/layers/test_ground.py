"""The boundaries reach the browser whole: every province, at its place, under its name."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import numpy as np
import pytest
import shapely

from mapping import admin
from mapping.layers import ground

if TYPE_CHECKING:
    from mapping.admin.sets import Sets


def told(script: str) -> list:
    """The arguments of a boundary script."""
    return json.loads("[" + re.fullmatch(r"incidentAtlas\.add\w+\((.*)\);", script, re.DOTALL)[1] + "]")


def polygon(rings: list[list[int]]) -> shapely.Geometry:
    """Rings as the browser fills them: even-odd."""
    made = shapely.Polygon()
    for ring in rings:
        points = np.cumsum(np.array(ring).reshape(-1, 2), axis=0) / 1000
        made = made.symmetric_difference(shapely.make_valid(shapely.Polygon(points)))
    return made


def test_every_province_that_can_be_counted_can_be_drawn() -> None:
    codes = {code for script in ground.country_scripts().values() for code in told(script)[2][0]}
    assert set(admin.units()["adm1_code"]) <= codes


def test_iraq_arrives_with_its_provinces() -> None:
    code, outline, (codes, names), middles, rings = told(ground.country_scripts(["IQ"])["IQ"])
    assert code == "IQ"
    assert len(codes) == 18 and {"IQ-AN", "IQ-NI"} <= set(codes)
    assert {"Anbar", "Nineveh", "Kirkuk", "Salah al-Din"} <= set(names)
    shapes = [polygon(each) for each in rings]
    assert sum(shape.area for shape in shapes) == pytest.approx(polygon(outline).area, rel=0.002)
    anbar = shapes[codes.index("IQ-AN")]
    assert anbar.contains(shapely.Point(42.4412, 33.7856))
    for shape, (x, y) in zip(shapes, middles, strict=True):
        assert shape.contains(shapely.Point(x / 1000, y / 1000))


def test_every_country_is_in_the_world_with_something_to_draw() -> None:
    (codes, names), middles, rings = told(ground.world_script())
    assert len(codes) == len(set(codes)) == len(names) == len(middles) == len(rings)
    assert all(rings)
    assert set(ground.country_scripts()) == set(codes)


def test_neighbours_come_without_provinces_when_they_are_not_asked_for() -> None:
    scripts = ground.country_scripts(["IQ", "IR"], provinces_of=["IQ"])
    assert [len(told(scripts[code])[2][0]) for code in ("IQ", "IR")] == [18, 0]


def test_nothing_asked_gives_nothing() -> None:
    assert ground.country_scripts([]) == {}
    assert ground.bounds_of([]) is None
    assert ground.bounds_of(["no such"]) is None


def test_what_lies_far_off_does_not_widen_the_view() -> None:
    west, south, east, north = ground.bounds_of(["FR"])
    assert -6 < west < east < 10 and 41 < south < north < 52


def test_the_users_provinces_take_the_place_of_the_shipped_ones(own: Sets) -> None:
    with admin.using(own):
        code, outline, (codes, names), _, rings = told(ground.country_scripts(["IQ"], mark="@1")["IQ"])
        assert ground.countries_of(["IQG19", "Q1"]) == {"IQ"}
        assert ground.bounds_of(["IQG19"]) == (44, 31, 48, 35)
    assert (code, codes, names) == ("IQ@1", ["IQ-AN", "IQG19"], ["Al-Anbar", "Halabja"])
    assert polygon(outline).equals(shapely.box(39, 31, 48, 35))
    assert [polygon(ring).area for ring in rings] == [20, 16]
    assert len(told(ground.country_scripts(["IQ"])["IQ"])[2][0]) == 18


def test_districts_have_a_script_of_their_own(own: Sets) -> None:
    with admin.using(own):
        code, (codes, names), _, rings = told(ground.district_scripts(["Q1"])["IQ"])
    assert (code, codes, names) == ("IQ", ["Q1"], ["Heet"])
    assert polygon(rings[0]).equals(shapely.box(42, 33, 43, 34))
