"""A small community for tests: its text, its people with their keys, and everything that they may and may not do to it."""

import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from hashlib import sha256
from pathlib import Path

import pygit2

from syngraph.engine import enacting
from syngraph.engine.cache import Cache
from syngraph.engine.enacting import Draft, Enacted, Enactment
from syngraph.engine.governance.chain.counting import Count
from syngraph.engine.governance.chain.recording import earlier
from syngraph.engine.governance.signatures import KeySigner, load, make, written
from syngraph.engine.governance.statements import (
    Choice,
    Details,
    Kind,
    Minutes,
    Resignation,
    Rotation,
    parse,
    path_of,
)
from syngraph.engine.text.store import overlay
from syngraph.engine.text.store.writing import Author
from syngraph.engine.verify import Verification, verify

MANIFEST = """syngraph: 1
title: Millbrook Reading Room
branch: main
root: bylaws.md
register: register.yaml
calendar: {zone: UTC}
free: [README.md, notes/]
"""

BYLAWS = """---
title: Bylaws of the Millbrook Reading Room
fields:
  Dues: EUR 20
---

# Purpose {#purpose}

The Reading Room lends books to everybody in Millbrook.

# Members {#members}

"Member" means a person entered in the Register as a Member.

The Secretary may admit a person as a Member. A Member may be removed by three-quarters of all
Members. The Member proposed for removal is not counted.

# Dues {#dues}

Each Member shall pay {Dues} to the Treasurer by 31 January of each year.

# Hours {#hours}

The Secretary shall open the Reading Room on each Business Day.

# Amendment {#amendment}

These Bylaws may be amended by two-thirds of all Members. [](#dues) may be amended by a majority of all Members.
[](#purpose) may not be amended.
"""

PEOPLE = ("ada", "bora", "carla", "dov", "edda")
START = date(2026, 1, 5)


