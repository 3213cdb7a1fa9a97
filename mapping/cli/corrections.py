"""`corrections export` and `corrections import`: what you decided of places, to be shared."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from mapping.cli.options import Json
from mapping.cli.saying import say

__all__ = ["corrections"]

corrections = typer.Typer(help="What you decided of places, to be shared.", no_args_is_help=True)


@corrections.command()
def export(
    output: Annotated[Path, typer.Option("-o", "--output", help="CSV to write.")],
    as_json: Json = False,
) -> None:
    """Write the decisions that stand."""
    from mapping import pipeline
    from mapping.store import Store

    say({"written": str(output), "corrections": pipeline.write_corrections(Store(), output)}, as_json=as_json)


@corrections.command(name="import")
def import_(
    file: Annotated[Path, typer.Argument(help="CSV that `corrections export` wrote.")],
    as_json: Json = False,
) -> None:
    """Take in decisions of others; of two on one question the later counts."""
    from mapping import pipeline
    from mapping.store import Store

    say({"read": str(file), "new corrections": pipeline.read_corrections(Store(), file)}, as_json=as_json)
