"""`dispute`: claims, arbitrators and awards."""

import click

from syngraph.cli.dispute import arbitrators, listing, parties, showing
from syngraph.cli.manners import options as common


@click.group("dispute", context_settings=common.CONTEXT)
def command() -> None:
    """Bring a dispute before arbitrators, and see what has come of it.

    \b
    Examples:
      syngraph dispute list
      syngraph dispute show 1
      syngraph dispute claim --about '#dues' --against bora --title "Unpaid dues" --ask "Bora Tamm shall pay ..."
      syngraph dispute appoint 1 pia --key ~/.ssh/ada --key ~/.ssh/bora
      syngraph dispute award 1 --reasons "..." --order "Bora Tamm shall pay ..." --key ~/.ssh/pia

    The arbitration clause of the text decides what goes to arbitration, who appoints and by when; where it is silent, the
    UNCITRAL Arbitration Rules do. Whether the award is right is for the arbitrators; `show` says whether it binds, and why.
    """


for each in (
    listing.listed,
    showing.show,
    parties.claim,
    parties.answer,
    parties.appoint,
    arbitrators.accept,
    arbitrators.award,
    parties.settle,
):
    command.add_command(each)
