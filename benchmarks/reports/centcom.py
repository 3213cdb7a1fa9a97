"""The releases of CENTCOM, against `centcom.csv`: places and numbers of strikes found, missed and invented."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from scipy.optimize import linear_sum_assignment

from benchmarks.reports.score import alike
from mapping.coding.draft import draft_report
from mapping.coding.reading import read

CODED = Path(__file__).with_name("centcom.csv")
RELEASES = Path(__file__).parents[3] / "shared" / "data" / "reports" / "centcom_documents.jsonl"
Row = Mapping[str, str]
Fields = Mapping[str, object]


def coded() -> dict[str, list[Row]]:
    """Read what was coded by hand, by the release."""
    found: dict[str, list[Row]] = {}
    with CODED.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            found.setdefault(row["document"], []).append(row)
    return found


def drafted() -> dict[str, list[Fields]]:
    """Draft every release."""
    releases = [json.loads(line) for line in RELEASES.read_text(encoding="utf-8").splitlines()]
    return {one["_id"]: [draft.fields for draft in draft_report(read(one["text"])).incidents] for one in releases}


def at_place(row: Row, fields: Fields) -> bool:
    """Say whether a draft is at the place of a row."""
    names = [str(fields[column]) for column in ("place", "adm1_claimed") if fields.get(column)]
    if not names:
        return row["place"] == "northern Iraq" and fields.get("country_iso2") == row["country_iso2"]
    return any(alike(name, place) for name in names for place in row["place"].split("|"))


def with_count(row: Row, fields: Fields) -> bool:
    """Say whether a draft counts as many strikes as a row."""
    return int(row["strikes"] or 1) == (fields.get("weapon_count") or 1) or not row["strikes"]


def compare(
    rows: Sequence[Row], drafts: Sequence[Fields]
) -> tuple[list[tuple[Row, Fields, bool]], list[Row], list[Fields]]:
    """Align the rows and drafts of a release: pairs at one place, with whether the count agrees; missed; invented."""
    worth = np.array([[at_place(r, d) * (2 + with_count(r, d)) for d in drafts] for r in rows]).reshape(
        len(rows), len(drafts)
    )
    taken = [(int(r), int(d)) for r, d in zip(*linear_sum_assignment(-worth), strict=True) if worth[r, d]]
    missed = [row for r, row in enumerate(rows) if r not in {r for r, _ in taken} and row["required"] == "yes"]
    invented = [draft for d, draft in enumerate(drafts) if d not in {d for _, d in taken}]
    return [(rows[r], drafts[d], bool(worth[r, d] == 3)) for r, d in taken], missed, invented


def measure(*, errors: bool) -> dict[str, float]:
    """Print and return what was found, missed and invented."""
    rows, drafts = coded(), drafted()
    required = sum(row["required"] == "yes" for of in rows.values() for row in of)
    given = sum(map(len, drafts.values()))
    found = at = invented_all = 0
    for document, answers in drafts.items():
        pairs, missed, invented = compare(rows.get(document, []), answers)
        at += sum(row["required"] == "yes" for row, _, _ in pairs)
        found += sum(right for row, _, right in pairs if row["required"] == "yes")
        invented_all += len(invented)
        if errors and (missed or invented or not all(right for _, _, right in pairs)):
            print(f"\n=== {document}")
            print(
                *(
                    f"  count: {row['place']} {row['strikes']}, not {d.get('weapon_count')}"
                    for row, d, right in pairs
                    if not right
                ),
                sep="\n",
            )
            print(
                *(f"  missed: {row['place']} {row['date']} {row['strikes']} {row['notes']}" for row in missed), sep="\n"
            )
            print(*(f"  invented: {dict(one)}" for one in invented), sep="\n")
    figures = {
        "required": required, "drafts": given, "found": round(100 * found / required, 1),
        "place_found": round(100 * at / required, 1), "missed": round(100 * (1 - at / required), 1),
        "invented": round(100 * invented_all / max(given, 1), 1),
    }  # fmt: skip
    print(f"\ncentcom: 23 releases, {required} rows asked for, {given} drafts")
    print(*(f"  {name:12}{figures[name]:6.1f} %" for name in ("found", "place_found", "missed", "invented")), sep="\n")
    return figures
