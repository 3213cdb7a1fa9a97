"""Which toponyms a report names, and what each is to its incidents."""

from __future__ import annotations

__all__: list[str] = []
