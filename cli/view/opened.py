"""What a view is of: an agreement's object, or an object of a CommonAccord store."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from syngraph.cli.manners import opening
from syngraph.engine.text.findings import Finding
from syngraph.engine.text.views.shown import Map, Missing, Source, Traced, Xray

if TYPE_CHECKING:
    from syngraph.engine.agreement import Agreement
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
        from syngraph.engine.agreement import sourced
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
        from syngraph.engine.agreement import sourced
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
        from syngraph.engine.agreement import sourced
        from syngraph.engine.text.provenance import Text
        from syngraph.engine.text.resolve import Holder
        from syngraph.engine.text.views.keys import examined

        holders: dict[str, dict[str, Holder]] = {}
        for holding in self.agreement.holdings:
            named = Holder(holding.principal, (("Name", Text(holding.name)),))
            holders.setdefault(holding.role, {})[holding.principal] = named
        with sourced(self.agreement.tree):
            return examined(
                self.agreement.tree, self.agreement.root, {role: tuple(held.values()) for role, held in holders.items()}
            )


def opened(path: str, rev: str | None) -> Viewed:
    """The object at a path. Raises: StoreError and the other errors of `Agreement.open`."""
    return Prose(opening.agreement(Path(path), rev))
