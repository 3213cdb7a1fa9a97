"""Parts of a file taken by many processes, here or on a cluster of dask.distributed."""

from __future__ import annotations

import logging
import os
import platform
import time
import warnings
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from importlib.metadata import version
from pathlib import Path
from queue import Empty, SimpleQueue
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from mapping.errors import ClusterError, InvalidValue, UnwritableFile
from mapping.files import unfinished
from mapping.pipeline.jobs import do_part, post, take
from mapping.pipeline.own import own_of
from mapping.version import VERSION

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from distributed import Client, Future

    from mapping.pipeline.own import Own
    from mapping.pipeline.parts import Over
    from mapping.store import Store

__all__ = ["hired"]

CONNECT_S = 10.0
"""How long a scheduler, and its first worker, are waited for."""

ALONE_S = 30.0
"""How long work goes on with no worker left: one that was killed is started again meanwhile."""

_LOOK_S = 2.0
_LOST = "The connection to the scheduler was lost. Nothing was kept; see that it runs, and run it again."
_RETRIES = 2
_QUIET = {
    "distributed.worker.memory.target": False,  # a worker holds nothing that could be put on a disk
    "distributed.worker.memory.spill": False,
    "distributed.worker.memory.pause": False,  # memory that polars keeps for later would stop it for good
    "distributed.comm.timeouts.connect": f"{CONNECT_S:g}s",
}


@contextmanager
def hired(
    *,
    workers: int | None = None,
    cluster: str | None = None,
    beside: Path,
    files: Sequence[Path] = (),
    store: Store | None = None,
) -> Iterator[Over]:
    """Give what runs a function over parts: on `workers` of this machine, on a `cluster`, or, where neither is given, here.

    Parts go to whichever worker is free. What is done by one that dies is done again by another.

    Parameters
    ----------
    workers
        How many processes to start here; they end with the block.
    cluster
        Address of a scheduler of dask.distributed, as ``tcp://10.0.0.1:8786``.
    beside
        Folder that every worker sees and writes to: what workers make lies there, in a folder that ends with the block.
    files
        What every worker must be able to read.
    store
        Whose boundaries and names count; the user's own store when None.

    Raises
    ------
    InvalidValue
        Both are given, or the address is none.
    ClusterError
        There is no scheduler, no worker, one of another version, or one that does not see `files` and `beside`.

    Examples
    --------
    >>> with hired(beside=Path()) as over:
    ...     list(over(str.upper, ["hit"]))
    ['HIT']
    """
    if workers is None and cluster is None:
        yield map
        return
    if workers is not None and cluster is not None:
        raise InvalidValue("--workers starts processes here, --cluster goes to those of another scheduler: give one.")
    with _shared_folder(beside) as folder, _client(workers, cluster, folder) as client:
        _check(client, folder, files)
        yield _Crew(client, folder, own_of(store)).over


@contextmanager
def _shared_folder(beside: Path) -> Iterator[Path]:
    with ExitStack() as stack:
        try:
            folder = stack.enter_context(unfinished(beside.absolute()))
        except OSError as error:
            raise UnwritableFile(f"{beside} cannot be written: {error.strerror}.") from error
        yield folder


