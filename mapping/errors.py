"""The errors that people see.

::

    MappingError
    ├── UnreadableFile   (OSError)      a file cannot be opened or is damaged
    ├── UnwritableFile   (OSError)      a file cannot be written; what was there before is left as it was
    ├── UnknownFormat    (ValueError)   a file opens, but its columns say nothing to us
    ├── InvalidValue     (ValueError)   an option, a filter or a setting has a value that is not allowed
    ├── MissingData      (OSError)      a shipped file is absent or altered
    ├── UnknownDataset   (LookupError)  the store has no dataset of that name or version
    ├── StoreError       (OSError)      the store cannot be opened or written
    └── ClusterError     (RuntimeError) a cluster cannot be reached, or its workers failed

A bad row is no exception: it is a line in the frame of problems (see `mapping.validate`).
A place that cannot be located is a result with its reason (see `mapping.geocoder`).
"""

from __future__ import annotations

__all__ = [
    "ClusterError",
    "InvalidValue",
    "MappingError",
    "MissingData",
    "StoreError",
    "UnknownDataset",
    "UnknownFormat",
    "UnreadableFile",
    "UnwritableFile",
]


class MappingError(Exception):
    """Root of every error this project raises on purpose; its text is written for people."""


class UnreadableFile(MappingError, OSError):
    """A file cannot be opened, is empty, damaged or of a kind we do not read."""


class UnwritableFile(MappingError, OSError):
    """A file cannot be written; the one that was there before is left as it was."""


class UnknownFormat(MappingError, ValueError):
    """A file opens, but no reader knows its columns."""


class InvalidValue(MappingError, ValueError):
    """An option, a filter or a setting has a value that is not allowed."""


class MissingData(MappingError, OSError):
    """A file that ships with the project is absent or is not the one that was recorded."""


class UnknownDataset(MappingError, LookupError):
    """The store holds no dataset of that name or version."""


class StoreError(MappingError, OSError):
    """The user's store cannot be opened, read or written."""


class ClusterError(MappingError, RuntimeError):
    """A cluster cannot be reached, is not fit for the work, or its workers failed; nothing is half-written."""
