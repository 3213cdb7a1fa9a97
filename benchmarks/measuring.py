"""How every benchmark measures, compares and writes down what it found.

Ways take turns, so that a busy moment of a shared machine hits all; a figure is the median of at least five turns.
Results lie in benchmarks/results/NAME.json; ``python -m benchmarks.performance`` makes docs/performance.md of them.
"""

from __future__ import annotations

import json
import os
import platform
import statistics
import subprocess
import sys
import time
from dataclasses import asdict, dataclass, field
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

__all__ = ["RESULTS", "Results", "Spent", "exponent", "machine", "seconds", "spent"]

RUNS = 5
PATIENCE_S = 60
LINEAR = 1.1
"""The power up to which growth counts as linear: what grows faster is a defect."""
RESULTS = Path(__file__).parent / "results"
_PACKAGES = ("geopandas", "shapely", "pyogrio", "numpy", "pandas", "polars", "pyarrow", "streamlit")

# A process of its own between the two: what a child has of memory begins at what its parent has.
_LAUNCH = """
import json, os, subprocess, sys, time
start = time.perf_counter()
child = subprocess.Popen(sys.argv[2:], stdout=subprocess.DEVNULL)
_, status, used = os.wait4(child.pid, 0)
told = [time.perf_counter() - start, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, os.waitstatus_to_exitcode(status)]
open(sys.argv[1], "w").write(json.dumps(told))
"""


def seconds(ways: Mapping[str, Callable[[], object]], *, runs: int = RUNS) -> dict[str, float]:
    """Return the median time of each way; one that takes longer than a minute has one turn."""
    taken: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(runs):
        for name, work in ways.items():
            if any(took > PATIENCE_S for took in taken[name]):
                continue
            start = time.perf_counter()
            work()
            taken[name].append(time.perf_counter() - start)
    return {name: statistics.median(times) for name, times in taken.items()}


class Spent(NamedTuple):
    """What a process took: seconds on the clock and of the processor, and MB of memory at the highest."""

    seconds: float
    processor: float
    peak_mb: float


def spent(command: Sequence[str | Path], *, folder: Path) -> Spent:
    """Run a command and return what it took; `folder` takes a scratch file.

    Raises
    ------
    SystemExit
        The command failed.
    """
    told = folder / "spent.json"
    subprocess.run([sys.executable, "-c", _LAUNCH, told, *command], check=True)
    *took, code = json.loads(told.read_text())
    if code:
        raise SystemExit(f"{' '.join(map(str, command))} ended with {code}")
    return Spent(*took)


def exponent(sizes: Sequence[float], values: Sequence[float]) -> float:
    """Return the power of the size by which a value grows: 1 is linear, 0 is flat.

    Examples
    --------
    >>> round(exponent([1, 10, 100], [2, 20, 200]), 3)
    1.0
    """
    return float(np.polyfit(np.log(sizes), np.log(values), 1)[0])


def machine() -> str:
    """Return one line: the processor, its load, and every version that matters."""
    packages = ", ".join(f"{name} {version(name)}" for name in _PACKAGES)
    return (
        f"{platform.machine()}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}; Python {platform.python_version()}, "
        f"{packages}"
    )


@dataclass(frozen=True)
class _Figure:
    """One line of a table; `times` is how many times ours it takes, `target` what was aimed at."""

    what: str
    way: str
    value: float
    unit: str
    times: float | None
    target: str
    reached: bool | None


@dataclass
class Results:
    """What one benchmark found; `write` it at the end.

    Parameters
    ----------
    name
        Of the benchmark and of its file.
    title
        For people.
    """

    name: str
    title: str
    measured: str = field(default_factory=lambda: date.today().isoformat())
    machine: str = field(default_factory=machine)
    figures: list[_Figure] = field(default_factory=list)
    growth: list[dict[str, Any]] = field(default_factory=list)

    def add(
        self, what: str, value: float, unit: str, *, way: str = "Incident Atlas", at_most: float | None = None
    ) -> None:
        """Add a figure that stands alone; `at_most` is its target."""
        target = "" if at_most is None else f"at most {at_most:g} {unit}"
        self._tell(_Figure(what, way, value, unit, None, target, None if at_most is None else value <= at_most))

    def compare(
        self, what: str, values: Mapping[str, float], unit: str = "s", *, at_least: Mapping[str, float] | None = None
    ) -> None:
        """Add ours, which comes first in `values`, and the others beside it.

        Parameters
        ----------
        at_least
            How many times ours another way should take.
        """
        ours = next(iter(values.values()))
        for number, (way, value) in enumerate(values.items()):
            wanted = (at_least or {}).get(way)
            times = value / ours if number else None
            reached = None if wanted is None or times is None else times >= wanted
            self._tell(_Figure(what, way, value, unit, times, f"{wanted:g} ×" if wanted else "", reached))

    def grow(self, what: str, sizes: Sequence[int], values: Sequence[float], unit: str = "s") -> None:
        """Add how a figure grows over three sizes or more; by more than `LINEAR` is a defect."""
        power = exponent(sizes, values)
        measured = {"what": what, "sizes": list(sizes), "values": list(values), "unit": unit}
        self.growth.append(measured | {"exponent": power, "linear": power <= LINEAR})
        faster = "" if power <= LINEAR else " (faster than linear)"
        print(f"  {what}: grows by the power {power:.2f} of the size{faster}", flush=True)

    def _tell(self, figure: _Figure) -> None:
        self.figures.append(figure)
        times = f", {figure.times:.1f} × ours" if figure.times is not None else ""
        missed = " (target missed)" if figure.reached is False else ""
        print(f"  {figure.value:12,.4g} {figure.unit}  {figure.what}: {figure.way}{times}{missed}", flush=True)

    def write(self, folder: Path = RESULTS) -> None:
        """Write what was found to `folder`, in place of what was found before."""
        folder.mkdir(exist_ok=True)
        text = json.dumps(asdict(self), indent=1, ensure_ascii=False)
        (folder / f"{self.name}.json").write_text(f"{text}\n", encoding="utf-8")
