"""A file of any size, part by part: what only the whole can tell is found first, then each part goes its way alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from typing import Any, Protocol

import polars as pl

from mapping.pipeline.pcodes import pcode_heading, pcodes_beside
from mapping.pipeline.processing import Processed, Progress, check, check_reading, place, process, silent
from mapping.readers.parts import PART_SIZE, Known, Part, know, parts, read_part
from mapping.readers.understanding import remark_counts, telling_columns, with_remarks
from mapping.validate import Look, Whole, look_at, whole_of

__all__ = ["Facts", "Over", "Plan", "check_in_parts", "check_part", "plan", "process_in_parts", "process_part"]


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
    facts
        What the parts tell together; None where the file is one part, which knows itself.
    """

    path: Path
    parts: tuple[Part, ...]
    options: dict[str, Any]
    facts: Facts | None = None


@dataclass(frozen=True)
class Facts:
    """What only the parts of a file together tell.

    Attributes
    ----------
    known
        How the file is read.
    whole
        What its columns of dates and its identifiers tell.
    coded
        As `mapping.pipeline.pcodes.pcodes_beside`.
    today
        Days after it are remarked upon, in every part.
    """

    known: Known
    whole: Whole
    coded: pl.DataFrame
    today: date


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

    Raises
    ------
    UnreadableFile, UnknownFormat
        The file as a whole cannot be taken.

    Examples
    --------
    >>> from mapping.datasets import shipped
    >>> len(plan(shipped("incidents/incidents.csv"), size=20_000).parts)
    6
    """
    progress("Looking at the whole file", 0.0)
    options = {
        "columns": columns, "date_order": date_order, "dataset": dataset, "licence": licence,
        "score_at_least": score_at_least,
    }  # fmt: skip
    # Another process may stand in another folder.
    cut = tuple(replace(part, path=path.absolute()) for part in parts(path, size=size))
    facts = _facts(know(cut, columns=columns, date_order=date_order, over=over), over) if len(cut) > 1 else None
    if facts is None:
        return Plan(path, (Part(path, 0, cut[0].start, cut[-1].end),), options)
    return Plan(path.absolute(), cut, options, facts)


def _facts(known: Known | None, over: Over) -> Facts | None:
    if known is None:
        return None
    looks, remarks, coded = zip(*over(partial(_look, known), range(len(known.parts))), strict=True)
    counts = sum((Counter(remark) for remark in remarks), Counter())
    ordered = {sentence: counts[sentence] for sentence in remarks[0]}
    understood = with_remarks(known.understood, ordered)
    return Facts(replace(known, understood=understood), whole_of(looks), pl.concat(coded), datetime.now(UTC).date())


def _look(known: Known, number: int) -> tuple[Look, dict[str, int], pl.DataFrame]:
    """Look at a part; of a format, at few columns, where these are enough: each row has an identifier, none a P-code."""
    headings = list(known.table.layout.titles.values())
    if (title := known.understood.known) and pcode_heading(headings, known.understood.headings) is None:
        reading = read_part(known, number, only=telling_columns(title, headings))
        if "incident_id" in reading.incidents.columns and not _is_unnamed(reading.incidents["incident_id"]):
            return look_at(reading.incidents), remark_counts(reading, known.understood), pcodes_beside(reading)
    reading = read_part(known, number)
    return look_at(reading.incidents), remark_counts(reading, known.understood), pcodes_beside(reading)


def _is_unnamed(ids: pl.Series) -> bool:
    return bool((ids.is_null() | (ids.str.strip_chars(" \u00a0") == "")).any())


def process_part(plan: Plan, number: int) -> Processed:
    """Take one part the whole way: read, validate, geocode, join.

    The same in whatever process and however often it runs. ``reading.notes`` are those of the whole file.

    Examples
    --------
    >>> from mapping.datasets import shipped
    >>> planned = plan(shipped("incidents/incidents.csv"), size=20_000)
    >>> process_part(planned, 1).incidents["source_row"][0]
    61
    """
    facts, options = plan.facts, plan.options
    if facts is None:
        return process(plan.path, **options)
    checked = check_part(plan, number)
    return place(
        checked,
        dataset=options["dataset"] or plan.path.stem,
        licence=options["licence"],
        score_at_least=options["score_at_least"],
        coded=facts.coded,
    )


def check_part(plan: Plan, number: int) -> Processed:
    """Read and validate one part; place nothing.

    Examples
    --------
    >>> from mapping.datasets import shipped
    >>> check_part(plan(shipped("incidents/incidents.csv")), 0).incidents.height
    250
    """
    facts = plan.facts
    if facts is None:
        return check(plan.path, columns=plan.options["columns"], date_order=plan.options["date_order"])
    return check_reading(read_part(facts.known, number), whole=facts.whole, today=facts.today)


def process_in_parts(
    path: Path, *, progress: Progress = silent, over: Over = map, **options: Any
) -> Iterator[Processed]:
    """Take a file the whole way, part by part, in order; the rows and problems are those of `mapping.pipeline.process`.

    The columns that were read are left out: see `Processed.without_raw`.

    Parameters
    ----------
    path, progress, over, options
        As for `plan`.

    Examples
    --------
    >>> from mapping.datasets import shipped
    >>> [one.incidents.height for one in process_in_parts(shipped("incidents/incidents.csv"))]
    [250]
    """
    yield from _in_order(process_part, path, progress, over, options)


def check_in_parts(path: Path, *, progress: Progress = silent, over: Over = map, **options: Any) -> Iterator[Processed]:
    """Read and validate a file, part by part, in order; place nothing.

    Parameters
    ----------
    path, progress, over, options
        As for `plan`.

    Examples
    --------
    >>> from mapping.datasets import shipped
    >>> [one.incidents.height for one in check_in_parts(shipped("incidents/incidents.csv"))]
    [250]
    """
    yield from _in_order(check_part, path, progress, over, options)


def _in_order(
    work: Callable[[Plan, int], Processed], path: Path, progress: Progress, over: Over, options: dict[str, Any]
) -> Iterator[Processed]:
    planned = plan(path, progress=progress, over=over, **options)
    count = len(planned.parts)
    for done, one in enumerate(over(partial(_without_raw, work, planned), range(count)), start=1):
        progress(f"Parts done {done} of {count}", done / count)
        yield one


def _without_raw(work: Callable[[Plan, int], Processed], planned: Plan, number: int) -> Processed:
    return work(planned, number).without_raw()
