"""What arbitrators state in a dispute: `accept` and `award`. They need not be in the register."""

from typing import TYPE_CHECKING

import click

from syngraph.cli.acting import chain, options, signatories
from syngraph.cli.acting.options import How
from syngraph.cli.dispute import bodies, choosing, papers
from syngraph.cli.manners import options as common

if TYPE_CHECKING:
    from syngraph.engine.disputes.dispute import Dispute
    from syngraph.engine.governance.docket import DisputeOnFile
    from syngraph.engine.governance.signatures import Signer
    from syngraph.engine.governance.statements import Paper
    from syngraph.engine.verify import Verification


@click.command("accept", context_settings=common.CONTEXT)
@click.argument("claim")
@click.option("--body", metavar="TEXT", help="What there is to disclose; - reads it from stdin.")
@options.inside
@options.signed
@options.entered
@options.gathered
def accept(how: How, claim: str, body: str | None) -> None:
    """Accept an appointment as arbitrator, with the key that signs for you in this dispute and nowhere else.

    \b
    Examples:
      syngraph dispute accept 1 --key ~/.ssh/pia
      syngraph dispute accept 1 --key ~/.ssh/pia --by pia --body "I know neither of the parties."

    Of several keys the one that the register does not have is that of the arbitrator; the others vouch for it. Without --by it
    is known from the appointment in whose name this is.
    """
    from syngraph.engine.governance.statements import Acceptance, Kind

    signers = signatories.unlisted(how)
    verification = chain.opened(how.path)
    filed = choosing.dispute(verification, claim)
    standing = verification.standing
    assert standing is not None
    own = next((each for each in signers if each.public.name not in standing.keys), signers[0])
    line = " ".join(own.public.line().split()[:2])
    who = how.by or (_accepting(verification, filed, own),)
    said = bodies.composed(("", [body or ""]))

    def drafted(verification: "Verification", filed: "DisputeOnFile", going: "Dispute") -> tuple["Paper", str]:
        return Acceptance(filed.claim, line), said

    papers.of_arbitrators(how, claim, Kind.ACCEPTANCE, drafted, who, signers)


@click.command("award", context_settings=common.CONTEXT)
@click.argument("claim")
@click.option("--finding", "findings", multiple=True, metavar="SENTENCE", help="A fact that is found. May be given often.")
@click.option("--reasons", multiple=True, metavar="TEXT", help="Why; - reads it from stdin. May be given often.")
@click.option("--order", "orders", multiple=True, metavar="SENTENCE", help="What is ordered. May be given often.")
@click.option(
    "--form",
    type=click.Choice(("final", "partial", "consent")),
    default="final",
    show_default=True,
    help="The last word on the claim, a word on part of it, or what the parties have settled on.",
)
@options.inside
@options.signed
@options.entered
@options.gathered
def award(
    how: How,
    claim: str,
    findings: tuple[str, ...],
    reasons: tuple[str, ...],
    orders: tuple[str, ...],
    form: str,
) -> None:
    """Decide a dispute, as its arbitrators: what is found, why, and what is ordered.

    \b
    Examples:
      syngraph dispute award 1 --reasons "The dues are unpaid, and no defence was raised." --key ~/.ssh/pia
        --order "Bora Tamm shall pay EUR 60 to Carla Mott within 14 days after the award."
      syngraph dispute award 1 --reasons "No notice was given." --order "The adoption of that motion is set aside."
        --key ~/.ssh/pia --by pia --by quin -o to-sign/

    Each arbitrator signs with the key in the acceptance. The number of the award is filled in. Everything is filed; whether it
    binds is judged by the text, and told.
    """
    from syngraph.engine.governance.statements import Award, Form, Kind

    if not orders:
        raise click.UsageError('give what is ordered with --order, if only "The claim is dismissed."')
    said = bodies.composed(("Findings", findings), ("Reasons", reasons), ("Orders", orders))
    verification = chain.opened(how.path)
    filed = choosing.dispute(verification, claim)
    signers = signatories.unlisted(how) if how.keys or how.out is None or not how.by else ()
    owners = tuple(dict.fromkeys(_sitting(filed, each) for each in signers))
    principals = tuple(dict.fromkeys(how.by)) or owners
    stranger = next((each for each in owners if each not in principals), None)
    if stranger is not None:
        raise click.UsageError(f"--by names {', '.join(principals)}, and a key of {stranger} signs; add --by {stranger}")

    def drafted(verification: "Verification", filed: "DisputeOnFile", going: "Dispute") -> tuple["Paper", str]:
        made = sum(each.kind is Kind.AWARD for each in filed.papers)
        return Award(filed.claim, made + 1, Form(form)), said

    papers.of_arbitrators(how, claim, Kind.AWARD, drafted, principals, signers)


def _accepting(verification: "Verification", filed: "DisputeOnFile", own: "Signer") -> str:
    """In whose name somebody accepts: as the register has the key, as an appointment names it, or the only one who is awaited.

    Raises: click.UsageError where that cannot be told
    """
    from syngraph.engine.governance.signatures import parse_public
    from syngraph.engine.governance.statements import Appointment

    standing = verification.standing
    assert standing is not None
    owner = standing.keys.get(own.public.name)
    if owner is not None:
        return owner.principal.id
    stated = [entry.statement.details for entry in choosing.read(verification, filed).entries]
    appointed = [each for each in stated if isinstance(each, Appointment)]
    named = [each for each in appointed if each.key is not None and parse_public(each.key).name == own.public.name]
    seated = {seal.arbitrator for seal in filed.seals.values()}
    awaited = named or [each for each in appointed if each.key is None and each.arbitrator not in seated]
    ids = list(dict.fromkeys(each.arbitrator for each in awaited))
    if len(ids) == 1:
        return ids[0]
    who = f"this may be {' or '.join(ids)}" if ids else "no appointment waits for that key"
    raise click.UsageError(f"{who}; say with --by in whose name you accept")


def _sitting(filed: "DisputeOnFile", signer: "Signer") -> str:
    """The arbitrator whose key somebody signs with. Raises: signatories.WhoError"""
    seal = filed.seals.get(signer.public.name)
    if seal is None:
        known = ", ".join(dict.fromkeys(each.arbitrator for each in filed.seals.values()))
        raise signatories.WhoError(
            f"the key {signer.public.fingerprint}, with which no arbitrator of this dispute has accepted",
            f"a key of {known}" if known else "the key of an arbitrator; nobody has accepted yet",
            "sign with the key in the acceptance; `syngraph dispute accept` makes one",
        )
    return seal.arbitrator
