"""Provinces: their names and shapes, and which one a point lies in."""

from __future__ import annotations

__all__: list[str] = []
