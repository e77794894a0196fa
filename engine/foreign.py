"""An object of a store in another notation, read and printed like an agreement; nothing governs it and it has no record."""

from dataclasses import dataclass, field, replace
from functools import cached_property
from hashlib import sha256
from pathlib import Path

from syngraph.engine.agreement import Agreement
from syngraph.engine.cache import Cache, Forgetful
from syngraph.engine.norms.told.facts import EMPTY, Record
from syngraph.engine.text.document import Document
from syngraph.engine.text.findings import Finding
from syngraph.engine.text.manifest import Manifest
from syngraph.engine.text.notations.commonaccord import ROOT as ROOT
from syngraph.engine.text.notations.commonaccord.store import Store
from syngraph.engine.text.store import tree_of


@dataclass(frozen=True)
class ForeignObject(Agreement):
    """What `key` of an object says, as a document of our model."""

    key: str = ROOT
    store: Store = field(default_factory=lambda: Store(tree_of({})))

    @classmethod
    def of(cls, store: Store, root: str, named: str = ROOT, cache: Cache | None = None) -> "ForeignObject":
        """The document that a key of an object in a store is.

        >>> from syngraph.engine.text.store import tree_of
        >>> store = Store(tree_of({"lease.md": b"r00t=<h1>Lease</h1>{Who} shall pay EUR 500.\\nWho=The Tenant\\n"}))
        >>> [clause.text.string for clause in ForeignObject.of(store, "lease.md").clauses]
        ['The Tenant shall pay EUR 500.']
        """
        return cls(Path(root), store.tree, Manifest(title="", root=root), root, None, cache or Forgetful(), named, store)

    @cached_property
    def document(self) -> Document:
        """The text, resolved."""
        from syngraph.engine.text.notations.commonaccord.markup import document

        return document(self.store, self.root, self.key)

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the objects that the text is made of and of which key of them it is, each part with its length."""
        total = sha256(b"syngraph-store-v1\0")
        parts = [self.key.encode("utf-8", "surrogateescape")]
        for path in self.document.closure:
            encoded = path.encode("utf-8", "surrogateescape")
            records = self.store.records(encoded)
            parts += (encoded, records.content if records is not None else b"")
        for part in parts:
            total.update(b"%d\0" % len(part) + part)
        return total.hexdigest()

    @cached_property
    def record(self) -> Record:
        """Nothing: a store keeps no record."""
        return EMPTY

    @cached_property
    def faults(self) -> tuple[Finding, ...]:
        """The faults of the text, in the order of files and lines, each with its line.

        Fields are not judged: in such a store whole sections are values, and no clause needs them to be of a kind.
        """
        from syngraph.engine.text.lint.checks import lint

        return self._sourced(lint(replace(self.document, fields={}), self.clauses, frozenset()))
