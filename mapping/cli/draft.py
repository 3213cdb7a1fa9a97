"""`draft`: the incidents that a report tells of, each field with the words that say it."""

from __future__ import annotations

import json
import sys
from contextlib import contextmanager
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TextIO

import typer

from mapping.cli.drafted import in_words
from mapping.cli.options import Json
from mapping.cli.saying import finish, inert, say, shown, stderr, tell
from mapping.errors import InvalidValue, MappingError, UnwritableFile

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from mapping.documents import Document
    from mapping.pipeline import Progress

__all__ = ["draft"]


def draft(
    source: Annotated[
        str, typer.Argument(metavar="FILE|DIR|-|URL", help="A report, a folder of them, or - for stdin.")
    ],
    day: Annotated[
        str | None, typer.Option("--date", help="Day of the report, YYYY-MM-DD; its text says it when not given.")
    ] = None,
    output: Annotated[Path | None, typer.Option("-o", "--output", help="Where to write the JSON.")] = None,
    web: Annotated[bool, typer.Option("--web", help="Fetch the report from the web address given.")] = False,
    strict: Annotated[
        bool, typer.Option("--strict", help="Exit with 1 when a report of a folder was refused.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Draft the incidents that a report tells of, each field with the words that say it; keep nothing."""
    written, path = _day(day), Path(source)
    if source != "-" and path.is_dir():
        _draft_folder(path, written, output, strict=strict)
        return
    document = _document(source, web=web)  # what is no report is told before the rules are loaded
    from mapping.pipeline import check_targets, drafting

    check_targets(output, sources=[path] if path.is_file() else [])
    if document.note:
        stderr.print(inert(document.note))
    drafted = drafting.draft_document(document, written=written, words=drafting.own_words())
    if output is None and not as_json:
        for line in in_words(drafted):
            tell(line)
        return
    with _writing(output) as stream:
        _write(stream, drafted.to_json())
    if output:
        say({"written": str(output), "incidents": len(drafted.drafts.incidents)}, as_json=as_json)


def _document(source: str, *, web: bool) -> Document:
    from mapping.documents import MOST_BYTES, fetch, is_address, read_document

    if is_address(source):
        if not web:
            raise InvalidValue(
                f"{source} is a web address, and nothing is asked of the web unless you say so: add --web, or give a file."
            )
        return fetch(source)
    if source == "-":
        return read_document(sys.stdin.buffer.read(MOST_BYTES + 1), name="Standard input")
    return read_document(Path(source))


def _draft_folder(folder: Path, written: date | None, output: Path | None, *, strict: bool) -> None:
    """Write a line of JSON for each report of a folder, with progress where it does not run through the lines."""
    from mapping.pipeline import check_targets
    from mapping.pipeline.folders import draft_folder, reports_in, workers_for
    from mapping.pipeline.own import own_words

    reports = reports_in(folder)
    check_targets(output, sources=reports)
    work = partial(draft_folder, folder, written=written, words=own_words(), workers=workers_for(len(reports)))
    with _writing(output) as stream:
        write = partial(_write_all, stream, work)
        counts = write(progress=lambda *_: None) if output is None and stream.isatty() else shown(write)
    say({"written": str(output or "standard output"), **counts}, as_json=False)
    finish(counts["refused"], strict=strict)


def _write_all(stream: TextIO, work: Callable[..., Iterator[dict[str, Any]]], *, progress: Progress) -> dict[str, int]:
    counts = {"reports": 0, "incidents": 0, "refused": 0}
    for line in work(progress=progress):
        _write(stream, line)
        counts["reports"] += 1
        counts["incidents"] += len(line.get("incidents", ()))
        counts["refused"] += "error" in line
    return counts


def _write(stream: TextIO, line: dict[str, object]) -> None:
    stream.write(json.dumps(line, ensure_ascii=False) + "\n")


@contextmanager
def _writing(output: Path | None) -> Iterator[TextIO]:
    """Give stdout, or a file that is there when all of it is written."""
    from mapping.files import written_whole

    if output is None:
        yield sys.stdout
        return
    try:
        with written_whole(output) as path, path.open("w", encoding="utf-8", newline="\n") as stream:
            yield stream
    except MappingError:
        raise
    except OSError as error:
        raise UnwritableFile(f"{output} cannot be written: {error.strerror}.") from error


def _day(text: str | None) -> date | None:
    try:
        return None if text is None else date.fromisoformat(text)
    except ValueError as error:
        raise InvalidValue(f'--date: "{text}" is no day. Give it as YYYY-MM-DD.') from error
