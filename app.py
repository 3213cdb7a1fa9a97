"""Incident Atlas: `streamlit run app.py`."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from mapping.pages import analysis, explore, ingest, report, review, sources

LOGO = Path(__file__).parent / "mapping" / "pages" / "logo.svg"

st.set_page_config(page_title="Incident Atlas", page_icon=LOGO, layout="wide", initial_sidebar_state=250)
st.logo(LOGO)
st.navigation(
    [
        st.Page(explore.page, title="Explore", default=True),
        st.Page(analysis.page, title="Analysis", url_path="analysis"),
        st.Page(ingest.page, title="Import", url_path="import"),
        st.Page(report.page, title="From a report", url_path="report"),
        st.Page(review.page, title="Review", url_path="review"),
        st.Page(sources.page, title="Sources", url_path="sources"),
    ]
).run()
