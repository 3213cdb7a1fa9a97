"""What the commands say, on stderr, to people; and progress, where somebody watches."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, TypeVar

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    import polars as pl

    from mapping.pipeline import Processed

__all__ = ["finish", "in_words", "inert", "say", "say_notice", "say_problems", "shown", "stderr", "taken", "tell"]

T = TypeVar("T")

stderr = Console(stderr=True, highlight=False, soft_wrap=True, markup=False)


_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def inert(text: str) -> str:
    """Return text from a file so that a terminal obeys nothing in it: colours, titles, writing turned around.

    Examples
    --------
    >>> inert("\x1b[31mHit")
    '�[31mHit'
    """
    return _CONTROL.sub("\ufffd", text)


def tell(text: str) -> None:
    """Print a line on stdout of which a terminal obeys nothing."""
    print(inert(text))


def finish(rejected: int, *, strict: bool) -> None:
    """Exit with 1 when rows were rejected and the user asked for that."""
    if rejected and strict:
        raise typer.Exit(1)


def shown(work: Callable[..., T]) -> T:
    """Run `work` with a progress bar on stderr, where somebody watches it."""
    bar = Progress(TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn(), console=stderr, transient=True)
    with bar:
        task = bar.add_task("", total=1.0)
        return work(progress=lambda step, done: bar.update(task, description=step, completed=done))


def taken(file: Path, **options: Any) -> Processed:
    """Take a file the whole way, with progress; `options` as for `mapping.pipeline.process_in_parts`."""
    from mapping import pipeline

    return shown(lambda progress: pipeline.put_together(pipeline.process_in_parts(file, progress=progress, **options)))


def say(facts: dict[str, object], *, as_json: bool) -> None:
    """Say what was done: as JSON on stdout for scripts, else in words."""
    if as_json:
        print(json.dumps(facts, ensure_ascii=False))
    else:
        stderr.print(
            ", ".join(
                f"{key} {value:,}" if isinstance(value, int) else f"{key} {value}" for key, value in facts.items()
            )
        )


def say_problems(processed: list[Processed], *, most: int = 20) -> None:
    """Say what was assumed of each file, name its first problems, and how many there are."""
    for one in processed:
        for note in one.reading.notes:
            stderr.print(inert(f"{one.reading.path.name}: {note}"))
        for line in in_words(one.problems.head(most)):
            stderr.print(line)
        if one.problems.height > most:
            stderr.print(
                f"… and {one.problems.height - most:,} more in {one.reading.path.name}; `check` lists all, --rejects keeps the rows."
            )


def in_words(problems: pl.DataFrame) -> Iterator[str]:
    """Say of each problem where it is, what is wrong and whether the row went on."""
    for file, row, column, message, rejected in problems.select(
        "file", "row", "column", "message", "rejected"
    ).iter_rows():
        yield inert(f"{file}, row {row}, {column}: {message}{'' if rejected else ' (a remark: the row went on)'}")


def say_notice(notice: str) -> None:
    """Say which of the rows may not be passed on, or were left out for that."""
    if notice:
        stderr.print(inert(notice))
