"""A version on its way in: its parts are staged beside the rows, in any order and by any process, then put together."""

from __future__ import annotations

import json
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import polars as pl

from mapping.errors import StoreError
from mapping.files import sync
from mapping.schema import conform
from mapping.store.pieces import ROW_GROUP, Stretch, batches, describe, joined, keep_files, manifest
from mapping.store.trouble import plainly

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mapping.store.version import Version

__all__ = ["Incoming", "assemble", "put_in_place", "stage"]

_GIVEN_ON_READING = ("dataset", "dataset_version")
_WHOLE = "whole"
_INCIDENTS, _RAW, _REJECTS, _FACTS = "incidents.arrow", "raw.parquet", "rejects.parquet", "facts.json"
_PART, _PLACE = "_part", "_place"
_BATCH = 1024
"""Rows of a staged part that are unpacked at once: few, for pieces take a short stretch of every part."""

_AT_ONCE = 3
"""Pieces that are put together at once, in memory: the more, the fewer stretches are there to read."""

_YEAR = pl.coalesce("date_start", "date_end").dt.year()
_SORTED = ("country_iso2", "_year", "adm1_code", "date_start")


@dataclass
class Incoming:
    """A version that is being written; `Store.begin` gives it.

    Attributes
    ----------
    folder
        Where parts are staged; what `stage` needs in another process.
    entered
        The version, once the block is left.
    """

    folder: Path
    entered: Version = field(init=False)

    def add(
        self, number: int, incidents: pl.DataFrame, *, raw: pl.DataFrame, rejects: pl.DataFrame | None = None
    ) -> None:
        """Add part `number` of the file; see `stage`."""
        stage(self.folder, number, incidents, raw=raw, rejects=rejects)


def stage(
    folder: Path, number: int, incidents: pl.DataFrame, *, raw: pl.DataFrame, rejects: pl.DataFrame | None = None
) -> None:
    """Stage part `number` of a version in the `folder` of an `Incoming`, from whatever process can write there.

    A part comes whole or not at all. One that is there stays: a part is the same however often it is made.

    Parameters
    ----------
    number
        Of the part, from 0, in the order of the file, and none left out.
    incidents, raw, rejects
        As for `mapping.store.Store.add`.

    Raises
    ------
    StoreError
        The folder cannot be written.

    Examples
    --------
    >>> with TemporaryDirectory() as folder:
    ...     stage(Path(folder), 0, pl.DataFrame({"incident_id": ["a"]}), raw=pl.DataFrame({"id": ["a"]}))
    ...     sorted(file.name for file in Path(folder, "00000000").iterdir())
    ['facts.json', 'incidents.arrow', 'raw.parquet']
    """
    place = folder / f"{number:08}"
    with plainly(folder.parents[1]), TemporaryDirectory(dir=folder, ignore_cleanup_errors=True) as beside:
        made = Path(beside, "part")
        made.mkdir()
        rows = conform(incidents).drop(_GIVEN_ON_READING).with_columns(_YEAR.alias("_year")).with_row_index(_PLACE)
        rows = rows.sort(_SORTED, nulls_last=True, maintain_order=True)
        rows.write_ipc(made / _INCIDENTS, compression="lz4", record_batch_size=_BATCH)
        raw.write_parquet(made / _RAW)
        if rejects is not None:
            rejects.write_parquet(made / _REJECTS)
        facts = {
            "incidents": incidents.height,
            "partitions": rows.group_by(_SORTED[:2], maintain_order=True).len().rows(),
            "raw": _reach(raw),
            "rejects": _reach(rejects),
        }
        (made / _FACTS).write_text(json.dumps(facts), encoding="utf-8")
        try:
            made.replace(place)
        except OSError:
            if not place.exists():
                raise


def _reach(table: pl.DataFrame | None) -> dict[str, Any] | None:
    """Return what a manifest tells of a table of the source's rows."""
    if table is None:
        return None
    rows = table["source_row"] if "source_row" in table.columns else pl.Series([None], dtype=pl.Int64)
    return {"rows": table.height, "rows_from": rows.min(), "rows_to": rows.max()}


