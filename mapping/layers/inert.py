"""Turns data into harmless JavaScript: the one way from a record to a browser.

A script of folium's goes through Jinja2 twice, through regular expressions of streamlit-folium,
and through the parsers of HTML and JavaScript. Every sign that means something to any of them is
written as an escape inside the strings, so that only the strings' reader sees it again.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    Value = str | int | float | bool | None | Sequence["Value"] | Mapping[str, "Value"]

__all__ = ["Inert", "inert"]


class Inert(str):
    """What `inert` wrote: it may stand in a script as it is."""

    __slots__ = ()


# "{" opens Jinja2's "{{" and "{%"; "_" begins the names that streamlit-folium rewrites; "$" and "`"
# are JavaScript's templates; "<", ">" and "&" are HTML; the last two end a line in older JavaScript.
_SIGNS = "{$_<>&`\u2028\u2029"
_ESCAPES = {sign: f"\\u{ord(sign):04x}" for sign in _SIGNS}
_FLAT = frozenset({str, int, float, bool, type(None)})
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


def inert(value: Value) -> Inert:
    """Write strings, numbers, and lists and mappings of them as JavaScript that is nothing but data.

    Raises
    ------
    ValueError
        A number is not finite: JavaScript's JSON has no word for it.

    Examples
    --------
    >>> print(inert(["{{ 6*7 }}", "</script>", 1, None]))
    ["\\u007b\\u007b 6*7 }}","\\u003c/script\\u003e",1,null]
    >>> print(inert({"place": "Ain al-Asad", "n": [1, 2]}))
    {"place":"Ain al-Asad","n":[1,2]}
    """
    return Inert(_written(value))


def _written(value: Value) -> str:
    if isinstance(value, dict):
        return "{" + ",".join(f"{_written(str(key))}:{_written(held)}" for key, held in value.items()) + "}"
    if isinstance(value, list | tuple) and not _FLAT.issuperset(map(type, value)):
        return "[" + ",".join(map(_written, value)) + "]"
    written = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    for sign, escape in _ESCAPES.items():
        written = written.replace(sign, escape)
    # Half a pair of UTF-16 is no text that can be sent; as an escape it arrives as it was.
    return _LONE_SURROGATE.sub(lambda found: f"\\u{ord(found.group()):04x}", written)
