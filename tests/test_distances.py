"""Distances agree with those of geopy, one at a time and all at once."""

from __future__ import annotations

import numpy as np
import pytest
from geopy.distance import great_circle
from hypothesis import given
from hypothesis import strategies as st

from mapping.distances import arc_km, arcs_km

degrees = st.tuples(st.floats(-90, 90), st.floats(-180, 180))


@given(degrees, degrees)
def test_a_distance_is_that_of_geopy(one: tuple[float, float], other: tuple[float, float]) -> None:
    expected = great_circle(one, other).km
    assert arc_km(*one, *other) == pytest.approx(expected, rel=1e-6, abs=1e-3)
    assert arcs_km(np.array([one]), np.array([other]))[0] == pytest.approx(expected, rel=1e-6, abs=1e-3)
