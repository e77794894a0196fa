"""A ledger as bytes and back, for a cache: plain JSON, from which nothing but a ledger can come."""

import json
from dataclasses import fields
from datetime import date
from typing import Any

from syngraph.engine.governance.chain.ledger import (
    BallotOnFile,
    DelegationOnFile,
    Entered,
    Ledger,
    MotionOnFile,
    Sitting,
)
from syngraph.engine.governance.chain.transitions import Kind, Transition
from syngraph.engine.governance.docket import DisputeOnFile, PaperOnFile, Seal
from syngraph.engine.governance.statements import Choice, Outcome
from syngraph.engine.governance.statements import Kind as Said

_Flat = Transition | Entered | BallotOnFile | DelegationOnFile | Sitting | PaperOnFile | Seal


def kept(ledger: Ledger) -> bytes:
    """A ledger as bytes that `taken_up` reads."""
    motions = [
        {
            **_flat(motion, ("ballots", "late", "early", "sitting")),
            "ballots": [_flat(each) for each in motion.ballots],
            "late": [_flat(each) for each in motion.late],
            "early": [_flat(each) for each in motion.early],
            "sitting": None if motion.sitting is None else _flat(motion.sitting),
        }
        for motion in ledger.motions.values()
    ]
    disputes = [
        {
            **_flat(dispute, ("papers", "seals")),
            "papers": [list(_flat(each).values()) for each in dispute.papers],
            "seals": [list(_flat(each).values()) for each in dispute.seals.values()],
        }
        for dispute in ledger.disputes.values()
    ]
    return json.dumps(
        {
            "lineage": ledger.lineage,
            "day": ledger.day.isoformat(),
            "transitions": [list(_flat(each).values()) for each in ledger.transitions],
            "statements": [list(_flat(each).values()) for each in ledger.statements.values()],
            "motions": motions,
            "early": {digest: [_flat(each) for each in ballots] for digest, ballots in ledger.early.items()},
            "delegations": [_flat(each) for each in ledger.delegations],
            "tables": ledger.tables,
            "disputes": disputes,
            "obeyed": sorted(ledger.obeyed),
            "retracted": ledger.retracted,
            "retired": sorted(ledger.retired),
            "heirs": ledger.heirs,
            "pending": list(ledger.pending),
            "bound": ledger.bound,
        },
        separators=(",", ":"),
    ).encode()


def taken_up(content: bytes) -> Ledger | None:
    """The ledger that was kept; None for bytes that are none."""
    try:
        said = json.loads(content)
        ledger = Ledger(
            lineage=said["lineage"],
            day=date.fromisoformat(said["day"]),
            transitions=[_transition(*each) for each in said["transitions"]],
            statements={each[0]: _entered(*each) for each in said["statements"]},
            motions={each["digest"]: _motion(each) for each in said["motions"]},
            early={digest: [_ballot(**each) for each in ballots] for digest, ballots in said["early"].items()},
            delegations=[_delegation(**each) for each in said["delegations"]],
            tables={digest: list(imports) for digest, imports in said["tables"].items()},
            disputes={each["claim"]: _dispute(each) for each in said["disputes"]},
            obeyed=set(said["obeyed"]),
            retracted=dict(said["retracted"]),
            retired=set(said["retired"]),
            heirs=dict(said["heirs"]),
            bound=list(said["bound"]),
        )
        ledger.days = {each.id: each.day for each in ledger.transitions}
        ledger.pending = {digest: ledger.statements[digest] for digest in said["pending"]}
    except (ValueError, KeyError, TypeError, AttributeError):
        return None
    for motion in ledger.motions.values():
        if motion.digest in ledger.early:
            ledger.early[motion.digest] = motion.early
    return ledger


def _flat(value: _Flat | MotionOnFile | DisputeOnFile, without: tuple[str, ...] = ()) -> dict[str, Any]:
    said = {field.name: getattr(value, field.name) for field in fields(value) if field.name not in without}
    return {name: each.isoformat() if isinstance(each, date) else each for name, each in said.items()}


def _transition(
    id_: str, kind: str, commit: str, result: str, cause: str, day: str, outcome: str, reasons: list[str]
) -> Transition:
    return Transition(id_, Kind(kind), commit, result, cause, date.fromisoformat(day), outcome, tuple(reasons))


def _entered(digest: str, kind: str, path: str, position: int, principals: list[str], signed: list[str], day: str) -> Entered:
    return Entered(digest, Said(kind), path, position, tuple(principals), tuple(signed), date.fromisoformat(day))


def _ballot(*, vote: str, stated: str, entered: str, keys: list[str], **rest: Any) -> BallotOnFile:
    return BallotOnFile(vote=Choice(vote), stated=_day(stated), entered=_day(entered), keys=tuple(keys), **rest)


def _delegation(*, expires: str | None, **rest: Any) -> DelegationOnFile:
    return DelegationOnFile(expires=None if expires is None else _day(expires), **rest)


def _motion(said: dict[str, Any]) -> MotionOnFile:
    made = {
        **said,
        "opened": _day(said["opened"]),
        "movers": tuple(said["movers"]),
        "keys": {principal: tuple(keys) for principal, keys in said["keys"].items()},
        "expires": None if said["expires"] is None else _day(said["expires"]),
        "closed": None if said["closed"] is None else _day(said["closed"]),
        "outcome": None if said["outcome"] is None else Outcome(said["outcome"]),
        "sitting": None if said["sitting"] is None else Sitting(**said["sitting"]),
    }
    for name in ("ballots", "late", "early"):
        made[name] = [_ballot(**each) for each in said[name]]
    return MotionOnFile(**made)


def _dispute(said: dict[str, Any]) -> DisputeOnFile:
    return DisputeOnFile(
        said["claim"],
        tuple(said["claimants"]),
        tuple(said["respondents"]),
        said["text"],
        [_paper(*each) for each in said["papers"]],
        {each[0]: Seal(*each) for each in said["seals"]},
    )


def _paper(digest: str, kind: str, path: str, position: int, entered: str, signed: list[str], seals: list[str]) -> PaperOnFile:
    return PaperOnFile(digest, Said(kind), path, position, _day(entered), tuple(signed), tuple(seals))


def _day(text: str) -> date:
    return date.fromisoformat(text)
