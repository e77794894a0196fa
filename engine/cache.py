"""What has been worked out before, found again by the content it was worked out from.

The engine is handed a `Cache` and never asks where it lives. A key is a digest of everything that the value depends on
(`key`), so a stale value cannot be found; values are bytes that their reader checks. Nothing that a cache returns is
trusted to be well formed: a value that does not decode is worked out again, as if it were not there.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Protocol, TypeVar

from syngraph import LANGUAGE_VERSION, __version__, engine, grammar

V = TypeVar("V")

CODE = (".py", ".lark", ".json", ".toml")
"""The files of grammar and engine that decide what is worked out, by their endings."""


class Cache(Protocol):
    """A store of bytes by key. It may forget anything at any time."""

    def get(self, keys: Sequence[str]) -> dict[str, bytes]:
        """The values of those keys that are known."""
        ...

    def put(self, values: Mapping[str, bytes]) -> None:
        """Remembers values, or as many of them as it likes."""
        ...


class Forgetful:
    """The cache that remembers nothing."""

    def get(self, keys: Sequence[str]) -> dict[str, bytes]:
        """Nothing."""
        return {}

    def put(self, values: Mapping[str, bytes]) -> None:
        """Lets them go."""


class Remembering:
    """A cache in memory, for as long as the program runs."""

    def __init__(self) -> None:
        self.values: dict[str, bytes] = {}

    def get(self, keys: Sequence[str]) -> dict[str, bytes]:
        """The values of those keys that were put."""
        return {key: self.values[key] for key in keys if key in self.values}

    def put(self, values: Mapping[str, bytes]) -> None:
        """Remembers all of them."""
        self.values.update(values)


def key(kind: str, *parts: bytes | str) -> str:
    """The key of a value of this kind that depends on exactly these parts, and on the code and the language that made it.

    Parts are told apart by their lengths, so that no two lists of parts have one key.

    >>> key("reading", "ab", "c") == key("reading", "a", "bc")
    False
    """
    digest = sha256()
    for part in (kind, _code(), str(LANGUAGE_VERSION), *parts):
        content = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        digest.update(len(content).to_bytes(8, "big"))
        digest.update(content)
    return digest.hexdigest()


@lru_cache(maxsize=1)
def _code() -> str:
    """A digest of the code that reads, so that what another release (or yesterday's checkout) worked out is not found."""
    digest = sha256(__version__.encode())
    for room in (grammar, engine):
        for file in sorted(Path(room.__path__[0]).rglob("*")):
            if file.suffix in CODE:
                content = file.read_bytes()
                digest.update(f"{file.name}\0{len(content)}\0".encode() + content)
    return digest.hexdigest()


def recall(cache: Cache, name: str, decode: Callable[[bytes], V], work: Callable[[], V], encode: Callable[[V], bytes]) -> V:
    """The value under the key `name`: decoded from the cache, or worked out and remembered.

    `decode` raises ValueError for bytes that are not what `encode` makes.
    """
    if isinstance(cache, Forgetful):
        return work()
    known = cache.get((name,)).get(name)
    if known is not None:
        try:
            return decode(known)
        except (ValueError, RecursionError):
            pass
    value = work()
    cache.put({name: encode(value)})
    return value
