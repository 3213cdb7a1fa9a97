"""Charts as files for print: SVG whose letters travel with it, PNG of 300 dots an inch. Offline, without a browser."""

from __future__ import annotations

import re
from base64 import b64encode
from functools import lru_cache
from html import unescape
from importlib.resources import files
from io import BytesIO, StringIO
from typing import Any

from mapping.pages.plots import FONT

__all__ = ["to_png", "to_svg"]

_DOTS_PER_INCH = 300
_FACES = {"normal": "SourceSansPro-Regular.ttf", "600": "SourceSansPro-Semibold.ttf"}
"""The faces that the charts use, by their weight in CSS."""


def to_png(chart: Any) -> bytes:
    """Return a chart as PNG, one of its points being one of print.

    Examples
    --------
    >>> import altair as alt, polars as pl
    >>> to_png(alt.Chart(pl.DataFrame({"a": [1]})).mark_bar().encode(x="a"))[1:4]
    b'PNG'
    """
    _register()
    written = BytesIO()
    chart.save(written, format="png", ppi=_DOTS_PER_INCH)
    return written.getvalue()


def to_svg(chart: Any) -> bytes:
    """Return a chart as SVG in which text is text, with those letters of our type that it needs.

    Letters that the type does not have, Arabic for one, are drawn with what the reader's machine has.

    Examples
    --------
    >>> import altair as alt, polars as pl
    >>> b"@font-face" in to_svg(alt.Chart(pl.DataFrame({"a": [1]}), title="One").mark_bar().encode(x="a"))
    True
    """
    _register()
    written = StringIO()
    chart.save(written, format="svg")
    drawn = written.getvalue()
    letters = "".join(sorted(set(unescape(re.sub("<[^>]*>", "", drawn)))))
    faces = "".join(_face(letters, weight) for weight in _FACES)
    return re.sub("(<svg[^>]*>)", rf"\1<style>{faces}</style>", drawn, count=1).encode()


@lru_cache(maxsize=1)
def _register() -> None:
    """Tell the renderer where our type is; it asks no other host."""
    import vl_convert  # 84 MB, which only a download needs

    vl_convert.register_font_directory(str(_folder()))


def _folder() -> Any:
    return files("font_source_sans_pro") / "files"


def _face(letters: str, weight: str) -> str:
    """Return a rule of CSS that holds these letters of a face."""
    from fontTools import subset

    options = subset.Options(flavor="woff", layout_features=["kern", "tnum"])
    written = BytesIO()
    with subset.load_font(str(_folder() / _FACES[weight]), options) as font:
        chosen = subset.Subsetter(options)
        chosen.populate(text=letters)
        chosen.subset(font)
        subset.save_font(font, written, options)
    source = f"data:font/woff;base64,{b64encode(written.getvalue()).decode()}"
    return f'@font-face{{font-family:"{FONT}";font-weight:{weight};src:url({source})}}'
