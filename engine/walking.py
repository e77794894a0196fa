"""Walking the governed branch: each commit that touches the agreement is judged by those who know its kind of change."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path

from syngraph.engine.cache import Cache, Forgetful, key
from syngraph.engine.governance.chain import executing, recording
from syngraph.engine.governance.chain.keeping import kept, taken_up
from syngraph.engine.governance.chain.ledger import Ledger, MotionOnFile
from syngraph.engine.governance.chain.motions import Moved, moved
from syngraph.engine.governance.chain.site import Site
from syngraph.engine.governance.chain.transitions import Kind, Unlawful, cause_of, not_nested
from syngraph.engine.governance.governing import Governing
from syngraph.engine.governance.standing import Standing
from syngraph.engine.governance.statements import FOLDER, filed
from syngraph.engine.reading import Reader
from syngraph.engine.ruling import Rulings
from syngraph.engine.text import clauses as sentences
from syngraph.engine.text.clauses import Clause
from syngraph.engine.text.digest import Digests, tree_digest
from syngraph.engine.text.document import Document
from syngraph.engine.text.errors import TextError
from syngraph.engine.text.manifest import parse as parse_manifest
from syngraph.engine.text.store import (
    FILE,
    MANIFEST,
    TREE,
    Commit,
    DamagedError,
    Difference,
    Repository,
    StoreError,
    Tree,
    decoded,
    differences,
    files_below,
    open_repository,
)

FOUNDING = f"{FOLDER}/founding"
_AT_ONCE = 64
"""How many commits a cache is asked for at once, newest first."""


@dataclass(frozen=True, slots=True)
class Violation:
    """A commit that is no lawful transition, and why. `error` says what was found, what would be lawful and what to do."""

    commit: str
    subject: str
    error: TextError

    @property
    def reason(self) -> str:
        """Why, in a line."""
        return f"{self.error.found}; expected {self.error.expected}"


class Walk:
    """One walk over a chain."""

    def __init__(self, path: Path, branch: str, cache: Cache, alternates: Sequence[Path], today: date | None) -> None:
        self.repository, self.below = open_repository(path, alternates)
        self.branch = branch or _governed_branch(self.repository, self.below)
        self.cache = cache
        self.latest = today + timedelta(days=1) if today is not None else date.max
        self.ledger = Ledger()
        self.standing: Standing | None = None
        self._motions: dict[str, Moved] = {}
        self._reader = Reader(cache)
        self._digests = Digests(self.repository)
        self.rulings = Rulings(self._governing, self._reader)

    def over(self, head: str, every: bool, progress: Callable[[int, int], None]) -> tuple[str, tuple[Violation, ...]]:
        """Walks to a head, from the nearest commit that an earlier walk has come to; the head, and what is unlawful."""
        tip = head or self.repository.branch(self.branch)
        if tip is None:
            raise StoreError(
                f"no branch {self.branch}", "the branch that the manifest names", "git fetch it", path=str(self.repository.path)
            )
        commits = list(self.repository.first_parents(tip))
        known = self._taken_up(commits)
        violations: list[Violation] = []
        whole = len(commits) if known is None else known
        for done, number in enumerate(range(whole - 1, -1, -1)):
            commit = commits[number]
            parent = commits[number + 1] if number + 1 < len(commits) else None
            try:
                self._step(parent, commit)
            except DamagedError:
                raise
            except TextError as error:
                self._undamaged(commit)
                violations.append(Violation(commit.oid, commit.subject, error))
                if not every:
                    break
                self._resume(commit)
            progress(done + 1, whole)
        self._reader.finish()
        if not violations:
            violations += self._misled(commits[0], whole_branch=not head)
        if not violations and self.ledger.lineage and known != 0 and not isinstance(self.cache, Forgetful):
            self.cache.put({self._key(tip): kept(self.ledger)})
        return tip, tuple(violations)

    def _undamaged(self, commit: Commit) -> None:
        """That what cannot be read at a commit is not merely lost from this copy. Raises: DamagedError"""
        try:
            folder = self.repository.folder(commit.tree, self.below)
            for oid in files_below(self.repository, folder, f"{FOLDER}/").values() if folder is not None else ():
                self.repository.blob(oid)
        except DamagedError:
            raise
        except StoreError:
            return

    def _misled(self, tip: Commit, whole_branch: bool) -> list[Violation]:
        """What makes a lawful chain show something else than it says: another branch, replaced objects."""
        error: TextError | None = None
        named = self.standing.manifest.branch if self.standing is not None else self.branch
        replaced = self.repository.replaced()
        if replaced:
            error = Unlawful(
                f"objects that git shows others for ({replaced[0]})",
                "objects as they are",
                "git replace --delete takes the replacement away",
                path=str(self.repository.path),
            )
        elif whole_branch and named != self.branch:
            error = Unlawful(
                f"the branch {self.branch}, whose own manifest names the branch {named}",
                "the branch that the governed text itself names",
                f"check out {named}; the manifest that named {self.branch} was never adopted",
                path=MANIFEST,
            )
        above = next(filter(None, (self._above(tip, part) for part in _ancestors(self.below))), "")
        if error is None and above:
            error = Unlawful(
                f"an agreement inside an agreement, that of {above}",
                "agreements in folders beside one another",
                f"take {above} out of the repository, or put it into a folder of its own",
                path=self.below,
            )
        return [Violation(tip.oid, tip.subject, error)] if error is not None else []

    def _above(self, tip: Commit, part: str) -> str:
        """The manifest in a folder that the agreement lies in, "" where there is none."""
        folder = self.repository.folder(tip.tree, part)
        held = self.repository.entries(folder) if folder is not None else ()
        path = f"{part}/{MANIFEST}".lstrip("/")
        return path if any(entry.name == MANIFEST.encode() for entry in held) else ""

    # -- one commit ----------------------------------------------------------------------------------------------------

    def _step(self, parent: Commit | None, commit: Commit) -> None:
        repository, below = self.repository, self.below
        new = repository.folder(commit.tree, below)
        old = repository.folder(parent.tree, below) if parent is not None else None
        if new == old:
            return
        if new is None:
            if self.ledger.lineage:
                raise Unlawful("the whole agreement deleted", "a text that changes as it says itself", path=below or ".")
            return
        day = commit.committed.date()
        if day > self.latest:
            raise Unlawful(
                f"a commit dated {day}",
                f"none later than {self.latest}",
                "set the clock of the machine that made it",
                path=below or ".",
            )
        if not self.ledger.lineage:
            if repository.folder(new, FOUNDING) is not None:
                self._found(parent, commit, new, day)
            return
        assert parent is not None and self.standing is not None
        self.ledger.day = max(self.ledger.day, day)
        recorded: dict[str, bytes] = {}
        free: list[Difference] = []
        governed: list[Difference] = []
        for difference in differences(repository, old, new):
            not_nested(difference.path)
            if difference.path.startswith(FOLDER + "/"):
                recorded[difference.path] = self._added(difference)
            elif self.standing.is_free(difference.path):
                free.append(difference)
            else:
                governed.append(difference)
        site = self.site(parent.oid, commit.oid, self.ledger.day)
        if recorded:
            recording.record(self.ledger, site, recorded)
        if governed and free:
            raise Unlawful(
                f"{governed[0].path}, which is governed, and {free[0].path}, which is free, in one commit",
                "one or the other",
                "commit them one after the other",
                path=governed[0].path,
            )
        if governed:
            after = self._standing(commit)
            executing.execute(self.ledger, site, after, {each.path: self._content(each) for each in governed})
            self.standing = after
        elif free:
            cause = cause_of([(each.path, sha256(self._content(each) or b"").hexdigest()) for each in free])
            self.ledger.add(Kind.FREE, commit.oid, self.standing.digest, cause)

    def _found(self, parent: Commit | None, commit: Commit, new: str, day: date) -> None:
        self.ledger.day = day
        self.standing = self._standing(commit)
        added: dict[str, bytes] = {}
        before: dict[str, str] = {}
        for difference in differences(self.repository, None, new):
            not_nested(difference.path)
            if difference.path.startswith(f"{FOUNDING}/"):
                added[difference.path] = self._content(difference) or b""
            elif difference.path.startswith(f"{FOLDER}/"):
                before[difference.path] = sha256(self._content(difference) or b"").hexdigest()
        if parent is not None:
            self._not_moved(parent, {path.rsplit("/", 1)[-1] for path in added})
        recording.found(self.ledger, self.site(commit.oid, commit.oid, day), added, before)

    def _not_moved(self, parent: Commit, names: set[str]) -> None:
        """That no founding of those names stood elsewhere in the repository before."""
        folders = [("", parent.tree)]
        while folders:
            prefix, oid = folders.pop()
            for entry in self.repository.entries(oid):
                name = entry.name.decode("utf-8", "replace")
                if entry.mode == TREE:
                    folders.append((f"{prefix}{name}/", entry.oid))
                elif name in names:
                    raise Unlawful(
                        f"an agreement that stood in {prefix.split(FOLDER + '/')[0] or 'the top folder'} before",
                        "an agreement that stays in its folder",
                        "move it back; its chain goes on only there",
                        path=self.below or ".",
                    )

    def site(self, text: str, commit: str, day: date) -> Site:
        """Where statements enter on the text of a commit, with another one on a day."""
        assert self.standing is not None

        def tree() -> Tree:
            return self.repository.tree(text, self.below)

        return Site(self.standing, text, commit, day, tree, self._motions, self._reopened, ruling=self.rulings)

    def _added(self, difference: Difference) -> bytes:
        if difference.old is not None:
            raise Unlawful(
                "a statement deleted" if difference.new is None else "a statement changed",
                "a record that only grows",
                "take the change back; what is wrong is corrected by a further statement",
                path=difference.path,
            )
        return self._content(difference) or b""

    def _content(self, difference: Difference) -> bytes | None:
        return None if difference.new is None else self.repository.blob(difference.new.oid)

    def _resume(self, commit: Commit) -> None:
        """After a violation the text is what it has become, whatever made it so."""
        if self.ledger.lineage:
            try:
                self.standing = self._standing(commit)
            except TextError:
                return

    # -- the text ------------------------------------------------------------------------------------------------------

    def _standing(self, commit: Commit) -> Standing:
        tree = self._text(commit.oid)
        folder = self.repository.folder(commit.tree, self.below)
        assert folder is not None
        return self.standing_of(tree, lambda text, closure: self._digests.of(folder, text.manifest, closure))

    def standing_of(self, tree: Tree, digested: Callable[[Standing, Sequence[str]], str] | None = None) -> Standing:
        """The text of a tree, which has to be fit to govern. Raises: TextError"""
        text = Standing(tree, "", self._read)
        closure = text.governing.document.closure if text.manifest.free else ()
        digest = digested(text, closure) if digested is not None else tree_digest(tree, text.manifest, closure)
        return replace(text, digest=digest)

    def _read(self, document: Document) -> tuple[Clause, ...]:
        return sentences.read(document, self._reader)

    def _reopened(self, filed_motion: MotionOnFile) -> Moved:
        """A motion with the text it was opened on, worked out again where this walk did not see it enter."""
        entry = self.repository.tree(filed_motion.entry, self.below)
        statement = filed(entry.read(filed_motion.path), filed_motion.path)
        return moved(statement, Standing(self._text(filed_motion.text), "", self._read), filed_motion.opened)

    def _governing(self, commit: str) -> Governing:
        return Standing(self._text(commit), "", self._read).governing

    def _text(self, commit: str) -> Tree:
        return self.repository.tree(commit, self.below, f"{FOLDER}/")

    # -- what is remembered --------------------------------------------------------------------------------------------

    def _key(self, commit: str) -> str:
        return key("chain", commit, self.below)

    def _taken_up(self, commits: list[Commit]) -> int | None:
        """Takes the ledger of the newest commit that is known; the number of that commit, None for a walk from the start."""
        for first in range(0, len(commits), _AT_ONCE):
            some = commits[first : first + _AT_ONCE]
            found = self.cache.get(tuple(self._key(commit.oid) for commit in some))
            for number, commit in enumerate(some, first):
                content = found.get(self._key(commit.oid))
                ledger = taken_up(content) if content is not None else None
                if ledger is not None and ledger.day <= self.latest:
                    self.ledger = ledger
                    tree = self._text(commit.oid)
                    self.standing = Standing(tree, ledger.transitions[-1].result, self._read)
                    return number
        return None


def _ancestors(below: str) -> list[str]:
    """The folders that a folder lies in, the outermost first; "" is the top."""
    parts = below.split("/") if below else []
    return ["/".join(parts[:count]) for count in range(len(parts))]


def _governed_branch(repository: Repository, below: str) -> str:
    """The branch that the manifest names where the repository stands, or named at the nearest commit that has a sound one."""
    tip = repository.head()
    if tip is None:
        raise StoreError(
            "a repository without a commit", "at least one commit", "commit the agreement first", path=str(repository.path)
        )
    first: TextError | None = None
    for commit in repository.first_parents(tip):
        try:
            return parse_manifest(decoded(_manifest(repository, commit, below), MANIFEST)).branch
        except DamagedError:
            raise
        except TextError as error:
            first = first or error
    assert first is not None
    raise first


def _manifest(repository: Repository, commit: Commit, below: str) -> bytes:
    """The manifest of a commit, whatever else is in its folder. Raises: StoreError"""
    folder = repository.folder(commit.tree, below)
    for entry in repository.entries(folder) if folder is not None else ():
        if entry.name == MANIFEST.encode() and entry.mode == FILE:
            return repository.blob(entry.oid)
    raise StoreError(
        f"no {MANIFEST} in {below or 'the top folder'}",
        "the manifest of an agreement",
        "name the folder of the agreement, or start one with `syngraph new`",
        path=str(repository.path),
    )
