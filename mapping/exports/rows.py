"""The rows of an export, frame after frame as often as a writer asks: more of them than memory holds."""

from __future__ import annotations

from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import gettempdir
from typing import TYPE_CHECKING, Any

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from mapping.errors import MappingError, UnwritableFile
from mapping.exports.counts import added, counts
from mapping.exports.publication import left_in, left_out, pass_on
from mapping.files import unfinished
from mapping.schema import conform, empty_frame

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

__all__ = ["Rows", "rows_of"]

_ROWS_AT_ONCE = 100_000


@dataclass(frozen=True)
class Rows:
    """Incidents on their way out.

    Attributes
    ----------
    frames
        Gives them, frame after frame, in order; may be asked again. Every column of the schema; coordinates have at most 7
        decimals (a centimetre); NaN and infinity, which are no numbers, are unknown.
    counts
        As `mapping.exports.counts.counts` gives them.
    """

    frames: Callable[[], Iterator[pl.DataFrame]]
    counts: pl.DataFrame

    @property
    def number(self) -> int:
        """How many there are."""
        return int(self.counts["rows"].sum())

    def whole(self) -> pl.DataFrame:
        """Return all as one frame, for a format that must have them so."""
        return pl.concat([empty_frame(), *self.frames()])

    def publishable(self, *, lists: Sequence[str] = ()) -> tuple[Rows, dict[str, Any]]:
        """Return what may be passed on, and what was left out: see `mapping.exports.publishable`."""
        frames = lambda: (pass_on(frame, lists=lists) for frame in self.frames())  # noqa: E731
        return Rows(frames, left_in(self.counts, lists=lists)), left_out(self.counts, lists=lists)


@contextmanager
def rows_of(source: pl.DataFrame | Iterable[pl.DataFrame], *, beside: Path | None = None) -> Iterator[Rows]:
    """Give incidents as rows to write.

    Parameters
    ----------
    source
        One frame, or frames one after another. Frames that come but once are kept on the disk until all is written, for a file
        says at its beginning what only its last row tells.
    beside
        A file in whose folder they are kept; the system's for temporary files when not given.

    Raises
    ------
    UnwritableFile
        The frames cannot be kept.

    Examples
    --------
    >>> frames = (pl.DataFrame({"place": [place], "licence": "CC0"}) for place in ("Hit", "Ramadi"))
    >>> with rows_of(frames) as rows:
    ...     rows.number, rows.counts["licence"].to_list(), rows.whole()["place"].to_list()
    (2, ['CC0'], ['Hit', 'Ramadi'])
    """
    if isinstance(source, pl.DataFrame):
        frame = _ready(source)
        yield Rows(lambda: iter((frame,)), counts(frame))
        return
    with ExitStack() as stack:
        try:
            folder = stack.enter_context(unfinished(beside.parent if beside else Path(gettempdir())))
        except OSError as error:
            raise UnwritableFile(f"{beside} cannot be written: {error.strerror}.") from error
        file = folder / "rows.parquet"
        yield Rows(lambda: _frames(file), _keep(map(_ready, source), file))


def _keep(frames: Iterable[pl.DataFrame], file: Path) -> pl.DataFrame:
    """Keep frames in a file, and return their counts."""
    found = [counts(empty_frame())]
    schema = _arrow(empty_frame()).schema
    try:
        with pq.ParquetWriter(file, schema, compression="lz4") as writer:
            for frame in frames:
                writer.write_table(_arrow(frame).cast(schema))
                found.append(counts(frame))
    except MappingError:  # what the frames are read from has its own sentence
        raise
    except (OSError, pa.ArrowException) as error:
        reason = getattr(error, "strerror", None) or error
        raise UnwritableFile(f"{file.parent.parent} has no room for the rows of this export: {reason}.") from error
    return added(pl.concat(found))


def _frames(file: Path) -> Iterator[pl.DataFrame]:
    with pq.ParquetFile(file) as kept:
        for batch in kept.iter_batches(_ROWS_AT_ONCE):
            yield pl.DataFrame(batch)


def _arrow(frame: pl.DataFrame) -> pa.Table:
    return frame.to_arrow(compat_level=pl.CompatLevel.oldest())


def _ready(frame: pl.DataFrame) -> pl.DataFrame:
    number = pl.col(pl.Float64)
    return (
        conform(frame)
        .with_columns(pl.when(number.is_finite()).then(number))
        .with_columns(pl.col("latitude", "longitude").round(7))
    )
