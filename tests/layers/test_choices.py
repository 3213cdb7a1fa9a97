"""The map on which a place is chosen."""

from __future__ import annotations

import pytest

from mapping.layers.choices import Spot, around, choice_layers, choice_map, point_clicked
from mapping.layers.map import check_local

ANBAR = Spot(33.8, 42.4, 5)


def script(**options: object) -> str:
    """What st_folium makes of the layers."""
    figure = choice_map()
    for layer in choice_layers({1: ANBAR, 2: Spot(36.3, 43.1, 5)}, **options):  # type: ignore[arg-type]
        layer.add_to(figure)
    return figure.get_root().render()


def test_candidates_have_numbers_and_the_best_lies_on_top() -> None:
    drawn = script()
    assert r"\u003e1\u003c/div" in drawn and r"\u003e2\u003c/div" in drawn
    assert drawn.count("L.circle(") == 0
    assert drawn.index('"zIndexOffset": -10000,') < drawn.index('"zIndexOffset": -20000,')


def test_a_point_drawn_has_its_radius_in_metres() -> None:
    assert '"radius": 2500.0' in script(drawn=Spot(34.0, 43.0, 2.5))


def test_nothing_is_loaded_from_elsewhere() -> None:
    for layer in choice_layers({1: ANBAR}, drawn=ANBAR, countries=["IQ"]):
        check_local(layer)


def test_shows_the_province_and_what_lies_outside_it() -> None:
    province = around([], adm1_code="IQ-AN", country="IQ", serial=7)
    assert province and province.serial == 7
    wider = around([Spot(30.5, 47.8, 5)], adm1_code="IQ-AN", country="IQ", serial=7)
    assert wider and wider.east > province.east and wider.west == province.west


def test_shows_the_country_when_nothing_more_is_known_and_else_leaves_the_map() -> None:
    country = around([], adm1_code=None, country="IQ", serial=1)
    assert country and country.west < 40 < 47 < country.east
    assert around([], adm1_code=None, country=None, serial=1) is None


@pytest.mark.parametrize(
    ("returned", "point"),
    [
        ({"last_clicked": {"lat": 33.5, "lng": 42.5}}, (33.5, 42.5)),
        ({"last_clicked": {"lat": 33.5, "lng": 402.5}}, (33.5, 42.5)),
        ({"last_clicked": {"lat": 33.5, "lng": -317.5}}, (33.5, 42.5)),
        ({"last_clicked": {"lat": 91, "lng": 0}}, None),
        ({"last_clicked": {"lat": float("nan"), "lng": 0}}, None),
        ({"last_clicked": {"lat": 1, "lng": float("inf")}}, None),
        ({"last_clicked": {"lat": "<b>", "lng": 0}}, None),
        ({"last_clicked": [1, 2]}, None),
        ({}, None),
        (None, None),
    ],
)
def test_a_browser_may_send_anything(returned: dict | None, point: tuple[float, float] | None) -> None:
    assert point_clicked(returned) == point
