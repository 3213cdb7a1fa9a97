"""Data becomes JavaScript that is nothing but data: it comes back as it was, and no parser on the way sees a sign of its own."""

from __future__ import annotations

import json

import jinja2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapping.layers.inert import inert

ANY_TEXT = st.text(st.characters(blacklist_categories=()))  # lone surrogates, too
VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53), 2**53)
    | st.floats(allow_nan=False, allow_infinity=False)
    | ANY_TEXT,
    lambda held: st.lists(held) | st.dictionaries(ANY_TEXT, held),
    max_leaves=20,
)


@given(VALUES)
def test_what_is_written_is_read_as_it_was(value: object) -> None:
    assert json.loads(inert(value)) == value


@given(ANY_TEXT)
def test_no_sign_that_anyone_acts_on_is_left(text: str) -> None:
    written = inert([text])
    assert not set(written) & set("{$_<>&`\u2028\u2029")
    written.encode()


@given(VALUES)
def test_jinja_finds_nothing_to_do(value: object) -> None:
    written = inert(value)
    assert jinja2.Template(written).render() == written


@pytest.mark.parametrize("number", [float("nan"), float("inf")])
def test_a_number_that_javascript_cannot_read_is_refused(number: float) -> None:
    with pytest.raises(ValueError, match="not JSON compliant"):
        inert({"n": [number]})
