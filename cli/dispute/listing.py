"""`dispute list`: the disputes of an agreement, and how each stands."""

from typing import TYPE_CHECKING, Any

import click

from syngraph.cli.acting import chain, options
from syngraph.cli.acting.options import How
from syngraph.cli.manners import options as common
from syngraph.cli.manners import output, tables

if TYPE_CHECKING:
    from syngraph.engine.governance.docket import DisputeOnFile
    from syngraph.engine.verify import Verification


@click.command("list", context_settings=common.CONTEXT)
@options.path
@common.as_json
@options.gathered
def listed(how: How) -> None:
    """List the disputes: who claims against whom, and what has come of it.

    \b
    Examples:
      syngraph dispute list
      syngraph dispute list bylaws/ --json

    Their numbers are for display only: the other commands take them, and titles and digests of claims as well.
    """
    verification = chain.opened(how.path)
    shown = [_fields(verification, each, number) for number, each in enumerate(verification.ledger.disputes.values(), 1)]
    if how.as_json:
        output.put_json({"schema": output.SCHEMA, "disputes": shown})
        return
    if not shown:
        output.put("no disputes")
        return
    rows = [
        tables.Row(
            (
                str(each["number"]),
                each["claim"][:10],
                each["outcome"],
                f"opened {each['opened']}",
                f"{', '.join(each['claimants'])} against {', '.join(each['respondents'])}",
                each["title"],
            )
        )
        for each in shown
    ]
    tables.put(rows, right=frozenset({0}), wide=5, indent="")


def _fields(verification: "Verification", filed: "DisputeOnFile", number: int) -> dict[str, Any]:
    from syngraph.cli.dispute import choosing, outcomes

    going = choosing.read(verification, filed)
    return {
        "number": number,
        "claim": filed.claim,
        "title": going.claim.title,
        "opened": going.opened.isoformat(),
        "claimants": list(going.claimants),
        "respondents": list(going.respondents),
        "about": list(going.claim.about or ()),
        "papers": len(going.entries),
        "outcome": outcomes.state(outcomes.outcome(verification, filed)),
    }
