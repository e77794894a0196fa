"""What a view is of: an agreement's object, or an object of a CommonAccord store."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import click

from syngraph.cli.manners import opening, output, stores
from syngraph.engine.text.findings import Finding
from syngraph.engine.text.views.shown import Map, Missing, Source, Traced, Xray

if TYPE_CHECKING:
    from syngraph.engine.agreement import Agreement
    from syngraph.engine.text.notations.commonaccord.store import Store
    from syngraph.engine.text.notations.commonaccord.tracing import Trace
    from syngraph.engine.text.views.keys import Examined


class Viewed(Protocol):
    """A document of which there are views, in whatever notation.

    `form` names the notation; `findings` are what keeps a part of the text from being seen.
    """

    form: str

    def source(self) -> Source:
        """The object as it was written."""

    def missing(self, key: str) -> Missing:
        """The keys that are not filled in."""

    def trace(self, key: str) -> Traced:
        """Where the keys came from; with a key, what it overrode."""

    def xray(self, key: str) -> Xray | None:
        """The text with where each piece came from; None where there is no such key."""

    def map(self) -> Map:
        """What includes what."""

    @property
    def findings(self) -> Sequence[Finding]:
        """What is wrong with the parts."""


@dataclass
class Prose:
    """An object in our notation."""

    agreement: "Agreement"
    form: str = "markdown"

    def source(self) -> Source:
        """The object as it was written."""
        from syngraph.engine.text.sourcing import sourced
        from syngraph.engine.text.views import objects

        with sourced(self.agreement.tree):
            return objects.source(self.agreement.tree, self.agreement.root)

    def missing(self, key: str) -> Missing:
        """The keys that are not filled in."""
        from syngraph.engine.text.views import keys

        return keys.missing(self.examined, key)

    def trace(self, key: str) -> Traced:
        """Where the keys came from; with a key, what it overrode."""
        from syngraph.engine.text.views import keys

        return keys.trace(self.examined, key)

    def xray(self, key: str) -> Xray | None:
        """The text with where each piece came from; None where there is no such key."""
        from syngraph.engine.text.views import rendering

        return rendering.xray(self.examined, key)

    def map(self) -> Map:
        """What includes what."""
        from syngraph.engine.text.sourcing import sourced
        from syngraph.engine.text.views import objects

        with sourced(self.agreement.tree):
            return objects.inclusions(self.agreement.tree, self.agreement.root)

    @property
    def findings(self) -> Sequence[Finding]:
        """What is wrong with the parts."""
        from syngraph.engine.text.lint.codes import STOPPING

        return tuple(each for each in self.examined.resolution.document.findings if each.code in STOPPING)

    @cached_property
    def examined(self) -> "Examined":
        """The document, resolved once for whatever is asked of it."""
        from syngraph.engine.text.sourcing import sourced
        from syngraph.engine.text.views.keys import examined

        with sourced(self.agreement.tree):
            return examined(self.agreement.tree, self.agreement.root, self.agreement.holders)


@dataclass
class Stored:
    """An object of a CommonAccord store; where no key is named, that of the whole text."""

    store: "Store"
    root: str
    form: str = "commonaccord"

    def source(self) -> Source:
        """The object as it was written."""
        from syngraph.engine.text.views import commonaccord

        return commonaccord.source(self.store, self.root)

    def missing(self, key: str) -> Missing:
        """The names that are left in the text of a key."""
        from syngraph.engine.text.views import commonaccord

        return commonaccord.missing(self.trace_of, self.bound(key or commonaccord.ROOT))

    def trace(self, key: str) -> Traced:
        """Where the keys came from; with a key, what it overrode."""
        from syngraph.engine.text.views import commonaccord

        if not key:
            self.bound(commonaccord.ROOT)
        return commonaccord.trace(self.trace_of, key)

    def xray(self, key: str) -> Xray | None:
        """The text of a key with where each piece came from; None where nothing binds it."""
        from syngraph.engine.text.views import commonaccord

        return commonaccord.xray(self.trace_of, self.bound(key or commonaccord.ROOT))

    def map(self) -> Map:
        """What includes what."""
        from syngraph.engine.text.views import commonaccord

        return commonaccord.inclusions(self.store, self.root)

    @property
    def findings(self) -> Sequence[Finding]:
        """What is wrong with the parts."""
        return stores.sourced(self.store, self.trace_of.findings)

    def bound(self, key: str) -> str:
        """The key, when something binds it. Raises: click.UsageError"""
        if self.trace_of.bound(key) is None:
            known = {entry.key for entry in self.source().entries}
            raise click.UsageError(f"--key: nothing binds {key!r} in {self.root}{output.did_you_mean(key, known)}")
        return key

    @cached_property
    def trace_of(self) -> "Trace":
        """The object, whose texts are worked out once."""
        from syngraph.engine.text.notations.commonaccord.tracing import Trace
        from syngraph.engine.text.views.commonaccord import records_of

        records_of(self.store, self.root)
        return Trace(self.store, self.root)


def opened(path: str, rev: str | None, notation: str, store: Path | None) -> Viewed:
    """The object at a path.

    Raises: click.UsageError, StoreError and the other errors of `Agreement.open`.
    """
    if notation == stores.NOTATIONS[0]:
        return Prose(opening.agreement(Path(path), rev))
    located = stores.located(path, store, rev)
    stores.records(located)
    return Stored(located.store, os.fsdecode(located.root))
