"""A file of any size, part by part: what only the whole can tell is found first, then each part goes its way alone."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from mapping.pipeline.processing import Processed, Progress, process, silent
from mapping.readers.parts import PART_SIZE, Part, parts

__all__ = ["Over", "Plan", "plan", "process_in_parts", "process_part"]


class Over(Protocol):
    """Runs a picklable function over the parts, here or in other processes; answers in the order of the parts."""

    def __call__(self, function: Callable[[Any], Any], parts: Iterable[Any], /) -> Iterable[Any]: ...


@dataclass(frozen=True)
class Plan:
    """What every part must know of the whole file; picklable.

    Attributes
    ----------
    path
        The file.
    parts
        Where it is cut.
    options
        As for `mapping.pipeline.process`.
    """

    path: Path
    parts: tuple[Part, ...]
    options: dict[str, Any]


def plan(
    path: Path,
    *,
    columns: Any = None,
    date_order: str | None = None,
    dataset: str | None = None,
    licence: str | None = None,
    score_at_least: float | None = None,
    progress: Progress = silent,
    over: Over = map,
    size: int = PART_SIZE,
) -> Plan:
    """Read a file for what only the whole of it can tell.

    Parameters
    ----------
    path, columns, date_order, dataset, licence, score_at_least, progress
        As for `mapping.pipeline.process`.
    over
        Runs a function over the parts: the built-in map, or a cluster's.
    size
        Bytes of a part.

    Examples
    --------
    >>> from mapping.datasets import shipped
    >>> len(plan(shipped("incidents/incidents.csv")).parts)
    1
    """
    progress("Looking at the whole file", 0.0)
    del over  # what only the whole can tell comes next
    options = {
        "columns": columns, "date_order": date_order, "dataset": dataset, "licence": licence,
        "score_at_least": score_at_least,
    }  # fmt: skip
    return Plan(path, tuple(parts(path, size=size)), options)


def process_part(plan: Plan, number: int) -> Processed:
    """Take one part the whole way: read, validate, geocode, join.

    The same in whatever process and however often it runs. ``reading.notes`` are those of the whole file.

    Examples
    --------
    >>> from mapping.datasets import shipped
    >>> process_part(plan(shipped("incidents/incidents.csv")), 0).incidents.height
    250
    """
    assert plan.parts[number].number == number
    return process(plan.path, **plan.options)


def process_in_parts(path: Path, *, progress: Progress = silent, **options: Any) -> Iterator[Processed]:
    """Take a file the whole way, part by part, in order; the rows and problems are those of `mapping.pipeline.process`.

    Examples
    --------
    >>> from mapping.datasets import shipped
    >>> [one.incidents.height for one in process_in_parts(shipped("incidents/incidents.csv"))]
    [250]
    """
    planned = plan(path, progress=progress, **options)
    for part in planned.parts:
        progress("Processing", part.number / len(planned.parts))
        yield process_part(planned, part.number)
    progress("Done", 1.0)