def assemble(folder: Path, *, licence: str, citation: str) -> tuple[dict[str, Any], dict[str, int]]:
    """Put the staged parts of `folder` together, a piece at a time; `put_in_place` moves the files among the rows.

    Returns
    -------
    content, facts
        What `incidents`, `raw` and `rejects` are named, and how many `rows` went on and were `rejected`.

    Raises
    ------
    StoreError
        A part is missing or damaged.
    """
    whole = folder / _WHOLE
    whole.mkdir()
    parts = _parts(folder)
    told = [_facts(part) for part in parts]
    terms = [
        pl.col(column).fill_null(pl.lit(text or None, pl.String))
        for column, text in (("licence", licence), ("citation", citation))
    ]
    pieces = list(_pieces(folder, parts, [facts["partitions"] for facts in told], terms))
    content: dict[str, Any] = {"incidents": manifest(whole, folder, keep_files(whole, pieces))}
    for kind, table in (("raw", _RAW), ("rejects", _REJECTS)):
        tables = [(part / table, facts[kind]) for part, facts in zip(parts, told, strict=True) if facts[kind]]
        full = [one for one in tables if one[1]["rows"]] or tables[:1]
        content[kind] = manifest(whole, folder, keep_files(whole, full)) if full else None
    rejected = sum(facts["rejects"]["rows"] for facts in told if facts["rejects"])
    return content, {"rows": sum(facts["incidents"] for facts in told), "rejected": rejected}


def put_in_place(folder: Path, files: Path) -> None:
    """Move what `assemble` made among the rows; whoever enters the version does so next."""
    for file in (folder / _WHOLE).iterdir():
        file.replace(files / file.name)
    sync(files)


def _parts(folder: Path) -> list[Path]:
    """Return the staged parts; what a killed worker left of one lies in a folder of another name."""
    parts = sorted(path for path in folder.iterdir() if path.name.isdecimal())
    numbers = {int(part.name) for part in parts}
    if missing := sorted(set(range(max(numbers, default=0) + 1)) - numbers):
        raise StoreError(f"The import lacks part {missing[0]}: nothing of it was kept. Import the file again.")
    return parts


def _facts(part: Path) -> dict[str, Any]:
    with _damage_told(part):
        facts: dict[str, Any] = json.loads((part / _FACTS).read_text(encoding="utf-8"))
        return facts


@contextmanager
def _damage_told(part: Path) -> Iterator[None]:
    try:
        yield
    except (OSError, ValueError, pl.exceptions.PolarsError) as error:
        raise StoreError(
            f"Part {int(part.name)} of the import was damaged ({error}): nothing of it was kept. Import the file again."
        ) from error


def _pieces(
    folder: Path, parts: Sequence[Path], partitions: Sequence[Any], terms: Sequence[pl.Expr]
) -> Iterator[tuple[Path, dict[str, Any]]]:
    """Write every piece beside the parts; one alone keeps the order of the file."""
    wanted = batches(partitions) or [[Stretch(part, 0, 0) for part in range(len(parts))]]
    several = len(wanted) > 1
    order = [*_SORTED, _PART, _PLACE] if several else [_PART, _PLACE]
    for first in range(0, len(wanted), _AT_ONCE):
        together = wanted[first : first + _AT_ONCE]
        for number, piece in enumerate(_cut(_rows(parts, together, order).with_columns(terms), together), first):
            path = folder / f"piece-{number}.parquet"
            piece.write_parquet(path, row_group_size=ROW_GROUP if several else None)
            yield path, {"rows": piece.height, **describe(piece)}
            del piece  # or its rows would stay in memory beside the next ones


def _rows(parts: Sequence[Path], together: Sequence[Sequence[Stretch]], order: Sequence[str]) -> pl.DataFrame:
    stretches = (_stretch(parts[one.part], one) for one in joined(chain(*together)))
    return pl.concat(stretches).sort(order, nulls_last=True).drop("_year", _PART, _PLACE)


def _cut(rows: pl.DataFrame, together: Sequence[Sequence[Stretch]]) -> Iterator[pl.DataFrame]:
    for batch in together:
        size = sum(one.rows for one in batch)
        yield rows[:size]
        rows = rows[size:]


def _stretch(part: Path, stretch: Stretch) -> pl.DataFrame:
    with _damage_told(part):
        staged = pl.scan_ipc(part / _INCIDENTS).slice(stretch.start, stretch.rows)
        return staged.with_columns(pl.lit(stretch.part, pl.UInt32).alias(_PART)).collect()
