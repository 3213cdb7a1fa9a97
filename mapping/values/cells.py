"""One cell's text, and what it says: a value, a reason why it says none, or a remark."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Any, NamedTuple

import polars as pl

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["Cell", "is_unknown", "level", "read_cells", "shown", "tidy"]


class Cell(NamedTuple):
    """What was made of one text: `value`, or the `problem` that keeps it from being one; and a `note`."""

    value: Any = None
    problem: str | None = None
    note: str | None = None


_CHARACTERS = {
    # Marks of direction and order, which spreadsheets and word processors slip in unseen.
    **dict.fromkeys((0x200E, 0x200F, 0x061C, 0xFEFF, *range(0x202A, 0x202F), *range(0x2066, 0x206A))),
    # Arabic separators of thousands, decimals and words; the several lengths of dash; what stands for ' and ".
    ord("٬"): ",", ord("٫"): ".", ord("،"): ",",
    **dict.fromkeys(map(ord, "−‐‑‒–—"), "-"),
    **dict.fromkeys(map(ord, "’‘ʹ´`′"), "'"), **dict.fromkeys(map(ord, "”“ʺ″"), '"'), **dict.fromkeys(map(ord, "º˚"), "°"),
}  # fmt: skip

_UNKNOWN = frozenset(
    (
        "", "-", "--", "---", ".", "?", "??", "???", "n/a", "na", "n.a.", "#n/a", "nan", "null", "none", "unknown", "unk",
        "unk.", "not known", "not available", "not reported", "not specified", "not stated", "unspecified", "unclear",
        "no data", "no information", "tbc", "tbd", "غير معروف", "غير محدد", "غير متوفر", "مجهول", "لا يوجد",
        "bilinmiyor", "belirsiz", "نامعلوم", "inconnu",
    )
)  # fmt: skip


def tidy(text: str) -> str:
    """Return a text as digits and plain punctuation, in lower case, without what cannot be seen.

    Arabic-Indic, Persian and full-width digits become 0 to 9, every dash a hyphen.

    Examples
    --------
    >>> tidy(" ١٦–٧\u200f "), tidy("３３٫５°N")
    ('16-7', '33.5°n')
    """
    return " ".join(level(text).casefold().split())


def level(text: str) -> str:
    """Return a text as digits and plain punctuation, its letters as they are.

    Examples
    --------
    >>> level("Hit  ٣٣٫٦٤°N")
    'Hit 33.64°N'
    """
    plain = unicodedata.normalize("NFKC", text.translate(_CHARACTERS)).translate(_CHARACTERS)
    if not plain.isascii():
        plain = "".join(str(unicodedata.decimal(character, character)) for character in plain)
    return " ".join(plain.split())


def is_unknown(tidied: str) -> bool:
    """Tell whether a tidied text says only that nothing is known.

    Examples
    --------
    >>> is_unknown("n/a"), is_unknown("0")
    (True, False)
    """
    return tidied in _UNKNOWN


def read_cells(texts: pl.Series, read: Callable[[str], Cell], dtype: pl.DataType) -> pl.DataFrame:
    """Read every text of a column, each distinct one once.

    Returns
    -------
    polars.DataFrame
        ``value`` of type `dtype`, ``problem`` and ``note`` (String, null where there is none), a row
        for each text; all null where the text is.

    Examples
    --------
    >>> read_cells(pl.Series(["1", None, "1"]), lambda text: Cell(int(text)), pl.Int64())["value"].to_list()
    [1, None, 1]
    """
    distinct = texts.drop_nulls().unique()
    values, problems, notes = zip(*map(read, distinct), strict=True) if distinct.len() else ((), (), ())
    table = pl.DataFrame(
        {"text": distinct, "value": values, "problem": problems, "note": notes},
        schema={"text": pl.String(), "value": dtype, "problem": pl.String(), "note": pl.String()},
    )
    rows = pl.DataFrame({"text": texts}, schema={"text": pl.String()})
    return rows.join(table, on="text", how="left", maintain_order="left").drop("text")


def shown(value: str) -> str:
    """Quote a value for a message, cut to 60 characters and made printable.

    Examples
    --------
    >>> shown("picnic")
    '"picnic"'
    """
    whole = value if len(value) <= 60 else f"{value[:59]}…"
    return f'"{whole.encode(errors="backslashreplace").decode()}"'
