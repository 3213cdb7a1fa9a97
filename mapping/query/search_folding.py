"""Folds running text word by word, so that words and phrases are found whatever the keyboard."""

from __future__ import annotations

import re

import polars as pl

from mapping.toponym import fold, fold_series

__all__ = ["fold_texts", "fold_words"]

_AT_ONCE = 50_000


def fold_words(text: str) -> str:
    """Fold every word of a text for itself: as one name, "US soldiers" would lose its "us" for an article.

    Examples
    --------
    >>> fold_words("US soldiers at Ain al-Asad!"), fold_words("– !!")
    ('us soldiers at ain asad', '')
    """
    return " ".join(filter(None, map(fold, re.findall(r"\S+", text))))


def fold_texts(texts: pl.Series) -> pl.Series:
    """Fold texts as `fold_words` does, each distinct word once: a million summaries have few.

    Examples
    --------
    >>> fold_texts(pl.Series(["Two drones", None])).to_list()
    ['two drones', None]
    """
    # The words of a text take many times its room, so a part of the texts at a time.
    parts = [_folded(texts[first : first + _AT_ONCE]) for first in range(0, len(texts), _AT_ONCE)]
    return pl.concat([pl.Series(dtype=pl.String), *parts])


def _folded(texts: pl.Series) -> pl.Series:
    words = texts.cast(pl.String).str.replace_all(r"[^\S ]", " ").str.split(" ")
    distinct = words.explode().drop_nulls().unique()
    folded = pl.element().replace_strict(distinct, fold_series(distinct), return_dtype=pl.String)
    return words.list.eval(folded.filter(folded != "")).list.join(" ")
