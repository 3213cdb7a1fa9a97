"""The card of the chosen incident: what happened, where and how sure that is, and who says so."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import streamlit as st

from mapping import admin, pipeline
from mapping.pages import address, words
from mapping.pages.atlas import store
from mapping.pages.decisions import undo
from mapping.pages.incident_table import HERE, incident_table
from mapping.pages.style import escape, link, prose, show
from mapping.schema import COARSE, COLUMNS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import polars as pl

__all__ = ["card", "no_card"]


Fact = tuple[str, str, str]
"""A name, what is known as markup, and as text what is to be said beside it."""


def card(incident: dict[str, Any], keys: pl.Series, *, here: pl.DataFrame, show_on_map: Callable[[], None]) -> None:
    """Draw the card.

    Parameters
    ----------
    incident
        One row of the incident frame, with its key.
    keys
        Of the rows shown, in order: what the arrows step through.
    here
        The rows shown that share its mark on the map, itself among them.
    show_on_map
        Moves the map to it.
    """
    _header(incident, keys)
    with st.container(key="card-body", height="stretch"):
        show(_body(incident), kind="card")
    with st.container(key="card-actions", horizontal=True, gap="small"):
        if st.button("As reported", key="as-reported"):
            _as_reported(incident)
        _report(incident)
        st.button(
            "Show on map",
            key="show-on-map",
            disabled=incident["latitude"] is None and incident["adm1_code"] is None,
            on_click=show_on_map,
        )
        if here.height > 1:
            with st.popover(f"{here.height - 1:,} more here", key="more-here"), st.container(width=420):
                incident_table(here, key="here", label="At this place", columns=HERE, chosen=incident[address.KEY])
    _by_hand(incident)


def _report(incident: dict[str, Any]) -> None:
    """Lead to the text that the incident was coded from, where it was."""
    evidence = store().reports.evidence(incident["dataset"], incident["incident_id"])
    if evidence and st.button("Read the report", key="read-report"):
        from mapping.pages import report  # which leads back here: a circle, were it above

        there = st.Page(report.page, title="From a report", url_path="report")
        st.switch_page(there, query_params={"report": evidence.sha256, address.KEY: incident[address.KEY]})


def _by_hand(incident: dict[str, Any]) -> None:
    """Offer to decide where it was, or to take the decision back."""
    if incident["geo_method"] == "source" or (question := pipeline.question_id(incident)) is None:
        return
    if incident["geo_method"] == "manual":
        if number := pipeline.correction_of(store(), incident):
            st.button("Chosen by hand, undo", key="undo-by-hand", type="tertiary", on_click=undo, args=(number,))
        return
    is_coarse = incident["geo_precision"] in ("district", *COARSE)
    if st.button("Decide this place" if is_coarse else "Wrong place?", key="decide", type="tertiary"):
        from mapping.pages import review  # which leads back here: a circle, were it above

        review.go_to(question=question)


def no_card(latest: dict[str, Any] | None) -> None:
    """Say what to do while no incident is chosen, and offer the latest."""
    show(
        "<h2>No incident chosen</h2><p>Click a mark on the map or a row of the table to read what is known about it, "
        "and who says so.</p>",
        kind="card hint",
    )
    if latest:
        day = words.days(latest["date_start"], latest["date_end"])
        show(
            f'<p class="label">The latest: {escape(day)}</p><h2>{escape(_title(latest))}</h2>'
            f"<p>{escape(latest['summary'])}</p>",
            kind="card",
        )
        st.button("Read the latest", key="latest", on_click=address.choose, args=(latest[address.KEY],))


def _title(incident: dict[str, Any]) -> str:
    return words.title(incident["event_type"], incident["place"])


def _header(incident: dict[str, Any], keys: pl.Series) -> None:
    at = keys.index_of(incident[address.KEY])
    with st.container(key="card-header", horizontal=True, vertical_alignment="center", gap="xsmall"):
        day = words.days(incident["date_start"], incident["date_end"])
        show(f"{escape(day)} · {escape(incident['date_precision'] or 'precision unknown')}", kind="muted when")
        if at is None:
            st.html('<span class="muted">outside the filter</span>')
        else:
            _step("Previous incident", "left", keys[at - 1] if at else None)
            st.html(f'<span class="muted">{at + 1:,} of {len(keys):,}</span>', width="content")
            _step("Next incident", "right", keys[at + 1] if at + 1 < len(keys) else None)


def _step(label: str, side: str, key: str | None) -> None:
    st.button(
        label,  # for those who hear the page; style.css shows the arrow alone
        key=f"step-{side}",
        icon=f":material/chevron_{side}:",
        type="tertiary",
        disabled=key is None,
        on_click=address.choose,
        args=(key,),
    )


def _body(incident: dict[str, Any]) -> str:
    rows = "".join(
        f"<dt>{name}</dt><dd>{known}{f' <small>{prose(beside)}</small>' if beside else ''}</dd>"
        for name, known, beside in _facts(incident)
    )
    return (
        f"<h2>{escape(_title(incident))}</h2>"
        + (f"<p>{escape(incident['summary'])}</p>" if incident["summary"] else "")
        + f'{_evidence(incident)}<dl class="facts">{rows}</dl><hr>{_grounds(incident)}'
    )


def _facts(incident: dict[str, Any]) -> Iterator[Fact]:
    yield "Where", prose(_where(incident)), _how_sure(incident)
    weapon = incident["weapon"] or "unknown"
    yield "Weapon", escape(f"{incident['weapon_count']:,} × {weapon}" if incident["weapon_count"] else weapon), ""
    yield "Target", escape(incident["target"] or "unknown"), ""
    attribution = incident["attribution"] or "unknown"
    yield "Attacker", escape(incident["actor1"] or "unknown"), attribution if attribution != "unknown" else ""
    if incident["actor2"]:
        yield "Other side", escape(incident["actor2"]), ""
    low, best, high = (incident[f"fatalities_{which}"] for which in ("low", "best", "high"))
    unsure = "ACLED writes 0 also where nothing is known" if best == 0 and _is_acled(incident) else ""
    yield "Killed", escape(words.count(best)), words.span(low, high) or unsure
    yield "Injured", escape(words.count(incident["injured"])), ""
    yield "Outcome", escape(incident["outcome"] or "unknown"), ""


def _is_acled(incident: dict[str, Any]) -> bool:
    return (incident["licence"] or "").startswith("ACLED")


def _where(incident: dict[str, Any]) -> str:
    """Name the place as it was found: the name that matched, district, province in both scripts, country."""
    matched = incident["matched_name"] if incident["latitude"] is not None else None
    province = incident["adm1_name"]
    local = _local_names().get(incident["adm1_code"] or "")
    if province and local and local != province:
        province = f"{province} ({local})"
    country = words.country(incident["country_iso2"]) if incident["country_iso2"] else None
    areas = [area for area in (incident["adm2_name"], province) if area != matched]
    return ", ".join(filter(None, (matched, *areas, country))) or "unknown"


def _how_sure(incident: dict[str, Any]) -> str:
    radius, code = incident["radius_km"], incident["geo_precision_source"]
    reported = ", ".join(filter(None, (incident[name] for name in ("place", "adm2_claimed", "adm1_claimed"))))
    return " · ".join(
        filter(
            None,
            (
                words.PRECISION[incident["geo_precision"] or "none"] + (f", within {radius:,.3g} km" if radius else ""),
                f"“{reported}” as reported" if reported else "no place reported",
                f"precision {code} as reported" if code else "",
            ),
        )
    )


def _agreement(incident: dict[str, Any]) -> str:
    found, claimed, agrees = (incident[name] for name in ("adm1_name", "adm1_claimed", "adm1_agrees"))
    if found is None or agrees is None:
        return ""
    if agrees:
        return f"province {found} by geometry: agrees with the report"
    return f"province {found} by geometry: the report says {claimed}"


def _local_names() -> dict[str, str]:
    names = admin.units().select("adm1_code", "adm1_name_local").drop_nulls()
    return dict(names.iter_rows())


def _evidence(incident: dict[str, Any]) -> str:
    number = incident["source_count"]
    heading = "Evidence" + (f" · {number:,} source{'' if number == 1 else 's'}" if number is not None else "")
    name = link(incident["source_url"], incident["source_name"] or "source unknown")
    reported = f", {escape(_short(incident['source_date']))}" if incident["source_date"] else ""
    sure = f"<small>coder's confidence: {escape(incident['confidence'])}</small>" if incident["confidence"] else ""
    return f'<div class="evidence"><p class="label">{heading}</p><p>{name}{reported}{sure}</p></div>'


def _grounds(incident: dict[str, Any]) -> str:
    """Say why it is placed where it is, and on which terms the row may be used."""
    reasons = filter(None, (incident["geo_reason"], _agreement(incident)))
    placed = "".join(f"<small>{prose(reason[0].upper() + reason[1:])}</small>" for reason in reasons)
    terms = " · ".join(escape(incident[name]) for name in ("dataset", "licence") if incident[name])
    return f'<div class="evidence"><p>{placed}<small>{terms}</small></p></div>'


def _short(day: Any) -> str:
    return f"{day.day} {day:%B} {day.year}"


@st.dialog("As reported", width="large")
def _as_reported(incident: dict[str, Any]) -> None:
    given = pipeline.raw_row(store(), *(incident[name] for name in ("dataset", "dataset_version", "source_row")))
    show(f"<h3>Row {incident['source_row']:,} of its file</h3>{_pairs(given)}", kind="raw")
    groups: dict[str, dict[str, Any]] = {}
    for column in COLUMNS:
        groups.setdefault(column.group, {})[column.name] = incident[column.name]
    coded = "".join(f"<h3>Coded: {group}</h3>{_pairs(values)}" for group, values in groups.items())
    show(coded, kind="raw")


def _pairs(values: dict[str, Any]) -> str:
    lines = (f"<tr><th>{escape(name)}</th><td>{escape(value)}</td></tr>" for name, value in values.items())
    return f"<table>{''.join(lines)}</table>"
