"""Keeps text from being run as a formula by a spreadsheet, and takes it back unchanged.

A cell of a CSV file that starts with one of ``= + - @``, their full-width forms, a tab or a line
break is a formula to Excel and LibreOffice (OWASP, "CSV Injection"). Such text goes out with an
apostrophe before it. Text that starts with apostrophes and then one of those gets one more, so that
taking one away again is exact for every text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import polars as pl

__all__ = ["guard_formulas", "starts_formula", "unguard_formulas"]

_START = "[=+\\-@＝＋－＠\t\r\n]"


def starts_formula(text: pl.Expr) -> pl.Expr:
    """Test whether `guard_formulas` would change a text.

    Examples
    --------
    >>> import polars as pl
    >>> frame = pl.DataFrame({"place": ["=1+1", "'=1+1", "Hit", None]})
    >>> frame.select(starts_formula(pl.col("place")))["place"].to_list()
    [True, True, False, None]
    """
    return text.str.contains(f"^'*{_START}")


def guard_formulas(text: pl.Expr) -> pl.Expr:
    """Put an apostrophe before text that a spreadsheet would run.

    Examples
    --------
    >>> import polars as pl
    >>> frame = pl.DataFrame({"place": ["=1+1", "'=1+1", "Hit", "'Ain", None]})
    >>> frame.select(guard_formulas(pl.col("place")))["place"].to_list()
    ["'=1+1", "''=1+1", 'Hit', "'Ain", None]
    """
    return text.str.replace(f"^('*{_START})", "'${1}")


def unguard_formulas(text: pl.Expr) -> pl.Expr:
    """Take away the apostrophe that `guard_formulas` put.

    Examples
    --------
    >>> import polars as pl
    >>> frame = pl.DataFrame({"place": ["'=1+1", "''=1+1", "Hit", "'Ain", None]})
    >>> frame.select(unguard_formulas(pl.col("place")))["place"].to_list()
    ['=1+1', "'=1+1", 'Hit', "'Ain", None]
    """
    return text.str.replace(f"^'('*{_START})", "${1}")
