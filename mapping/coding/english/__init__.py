"""What a report in English mentions."""

from __future__ import annotations

__all__: list[str] = []
