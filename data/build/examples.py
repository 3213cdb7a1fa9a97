"""Builds data/examples: a slice of UCDP GED to try the app with, in the layout UCDP gives.

Run from the project's folder: ``python data/build/examples.py GED.csv``, where GED.csv is UCDP GED 23.1 or a sample
of it, from https://ucdp.uu.se/downloads. The slice is what it has of Iraq, and of Syria from 2014 to 2017; the rows
are copied as they are.
"""

from __future__ import annotations

import csv
import sys
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from data.build.record import DATA, record  # noqa: E402

SLICE = "examples/ucdp_ged_23_1_iraq_syria.csv"


def is_wanted(row: dict[str, str]) -> bool:
    """Tell whether a row belongs to the slice."""
    return row["country"] == "Iraq" or (row["country"] == "Syria" and "2014" <= row["year"] <= "2017")


def build(ged: Path) -> int:
    """Write the slice of the file `ged` and return how many rows it has."""
    with ged.open(encoding="utf-8-sig", newline="") as stream:
        reader = csv.DictReader(stream)
        rows = [row for row in reader if is_wanted(row)]
    with (DATA / SLICE).open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, reader.fieldnames or [], lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    return len(rows)


def main() -> None:
    """Build the slice and its entry in data/sources.json."""
    record(
        SLICE,
        rows=build(Path(sys.argv[1])),
        title="UCDP GED 23.1, a slice of Iraq and Syria",
        description="Events of organised violence as UCDP gives them, 49 columns: an example to import. "
        "Rows of a sample of version 23.1 in Iraq, and in Syria from 2014 to 2017; no value changed.",
        version="23.1",
        url="https://ucdp.uu.se/downloads/",
        licence="CC BY 4.0",
        attribution="Uppsala Conflict Data Program (UCDP), Department of Peace and Conflict Research, Uppsala University",
        citation="Davies, Shawn, Therése Pettersson, and Magnus Öberg (2023). Organized violence 1989–2022, and the "
        "return of conflict between states. Journal of Peace Research 60(4): 691–708. Sundberg, Ralph, and Erik "
        "Melander (2013). Introducing the UCDP Georeferenced Event Dataset. Journal of Peace Research 50(4): 523–532. "
        "Högbladh, Stina (2023). UCDP GED Codebook version 23.1. Department of Peace and Conflict Research, Uppsala "
        "University.",
        retrieved=date.today().isoformat(),
        build="build/examples.py",
    )


if __name__ == "__main__":
    main()
