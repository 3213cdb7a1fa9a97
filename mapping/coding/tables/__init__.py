"""The words of incidents, weapons and actors, as tables that a reader can extend with a file of their own."""

from __future__ import annotations

__all__: list[str] = []
