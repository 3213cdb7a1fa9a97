"""The style of the map in the address bar."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapping.layers.assets import own
from mapping.layers.mapstyle import CHOICES, SWITCHES, MapStyle

styles = st.builds(
    MapStyle,
    **{name: st.sampled_from(allowed) for name, allowed in CHOICES.items()},
    **{name: st.booleans() for name in SWITCHES},
)


@given(styles)
def test_what_is_written_is_read_again(style: MapStyle) -> None:
    assert MapStyle.from_text(style.to_text()) == (style, [])


@given(st.text())
def test_no_text_raises_and_what_is_not_known_is_said(text: str) -> None:
    style, complaints = MapStyle.from_text(text)
    assert style == MapStyle() or not complaints or ":" in text


@pytest.mark.parametrize("text", ["shade:mood", "hide:everything", "picnic", "colour:", ":actor", "x" * 400])
def test_a_complaint_names_what_is_allowed(text: str) -> None:
    style, complaints = MapStyle.from_text(text)
    assert style == MapStyle()
    assert "Allowed" in complaints[0] or "at most" in complaints[0]


def test_the_browser_knows_the_same_choices_and_switches() -> None:
    script = own("style.js")
    for name, allowed in CHOICES.items():
        values = re.search(rf'{name}: \["[^"]+", \[(.+)\]\],', script)[1]
        assert re.findall(r'\["(\w+)"', values) == list(allowed)
    assert re.findall(r'\["(\w+)", "[^"]+", (true|false)\]', script) == [
        (name, str(default).lower()) for name, default in SWITCHES.items()
    ]
