"""The end of a draft: what may be the same incident already, under which name and licence it is kept, or that it is none."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl
import streamlit as st

from mapping import pipeline
from mapping.errors import MappingError
from mapping.pages import address, words
from mapping.pages.atlas import atlas, store
from mapping.pages.keeping import LICENCES
from mapping.pages.report_form import group_form
from mapping.pages.style import escape, link, prose, show
from mapping.store import KeptReport

if TYPE_CHECKING:
    from mapping.pages.report_desk import Desk, Entry
    from mapping.pipeline import DraftChecked

__all__ = ["decided_panel", "keep_panel"]

_DATASET = "From reports"
_MOST = 5


def keep_panel(desk: Desk, entry: Entry, checked: DraftChecked) -> None:
    """Show what may be the same, and offer to keep the draft or to say that it is no incident."""
    same = 0 if checked.row.is_empty() else _duplicates(checked.row)
    with st.container(border=True, key="keep-draft"):
        show("<h2>Keep it</h2>")
        dataset, licence = _terms()
        group_form(None, entry, desk.text, checked.problems)
        for message in checked.problems.filter(pl.col("column").str.starts_with("source_"))["message"]:
            show(f"<p>{prose(message)}</p>", kind="remark")
        refused = checked.problems.filter("rejected").height
        ready = bool(dataset.strip() and licence and not refused)
        with st.container(horizontal=True, gap="small", key="draft-actions"):
            label = "Keep it anyway" if same else "Keep this incident"
            if st.button(label, type="primary", key="keep-incident", disabled=not ready):
                _keep(desk, entry, checked.row, dataset, licence)
            st.button("Not an incident", key="not-an-incident", on_click=_reject, args=(desk, entry))
        if refused:
            show(f"<p>Mend {words.fields(refused)} first.</p>", kind="muted")
        elif not ready:
            show("<p>A dataset and a licence first; both are remembered.</p>", kind="muted")
        show(
            "<p>With the incident, the text of the report is kept in your store, and which letters of it say what. It leaves "
            "this machine with no export; you can take it away again where you read it.</p>",
            kind="muted",
        )


def _terms() -> tuple[str, str]:
    """Ask for the dataset and the licence; what was said last is proposed."""
    state = st.session_state
    own = [version.dataset for version in store().datasets()]
    state["report-dataset"] = state.get("report-dataset-said", _DATASET)
    state["report-licence"] = state.get("report-licence-said")

    def said() -> None:
        state["report-dataset-said"], state["report-licence-said"] = state["report-dataset"], state["report-licence"]

    names = sorted({*own, _DATASET, state["report-dataset"] or _DATASET})
    licences = list(dict.fromkeys([*LICENCES, *filter(None, [state["report-licence"]])]))
    left, right = st.columns(2, gap="small")
    with left:
        st.selectbox("Dataset", names, accept_new_options=True, key="report-dataset", on_change=said,
                     help="One of yours, or a new name. It gains a version with this row; the earlier ones stay.")  # fmt: skip
    with right:
        st.selectbox("Licence of the row", licences, accept_new_options=True, placeholder="Choose one, or write it",
                     key="report-licence", on_change=said)  # fmt: skip
    return state["report-dataset"] or "", state["report-licence"] or ""


def _duplicates(row: pl.DataFrame) -> int:
    """List incidents that may be this one; return how many there are."""
    everything = atlas()
    found = pipeline.duplicates_of(row, everything.narrow)
    if found.is_empty():
        return 0
    several, most = found.height > 1, found.head(_MOST)
    told = everything.whole(most).with_columns(most["distance_km"])
    lines = "".join(_duplicate(one) for one in told.iter_rows(named=True))
    more = f"<p class='muted'>and {found.height - _MOST:,} more</p>" if found.height > _MOST else ""
    show(
        f"<h3>{'Incidents that' if several else 'An incident that'} may be this one</h3><p class='muted'>Of the same kind, "
        f"within a day and 50 km, or in the same province where no point is known.</p><ul>{lines}</ul>{more}",
        kind="duplicates",
    )
    return found.height


def _duplicate(one: dict[str, object]) -> str:
    away = one["distance_km"]
    far = "distance not known" if away is None else f"{away:,.0f} km away"
    facts = (words.days(one["date_start"], one["date_end"]), far, one["dataset"])  # type: ignore[arg-type]
    source = link(one["source_url"], str(one["source_name"] or "source unknown"))  # type: ignore[arg-type]
    title = words.title(one["event_type"], one["place"] or one["adm1_name"])  # type: ignore[arg-type]
    return f"<li><b>{escape(title)}</b><small>{' · '.join(map(escape, facts))} · {source}</small></li>"


def _keep(desk: Desk, entry: Entry, row: pl.DataFrame, dataset: str, licence: str) -> None:
    report, document = desk.drafted.report, desk.drafted.document
    kept = KeptReport(document.text, document.title or "", desk.source_name, desk.source_url, report.written)
    try:
        version, incident = pipeline.keep_draft(
            store(),
            kept,
            row.with_columns(licence=pl.lit(licence)),
            dataset=dataset,
            spans={column: spans for column, spans in entry.spans.items() if spans},
            sentence=entry.evidence,
        )
    except MappingError as error:
        show(f"<p>{prose(error)}</p>", kind="notice")
        return
    st.session_state["report-dataset-said"], st.session_state["report-licence-said"] = version.dataset, licence
    entry.state, entry.key = "kept", f"{version.dataset}/{incident}"
    st.rerun()


def _reject(desk: Desk, entry: Entry) -> None:
    entry.state = "rejected"
    desk.go_on()


def decided_panel(desk: Desk, entry: Entry) -> None:
    """Say what has become of a draft, and lead on."""
    if entry.state == "rejected":
        show("<p>Said to be no incident. Nothing was kept.</p>", kind="notice")
        st.button("Undo", key="undo-reject", on_click=lambda: setattr(entry, "state", "open"))
        return
    dataset, _, incident = entry.key.rpartition("/")
    show(f"<p>Kept as {escape(incident)} in {escape(dataset)}.</p>", kind="done")
    with st.container(horizontal=True, gap="small", key="kept-actions"):
        rest = sum(each.state == "open" for each in desk.entries)
        if rest:
            st.button(f"Next draft ({rest:,} open)", type="primary", key="next-draft", on_click=desk.go_on)
        if st.button("Show it in Explore", type="secondary" if rest else "primary", key="show-kept"):
            from mapping.pages import explore  # which leads back here: a circle, were it above

            st.switch_page(st.Page(explore.page, title="Explore", default=True), query_params={address.KEY: entry.key})
