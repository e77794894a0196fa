"""`resign`: gives up a role."""

from typing import TYPE_CHECKING

import click

from syngraph.cli.acting import author, options, stating
from syngraph.cli.acting.options import How
from syngraph.cli.manners import instants, output
from syngraph.cli.manners import options as common

if TYPE_CHECKING:
    from syngraph.engine.enacting import Draft
    from syngraph.engine.verify import Verification


@click.command("resign", context_settings=common.CONTEXT)
@click.argument("role", required=False)
@options.inside
@click.option("--from", "since", required=True, metavar="DATE", help="The first day without the role.")
@click.option("--reasons", metavar="TEXT", help="Why; - reads it from stdin.")
@options.signed
@options.entered
@options.gathered
def command(how: How, role: str | None, since: str, reasons: str | None) -> None:
    """Give up a role, or without one every role. Nobody has to agree; the register changes with it.

    \b
    Examples:
      syngraph resign Treasurer --from 2026-10-01 --key ~/.ssh/carla
      syngraph resign --from 2026-10-01 --in bylaws/ --key ~/.ssh/farid
    """
    day = author.day("--from", since)
    said = stating.reasons(reasons)

    def drafted(verification: "Verification", draft: "Draft") -> stating.Paper:
        from syngraph.engine.enacting import carried, stated
        from syngraph.engine.governance.statements import Kind, Resignation, parse, path_of

        standing = verification.standing
        assert standing is not None
        held = _held(verification, draft, role)
        content = stated(verification, Kind.RESIGNATION, Resignation(held, day), draft, f"{said}\n" if said else "")
        text = carried(verification, parse(content, path_of(content)))
        who = ", ".join(draft.principals)
        return stating.Paper(content, f"Resignation of {who} as {held}" if held else f"Resignation of {who}", text)

    done = stating.state(how, drafted)
    what = role or "every role"
    stating.tell(how, done, f"{', '.join(done.principals)}: no longer {what} from {instants.written(day)} on", role=role)


def _held(verification: "Verification", draft: "Draft", role: str | None) -> str | None:
    """The role as the register writes it. Raises: click.UsageError where nobody has it"""
    if role is None:
        return None
    standing = verification.standing
    principal = standing.register.principal(draft.principals[0]) if standing is not None else None
    roles = [held.role for held in principal.roles] if principal is not None else []
    for name in roles:
        if name.casefold() == role.casefold():
            return name
    near = output.did_you_mean(role, roles) or (f"; there is {', '.join(roles)}" if roles else "")
    raise click.UsageError(f"{draft.principals[0]} has no role {role!r}{near}")
