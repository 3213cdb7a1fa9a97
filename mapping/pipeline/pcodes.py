"""P-codes beside the names of provinces: each code lies in one province, so a row that says another is asked about."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import polars as pl

from mapping.admin import resolve_province, units
from mapping.validate import as_problems, finding

if TYPE_CHECKING:
    from mapping.readers import Reading

__all__ = ["pcode_remarks"]

_HEADING = re.compile(r"(?:(?:adm(?:in)?[1-4]|province|governorate|district)(?:p?code))|pcode")


def pcode_remarks(incidents: pl.DataFrame, reading: Reading) -> pl.DataFrame:
    """Remark on rows whose P-code and province disagree.

    What a code means is known for Iraq and Syria and from boundaries that the user added (a COD-AB); any other means
    the province that most rows with it name. Spellings of one province are one.

    Parameters
    ----------
    incidents
        After validation: source_row, adm1_claimed, country_iso2.
    reading
        Of the same file.

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
    heading = next(
        (name for name in reading.raw.columns if _HEADING.fullmatch(re.sub(r"[\W_]", "", name.lower()))), None
    )
    if heading is None or heading == reading.headings.get("adm1_claimed"):
        return as_problems([], file=reading.path.name, headings={})
    codes = reading.raw.select("source_row", pl.col(heading).str.strip_chars().alias("pcode"))
    rows = incidents.select("source_row", "adm1_claimed", "country_iso2").join(
        codes, on="source_row", how="left", maintain_order="left"
    )
    rows = rows.with_columns(
        resolve_province(rows["adm1_claimed"], rows["country_iso2"]).alias("named"),
        resolve_province(rows["pcode"], rows["country_iso2"]).alias("coded"),
    )
    meant = rows.join(_usual(rows), on="pcode", how="left", maintain_order="left").with_columns(
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


def _usual(rows: pl.DataFrame) -> pl.DataFrame:
    """Return the province that more rows name beside a code than any other."""
    counted = rows.drop_nulls(["pcode", "named"]).group_by("pcode", "named").len()
    most = counted.filter(pl.col("len") == pl.col("len").max().over("pcode"))
    return most.filter(pl.len().over("pcode") == 1).select("pcode", pl.col("named").alias("usual"))
