"""The filters in the sidebar. Each shows what the address bar says, and writes there when it is changed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

import polars as pl
import streamlit as st

from mapping import admin
from mapping.pages import address
from mapping.pages.style import rules
from mapping.palette import EVENT_GROUPS, EventGroup, event_group
from mapping.query import PARAMETERS, Filter
from mapping.schema import GEO_PRECISIONS

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

__all__ = ["Choices", "choices", "sidebar"]

_ANY = "any"
_STEPS = ("site", "town", "near", "province")
_LABEL = {parameter.field: parameter.label for parameter in PARAMETERS}


class Choices(NamedTuple):
    """What the data offers to choose from.

    Attributes
    ----------
    countries
        Codes, by name.
    provinces
        Names by code, in the order of their countries and names.
    datasets
        Their names.
    first, last
        The data's first and last day.
    """

    countries: tuple[str, ...]
    provinces: dict[str, str]
    datasets: tuple[str, ...]
    first: date | None
    last: date | None


def choices(incidents: pl.DataFrame) -> Choices:
    """Return what there is to choose from among all incidents.

    Examples
    --------
    >>> from mapping.schema import conform
    >>> choices(conform(pl.DataFrame({"country_iso2": ["SY", "IQ", "SY", None]}))).countries
    ('IQ', 'SY')
    """
    units = admin.units().select("adm1_code", "adm1_name", "country_iso2", "country_name")
    present = units.filter(pl.col("adm1_code").is_in(incidents["adm1_code"].drop_nulls().unique().implode()))
    provinces = present.sort("country_name", "adm1_name").select(
        "adm1_code", pl.concat_str("country_name", "adm1_name", separator=" · ")
    )
    limits = incidents.select(
        first=pl.min_horizontal(pl.col("date_start", "date_end").min()),
        last=pl.max_horizontal(pl.col("date_start", "date_end").max()),
    ).row(0)
    return Choices(
        tuple(sorted(incidents["country_iso2"].drop_nulls().unique(), key=_LABEL["countries"])),
        dict(provinces.iter_rows()),
        tuple(incidents["dataset"].drop_nulls().unique().sort()),
        *limits,
    )


def sidebar(wanted: Filter, offered: Choices, incidents: pl.DataFrame) -> None:
    """Draw the filters."""
    with st.sidebar:
        _places(wanted, offered)
        _dates(wanted, offered)
        _control(st.text_input, "Search", "text", wanted.text, placeholder="drone base, قاعدة", written=str.strip)
        _precision(wanted)
        _types(wanted, replace(wanted, types=()).apply(incidents))
        _many("Dataset", "datasets", wanted.datasets, offered.datasets, str, "All datasets")


def _control(
    widget: Callable[..., Any],
    label: str,
    field: str,
    value: Any,
    *args: Any,
    written: Callable[[Any], Any] = lambda value: value,
    **options: Any,
) -> None:
    # The address bar rules: the widget takes its value at every run, before it is drawn.
    key = f"filter-{field}"
    st.session_state[key] = value

    def changed() -> None:
        address.show(replace(address.read().filter, **{field: written(st.session_state[key])}))

    widget(label, *args, key=key, on_change=changed, **options)


def _many(
    label: str,
    field: str,
    chosen: tuple[str, ...],
    offered: tuple[str, ...],
    name: Callable[[str], str],
    placeholder: str,
) -> None:
    options = (*offered, *(value for value in chosen if value not in offered))
    _control(
        st.multiselect, label, field, list(chosen), options, format_func=name, placeholder=placeholder, written=tuple
    )


def _places(wanted: Filter, offered: Choices) -> None:
    _many("Country", "countries", wanted.countries, offered.countries, _LABEL["countries"], "All countries")
    at_hand = {
        code: name if len(wanted.countries) != 1 else name.partition(" · ")[2]
        for code, name in offered.provinces.items()
        if not wanted.countries or code[:2] in wanted.countries
    }
    _many(
        "Province",
        "provinces",
        wanted.provinces,
        tuple(at_hand),
        lambda code: at_hand.get(code) or _LABEL["provinces"](code),
        "All provinces",
    )


def _dates(wanted: Filter, offered: Choices) -> None:
    # A day from the address bar may lie outside the data, and the widget would not take it.
    days = [day for day in (offered.first, offered.last, wanted.date_from, wanted.date_to) if day]
    if not days:
        return
    first, last = min(days), max(days)
    asked = wanted.date_from, wanted.date_to
    with st.container(key="dates", horizontal=True, gap="xsmall", wrap=False):
        _day("From", "date_from", asked[0], first, asked[1] or last)
        _day("To", "date_to", asked[1], asked[0] or first, last)


def _day(label: str, field: str, value: date | None, first: date, last: date) -> None:
    _control(st.date_input, label, field, value, min_value=first, max_value=last, format="YYYY-MM-DD")


def _precision(wanted: Filter) -> None:
    asked = wanted.precision_at_least
    steps = [step for step in GEO_PRECISIONS if step in _STEPS or step == asked]
    _control(
        st.segmented_control,
        "At least this precise",
        "precision_at_least",
        asked or _ANY,
        [*steps, _ANY],
        written=lambda step: None if step in (None, _ANY) else step,
        width="stretch",
    )


def _types(wanted: Filter, others: pl.DataFrame) -> None:
    counts = dict(others.select(event_group(pl.col("event_type"))).to_series().value_counts().iter_rows())
    st.html('<p class="label">Event type</p>')
    with st.container(key="event-types", gap=None):
        for group in EVENT_GROUPS:
            _type(group, wanted)
    rules(_type_rules(counts))


def _type_rules(counts: dict[str, int]) -> str:
    # The count stands beside the label, not in it: the label is the box's name for those who hear it.
    return "".join(
        f".st-key-{_type_key(group)} p::after {{ content: '{counts.get(group.label, 0):,}' }}"
        f".st-key-{_type_key(group)} label > div:first-of-type {{ --dot: {group.colour} }}"
        for group in EVENT_GROUPS
    )


def _type_key(group: EventGroup) -> str:
    return "type-" + "".join(letter for letter in group.label.lower() if letter.isalpha())


def _type(group: EventGroup, wanted: Filter) -> None:
    key = _type_key(group)
    st.session_state[key] = set(group.event_types) <= set(wanted.types)

    def changed() -> None:
        rest = tuple(kind for kind in wanted.types if kind not in group.event_types)
        address.show(replace(wanted, types=rest + group.event_types if st.session_state[key] else rest))

    st.checkbox(group.label, key=key, on_change=changed)
