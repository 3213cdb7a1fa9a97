"""The filters in the sidebar. Each shows what the address bar says, and writes there when it is changed."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

import polars as pl
import streamlit as st

from mapping import admin, aggregate
from mapping.pages import address, words
from mapping.pages.once import once
from mapping.pages.search_box import search_box
from mapping.pages.style import rules
from mapping.palette import EVENT_GROUPS, EventGroup, event_group
from mapping.query import PARAMETERS, Filter
from mapping.schema import GEO_PRECISIONS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date

__all__ = ["Choices", "Province", "choices", "sidebar"]

_ANY = "any"
_STEPS = ("site", "town", "near", "province")
_PROVINCE_NAME = next(parameter.label for parameter in PARAMETERS if parameter.field == "provinces")


class Province(NamedTuple):
    """A province that has incidents."""

    country_iso2: str
    country: str
    name: str


class Choices(NamedTuple):
    """What the data offers to choose from.

    Attributes
    ----------
    countries
        Codes, by name.
    provinces
        By code, in the order of their countries and names.
    datasets
        Their names.
    first, last
        The data's first and last day.
    """

    countries: tuple[str, ...]
    provinces: dict[str, Province]
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
    told = once("named", _told, incidents)
    present = admin.units().filter(pl.col("adm1_code").is_in(told["adm1_code"]))
    named = present.sort("country_name", "adm1_name").select("adm1_code", "country_iso2", "country_name", "adm1_name")
    return Choices(
        tuple(sorted(told["country_iso2"], key=words.country)),
        {code: Province(*told) for code, *told in named.iter_rows()},
        tuple(told["dataset"]),
        *first_and_last(incidents),
    )


def _told(incidents: pl.DataFrame) -> dict[str, list[str]]:
    columns = ("country_iso2", "adm1_code", "dataset")
    return {name: incidents[name].drop_nulls().unique().cast(pl.String).sort().to_list() for name in columns}


def first_and_last(incidents: pl.DataFrame) -> tuple[date | None, date | None]:
    """Return the first and the last day that incidents name.

    Examples
    --------
    >>> from datetime import date
    >>> days = {"date_start": [date(2024, 7, 16), None], "date_end": [date(2024, 7, 17), None]}
    >>> [str(day) for day in first_and_last(pl.DataFrame(days))]
    ['2024-07-16', '2024-07-17']
    """
    days = pl.col("date_start", "date_end")
    ends = incidents.select(pl.min_horizontal(days.min()).alias("first"), pl.max_horizontal(days.max()).alias("last"))
    return ends.row(0)


def sidebar(wanted: Filter, offered: Choices, others: pl.DataFrame) -> None:
    """Draw the filters.

    Parameters
    ----------
    others
        The incidents that pass all of the filter but its types: what there is of each type.
    """
    with st.sidebar:
        _places(wanted, offered)
        _dates(wanted, offered)
        search_box(wanted)
        _precision(wanted)
        _types(wanted, others)
        _many("Dataset", "datasets", wanted.datasets, offered.datasets, placeholder="All datasets")


def _control(
    widget: Callable[..., Any],
    label: str,
    field: str,
    value: Any,
    written: Callable[[Any], Any] = lambda value: value,
    **options: Any,
) -> None:
    """Draw the widget of one field of the filter; `written` turns what it holds into the field's value."""
    key = f"filter-{field}"
    _hold(key, value)

    def changed() -> None:
        wanted = address.read().filter
        fields = {field: written(st.session_state[key])}
        address.show(replace(wanted, **fields | _other_end(wanted, **fields)))

    widget(label, key=key, on_change=changed, **options)


def _hold(key: str, value: Any) -> None:
    # The address bar rules. A widget that holds the value already is left alone: somebody may be typing in it.
    if key not in st.session_state or st.session_state[key] != value:
        st.session_state[key] = value


def _other_end(wanted: Filter, date_from: date | None = None, date_to: date | None = None, **_: Any) -> dict[str, Any]:
    """Open the other end of the dates when it lies on the wrong side of the one that was set."""
    if date_from and wanted.date_to and date_from > wanted.date_to:
        return {"date_to": None}
    if date_to and wanted.date_from and date_to < wanted.date_from:
        return {"date_from": None}
    return {}


def _many(
    label: str, field: str, chosen: tuple[str, ...], offered: Iterable[str], *, placeholder: str, name: Any = str
) -> None:
    options = list(dict.fromkeys((*offered, *chosen)))
    _control(
        st.multiselect, label, field, list(chosen), tuple, options=options, format_func=name, placeholder=placeholder
    )


def _places(wanted: Filter, offered: Choices) -> None:
    countries = wanted.countries
    _many("Country", "countries", countries, offered.countries, name=words.country, placeholder="All countries")
    at_hand = {
        code: told for code, told in offered.provinces.items() if told.country_iso2 in countries or not countries
    }

    def name(code: str) -> str:
        told = at_hand.get(code)
        return f"{told.country} · {told.name}" if told and len(countries) != 1 else _PROVINCE_NAME(code)

    _many("Province", "provinces", wanted.provinces, at_hand, name=name, placeholder="All provinces")


def _dates(wanted: Filter, offered: Choices) -> None:
    # A day from the address bar may lie outside the data, and the widget would not take it.
    days = [day for day in (offered.first, offered.last, wanted.date_from, wanted.date_to) if day]
    if not days:
        return
    day = partial(_control, st.date_input, min_value=min(days), max_value=max(days), format="YYYY-MM-DD")
    with st.container(key="dates", horizontal=True, gap="xsmall", wrap=False):
        day("From", "date_from", wanted.date_from)
        day("To", "date_to", wanted.date_to)


def _precision(wanted: Filter) -> None:
    asked = wanted.precision_at_least
    steps = [step for step in GEO_PRECISIONS if step in _STEPS or step == asked]
    _control(
        st.segmented_control,
        "At least this precise",
        "precision_at_least",
        asked or _ANY,
        lambda step: None if step == _ANY else step,
        options=[*steps, _ANY],
        width="stretch",
    )


def _types(wanted: Filter, others: pl.DataFrame) -> None:
    # Beside each box stands what ticking it gives: no box has those of which no type is known, whatever their colour.
    kinds = once("types", aggregate.by_type, others)
    known = kinds.drop_nulls("event_type")
    groups = known.group_by(event_group(pl.col("event_type"))).agg(pl.col("incidents").sum())
    st.html('<p class="label">Event type</p>')
    with st.container(key="event-types", gap=None):
        for group in EVENT_GROUPS:
            _type(group, wanted)
    rules(_type_rules(dict(groups.iter_rows())))
    if typeless := kinds.filter(pl.col("event_type").is_null())["incidents"].sum():
        st.html(f'<p class="muted">{typeless:,} of unknown type, in none of these</p>')


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
    _hold(key, set(group.event_types) <= set(wanted.types))

    def changed() -> None:
        rest = tuple(kind for kind in wanted.types if kind not in group.event_types)
        address.show(replace(wanted, types=rest + group.event_types if st.session_state[key] else rest))

    st.checkbox(group.label, key=key, on_change=changed)
