"""What is made of the store's content so that it need not be made again: to be thrown away at any time.

It lies in a folder named by a key of all that it is made of, beside the rows and never among them.
"""

from __future__ import annotations

import shutil
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from mapping.files import UNFINISHED, sweep, sync, unfinished
from mapping.store.trouble import plainly

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Derived"]


class Derived:
    """The folders of what is derived from one store.

    Parameters
    ----------
    home
        The store's folder.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as home:
    ...     derived = Derived(Path(home))
    ...     with derived.making("7f") as folder:
    ...         _ = Path(folder, "sum").write_text("250")
    ...     (derived.folder("7f") / "sum").read_text()
    '250'
    """

    def __init__(self, home: Path) -> None:
        self._home, self._folder = home, home / "derived"

    def folder(self, key: str) -> Path:
        """Return where what has that key lies, if it is there."""
        return self._folder / key

    @contextmanager
    def making(self, key: str) -> Iterator[Path]:
        """Give a folder to fill, which takes its place when all is done; what has other keys is then cleared away.

        Whatever bore that key before is replaced. After an exception, all is as it was.

        Raises
        ------
        StoreError
            The folder cannot be written.
        """
        with plainly(self._home):
            self._folder.mkdir(exist_ok=True)
            sweep(self._folder)
            with unfinished(self._folder) as beside:
                made = beside / "made"
                made.mkdir()
                yield made
                self._replace(key, made, old=beside / "old")
            self._clear(but=key)

    def _replace(self, key: str, made: Path, *, old: Path) -> None:
        with suppress(FileNotFoundError):
            self.folder(key).replace(old)
        with suppress(OSError):  # another process was quicker, and has made the same
            made.replace(self.folder(key))
        sync(self._folder)

    def _clear(self, but: str) -> None:
        # Who has an older one open keeps it: a file that is mapped stays until it is let go.
        for folder in self._folder.iterdir():
            if folder.name != but and not folder.name.startswith(UNFINISHED):
                shutil.rmtree(folder, ignore_errors=True)
