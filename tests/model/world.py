"""A village beside its model: everything is done to both, and what becomes of it is compared."""

import base64
import hashlib
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path

from model import Commit, Edit, Model, Paper, Person, Refused
from ruamel.yaml import YAML
from village import Village

from syngraph.engine import enacting
from syngraph.engine.cache import Remembering
from syngraph.engine.enacting import Enactment
from syngraph.engine.governance.changes import body, difference
from syngraph.engine.governance.signatures import KeySigner
from syngraph.engine.governance.statements import (
    Act,
    Ballot,
    Choice,
    Close,
    Details,
    Founding,
    Kind,
    Motion,
    Outcome,
    Resignation,
    Rotation,
    Statement,
    write,
)
from syngraph.engine.text.errors import TextError
from syngraph.engine.text.store import tree_of
from syngraph.engine.verify import Verification

BYLAWS = """---
title: Bylaws of the Millbrook Reading Room
fields:
  Dues: EUR {amount}
---

# Purpose {{#purpose}}

{purpose}

# Members {{#members}}

"Member" means a person entered in the Register as a Member.

The Secretary may admit a person as a Member. A Member may be removed by three-quarters of all
Members. The Member proposed for removal is not counted.

# Dues {{#dues}}

Each Member shall pay {{Dues}} to the Treasurer by {dues} of each year.

# Hours {{#hours}}

The {hours} shall open the Reading Room on each Business Day.

# Catalogue {{#catalogue}}

The {catalogue} shall keep a list of the books.

# Amendment {{#amendment}}

These Bylaws may be amended by {general} of all Members.

# Dues by majority {{#duesrule}}

[](#dues) may be amended by {duesrule} of all Members.

# Shield {{#shield}}

{shield}
"""

WORDS = {
    "amount": ("20", "25", "30"),
    "dues": ("31 January", "28 February"),
    "hours": ("Secretary", "Chair", "Treasurer"),
    "catalogue": ("Treasurer", "Secretary"),
    "general": ("two-thirds", "three-quarters"),
    "duesrule": ("a majority", "three-fifths"),
    "purpose": ("The Reading Room lends books to everybody in Millbrook.", "The Reading Room sells books."),
    "shield": ("[](#purpose) may not be amended.", "[](#purpose) may be amended by two-thirds of all Members."),
}
"""What each clause may say."""

Signers = Sequence[KeySigner]


