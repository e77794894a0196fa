"""`close`: ends the vote on a motion, with the outcome that the ballots come to."""

from typing import TYPE_CHECKING

import click

from syngraph.cli.acting import choosing, options, stating
from syngraph.cli.acting.options import How
from syngraph.cli.manners import options as common

if TYPE_CHECKING:
    from syngraph.engine.enacting import Draft
    from syngraph.engine.verify import Verification


@click.command("close", context_settings=common.CONTEXT)
@click.argument("motion")
@options.inside
@click.option("--as", "office", metavar="OFFICE", help="In which office, where the text names one: Chair.")
@options.signed
@options.entered
@options.gathered
def command(how: How, motion: str, office: str | None) -> None:
    """End the vote on a motion. The outcome is counted from the record, and everybody can count it again.

    \b
    Examples:
      syngraph close 1 --key ~/.ssh/ada
      syngraph close "Raise the dues" --in bylaws/ --at 2026-10-15 --key ~/.ssh/ada
      syngraph close 1 --dry-run

    Where the text names an officer who closes a vote, that officer does; where it names a period, nobody before it has run;
    where it names neither, anybody, once no ballot that is missing can change the outcome. What the text does not allow yet
    ends with exit code 1. Nothing later revives or undoes a verdict.
    """

    def drafted(verification: "Verification", draft: "Draft") -> stating.Paper:
        from syngraph.engine.enacting import close
        from syngraph.engine.governance.statements import Close, parse

        filed = choosing.motion(verification, motion)
        if filed.outcome is not None:
            raise click.UsageError(f"the vote on {stating.titled(filed.title)} was closed on {filed.closed}: {filed.outcome}")
        content = close(verification, filed, draft)
        details = parse(content, "the close").details
        assert isinstance(details, Close)
        return stating.Paper(content, f"Close: {filed.title}: {details.outcome}")

    done = stating.state(how, drafted, capacity=office)
    filed = choosing.motion(done.before, motion)
    if done.enacted is None:
        return
    last = done.enacted.transitions[-1]
    line = "; ".join(last.reasons)
    stating.tell(how, done, line, motion=filed.digest, outcome=last.outcome)
    if not how.as_json and last.outcome == "adopted":
        from syngraph.cli.manners import output

        output.talk(f"next: `syngraph adopt {filed.digest[:10]}` carries it out")
