"""`locate`: what a place text may mean."""

from __future__ import annotations

import json
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from mapping.cli.options import Json, Score
from mapping.cli.saying import say, shown, stderr, tell
from mapping.errors import InvalidValue

__all__ = ["locate"]


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
    score_at_least: Score = None,
) -> None:
    """Find candidates for one place, best first; or locate every row of a table."""
    from mapping import pipeline

    if input_ is None:
        if text is None:
            raise InvalidValue("Give a place, or a table with --input and --place-column.")
        if score_at_least is not None:
            raise InvalidValue(
                "--score-at-least is for a table: give one with --input. Of one place every candidate is told."
            )
        _print_candidates(text, country, province, limit, as_json=as_json)
        return
    if place_column is None or output is None:
        raise InvalidValue("With --input, give --place-column and -o OUT.csv as well.")
    pipeline.check_targets(output, sources=[input_])
    located = shown(
        partial(
            pipeline.locate_table,
            input_,
            place=place_column,
            district=district_column,
            province=province_column,
            country=country_column,
            corrections=pipeline.own_corrections(),
            score_at_least=score_at_least,
        )
    )
    pipeline.write_table(located, output)
    answered = located.height - located["latitude"].null_count()
    say({"written": str(output), "rows": located.height, "with coordinates": answered}, as_json=as_json)


def _print_candidates(text: str, country: str | None, province: str | None, limit: int, *, as_json: bool) -> None:
    from mapping import pipeline

    found = pipeline.locate_text(
        text, country=country, province=province, limit=limit, corrections=pipeline.own_corrections()
    )
    if as_json:
        print(json.dumps([asdict(one) for one in found], ensure_ascii=False))
    elif not found:
        stderr.print(f"Nothing is known by that name: {text[:80]}")
    for one in [] if as_json else found:
        point = "no point" if one.latitude is None else f"{one.latitude}, {one.longitude}"
        tell(f"{one.name} · {one.kind} · {one.adm1_name or '–'}, {one.country_iso2 or '–'} · {point}")
        score = "" if one.latitude is None else f" · score {one.score:.2f}"  # a province is what the row states
        tell(f"  {one.geo_precision}, within {one.radius_km:g} km{score} · {one.reason}")
