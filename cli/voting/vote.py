"""`vote`: a ballot on a motion."""

from typing import TYPE_CHECKING

import click

from syngraph.cli.acting import choosing, options, stating
from syngraph.cli.acting.options import How
from syngraph.cli.manners import options as common
from syngraph.cli.manners import output

if TYPE_CHECKING:
    from syngraph.engine.enacting import Draft
    from syngraph.engine.verify import Verification


@click.command("vote", context_settings=common.CONTEXT)
@click.argument("motion")
@click.argument("choice", type=click.Choice(("yes", "no", "abstain"), case_sensitive=False))
@options.inside
@options.signed
@options.entered
@options.gathered
def command(how: How, motion: str, choice: str) -> None:
    """Cast a ballot on a motion. A later ballot replaces an earlier one, until the vote is closed.

    \b
    Examples:
      syngraph vote 1 yes --key ~/.ssh/ada
      syngraph vote "Raise the dues" no --in bylaws/ --key ~/.ssh/bora
      syngraph vote 3f9a21 abstain --by carla
      syngraph vote 1 yes --key ~/.ssh/dov -o outgoing/      to be sent, and entered by somebody else

    MOTION is the number that `syngraph motions` shows, the title, or at least four digits of the digest.
    """
    from syngraph.engine.governance.statements import Choice

    vote = Choice(choice.lower())

    def drafted(verification: "Verification", draft: "Draft") -> stating.Paper:
        from syngraph.engine.enacting import ballot

        filed = choosing.motion(verification, motion)
        if len(draft.principals) != 1:
            raise click.UsageError(f"a ballot is cast by one, not by {', '.join(draft.principals)}; vote once for each")
        if filed.outcome is not None:
            raise click.UsageError(f"the vote on {stating.titled(filed.title)} was closed on {filed.closed}: {filed.outcome}")
        if draft.principals[0] not in verification.moved(filed).electorate.everybody:
            output.talk(f"note: {draft.principals[0]} had no vote when the motion was opened; the ballot will not count")
        content = ballot(verification, filed, vote, draft)
        return stating.Paper(content, f"Ballot of {draft.principals[0]} on {stating.titled(filed.title)}")

    done = stating.state(how, drafted)
    filed = choosing.motion(done.before, motion)
    line = f"{', '.join(done.principals)}: {vote} to {stating.titled(filed.title)} ({filed.digest[:10]})"
    stating.tell(how, done, line, motion=filed.digest, vote=vote.value)
