"""Identity and evidence: incident_id and source_url."""

from __future__ import annotations

import hashlib

import polars as pl

from mapping.validate.problems import Checked, finding, quoted

__all__ = ["check_identity", "check_links"]

_NO_CONTENT = ("source_row", "incident_id")

_BYTES = 8
"""Of a made identifier: with a million rows, two meet by chance once in 40 million files."""


def check_identity(text: pl.DataFrame) -> Checked:
    """Give every row an incident_id; refuse one that an earlier row has.

    A row without one gets ``row-`` and the first 16 hexadecimal digits of the BLAKE2b hash of its own
    cells, in the order of their names and wherever it stands in the file; the second row of the same cells
    gets ``-2`` after it, and a remark.

    Examples
    --------
    >>> text = pl.DataFrame({"source_row": [2, 3, 4], "incident_id": ["a", None, "a"], "place": ["Hit", "Rutba", "Hit"]})
    >>> checked = check_identity(text)
    >>> checked.columns["incident_id"].to_list()
    ['a', 'row-...', 'a']
    >>> checked.findings[0]["message"].item()
    'Row 2 has the incident_id "a" already. Give this row its own, or take it out.'
    """
    if "incident_id" not in text.columns:
        text = text.with_columns(pl.lit(None, pl.String).alias("incident_id"))
    made, twins = _made(text.filter(pl.col("incident_id").is_null()))
    ids = text.join(made, on="source_row", how="left", maintain_order="left").select(
        pl.coalesce("incident_id", "made").alias("incident_id")
    )
    rows = text.select("source_row", "incident_id").with_columns(
        pl.col("source_row").first().over("incident_id").alias("first"),
    )
    repeated = pl.col("incident_id").is_not_null() & (pl.col("first") != pl.col("source_row"))
    message = pl.format(
        "Row {} has the incident_id {} already. Give this row its own, or take it out.", "first", quoted("incident_id")
    )
    return Checked(
        ids, [finding(rows, repeated, "incident_id", message, allowed="one row for each incident_id"), twins]
    )


def _made(rows: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return the identifiers made for rows without one, and the remarks on rows that are the same."""
    # U+001F parts the cells and U+001D the name from the text, so that no two rows differ and read the same.
    cells = [pl.lit(f"{name}\x1d") + pl.col(name) for name in sorted(rows.columns) if name not in _NO_CONTENT]
    content = pl.concat_str(cells, separator="\x1f", ignore_nulls=True) if cells else pl.lit("")
    counted = rows.select("source_row", "incident_id", content.alias("content"))
    hashes = pl.Series("hash", [_hash(text) for text in counted["content"]], pl.String)
    counted = counted.with_columns(
        hashes,
        pl.int_range(1, pl.len() + 1).over("content").alias("time"),
        pl.col("source_row").first().over("content").alias("first"),
    )
    again = pl.col("time") > 1
    made = pl.when(again).then(pl.format("row-{}-{}", "hash", "time")).otherwise(pl.format("row-{}", "hash"))
    message = pl.format("This row is the same as row {}. If both are one incident, take one out.", "first")
    return (
        counted.select("source_row", made.alias("made")),
        finding(counted, again, "incident_id", message, rejected=False),
    )


def _hash(content: str) -> str:
    return hashlib.blake2b(content.encode(), digest_size=_BYTES).hexdigest()


def check_links(text: pl.DataFrame) -> Checked:
    """Keep source_url where it is a web address, for a page makes a link of it; else null, and noted.

    Examples
    --------
    >>> text = pl.DataFrame({"source_row": [2, 3], "source_url": ["https://example.org/a", "javascript:alert(1)"]})
    >>> check_links(text).columns["source_url"].to_list()
    ['https://example.org/a', None]
    """
    if "source_url" not in text.columns:
        return Checked(pl.DataFrame(), [])
    is_web = pl.col("source_url").str.contains(r"(?i)^https?://[^\s/]")
    message = pl.format(
        "{} is no web address, so it was left out. Write it with http:// or https://.", quoted("source_url")
    )
    return Checked(
        text.select(pl.when(is_web).then("source_url").alias("source_url")),
        [finding(text, ~is_web, "source_url", message, allowed="http:// or https://", rejected=False)],
    )
