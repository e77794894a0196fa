"""`propose`: moves a change of the text, or a resolution."""

import secrets
from typing import TYPE_CHECKING

import click

from syngraph.cli.acting import drafts, options, stating
from syngraph.cli.acting.options import How
from syngraph.cli.manners import options as common
from syngraph.cli.voting import wording

if TYPE_CHECKING:
    from syngraph.engine.enacting import Draft
    from syngraph.engine.verify import Verification


@click.command("propose", context_settings=common.CONTEXT)
@options.path
@click.option("--title", required=True, metavar="TEXT", help="What the motion is called.")
@click.option("--reasons", metavar="TEXT", help="Why; - reads it from stdin. For a resolution: what is resolved.")
@click.option("--from", "source", metavar="REV", help="The text as it is on a branch or in a commit (default: in the folder).")
@click.option("--resolution", is_flag=True, help="Decide something without changing the text.")
@click.option("--expires", metavar="DATE", help="The last day on which it can be decided.")
@click.option("--anyway", is_flag=True, help="Move it even if the text forbids what it changes.")
@options.signed
@options.entered
@options.gathered
def command(
    how: How, title: str, reasons: str | None, source: str | None, resolution: bool, expires: str | None, anyway: bool
) -> None:
    """Move a change of the text: what differs between the text in force and the one in the folder.

    \b
    Examples:
      syngraph propose bylaws/ --title "Raise the dues" --key ~/.ssh/ada
      syngraph propose bylaws/ --title "Raise the dues" --from draft --reasons "Paper costs more."
      syngraph propose --title "Buy a lathe" --resolution --reasons "The Library buys a lathe for EUR 900."
      syngraph propose --title "Raise the dues" --dry-run

    Edit the text in the folder, or on a branch, and propose it. The motion is entered on the governed branch and opens the
    vote; the text stays as it is until `syngraph adopt`. Says which sentence decides and who may vote. What the text protects
    from amendment is refused, with the sentence and exit code 1. A motion of several people is signed by each: give --key
    often, or write it with -o and let the others use `syngraph sign`.
    """
    said = stating.reasons(reasons)
    if resolution and not said:
        raise click.UsageError("a resolution needs --reasons: the words that are to be resolved")
    if resolution and source:
        raise click.UsageError("--resolution changes no text, so it has no --from")
    nonce = secrets.token_hex(16)

    def drafted(verification: "Verification", draft: "Draft") -> stating.Paper:
        from syngraph.engine.enacting import motion

        changes = () if resolution else drafts.changes(verification, how.path, source)
        content = motion(verification, changes, title.strip(), nonce, said, draft)
        wording.allowed(verification, content, draft.day, anyway)
        return stating.Paper(content, f"Motion: {title.strip()}")

    done = stating.state(how, drafted, expires=expires)
    wording.told(how, done)
