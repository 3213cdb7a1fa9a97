"""`boundaries add`, `boundaries list` and `boundaries remove`: provinces and districts of the user's own."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from mapping.cli.options import Json
from mapping.cli.saying import inert, say, stderr, tell

__all__ = ["boundaries"]

boundaries = typer.Typer(
    help="Provinces and districts of your own, in the place of the shipped ones.", no_args_is_help=True
)


@boundaries.command()
def add(
    file: Annotated[Path, typer.Argument(help="GeoJSON, GeoPackage, Shapefile (zipped, too) or GeoParquet.")],
    level: Annotated[str, typer.Option(help="adm1 for provinces, adm2 for districts.")],
    country: Annotated[str, typer.Option(help="ISO code or name.")],
    licence: Annotated[str, typer.Option(help="Licence of the file; every export names it.")],
    name: Annotated[str | None, typer.Option(help="What to call it; the file's name when not given.")] = None,
    version: Annotated[str | None, typer.Option(help="Day of validity, where the file does not say it.")] = None,
    citation: Annotated[str, typer.Option(help="How to cite it.")] = "",
    as_json: Json = False,
) -> None:
    """Keep the provinces or districts of a country; from now on they are in use."""
    from mapping import pipeline
    from mapping.store import Store

    added = pipeline.add_boundaries(
        Store(), file, level=level, country=country, licence=licence, name=name, version=version, citation=citation
    )
    for note in added.notes:
        stderr.print(inert(f"{added.source_file}: {note}"))
    facts = ("name", "level", "country_iso2", "version", "features")
    say({fact: getattr(added, fact) for fact in facts}, as_json=as_json)


@boundaries.command(name="list")
def list_(as_json: Json = False) -> None:
    """List your boundaries, with version and licence."""
    from mapping.store import Store

    held = Store().boundaries.all()
    if as_json:
        print(json.dumps([asdict(file) for file in held], ensure_ascii=False, default=str))
        return
    for file in held:
        replaced = "" if file.in_use else " · replaced by a later one"
        tell(
            f"{file.name}\n  {file.level} of {file.country_iso2} · {file.features:,} units · version {file.version}{replaced}"
        )
        tell(f"  {file.licence}{' · ' if file.citation else ''}{file.citation}")
    if not held:
        stderr.print("No boundaries of your own: the shipped provinces are in use.")


@boundaries.command()
def remove(name: Annotated[str, typer.Argument(help="As `boundaries list` shows it.")]) -> None:
    """Take boundaries away; what they had replaced counts again."""
    from mapping.store import Store

    Store().boundaries.remove(name)
    say({"removed": name}, as_json=False)
