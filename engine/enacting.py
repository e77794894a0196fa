"""Enacting: statements enter the chain and what was decided is carried out, each judged before anything is written.

Every act is worked out against the chain as it stands and written with compare-and-swap; where somebody else was faster it is
worked out again. So nothing is lost, and nothing unlawful is ever written.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from syngraph.engine.governance.chain import closing, counting, executing, motions, recording
from syngraph.engine.governance.chain.counting import Count
from syngraph.engine.governance.chain.ledger import MotionOnFile
from syngraph.engine.governance.chain.transitions import Transition
from syngraph.engine.governance.changes import Changes, apply, body, difference
from syngraph.engine.governance.offices import causes
from syngraph.engine.governance.register import rewritten
from syngraph.engine.governance.signatures import Signer
from syngraph.engine.governance.standing import Standing
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
    path_of,
    signature_path,
    write,
)
from syngraph.engine.text.errors import TextError
from syngraph.engine.text.store import Tree, text_of
from syngraph.engine.text.store.writing import Author, Moved, commit_files
from syngraph.engine.verify import Verification

TRIES = 1000
"""How often an act is worked out again because the branch had moved."""


@dataclass(frozen=True)
class Enactment:
    """What an act writes: files it adds to the record, governed files it changes (None: deletes), and the commit's message."""

    record: Mapping[str, bytes] = field(default_factory=dict)
    text: Mapping[str, bytes | None] = field(default_factory=dict)
    message: str = ""


@dataclass(frozen=True)
class Enacted:
    """What an act has come to: the transitions, and the commit that made them ("" for a trial)."""

    enactment: Enactment
    transitions: tuple[Transition, ...]
    commit: str


@dataclass(frozen=True, slots=True)
class Draft:
    """What all statements of one act share: in whose name, in which office, when."""

    principals: tuple[str, ...]
    day: date
    capacity: str | None = None
    expires: date | None = None


class EnactingError(TextError):
    """An act that cannot be done on the chain as it stands."""


# -- doing it ----------------------------------------------------------------------------------------------------------


def enact(
    opened: Callable[[], Verification],
    build: Callable[[Verification], Enactment],
    author: Author,
    when: datetime,
    *,
    dry_run: bool = False,
    step: Callable[[str], None] = lambda name: None,
    pause: Callable[[int], None] = lambda tries: None,
    left: Callable[[str], None] = lambda path: None,
) -> Enacted:
    """Does what `build` works out, on the chain that `opened` verifies; with `dry_run` only says what would come of it.

    `pause` is called with the number of tries so far before each further one, `step` before each step of writing, `left` with
    each path of a work tree that was not brought up to date because the user had edited it.

    Raises: Unlawful, EnactingError, StoreError
    """
    for tries in range(TRIES):
        verification = sound(opened())
        enactment = build(verification)
        made = trial(verification, enactment, when.date())
        if dry_run:
            return Enacted(enactment, made, "")
        try:
            commit = commit_files(
                verification.repository,
                verification.branch,
                verification.commit,
                verification.below,
                {**enactment.record, **enactment.text},
                enactment.message,
                author,
                when,
                step=step,
                left=left,
            )
        except Moved:
            pause(tries)
            continue
        return Enacted(enactment, tuple(replace(each, commit=commit) for each in made), commit)
    raise EnactingError(
        f"a branch that moved {TRIES} times while this was written", "a moment of rest", "try again when fewer others write"
    )


def sound(verification: Verification) -> Verification:
    """The verification, when the chain is founded and valid. Raises: EnactingError"""
    if verification.violations:
        first = verification.violations[0]
        raise EnactingError(
            f"a chain that is broken at {first.commit[:10]}: {first.error.found}",
            "a chain whose every change is lawful",
            f"`syngraph verify` tells more; go back to before {first.commit[:10]} and go on from there",
        )
    if verification.standing is None:
        raise EnactingError("an agreement that is not founded", "one that is", "found it with `syngraph found`")
    return verification


def trial(verification: Verification, enactment: Enactment, day: date) -> tuple[Transition, ...]:
    """The transitions that an act would make, judged on a copy of the ledger. Raises: Unlawful"""
    assert verification.standing is not None
    ledger = verification.ledger.copied()
    before = ledger.position
    ledger.day = max(ledger.day, day)
    site = verification.site("", ledger.day)
    if enactment.record:
        recording.record(ledger, site, enactment.record)
    if enactment.text:
        executing.execute(ledger, site, verification.after(enactment.text), enactment.text)
    return tuple(ledger.transitions[before:])


# -- statements --------------------------------------------------------------------------------------------------------


def stated(verification: Verification, kind: Kind, details: Details, draft: Draft, text: str = "", sequence: int = 1) -> bytes:
    """A statement that rests on the head of the chain, as a file. Raises: StatementRefused"""
    return write(
        Statement(
            kind=kind,
            lineage=verification.ledger.lineage,
            fork=None,
            base=verification.ledger.head,
            principals=draft.principals,
            capacity=draft.capacity,
            date=draft.day,
            sequence=sequence,
            expires=draft.expires,
            details=details,
            body=text,
        )
    )


