"""Numbers: people, weapons, sources; and where."""

from __future__ import annotations

import polars as pl

from mapping.schema import SCHEMA
from mapping.validate.problems import Checked, cell_findings, finding, quoted
from mapping.values import Axis, parse_counts, parse_degrees, parse_measures

__all__ = ["check_positions", "check_quantities"]

_COUNTS = [name for name, dtype in SCHEMA.items() if dtype == pl.Int64 and name != "source_row"]
_FATALITIES = ("fatalities_low", "fatalities_best", "fatalities_high")


def check_quantities(text: pl.DataFrame, *, published: bool = False) -> Checked:
    """Turn counts into whole numbers and radius_km into a number; fatalities must not fall from low to best to high.

    In a published dataset (UCDP GED has such rows) they are the source's own, and only remarked upon.

    Examples
    --------
    >>> text = pl.DataFrame({"source_row": [2], "fatalities_low": ["5"], "fatalities_high": ["3"]})
    >>> check_quantities(text).findings[-1]["message"].item()
    'fatalities_low "5" is above fatalities_high "3". Check both.'
    """
    columns, findings = [], []
    for column in [*_COUNTS, "radius_km"]:
        if column in text.columns:
            cells = parse_measures(text[column]) if column == "radius_km" else parse_counts(text[column])
            columns.append(cells["value"].alias(column))
            findings += cell_findings(text, column, cells)
    typed = pl.DataFrame(columns)
    return Checked(typed, findings + _falling(text, typed, published))


def _falling(text: pl.DataFrame, typed: pl.DataFrame, published: bool) -> list[pl.DataFrame]:
    advice = "Both were kept as the source gives them." if published else "Check both."
    given = [column for column in _FATALITIES if column in typed.columns]
    rows = text.select("source_row", *given).hstack(typed.select(pl.col(given).name.prefix("number_")))
    return [
        finding(
            rows,
            pl.col(f"number_{lower}") > pl.col(f"number_{upper}"),
            lower,
            pl.format(f"{lower} {{}} is above {upper} {{}}. {advice}", quoted(lower), quoted(upper)),
            allowed=f"at most {upper}",
            rejected=not published,
        )
        for position, lower in enumerate(given)
        for upper in given[position + 1 :]
    ]


def check_positions(text: pl.DataFrame) -> Checked:
    """Turn latitude and longitude into degrees; one without the other, and 0, 0, are no position, and noted.

    Examples
    --------
    >>> text = pl.DataFrame({"source_row": [2, 3], "latitude": ["33.8", "0"], "longitude": ["42.4", "0"]})
    >>> check_positions(text).columns.rows()
    [(33.8, 42.4), (None, None)]
    """
    axes: tuple[Axis, Axis] = ("latitude", "longitude")
    if not set(axes) & set(text.columns):
        return Checked(pl.DataFrame(), [])
    text = text.with_columns(pl.lit(None, pl.String).alias(axis) for axis in axes if axis not in text.columns)
    cells = {axis: parse_degrees(text[axis], axis) for axis in axes}
    read = pl.DataFrame([cells[axis]["value"].alias(f"{axis}_read") for axis in axes])
    findings = [found for axis in axes for found in cell_findings(text, axis, cells[axis])]
    null_island = pl.all_horizontal(pl.col(f"{axis}_read") == 0 for axis in axes)
    rows = text.select("source_row", *axes).hstack(read)
    findings += [
        finding(rows, null_island, "latitude", pl.lit("0, 0 was taken as no coordinates."), rejected=False),
        *(
            finding(
                rows, _lone(axis, other), axis, pl.lit(f"No {other}, so the {axis} was passed over."), rejected=False
            )
            for axis, other in (axes, axes[::-1])
        ),
    ]
    whole = pl.all_horizontal(pl.col(f"{axis}_read").is_not_null() for axis in axes) & ~null_island
    return Checked(rows.select(pl.when(whole).then(f"{axis}_read").alias(axis) for axis in axes), findings)


def _lone(axis: str, other: str) -> pl.Expr:
    """Test for a coordinate whose other one is unknown; one that could not be read is refused elsewhere."""
    return pl.col(f"{axis}_read").is_not_null() & pl.col(other).is_null()
