"""P-codes beside the names of provinces: each code lies in one province, so a row that says another is asked about."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import polars as pl

from mapping.admin import resolve_province, units
from mapping.validate import as_problems, country_codes, finding

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from mapping.readers import Reading

__all__ = ["pcode_heading", "pcode_remarks", "pcodes_beside"]

_HEADING = re.compile(r"(?:(?:adm(?:in)?[1-4]|province|governorate|district)(?:p?code))|pcode")
_BESIDE = {"pcode": pl.String(), "adm1_claimed": pl.String(), "country_iso2": pl.String(), "rows": pl.Int64()}


def pcode_remarks(incidents: pl.DataFrame, reading: Reading, *, coded: pl.DataFrame | None = None) -> pl.DataFrame:
    """Remark on rows whose P-code and province disagree.

    What a code means is known for Iraq and Syria and from boundaries that the user added (a COD-AB); any other means
    the province that most rows with it name. Spellings of one province are one.

    Parameters
    ----------
    incidents
        After validation: source_row, adm1_claimed, country_iso2.
    reading
        Of the same file.
    coded
        As `pcodes_beside`, of the whole file, where `reading` is a part of it.

    Returns
    -------
    polars.DataFrame
        Columns as `mapping.validate.PROBLEMS`; the names were taken, whatever the codes say.

    Examples
    --------
    >>> from pathlib import Path
    >>> from mapping.readers import Reading
    >>> names, codes = ["Anbar", "Al-Anbar", "Nineveh"], ["IQG01"] * 3
    >>> raw = pl.DataFrame({"admin1Name": names, "admin1Pcode": codes, "source_row": [2, 3, 4]})
    >>> rows = pl.DataFrame({"adm1_claimed": names, "country_iso2": "IQ", "source_row": [2, 3, 4]})
    >>> pcode_remarks(rows, Reading(Path("a.csv"), "table", raw, rows, rows.clear()))["message"].item()
    '"Nineveh" stands beside the P-code "IQG01", which is that of Anbar. The name was taken: check both.'
    """
    heading = pcode_heading(reading.raw.columns, reading.headings)
    if heading is None:
        return as_problems([], file=reading.path.name, headings={})
    coded = pcodes_beside(reading) if coded is None else coded
    rows = incidents.select("source_row", "adm1_claimed", "country_iso2").join(
        _codes(reading, heading), on="source_row", how="left", maintain_order="left"
    )
    rows = _resolved(rows)
    meant = rows.join(_usual(coded), on="pcode", how="left", maintain_order="left").with_columns(
        pl.coalesce("coded", "usual").alias("meant")
    )
    names = dict(units().select("adm1_code", "adm1_name").iter_rows())
    message = pl.format(
        '"{}" stands beside the P-code "{}", which is that of {}. The name was taken: check both.',
        "adm1_claimed",
        "pcode",
        pl.col("meant").replace_strict(names, default=None, return_dtype=pl.String),
    )
    found = finding(meant, pl.col("named") != pl.col("meant"), "adm1_claimed", message, rejected=False)
    return as_problems([found], file=reading.path.name, headings=reading.headings)


def pcodes_beside(reading: Reading) -> pl.DataFrame:
    """Count which provinces stand beside which P-code: in a file, or in a part of one.

    Returns
    -------
    polars.DataFrame
        ``pcode``, ``adm1_claimed``, ``country_iso2`` and ``rows``; empty where there is no column of P-codes.

    Examples
    --------
    >>> from mapping.datasets import shipped
    >>> from mapping.readers import read
    >>> pcodes_beside(read(shipped("incidents/incidents.csv"))).height
    0
    """
    heading = pcode_heading(reading.raw.columns, reading.headings)
    if heading is None:
        return pl.DataFrame(schema=_BESIDE)
    absent = [pl.lit(None, pl.String).alias(name) for name in _BESIDE if name not in reading.incidents.columns]
    rows = reading.incidents.with_columns(absent).select(
        "source_row",
        pl.col("adm1_claimed").str.strip_chars(" \u00a0"),
        country_codes(pl.col("country_iso2").str.strip_chars(" \u00a0")),
    )
    beside = rows.join(_codes(reading, heading), on="source_row", maintain_order="left")
    return beside.group_by("pcode", "adm1_claimed", "country_iso2").agg(pl.len().cast(pl.Int64).alias("rows"))


def pcode_heading(columns: Sequence[str], headings: Mapping[str, str]) -> str | None:
    """Return which of a file's `columns` holds P-codes; `headings` says which was taken for what.

    Examples
    --------
    >>> pcode_heading(["Date", "ADM1_PCODE"], {"date_start": "Date"})
    'ADM1_PCODE'
    """
    found = next((name for name in columns if _HEADING.fullmatch(re.sub(r"[\W_]", "", name.lower()))), None)
    return None if found == headings.get("adm1_claimed") else found


def _codes(reading: Reading, heading: str) -> pl.DataFrame:
    return reading.raw.select("source_row", pl.col(heading).str.strip_chars().alias("pcode"))


def _resolved(rows: pl.DataFrame) -> pl.DataFrame:
    return rows.with_columns(
        resolve_province(rows["adm1_claimed"], rows["country_iso2"]).alias("named"),
        resolve_province(rows["pcode"], rows["country_iso2"]).alias("coded"),
    )


def _usual(coded: pl.DataFrame) -> pl.DataFrame:
    """Return the province that more rows name beside a code than any other."""
    counted = _resolved(coded).drop_nulls(["pcode", "named"]).group_by("pcode", "named").agg(pl.col("rows").sum())
    most = counted.filter(pl.col("rows") == pl.col("rows").max().over("pcode"))
    return most.filter(pl.len().over("pcode") == 1).select("pcode", pl.col("named").alias("usual"))
