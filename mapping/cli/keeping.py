"""`import`, `export` and `sources`: what the user keeps."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from mapping.cli.options import (
    Actor,
    Bbox,
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
    chosen_filter,
)  # fmt: skip
from mapping.cli.saying import finish, say, say_notice, say_problems, taken, tell
from mapping.errors import InvalidValue

__all__ = ["export", "import_", "sources"]


def import_(
    files: Files,
    name: Annotated[str | None, typer.Option(help="Name of the dataset; the file's name when not given.")] = None,
    licence: Licence = None,
    citation: Annotated[str, typer.Option(help="How to cite the rows.")] = "",
    columns: Columns = None,
    date_order: DateOrder = None,
    rejects: Annotated[Path | None, typer.Option(help="CSV for the rows that did not go on.")] = None,
    score_at_least: Score = None,
    strict: Strict = False,
    as_json: Json = False,
) -> None:
    """Take files into your store, each as a new version of a dataset."""
    from mapping import pipeline
    from mapping.store import Store

    if name and len(files) > 1:
        raise InvalidValue("--name names one dataset: import one file at a time with it.")
    for file in files:
        pipeline.check_name(name or file.stem)
    pipeline.check_targets(rejects, sources=files)
    options = {"columns": columns, "date_order": date_order, "licence": licence, "score_at_least": score_at_least}
    store, processed = Store(), []
    for file in files:
        one = taken(file, **options)
        version = pipeline.keep(one, store, name=name or file.stem, licence=licence or "", citation=citation)
        processed.append(one)
        say({"dataset": version.dataset, "version": version.version, "rows": version.rows}, as_json=as_json)
    if rejects:
        pipeline.write_rejects(processed, rejects)
    say_problems(processed)
    finish(sum(one.rejects.height for one in processed), strict=strict)


def export(
    output: Out,
    for_publication: ForPublication = False,
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
    """Write what is in your store and the shipped incidents."""
    from mapping import pipeline
    from mapping.exports import check_ending
    from mapping.store import Store

    chosen = chosen_filter(
        country, province, from_, to, type_, actor, precision_at_least, bbox, within, text, dataset, rows
    )
    check_ending(output, pipeline.FORMATS)
    incidents = pipeline.selected(Store(), chosen)
    about = pipeline.export(incidents, output, filter=chosen, for_publication=for_publication)
    say({"written": str(output), "rows": about["counts"]["shown"]}, as_json=as_json)
    say_notice(about.get("notice", ""))


def sources(as_json: Json = False) -> None:
    """List what there is, and under which licence."""
    from mapping import pipeline
    from mapping.store import Store

    listing = pipeline.listing(Store())
    if as_json:
        print(json.dumps(listing, ensure_ascii=False, default=str))
        return
    for entry in listing:
        tell(f"{entry['title']}\n  {entry['rows']:,} rows · version {entry['version']} · {entry['licence']}")
        tell(f"  {entry['citation']}")
