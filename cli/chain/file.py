"""`file`: enters statements and signatures that were made elsewhere."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from syngraph.cli.acting import author, chain, options, plan, stating
from syngraph.cli.acting.options import How
from syngraph.cli.chain import incoming
from syngraph.cli.manners import instants
from syngraph.cli.manners import options as common

if TYPE_CHECKING:
    from syngraph.engine.enacting import Enactment
    from syngraph.engine.verify import Verification


@click.command("file", context_settings=common.CONTEXT)
@click.argument("files", type=click.Path(path_type=Path, dir_okay=False), nargs=-1, required=True, metavar="FILE...")
@options.inside
@options.entered
@options.gathered
def command(how: How, files: tuple[Path, ...]) -> None:
    """Enter statements and signatures that were made elsewhere: who carries them in does not matter.

    \b
    Examples:
      syngraph file incoming/*
      syngraph file 2026-10-01-3f9a….md --in bylaws/
      syngraph file 2026-10-01-3f9a….5e1f….sig --in bylaws/     a further signature of a founding, minutes or a fact

    Signatures beside a statement come along. Every statement and signature is judged first, and all enter in one commit, or
    none. A rotation, a resignation or an officer's act among them is carried out at once.
    """
    before = chain.opened(how.path)
    standing = before.standing
    assert standing is not None
    arrived = incoming.gathered(before, files)
    when = author.moment(how.at, instants.zone(standing.manifest.zone))

    def build(verification: "Verification") -> "Enactment":
        return incoming.enactment(verification, arrived, how.message)

    enacted = stating.enter(how, build, when, arrived.first, before, arrived.sources)
    line = "\n".join(arrived.told)
    plan.tell(how, before, enacted, line, {"statements": list(arrived.statements)})
