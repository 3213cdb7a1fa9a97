"""The options that commands share, and the filter that they make."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mapping.errors import InvalidValue

if TYPE_CHECKING:
    from mapping.query import Filter

__all__ = [
    "Actor", "Bbox", "Cluster", "Columns", "Country", "Dataset", "DateOrder", "Files", "ForPublication", "From", "Json", "Licence", "Out",
    "Precision", "Province", "Rows", "Score", "Strict", "Text", "To", "Type", "Within", "Workers", "chosen_filter",
]  # fmt: skip

Files = Annotated[list[Path], typer.Argument(help="Files to read: table, GeoJSON, GeoPackage, UCDP, ACLED or GTD.")]
Out = Annotated[Path, typer.Option("-o", "--output", help="Where to write; .geojson .csv .xlsx .gpkg .parquet .html.")]
Columns = Annotated[Path | None, typer.Option(help="JSON table: your column names and ours, and date_order.")]
DateOrder = Annotated[str | None, typer.Option(help="How 03/04/2024 is meant: dmy, mdy or ymd.")]
Licence = Annotated[str | None, typer.Option(help="Licence of the rows, where the format does not fix it.")]
ForPublication = Annotated[
    bool, typer.Option("--for-publication", help="Leave out what may not be passed on; the file says how much and why.")
]
Strict = Annotated[bool, typer.Option("--strict", help="Exit with 1 when a row was rejected.")]
Json = Annotated[bool, typer.Option("--json", help="Print JSON for scripts.")]
Country = Annotated[list[str] | None, typer.Option(help="ISO code or name; may be repeated.")]
Province = Annotated[list[str] | None, typer.Option(help="ISO 3166-2 code or name, as IQ-AN; may be repeated.")]
From = Annotated[str | None, typer.Option("--from", help="First day, YYYY-MM-DD.")]
To = Annotated[str | None, typer.Option("--to", help="Last day, YYYY-MM-DD.")]
Type = Annotated[list[str] | None, typer.Option("--type", help="Event type, as 'drone attack'; may be repeated.")]
Actor = Annotated[list[str] | None, typer.Option(help="Actor, either side; may be repeated.")]
Precision = Annotated[str | None, typer.Option(help="site, town, near, district, province, …")]
Score = Annotated[
    float | None,
    typer.Option(
        "--score-at-least",
        min=0,
        max=1,
        help="Place a row only in a way that was right at least so often, from 0 to 1.",
    ),
]
Bbox = Annotated[str | None, typer.Option(help="west,south,east,north in degrees.")]
Within = Annotated[
    str | None,
    typer.Option(help="GeoJSON file with a polygon, or 'CIRCLE (longitude latitude, km)', or 'POLYGON ((…))'."),
]
Text = Annotated[
    str | None, typer.Option(help='Words, "phrases", AND, OR, NOT, brackets, field:word, as place:hit or killed:>5.')
]
Dataset = Annotated[list[str] | None, typer.Option(help="Dataset name; may be repeated.")]
Rows = Annotated[list[str] | None, typer.Option(help="One incident, as 'dataset/incident_id'; may be repeated.")]

Workers = Annotated[
    int | None, typer.Option(min=1, help="Processes to share the parts of a large file; see docs/scaling.md.")
]
Cluster = Annotated[str | None, typer.Option(help="Scheduler of a cluster to share them, as tcp://HOST:8786.")]


def chosen_filter(*values: object) -> Filter:
    """Build the filter from its options, in the order of the filter's parameters; every mistake is told at once."""
    from mapping.query import PARAMETERS, Filter, join_values, read_shape

    given = dict(zip((parameter.name for parameter in PARAMETERS), values, strict=True))
    within = given.pop("within")
    params = {k: join_values(tuple(v)) if isinstance(v, list) else str(v) for k, v in given.items() if v}
    chosen, complaints = Filter.from_params(params)
    if complaints:
        raise InvalidValue("\n".join(complaints))
    return replace(chosen, within=read_shape(within)) if isinstance(within, str) else chosen
