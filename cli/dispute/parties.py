"""What the parties state in a dispute: `claim`, `answer`, `appoint`, `settle`."""

import secrets
from typing import TYPE_CHECKING

import click

from syngraph.cli.acting import options, stating
from syngraph.cli.acting.options import How
from syngraph.cli.dispute import bodies, choosing, papers
from syngraph.cli.manners import options as common
from syngraph.cli.manners import output

if TYPE_CHECKING:
    from syngraph.engine.disputes.dispute import Dispute
    from syngraph.engine.enacting import Draft
    from syngraph.engine.governance.docket import DisputeOnFile
    from syngraph.engine.governance.statements import Paper
    from syngraph.engine.verify import Verification


@click.command("claim", context_settings=common.CONTEXT)
@click.option("--against", multiple=True, required=True, metavar="ID", help="A respondent. May be given often.")
@click.option(
    "--about", multiple=True, metavar="WHAT", help="A section ('#dues'), a motion, or a statement. May be given often."
)
@click.option("--title", required=True, metavar="TEXT", help="What the dispute is called.")
@click.option("--fact", "facts", multiple=True, metavar="SENTENCE", help="What happened. May be given often.")
@click.option("--body", metavar="TEXT", help="The grounds, in prose; - reads them from stdin.")
@click.option("--ask", "asked", multiple=True, metavar="SENTENCE", help="What the award is to order. May be given often.")
@options.inside
@options.signed
@options.entered
@options.gathered
def claim(
    how: How,
    against: tuple[str, ...],
    about: tuple[str, ...],
    title: str,
    facts: tuple[str, ...],
    body: str | None,
    asked: tuple[str, ...],
) -> None:
    """Begin a dispute: against whom, about what, and what the arbitrators are asked to order.

    \b
    Examples:
      syngraph dispute claim --about '#dues' --against bora --title "Unpaid dues" --key ~/.ssh/carla
        --fact "On 31 January 2027, Bora Tamm had paid nothing." --ask "Bora Tamm shall pay EUR 60 to Carla Mott."
      syngraph dispute claim --about 2 --against ada --title "The motion" --ask "The adoption of that motion is set aside."
        --body "No notice was given." --dry-run

    Whoever signs is the claimant. An award orders only what somebody has asked for, so ask in the words of an order.
    """
    said = bodies.composed(("Facts", facts), ("Grounds", [body or ""]), ("Orders asked", asked))
    if not said:
        raise click.UsageError("give what is claimed with --ask, --fact or --body")
    nonce = secrets.token_hex(16)

    def drafted(verification: "Verification", draft: "Draft") -> stating.Paper:
        from syngraph.engine.enacting import stated
        from syngraph.engine.governance.statements import Claim, Kind

        _known(verification, against)
        named = tuple(dict.fromkeys(choosing.about(verification, each) for each in about))
        details = Claim(nonce, title.strip(), tuple(dict.fromkeys(against)), named or None)
        return stating.Paper(stated(verification, Kind.CLAIM, details, draft, said), f"Claim: {title.strip()}")

    from syngraph.engine.governance.statements import Kind

    papers.told(how, "", Kind.CLAIM, stating.state(how, drafted))


@click.command("answer", context_settings=common.CONTEXT)
@click.argument("claim")
@click.option("--body", metavar="TEXT", help="The defence; - reads it from stdin.")
@click.option("--fact", "facts", multiple=True, metavar="SENTENCE", help="What happened. May be given often.")
@click.option("--ask", "asked", multiple=True, metavar="SENTENCE", help="What is asked in return. May be given often.")
@click.option("--object", "objected", is_flag=True, help="Deny that the arbitrators may decide this.")
@options.inside
@options.signed
@options.entered
@options.gathered
def answer(how: How, claim: str, body: str | None, facts: tuple[str, ...], asked: tuple[str, ...], objected: bool) -> None:
    """Answer a claim, as one of those whom it is against.

    \b
    Examples:
      syngraph dispute answer 1 --body "I paid in cash." --key ~/.ssh/bora
      syngraph dispute answer 1 --object --ask "The claim is dismissed." --key ~/.ssh/bora

    Without --ask nothing is asked in return.
    """
    from syngraph.engine.governance.statements import Answer, Jurisdiction, Kind

    said = bodies.composed(("Facts", facts), ("Grounds", [body or ""]), ("Orders asked", asked))
    if not said and not objected:
        raise click.UsageError(
            "give the defence with --body, --fact or --ask, or deny the power of the arbitrators with --object"
        )

    def drafted(verification: "Verification", filed: "DisputeOnFile", going: "Dispute") -> tuple["Paper", str]:
        return Answer(filed.claim, Jurisdiction.OBJECTED if objected else None), said

    papers.of_parties(how, claim, Kind.ANSWER, drafted)


