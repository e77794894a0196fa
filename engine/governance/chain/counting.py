"""Counting: which ballots on a motion count, which do not and why, and what that comes to."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from syngraph.engine.governance.chain.ledger import BallotOnFile, DelegationOnFile, Ledger, MotionOnFile
from syngraph.engine.governance.chain.motions import Moved
from syngraph.engine.governance.chain.procedure import proxies
from syngraph.engine.governance.deciding import Attendance, Tally, tally
from syngraph.engine.governance.statements import Choice


@dataclass(frozen=True, slots=True)
class NotCounted:
    """A ballot that does not count, and why."""

    principal: str
    digest: str
    why: str


@dataclass(frozen=True, slots=True)
class Count:
    """The votes on a motion: who has cast what, what does not count and why, and what that comes to."""

    cast: Mapping[str, Choice]
    not_counted: tuple[NotCounted, ...]
    tally: Tally
    attested: bool = False


def count(motion: Moved, filed: MotionOnFile, ledger: Ledger) -> Count:
    """The votes on a motion as the ledger has them: counted from ballots, or attested by the minutes of a meeting."""
    if filed.sitting is not None:
        held = filed.sitting
        attendance = Attendance(held.present, held.in_favour, held.against, held.abstaining)
        electorate = motion.sitting_electorate
        return Count({}, (), tally(motion.meeting, electorate, {}, attendance), True)
    cast, not_counted = _cast(motion, filed, ledger)
    return Count(cast, not_counted, tally(motion.requirement, motion.electorate, cast))


def _cast(motion: Moved, filed: MotionOnFile, ledger: Ledger) -> tuple[dict[str, Choice], tuple[NotCounted, ...]]:
    """Who has cast what, own ballots before those of a proxy; and what does not count."""
    refused: list[NotCounted] = []
    counting: dict[str, list[BallotOnFile]] = {}
    for ballot in filed.ballots:
        why = _flaw(ballot, motion, filed, ledger)
        if why:
            refused.append(NotCounted(ballot.principal, ballot.digest, why))
        else:
            counting.setdefault(ballot.principal, []).append(ballot)
    refused += [NotCounted(each.principal, each.digest, "it entered before the motion") for each in filed.early]
    refused += [NotCounted(each.principal, each.digest, "it entered after the close") for each in filed.late]
    cast: dict[str, Choice] = {}
    for principal, ballots in counting.items():
        latest = max(ballot.sequence for ballot in ballots)
        last = [ballot for ballot in ballots if ballot.sequence == latest]
        if len({ballot.vote for ballot in last}) > 1:
            why = f"{principal} has cast different votes with the same sequence {latest}"
            refused += [NotCounted(principal, ballot.digest, why) for ballot in ballots]
            continue
        cast[principal] = last[0].vote
        refused += [
            NotCounted(principal, ballot.digest, f"replaced by the ballot with sequence {latest}")
            for ballot in ballots
            if ballot.sequence < latest
        ]
    stood_in = _stood_in(motion, filed, ledger, counting, cast)
    return {**cast, **stood_in}, tuple(refused)


def _flaw(ballot: BallotOnFile, motion: Moved, filed: MotionOnFile, ledger: Ledger) -> str:
    """Why a ballot does not count, "" if it does."""
    if ballot.digest in ledger.retracted:
        return "taken back"
    if ballot.principal not in motion.electorate:
        return f"{ballot.principal} had no vote when the motion was opened"
    frozen = filed.keys.get(ballot.principal, ())
    if not all(ledger.descends(key, frozen) for key in ballot.keys):
        return f"signed with a key that {ballot.principal} did not have when the motion was opened, nor rotated into"
    if ballot.stated < motion.statement.date - timedelta(days=1):
        return f"dated {ballot.stated}, before the motion was moved on {motion.statement.date}"
    if filed.expires is not None and ballot.stated > filed.expires:
        return f"cast on {ballot.stated}, after the motion lapsed on {filed.expires}"
    return motion.timetable.misses(max(ballot.stated, motion.opened))


def _stood_in(
    motion: Moved, filed: MotionOnFile, ledger: Ledger, counting: Mapping[str, list[BallotOnFile]], cast: Mapping[str, Choice]
) -> dict[str, Choice]:
    """The votes cast for others: where the text allows it, and only for who has not voted.

    Of several delegations the one with the highest sequence counts; two of one sequence to different people count for nobody.
    """
    if not ledger.delegations or not proxies(motion.before):
        return {}
    latest: dict[str, list[DelegationOnFile]] = {}
    for each in ledger.delegations:
        concerns = each.motion in (None, filed.digest) and each.digest not in ledger.retracted
        if concerns and each.principal in motion.electorate and each.principal not in counting:
            known = latest.setdefault(each.principal, [])
            if not known or each.sequence > known[0].sequence:
                latest[each.principal] = [each]
            elif each.sequence == known[0].sequence:
                known.append(each)
    stood_in = {}
    for principal, delegations in latest.items():
        to, lasts = delegations[0].to, delegations[0].expires
        if to in cast and all(each.to == to for each in delegations):
            voted = max(ballot.stated for ballot in counting[to])
            if lasts is None or voted <= lasts:
                stood_in[principal] = cast[to]
    return stood_in