@contextmanager
def _client(workers: int | None, address: str | None, folder: Path) -> Iterator[Client]:
    try:
        import dask
        import distributed
    except ImportError as error:
        raise ClusterError("Work on several processes needs one more package: pip install distributed") from error
    logging.getLogger("distributed").setLevel(logging.CRITICAL)  # whatever it has to say is said here, in words
    cores = max(1, (os.cpu_count() or 1) // (workers or 1))
    threads = {"distributed.nanny.pre-spawn-environ.POLARS_MAX_THREADS": cores}
    with dask.config.set(_QUIET | threads), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of versions that differ `_check` tells
        if workers is None:
            with _connected(str(address)) as client:
                yield client
            return
        local = distributed.LocalCluster(
            n_workers=workers, threads_per_worker=1, processes=True, host="127.0.0.1", dashboard_address=None,
            local_directory=str(folder), silence_logs=logging.CRITICAL,
        )  # fmt: skip
        with local, distributed.Client(local) as client:
            yield client


@contextmanager
def _connected(address: str) -> Iterator[Client]:
    from distributed import Client

    try:
        client = Client(address, timeout=CONNECT_S, direct_to_workers=False)
    except ValueError as error:
        raise InvalidValue(f"{address} is no address of a scheduler. Write it as tcp://HOST:PORT.") from error
    except OSError as error:
        raise ClusterError(
            f"No scheduler answers at {address}. Start one by `dask scheduler`, and name the address that it prints."
        ) from error
    with client:
        try:
            client.wait_for_workers(1, timeout=CONNECT_S)
        except TimeoutError as error:
            raise ClusterError(
                f"The scheduler at {address} has no workers. Start some by `dask worker {address}`."
            ) from error
        yield client


def _check(client: Client, folder: Path, files: Sequence[Path]) -> None:
    """Refuse workers that would find something else than this process, or nothing.

    Raises
    ------
    ClusterError
        Which worker, and what it lacks.
    """
    probe = folder / "probe"
    probe.write_text(VERSION, encoding="utf-8")
    sizes = {str(path.absolute()): path.stat().st_size for path in files if path.exists()}
    try:
        told = client.run(partial(_look_around, probe, sizes))
    except ModuleNotFoundError as error:
        raise ClusterError(f"A worker has no {error.name}. Install the same Incident Atlas where it runs.") from error
    ours = _versions()
    for address, (theirs, unseen) in sorted(told.items()):
        differ = [f"{name} {theirs.get(name)} (here {ours[name]})" for name in ours if theirs.get(name) != ours[name]]
        if differ:
            raise ClusterError(f"The worker {address} has {', '.join(differ)}. All need the same versions.")
        if unseen:
            raise ClusterError(
                f"The worker {address} cannot use {', '.join(unseen)}. Every worker needs to see the files that are read, and "
                "the store's folder or the output's, at the same path: put them on a file system that all machines share."
            )


def _versions() -> dict[str, str]:
    names = ("polars", "shapely", "numpy", "distributed")
    return {"python": platform.python_version(), "incident-atlas": VERSION} | {name: version(name) for name in names}


def _look_around(probe: Path, sizes: dict[str, int]) -> tuple[dict[str, str], list[str]]:
    """Tell, in a worker, its versions and what of the shared files it does not see as they are."""
    unseen = [path for path, size in sizes.items() if not Path(path).exists() or Path(path).stat().st_size != size]
    try:
        sees = probe.read_text(encoding="utf-8") == VERSION
        with TemporaryDirectory(dir=probe.parent):
            pass
    except OSError:
        sees = False
    return _versions(), unseen if sees else [*unseen, str(probe.parent.parent)]


@dataclass(frozen=True)
class _Crew:
    """Workers at hand."""

    client: Client
    folder: Path
    own: Own

    def over(self, function: Callable[[Any], Any], parts: Iterable[Any], /) -> Iterator[Any]:
        """Run a function over the parts, and give what comes of them in their order, as `mapping.pipeline.parts.Over`."""
        job, parts = post(self.folder, function, self.own), list(parts)
        futures = {
            self.client.submit(do_part, job, number, part, key=f"{job.name}-{number}", retries=_RETRIES): number
            for number, part in enumerate(parts)
        }
        try:
            done, given = set(), 0
            for future in self._ended(list(futures)):
                number = futures[future]
                _check_done(future, f"Part {number + 1} of {len(parts)}")
                done.add(number)
                while given in done:
                    yield take(job, given)
                    given += 1
        finally:
            with suppress(Exception):  # nobody is left to hear it, where the scheduler is gone
                self.client.cancel(list(futures), force=True)

    def _ended(self, futures: Sequence[Future]) -> Iterator[Future]:
        """Give the futures as they end.

        Raises
        ------
        ClusterError
            Nobody works on them any more.
        """
        ended: SimpleQueue[Future] = SimpleQueue()
        for future in futures:
            future.add_done_callback(ended.put)
        alone_since = None
        for _ in futures:
            while True:
                with suppress(Empty):
                    yield ended.get(timeout=_LOOK_S)
                    break
                alone_since = None if self._workers() else alone_since or time.monotonic()
                if alone_since and time.monotonic() - alone_since > ALONE_S:
                    raise ClusterError("All workers are gone. Nothing was kept; start workers and run it again.")

    def _workers(self) -> int:
        try:
            return len(self.client.nthreads())
        except (OSError, TimeoutError) as error:
            raise ClusterError(_LOST) from error


def _check_done(future: Future, part: str) -> None:
    """Raise what went wrong with a part.

    Raises
    ------
    MappingError
        As the part's own work raised it.
    ClusterError
        It failed again and again, or nobody knows of it any more.
    """
    from distributed.scheduler import KilledWorker

    if future.status == "finished":
        refused = future.result()
        if refused is not None:
            raise refused
        return
    error = future.exception() if future.status == "error" else None
    if error is None:
        raise ClusterError(_LOST)
    notes = "".join(f" ({note})" for note in getattr(error, "__notes__", ()))
    if isinstance(error, KilledWorker):
        raise ClusterError(
            f"{part} ended {error.allowed_failures + 1} workers, one after the other. They may lack memory: give each more, or "
            "start fewer. Nothing was kept."
        ) from error
    raise ClusterError(
        f"{part}{notes} failed {_RETRIES + 1} times, the last time by {type(error).__name__}: {error}. Nothing was kept."
    ) from error
