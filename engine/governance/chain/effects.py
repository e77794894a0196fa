"""Effects: what a statement does when it enters the record."""

from syngraph.engine.governance.chain import closing, counting, disputing, motions, tables
from syngraph.engine.governance.chain.ledger import BallotOnFile, DelegationOnFile, Ledger, MotionOnFile, Sitting
from syngraph.engine.governance.chain.signing import Signed
from syngraph.engine.governance.chain.site import Site
from syngraph.engine.governance.chain.transitions import Unlawful
from syngraph.engine.governance.offices import causes
from syngraph.engine.governance.statements import (
    Act,
    Ballot,
    Close,
    Delegation,
    Import,
    Minutes,
    Motion,
    Paper,
    Retraction,
    Statement,
    Tombstone,
    Veto,
)
from syngraph.engine.governance.statements import Kind as Said

_RETRACTED = (Said.FACT, Said.IMPORT, Said.BALLOT, Said.DELEGATION, Said.CLAIM, Said.ACCEPTANCE, Said.CHALLENGE)


def effect(ledger: Ledger, site: Site, statement: Statement, by: Signed) -> tuple[str, str]:
    """Does what a statement does; gives its outcome in a word and a sentence, where it has one.

    Raises: Unlawful
    """
    _in_office(site, statement)
    if statement.expires is not None and max(site.days(statement)) > statement.expires:
        raise Unlawful(
            f"a {statement.kind.value} that expired on {statement.expires}",
            f"one that can still have effect on {max(site.days(statement))}",
            "state it anew",
            path=statement.path,
        )
    details = statement.details
    match details:
        case Motion():
            moved = motions.moved(statement, site.standing, max(site.days(statement)))
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
                by.keys[statement.principals[0]],
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
                DelegationOnFile(
                    statement.digest,
                    statement.principals[0],
                    to,
                    digest,
                    statement.sequence,
                    ledger.position,
                    statement.expires,
                )
            )
        case Veto(motion=digest):
            filed_motion = _open(ledger, statement, digest)
            if not closing.may_veto(site.moved(filed_motion), statement.principals, site.standing, site.days(statement)):
                raise Unlawful(
                    f"a veto of {', '.join(statement.principals)}",
                    "one of somebody whom the text gives a veto",
                    "vote no instead",
                    path=statement.path,
                )
            filed_motion.vetoes.append(statement.digest)
        case Import():
            tables.enter(ledger, statement, details, by)
        case Retraction(of=digest):
            _retract(ledger, site, statement, digest, by)
        case Minutes(motion=digest):
            _minutes(ledger, site, statement, details, _open(ledger, statement, digest), by)
        case Close(motion=digest):
            return _close(ledger, site, statement, details, _open(ledger, statement, digest))
        case Act():
            why_not = causes.powerless(statement, site.standing, site.day, site.day)
            if why_not:
                raise Unlawful(
                    f"an act of {', '.join(statement.principals)} beyond their power: {why_not}",
                    "an act that the text lets the officer do",
                    "move it instead, with `syngraph propose`",
                    path=statement.path,
                )
        case _ if isinstance(details, Paper):
            disputing.enter(ledger, site, statement, details, by)
        case Tombstone():
            raise Unlawful(
                "a tombstone", "a record that only grows", "removal by lawful demand is not supported yet", path=statement.path
            )
        case _:
            pass
    return "", ""


def _in_office(site: Site, statement: Statement) -> None:
    """That who speaks in an office holds it, on the day of the statement and where it enters."""
    office = statement.capacity
    if office is None:
        return
    for each in statement.principals:
        lacking = next((day for day in site.days(statement) if not site.standing.holds(each, office, day)), None)
        if lacking is not None:
            raise Unlawful(
                f"{statement.kind.value} as {office}: {each} is not {office} on {lacking}",
                "an office that is held on the day of the statement and where it enters the chain",
                "leave the capacity out, or let who holds the office state it",
                path=statement.path,
            )


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


def _retract(ledger: Ledger, site: Site, statement: Statement, digest: str, by: Signed) -> None:
    known = ledger.statements.get(digest)
    if known is None or known.kind not in _RETRACTED:
        raise Unlawful(
            f"a retraction of {digest[:16]}…",
            "the digest of a fact, a table of facts, a ballot, a delegation, a claim, an acceptance or a challenge",
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
        if digest not in ledger.retracted:
            disputing.retracted(ledger, site, statement, known, by)
        ledger.retracted[digest] = statement.digest


def _minutes(
    ledger: Ledger, site: Site, statement: Statement, details: Minutes, filed_motion: MotionOnFile, by: Signed
) -> None:
    moved = site.moved(filed_motion)
    cast = counting.count(moved, filed_motion, ledger).cast
    why_not = closing.attested(moved, details, by.principals, site.standing, site.days(statement))
    if cast:
        why_not = f"there are ballots of {', '.join(sorted(cast))}, and a vote is counted in one way only"
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
    if ledger.disputes and filed_motion.digest in site.ruling.stayed(ledger, site):
        raise Unlawful(
            f"a close of “{filed_motion.title}”, on which the voting is stayed",
            "one after the award",
            "wait for the award of the arbitrators",
            path=statement.path,
        )
    moved = site.moved(filed_motion)
    counted = counting.count(moved, filed_motion, ledger)
    days = site.days(statement)
    why_not = closing.may_close(moved, filed_motion, counted, statement.principals, site.standing, days)
    if why_not:
        raise Unlawful(
            f"a close by {', '.join(statement.principals)} on {statement.date}",
            why_not,
            "wait, or let somebody who may close it",
            path=statement.path,
        )
    result = closing.outcome(filed_motion, counted, max(days))
    if result is not details.outcome:
        raise Unlawful(
            f"a close that says {details.outcome.value}",
            f"{result.value}, which is what the ballots in the record come to",
            "close it with `syngraph close`, which counts",
            path=statement.path,
        )
    filed_motion.outcome, filed_motion.close, filed_motion.closed = result, statement.digest, max(days)
    word = "attested" if counted.attested else "counted"
    return result.value, f"{filed_motion.title}: {result.value} ({word})"
