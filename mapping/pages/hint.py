"""What stands over Explore at the first visit."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

__all__ = ["hint"]

_FOLDER = Path(__file__).parent

_component = st.components.v2.component(
    "hint",
    html="""<aside hidden aria-label="How this page works"><ol>
<li>Filter on the left. Each filter becomes a chip above the map, and × takes it off.</li>
<li>Click a mark, or a row of the table: the card says what happened, how exactly the place is known, and who says so.</li>
<li>Drag over the timeline to choose dates. The address of this page holds all that you see: copy it to share it.</li>
</ol><button type="button">Got it</button></aside>""",
    js=(_FOLDER / "hint.js").read_text(encoding="utf-8"),
    isolate_styles=False,  # so that, once read, it takes no room
)


def hint() -> None:
    """Draw the hint, until it has been read in this browser."""
    _component(key="hint", data={})
