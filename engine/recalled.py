"""Manifest, register and public holidays out of the cache: the libraries that know them are loaded for what is new only."""

import json
from dataclasses import fields
from datetime import date
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path

from syngraph.engine.cache import Cache, key, recall
from syngraph.engine.encoding import FORM, decode, encode
from syngraph.engine.governance import register as registers
from syngraph.engine.norms.days.almanac import LIBRARY
from syngraph.engine.norms.words.roles import Holding
from syngraph.engine.text import manifest as manifests
from syngraph.engine.text.manifest import Manifest
from syngraph.engine.text.provenance import Place
from syngraph.engine.text.store import MANIFEST, StoreError, Tree


def manifest(tree: Tree, cache: Cache) -> Manifest:
    """The manifest of a tree.

    Raises: ManifestError, StoreError, YamlError
    """
    try:
        content = tree.read(MANIFEST)
    except StoreError:
        return manifests.load(tree)
    name = key("manifest", FORM, content)
    return recall(cache, name, _manifest, lambda: manifests.load(tree), lambda found: encode(_parts(found)))


def holdings(tree: Tree, path: str, cache: Cache) -> tuple[Holding, ...]:
    """Who holds which role when, as the register at a path says.

    Raises: RegisterError, StoreError, YamlError
    """
    content = tree.read(path)
    name = key("register", FORM, path, content)
    return recall(
        cache,
        name,
        _holdings,
        lambda: registers.holdings(registers.load(content, path)),
        lambda found: encode(tuple(_parts(one) for one in found)),
    )


class Holidays:
    """The holidays library behind a cache. An update of the library is noticed, and asked anew."""

    def __init__(self, cache: Cache) -> None:
        self._cache = cache
        self._years: dict[tuple[str, int], frozenset[date]] = {}

    def days_off(self, code: str, year: int) -> frozenset[date]:
        """The public holidays of a place in a year. Raises: NotImplementedError for a place that nobody knows."""
        asked = (code, year)
        if asked not in self._years:
            name = key("holidays", self._edition, code, str(year))
            self._years[asked] = recall(
                self._cache, name, _days, lambda: LIBRARY.days_off(code, year), lambda days: _dumped(sorted(map(str, days)))
            )
        return self._years[asked]

    def code_of(self, country: str) -> str | None:
        """The code of a country by its English name in lower case; None where nobody knows it."""
        name = key("country", self._edition, country)
        return recall(self._cache, name, _code, lambda: LIBRARY.code_of(country), _dumped)

    @cached_property
    def _edition(self) -> str:
        """What tells one release of the library from another, without loading it."""
        found = find_spec("holidays")
        if found is None or found.origin is None:
            return ""
        package = Path(found.origin).parent
        return "\0".join(sorted(path.name for path in package.parent.glob("holidays-*.dist-info")))


def _parts(value: Manifest | Holding) -> tuple[object, ...]:
    return tuple(getattr(value, field.name) for field in fields(value))


def _manifest(content: bytes) -> Manifest:
    match decode(content):
        case (str(), str(), str(), str(), str(), str(), tuple(), tuple(), Place(), Place()) as parts:
            return Manifest(*parts)
        case _:
            raise ValueError("not a manifest")


def _holdings(content: bytes) -> tuple[Holding, ...]:
    listed = decode(content)
    if not isinstance(listed, tuple):
        raise ValueError("not a list of holdings")
    return tuple(map(_holding, listed))


def _holding(parts: object) -> Holding:
    match parts:
        case (str() as principal, str() as name, str() as role, None | date() as since, None | date() as until):
            return Holding(principal, name, role, since, until)
        case _:
            raise ValueError("not a holding")


def _days(content: bytes) -> frozenset[date]:
    match json.loads(content):
        case [*days]:
            return frozenset(date.fromisoformat(str(day)) for day in days)
        case _:
            raise ValueError("not a list of days")


def _code(content: bytes) -> str | None:
    match json.loads(content):
        case None | str() as code:
            return code
        case _:
            raise ValueError("not the code of a country")


def _dumped(value: object) -> bytes:
    return json.dumps(value).encode()
