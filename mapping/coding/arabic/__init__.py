"""What a report in Arabic mentions."""

from __future__ import annotations

__all__: list[str] = []
