"""Incidents for the tests of the layers."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import polars as pl
import pytest
import shapely

from mapping.admin.sets import BoundarySet, Sets
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


def _units(level: str, named: dict[str, tuple[str, shapely.Geometry]]) -> pl.DataFrame:
    shapes = np.array([shape for _, shape in named.values()])
    columns = {
        f"{level}_code": list(named),
        f"{level}_name": [name for name, _ in named.values()],
        "names": [[name] for name, _ in named.values()],
        "country_iso2": "IQ",
        "country_name": "Iraq",
        "longitude": shapely.get_x(shapely.centroid(shapes)),
        "latitude": shapely.get_y(shapely.centroid(shapes)),
        "radius_km": 100.0,
        "geometry": shapely.to_wkb(shapes),
    }
    empty = {"region_code": None, "region_name": None, "adm1_name_local": None}
    return pl.DataFrame(columns).with_columns(pl.lit(value, pl.String).alias(name) for name, value in empty.items())


@pytest.fixture
def own() -> Sets:
    """Iraq in two provinces, of which one is new, and two districts of Anbar."""
    provinces = {"IQ-AN": ("Al-Anbar", shapely.box(39, 31, 44, 35)), "IQG19": ("Halabja", shapely.box(44, 31, 48, 35))}
    districts = {"Q1": ("Heet", shapely.box(42, 33, 43, 34)), "Q2": ("Ana", shapely.box(41, 33, 42, 34))}
    parents = pl.lit(["Anbar"], pl.List(pl.String)).alias("parents")
    terms = {"country_iso2": "IQ", "version": "2019-06-03", "citation": ""}
    return Sets(
        (
            BoundarySet("Provinces", "adm1", licence="CC BY-IGO", key="1", units=_units("adm1", provinces), **terms),
            BoundarySet(
                "Districts <b>",
                "adm2",
                licence="CC0",
                key="2",
                units=_units("adm2", districts).with_columns(parents),
                **terms,
            ),
        )
    )


@pytest.fixture
def vague() -> pl.DataFrame:
    """Two rows known to a district, one to another of which there are no boundaries, one to the province."""
    known = [("a", "Q1", "district"), ("b", "Q1", "district"), ("c", "Q9", "district"), ("d", None, "province")]
    columns = ("incident_id", "adm2_code", "geo_precision")
    rows = [dict(zip(columns, row, strict=True)) | {"adm1_code": "IQ-AN", "country_iso2": "IQ"} for row in known]
    return conform(pl.DataFrame(rows))