@dataclass
class Village:
    """An agreement in a repository of its own. Days go on by themselves: every act is a day later than the one before.

    `roles` are offices besides that of a Member, `more` lines at the end of somebody's entry in the register.
    """

    path: Path
    people: Sequence[str] = PEOPLE
    bylaws: str = BYLAWS
    manifest: str = MANIFEST
    extra: Mapping[str, bytes] = field(default_factory=dict)
    roles: Mapping[str, str] = field(default_factory=lambda: {"ada": "Chair", "bora": "Secretary", "carla": "Treasurer"})
    keys: dict[str, KeySigner] = field(default_factory=dict)
    day: date = START
    minutes_of: str | None = None
    cache: Cache | None = None
    more: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.path.exists():
            self.repository = pygit2.Repository(str(self.path))
        else:
            self.repository = pygit2.init_repository(str(self.path), bare=True, initial_head="main")
        for person in self.people:
            self.keys.setdefault(person, self.key())

    def copied(self, path: Path) -> "Village":
        """The same community in a repository of its own: same people, same keys, same lineage."""
        shutil.copytree(self.path, path)
        return replace(self, path=path, keys=dict(self.keys))

    # -- what there is -------------------------------------------------------------------------------------------------

    @staticmethod
    def key() -> KeySigner:
        return load(written(make()))

    def register(self) -> str:
        lines = ["principals:"]
        for person in self.people:
            office = f", {{role: {self.roles[person]}}}" if person in self.roles else ""
            lines += [
                f"  - id: {person}",
                f"    name: {person.title()} of Millbrook",
                f"    roles: [{{role: Member}}{office}]",
                f"    keys: [{self.keys[person].public.line()}]",
                *([self.more[person]] if person in self.more else []),
            ]
        return "\n".join(lines) + "\n"

    def files(self) -> dict[str, bytes]:
        return {
            "syngraph.yaml": self.manifest.encode(),
            "bylaws.md": self.bylaws.encode(),
            "register.yaml": self.register().encode(),
            "README.md": b"# Millbrook\n",
            **self.extra,
        }

    def verify(self, **how: object) -> Verification:
        return verify(self.path, **{"branch": "main", "cache": self.cache, **how})  # type: ignore[arg-type]

    def text(self, path: str = "bylaws.md") -> str:
        return self.tree()[path].decode()

    def tree(self, commit: str = "") -> dict[str, bytes]:
        """Every file at the head of the branch, or at a commit."""
        oid = commit or str(self.repository.branches["main"].target)
        found: dict[str, bytes] = {}

        def walk(tree: pygit2.Tree, prefix: str) -> None:
            for entry in tree:
                if isinstance(entry, pygit2.Tree):
                    walk(entry, f"{prefix}{entry.name}/")
                elif isinstance(entry, pygit2.Blob):
                    found[f"{prefix}{entry.name}"] = entry.data

        walk(self.repository[oid].peel(pygit2.Commit).tree, "")
        return found

    @property
    def head(self) -> str:
        return str(self.repository.branches["main"].target)

    def next_day(self) -> date:
        self.day += timedelta(days=1)
        return self.day

    # -- lawful acts ---------------------------------------------------------------------------------------------------

    def found(self, *signers: str) -> str:
        """Founds the agreement, signed by everybody or by those named; the lineage."""
        names = signers or tuple(self.people)
        self.raw(self.files(), message="Write the bylaws")
        digest = self.verify_text()
        record = {path: sha256(content).hexdigest() for path, content in self.tree().items() if path.startswith("record/")}
        content = enacting.founding(digest, "0" * 31 + "1", Draft(tuple(names), self.day), earlier(record), self.minutes_of)
        self.raw(enacting.sealed(content, [self.keys[name] for name in names]), message="Found")
        return self.verify().ledger.lineage

    def verify_text(self) -> str:
        from syngraph.engine.text.digest import tree_digest
        from syngraph.engine.text.manifest import load as load_manifest
        from syngraph.engine.text.store import tree_of

        tree = tree_of(self.tree())
        return tree_digest(tree, load_manifest(tree))

    def enact(self, build: Callable[[Verification], Enactment], day: date | None = None, **how: object) -> Enacted:
        when = datetime.combine(day or self.day, time(12), UTC)
        return enacting.enact(self.verify, build, Author("Millbrook", "room@example.org"), when, **how)  # type: ignore[arg-type]

    def enter(self, *contents: tuple[bytes, Sequence[KeySigner]], day: date | None = None) -> Enacted:
        """Enters statements with the signatures of those keys."""
        files = {path: data for content, keys in contents for path, data in enacting.sealed(content, keys).items()}
        return self.enact(lambda verification: Enactment(files, message="Enter"), day)

    def stated(self, kind: str, details: Details, *names: str, body: str = "", sequence: int = 1, **more: object) -> bytes:
        """A statement of those on the chain as it stands, which nobody has signed yet."""
        return enacting.stated(self.verify(), Kind(kind), details, self.draft(*names, **more), body, sequence)  # type: ignore[arg-type]

    def sealed(self, content: bytes, *names: str) -> dict[str, bytes]:
        """The files of a statement, signed by those."""
        return enacting.sealed(content, [self.keys[name] for name in names])

    def draft(self, *names: str, day: date | None = None, **more: object) -> Draft:
        return Draft(names, day or self.day, **more)  # type: ignore[arg-type]

    def motion_file(
        self,
        by: str | Sequence[str],
        files: Mapping[str, bytes | None],
        title: str = "A motion",
        nonce: str = "",
        **more: object,
    ) -> bytes:
        names = (by,) if isinstance(by, str) else tuple(by)
        verification = self.verify()
        assert verification.standing is not None
        tree = verification.standing.tree
        changes = enacting.proposed(verification, overlay(tree, files), sorted(files))
        nonce = nonce or f"{len(verification.transitions):032x}"
        return enacting.motion(verification, changes, title, nonce, "", self.draft(*names, **more))  # type: ignore[arg-type]

    def move(self, by: str | Sequence[str], files: Mapping[str, bytes | None], title: str = "A motion", **more: object) -> str:
        """Moves a change of the text; the digest of the motion."""
        self.next_day()
        content = self.motion_file(by, files, title, **more)
        names = (by,) if isinstance(by, str) else tuple(by)
        self.enter((content, [self.keys[name] for name in names]))
        return parse(content, "the motion").digest

    def replaced(self, old: str, new: str, path: str = "bylaws.md") -> dict[str, bytes | None]:
        """A change of one place of a file."""
        text = self.text(path)
        assert old in text, old
        return {path: text.replace(old, new).encode()}

    def ballot_file(self, motion: str, who: str, vote: str = "yes", **more: object) -> bytes:
        verification = self.verify()
        filed = verification.ledger.motions[motion]
        return enacting.ballot(verification, filed, Choice(vote), self.draft(who, **more))

    def vote(self, motion: str, *yes: str, no: Sequence[str] = (), abstain: Sequence[str] = ()) -> None:
        """Casts ballots, each in a commit of its own."""
        for vote, names in (("yes", yes), ("no", no), ("abstain", abstain)):
            for name in names:
                self.enter((self.ballot_file(motion, name, vote), [self.keys[name]]))

    def count(self, motion: str) -> Count:
        """How the votes on a motion stand."""
        verification = self.verify()
        return enacting.counted(verification, verification.ledger.motions[motion])

    def close(self, motion: str, by: str = "ada") -> str:
        """Closes a vote; its outcome."""
        self.next_day()

        def build(verification: Verification) -> Enactment:
            content = enacting.close(verification, verification.ledger.motions[motion], self.draft(by))
            return Enactment(enacting.sealed(content, [self.keys[by]]), message="Close")

        self.enact(build)
        outcome = self.verify().ledger.motions[motion].outcome
        assert outcome is not None
        return outcome.value

    def adopt(self, motion: str) -> Enacted:
        self.next_day()

        def build(verification: Verification) -> Enactment:
            return Enactment(text=enacting.adoption(verification, verification.ledger.motions[motion]), message="Adopt")

        return self.enact(build)

    def decide(self, by: str, files: Mapping[str, bytes | None], *yes: str, title: str = "A motion") -> str:
        """Moves, votes, closes and adopts in one go; the digest of the motion."""
        motion = self.move(by, files, title)
        self.vote(motion, *yes)
        assert self.close(motion) == "adopted"
        self.adopt(motion)
        return motion

    def rotate(self, who: str, new: KeySigner | None = None) -> KeySigner:
        """Rotates somebody's key, in one commit; the old one."""
        self.next_day()
        old, new = self.keys[who], new or self.key()
        line = " ".join(new.public.line().split()[:2])

        def build(verification: Verification) -> Enactment:
            details = Rotation(old.public.name, line)
            content = enacting.stated(verification, Kind.ROTATION, details, self.draft(who))
            statement = parse(content, path_of(content))
            return Enactment(
                enacting.sealed(content, [old, new]), enacting.carried(verification, statement), f"Rotate the key of {who}"
            )

        self.enact(build)
        self.keys[who] = new
        return old

    def resign(self, who: str, role: str | None = None) -> None:
        """Somebody resigns, in one commit."""
        self.next_day()

        def build(verification: Verification) -> Enactment:
            content = enacting.stated(verification, Kind.RESIGNATION, Resignation(role, self.day), self.draft(who))
            statement = parse(content, path_of(content))
            return Enactment(enacting.sealed(content, [self.keys[who]]), enacting.carried(verification, statement), "Resign")

        self.enact(build)

    def act(self, who: str, office: str, files: Mapping[str, bytes | None]) -> Enacted:
        """An officer changes the register, in one commit."""
        self.next_day()

        def build(verification: Verification) -> Enactment:
            assert verification.standing is not None
            tree = overlay(verification.standing.tree, files)
            changes = enacting.proposed(verification, tree, sorted(files))
            content = enacting.act(verification, changes, "", self.draft(who, capacity=office))
            statement = parse(content, path_of(content))
            return Enactment(enacting.sealed(content, [self.keys[who]]), enacting.carried(verification, statement), "Act")

        return self.enact(build)

    def admitted(self, who: str) -> dict[str, bytes]:
        """The register with one more member, from tomorrow; the key is theirs from now on."""
        self.keys[who] = self.key()
        since = self.day + timedelta(days=1)
        entry = f"  - id: {who}\n    name: {who.title()} of Millbrook\n    roles: [{{role: Member, since: {since}}}]\n"
        line = f"    keys: [{self.keys[who].public.line()}]\n"
        return {"register.yaml": (self.text("register.yaml") + entry + line).encode()}

    def fact(self, who: str, sentence: str) -> str:
        """States a fact; its digest."""
        from syngraph.engine.governance.statements import Fact

        content = enacting.stated(self.verify(), Kind.FACT, Fact(), self.draft(who), sentence + "\n")
        self.enter((content, [self.keys[who]]))
        return parse(content, "the fact").digest

    def minutes(self, motion: str, signers: Sequence[str], present: int, *votes: int) -> None:
        """Brings the minutes of a meeting."""
        details = Minutes(motion, self.day, None, present, *votes)
        content = enacting.stated(self.verify(), Kind.MINUTES, details, self.draft(*signers))
        self.enter((content, [self.keys[name] for name in signers]))

    # -- and everything else -------------------------------------------------------------------------------------------

    def raw(
        self,
        files: Mapping[str, bytes | None],
        message: str = "Change",
        day: date | None = None,
        parents: Sequence[str] | None = None,
        branch: str = "main",
    ) -> str:
        """Commits files (None: deletes one) without asking anybody; the commit."""
        return self.commit_tree(self.tree_with(files, parents), message, day, parents, branch)

    def tree_with(self, files: Mapping[str, bytes | None], parents: Sequence[str] | None = None) -> pygit2.Oid:
        """A tree object: that of the head (or the first of `parents`), with files changed."""
        index = pygit2.Index()
        start = parents[0] if parents else None if self.repository.head_is_unborn else self.head
        if start is not None:
            index.read_tree(self.repository[start].peel(pygit2.Commit).tree)
        for path, content in files.items():
            if content is None:
                index.remove(path)
            else:
                index.add(pygit2.IndexEntry(path, self.repository.create_blob(content), pygit2.enums.FileMode.BLOB))
        return index.write_tree(self.repository)

    def tree_of(self, entries: Sequence[tuple[str, bytes, str]]) -> pygit2.Oid:
        """A tree object as nobody would write it: the mode, the name and the id of each entry, just as given."""
        raw = b"".join(mode.encode() + b" " + name + b"\0" + bytes.fromhex(oid) for mode, name, oid in entries)
        return self.repository.write(pygit2.enums.ObjectType.TREE, raw)

    def entries(self) -> list[tuple[str, bytes, str]]:
        """The entries of the top folder at the head, for `tree_of`."""
        top = self.repository[self.head].peel(pygit2.Commit).tree
        return [(f"{entry.filemode:o}", (entry.name or "").encode(), str(entry.id)) for entry in top]

    def commit_tree(
        self,
        tree: pygit2.Oid,
        message: str = "Change",
        day: date | None = None,
        parents: Sequence[str] | None = None,
        branch: str = "main",
    ) -> str:
        """Commits a tree object, and moves the branch to it, wherever that was."""
        when = int(datetime.combine(day or self.day, time(12), UTC).timestamp())
        there = [] if self.repository.head_is_unborn else [self.head]
        lines = [f"tree {tree}", *(f"parent {parent}" for parent in (there if parents is None else parents))]
        lines += [f"{who} Mallory <mallory@example.org> {when} +0000" for who in ("author", "committer")]
        raw = "\n".join([*lines, "", message, ""]).encode()
        oid = self.repository.write(pygit2.enums.ObjectType.COMMIT, raw)
        self.repository.references.create(f"refs/heads/{branch}", oid, force=True)
        return str(oid)

    def refused(self, **how: object) -> str:
        """Why the chain is broken, judged from its beginning; an empty string when it is not."""
        verification = self.verify(cache=None, **how)
        return verification.violations[0].reason if verification.violations else ""
