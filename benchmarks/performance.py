"""Makes the tables of docs/performance.md and docs/scaling.md of what the benchmarks found: python -m benchmarks.performance."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from benchmarks.measuring import RESULTS

DOCUMENTS = [Path(__file__).parents[1] / "docs" / name for name in ("performance.md", "scaling.md")]
_PLACE = re.compile(r"(<!-- (\w+): made by python -m benchmarks\.performance -->\n).*?(<!-- end -->)", re.S)


def tables(found: dict[str, Any]) -> str:
    """Return the tables of one benchmark as Markdown."""
    lines = [f"Measured {found['measured']} on {found['machine']}.", ""]
    lines += ["| | way | | beside ours | target |", "|---|---|---|---|---|"]
    before = None
    for figure in found["figures"]:
        what = "" if figure["what"] == before else figure["what"]
        before = figure["what"]
        times = "" if figure["times"] is None else f"{_short(figure['times'])} ×"
        met = {True: ", reached", False: ", **missed**", None: ""}[figure["reached"]]
        lines.append(
            f"| {what} | {figure['way']} | {_short(figure['value'])} {figure['unit']} | {times} | {figure['target']}{met} |"
        )
    if found["growth"]:
        lines += ["", "| growth | sizes | values | power of the size |", "|---|---|---|---|"]
    for one in found["growth"]:
        values = ", ".join(_short(value) for value in one["values"])
        sizes = ", ".join(f"{size:,}" for size in one["sizes"])
        power = f"{one['exponent']:.2f}{'' if one['linear'] else ', **faster than linear**'}"
        lines.append(f"| {one['what']} | {sizes} | {values} {one['unit']} | {power} |")
    return "\n".join(lines) + "\n"


def _short(value: float) -> str:
    """Return three digits of a number, and all of one above a thousand."""
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"


def filled(text: str) -> str:
    """Return the document with the tables that its marks name; a benchmark that was not run leaves its place as it is."""

    def table(place: re.Match[str]) -> str:
        file = RESULTS / f"{place[2]}.json"
        return (
            place[1] + tables(json.loads(file.read_text(encoding="utf-8"))) + place[3] if file.is_file() else place[0]
        )

    return _PLACE.sub(table, text)


if __name__ == "__main__":
    for document in DOCUMENTS:
        document.write_text(filled(document.read_text(encoding="utf-8")), encoding="utf-8")
