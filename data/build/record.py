"""Writes a built file's entry into data/sources.json: every build script ends with it."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

DATA = Path(__file__).resolve().parent.parent


def record(path: str, **entry: str | int) -> None:
    """Add or replace the entry of `path` (relative to data/); the sha256 is computed here."""
    listing = DATA / "sources.json"
    files = json.loads(listing.read_text(encoding="utf-8"))["files"] if listing.exists() else []
    digest = hashlib.sha256((DATA / path).read_bytes()).hexdigest()
    kept = [other for other in files if other["path"] != path]
    kept.append({"path": path, **entry, "sha256": digest})
    kept.sort(key=lambda other: other["path"])
    listing.write_text(json.dumps({"files": kept}, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
