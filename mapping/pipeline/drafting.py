"""From documents to draft incidents: one, or a folder of them."""

from __future__ import annotations

import atexit
import multiprocessing
import signal
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import ExitStack
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mapping.coding.draft import draft_report
from mapping.coding.reading import read
from mapping.coding.tables import tables
from mapping.documents import Document, read_document
from mapping.errors import InvalidValue, MappingError
from mapping.pipeline.own import using_own
from mapping.pipeline.processing import silent
from mapping.store import default_home

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from mapping.coding.draft import Drafts
    from mapping.coding.text import Report
    from mapping.pipeline.processing import Progress

__all__ = ["Drafted", "draft_document", "draft_file", "draft_folder", "draft_text", "own_words", "reports_in"]

_WORTH_A_WORKER = 60
"""Reports for which a worker earns the seconds that it takes to start."""
_AT_ONCE = 8


@dataclass(frozen=True, slots=True)
class Drafted:
    """A document, read as a report, and the incidents that it tells of."""

    document: Document
    report: Report
    drafts: Drafts

    def to_json(self) -> dict[str, object]:
        """Return what `draft --json` prints; the text as well, where a file holds more than its letters."""
        told = self.drafts.to_json()
        return told if self.document.kind == "text" else told | {"text": self.document.text}


def own_words() -> Path:
    """Return the folder for the user's own tables of words, which need not be there; see `mapping.coding.tables`.

    Examples
    --------
    >>> own_words().name
    'tables'
    """
    return default_home() / "tables"


def draft_text(text: str, *, written: date | None = None, words: Path | None = None) -> Drafted:
    """Draft the incidents of a text; as for `draft_document`.

    Examples
    --------
    >>> [one] = draft_text("Two drones attacked the base near Hit on 16 July 2024.").drafts.incidents
    >>> one.fields["event_type"], one.fields["date_start"].isoformat()
    ('drone attack', '2024-07-16')
    """
    return draft_document(Document(text, "text"), written=written, words=words)


def draft_document(document: Document, *, written: date | None = None, words: Path | None = None) -> Drafted:
    """Draft the incidents of a document.

    Parameters
    ----------
    document
        As `mapping.documents.read_document` gives it.
    written
        Day of the report; without it, the one that its text states, or else the one that a web page states.
    words
        A folder with tables of words of the user's own; see `own_words`.

    Raises
    ------
    InvalidValue
        The report is in a language that is not read here, or holds no words; or a table of words is wrong.
    """
    report = read(document.text, written=written)
    if report.written is None and document.written is not None:
        report = replace(report, written=document.written)
    return Drafted(document, report, draft_report(report, tables=tables(words)))


def draft_file(path: Path, *, written: date | None = None, words: Path | None = None) -> Drafted:
    """Draft the incidents of a file; as for `read_document` and `draft_document`."""
    return draft_document(read_document(path), written=written, words=words)


def reports_in(folder: Path) -> list[Path]:
    """Return every file in a folder and the folders in it, in the order of names; hidden ones are none.

    Raises
    ------
    InvalidValue
        There is no file.
    """
    files = [path for path in folder.rglob("*") if path.is_file() and not path.name.startswith(".")]
    if not files:
        raise InvalidValue(f"{folder.name} holds no file. Give a folder of reports.")
    return sorted(files)


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
        Processes at work, when there are reports enough for them. Each starts the program anew, so a script that
        asks for more than one does so under ``if __name__ == "__main__"``.
    progress
        Told of each report.

    Raises
    ------
    InvalidValue
        The folder holds no file, or a table of words is wrong.
    """
    files = reports_in(folder)
    tables(words)  # wrong words are one mistake, not one in each report
    draft_one = partial(_as_json, folder=folder, written=written, words=words)
    workers = min(workers, len(files) // _WORTH_A_WORKER)
    drafted = _by_workers(draft_one, files, workers) if workers > 1 else map(draft_one, files)
    for number, one in enumerate(drafted, 1):
        progress(one["file"], number / len(files))
        yield one


def _as_json(path: Path, *, folder: Path, written: date | None, words: Path | None) -> dict[str, Any]:
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
        yield from pool.map(draft_one, files, chunksize=_AT_ONCE)
    except BrokenProcessPool as error:
        raise MappingError(
            "A worker was ended by the system, for want of memory perhaps. Draft a smaller folder."
        ) from error
    finally:
        pool.shutdown(cancel_futures=True)


def _begin() -> None:
    """Begin a worker: it goes by the user's own names until it ends, and leaves it to the one at the keyboard to stop it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    own = ExitStack()
    own.enter_context(using_own())
    atexit.register(own.close)
