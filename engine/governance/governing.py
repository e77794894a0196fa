"""A text that governs: its files with everything read that decides how it may be changed."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property

from syngraph.engine.governance.meanings import Meanings
from syngraph.engine.governance.register import Register, holdings, load
from syngraph.engine.norms.words.roles import Roles, roles
from syngraph.engine.text import manifest as manifests
from syngraph.engine.text.clauses import Clause, PlacedRule, placed
from syngraph.engine.text.digest import governed_paths
from syngraph.engine.text.document import Document
from syngraph.engine.text.errors import TextError
from syngraph.engine.text.lint.codes import STOPPING
from syngraph.engine.text.manifest import Manifest
from syngraph.engine.text.provenance import Text
from syngraph.engine.text.store import Tree, text_of


@dataclass(frozen=True, eq=False)
class Governing:
    """One text of an agreement, with its manifest, its register, its document, the sentences of it and their rules.

    Texts are told apart as objects, so that what is worked out from one can be kept by it (`lru_cache`).

    What its sections mean is worked out when it is first asked for and kept (so the class has no slots).
    """

    tree: Tree
    manifest: Manifest
    register: Register
    document: Document
    clauses: tuple[Clause, ...]
    rules: tuple[PlacedRule, ...]

    @cached_property
    def meanings(self) -> Meanings:
        """What each section means."""
        return Meanings(self.document, self.clauses)

    @cached_property
    def roles(self) -> Roles:
        """Who holds which role when, found by name."""
        return roles(holdings(self.register))

    @cached_property
    def governed(self) -> tuple[str, ...]:
        """The paths that are governed: all but the record and what is free. Raises: FreeError"""
        return governed_paths(self.tree.paths(), self.manifest, self.document.closure)

    def meaning(self, section: str) -> str:
        """A key that is equal only for equal meaning of a section and all that it depends on; "" where there is no such one."""
        return self.meanings.digest(section)


def governing(tree: Tree, read: Callable[[Document], tuple[Clause, ...]]) -> Governing:
    """The text of a tree. `read` reads the sentences of a document.

    Raises: TextError where a file cannot be read, where a part of the text is missing (what decides might stand in it), or
    where the manifest frees what can never be free.
    """
    manifest = manifests.load(tree)
    register = load(tree.read(manifest.register), manifest.register) if manifest.register else Register("", ())
    document = resolved(tree, manifest.root, register)
    hole = next((finding for finding in document.findings if finding.code in STOPPING), None)
    if hole is not None:
        error = TextError(
            hole.message,
            "the whole text, since what is missing may say how it is changed",
            hole.help or "mend it",
            place=hole.place,
        )
        with suppress(TextError, IndexError):
            error.source = text_of(tree, hole.place.path).split("\n")[hole.place.line - 1]
        raise error
    governed_paths((), manifest, document.closure)
    with manifest.speaking():
        clauses = read(document)
        return Governing(tree, manifest, register, document, clauses, placed(clauses))


def resolved(tree: Tree, root: str, register: Register) -> Document:
    """The document that an object is for those whom a register names.

    Raises: TextError when the object cannot be read at all.
    """
    # The Markdown library takes a while to load.
    from syngraph.engine.text.resolving.resolve import Holder, resolve

    holders: dict[str, dict[str, Holder]] = {}
    for principal in register.principals:
        for held in principal.roles:
            holder = Holder(principal.id, (("Name", Text(principal.name)),))
            holders.setdefault(held.role, {})[principal.id] = holder
    return resolve(tree, root, {role: tuple(held.values()) for role, held in holders.items()})
