"""A file of any size into the store, as one version of a dataset."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from mapping.pipeline.atlas import check_name, keep
from mapping.pipeline.parts import Over, Plan, plan, process_part
from mapping.pipeline.processing import Processed, Progress, put_together, silent
from mapping.store import stage

if TYPE_CHECKING:
    from pathlib import Path

    from mapping.store import Store, Version

__all__ = ["import_file"]


def import_file(
    path: Path,
    store: Store,
    *,
    name: str,
    licence: str = "",
    citation: str = "",
    progress: Progress = silent,
    over: Over = map,
    **options: Any,
) -> tuple[Version, Processed]:
    """Take a file the whole way into the store, part by part, as a new version of the dataset `name`.

    Parameters
    ----------
    path
        The file.
    store
        Where it is kept.
    name, licence, citation
        As for `mapping.pipeline.keep`.
    progress, over, options
        As for `mapping.pipeline.plan`; `over` may run in processes that see the store's folder.

    Returns
    -------
    version, processed
        What was kept, and its problems, rejects and notes; the rows themselves are in the store.

    Raises
    ------
    UnreadableFile, UnknownFormat, InvalidValue, StoreError
        As `mapping.pipeline.process` and `mapping.pipeline.keep`; nothing of this version is left behind.

    Examples
    --------
    >>> from pathlib import Path
    >>> from tempfile import TemporaryDirectory
    >>> from mapping.datasets import shipped
    >>> from mapping.store import Store
    >>> with TemporaryDirectory() as folder, Store(Path(folder)) as store:
    ...     version, _ = import_file(shipped("incidents/incidents.csv"), store, name="mine")
    ...     version.rows
    250
    """
    check_name(name)
    planned = plan(path, licence=licence or None, progress=progress, over=over, **options)
    if planned.facts is None:
        one = process_part(planned, 0)
        return keep(one, store, name=name, licence=licence, citation=citation), one.without_rows()
    understood = planned.facts.known.understood
    known = understood.format
    with store.begin(
        name,
        licence=known.LICENCE if known else licence,
        citation=known.CITATION if known else citation,
        reader=understood.reader,
        source_file=path.name,
        notes=understood.notes,
        score_at_least=planned.options["score_at_least"],
    ) as version:
        count, done = len(planned.parts), []
        for one in over(partial(_stage_part, planned, version.folder), range(count)):
            done.append(one)
            progress(f"Parts done {len(done)} of {count}", len(done) / count)
    return version.entered, put_together(done)


def _stage_part(planned: Plan, folder: Path, number: int) -> Processed:
    one = process_part(planned, number)
    stage(folder, number, one.incidents, raw=one.reading.raw, rejects=one.rejects)
    return one.without_rows()
