"""From mentions to draft incidents."""

from __future__ import annotations

__all__: list[str] = []
