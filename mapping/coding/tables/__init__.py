"""The words of incidents, weapons and actors, as tables that a reader can extend with a file of their own."""

from __future__ import annotations

from mapping.coding.tables.loading import shipped_rows, tables
from mapping.coding.tables.phrases import Found, Phrases
from mapping.coding.tables.rows import ActorWords, EventWords, Lexicon, Tables, WeaponWords

__all__ = ["ActorWords", "EventWords", "Found", "Lexicon", "Phrases", "Tables", "WeaponWords", "shipped_rows", "tables"]
