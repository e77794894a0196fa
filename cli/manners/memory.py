"""The cache on disk: one SQLite file in the user's cache folder, which can be deleted at any moment.

Values are found by what they were worked out from (engine/cache.py), so the file is never stale; it is trimmed when it grows
past its cap. A file that is damaged, locked for too long or not writable costs time and nothing else. It holds bytes that are
read as data: nothing in it is ever run.
"""

import contextlib
import os
import sqlite3
import stat
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from syngraph.engine.cache import Cache, Forgetful

CAP = 256 * 1024 * 1024
"""How large the file may grow, in bytes, before it is started anew."""

_AT_ONCE = 500
"""Keys in one query; SQLite before 3.32 takes no more than 999 parameters."""

_TRIES, _PAUSE = 100, 0.02
"""How often, and after how many seconds, setting the file up is tried again while another process holds it."""

_SCHEMA = "CREATE TABLE IF NOT EXISTS known (key TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID"


class Disk:
    """A cache in an SQLite file, shared by every process of the user."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._connection: sqlite3.Connection | None = None
        self._lost = False

    def get(self, keys: Sequence[str]) -> dict[str, bytes]:
        """The values of those keys that the file has; none when it cannot be read."""
        known: dict[str, bytes] = {}
        for first in range(0, len(keys), _AT_ONCE):
            some = keys[first : first + _AT_ONCE]
            marks = ",".join("?" * len(some))
            rows = self._do(f"SELECT key, value FROM known WHERE key IN ({marks})", tuple(some))
            known.update((key, bytes(value)) for key, value in rows if isinstance(value, bytes))
        return known

    def put(self, values: Mapping[str, bytes]) -> None:
        """Remembers values, if the file can be written."""
        connection = self._open()
        if connection is None:
            return
        try:
            with connection:
                connection.executemany("INSERT OR REPLACE INTO known VALUES (?, ?)", values.items())
        except sqlite3.Error as error:
            self._recover(error)

    def close(self) -> None:
        """Lets go of the file."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _do(self, query: str, parameters: tuple[str, ...]) -> list[tuple[str, object]]:
        connection = self._open()
        if connection is None:
            return []
        try:
            return connection.execute(query, parameters).fetchall()
        except sqlite3.Error as error:
            self._recover(error)
            return []

    def _open(self) -> sqlite3.Connection | None:
        """The connection, made when it is first needed; None when there is no use in trying."""
        if self._connection is None and not self._lost:
            try:
                self.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
                if self.path.exists() and self.path.stat().st_size > CAP:
                    self._delete()
                # autocommit for reads; a second process may hold the file for a moment
                connection = sqlite3.connect(self.path, timeout=2)
                self._connection = connection
                self._prepare(connection)
                with contextlib.suppress(OSError):
                    self.path.chmod(stat.S_IRUSR | stat.S_IWUSR)
            except (sqlite3.Error, OSError) as error:
                self._recover(error)
        return self._connection

    @staticmethod
    def _prepare(connection: sqlite3.Connection) -> None:
        """Sets the file up. Changing the journal mode does not wait for another process that does the same, so we do."""
        for left in reversed(range(_TRIES)):
            try:
                connection.execute("PRAGMA journal_mode=WAL")
                connection.execute("PRAGMA synchronous=OFF")
                connection.execute(_SCHEMA)
                return
            except sqlite3.OperationalError as error:
                if "locked" not in str(error) or not left:
                    raise
                time.sleep(_PAUSE)

    def _recover(self, error: Exception) -> None:
        """A damaged file is deleted, for the next process to make anew; this one goes on without."""
        self.close()
        self._lost = True
        damaged = isinstance(error, sqlite3.DatabaseError) and not isinstance(error, sqlite3.OperationalError)
        if damaged or "no such column" in str(error):
            self._delete()

    def _delete(self) -> None:
        for suffix in ("", "-wal", "-shm"):
            with contextlib.suppress(OSError):
                Path(f"{self.path}{suffix}").unlink()


def place() -> Path | None:
    """Where the cache lives: as `SYNGRAPH_CACHE` says (a folder, or `off`), or in the user's cache folder. None: nowhere."""
    wish = os.environ.get("SYNGRAPH_CACHE", "")
    if wish.casefold() in {"off", "0", "no"}:
        return None
    if wish:
        return Path(wish) / "known.sqlite"
    from platformdirs import user_cache_path

    return user_cache_path("syngraph", appauthor=False) / "known.sqlite"


def cache() -> Cache:
    """The cache that the environment asks for."""
    where = place()
    return Forgetful() if where is None else Disk(where)
