"""Mends what Natural Earth calls provinces, by data/admin/adm1_mends.csv: data/build/boundaries.py runs it.

A row is one unit: Natural Earth's identifier (the name, for the United States) and the name it has there. Its
name_en takes the place of all that Natural Earth calls the unit; its aliases are added; its adm1_code is the
unit's ISO 3166-2 code where matching by name would miss it.
"""

from __future__ import annotations

import csv

from data.build.record import DATA

MENDS = "admin/adm1_mends.csv"


def mend_rows() -> dict[str, dict]:
    """Return the table of mends, by Natural Earth's identifier."""
    with (DATA / MENDS).open(encoding="utf-8", newline="") as stream:
        return {row["natural_earth"]: row for row in csv.DictReader(stream)}


def mend(units: list[dict]) -> None:
    """Mend what units are called, in place; every row of the table must find the unit that it speaks of."""
    rows = mend_rows()
    for unit in units:
        row = rows.get(unit.get("adm1_code") or unit["name"])
        if row and unit["name"] == row["natural_earth_name"]:
            del rows[row["natural_earth"]]
            if row["name_en"]:
                unit |= {"name": row["name_en"], "name_alt": None, "gn_name": None, "name_local": None}
            unit |= {"also": row["aliases"].split("|"), "code": row["adm1_code"]}
    if rows:
        raise SystemExit(f"{MENDS}: no such unit: {', '.join(rows)}")
