"""Records the lists that the project keeps by hand: sites and starter incidents. They are edited as they lie.

Run from the project's folder after every edit: ``python data/build/lists.py``; after one of sites.csv
also ``python data/build/gazetteer.py``.
"""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import polars as pl

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from data.build.record import DATA, record

LISTS = {
    "incidents/sites.csv": (
        "Sites of the region",
        "Bases, airports, camps, crossings, fields, dams, prisons and quarters that reports name, each with its "
        "other names, coordinates, radius and source. AMBIGUOUS and DOUBTFUL in the note say what to be careful with.",
    ),
    "incidents/incidents.csv": (
        "Starter incidents",
        "Incidents of 2017 to 2024 in Iraq, Syria and their neighbours, coded from public reports; each row names "
        "its source. Places as the reports give them, without coordinates.",
    ),
}


def main() -> None:
    """Record each list."""
    for path, (title, description) in LISTS.items():
        record(
            path,
            rows=pl.read_csv(DATA / path, infer_schema=False).height,
            title=title,
            description=description,
            version="1",
            url="https://creativecommons.org/licenses/by/4.0/",
            licence="CC BY 4.0",
            attribution="Incident Atlas; the source of each row stands in it",
            citation=f"Incident Atlas: {title.lower()}, version 1.",
            retrieved=date.today().isoformat(),
            build="build/lists.py",
        )


if __name__ == "__main__":
    main()
