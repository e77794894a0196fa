"""Who has signed a statement: every signature beside it is checked against the register as it stands at that point."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from syngraph.engine.governance.chain.ledger import Ledger
from syngraph.engine.governance.chain.transitions import Unlawful
from syngraph.engine.governance.docket import Seal
from syngraph.engine.governance.signatures import PublicKey, SignatureRefused, parse_public, verify
from syngraph.engine.governance.standing import SLACK, Signatory, Standing
from syngraph.engine.governance.statements import (
    Acceptance,
    Appointment,
    Award,
    Correction,
    Dissent,
    Extension,
    Kind,
    Retraction,
    Rotation,
    Statement,
    Stay,
)

COSIGNED = (Kind.FOUNDING, Kind.FACT, Kind.IMPORT, Kind.MINUTES)
"""What others than its authors may sign too: to be bound, to admit, to attest."""


@dataclass(frozen=True, slots=True)
class Signed:
    """Who has signed, and the names of the keys by which each has, in the order of the names.

    `seals` are those keys among them that count in one dispute only, whose arbitrators may be strangers to the register.
    """

    principals: tuple[str, ...]
    keys: Mapping[str, tuple[str, ...]]
    seals: tuple[str, ...] = ()


def signed(statement: Statement, content: bytes, signatures: Mapping[str, bytes], standing: Standing, ledger: Ledger) -> Signed:
    """Who has signed a statement, given its signature files by the name of the key; all must be valid, and of principals.

    Raises: Unlawful
    """
    by: dict[str, list[str]] = {}
    sealing: dict[str, str] = {}
    new = _new_key(statement)
    seals = _seals(statement, standing, ledger)
    for name, signature in sorted(signatures.items()):
        if name == new:
            _verified(statement, content, name, signature)
            continue
        owner = standing.keys.get(name)
        if name in seals:
            key = _verified(statement, content, name, signature)
            sealing[name] = _sealed(statement, seals[name], owner, key, ledger)
            continue
        if owner is None:
            raise Unlawful(
                f"the signature of a key that is nobody's ({name[:16]}…)",
                "keys that the register has at this point of the chain",
                "let a principal of the register sign, with the key that stands there",
                path=statement.path,
            )
        key = _verified(statement, content, name, signature)
        _in_force(statement, owner, key, ledger)
        for principal in _principals_of(statement, owner, standing):
            by.setdefault(principal, []).append(name)
    _only_arbitrators(statement, by)
    for name, arbitrator in sealing.items():
        # Whoever is in the register accepts with a key of the register too.
        if standing.register.principal(arbitrator) is None or statement.kind is not Kind.ACCEPTANCE:
            by.setdefault(arbitrator, []).append(name)
    _complete(statement, by, standing, {*sealing.values()}, known=statement.digest in ledger.statements)
    if isinstance(statement.details, Acceptance) and parse_public(statement.details.key).name not in signatures:
        raise Unlawful(
            f"an acceptance of {statement.principals[0]} that its own key has not signed",
            "a signature of the key that will sign the award",
            "sign it with that key too",
            path=statement.path,
        )
    if isinstance(statement.details, Rotation) and not {new, statement.details.old} <= signatures.keys():
        lacking = "new" if new not in signatures else "old"
        raise Unlawful(
            f"a rotation of {statement.principals[0]} that the {lacking} key has not signed",
            "signatures of the old key and of the new one",
            f"sign it with the {lacking} key too; where the old one is lost, the text says who replaces it",
            path=statement.path,
        )
    keys = {principal: tuple(names) for principal, names in by.items()}
    return Signed(tuple(sorted(by)), keys, tuple(sorted(sealing)))


def dated(statement: Statement, ledger: Ledger, day: date) -> None:
    """That the date of a statement fits where it stands: not before its base, not after the commit of the `day` that brings it.

    Raises: Unlawful
    """
    if statement.date > day + SLACK:
        raise Unlawful(
            f"a statement of {statement.date} in a commit of {day}",
            "statements no later than the commit that brings them",
            "mend the date and sign anew, or wait for that day",
            path=statement.path,
        )
    since = ledger.days.get(statement.base or "")
    if since is not None and statement.date < since - SLACK:
        raise Unlawful(
            f"a statement of {statement.date} that rests on a transition of {since}",
            "a date no earlier than what the statement rests on",
            "state it with its true date, and sign anew",
            path=statement.path,
        )


def _verified(statement: Statement, content: bytes, name: str, signature: bytes) -> PublicKey:
    try:
        key = verify(signature, content)
    except SignatureRefused as refused:
        raise Unlawful(
            f"a signature that does not hold: {refused.found}",
            refused.expected,
            "sign the statement anew with `syngraph sign`",
            path=statement.path,
        ) from None
    if key.name != name:
        raise Unlawful(
            f"a signature of the key {key.name[:16]}… in a file named after {name[:16]}…",
            "a file that is named after the key that signed",
            "rename it",
            path=statement.path,
        )
    return key


def _in_force(statement: Statement, owner: Signatory, key: PublicKey, ledger: Ledger) -> None:
    """That a key signs at this point: by its days in the register, by the day of the chain, and not replaced before."""
    whose, held = owner.principal.id, owner.key
    over = held.until is not None and held.until < ledger.day
    stolen = held.compromised is not None and held.compromised <= max(ledger.day, statement.date)
    if key.name in ledger.retired or over or stolen or not held.on(statement.date):
        until = f" until {held.until}" if held.until else ""
        until += f", compromised since {held.compromised}" if held.compromised else ""
        since = f" since {held.since}" if held.since else ""
        raise Unlawful(
            f"a signature of {whose} with a key that was not in force ({key.fingerprint}{since}{until})",
            f"a key of {whose} that is in force, on {statement.date} and at this point of the chain",
            "sign with the key that is in force now",
            path=statement.path,
        )


def _seals(statement: Statement, standing: Standing, ledger: Ledger) -> Mapping[str, Seal]:
    """The keys of arbitrators that may sign a statement, by name: of an acceptance its own, else those of the same dispute."""
    match statement.details:
        case Acceptance(key=line) if len(statement.principals) == 1:
            name = parse_public(line).name
            return {} if name in standing.keys else {name: Seal(name, statement.principals[0], "", False)}
        case Appointment() | Extension() | Stay() | Award() | Dissent() | Correction() as paper:
            dispute = ledger.disputes.get(paper.claim)
            return dispute.seals if dispute is not None else {}
        case Retraction(of=digest):
            found = (seal for dispute in ledger.disputes.values() for seal in dispute.seals.values())
            return {seal.key: seal for seal in found if seal.acceptance == digest}
        case _:
            return {}


def _sealed(statement: Statement, seal: Seal, owner: Signatory | None, key: PublicKey, ledger: Ledger) -> str:
    """The arbitrator whose key signs. A key of the register signs for as long as it is in force there. Raises: Unlawful"""
    if seal.arbitrator not in statement.principals:
        raise Unlawful(
            f"a signature of {seal.arbitrator} under a statement of {', '.join(statement.principals)}",
            f"signatures of {', '.join(statement.principals)} only",
            "name everybody who signs among the principals",
            path=statement.path,
        )
    if owner is not None:
        _in_force(statement, owner, key, ledger)
    if seal.registered and (owner is None or owner.principal.id != seal.arbitrator):
        raise Unlawful(
            f"a signature of {seal.arbitrator} with a key that the register has no more ({key.fingerprint})",
            "the key with which the arbitrator accepted, while the register has it",
            "accept again with the key that is in force now",
            path=statement.path,
        )
    return seal.arbitrator


def _only_arbitrators(statement: Statement, by: Mapping[str, list[str]]) -> None:
    """That nobody but arbitrators signs what only they can say. Raises: Unlawful"""
    if by and statement.kind in (Kind.STAY, Kind.AWARD, Kind.DISSENT, Kind.CORRECTION):
        other = min(by).rpartition("/")[2]
        raise Unlawful(
            f"{'an' if statement.kind is Kind.AWARD else 'a'} {statement.kind.value} signed by {other} with a key that no"
            " arbitrator has accepted with",
            "the keys with which the arbitrators of this dispute accepted",
            "let the arbitrators sign, each with the key in their acceptance",
            path=statement.path,
        )


def _principals_of(statement: Statement, owner: Signatory, standing: Standing) -> list[str]:
    """For whom a key signs here: its owner, or organisations that the owner signs for. Raises: Unlawful for nobody."""
    person = owner.principal.id
    for_whom = [person] if person in statement.principals else []
    for id_ in statement.principals:
        principal = standing.register.principal(id_)
        if principal is not None and person in principal.signatories:
            for_whom.append(f"{id_}/{person}")
    if not for_whom and statement.kind in (*COSIGNED, Kind.ACCEPTANCE):
        return [person]
    if not for_whom:
        raise Unlawful(
            f"a signature of {person} under a statement of {', '.join(statement.principals)}",
            f"signatures of {', '.join(statement.principals)} only",
            f"let {person} make a statement of their own",
            path=statement.path,
        )
    return for_whom


def _complete(
    statement: Statement, by: dict[str, list[str]], standing: Standing, arbitrators: set[str], *, known: bool
) -> None:
    """That every principal named has signed, now or when the statement entered (`known`); the signatories of an organisation
    become its signature. `arbitrators` are those whose key in this dispute has signed.
    """
    for id_ in statement.principals:
        principal = standing.register.principal(id_)
        if principal is None and id_ in arbitrators:
            continue
        if principal is None:
            raise Unlawful(
                f"a statement of {id_}, who is not in the register",
                f"one of {', '.join(each.id for each in standing.register.principals)}",
                "name a principal by its id",
                path=statement.path,
            )
        acting = [name for name in by if name.startswith(f"{id_}/")]
        if len(acting) >= principal.jointly and acting:
            by.setdefault(id_, []).extend(key for name in acting for key in by[name])
        for name in acting:
            del by[name]
        if id_ not in by and not known:
            missing = f"{principal.jointly} signatories of {id_}" if principal.signatories else id_
            raise Unlawful(
                f"no signature of {missing}",
                "a signature of everybody in whose name the statement is made",
                f"sign it with `syngraph sign {statement.path}`",
                path=statement.path,
            )


def _new_key(statement: Statement) -> str | None:
    match statement.details:
        case Rotation(new=line):
            return parse_public(line).name
        case _:
            return None