def sealed(content: bytes, signers: Sequence[Signer]) -> dict[str, bytes]:
    """The files of a statement: itself, and a signature of each signer beside it."""
    path = path_of(content)
    files = {path: content}
    for signer in signers:
        files[signature_path(path, signer.public.name)] = signer.sign(content)
    return files


def founding(digest: str, nonce: str, draft: Draft, record: str | None = None, minutes: str | None = None) -> bytes:
    """The statement that founds an agreement on the text with that digest.

    `record` is the digest of what its record holds already (`recording.earlier`), `minutes` the SHA-256 of a file of it that
    attests an earlier adoption, by which everybody in the register is bound.
    """
    return write(
        Statement(
            Kind.FOUNDING,
            None,
            None,
            None,
            draft.principals,
            draft.capacity,
            draft.day,
            1,
            None,
            Founding(digest, nonce, record, minutes),
        )
    )


def proposed(verification: Verification, tree: Tree, paths: Sequence[str]) -> Changes:
    """What a motion for the text of `tree` changes; `paths` are the governed files of either text."""
    assert verification.standing is not None
    return difference(verification.standing.tree, tree, paths)


def motion(verification: Verification, changes: Changes, title: str, nonce: str, reasons: str, draft: Draft) -> bytes:
    """A motion for those changes. Without any it is a resolution, and its words are the reasons."""
    return stated(verification, Kind.MOTION, Motion(nonce, title), draft, body(reasons, changes))


def act(verification: Verification, changes: Changes, reasons: str, draft: Draft) -> bytes:
    """What an officer does by the power of the office."""
    return stated(verification, Kind.ACT, Act(), draft, body(reasons, changes))


def ballot(verification: Verification, filed: MotionOnFile, vote: Choice, draft: Draft) -> bytes:
    """A ballot on a motion, which replaces any that the principal has cast before."""
    cast = [each.sequence for each in (*filed.ballots, *filed.early) if each.principal in draft.principals]
    return stated(verification, Kind.BALLOT, Ballot(filed.digest, vote), draft, sequence=max(cast, default=0) + 1)


def close(verification: Verification, filed: MotionOnFile, draft: Draft) -> bytes:
    """The close of a vote, with the outcome that the ballots in the record come to."""
    moved = verification.moved(filed)
    day = max(draft.day, verification.ledger.day)
    result = closing.outcome(filed, counting.count(moved, filed, verification.ledger), day)
    return stated(verification, Kind.CLOSE, Close(filed.digest, result), draft)


def counted(verification: Verification, filed: MotionOnFile) -> Count:
    """The votes on a motion as they stand."""
    return counting.count(verification.moved(filed), filed, verification.ledger)


# -- carrying out ------------------------------------------------------------------------------------------------------


def adoption(verification: Verification, filed: MotionOnFile) -> dict[str, bytes | None]:
    """The files that an adopted motion changes, as it makes them. Raises: EnactingError"""
    standing = _standing(verification)
    if filed.outcome is not Outcome.ADOPTED:
        state = "is not closed" if filed.outcome is None else f"was {filed.outcome.value}"
        raise EnactingError(
            f"the motion “{filed.title}”, which {state}", "a motion that was adopted", "`syngraph tally` says how it stands"
        )
    if filed.executed:
        raise EnactingError(
            f"the motion “{filed.title}”, which was carried out in {filed.executed[:10]}", "one that was not yet", ""
        )
    moved = verification.moved(filed)
    stale = filed.stale or motions.stale(moved, standing)
    if stale:
        raise EnactingError(
            f"the motion “{filed.title}”, which is stale: {stale}",
            "the text as the motion was voted on, wherever the motion touches it",
            "move it again with `syngraph propose`",
        )
    return executing.effective(standing, apply(standing.tree, moved.changes))


def carried(verification: Verification, statement: Statement) -> dict[str, bytes | None]:
    """The files that a rotation, a resignation or an officer's act changes, as it makes them; none for other kinds.

    Raises: EnactingError, RegisterError
    """
    standing = _standing(verification)
    register = standing.register
    match statement.details:
        case Rotation() as rotation:
            old = standing.keys.get(rotation.old)
            changed = causes.rotated(register, statement, rotation, old.key.line) if old is not None else None
        case Resignation() as resignation:
            resigned = causes.resigned(register, statement, resignation)
            if isinstance(resigned, str):
                raise EnactingError(
                    f"a resignation of {statement.principals[0]} that changes nothing: {resigned}",
                    f"a role that is held, given up from {statement.date} on or later",
                    "the register says which there are",
                )
            changed = resigned
        case Act():
            return executing.effective(standing, causes.acted(statement, standing))
        case _:
            return {}
    who = statement.principals[0]
    principal = changed.principal(who) if changed is not None else None
    if principal is None:
        raise EnactingError(
            f"nothing in the register that a {statement.kind.value} of {who} would change",
            "a key or a role that the principal has",
            "the register says which there are",
        )
    text = rewritten(text_of(standing.tree, register.path), register.path, principal)
    return executing.effective(standing, {register.path: text.encode()})


def _standing(verification: Verification) -> Standing:
    if verification.standing is None:
        raise EnactingError("an agreement that is not founded", "one that is", "found it with `syngraph found`")
    return verification.standing
