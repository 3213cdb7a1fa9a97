"""`learn` and `gazetteer add|list|export|remove`: names of places of the user's own."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from mapping.cli.options import Columns, DateOrder, Json, Licence
from mapping.cli.saying import in_words, say, say_notice, say_problems, stderr, taken, tell

__all__ = ["gazetteer", "learn"]

gazetteer = typer.Typer(
    help="Names of places of your own, learned or added, beside the shipped ones.", no_args_is_help=True
)

Name = Annotated[str | None, typer.Option(help="What to call the list; the file's name when not given.")]
Citation = Annotated[str, typer.Option(help="How to cite it.")]


def learn(
    file: Annotated[Path, typer.Argument(help="Incidents with coordinates: a table, UCDP, ACLED or GTD.")],
    name: Name = None,
    licence: Licence = None,
    citation: Citation = "",
    columns: Columns = None,
    date_order: DateOrder = None,
    as_json: Json = False,
) -> None:
    """Learn names and districts from incidents whose source gives the coordinates."""
    from mapping import pipeline
    from mapping.store import Store

    processed = taken(file, columns=columns, date_order=date_order, licence=licence)
    if not as_json:
        say_problems([processed])
    kept = pipeline.learn_names(processed, Store(), name=name or file.stem, licence=licence or "", citation=citation)
    say({"learned": kept.name, "version": kept.version, "places": kept.places, "names": kept.names}, as_json=as_json)


@gazetteer.command()
def add(
    file: Annotated[
        Path, typer.Argument(help="A country dump of GeoNames, or a table with name, latitude, longitude.")
    ],
    name: Name = None,
    licence: Annotated[str, typer.Option(help="Licence of the file.")] = "",
    citation: Citation = "",
    country: Annotated[str | None, typer.Option(help="ISO code or name, for rows that state none.")] = None,
    as_json: Json = False,
) -> None:
    """Take in a gazetteer; from now on its names are in use."""
    from mapping import pipeline
    from mapping.store import Store

    kept, problems = pipeline.add_gazetteer(
        Store(), file, name=name, licence=licence, citation=citation, country=country
    )
    for line in in_words(problems.head(20)):
        stderr.print(line)
    facts = {"added": kept.name, "version": kept.version, "places": kept.places, "names": kept.names}
    say(facts | {"left out": int(problems["rejected"].sum())}, as_json=as_json)


@gazetteer.command(name="list")
def list_(as_json: Json = False) -> None:
    """List your own names of places, with version and licence."""
    from mapping.store import Store

    held = Store().names.all()
    if as_json:
        print(json.dumps([asdict(kept) for kept in held], ensure_ascii=False, default=str))
        return
    for kept in held:
        tell(f"{kept.name}\n  {kept.origin} · {kept.places:,} places, {kept.names:,} names · version {kept.version}")
        tell(f"  {' · '.join(filter(None, (kept.licence or 'no licence stated', kept.citation)))}")
    if not held:
        stderr.print("No names of your own: the shipped gazetteer is in use.")


@gazetteer.command()
def export(
    output: Annotated[Path, typer.Option("-o", "--output", help="CSV to write.")],
    name: Annotated[str | None, typer.Option(help="One list alone, as `gazetteer list` shows it.")] = None,
    as_json: Json = False,
) -> None:
    """Write your own names of places as a table; `gazetteer add` reads it again."""
    from mapping import pipeline
    from mapping.exports import notice
    from mapping.store import Store

    table = pipeline.names_table(Store(), name)
    pipeline.write_table(table, output)
    say({"written": str(output), "rows": table.height}, as_json=as_json)
    say_notice(notice(table.rename({"list": "dataset"})))


@gazetteer.command()
def remove(name: Annotated[str, typer.Argument(help="As `gazetteer list` shows it.")]) -> None:
    """Forget what was learned or added under a name."""
    from mapping.store import Store

    Store().names.remove(name)
    say({"removed": name}, as_json=False)
