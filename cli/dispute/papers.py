"""Stating something in a dispute, and telling what came of it."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from syngraph.cli.acting import author, chain, stating
from syngraph.cli.acting.options import How
from syngraph.cli.dispute import choosing
from syngraph.cli.manners import instants, output

if TYPE_CHECKING:
    from syngraph.engine.disputes.dispute import Dispute
    from syngraph.engine.enacting import Draft, Enactment
    from syngraph.engine.governance.docket import DisputeOnFile
    from syngraph.engine.governance.signatures import Signer
    from syngraph.engine.governance.statements import Kind, Paper
    from syngraph.engine.verify import Verification

Drafted = Callable[["Verification", "DisputeOnFile", "Dispute"], tuple["Paper", str]]
"""Words a paper in a dispute: what its heading says, and its body."""


def of_parties(how: How, word: str, kind: "Kind", drafted: Drafted, capacity: str | None = None) -> None:
    """Enters a paper of people who sign with keys of the register. Raises: TextError, click.UsageError"""

    def build(verification: "Verification", draft: "Draft") -> stating.Paper:
        return _paper(verification, choosing.dispute(verification, word), kind, drafted, draft)

    told(how, word, kind, stating.state(how, build, capacity=capacity))


def of_arbitrators(
    how: How, word: str, kind: "Kind", drafted: Drafted, principals: tuple[str, ...], signers: "tuple[Signer, ...]"
) -> None:
    """Enters a paper of arbitrators, who need not be in the register. Raises: TextError, click.UsageError"""
    from syngraph.engine.enacting import Draft, Enactment, sealed

    before = chain.opened(how.path)
    standing = before.standing
    assert standing is not None
    when = author.moment(how.at, instants.zone(standing.manifest.zone))
    draft = Draft(principals, when.date())

    def build(verification: "Verification") -> "Enactment":
        paper = _paper(verification, choosing.dispute(verification, word), kind, drafted, draft)
        return Enactment(sealed(paper.content, signers), paper.text, how.message or paper.message)

    if how.out is not None:
        digest = stating.written(how, build(before).record)
        done = stating.Done(before, None, digest, when, principals)
    else:
        enacted = stating.enter(how, build, when, principals[0], before)
        done = stating.Done(before, enacted, stating.statement_of(enacted.enactment.record), when, principals)
    told(how, word, kind, done)


def told(how: How, word: str, kind: "Kind", done: stating.Done) -> None:
    """Tells of a paper that was entered, and how the dispute stands with it. `word` names the dispute, "" a new one."""
    from syngraph.cli.dispute import outcomes

    if done.enacted is None:
        return
    entered = bool(done.enacted.commit)
    verification = chain.opened(how.path) if entered else done.before
    filed = choosing.dispute(verification, word or done.digest) if entered or word else None
    line = f"{kind.value} of {', '.join(done.principals)} ({done.digest[:10]})"
    if filed is None or not entered:
        stating.tell(how, done, line, claim=filed.claim if filed else done.digest)
        return
    state = outcomes.outcome(verification, filed)
    stating.tell(how, done, line, claim=filed.claim, **outcomes.fields(state))
    if not how.as_json:
        number = choosing.number(verification, filed)
        output.put(f"dispute {number}: {outcomes.state(state)}")
        for why in outcomes.reasons(state):
            output.put(f"  {why.says}")


def _paper(
    verification: "Verification", filed: "DisputeOnFile", kind: "Kind", drafted: Drafted, draft: "Draft"
) -> stating.Paper:
    from syngraph.engine.enacting import stated

    going = choosing.read(verification, filed)
    details, body = drafted(verification, filed, going)
    content = stated(verification, kind, details, draft, body)
    return stating.Paper(content, f"{kind.value.capitalize()} of {', '.join(draft.principals)} in {going.claim.title}")
