"""Recording: statements and signatures enter the record, each judged by who signed it, when, and what it rests on."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from syngraph.engine.governance.chain import causes, motions
from syngraph.engine.governance.chain.ledger import BallotOnFile, DelegationOnFile, Entered, Ledger, MotionOnFile, Sitting
from syngraph.engine.governance.chain.motions import Moved
from syngraph.engine.governance.chain.signing import COSIGNED, Signed, dated, signed
from syngraph.engine.governance.chain.standing import Standing
from syngraph.engine.governance.chain.transitions import Kind, Transition, Unlawful, cause_of
from syngraph.engine.governance.statements import (
    Act,
    Ballot,
    Close,
    Delegation,
    Founding,
    Minutes,
    Motion,
    Retraction,
    Statement,
    StatementRefused,
    Tombstone,
    Veto,
    filed,
    parse_name,
)
from syngraph.engine.governance.statements import Kind as Said
from syngraph.engine.text.store import Tree

_ORDER = (
    *(Said.FOUNDING, Said.ROTATION, Said.RESIGNATION, Said.ACT, Said.MOTION, Said.DELEGATION, Said.BALLOT, Said.VETO),
    *(Said.FACT, Said.RETRACTION, Said.MINUTES, Said.CLOSE, Said.TOMBSTONE),
)
_RANK = {kind: rank for rank, kind in enumerate(_ORDER)}
"""In which order the statements of one commit enter: a motion before its ballots, the close after them."""

_WITH_POWER = (Said.ROTATION, Said.RESIGNATION, Said.ACT)


@dataclass(frozen=True, slots=True)
class Site:
    """Where statements enter: the text as it stands, its commit, and the commit that brings them, on its day.

    `tree` gives the agreement with its record as it was before, `brought` are the files that the commit has added to it.
    `motions` are those whose text is known, `reopened` works out one that is not.
    """

    standing: Standing
    text: str
    commit: str
    day: date
    tree: Callable[[], Tree]
    motions: dict[str, Moved]
    reopened: Callable[[MotionOnFile], Moved]
    brought: dict[str, bytes] = field(default_factory=dict)

    def moved(self, filed_motion: MotionOnFile) -> Moved:
        """A motion with the text that it was opened on."""
        known = self.motions.get(filed_motion.digest)
        if known is None:
            known = self.motions[filed_motion.digest] = self.reopened(filed_motion)
        return known

    def statement(self, entered: Entered) -> Statement:
        """A statement that entered before, or with this commit. Raises: StoreError"""
        content = self.brought.get(entered.path)
        return filed(self.tree().read(entered.path) if content is None else content, entered.path)


@dataclass(slots=True)
class _Paper:
    """A statement with the signatures that come with it."""

    statement: Statement
    content: bytes
    signatures: dict[str, bytes]
    new: bool


def record(ledger: Ledger, site: Site, added: Mapping[str, bytes]) -> Transition:
    """Enters files that a commit adds to the record, given by their path in the agreement.

    Raises: Unlawful, and the ledger is then no longer good for anything but reading.
    """
    outcomes: list[str] = []
    reasons: list[str] = []
    papers = _papers(ledger, site, added)
    site.brought.update(added)
    for paper in papers:
        statement = paper.statement
        if statement.kind is Said.FOUNDING and paper.new:
            raise Unlawful(
                "a second founding",
                "one, at the beginning",
                "found another agreement in a folder of its own",
                path=statement.path,
            )
        if paper.new:
            _of_this_chain(statement, ledger)
            dated(statement, ledger, site.day)
        by = signed(statement, paper.content, paper.signatures, site.standing, ledger)
        known = ledger.statements.get(statement.digest)
        if known is not None:
            _cosigned(ledger, known, by)
            continue
        _enter(ledger, site, statement, by)
        outcome, reason = _effect(ledger, site, statement, by)
        outcomes += [outcome] if outcome else []
        reasons += [reason] if reason else []
    cause = cause_of([(path.rsplit("/", 1)[-1], "") for path in added])
    return ledger.add(Kind.RECORD, site.commit, site.standing.digest, cause, ", ".join(outcomes), tuple(reasons))


def found(ledger: Ledger, site: Site, added: Mapping[str, bytes]) -> Transition:
    """Founds the agreement: the only statement is the founding, and it names the text as it stands with the commit.

    Raises: Unlawful
    """
    papers = _papers(ledger, site, added)
    if [paper.statement.kind for paper in papers] != [Said.FOUNDING]:
        raise Unlawful(
            f"{len(papers)} statements in the commit that founds the agreement",
            "the founding and nothing else",
            "bring the others in a later commit",
            path=papers[0].statement.path if papers else "record/",
        )
    paper = papers[0]
    statement = paper.statement
    dated(statement, ledger, site.day)
    details = statement.details
    if isinstance(details, Founding) and details.digest != site.standing.digest:
        raise Unlawful(
            f"a founding of the text {details.digest[:16]}…",
            f"the text that stands with it, {site.standing.digest[:16]}…",
            "found the text that you have: `syngraph found` writes its digest",
            path=statement.path,
        )
    by = signed(statement, paper.content, paper.signatures, site.standing, ledger)
    ledger.lineage = statement.digest
    ledger.bound = list(by.principals)
    _enter(ledger, site, statement, by)
    return ledger.add(Kind.FOUND, site.commit, site.standing.digest, statement.digest)


# -- what comes in -----------------------------------------------------------------------------------------------------


def _papers(ledger: Ledger, site: Site, added: Mapping[str, bytes]) -> list[_Paper]:
    """The statements that files add or sign, in the order in which they enter."""
    papers: dict[str, _Paper] = {}
    loose: list[tuple[str, bytes]] = []
    try:
        for path, content in sorted(added.items()):
            name = parse_name(path)
            if name.key is not None:
                loose.append((path, content))
                continue
            if name.digest in papers or name.digest in ledger.statements:
                raise Unlawful("a statement that is in the record already", "each once", "leave the copy out", path=path)
            papers[name.digest] = _Paper(filed(content, path), content, {}, True)
        for path, content in loose:
            name = parse_name(path)
            assert name.key is not None
            if name.digest not in papers:
                papers[name.digest] = _known(ledger, site, name.digest, path)
            paper = papers[name.digest]
            if path.rsplit("/", 1)[0] != paper.statement.path.rsplit("/", 1)[0]:
                raise Unlawful("a signature in another folder", "one beside its statement", "move it there", path=path)
            if name.key in paper.signatures:
                raise Unlawful("a second signature of one key", "one of each key", "leave one out", path=path)
            paper.signatures[name.key] = content
    except StatementRefused as refused:
        raise Unlawful(refused.found, refused.expected, refused.help, path=refused.path, place=refused.place) from None
    return sorted(
        papers.values(), key=lambda paper: (_RANK[paper.statement.kind], paper.statement.date, paper.statement.digest)
    )


def _known(ledger: Ledger, site: Site, digest: str, path: str) -> _Paper:
    known = ledger.statements.get(digest)
    if known is None:
        raise Unlawful("a signature of a statement that is not there", "the statement beside it", "bring both", path=path)
    content = site.tree().read(known.path)
    return _Paper(filed(content, known.path), content, {}, False)


def _of_this_chain(statement: Statement, ledger: Ledger) -> None:
    if statement.lineage != ledger.lineage or statement.fork is not None:
        raise Unlawful(
            f"a statement made for the lineage {(statement.lineage or '')[:16]}…"
            + (f", fork {statement.fork[:16]}…" if statement.fork else ""),
            f"one made for this lineage, {ledger.lineage[:16]}…",
            "what is signed for one lineage or fork counts in no other: state it here and sign it",
            path=statement.path,
        )
    if statement.base not in ledger.days:
        raise Unlawful(
            f"a statement that rests on the transition {(statement.base or '')[:16]}…, which this chain does not have",
            "the id of a transition of this chain",
            "state it anew on the chain as it is now",
            path=statement.path,
        )


def _cosigned(ledger: Ledger, known: Entered, by: Signed) -> None:
    if known.kind not in COSIGNED:
        raise Unlawful(
            f"a further signature of a {known.kind.value} that has entered",
            f"signatures beforehand; only {', '.join(kind.value for kind in COSIGNED)} may be signed later",
            "leave it out",
            path=known.path,
        )
    everybody = tuple(sorted({*known.signed, *by.principals}))
    ledger.statements[known.digest] = Entered(
        known.digest, known.kind, known.path, known.position, known.principals, everybody, known.day
    )
    if known.kind is Said.FOUNDING:
        ledger.bound = list(everybody)


def _enter(ledger: Ledger, site: Site, statement: Statement, by: Signed) -> None:
    entered = Entered(
        statement.digest, statement.kind, statement.path, ledger.position, statement.principals, by.principals, site.day
    )
    ledger.statements[statement.digest] = entered
    if statement.kind in _WITH_POWER:
        ledger.pending[statement.digest] = entered


# -- what it does ------------------------------------------------------------------------------------------------------


def _effect(ledger: Ledger, site: Site, statement: Statement, by: Signed) -> tuple[str, str]:
    """Does what a statement does; gives its outcome in a word and a sentence, where it has one. Raises: Unlawful"""
    details = statement.details
    match details:
        case Motion():
            moved = motions.moved(statement, site.standing, max(site.day, statement.date))
            motions.admissible(moved, by, ledger)
            site.motions[statement.digest] = moved
            ledger.motions[statement.digest] = motions.on_file(moved, by, site.standing, ledger, site.text, site.commit)
        case Ballot(motion=digest, vote=vote):
            _alone(statement)
            ballot = BallotOnFile(
                statement.digest,
                statement.principals[0],
                vote,
                statement.sequence,
                statement.date,
                site.day,
                by.keys[statement.principals[0]][0],
            )
            filed_motion = ledger.motions.get(digest)
            if filed_motion is None:
                ledger.early.setdefault(digest, []).append(ballot)
            elif filed_motion.outcome is None:
                filed_motion.ballots.append(ballot)
            else:
                filed_motion.late.append(ballot)
        case Delegation(to=to, motion=digest):
            _alone(statement)
            ledger.delegations.append(
                DelegationOnFile(statement.digest, statement.principals[0], to, digest, statement.sequence, ledger.position)
            )
        case Veto(motion=digest):
            filed_motion = _open(ledger, statement, digest)
            if not motions.may_veto(site.moved(filed_motion), statement.principals, site.standing, statement.date):
                raise Unlawful(
                    f"a veto of {', '.join(statement.principals)}",
                    "one of somebody whom the text gives a veto",
                    "vote no instead",
                    path=statement.path,
                )
            filed_motion.vetoes.append(statement.digest)
        case Retraction(of=digest):
            _retract(ledger, statement, digest)
        case Minutes(motion=digest):
            _minutes(ledger, site, statement, details, _open(ledger, statement, digest), by)
        case Close(motion=digest):
            return _close(ledger, site, statement, details, _open(ledger, statement, digest))
        case Act():
            why_not = causes.powerless(statement, site.standing)
            if why_not:
                raise Unlawful(
                    f"an act of {', '.join(statement.principals)} beyond their power: {why_not}",
                    "an act that the text lets the officer do",
                    "move it instead, with `syngraph propose`",
                    path=statement.path,
                )
        case Tombstone():
            raise Unlawful(
                "a tombstone", "a record that only grows", "removal by lawful demand is not supported yet", path=statement.path
            )
        case _:
            pass
    return "", ""


def _alone(statement: Statement) -> None:
    if len(statement.principals) != 1:
        raise Unlawful(
            f"a {statement.kind.value} of {len(statement.principals)} principals",
            "one for each",
            "let each of them make a statement",
            path=statement.path,
        )


def _open(ledger: Ledger, statement: Statement, digest: str) -> MotionOnFile:
    motion = ledger.motions.get(digest)
    if motion is None:
        raise Unlawful(
            f"a {statement.kind.value} of the motion {digest[:16]}…, which the chain does not have",
            "a motion that has entered",
            "bring the motion first",
            path=statement.path,
        )
    if motion.outcome is not None:
        raise Unlawful(
            f"a {statement.kind.value} of a motion that was closed on {motion.closed} ({motion.outcome.value})",
            "a motion that is open",
            "nothing revives or undoes a verdict; move it again",
            path=statement.path,
        )
    return motion


def _retract(ledger: Ledger, statement: Statement, digest: str) -> None:
    known = ledger.statements.get(digest)
    if known is None or known.kind not in (Said.FACT, Said.BALLOT, Said.DELEGATION):
        raise Unlawful(
            f"a retraction of {digest[:16]}…",
            "the digest of a fact, a ballot or a delegation in the record",
            "`ls record/*/*` shows the digests in the names",
            path=statement.path,
        )
    if not set(known.principals) <= set(statement.principals):
        raise Unlawful(
            f"a retraction by {', '.join(statement.principals)} of what {', '.join(known.principals)} stated",
            "a retraction by everybody who stated it",
            "state the contrary instead",
            path=statement.path,
        )
    closed = any(
        ballot.digest == digest and motion.outcome is not None
        for motion in ledger.motions.values()
        for ballot in motion.ballots
    )
    if not closed:
        ledger.retracted[digest] = statement.digest


def _minutes(
    ledger: Ledger, site: Site, statement: Statement, details: Minutes, filed_motion: MotionOnFile, by: Signed
) -> None:
    moved = site.moved(filed_motion)
    why_not = motions.attested(moved, details, by.principals, site.standing, statement.date)
    if why_not:
        raise Unlawful(f"minutes that do not carry a vote: {why_not}", "minutes as the text asks for them", path=statement.path)
    if filed_motion.sitting is not None:
        raise Unlawful(
            "second minutes of one vote",
            "one set of minutes",
            "correct them at the next meeting, by another motion",
            path=statement.path,
        )
    present = details.present if isinstance(details.present, int) else len(details.present)
    filed_motion.sitting = Sitting(statement.digest, present, details.in_favour, details.against, details.abstaining)


def _close(ledger: Ledger, site: Site, statement: Statement, details: Close, filed_motion: MotionOnFile) -> tuple[str, str]:
    moved = site.moved(filed_motion)
    counted = motions.count(moved, filed_motion, ledger)
    why_not = motions.may_close(moved, filed_motion, counted, statement.principals, site.standing, statement.date)
    if why_not:
        raise Unlawful(
            f"a close by {', '.join(statement.principals)} on {statement.date}",
            why_not,
            "wait, or let somebody who may close it",
            path=statement.path,
        )
    result = motions.outcome(moved, filed_motion, counted, statement.date)
    if result is not details.outcome:
        raise Unlawful(
            f"a close that says {details.outcome.value}",
            f"{result.value}, which is what the ballots in the record come to",
            "close it with `syngraph close`, which counts",
            path=statement.path,
        )
    filed_motion.outcome, filed_motion.close, filed_motion.closed = result, statement.digest, statement.date
    word = "attested" if counted.attested else "counted"
    return result.value, f"{filed_motion.title}: {result.value} ({word})"
