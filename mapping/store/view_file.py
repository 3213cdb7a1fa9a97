"""A saved view as a small file, to be passed on: what the address said, under a name."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from mapping.errors import UnreadableFile
from mapping.values import shown

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["read_view_file", "view_file"]

_FORMAT = "incident-atlas-view"
_VERSION = 1
_LARGEST = 200_000  # bytes; the longest address that the filter reads has a third of it


def view_file(name: str, params: Mapping[str, str], *, note: str = "", app_version: str = "") -> bytes:
    """Write a view as a file.

    Examples
    --------
    >>> read_view_file(view_file("Anbar", {"province": "IQ-AN"}, note="for the paper"))
    ('Anbar', {'province': 'IQ-AN'}, 'for the paper')
    """
    told = {
        "format": _FORMAT,
        "version": _VERSION,
        "name": name,
        "note": note,
        "params": dict(params),
        "app_version": app_version,
        "written": datetime.now(UTC).isoformat(timespec="seconds"),
    }
    return json.dumps(told, ensure_ascii=False, indent=2).encode(errors="replace")


def read_view_file(content: bytes) -> tuple[str, dict[str, str], str]:
    """Read what `view_file` wrote: name, parameters of the address, note.

    What the parameters say is not looked at here: the address complains of it as of any other.

    Raises
    ------
    UnreadableFile
        It is no such file, or one of a later version.

    Examples
    --------
    >>> read_view_file(b"[]")
    Traceback (most recent call last):
    mapping.errors.UnreadableFile: This is no saved view: a .view.json as “Save as a file” writes it is asked for.
    """
    if len(content) > _LARGEST:
        raise UnreadableFile(f"A saved view of {len(content):,} bytes is too large; at most {_LARGEST:,}.")
    told = _json(content)
    if not isinstance(told, dict) or told.get("format") != _FORMAT:
        raise UnreadableFile("This is no saved view: a .view.json as “Save as a file” writes it is asked for.")
    if told.get("version") != _VERSION:
        version = shown(str(told.get("version")))
        raise UnreadableFile(
            f"This view is of version {version}, and this program reads {_VERSION}. Bring it up to date."
        )
    match told:
        case {"name": str(name), "params": dict(params), "note": str(note)} if all(
            isinstance(value, str) for value in params.values()
        ):
            return name, params, note
    raise UnreadableFile("This view is damaged: its name, note and parameters must be text. Ask for it again.")


def _json(content: bytes) -> Any:
    try:
        return json.loads(content)
    except (ValueError, RecursionError):  # ValueError covers what is no UTF-8, too
        return None
