"""`motions`: the motions of an agreement, and how each stands."""

from datetime import date
from typing import TYPE_CHECKING, Any

import click

from syngraph.cli.acting import author, chain, choosing, options
from syngraph.cli.acting.options import How
from syngraph.cli.manners import instants, output, tables
from syngraph.cli.manners import options as common
from syngraph.cli.voting import tallies

if TYPE_CHECKING:
    from syngraph.engine.governance.chain.ledger import MotionOnFile
    from syngraph.engine.verify import Verification


@click.command("motions", context_settings=common.CONTEXT)
@options.path
@click.option("--open", "only_open", is_flag=True, help="Only those that are not closed.")
@common.at
@common.as_json
@options.gathered
def command(how: How, only_open: bool) -> None:
    """List the motions: how each stands, the votes so far, what is missing.

    \b
    Examples:
      syngraph motions
      syngraph motions bylaws/ --open
      syngraph motions bylaws/ --json

    Their numbers are for display only: `vote`, `tally` and the others take them, and titles and digests as well.
    """
    verification = chain.opened(how.path)
    standing = verification.standing
    assert standing is not None
    day = author.moment(how.at, instants.zone(standing.manifest.zone)).date()
    shown = [each for each in verification.ledger.motions.values() if each.outcome is None or not only_open]
    if how.as_json:
        output.put_json({"schema": output.SCHEMA, "motions": [_fields(verification, each, day) for each in shown]})
        return
    if not shown:
        output.put("no open motions" if only_open else "no motions yet")
        return
    rows = [_row(verification, each, day) for each in shown]
    tables.put(rows, right=frozenset({0}), wide=5, indent="")


def _fields(verification: "Verification", filed: "MotionOnFile", day: date) -> dict[str, Any]:
    from syngraph.engine.enacting import counted

    moved, count = verification.moved(filed), counted(verification, filed)
    votes = _votes(verification, filed)
    return {
        "number": choosing.number(verification, filed),
        "motion": filed.digest,
        "title": filed.title,
        "state": tallies.state(filed),
        "outcome": tallies.outcome(filed, count, day),
        "movers": list(filed.movers),
        "opened": filed.opened.isoformat(),
        "until": moved.timetable.last.isoformat() if moved.timetable.last else None,
        "closed": filed.closed.isoformat() if filed.closed else None,
        "for": votes[0],
        "against": votes[1],
        "abstain": votes[2],
        "missing": tallies.missing(moved, filed, count, day),
    }


def _row(verification: "Verification", filed: "MotionOnFile", day: date) -> tables.Row:
    said = _fields(verification, filed, day)
    until = f"until {said['until']}" if said["until"] and filed.outcome is None else f"opened {said['opened']}"
    when = f"closed {said['closed']}" if said["closed"] else until
    votes = f"{said['for']} for, {said['against']} against"
    votes += f", {said['abstain']} abstain" if said["abstain"] else ""
    cells = (str(said["number"]), filed.digest[:10], said["state"], when, votes, filed.title, said["missing"] or "")
    return tables.Row(cells)


def _votes(verification: "Verification", filed: "MotionOnFile") -> tuple[int, int, int]:
    """For, against, abstaining: by heads, or as minutes attest."""
    from syngraph.engine.enacting import counted

    if filed.sitting is not None:
        return filed.sitting.in_favour, filed.sitting.against, filed.sitting.abstaining
    cast = [vote.value for vote in counted(verification, filed).cast.values()]
    return cast.count("yes"), cast.count("no"), cast.count("abstain")
