"""Disputing: the papers of a dispute enter, each from somebody who may state it.

Whether they come to an award that binds is judged elsewhere, by whoever asks.
"""

from syngraph.engine.governance.chain.ledger import Entered, Ledger
from syngraph.engine.governance.chain.signing import Signed
from syngraph.engine.governance.chain.site import Site
from syngraph.engine.governance.chain.transitions import Unlawful
from syngraph.engine.governance.docket import DisputeOnFile, PaperOnFile, Seal
from syngraph.engine.governance.signatures import parse_public
from syngraph.engine.governance.statements import (
    Acceptance,
    Answer,
    Appointment,
    Award,
    Challenge,
    Claim,
    Correction,
    Dissent,
    Extension,
    Kind,
    Paper,
    Settlement,
    Statement,
    Stay,
)


def enter(ledger: Ledger, site: Site, statement: Statement, paper: Paper, by: Signed) -> None:
    """Puts a paper on the docket of its dispute.

    Raises: Unlawful for one of a dispute that there is not, or of somebody who has no part in it.
    """
    match paper:
        case Claim():
            _claim(ledger, site, statement, paper)
        case Answer():
            _among(statement, _dispute(ledger, statement, paper.claim).respondents, "a respondent")
        case Challenge():
            _among(statement, _dispute(ledger, statement, paper.claim).parties, "a party")
        case Settlement():
            _settled(statement, _dispute(ledger, statement, paper.claim))
        case Acceptance():
            _accept(_dispute(ledger, statement, paper.claim), site, statement, paper)
        case Stay():
            _dispute(ledger, statement, paper.claim)
            if paper.motion not in ledger.motions:
                raise Unlawful(
                    f"a stay of the motion {paper.motion[:16]}…, which the chain does not have",
                    "a motion that has entered",
                    "bring the motion first",
                    path=statement.path,
                )
        case Dissent() | Correction():
            papers = _dispute(ledger, statement, paper.claim).papers
            if not any(each.digest == paper.award and each.kind is Kind.AWARD for each in papers):
                raise Unlawful(
                    f"a {statement.kind.value} of the award {paper.award[:16]}…, which this dispute does not have",
                    "the digest of an award on the same claim",
                    "bring the award first",
                    path=statement.path,
                )
        case Award() | Appointment() | Extension():
            _dispute(ledger, statement, paper.claim)
    claim = statement.digest if isinstance(paper, Claim) else paper.claim
    _file(ledger.disputes[claim], ledger, site, statement, by)


def retracted(ledger: Ledger, site: Site, statement: Statement, of: Entered, by: Signed) -> None:
    """Notes in its dispute that a paper was taken back. An arbitrator who takes back the acceptance signs no more.

    Raises: StoreError
    """
    if of.kind not in (Kind.CLAIM, Kind.ACCEPTANCE, Kind.CHALLENGE):
        return
    match site.statement(of).details:
        case Claim():
            claim = of.digest
        case Acceptance(claim=claim) | Challenge(claim=claim):
            pass
        case _:
            return
    dispute = ledger.disputes[claim]
    _file(dispute, ledger, site, statement, by)
    for seal in tuple(dispute.seals.values()):
        if seal.acceptance == of.digest:
            del dispute.seals[seal.key]


def _claim(ledger: Ledger, site: Site, statement: Statement, claim: Claim) -> None:
    stranger = next((each for each in claim.against if site.standing.register.principal(each) is None), None)
    if stranger is not None:
        raise Unlawful(
            f"a claim against {stranger}, who is not in the register",
            f"one of {', '.join(each.id for each in site.standing.register.principals)}",
            "name a principal by its id",
            path=statement.path,
        )
    both = sorted({*statement.principals} & {*claim.against})
    if both:
        raise Unlawful(
            f"a claim of {both[0]} against {both[0]}",
            "claimants and respondents who are different people",
            "leave them out on one side",
            path=statement.path,
        )
    ledger.disputes[statement.digest] = DisputeOnFile(statement.digest, statement.principals, claim.against, site.text)


def _dispute(ledger: Ledger, statement: Statement, claim: str) -> DisputeOnFile:
    dispute = ledger.disputes.get(claim)
    if dispute is None:
        raise Unlawful(
            f"a {statement.kind.value} in the dispute of the claim {claim[:16]}…, which the chain does not have",
            "the digest of a claim that has entered",
            "bring the claim first",
            path=statement.path,
        )
    return dispute


def _among(statement: Statement, those: tuple[str, ...], what: str) -> None:
    other = next((each for each in statement.principals if each not in those), None)
    if other is not None:
        raise Unlawful(
            f"a {statement.kind.value} of {other}, who is not {what} of this dispute",
            f"one of {', '.join(those)}",
            "whoever wants to be heard brings a claim of their own",
            path=statement.path,
        )


def _settled(statement: Statement, dispute: DisputeOnFile) -> None:
    _among(statement, dispute.parties, "a party")
    missing = next((each for each in dispute.parties if each not in statement.principals), None)
    if missing is not None:
        raise Unlawful(
            f"a settlement without {missing}",
            f"one of all parties: {', '.join(dispute.parties)}",
            "name them all as its principals, and let all of them sign",
            path=statement.path,
        )


def _accept(dispute: DisputeOnFile, site: Site, statement: Statement, acceptance: Acceptance) -> None:
    """That an arbitrator accepts with a key that is nobody else's. Whether anybody knows the key is judged with the award."""
    if len(statement.principals) != 1:
        raise Unlawful(
            f"an acceptance of {len(statement.principals)} arbitrators",
            "one for each",
            "let each of them accept",
            path=statement.path,
        )
    who = statement.principals[0]
    key = parse_public(acceptance.key).name
    owner, sealed = site.standing.keys.get(key), dispute.seals.get(key)
    other = owner.principal.id if owner is not None else sealed.arbitrator if sealed is not None else who
    if other != who:
        raise Unlawful(
            f"an acceptance of {who} with a key of {other}",
            "a key of the arbitrator's own",
            f"make one for {who} with `syngraph key`",
            path=statement.path,
        )
    dispute.seals[key] = Seal(key, who, statement.digest, owner is not None)


def _file(dispute: DisputeOnFile, ledger: Ledger, site: Site, statement: Statement, by: Signed) -> None:
    signed = tuple(each for each in by.principals if not site.standing.keys.keys().isdisjoint(by.keys[each]))
    dispute.papers.append(
        PaperOnFile(statement.digest, statement.kind, statement.path, ledger.position, site.day, signed, by.seals)
    )
