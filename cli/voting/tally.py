"""`tally`: how the votes on a motion stand."""

from datetime import UTC

import click

from syngraph.cli.acting import author, chain, choosing, options
from syngraph.cli.acting.options import How
from syngraph.cli.manners import instants, output
from syngraph.cli.manners import options as common
from syngraph.cli.voting import tallies


@click.command("tally", context_settings=common.CONTEXT)
@click.argument("motion")
@options.inside
@common.at
@common.as_json
@options.gathered
def command(how: How, motion: str) -> None:
    """Count the votes on a motion: by which sentence, out of how many, what is missing, what does not count and why.

    \b
    Examples:
      syngraph tally 1
      syngraph tally "Raise the dues" --in bylaws/ --json

    MOTION is the number that `syngraph motions` shows, the title, or at least four digits of the digest. Of an open vote the
    outcome is the one that a close would have on that day.
    """
    verification = chain.opened(how.path)
    filed = choosing.motion(verification, motion)
    standing = verification.standing
    zone = instants.zone(standing.manifest.zone) if standing is not None else UTC
    day = author.moment(how.at, zone).date()
    if how.as_json:
        output.put_json({"schema": output.SCHEMA, **tallies.fields(verification, filed, day)})
    else:
        tallies.tell(verification, filed, day)
