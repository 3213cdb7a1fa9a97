"""`draft`: the incidents that a report tells of."""

from __future__ import annotations

import json
import sys
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from mapping.cli.options import Json
from mapping.errors import InvalidValue

__all__ = ["draft"]


def draft(
    source: Annotated[
        str, typer.Argument(metavar="FILE|DIR|-", help="A report, a folder of them, or - for standard input.")
    ],
    day: Annotated[
        str | None, typer.Option("--date", help="Day of the report, YYYY-MM-DD, where its text does not say it.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Draft the incidents that a report tells of, each field with the words that say it; keep nothing."""
    from mapping.documents import read_document
    from mapping.pipeline.drafting import draft_document, draft_folder

    written = _day(day)
    path = Path(source)
    if source != "-" and path.is_dir():
        for line in draft_folder(path, written=written):
            print(json.dumps(line, ensure_ascii=False))
        return
    document = read_document(sys.stdin.buffer.read(), name="Standard input") if source == "-" else read_document(path)
    drafted = draft_document(document, written=written)
    print(json.dumps(drafted.to_json(), ensure_ascii=False, indent=None if as_json else 2))


def _day(text: str | None) -> date | None:
    try:
        return None if text is None else date.fromisoformat(text)
    except ValueError as error:
        raise InvalidValue(f'--date: "{text}" is no day. Give it as YYYY-MM-DD.') from error
