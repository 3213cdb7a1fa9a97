"""Builds data/incidents/placed.parquet: the starter incidents as the pipeline places them.

Run from the project's folder: ``python data/build/starter.py``, again whenever the incidents, the names,
the boundaries or the rules of placing change; a test holds the file to them. With it, opening the app
needs no gazetteer, which is 250 MB and most of the time.
"""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import polars as pl

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from data.build.record import DATA, record  # noqa: E402
from mapping.admin import using  # noqa: E402
from mapping.admin.sets import SHIPPED  # noqa: E402
from mapping.datasets import shipped, source  # noqa: E402
from mapping.gazetteer import load  # noqa: E402
from mapping.gazetteer import using as using_names  # noqa: E402
from mapping.pipeline import STARTER, process  # noqa: E402

GIVEN, PLACED = "incidents/incidents.csv", "incidents/placed.parquet"


def placed() -> pl.DataFrame:
    """Return the starter incidents, placed and joined, by the shipped names and boundaries."""
    entry = source(GIVEN)
    with using(SHIPPED), using_names(load):
        incidents = process(shipped(GIVEN), dataset=STARTER, licence=entry.licence).incidents
    return incidents.with_columns(
        pl.coalesce("citation", pl.lit(entry.citation)).alias("citation"),
        pl.coalesce("dataset_version", pl.lit(entry.version)).alias("dataset_version"),
    )


def main() -> None:
    """Build the file and its entry in data/sources.json."""
    incidents, entry = placed(), source(GIVEN)
    incidents.write_parquet(DATA / PLACED, compression="zstd", statistics=False)
    record(
        PLACED,
        rows=incidents.height,
        title="Starter incidents, placed",
        description="The rows of incidents/incidents.csv in the columns of an incident, each with the place that the "
        "geocoder gives it and the province that it lies in.",
        version=entry.version,
        url=entry.url,
        licence=entry.licence,
        attribution=entry.attribution,
        citation=entry.citation,
        retrieved=date.today().isoformat(),
        build="build/starter.py",
    )


if __name__ == "__main__":
    main()
