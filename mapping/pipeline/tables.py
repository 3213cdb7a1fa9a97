"""Tables that are no incidents: rows to mend, places that were located, names."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import polars as pl

from mapping.errors import InvalidValue, UnwritableFile
from mapping.files import written_whole
from mapping.formulas import guard_formulas

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mapping.pipeline.processing import Processed

__all__ = ["check_targets", "table_file", "write_rejects", "write_table"]


def write_rejects(processed: list[Processed], path: Path) -> None:
    """Write the rows that did not go on, each with the reason, to a CSV that can be mended and read in again."""
    write_table(pl.concat([one.rejects for one in processed], how="diagonal"), path)


def write_table(table: pl.DataFrame, path: Path) -> None:
    """Write any table as CSV, whole or not at all, harmless to a spreadsheet.

    Raises
    ------
    InvalidValue
        The name ends as that of another kind of file does.
    UnwritableFile
        The file cannot be written; an earlier one of its name is left as it was.
    """
    if path.suffix.lower() not in ("", ".csv", ".txt"):
        raise InvalidValue(f"{path}: a table is written as CSV. Let its name end in .csv.")
    try:
        with written_whole(path) as temporary:
            table.with_columns(guard_formulas(pl.col(pl.String))).write_csv(temporary, include_bom=True)
    except OSError as error:
        raise UnwritableFile(f"{path} cannot be written: {error.strerror}.") from error


def table_file(table: pl.DataFrame) -> bytes:
    """Return what `write_table` writes.

    Examples
    --------
    >>> table_file(pl.DataFrame({"place": ["=Hit"]})).decode("utf-8-sig")
    "place\\n'=Hit\\n"
    """
    with TemporaryDirectory(prefix="incident-atlas-") as folder:
        path = Path(folder, "table.csv")
        write_table(table, path)
        return path.read_bytes()


def check_targets(*targets: Path | None, sources: Sequence[Path] = ()) -> None:
    """Refuse to write two files in one place, or over a file that is read.

    Raises
    ------
    InvalidValue
        A target is a source, or another target.
    """
    taken = {path.resolve() for path in sources}
    for path in filter(None, targets):
        if path.resolve() in taken:
            raise InvalidValue(f"{path} is read or written in the same run. Give the output another name.")
        taken.add(path.resolve())
