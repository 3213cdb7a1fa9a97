"""`import`, `export` and `sources`: what the user keeps."""

from __future__ import annotations

import json
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Annotated, Any

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
from mapping.cli.saying import finish, say, say_notice, say_problems, shown, tell
from mapping.errors import InvalidValue, StoreError

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
    workers: Workers = None,
    cluster: Cluster = None,
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
    options: dict[str, Any] = {"columns": columns, "date_order": date_order, "score_at_least": score_at_least}
    options |= {"licence": licence or "", "citation": citation}
    store, told = Store(), []
    with pipeline.hired(workers=workers, cluster=cluster, beside=store.home, files=files, store=store) as over:
        for file in files:
            taking = partial(pipeline.import_file, file, store, name=name or file.stem, over=over, **options)
            version, one = shown(taking)
            told.append(one)
            say({"dataset": version.dataset, "version": version.version, "rows": version.rows}, as_json=as_json)
    with suppress(StoreError):  # what the app maps, so that it opens at once; it would make it itself
        _ = pipeline.opened(store).index
    if rejects:
        pipeline.write_rejects(told, rejects)
    say_problems(told)
    finish(sum(one.rejects.height for one in told), strict=strict)


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
