"""What the tests share: where the real data lies, and a store of their own."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import settings

# A slow machine is no failure: speed lives in benchmarks/.
settings.register_profile("atlas", deadline=None)
settings.load_profile("atlas")

SHARED_DATA = Path(__file__).resolve().parents[2] / "shared" / "data"


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The real input beside the project; tests that need it say so when it is not there."""
    if not SHARED_DATA.is_dir():
        pytest.skip(f"real data not found at {SHARED_DATA}: this test needs it")
    return SHARED_DATA
