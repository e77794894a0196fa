"""A chain of years verified from its first commit, beside `git verify-commit` on as many signed commits."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from datetime import time as clock
from pathlib import Path

import pygit2
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from benchmarks.figure import Figure
from syngraph.engine import enacting
from syngraph.engine.enacting import Draft
from syngraph.engine.governance.changes import body, difference
from syngraph.engine.governance.signatures import KeySigner, public_of, written
from syngraph.engine.governance.statements import (
    Ballot,
    Choice,
    Close,
    Details,
    Fact,
    Kind,
    Motion,
    Outcome,
    Statement,
    parse,
    write,
)
from syngraph.engine.text.digest import tree_digest
from syngraph.engine.text.manifest import load as load_manifest
from syngraph.engine.text.store import tree_of
from syngraph.engine.verify import verify

VOTERS, MOTIONS, FACTS = 30, 100, 1_750
"""100 motions with 31 ballots and papers each, of which half are adopted, and facts on most days."""

LESS, AGAIN, LINEAR = 30, 300, 2.6
SIGNED_COMMITS, ROUNDS = 60, 5
MANIFEST = b"syngraph: 1\ntitle: Benchmark\nbranch: main\nroot: bylaws.md\nregister: register.yaml\ncalendar: {zone: UTC}\n"


class Years:
    """A chain made without looking at it: who makes it knows what comes out."""

    def __init__(self, path: Path, motions: int, facts: int) -> None:
        self.repository = pygit2.init_repository(str(path), bare=True, initial_head="main")
        self.index = pygit2.Index()
        self.day = date(2020, 1, 1)
        self.signers = [
            KeySigner(key, public_of(key))
            for key in (Ed25519PrivateKey.from_private_bytes(voter.to_bytes(32, "big")) for voter in range(VOTERS))
        ]
        people = "".join(
            f"  - id: v{n}\n    name: Voter {n}\n    roles: [Member]\n    keys: [{signer.public.line()}]\n"
            for n, signer in enumerate(self.signers)
        )
        self.files = {"syngraph.yaml": MANIFEST, "register.yaml": f"principals:\n{people}".encode(), "bylaws.md": self.text(0)}
        self.commit(self.files)
        tree = tree_of(self.files)
        founding = enacting.founding(tree_digest(tree, load_manifest(tree)), "0" * 32, Draft(("v0",), self.day))
        self.lineage = parse(founding, "founding").digest
        self.commit(enacting.sealed(founding, self.signers[:1]))
        self.base = verify(path).ledger.head
        self.statements, self.transitions = 1, 1
        for number in range(motions):
            self.motion(number)
            for first in range(number * facts // motions, (number + 1) * facts // motions, 2):
                self.enter([self.fact(first), self.fact(first + 1)])

    def text(self, dues: int) -> bytes:
        clauses = "".join(
            f"# Shelf {n} {{#shelf-{n}}}\n\nEach Member shall return a book of shelf {n} within {n + 1} days.\n\n"
            for n in range(20)
        )
        front = f"---\ntitle: Bylaws\nfields:\n  Dues: EUR {dues + 10}\n---\n\n# Dues {{#dues}}\n\n"
        each = "Each Member shall pay {Dues} to the Treasurer by 31 January of each year.\n\n"
        change = "# Amendment {#amendment}\n\nThese Bylaws may be amended by two-thirds of all Members.\n"
        return f"{front}{each}{clauses}{change}".encode()

    def commit(self, files: dict[str, bytes]) -> None:
        for path, content in files.items():
            self.index.add(pygit2.IndexEntry(path, self.repository.create_blob(content), pygit2.enums.FileMode.BLOB))
        when = int(datetime.combine(self.day, clock(12), UTC).timestamp())
        who = pygit2.Signature("Years", "years@example.org", when, 0)
        parents = [] if self.repository.head_is_unborn else [self.repository.head.target]
        self.repository.create_commit("refs/heads/main", who, who, "x", self.index.write_tree(self.repository), parents)

    def state(self, kind: Kind, details: Details, voter: int, text: str = "") -> tuple[bytes, int]:
        said = Statement(kind, self.lineage, None, self.base, (f"v{voter}",), None, self.day, 1, None, details, text)
        return write(said), voter

    def enter(self, papers: list[tuple[bytes, int]], text: bytes | None = None) -> None:
        files: dict[str, bytes] = {}
        for content, voter in papers:
            files |= enacting.sealed(content, [self.signers[voter]])
        if text is not None:
            self.files["bylaws.md"] = files["bylaws.md"] = text
        self.commit(files)
        self.statements += len(papers)
        self.transitions += bool(papers) + (text is not None)
        self.day += timedelta(days=1)

    def fact(self, number: int) -> tuple[bytes, int]:
        sentence = f"On 1 January 2020, Voter {number % VOTERS} paid EUR {number + 1} to Voter 0.\n"
        return self.state(Kind.FACT, Fact(), number % VOTERS, sentence)

    def motion(self, number: int) -> None:
        """A motion, its ballots three a day, its close, and where it is adopted the new text."""
        new = self.text(number + 1)
        changes = difference(tree_of(self.files), tree_of({**self.files, "bylaws.md": new}), ["bylaws.md"])
        details = Motion(f"{number:032x}", f"Dues {number}")
        content, mover = self.state(Kind.MOTION, details, number % VOTERS, body("", changes))
        self.enter([(content, mover)])
        digest = parse(content, "motion").digest
        adopted = number % 2 == 0
        ballots = [self.state(Kind.BALLOT, Ballot(digest, Choice.YES if adopted else Choice.NO), n) for n in range(VOTERS)]
        for first in range(0, VOTERS, 3):
            self.enter(ballots[first : first + 3])
        outcome = Outcome.ADOPTED if adopted else Outcome.REJECTED
        self.enter([self.state(Kind.CLOSE, Close(digest, outcome), 0)])
        if adopted:
            self.enter([], new)


def measure() -> Iterator[Figure]:
    with tempfile.TemporaryDirectory() as place:
        Years(Path(place, "short.git"), 1, 4)
        Years(Path(place, "half.git"), MOTIONS // 2, FACTS // 2)
        whole = Years(Path(place, "whole.git"), MOTIONS, FACTS)
        for each in ("short.git", "half.git", "whole.git"):
            if shutil.which("git"):
                subprocess.run(["git", "-C", str(Path(place, each)), "gc", "-q"], check=True)  # as a clone has it
        signed = signed_commits(Path(place))
        rounds = [
            (took(Path(place, "half.git")), took(Path(place, "whole.git")), by_git(*signed) if signed else None)
            for _ in range(ROUNDS)  # taking turns, so that a busy moment of the machine is in none of them alone
        ]
        short, long = min(one for one, _, _ in rounds), min(one for _, one, _ in rounds)
        yield Figure(
            f"{whole.transitions:,} transitions with {whole.statements:,} statements, times half as many",
            long / short,
            "x",
            LINEAR,
            most=True,
            beside=f"{long:.2f} s, half {short:.2f} s of CPU",
        )
        theirs = min((one for _, _, one in rounds if one is not None), default=None)
        if theirs is not None:
            yield Figure(
                "less CPU per signed change than git verify-commit",
                theirs / (long / whole.statements),
                "x",
                LESS,
                beside=f"{1000 * long / whole.statements:.2f} ms, git {1000 * theirs:.2f} ms",
            )
        known = Path(place, "known.sqlite")
        took(Path(place, "whole.git"), known)
        again = []
        for number in range(3):
            whole.enter([whole.fact(FACTS + 1 + number)])
            again.append(took(Path(place, "whole.git"), known))
        yield Figure("verified again after one more commit", 1000 * min(again), "ms", AGAIN, most=True)


def took(path: Path, cache: Path | None = None) -> float:
    """Seconds of CPU that one verification takes; from the first commit, or from where the `cache` has it.

    The process has started: it has read one sentence, for which the grammar is built, and verified another chain, a short one.
    Like the command it does not look for garbage.
    """
    program = (
        "import gc, sys, time; gc.disable(); from pathlib import Path;"
        " from syngraph.cli.manners.memory import Disk; from syngraph.engine.verify import verify;"
        " from syngraph.grammar.parse import read; read('Each Member shall pay dues of EUR 10.');"
        " verify(Path(sys.argv[1]).with_name('short.git'));"
        " cache = Disk(Path(sys.argv[2])) if len(sys.argv) > 2 else None;"
        " start = time.process_time(); valid = verify(Path(sys.argv[1]), cache=cache).valid;"
        " print(time.process_time() - start if valid else 'not valid')"
    )
    command = [sys.executable, "-c", program, str(path), *([str(cache)] if cache else [])]
    return float(subprocess.run(command, check=True, capture_output=True).stdout)


def signed_commits(place: Path) -> tuple[list[str], list[str]] | None:
    """The command that verifies commits, and the signed commits of a repository made for it; None without git."""
    if not (shutil.which("git") and shutil.which("ssh-keygen")):
        return None
    signer = KeySigner(key := Ed25519PrivateKey.generate(), public_of(key))
    private, allowed = place / "key", place / "allowed"
    private.write_bytes(written(key))
    private.chmod(0o600)
    allowed.write_text(f"years@example.org {signer.public.line()}\n", encoding="utf-8")
    repository = place / "signed"
    settings = {
        "user.name": "Years",
        "user.email": "years@example.org",
        "gpg.format": "ssh",
        "user.signingkey": str(private),
        "gpg.ssh.allowedSignersFile": str(allowed),
    }
    options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
    subprocess.run(["git", "init", "-q", str(repository)], check=True)
    git = ["git", "-C", str(repository), *options]
    for number in range(SIGNED_COMMITS):
        subprocess.run([*git, "commit", "-q", "-S", "--allow-empty", "-m", f"change {number}"], check=True)
    listed = subprocess.run([*git, "rev-list", "HEAD"], check=True, capture_output=True, text=True).stdout.split()
    return git, listed


def by_git(git: list[str], listed: list[str]) -> float:
    """Seconds of CPU, with those of its children, that `git verify-commit` takes for one commit."""
    before = os.times()
    subprocess.run([*git, "verify-commit", *listed], check=True, capture_output=True)
    after = os.times()
    spent = after.children_user + after.children_system - before.children_user - before.children_system
    return spent / len(listed)
