"""`convert` and `check`: a file at a time, nothing kept."""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from mapping.cli.options import (
    Actor,
    Bbox,
    Cluster,
    Columns,
    Country,
    Dataset,
    DateOrder,
    Files,
    ForPublication,
    From,
    Json,
    Licence,
    Out,
    Precision,
    Province,
    Rows,
    Score,
    Strict,
    Text,
    To,
    Type,
    Within,
    Workers,
    chosen_filter,
)  # fmt: skip
from mapping.cli.saying import finish, in_words, say, say_notice, say_problems, shown, tell

if TYPE_CHECKING:
    from collections.abc import Iterator

    import polars as pl

    from mapping.pipeline import Processed

__all__ = ["check", "convert"]


def convert(
    files: Files,
    output: Out,
    rejects: Annotated[Path | None, typer.Option(help="CSV for the rows that did not go on.")] = None,
    columns: Columns = None,
    date_order: DateOrder = None,
    licence: Licence = None,
    score_at_least: Score = None,
    strict: Strict = False,
    for_publication: ForPublication = False,
    workers: Workers = None,
    cluster: Cluster = None,
    as_json: Json = False,
    country: Country = None,
    province: Province = None,
    from_: From = None,
    to: To = None,
    type_: Type = None,
    actor: Actor = None,
    precision_at_least: Precision = None,
    bbox: Bbox = None,
    within: Within = None,
    text: Text = None,
    dataset: Dataset = None,
    rows: Rows = None,
) -> None:
    """Read, validate, geocode, join and write, in one go."""
    from mapping import pipeline
    from mapping.exports import check_ending

    chosen = chosen_filter(
        country, province, from_, to, type_, actor, precision_at_least, bbox, within, text, dataset, rows
    )
    check_ending(output, pipeline.FORMATS)
    pipeline.check_targets(output, rejects, sources=files)
    options = {"columns": columns, "date_order": date_order, "licence": licence, "score_at_least": score_at_least}
    told: list[Processed] = []
    decided = pipeline.own_corrections()
    with pipeline.hired(workers=workers, cluster=cluster, beside=output.parent, files=files) as over:
        about = shown(
            lambda progress: pipeline.export(
                (
                    chosen.apply(pipeline.corrected(rows, decided))
                    for rows in _rows(files, told, over=over, progress=progress, **options)
                ),
                output,
                filter=chosen,
                rejected=lambda: _rejected(told),
                for_publication=for_publication,
            )
        )
    if rejects:
        pipeline.write_rejects(told, rejects)
    say_problems(told)
    say({"written": str(output), "rows": about["counts"]["shown"], "rejected": _rejected(told)}, as_json=as_json)
    say_notice(about.get("notice", ""))
    finish(_rejected(told), strict=strict)


def _rows(files: list[Path], told: list[Processed], **options: Any) -> Iterator[pl.DataFrame]:
    """Take files part by part and give their incidents; add to `told` what is told of each file."""
    from mapping import pipeline

    for file in files:
        parts = []
        for one in pipeline.process_in_parts(file, **options):
            parts.append(one.without_rows())
            yield one.incidents
        told.append(pipeline.put_together(parts))


def _rejected(told: list[Processed]) -> int:
    return sum(one.rejects.height for one in told)


def _checked(file: Path, **options: Any) -> tuple[Processed, int]:
    """Check a file part by part; return what is told of it, and how many rows went on."""
    from mapping import pipeline

    parts, accepted = [], 0
    for one in pipeline.check_in_parts(file, **options):
        accepted += one.incidents.height
        parts.append(one.without_rows())
    return pipeline.put_together(parts), accepted


def check(
    file: Annotated[Path, typer.Argument(help="File to read.")],
    columns: Columns = None,
    date_order: DateOrder = None,
    strict: Strict = False,
    as_json: Json = False,
) -> None:
    """Validate a file and list every problem; keep nothing."""
    found, accepted = shown(partial(_checked, file, columns=columns, date_order=date_order))
    counts = {"reader": found.reading.reader, "accepted": accepted, "rejected": found.rejects.height}
    if as_json:
        print(json.dumps(counts | {"notes": found.reading.notes, "problems": found.problems.to_dicts()}, default=str))
    else:
        for note in found.reading.notes:
            tell(note)
        for line in in_words(found.problems):
            tell(line)
        tell(", ".join(f"{key} {value}" for key, value in counts.items()))
    finish(found.rejects.height, strict=strict)
