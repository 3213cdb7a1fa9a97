"""Columns with a vocabulary of their own: the same word whatever its case."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from mapping.schema import COLUMNS
from mapping.validate.problems import Checked, cell_findings
from mapping.values import Cell, is_unknown, read_cells, tidy

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["check_words", "read_words"]

_READ_ELSEWHERE = ("event_type", "date_precision")
_WORDS = {c.name: c.allowed for c in COLUMNS if c.allowed and c.name not in _READ_ELSEWHERE}


def read_words(texts: pl.Series, allowed: Iterable[str]) -> pl.DataFrame:
    """Write words as the vocabulary does; one that it lacks stays, and what says nothing is null.

    Returns
    -------
    polars.DataFrame
        ``value`` (String), ``problem`` (always null), ``note``.

    Examples
    --------
    >>> read_words(pl.Series(["High", "n/a", "certain"]), ["high", "low"])["value"].to_list()
    ['high', None, 'certain']
    """
    words = {word.casefold(): word for word in allowed}

    def read(text: str) -> Cell:
        plain = tidy(text)
        if plain in words:
            return Cell(words[plain])
        return Cell(note="was taken as unknown") if is_unknown(plain) else Cell(text)

    return read_cells(texts, read, pl.String())


def check_words(text: pl.DataFrame) -> Checked:
    """Read every column that has a vocabulary, and adm1_agrees; whether the word is allowed is not asked here.

    Examples
    --------
    >>> check_words(pl.DataFrame({"source_row": [2], "attribution": ["Claimed"]})).columns.item()
    'claimed'
    """
    columns, findings = [], []
    for column, allowed in {**_WORDS, "adm1_agrees": ("true", "false")}.items():
        if column in text.columns:
            cells = read_words(text[column], allowed)
            columns.append(cells["value"].alias(column))
            findings += cell_findings(text, column, cells, allowed=", ".join(allowed))
    typed = pl.DataFrame(columns)
    if "adm1_agrees" in typed.columns:
        agrees = pl.col("adm1_agrees").replace_strict({"true": True, "false": False}, default=None)
        typed = typed.with_columns(agrees.cast(pl.Boolean))
    return Checked(typed, findings)
