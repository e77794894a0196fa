"""`act`: what an officer does by the power of the office."""

from typing import TYPE_CHECKING

import click

from syngraph.cli.acting import drafts, options, stating
from syngraph.cli.acting.options import How
from syngraph.cli.manners import options as common
from syngraph.cli.manners import output
from syngraph.cli.voting import wording

if TYPE_CHECKING:
    from syngraph.engine.enacting import Draft
    from syngraph.engine.verify import Verification


@click.command("act", context_settings=common.CONTEXT)
@options.path
@click.option("--as", "office", required=True, metavar="OFFICE", help="The office: Secretary.")
@click.option("--reasons", metavar="TEXT", help="Why; - reads it from stdin.")
@click.option("--from", "source", metavar="REV", help="The files as on a branch or in a commit (default: in the folder).")
@options.signed
@options.entered
@options.gathered
def command(how: How, office: str, reasons: str | None, source: str | None) -> None:
    """Carry out what the text lets an officer do: enter a member in the register, replace a key, correct a slip of the pen.

    \b
    Examples:
      syngraph act bylaws/ --as Secretary --reasons "Hana was admitted on 3 May." --key ~/.ssh/edda
      syngraph act --as Secretary --dry-run

    Edit the register (or the text, where rules and printed words stay as they are) in the folder; what differs is the act. It
    needs a sentence that gives the office this power; without one it is refused with exit code 1, and takes a motion.
    """
    said = stating.reasons(reasons)
    told: list[str] = []

    def drafted(verification: "Verification", draft: "Draft") -> stating.Paper:
        from syngraph.engine.enacting import act, carried
        from syngraph.engine.governance.statements import parse, path_of

        changes = drafts.changes(verification, how.path, source)
        told[:] = [wording.change_in_words(each) for each in changes]
        content = act(verification, changes, said, draft)
        text = carried(verification, parse(content, path_of(content)))
        return stating.Paper(content, f"Act of the {office}: {told[0]}", text)

    done = stating.state(how, drafted, capacity=office)
    if not how.as_json and done.enacted is not None:
        for line in told:
            output.put(f"  {line}")
    stating.tell(how, done, f"by {', '.join(done.principals)}, {office}", changes=told)
