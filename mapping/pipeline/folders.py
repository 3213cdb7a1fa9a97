"""A folder of reports, each drafted, by as many processes as there is work for.

Nothing that codes is loaded here: that is for the workers, which start the sooner.
"""

from __future__ import annotations

import atexit
import multiprocessing
import os
import signal
import sys
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import ExitStack, contextmanager
from functools import partial
from typing import TYPE_CHECKING, Any

from mapping.errors import InvalidValue, MappingError
from mapping.pipeline.own import using_own
from mapping.pipeline.processing import silent

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date
    from pathlib import Path

    from mapping.pipeline.processing import Progress

__all__ = ["draft_folder", "reports_in", "workers_for"]

_WORTH_A_WORKER = 200
"""Reports for which a worker earns the seconds that it takes to start."""
_MOST_WORKERS = 4
"""Each takes half a gigabyte of memory."""
_AT_ONCE = 8


def reports_in(folder: Path) -> list[Path]:
    """Return every file in a folder and the folders in it, in the order of names; hidden ones are none.

    Raises
    ------
    InvalidValue
        There is no file.
    """
    files = [path for path in sorted(folder.rglob("*")) if path.is_file() and not _is_hidden(path.relative_to(folder))]
    if not files:
        raise InvalidValue(f"{folder.name} holds no file. Give a folder of reports.")
    return files


def _is_hidden(path: Path) -> bool:
    return any(part.startswith(".") for part in path.parts)


def workers_for(reports: int) -> int:
    """Return how many processes are worth starting for so many reports on this machine.

    Examples
    --------
    >>> workers_for(100)
    1
    """
    return max(min(reports // _WORTH_A_WORKER, os.cpu_count() or 1, _MOST_WORKERS), 1)


def draft_folder(
    folder: Path,
    *,
    written: date | None = None,
    words: Path | None = None,
    workers: int = 1,
    progress: Progress = silent,
) -> Iterator[dict[str, Any]]:
    """Draft every report in a folder: what `Drafted.to_json` gives with `file`, or `file` and `error`, in the order of names.

    Parameters
    ----------
    written, words
        As for `draft_document`, of every report.
    workers
        Processes at work; see `workers_for`. Each starts the program anew, so a script that asks for more than one
        does so under ``if __name__ == "__main__"``.
    progress
        Told of each report.

    Raises
    ------
    InvalidValue
        The folder holds no file, or a table of words is wrong.
    """
    files = reports_in(folder)
    if words is not None and words.is_dir():
        from mapping.coding.tables import tables

        tables(words)  # a wrong word is one mistake, not one in each report
    draft_one = partial(_as_json, folder=folder, written=written, words=words)
    drafted = _by_workers(draft_one, files, workers) if workers > 1 else map(draft_one, files)
    for number, one in enumerate(drafted, 1):
        progress(one["file"], number / len(files))
        yield one


def _as_json(path: Path, *, folder: Path, written: date | None, words: Path | None) -> dict[str, Any]:
    from mapping.pipeline.drafting import draft_file

    name = {"file": path.relative_to(folder).as_posix()}
    try:
        return name | draft_file(path, written=written, words=words).to_json()
    except MappingError as error:
        return name | {"error": str(error)}
    except Exception as error:  # our mistake: it shall not cost the work on a thousand other reports
        return name | {"error": f"This report brings the program to a fault ({error!r:.200}). Please tell its makers."}


def _by_workers(draft_one: Any, files: Sequence[Path], workers: int) -> Iterator[dict[str, Any]]:
    pool = ProcessPoolExecutor(workers, multiprocessing.get_context("spawn"), initializer=_begin)
    try:
        with _undisturbed():
            drafted = pool.map(draft_one, files, chunksize=_AT_ONCE)
        yield from drafted
    except BrokenProcessPool as error:
        raise MappingError(
            "A worker was ended by the system, for want of memory perhaps. Draft a smaller folder."
        ) from error
    finally:
        pool.shutdown(cancel_futures=True)


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Let processes that start meanwhile take no notice of Ctrl+C: it is for the one that started them."""
    if sys.platform == "win32":
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _begin() -> None:
    """Begin a worker, which goes by the user's own names until it ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # where nothing could be kept from it as it started
    own = ExitStack()
    own.enter_context(using_own())
    atexit.register(own.close)
