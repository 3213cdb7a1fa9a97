"""The command line: parse, call the pipeline, print. Data on stdout or -o, words on stderr.

Exit status: 0 done; 1 done, but rows were rejected and --strict was given; 2 could not.
"""

from __future__ import annotations

import json
import sys
from dataclasses import asdict, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn, TypeVar

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from mapping.errors import InvalidValue, MappingError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import polars as pl

    from mapping.pipeline import Processed
    from mapping.query import Filter

__all__ = ["app", "main"]

T = TypeVar("T")

app = typer.Typer(
    name="mapping",
    help="Incident records: placed, joined to administrative boundaries, filtered, exported. Offline.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
_stderr = Console(stderr=True, highlight=False, soft_wrap=True, markup=False)

Files = Annotated[list[Path], typer.Argument(help="Files to read: table, GeoJSON, GeoPackage, UCDP, ACLED or GTD.")]
Out = Annotated[Path, typer.Option("-o", "--output", help="Where to write; .geojson .csv .xlsx .gpkg .parquet .html.")]
Columns = Annotated[Path | None, typer.Option(help="JSON table: your column names and ours, and date_order.")]
DateOrder = Annotated[str | None, typer.Option(help="How 03/04/2024 is meant: dmy, mdy or ymd.")]
Licence = Annotated[str | None, typer.Option(help="Licence of the rows, where the format does not fix it.")]
Strict = Annotated[bool, typer.Option("--strict", help="Exit with 1 when a row was rejected.")]
Json = Annotated[bool, typer.Option("--json", help="Print JSON for scripts.")]
Country = Annotated[list[str] | None, typer.Option(help="ISO code or name; may be repeated.")]
Province = Annotated[list[str] | None, typer.Option(help="ISO 3166-2 code or name, as IQ-AN; may be repeated.")]
From = Annotated[str | None, typer.Option("--from", help="First day, YYYY-MM-DD.")]
To = Annotated[str | None, typer.Option("--to", help="Last day, YYYY-MM-DD.")]
Type = Annotated[list[str] | None, typer.Option("--type", help="Event type, as 'drone attack'; may be repeated.")]
Actor = Annotated[list[str] | None, typer.Option(help="Actor, either side; may be repeated.")]
Precision = Annotated[str | None, typer.Option(help="site, town, near, district, province, …")]
Bbox = Annotated[str | None, typer.Option(help="west,south,east,north in degrees.")]
Within = Annotated[Path | None, typer.Option(help="GeoJSON file with a polygon.")]
Text = Annotated[str | None, typer.Option(help="Words that all must stand in the row.")]
Dataset = Annotated[list[str] | None, typer.Option(help="Dataset name; may be repeated.")]


@app.command()
def convert(
    files: Files,
    output: Out,
    rejects: Annotated[Path | None, typer.Option(help="CSV for the rows that did not go on.")] = None,
    columns: Columns = None,
    date_order: DateOrder = None,
    licence: Licence = None,
    strict: Strict = False,
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
) -> None:
    """Read, validate, geocode, join and write, in one go."""
    from mapping import pipeline

    chosen = _filter(country, province, from_, to, type_, actor, precision_at_least, bbox, within, text, dataset)
    pipeline.check_ending(output)
    pipeline.check_targets(output, rejects, sources=files)
    processed = [
        _shown(partial(pipeline.process, file, columns=columns, date_order=date_order, licence=licence))
        for file in files
    ]
    incidents = chosen.apply(pipeline.gather(processed))
    rejected = sum(one.rejects.height for one in processed)
    pipeline.export(incidents, output, filter=chosen, rejected=rejected)
    if rejects:
        pipeline.write_rejects(processed, rejects)
    _say_problems(processed)
    _say({"written": str(output), "rows": incidents.height, "rejected": rejected}, as_json=as_json)
    _say_notice(incidents)
    _finish(rejected, strict=strict)


@app.command()
def locate(
    text: Annotated[str | None, typer.Argument(help="A place, as 'Ain al-Asad base, Anbar'.")] = None,
    country: Annotated[str | None, typer.Option(help="ISO code or name.")] = None,
    province: Annotated[str | None, typer.Option(help="ISO 3166-2 code or name.")] = None,
    limit: Annotated[int, typer.Option(min=1, max=50, help="How many candidates.")] = 5,
    as_json: Json = False,
    input_: Annotated[Path | None, typer.Option("--input", help="A table of places instead.")] = None,
    place_column: Annotated[str | None, typer.Option(help="Its column with the place.")] = None,
    district_column: Annotated[str | None, typer.Option(help="Its column with the district.")] = None,
    province_column: Annotated[str | None, typer.Option(help="Its column with the province.")] = None,
    country_column: Annotated[str | None, typer.Option(help="Its column with the country.")] = None,
    output: Annotated[Path | None, typer.Option("-o", "--output", help="CSV to write.")] = None,
) -> None:
    """Find candidates for one place, best first; or locate every row of a table."""
    from mapping import pipeline

    if input_ is None:
        if text is None:
            raise InvalidValue("Give a place, or a table with --input and --place-column.")
        _print_candidates(text, country, province, limit, as_json=as_json)
        return
    if place_column is None or output is None:
        raise InvalidValue("With --input, give --place-column and -o OUT.csv as well.")
    pipeline.check_targets(output, sources=[input_])
    located = _shown(
        partial(
            pipeline.locate_table,
            input_,
            place=place_column,
            district=district_column,
            province=province_column,
            country=country_column,
        )
    )
    pipeline.write_table(located, output)
    answered = located.height - located["latitude"].null_count()
    _say({"written": str(output), "rows": located.height, "with coordinates": answered}, as_json=as_json)


@app.command(name="import")
def import_(
    files: Files,
    name: Annotated[str | None, typer.Option(help="Name of the dataset; the file's name when not given.")] = None,
    licence: Licence = None,
    citation: Annotated[str, typer.Option(help="How to cite the rows.")] = "",
    columns: Columns = None,
    date_order: DateOrder = None,
    rejects: Annotated[Path | None, typer.Option(help="CSV for the rows that did not go on.")] = None,
    strict: Strict = False,
    as_json: Json = False,
) -> None:
    """Take files into your store, each as a new version of a dataset."""
    from mapping import pipeline
    from mapping.store import Store

    if name and len(files) > 1:
        raise InvalidValue("--name names one dataset: import one file at a time with it.")
    pipeline.check_targets(rejects, sources=files)
    store, processed = Store(), []
    for file in files:
        one = _shown(partial(pipeline.process, file, columns=columns, date_order=date_order, licence=licence))
        version = pipeline.keep(one, store, name=name or file.stem, licence=licence or "", citation=citation)
        processed.append(one)
        _say({"dataset": version.dataset, "version": version.version, "rows": version.rows}, as_json=as_json)
    if rejects:
        pipeline.write_rejects(processed, rejects)
    _say_problems(processed)
    _finish(sum(one.rejects.height for one in processed), strict=strict)


@app.command()
def export(
    output: Out,
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
) -> None:
    """Write what is in your store and the shipped incidents."""
    from mapping import pipeline
    from mapping.store import Store

    chosen = _filter(country, province, from_, to, type_, actor, precision_at_least, bbox, within, text, dataset)
    pipeline.check_ending(output)
    incidents = chosen.apply(pipeline.atlas(Store()))
    pipeline.export(incidents, output, filter=chosen)
    _say({"written": str(output), "rows": incidents.height}, as_json=as_json)
    _say_notice(incidents)


@app.command()
def sources(as_json: Json = False) -> None:
    """List what there is, and under which licence."""
    from mapping import pipeline
    from mapping.store import Store

    listing = pipeline.listing(Store())
    if as_json:
        print(json.dumps(listing, ensure_ascii=False, default=str))
        return
    for entry in listing:
        print(f"{entry['title']}\n  {entry['rows']:,} rows · version {entry['version']} · {entry['licence']}")
        print(f"  {entry['citation']}")


@app.command()
def check(
    file: Annotated[Path, typer.Argument(help="File to read.")],
    columns: Columns = None,
    date_order: DateOrder = None,
    strict: Strict = False,
    as_json: Json = False,
) -> None:
    """Validate a file and list every problem; keep nothing."""
    from mapping import pipeline

    found = _shown(partial(pipeline.check, file, columns=columns, date_order=date_order))
    counts = {"reader": found.reading.reader, "accepted": found.incidents.height, "rejected": found.rejects.height}
    if as_json:
        print(json.dumps(counts | {"notes": found.reading.notes, "problems": found.problems.to_dicts()}, default=str))
    else:
        for note in found.reading.notes:
            print(note)
        for line in _in_words(found.problems):
            print(line)
        print(", ".join(f"{key} {value}" for key, value in counts.items()))
    _finish(found.rejects.height, strict=strict)


def main() -> None:
    """Run the command line: a refusal is one sentence on stderr and exit status 2."""
    try:
        app()
    except MappingError as error:
        _fail(str(error))


def _fail(message: str) -> NoReturn:
    _stderr.print(message)
    sys.exit(2)


def _finish(rejected: int, *, strict: bool) -> None:
    if rejected and strict:
        raise typer.Exit(1)


def _filter(*values: object) -> Filter:
    """Build the filter from its options, in the order of the filter's parameters; every mistake is told at once."""
    from mapping.query import PARAMETERS, Filter, join_values, read_polygon

    given = dict(zip((parameter.name for parameter in PARAMETERS), values, strict=True))
    within = given.pop("within")
    params = {k: join_values(tuple(v)) if isinstance(v, list) else str(v) for k, v in given.items() if v}
    chosen, complaints = Filter.from_params(params)
    if complaints:
        raise InvalidValue("\n".join(complaints))
    return replace(chosen, within=read_polygon(within)) if isinstance(within, Path) else chosen


def _shown(work: Callable[..., T]) -> T:
    """Run `work` with a progress bar on stderr, where somebody watches it."""
    bar = Progress(TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn(), console=_stderr, transient=True)
    with bar:
        task = bar.add_task("", total=1.0)
        return work(progress=lambda step, done: bar.update(task, description=step, completed=done))


def _say(facts: dict[str, object], *, as_json: bool) -> None:
    if as_json:
        print(json.dumps(facts, ensure_ascii=False))
    else:
        _stderr.print(
            ", ".join(
                f"{key} {value:,}" if isinstance(value, int) else f"{key} {value}" for key, value in facts.items()
            )
        )


def _say_problems(processed: list[Processed], *, most: int = 20) -> None:
    """Say what was assumed of each file, name its first problems, and how many there are."""
    for one in processed:
        for note in one.reading.notes:
            _stderr.print(f"{one.reading.path.name}: {note}")
        for line in _in_words(one.problems.head(most)):
            _stderr.print(line)
        if one.problems.height > most:
            _stderr.print(
                f"… and {one.problems.height - most:,} more in {one.reading.path.name}; `check` lists all, --rejects keeps the rows."
            )


def _in_words(problems: pl.DataFrame) -> Iterator[str]:
    """Say of each problem where it is, what is wrong and whether the row went on."""
    for file, row, column, message, rejected in problems.select(
        "file", "row", "column", "message", "rejected"
    ).iter_rows():
        yield f"{file}, row {row}, {column}: {message}{'' if rejected else ' (a remark: the row went on)'}"


def _say_notice(incidents: pl.DataFrame) -> None:
    from mapping.exports import notice

    if said := notice(incidents):
        _stderr.print(said)


def _print_candidates(text: str, country: str | None, province: str | None, limit: int, *, as_json: bool) -> None:
    from mapping import pipeline

    found = pipeline.locate_text(text, country=country, province=province, limit=limit)
    if as_json:
        print(json.dumps([asdict(one) for one in found], ensure_ascii=False))
    elif not found:
        _stderr.print(f"Nothing is known by that name: {text[:80]}")
    for one in [] if as_json else found:
        point = "no point" if one.latitude is None else f"{one.latitude}, {one.longitude}"
        print(f"{one.name} · {one.kind} · {one.adm1_name or '–'}, {one.country_iso2 or '–'} · {point}")
        print(f"  {one.geo_precision}, within {one.radius_km:g} km · {one.reason}")
