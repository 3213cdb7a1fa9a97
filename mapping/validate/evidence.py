"""Identity and evidence: incident_id and source_url."""

from __future__ import annotations

import hashlib
from typing import NamedTuple

import polars as pl

from mapping.validate.problems import Checked, finding, quoted

__all__ = ["Repeats", "check_identity", "check_links", "find_repeats", "identity_keys"]

_NO_CONTENT = ("source_row", "incident_id")

_BYTES = 8
"""Of a made identifier: with a million rows, two meet by chance once in 40 million files."""


class Repeats(NamedTuple):
    """Rows that say again what an earlier row of the file says.

    Attributes
    ----------
    ids
        ``source_row`` of those with the incident_id of an earlier row, and the ``first`` row that has it.
    contents
        The same of rows without one whose cells are those of an earlier row; ``time``: the second is 2.
    """

    ids: pl.DataFrame
    contents: pl.DataFrame


def identity_keys(text: pl.DataFrame) -> pl.DataFrame:
    """Return what tells rows apart: ``source_row``, ``id`` and, where the row has none, ``content``, hashed.

    With four million rows, two hashes meet by chance once in two million files.

    Examples
    --------
    >>> identity_keys(pl.DataFrame({"source_row": [2], "incident_id": ["a"]})).columns
    ['source_row', 'id', 'content']
    """
    text = _with_ids(text)
    unnamed = pl.col("incident_id").is_null()
    return text.select(
        "source_row",
        pl.when(~unnamed).then(pl.col("incident_id").hash()).alias("id"),
        (
            pl.when(unnamed).then(_content(text).hash())
            if text["incident_id"].null_count()
            else pl.lit(None, pl.UInt64)
        ).alias("content"),
    )


def find_repeats(keys: pl.DataFrame) -> Repeats:
    """Return the repeated rows of a file.

    Parameters
    ----------
    keys
        As `identity_keys`, of all rows in order.

    Examples
    --------
    >>> text = pl.DataFrame({"source_row": [2, 3], "incident_id": ["a", "a"]})
    >>> find_repeats(identity_keys(text)).ids.rows()
    [(3, 2)]
    """
    ids, contents = (_repeated(keys.select("source_row", key).drop_nulls()) for key in ("id", "content"))
    return Repeats(ids.drop("time"), contents)


def _repeated(keys: pl.DataFrame) -> pl.DataFrame:
    key = keys.columns[1]
    several = keys.filter(keys[key].is_duplicated())
    return several.select(
        "source_row",
        pl.col("source_row").first().over(key).alias("first"),
        pl.int_range(1, pl.len() + 1).over(key).cast(pl.Int64).alias("time"),
    ).filter(pl.col("time") > 1)


def _with_ids(text: pl.DataFrame) -> pl.DataFrame:
    return text if "incident_id" in text.columns else text.with_columns(pl.lit(None, pl.String).alias("incident_id"))


def check_identity(text: pl.DataFrame, *, repeats: Repeats | None = None) -> Checked:
    """Give every row an incident_id; refuse one that an earlier row has.

    A row without one gets ``row-`` and the first 16 hexadecimal digits of the BLAKE2b hash of its own
    cells, in the order of their names and wherever it stands in the file; the second row of the same cells
    gets ``-2`` after it, and a remark.

    Parameters
    ----------
    text
        Text under incident names, with ``source_row``.
    repeats
        Of the whole file, where `text` is a part of it.

    Examples
    --------
    >>> text = pl.DataFrame({"source_row": [2, 3, 4], "incident_id": ["a", None, "a"], "place": ["Hit", "Rutba", "Hit"]})
    >>> checked = check_identity(text)
    >>> checked.columns["incident_id"].to_list()
    ['a', 'row-...', 'a']
    >>> checked.findings[0]["message"].item()
    'Row 2 has the incident_id "a" already. Give this row its own, or take it out.'
    """
    text = _with_ids(text)
    repeats = find_repeats(identity_keys(text)) if repeats is None else repeats
    repeated = text.select("source_row", "incident_id").join(repeats.ids, on="source_row", maintain_order="left")
    message = pl.format(
        "Row {} has the incident_id {} already. Give this row its own, or take it out.", "first", quoted("incident_id")
    )
    refused = finding(repeated, pl.lit(True), "incident_id", message, allowed="one row for each incident_id")
    if not text["incident_id"].null_count():
        return Checked(text.select("incident_id"), [refused])
    made, twins = _made(text.filter(pl.col("incident_id").is_null()), repeats.contents)
    ids = text.join(made, on="source_row", how="left", maintain_order="left")
    return Checked(ids.select(pl.coalesce("incident_id", "made").alias("incident_id")), [refused, twins])


def _content(rows: pl.DataFrame) -> pl.Expr:
    """Return the cells of a row as one text, in the order of their names."""
    # U+001F parts the cells and U+001D the name from the text, so that no two rows differ and read the same.
    cells = [pl.lit(f"{name}\x1d") + pl.col(name) for name in sorted(rows.columns) if name not in _NO_CONTENT]
    return pl.concat_str(cells, separator="\x1f", ignore_nulls=True) if cells else pl.lit("")


def _made(rows: pl.DataFrame, contents: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return the identifiers made for rows without one, and the remarks on rows that are the same."""
    counted = rows.select("source_row", "incident_id", _content(rows).alias("content"))
    hashes = pl.Series("hash", [_hash(text) for text in counted["content"]], pl.String)
    counted = counted.with_columns(hashes).join(contents, on="source_row", how="left", maintain_order="left")
    again = pl.col("time").is_not_null()
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
