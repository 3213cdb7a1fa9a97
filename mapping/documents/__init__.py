"""From a file, a page or an address to the text of a report."""

from __future__ import annotations

__all__: list[str] = []
