"""Work that other processes share: what is to be done, and what came of each part, lie in files that all of them see.

So a scheduler holds next to nothing, and what a worker needs of the whole is read once by each, and again by one that takes
the place of a dead one.
"""

from __future__ import annotations

import pickle
from functools import lru_cache
from pathlib import Path
from tempfile import NamedTemporaryFile, mkdtemp
from typing import TYPE_CHECKING, Any

from mapping.errors import MappingError

if TYPE_CHECKING:
    from collections.abc import Callable

    from mapping.pipeline.own import Own

__all__ = ["do_part", "post", "take"]

_WORK = "work"


def post(folder: Path, function: Callable[[Any], Any], own: Own) -> Path:
    """Put work where the workers see it, and return its own folder within `folder`.

    Parameters
    ----------
    function
        Of a part; picklable.
    own
        What rows are placed by.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> from mapping.pipeline.own import Own
    >>> with TemporaryDirectory() as folder:
    ...     job = post(Path(folder), str.upper, Own())
    ...     do_part(job, 0, "hit")
    ...     take(job, 0)
    'HIT'
    """
    job = Path(mkdtemp(dir=folder, prefix="job-"))
    _write(job / _WORK, (function, own))
    return job


def do_part(job: Path, number: int, part: Any) -> MappingError | None:
    """Do one part of a job in a worker; what comes of it takes its place in one step, however often it is done.

    Returns
    -------
    mapping.errors.MappingError or None
        What is wrong with the part itself: another worker would find the same. Other errors are raised, for they may pass.
    """
    function, own = _work(job)
    try:
        with own.in_use():
            _write(job / str(number), function(part))
    except MappingError as error:
        return error
    return None


def take(job: Path, number: int) -> Any:
    """Return what came of a part, and clear it away."""
    path = job / str(number)
    found = pickle.loads(path.read_bytes())
    path.unlink()
    return found


@lru_cache(maxsize=2)
def _work(job: Path) -> tuple[Callable[[Any], Any], Own]:
    return pickle.loads((job / _WORK).read_bytes())


def _write(path: Path, what: Any) -> None:
    with NamedTemporaryFile(dir=path.parent, delete=False) as stream:
        pickle.dump(what, stream, protocol=pickle.HIGHEST_PROTOCOL)
    Path(stream.name).replace(path)
