"""The command line: parse, call the pipeline, print. Data on stdout or -o, words on stderr.

Exit status: 0 done; 1 done, but rows were rejected and --strict was given; 2 could not.
"""

from __future__ import annotations

import sys
from functools import wraps
from typing import TYPE_CHECKING, Any

import typer

from mapping.cli.boundaries import boundaries
from mapping.cli.convert import check, convert
from mapping.cli.corrections import corrections
from mapping.cli.draft import draft
from mapping.cli.keeping import export, import_, sources
from mapping.cli.locate import locate
from mapping.cli.names import gazetteer, learn
from mapping.cli.saying import inert, stderr
from mapping.errors import MappingError

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["app", "main"]

app = typer.Typer(
    name="mapping",
    help="Incident records: placed, joined to administrative boundaries, filtered, exported. Offline.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


def _by_own(command: Callable[..., None]) -> Callable[..., None]:
    """Let a command go by the boundaries and names in the user's store."""

    @wraps(command)
    def run(*arguments: Any, **options: Any) -> None:
        from mapping.pipeline import using_own

        with using_own():
            command(*arguments, **options)

    return run


for command in (convert, locate, draft, import_, export, sources, check, learn):
    app.command(name=command.__name__.strip("_"))(_by_own(command))
app.add_typer(boundaries, name="boundaries")
app.add_typer(gazetteer, name="gazetteer")
app.add_typer(corrections, name="corrections")


def main() -> None:
    """Run the command line: a refusal is one sentence on stderr and exit status 2."""
    try:
        app()
    except MappingError as error:
        stderr.print(inert(str(error)))
        sys.exit(2)
