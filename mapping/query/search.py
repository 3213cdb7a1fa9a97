"""Finds the rows that a search asks for."""

from __future__ import annotations

import operator
from collections.abc import Callable
from functools import lru_cache
from threading import Lock
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

import numpy as np
import polars as pl
import pyarrow as pa

from mapping import admin
from mapping.query.parameters import country_names
from mapping.query.search_fields import FIELDS, SEARCHED
from mapping.query.search_folding import fold_texts
from mapping.query.search_language import AllOf, AnyOf, Not, Number, Unknown, Words
from mapping.query.search_parser import parse_query

if TYPE_CHECKING:
    from mapping.query.search_language import Query

__all__ = ["Texts", "has_text"]

_COMPARISONS = {
    "=": operator.eq, ">": operator.gt, ">=": operator.ge, "<": operator.lt, "<=": operator.le,
}  # fmt: skip
_REMEMBERED = 16
_AT_ONCE = 250_000
_NONE = -1

Keep: TypeAlias = Callable[[str, Callable[[], dict[str, np.ndarray]]], dict[str, np.ndarray]]


def _make(name: str, made: Callable[[], dict[str, np.ndarray]]) -> dict[str, np.ndarray]:
    del name
    return made()


class _Folded(NamedTuple):
    """A column of text: its distinct values, folded, with a space before each word; and which one each row has."""

    values: pl.Series
    codes: np.ndarray  # where the row has none: as many as there are values


class Texts:
    """The texts and numbers of incidents, to be searched; made once, it is quicker every time after the first.

    A column is folded when it is first asked for. A million summaries of thirty words take some ten seconds then, a third
    of a second from there on, and as much room again as the summaries themselves. Threads may share it.

    Parameters
    ----------
    incidents
        With the columns that are searched, at least, as text or in types of `mapping.query.COMPACT`; never changed.
    keep
        Takes a name and what makes arrays, and returns these: where it has them from before, they are not made again.

    Examples
    --------
    >>> from mapping.schema import conform
    >>> rows = pl.DataFrame({"place": ["Ramadi", "Hit"], "summary": ["Two drones", "A drone"], "injured": [None, 0]})
    >>> texts = Texts(conform(rows))
    >>> [texts.found(text).to_list() for text in ("drone place:hit", "two OR injured:0", "-injured:0")]
    [[False, True], [True, True], [True, False]]
    """

    def __init__(self, incidents: pl.DataFrame, *, keep: Keep = _make) -> None:
        self.incidents = incidents
        self._keep = keep
        self._columns: dict[str, _Folded] = {}
        self._folding = Lock()
        self._remembered = lru_cache(_REMEMBERED)(lambda text: pl.Series(self._passing(parse_query(text))))

    def found(self, text: str) -> pl.Series:
        """Return for each row whether it is what a search asks for; the last ones are remembered.

        Raises
        ------
        InvalidValue
            The search cannot be read.
        """
        return self._remembered(text)

    def _passing(self, query: Query) -> np.ndarray:
        match query:
            case Words(words, field):
                return self._with_words(words, FIELDS[field] if field else SEARCHED)
            case Number(field, sign, value):
                return _COMPARISONS[sign](self.incidents[FIELDS[field][0]], value).fill_null(False).to_numpy()
            case Unknown(field):
                return self._unknown(FIELDS[field])
            case Not(part):
                return ~self._passing(part)
            case AllOf(parts):
                found = self._passing(parts[0])
                for part in parts[1:]:
                    found = found & self._passing(part) if found.any() else found
                return found
            case AnyOf(parts):
                return np.logical_or.reduce([self._passing(part) for part in parts])

    def _with_words(self, words: str, columns: tuple[str, ...]) -> np.ndarray:
        found = np.zeros(self.incidents.height, dtype=bool)
        # A word in Latin letters matches from its beginning; Arabic joins "and", "in" and "the" to the one that follows.
        needle = f" {words}" if words.isascii() else words
        for values, codes in map(self._column, columns):
            hits = values.str.contains(needle, literal=True)
            if hits.any():
                found |= np.append(hits.to_numpy(), False)[codes]
        return found

    def _unknown(self, columns: tuple[str, ...]) -> np.ndarray:
        known = np.logical_or.reduce([self.incidents[column].is_not_null().to_numpy() for column in columns])
        is_number = self.incidents.schema[columns[0]].is_numeric()
        return ~known if is_number else ~known | self._with_words("unknown", columns)

    def _column(self, name: str) -> _Folded:
        with self._folding:
            if name not in self._columns:
                self._columns[name] = self._folded(self.incidents[name])
            return self._columns[name]

    def _folded(self, column: pl.Series) -> _Folded:
        if column.dtype in (pl.Categorical, pl.Enum):
            return _fold_words_of(column)
        return _mapped(self._keep(f"words-{column.name}", lambda: _fold_column(column)))


