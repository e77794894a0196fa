"""The text as it stands at some point of the chain, worked out no further than somebody asks."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property, lru_cache

from syngraph.engine.governance.governing import Governing, governing
from syngraph.engine.governance.register import KeyHeld, Principal, Register
from syngraph.engine.governance.register import load as load_register
from syngraph.engine.text.clauses import Clause
from syngraph.engine.text.digest import frees
from syngraph.engine.text.document import Document
from syngraph.engine.text.manifest import Manifest
from syngraph.engine.text.manifest import parse as parse_manifest
from syngraph.engine.text.store import MANIFEST, Tree, overlay, text_of

SLACK = timedelta(days=1)
"""How far the days of two places on earth may lie apart."""

Reading = Callable[[Document], tuple[Clause, ...]]
"""What reads the sentences of a document (`clauses.read` with a reader)."""


@dataclass(frozen=True, slots=True)
class Signatory:
    """A key of the register and whose it is."""

    principal: Principal
    key: KeyHeld


@dataclass(frozen=True)
class Standing:
    """A governed text: its files without the record, and what they say.

    `digest` is that of its governed files (engine/text/digest.py), "" where nobody asked for it.
    """

    tree: Tree
    digest: str
    read: Reading

    @cached_property
    def manifest(self) -> Manifest:
        """The manifest. Raises: ManifestError, StoreError, YamlError"""
        return parse_manifest(text_of(self.tree, MANIFEST))

    @cached_property
    def register(self) -> Register:
        """The register; one without principals where the manifest names none. Raises: RegisterError, StoreError, YamlError"""
        path = self.manifest.register
        return load_register(self.tree.read(path), path) if path else Register("", ())

    @cached_property
    def keys(self) -> dict[str, Signatory]:
        """Whose the keys of the register are, by the name of the key."""
        path = self.manifest.register
        return _keys(self.tree.read(path), path) if path else {}

    @cached_property
    def is_free(self) -> Callable[[str], bool]:
        """Whether a file is nobody's to decide. Raises: FreeError"""
        return frees(self.manifest)

    @cached_property
    def governing(self) -> Governing:
        """The text, resolved and read. Raises: TextError"""
        return governing(self.tree, self.read)

    def changed(self, files: Mapping[str, bytes | None]) -> "Standing":
        """The text with files changed, without a digest."""
        return Standing(overlay(self.tree, files), "", self.read)

    def reads(self, governing: Governing) -> None:
        """Takes over what another text of the same words was read as, with all that was worked out from it."""
        self.__dict__["governing"] = governing

    def holds(self, principal: str, role: str, *days: date) -> bool:
        """Whether somebody has a role on each of those days."""
        found = self.register.principal(principal)
        return found is not None and all(found.holds(role, day) for day in days)


@lru_cache(maxsize=32)
def _keys(content: bytes, path: str) -> dict[str, Signatory]:
    from syngraph.engine.governance.signatures import KeyRefused, parse_public

    found: dict[str, Signatory] = {}
    for principal in load_register(content, path).principals:
        for held in principal.keys:
            try:
                found[parse_public(held.line).name] = Signatory(principal, held)
            except KeyRefused:
                continue
    return found
