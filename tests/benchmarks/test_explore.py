"""The benchmark of Explore clicks in the real page, and is told when each face is painted."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.browser.chromium import find
from tests.browser.conftest import ROOT

RUN = """
from benchmarks import explore
explore.TIMES, explore.PLAIN_SIZES = 1, ()
assert [figure.value > 0 for figure in explore.main((40,)).figures] == [True] * 5
"""


@pytest.mark.browser
def test_every_face_is_painted() -> None:
    if find() is None:
        pytest.skip("no Chromium")
    # In a process of its own: Playwright is there once in each, and the tests of the pages have it.
    done = subprocess.run([sys.executable, "-c", RUN], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
