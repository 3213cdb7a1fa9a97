"""Corrections as a CSV that people share."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from mapping import readers
from mapping.errors import InvalidValue
from mapping.formulas import unguard_formulas
from mapping.geocoder.corrections import CORRECTIONS
from mapping.pipeline.tables import table_file, write_table
from mapping.schema import GEO_PRECISIONS, PLACED_AS_POINT
from mapping.validate import country_codes

if TYPE_CHECKING:
    from mapping.store import Store

__all__ = ["corrections_file", "read_corrections", "write_corrections"]

_NUMBERS = {"latitude": 90.0, "longitude": 180.0, "radius_km": 20_000.0}
_WITH_POINT = (*PLACED_AS_POINT, "district")


def write_corrections(store: Store, path: Path) -> int:
    """Write the corrections that stand as CSV, columns of `mapping.geocoder.corrections.CORRECTIONS`; return how many.

    Raises
    ------
    UnwritableFile
        The file cannot be written; an earlier one of its name is left as it was.
    """
    standing = store.corrections.all().select(*CORRECTIONS)
    write_table(standing, path)
    return standing.height


def corrections_file(store: Store) -> bytes:
    """Return what `write_corrections` writes."""
    return table_file(store.corrections.all().select(*CORRECTIONS))


def read_corrections(store: Store, path: Path) -> int:
    """Take in corrections that `write_corrections` wrote, all of them or none; return how many were new.

    Of two on one question the one decided later counts, whoever made it.

    Raises
    ------
    UnreadableFile
        It is no table.
    InvalidValue
        A column is missing, or a row is none that a person could have decided; every such row is named.
    """
    table = readers.read_table(path)
    if missing := [name for name in CORRECTIONS if name not in table.columns]:
        raise InvalidValue(f"{path.name} has no column {', '.join(missing)}. `corrections export` writes them all.")
    table = table.select(unguard_formulas(pl.col(name).str.strip_chars()).replace("", None) for name in CORRECTIONS)
    # A spreadsheet of a country with decimal commas writes 33,6.
    number = {name: pl.col(name).str.replace(r"^(-?\d+),(\d+)$", "$1.$2") for name in _NUMBERS}
    made = table.with_columns(text.cast(pl.Float64, strict=False).alias(name) for name, text in number.items())
    if complaints := _complaints(table, made):
        raise InvalidValue(f"{path.name} is not taken in. " + " ".join(complaints))
    standing = store.corrections.all().select(*CORRECTIONS)
    new = made.unique(maintain_order=True).join(
        standing, on=list(CORRECTIONS), how="anti", nulls_equal=True, maintain_order="left"
    )
    if new.height:
        store.corrections.add(*new.to_dicts())
    return new.height


def _was(decided_at: pl.Expr) -> pl.Expr:
    """Tell dates in the form that the store writes, for these sort by time; a day ahead is a clock that is wrong."""
    day = decided_at.str.to_date("%Y-%m-%d", strict=False)
    time = decided_at.str.to_datetime("%Y-%m-%dT%H:%M:%S+00:00", strict=False)
    return pl.coalesce(time, day.cast(pl.Datetime)) < datetime.now(UTC).replace(tzinfo=None) + timedelta(days=1)


def _complaints(table: pl.DataFrame, made: pl.DataFrame) -> list[str]:
    """Name what is wrong, one sentence for each rule that is broken."""
    has_point = pl.col("latitude").is_not_null() & pl.col("longitude").is_not_null()
    point = pl.col("geo_precision").is_in(_WITH_POINT)
    rules = {
        f"geo_precision is one of {', '.join(GEO_PRECISIONS)}": pl.col("geo_precision").is_in(GEO_PRECISIONS),
        "place has a letter or a digit": pl.col("place").str.contains(r"[\p{L}\p{N}]"),
        "country_iso2 is an ISO 3166-1 code, as IQ, or empty": pl.col("country_iso2").is_null()
        | pl.col("country_iso2").eq_missing(country_codes(pl.col("country_iso2"))),
        "decided_at is a date, as 2026-11-24 or 2026-11-24T10:00:00+00:00, that is not to come": _was(
            pl.col("decided_at")
        ),
        f"{', '.join(_WITH_POINT)} have latitude and longitude, the others neither": has_point == point,
        "a province has its code as place_id": (pl.col("geo_precision") != "province")
        | pl.col("place_id").is_not_null(),
    }
    for name, most in _NUMBERS.items():
        least = 0.0 if name == "radius_km" else -most
        is_number = pl.col(name).is_between(least, most) | pl.lit(table[name].is_null())
        rules[f"{name} is a number from {least:g} to {most:g}"] = is_number
    broken = {
        rule: made.select(holds.fill_null(False).not_().arg_true()).to_series() + 2 for rule, holds in rules.items()
    }
    return [
        f"Row{'' if len(rows) == 1 else 's'} {', '.join(map(str, rows.head(10)))}{'…' if len(rows) > 10 else ''}: {rule}."
        for rule, rows in broken.items()
        if len(rows)
    ]
