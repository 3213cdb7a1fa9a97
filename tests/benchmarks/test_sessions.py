"""The benchmark of many sessions opens the app, and tells of a session that failed."""

from __future__ import annotations

import pytest

from benchmarks import sessions


def test_every_session_has_its_map() -> None:
    results = sessions.main(rows=50, sessions=2)
    failed = next(figure for figure in results.figures if figure.what.endswith("failed"))
    assert failed.value == 0 and failed.reached


def test_no_session_served_is_told() -> None:
    with pytest.raises(SystemExit, match="No session got its page: closed"):
        sessions._done([RuntimeError("closed")])
