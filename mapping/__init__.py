"""Incident Atlas: incident records, placed, joined to administrative boundaries and mapped.

>>> import mapping
>>> incidents = mapping.read_incidents("data/incidents/incidents.csv")
>>> incidents.crs.name
'WGS 84'
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mapping.version import VERSION

if TYPE_CHECKING:
    from mapping.pipeline import read_incidents

__all__ = ["read_incidents"]

__version__ = VERSION


def __getattr__(name: str) -> Any:
    """Load the pipeline when it is first asked for, so that `import mapping` costs nothing."""
    if name == "read_incidents":
        from mapping.pipeline import read_incidents

        return read_incidents
    raise AttributeError(f"module 'mapping' has no attribute {name!r}")