class World:
    """The two of them. `stated` are statements that were signed and have not entered yet, with their files."""

    def __init__(self, path: Path) -> None:
        self.village = Village(path, cache=Remembering())
        clauses: dict[str, object] = {name: words[0] for name, words in WORDS.items()}
        self.village.bylaws = bylaws(clauses).decode()
        self.village.found()
        for who in self.village.people:
            office = ((self.village.roles[who], None, None),) if who in self.village.roles else ()
            key = self.village.keys[who].public.name
            clauses[f"register:{who}"] = Person((("Member", None, None), *office), ((key, None, None),))
        self.verified = self.village.verify()
        self.model = Model(clauses, self.verified.ledger.lineage, self.village.day)
        self.day = self.village.day
        self.signers = {key.public.name: key for key in self.village.keys.values()}
        self.lost: list[KeySigner] = []
        self.stated: list[tuple[Paper, dict[str, bytes]]] = []
        self.known: list[str] = []
        self.edits: dict[str, tuple[Edit, ...]] = {}
        self.history = [(self.village.head, self.model)]
        self.seen: dict[str, int] = {}
        self.check()

    # -- making statements ---------------------------------------------------------------------------------------------

    def key(self, who: str) -> KeySigner:
        """The key that somebody has now."""
        person = self.model.person(who)
        assert person is not None
        return self.signers[person.keys[-1][0]]

    def state(
        self,
        by: str,
        details: Details,
        edits: tuple[Edit, ...] = (),
        *,
        signers: Signers = (),
        foreign: bool = False,
        unknown: bool = False,
        back: int = 0,
        sequence: int = 1,
        expires: date | None = None,
        capacity: str = "",
    ) -> tuple[Paper, dict[str, bytes]]:
        """A statement, as the model has it and as files."""
        day = self.day - timedelta(days=back)
        signers = signers or (self.key(by),)
        lineage = "ab" * 32 if foreign else self.model.lineage
        ids = [each.id for each in self.verified.transitions]
        body_ = ""
        if edits:
            tree = self.village.tree()
            files = self.files(self.model.text | {edit.clause: edit.after for edit in edits})
            body_ = body("", difference(tree_of(tree), tree_of(tree | files), sorted(files)))
        kind = Kind(type(details).__name__.lower())
        content = write(
            Statement(
                kind=kind,
                lineage=None if kind is Kind.FOUNDING else lineage,
                fork=None,
                base=None if kind is Kind.FOUNDING else "cd" * 32 if unknown else ids[-1],
                principals=(by,),
                capacity=capacity or None,
                date=day,
                sequence=sequence,
                expires=expires,
                details=details,
                body=body_,
            )
        )
        paper = Paper(
            digest=hashlib.sha256(content).hexdigest(),
            kind=kind.value,
            by=by,
            keys=frozenset(signer.public.name for signer in signers),
            lineage=lineage,
            base=0 if unknown else len(ids),
            day=day,
            motion=details.motion if isinstance(details, Ballot | Close) else "",
            vote=details.vote.value if isinstance(details, Ballot) else "",
            sequence=sequence,
            outcome=details.outcome.value if isinstance(details, Close) else "",
            edits=edits,
            expires=expires,
            capacity=capacity,
            role=details.role if isinstance(details, Resignation) else None,
            since=details.since if isinstance(details, Resignation) else date.min,
            old=details.old if isinstance(details, Rotation) else "",
            new=name_of(details.new) if isinstance(details, Rotation) else "",
        )
        if kind is Kind.MOTION:
            self.known.append(paper.digest)
            self.edits[paper.digest] = edits
        return paper, enacting.sealed(content, signers)

    def motion(self, by: str, edits: tuple[Edit, ...], expires: int) -> tuple[Paper, dict[str, bytes]]:
        until = self.day + timedelta(days=expires) if expires else None
        return self.state(by, Motion(f"{len(self.known):032x}", "A motion"), edits, expires=until)

    def ballot(self, motion: str, who: str, vote: str, again: bool, **flaws: object) -> tuple[Paper, dict[str, bytes]]:
        """A ballot that follows those that this person has made; with `again` it has the sequence of the last."""
        number = self.seen.get(motion + who, 0) + (0 if again else 1)
        self.seen[motion + who] = max(number, 1)
        return self.state(who, Ballot(motion, Choice(vote)), sequence=max(number, 1), **flaws)  # type: ignore[arg-type]

    def close(self, motion: str, by: str, outcome: str) -> tuple[Paper, dict[str, bytes]]:
        return self.state(by, Close(motion, Outcome(outcome)))

    def rotation(self, who: str, old: KeySigner, new: KeySigner, signers: Signers) -> tuple[Paper, dict[str, bytes]]:
        self.signers[new.public.name] = new
        return self.state(who, Rotation(old.public.name, " ".join(new.public.line().split()[:2])), signers=signers)

    def resignation(self, who: str, role: str | None, since: date) -> tuple[Paper, dict[str, bytes]]:
        return self.state(who, Resignation(role, since))

    def admission(self, by: str, who: str, key: KeySigner, role: str, capacity: str) -> tuple[Paper, dict[str, bytes]]:
        self.signers[key.public.name] = key
        new = Person(((role, self.day, None),), ((key.public.name, None, None),))
        return self.state(by, Act(), (Edit(f"register:{who}", None, new),), capacity=capacity)

    def founding(self, by: str) -> tuple[Paper, dict[str, bytes]]:
        return self.state(by, Founding(self.verified.transitions[-1].result, "9" * 32))

    # -- committing ----------------------------------------------------------------------------------------------------

    def files(self, text: Mapping[str, object]) -> dict[str, bytes]:
        """The governed files that differ when the clauses are those."""
        now, files = self.model.text, self.village.tree()
        found = {}
        if any(text.get(name) != now[name] for name in WORDS):
            found["bylaws.md"] = bylaws(text)
        if text.get("manifest"):
            found["syngraph.yaml"] = files["syngraph.yaml"].replace(b"notes/", b"texts/")
        register = files["register.yaml"].decode()
        for name, person in text.items():
            if isinstance(person, Person) and person != now.get(name):
                register = self._entered(register, name.partition(":")[2], person)
        return found | ({"register.yaml": register.encode()} if register.encode() != files["register.yaml"] else {})

    def _entered(self, register: str, who: str, person: Person) -> str:
        """The register with one entry written anew, at its place or at the end."""
        entry = f"  - id: {who}\n    name: {who.title()} of Millbrook\n"
        for title, held in (("role", person.roles), ("key", person.keys)):
            entry += f"    {title}s:\n" if held else f"    {title}s: []\n"
            for what, since, until in held:
                days = "".join(f", {name}: {day}" for name, day in (("since", since), ("until", until)) if day)
                said = self.signers[what].public.line() if title == "key" else what
                entry += f"      - {{{title}: {said}{days}}}\n"
        first, *entries = register.split("  - id: ")
        cut = [f"  - id: {each}" for each in entries]
        cut = [entry if each.startswith(f"  - id: {who}\n") else each for each in cut]
        return first + "".join(cut) + ("" if entry in cut else entry)

    def commit(
        self,
        papers: Sequence[tuple[Paper, dict[str, bytes]]] = (),
        text: Mapping[str, object] | None = None,
        *,
        extra: Mapping[str, bytes | None] | None = None,
        free: bool = False,
        harms: bool = False,
        raw: bool = False,
    ) -> bool:
        """Does it to both; whether it was lawful. What is not is refused, seen when it is forced in, and taken back."""
        said = Commit(self.day, tuple(paper for paper, _ in papers), text, free, harms)
        record = {path: content for _, files in papers for path, content in files.items()}
        governed = self.files(text) if text is not None else {}
        whole = {**record, **governed, **(extra or {})}
        now = self.village.tree()
        if all(now.get(path) == content for path, content in whole.items()):
            return False
        refused: Exception | None = None
        try:
            after = self.model.judged(said)
        except Refused as why:
            refused = why
        if refused is not None:
            self._refused(whole, record, governed, str(refused))
            return False
        if raw or extra:
            self.village.raw(whole, day=self.day)
        else:
            self.village.enact(lambda _: Enactment(record, governed, "Do it"), self.day)
        self.model = after
        self.history.append((self.village.head, after))
        self.check()
        return True

    def _refused(
        self, whole: Mapping[str, bytes | None], record: Mapping[str, bytes], governed: Mapping[str, bytes], why: str
    ) -> None:
        if set(whole) == {*record, *governed}:
            try:
                self.village.enact(lambda _: Enactment(record, governed, "Do it"), self.day)
            except TextError:
                pass
            else:
                raise AssertionError(f"the engine enacts what the model refuses: {why}")
        before = self.village.head
        self.forced(self.village.raw(whole, day=self.day), before, why)

    def forced(self, commit: str, before: str, why: str) -> None:
        """That a commit which was forced in is seen; the branch is then put back."""
        found = self.village.verify()
        assert [commit] == [each.commit for each in found.violations], f"the engine accepts what the model refuses: {why}"
        self.village.repository.references.create("refs/heads/main", before, force=True)

    # -- comparing -----------------------------------------------------------------------------------------------------

    def check(self) -> None:
        self.verified = self.village.verify()
        self.compare(self.verified, self.model)
        assert self.village.tree()["bylaws.md"] == bylaws(self.model.text)
        assert register_of(self.village.tree()["register.yaml"]) == self.model.people()

    def compare(self, verified: Verification, model: Model) -> None:
        assert verified.valid, verified.violations
        assert model.kinds == [each.kind.value for each in verified.transitions]
        assert model.days == [each.day for each in verified.transitions]
        ledger = verified.ledger
        assert set(model.motions) == set(ledger.motions)
        for digest, moved in model.motions.items():
            filed = ledger.motions[digest]
            assert moved.outcome == (filed.outcome.value if filed.outcome is not None else ""), digest
            assert moved.executed == bool(filed.executed)
            count = enacting.counted(verified, filed)
            assert moved.electorate == verified.moved(filed).electorate.everybody
            assert moved.cast() == {who: vote.value for who, vote in count.cast.items()}

    def prefixes(self) -> None:
        """That every state on the way was what it was then, with nothing remembered."""
        for head, model in self.history:
            village = Village.__new__(Village)
            village.path, village.cache = self.village.path, Remembering()
            self.compare(village.verify(head=head), model)


def bylaws(text: Mapping[str, object]) -> bytes:
    return BYLAWS.format(**{name: text[name] for name in WORDS}).encode()


def name_of(line: str) -> str:
    return hashlib.sha256(base64.b64decode(line.split()[1])).hexdigest()


def register_of(content: bytes) -> dict[str, Person]:
    """The register, read without the engine."""
    found = {}
    for entry in YAML(typ="safe").load(content.decode())["principals"]:
        roles = tuple((each["role"], each.get("since"), each.get("until")) for each in entry.get("roles") or ())
        keys = [each if isinstance(each, dict) else {"key": each} for each in entry.get("keys") or ()]
        found[entry["id"]] = Person(roles, tuple((name_of(each["key"]), each.get("since"), each.get("until")) for each in keys))
    return found
