"""Incidents for the tests of the layers."""

from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl
import pytest

from mapping.schema import conform

BASE = {"latitude": 33.7856, "longitude": 42.4412, "geo_precision": "site", "country_iso2": "IQ", "adm1_code": "IQ-AN"}


@pytest.fixture
def frame() -> pl.DataFrame:
    """Nine rows, of every precision but district."""
    rows: list[dict[str, Any]] = [
        BASE
        | {"incident_id": "old", "event_type": "rocket attack", "date_start": date(2020, 1, 8), "place": "Ain Assad"},
        BASE | {"incident_id": "new", "event_type": "drone attack", "date_start": date(2024, 7, 16), "radius_km": 6.0},
        BASE | {"incident_id": "near", "geo_precision": "near", "radius_km": 25.0},
        BASE
        | {"incident_id": "town", "geo_precision": "town", "latitude": 33.42, "longitude": 43.3, "place": "Ramadi"},
        BASE
        | {"incident_id": "sea", "geo_precision": "offshore", "latitude": 29.6, "longitude": 48.9, "adm1_code": None},
        BASE | {"incident_id": "province", "geo_precision": "province", "latitude": None, "longitude": None},
        BASE | {"incident_id": "centroid", "geo_precision": "province"},
        BASE | {"incident_id": "unplaced town", "geo_precision": "town", "latitude": None, "longitude": None},
        BASE | {"incident_id": "country", "geo_precision": "country", "latitude": 33.0, "longitude": 43.0},
    ]
    return conform(pl.DataFrame(rows, infer_schema_length=None))
