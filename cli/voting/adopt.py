"""`adopt`: carries out a motion that was adopted."""

from typing import TYPE_CHECKING

import click

from syngraph.cli.acting import author, chain, choosing, options, plan, stating
from syngraph.cli.acting.options import How
from syngraph.cli.manners import instants
from syngraph.cli.manners import options as common

if TYPE_CHECKING:
    from syngraph.engine.enacting import Enactment
    from syngraph.engine.verify import Verification


@click.command("adopt", context_settings=common.CONTEXT)
@click.argument("motion")
@options.inside
@options.entered
@options.gathered
def command(how: How, motion: str) -> None:
    """Carry out a motion that was adopted: the text becomes what it says.

    \b
    Examples:
      syngraph adopt 1
      syngraph adopt "Raise the dues" --in bylaws/ --at 2026-10-16
      syngraph adopt 1 --dry-run

    Anybody may: what is decided is decided, and no signature is needed. If the text has changed since the motion was moved,
    the change is still made, unless something that it touches, or the rule that decided, is another now; then it has to be
    moved again.
    """
    before = chain.opened(how.path)
    standing = before.standing
    assert standing is not None
    filed = choosing.motion(before, motion)
    when = author.moment(how.at, instants.zone(standing.manifest.zone))

    def build(verification: "Verification") -> "Enactment":
        from syngraph.engine.enacting import EnactingError, Enactment, adoption

        adopted = choosing.motion(verification, filed.digest)
        files = adoption(verification, adopted)
        if not files:
            raise EnactingError(
                f"the motion {stating.titled(adopted.title)}, which changes no text",
                "one that does",
                "a resolution is done once it is adopted; nothing is left to be carried out",
            )
        return Enactment(text=files, message=how.message or f"Adopt: {adopted.title}")

    mover = filed.movers[0] if filed.movers else "syngraph"
    enacted = stating.enter(how, build, when, mover, before)
    plan.tell(how, before, enacted, f"{stating.titled(filed.title)} is now the text", {"motion": filed.digest})
