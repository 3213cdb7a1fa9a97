"""How an import scales over processes: one, then two workers, from the file to the rows in the store.

Run from the project's folder: ``python -m benchmarks.cluster [ROWS]`` (400,000 when none is given). Ways take turns; each is a
process of its own. The run fails where a dataset differs from that of one process by a single byte.
"""

from __future__ import annotations

import os
import statistics
import sys
from pathlib import Path
from tempfile import TemporaryDirectory, gettempdir

from benchmarks.measuring import RUNS, Results, spent
from benchmarks.ucdp_shaped import write

WAYS = {"one process": (), "--workers 1": ("--workers", "1"), "--workers 2": ("--workers", "2")}


def turn(source: Path, folder: Path) -> dict[str, float]:
    """Import the file each way and return the seconds; every store holds the same files in the end."""
    taken, kept = {}, {}
    for number, (way, options) in enumerate(WAYS.items()):
        home = folder / f"home-{number}"
        os.environ["INCIDENT_ATLAS_HOME"] = str(home)
        command = [sys.executable, "-m", "mapping", "import", source, "--name", "big", *options]
        taken[way] = spent(command, folder=folder).seconds
        kept[way] = sorted(file.name for file in (home / "versions").iterdir())  # each is named by its sha256
    if any(names != kept["one process"] for names in kept.values()):
        raise SystemExit(f"the stores differ: {kept}")
    return taken


def main(rows: int = 400_000, *, runs: int = RUNS) -> Results:
    """Measure and return what was found."""
    results = Results("cluster", "Processes that share a file")
    source = write(Path(gettempdir(), f"ucdp-shaped-{rows}.csv"), rows)
    turns = []
    for _ in range(runs):
        with TemporaryDirectory() as folder:
            turns.append(turn(source, Path(folder)))
    medians = {way: statistics.median(taken[way] for taken in turns) for way in WAYS}
    results.compare(f"{rows:,} rows", medians)
    for way, took in medians.items():
        results.add(f"{rows:,} rows, rows a second", rows / took, "rows/s", way=way)
    return results


if __name__ == "__main__":
    main(*map(int, sys.argv[1:])).write()
