"""One server for one data folder: an exclusive lock that the system frees when its holder dies."""

import sys
from pathlib import Path
from types import TracebackType
from typing import IO

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

FILE = "served.lock"


class AlreadyServed(Exception):
    """A running server holds the data folder."""

    def __init__(self, folder: Path) -> None:
        super().__init__(f"already served: {folder}")
        self.folder = folder


class ServedLock:
    """Held as a context; entering raises `AlreadyServed` while somebody else holds it."""

    def __init__(self, data_folder: Path) -> None:
        self._folder = data_folder
        self._file: IO[bytes] | None = None

    def __enter__(self) -> "ServedLock":
        self._folder.mkdir(parents=True, exist_ok=True)
        # Never deleted: a lock on a deleted file would not stop the next server.
        file = open(self._folder / FILE, "ab")
        try:
            _lock(file)
        except OSError:
            file.close()
            raise AlreadyServed(self._folder) from None
        self._file = file
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._file is not None:
            self._file.close()
            self._file = None


def _lock(file: IO[bytes]) -> None:
    """Lock the open file or raise OSError at once; closing the file frees it."""
    if sys.platform == "win32":
        file.seek(0)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
    else:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
