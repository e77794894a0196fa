"""A founding before there is a chain: the text in a folder, who signs it, and the commit that brings both."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from syngraph.cli.acting import chain, stating
from syngraph.cli.manners import memory
from syngraph.engine.text.errors import TextError
from syngraph.engine.text.store import MANIFEST

if TYPE_CHECKING:
    from syngraph.engine.governance.chain.ledger import Ledger
    from syngraph.engine.governance.signatures import Signer
    from syngraph.engine.governance.standing import Standing
    from syngraph.engine.text.store import Repository, Tree
    from syngraph.engine.text.store.writing import Author


class FoundingError(TextError):
    """A text that cannot be founded as it is."""


@dataclass(frozen=True)
class Start:
    """A text that is to be founded: in `folder`, which is `below` the top of a repository, if there is one (`repo`).

    `expected` is the commit of the governed branch, None where it is not there yet.
    """

    folder: Path
    standing: "Standing"
    repo: "Repository | None"
    below: str
    expected: str | None

    def earlier(self) -> dict[str, str]:
        """What the record holds already, by path with the SHA-256 of each file."""
        tree = self.standing.tree
        return {path: sha256(tree.read(path)).hexdigest() for path in tree.paths() if path.startswith("record/")}

    def changed(self) -> dict[str, bytes | None]:
        """The files of the folder that the governed branch has not, or has otherwise; None for those that it has too many."""
        tree = self.standing.tree
        old = self._committed()
        before = {path: old.read(path) for path in old.paths()} if old is not None else {}
        after = {path: tree.read(path) for path in tree.paths()}
        found: dict[str, bytes | None] = {path: content for path, content in after.items() if before.get(path) != content}
        return found | {path: None for path in before if path not in after}

    def differences(self) -> list[tuple[str, str]]:
        """The same in words: paths, each `added`, `changed` or `deleted`."""
        old = self._committed()
        there = frozenset(old.paths()) if old is not None else frozenset()
        return [
            (path, "deleted" if content is None else "changed" if path in there else "added")
            for path, content in sorted(self.changed().items())
        ]

    def _committed(self) -> "Tree | None":
        if self.repo is None or self.expected is None:
            return None
        at = self.repo.folder(self.repo.commit(self.expected).tree, self.below)
        return self.repo.tree(self.expected, self.below) if at is not None else None


def begun(path: Path) -> Start:
    """The text at a path, fit to be founded.

    Raises: FoundingError where it is founded already, or cannot be; TextError
    """
    from syngraph.engine.text.manifest import exists
    from syngraph.engine.text.store import open_tree
    from syngraph.engine.text.store.head import is_bare

    folder = _folder(path)
    if is_bare(folder):
        raise FoundingError(
            "a bare repository, which has no folder", "a clone with the text in it", "clone it, found it there, and push"
        )
    tree = open_tree(folder)
    if not exists(tree):
        raise FoundingError(
            "no syngraph.yaml",
            "the folder of an agreement",
            "start one with `syngraph new`, or name its folder",
            path=str(folder),
        )
    repo, below = _repository(folder)
    standing = _standing(_kept(tree, repo, below))
    if not standing.manifest.register:
        raise FoundingError(
            "a manifest without a register",
            "`register: register.yaml`, and in that file who is bound and by which keys",
            "write the register; `syngraph key show` prints the line for a key",
            path="syngraph.yaml",
        )
    branch = standing.manifest.branch
    expected = repo.branch(branch) if repo is not None else None
    start = Start(folder, standing, repo, below, expected)
    if repo is not None and expected is not None:
        at = repo.folder(repo.commit(expected).tree, below)
        if at is not None and repo.folder(at, chain.FOUNDING) is not None:
            raise FoundingError(
                f"an agreement that is founded already, on {branch}",
                "one that is not",
                "`syngraph verify` tells its lineage; change its text with `syngraph propose`",
                path=str(folder),
            )
    elif repo is not None and repo.head() is not None:
        raise FoundingError(
            f"no branch {branch}, which the manifest names as governed",
            "the branch on which the text stands",
            f"git branch {branch} makes it here, or name another one with `branch:` in syngraph.yaml",
            path=str(folder),
        )
    return start


def filed(content: bytes) -> dict[str, bytes]:
    """A statement under the path where it is filed."""
    from syngraph.engine.governance.statements import path_of

    return {path_of(content): content}


def seals(content: bytes, signers: "Sequence[Signer]") -> dict[str, bytes]:
    """The signatures of those who sign, under the paths where they are filed."""
    from syngraph.engine.enacting import sealed

    return {path: made for path, made in sealed(content, signers).items() if path.endswith(".sig")}


def signed(start: Start, file: Path) -> tuple[bytes, dict[str, bytes]]:
    """A founding statement in a file with the signatures beside it. Raises: StatementRefused, FoundingError, OSError"""
    from syngraph.cli.chain import papers
    from syngraph.engine.governance.statements import Founding, parse

    content = stating.readable(file)
    details = parse(content, str(file)).details
    if not isinstance(details, Founding):
        raise FoundingError("a statement of another kind", "a founding", "`syngraph found -o DIR` writes one", path=str(file))
    if details.digest != start.standing.digest:
        raise FoundingError(
            f"a founding of the text {details.digest[:16]}…",
            f"of the one in {start.folder}, {start.standing.digest[:16]}…",
            "the text was changed since it was signed: put it back, or let everybody sign it anew",
            path=str(file),
        )
    return content, papers.signatures(content, papers.beside(file))


def attested(start: Start, minutes: Path) -> str:
    """The digest of minutes in the record that attest an earlier adoption. Raises: FoundingError, OSError"""
    digest = sha256(stating.readable(minutes)).hexdigest()
    if digest not in start.earlier().values():
        raise FoundingError(
            "minutes that are not in the record",
            f"a file in {start.folder / 'record'}",
            "put the minutes there, so that the founding covers them",
            path=str(minutes),
        )
    return digest


def tried(start: Start, files: Mapping[str, bytes], when: datetime) -> "Ledger":
    """The chain that would begin with those statements. Raises: Unlawful"""
    from syngraph.engine.governance.chain import recording
    from syngraph.engine.governance.chain.ledger import Ledger
    from syngraph.engine.governance.chain.site import Site

    def none_yet(filed: object) -> NoReturn:
        raise LookupError(filed)

    _ = start.standing.governing  # what cannot be read cannot be founded
    ledger = Ledger(day=when.date())
    site = Site(start.standing, "", "", when.date(), lambda: start.standing.tree, {}, none_yet)
    recording.found(ledger, site, files, start.earlier())
    return ledger


def write(start: Start, files: Mapping[str, bytes], message: str, who: "Author", when: datetime) -> str:
    """Commits the text and its founding to the governed branch, in a new repository where there is none. Raises: StoreError"""
    from syngraph.engine.text.store import open_repository
    from syngraph.engine.text.store.writing import commit_files

    repo, below = start.repo, start.below
    branch = start.standing.manifest.branch
    if repo is None:
        import pygit2

        pygit2.init_repository(str(start.folder), initial_head=branch)
        repo, below = open_repository(start.folder)
    return commit_files(repo, branch, start.expected, below, {**start.changed(), **files}, message, who, when)


def _folder(path: Path) -> Path:
    whole = path.absolute()
    return next((at for at in (whole, *whole.parents) if (at / MANIFEST).is_file()), path)


def _repository(folder: Path) -> "tuple[Repository | None, str]":
    from syngraph.engine.text.store import StoreError, open_repository

    try:
        return open_repository(folder)
    except StoreError as error:
        if error.found != "no git repository":
            raise
        return None, ""


def _kept(tree: "Tree", repo: "Repository | None", below: str) -> "Tree":
    """The tree of a folder without what git ignores."""
    from syngraph.engine.text.store import overlay

    if repo is None:
        return tree
    prefix = f"{below}/" if below else ""
    ignored = [path for path in tree.paths() if repo.handle.path_is_ignored(prefix + path)]
    return overlay(tree, dict.fromkeys(ignored)) if ignored else tree


def _standing(tree: "Tree") -> "Standing":
    from syngraph.engine.governance.standing import Standing
    from syngraph.engine.reading import Reader
    from syngraph.engine.text import clauses
    from syngraph.engine.text.digest import tree_digest

    reader = Reader(memory.cache())
    text = Standing(tree, "", lambda document: clauses.read(document, reader))
    closure = text.governing.document.closure
    reader.finish()
    return Standing(tree, tree_digest(tree, text.manifest, closure), text.read)
