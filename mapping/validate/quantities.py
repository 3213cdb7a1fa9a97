"""Numbers: people, weapons, sources."""

from __future__ import annotations

import polars as pl

from mapping.schema import SCHEMA
from mapping.validate.problems import Checked, cell_findings, finding, quoted
from mapping.values import parse_counts, parse_measures

__all__ = ["check_quantities"]

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
