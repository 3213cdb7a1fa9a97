"""The app without a browser: `AppTest` runs its script against a store of the test's own."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROOT = Path(__file__).resolve().parents[2]
PATIENCE_S = 60


@pytest.fixture
def open_app(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., AppTest]]:
    """Opens the app at the address that the keywords spell, on a page given by its function."""
    monkeypatch.setenv("INCIDENT_ATLAS_HOME", str(tmp_path / "store"))
    st.cache_resource.clear()

    def open_at(**params: str) -> AppTest:
        app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=PATIENCE_S)
        app.query_params.update(params)
        app.run()
        assert not app.exception, app.exception
        return app

    yield open_at
    st.cache_resource.clear()