def has_text(text: str) -> pl.Expr:
    """Test whether a row is what a search asks for; `Texts` does the same, and remembers what it folded.

    Examples
    --------
    >>> from mapping.schema import conform
    >>> rows = conform(pl.DataFrame({"summary": ["Two drones", "the house"]}))
    >>> [rows.filter(has_text(text)).height for text in ("drone", "us", '"two drone"', "two house")]
    [1, 0, 1, 0]
    """
    columns = sorted(columns_of(parse_query(text)))
    return pl.struct(columns).map_batches(lambda rows: Texts(rows.struct.unnest()).found(text), return_dtype=pl.Boolean)


def columns_of(query: Query) -> set[str]:
    """Return the columns that a query looks into.

    Examples
    --------
    >>> columns_of(parse_query("killed:>5 actor:isis")) == {"fatalities_best", "actor1", "actor2"}
    True
    """
    match query:
        case Not(part):
            return columns_of(part)
        case AllOf(parts) | AnyOf(parts):
            return set().union(*map(columns_of, parts))
        case _:
            return set(FIELDS[query.field] if query.field else SEARCHED)


def _fold_words_of(column: pl.Series) -> _Folded:
    """Fold words that are numbers already: these lead to the values, without a look at a row's letters."""
    values = column.drop_nulls().unique()
    numbers = values.to_physical().to_numpy()
    place = np.full(int(numbers.max(initial=0)) + 1, len(values), np.int32)
    place[numbers] = np.arange(len(values), dtype=np.int32)
    codes = place[column.to_physical().fill_null(0).to_numpy()]
    if column.null_count():
        codes[column.is_null().to_numpy()] = len(values)
    return _Folded(_fold(values), codes)


def _fold_column(column: pl.Series) -> dict[str, np.ndarray]:
    """Fold texts, some rows at a time: their letters one after the other, where each value ends, and the codes of the rows."""
    letters, sizes, codes, known = [], [], [], 0
    for part in column.cast(pl.String).to_frame().iter_slices(_AT_ONCE):
        texts = part.to_series()
        values = texts.drop_nulls().unique()
        numbers = pl.int_range(known, known + len(values), eager=True, dtype=pl.Int32)
        codes.append(texts.replace_strict(values, numbers, default=_NONE, return_dtype=pl.Int32).to_numpy())
        folded = _fold(values)
        letters.append(np.frombuffer(folded.str.join("").item().encode(), np.uint8))
        sizes.append(folded.str.len_bytes().to_numpy())
        known += len(values)
    ends = np.cumsum(np.concatenate([[0], *sizes]), dtype=np.int64)
    whole = np.concatenate([np.empty(0, np.int32), *codes])
    return {
        "letters": np.concatenate([np.empty(0, np.uint8), *letters]),
        "ends": ends,
        "codes": np.where(whole == _NONE, np.int32(known), whole),
    }


def _mapped(made: dict[str, np.ndarray]) -> _Folded:
    ends, letters = made["ends"], made["letters"]
    values = pa.LargeStringArray.from_buffers(len(ends) - 1, pa.py_buffer(ends), pa.py_buffer(letters))
    return _Folded(pl.Series(values, dtype=pl.String), made["codes"])


def _fold(values: pl.Series) -> pl.Series:
    texts = values.cast(pl.String)
    if values.name == "country_iso2":  # one looks for Iraq
        texts = texts + " " + texts.replace_strict(country_names(), default="")
    elif values.name == "adm1_name":  # and for الأنبار, where the card names it so
        texts = texts + " " + texts.replace_strict(_local_names(), default="")
    return " " + fold_texts(texts)


def _local_names() -> dict[str, str]:
    """Return what the people there call a province, by its English name; all of them where several bear it."""
    named = admin.units().select("adm1_name", "adm1_name_local").drop_nulls()
    return dict(named.group_by("adm1_name").agg(pl.col("adm1_name_local").str.join(" ")).iter_rows())