@click.command("appoint", context_settings=common.CONTEXT)
@click.argument("claim")
@click.argument("arbitrator")
@click.option(
    "--with-key", "line", metavar="KEY", help="The public key by which the arbitrator accepts: a file, or a line of one."
)
@click.option("--replaces", metavar="ID", help="The arbitrator who goes.")
@click.option("--as", "office", metavar="OFFICE", help="The office by which it is done, where the text gives it that power.")
@options.inside
@options.signed
@options.entered
@options.gathered
def appoint(how: How, claim: str, arbitrator: str, line: str | None, replaces: str | None, office: str | None) -> None:
    """Appoint an arbitrator.

    \b
    Examples:
      syngraph dispute appoint 1 pia --with-key pia.pub --key ~/.ssh/ada --key ~/.ssh/bora
      syngraph dispute appoint 1 pia --by ada --by bora -o to-sign/
      syngraph dispute appoint 1 quin --as Chair --key ~/.ssh/dov

    ARBITRATOR is an id of the register, or one for somebody who is not in it: then name the key, so that nobody else accepts
    in that name. Who may appoint is for the text to say; an appointment by anybody else is filed and seats nobody.
    """
    from syngraph.engine.governance.statements import Appointment, Kind

    key = _public(line) if line is not None else None

    def drafted(verification: "Verification", filed: "DisputeOnFile", going: "Dispute") -> tuple["Paper", str]:
        return Appointment(filed.claim, arbitrator, key, replaces), ""

    papers.of_parties(how, claim, Kind.APPOINTMENT, drafted, office)


@click.command("settle", context_settings=common.CONTEXT)
@click.argument("claim")
@click.option("--term", "terms", multiple=True, metavar="SENTENCE", help="What somebody shall do. May be given often.")
@click.option("--body", metavar="TEXT", help="What else there is to say; - reads it from stdin.")
@options.inside
@options.signed
@options.entered
@options.gathered
def settle(how: How, claim: str, terms: tuple[str, ...], body: str | None) -> None:
    """Settle a dispute: what the parties agree on takes the place of what they owed each other.

    \b
    Examples:
      syngraph dispute settle 1 --term "Bora Tamm shall pay EUR 30 to Carla Mott by 1 May 2027."
        --key ~/.ssh/carla --key ~/.ssh/bora
      syngraph dispute settle 1 --term "The claim is dismissed." --by carla --by bora -o to-sign/

    All parties sign. A settlement changes no text: that takes a motion.
    """
    from syngraph.engine.governance.statements import Kind, Settlement

    if not terms:
        raise click.UsageError("give what is agreed with --term")
    said = bodies.composed(("", [body or ""]), ("Orders", terms))

    def drafted(verification: "Verification", filed: "DisputeOnFile", going: "Dispute") -> tuple["Paper", str]:
        return Settlement(filed.claim), said

    papers.of_parties(how, claim, Kind.SETTLEMENT, drafted)


def _known(verification: "Verification", ids: tuple[str, ...]) -> None:
    standing = verification.standing
    assert standing is not None
    known = [principal.id for principal in standing.register.principals]
    for id in ids:
        if id not in known:
            near = output.did_you_mean(id, known) or f"; it has {', '.join(known[:12])}"
            raise click.UsageError(f"--against: the register has no {id!r}{near}")


def _public(given: str) -> str:
    """The line of a public key: of the key that a file or a fingerprint names, or as given. Raises: KeyRefused, SigningError"""
    from pathlib import Path

    path = Path(given).expanduser()
    words = given.split()
    if len(words) > 1 and not path.exists():
        return _bare(given)
    content = stating.readable(path)
    if content.startswith(b"-----BEGIN"):
        raise click.UsageError(f"--with-key: {given} is a private key; give the public one, {given}.pub")
    return _bare(content.decode("utf-8", "replace").strip())


def _bare(line: str) -> str:
    """The line of a public key without the comment. Raises: KeyRefused"""
    from syngraph.engine.governance.signatures import parse_public

    return " ".join(parse_public(line).line().split()[:2])
