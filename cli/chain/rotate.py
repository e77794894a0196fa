"""`rotate`: one key takes the place of another."""

from typing import TYPE_CHECKING

import click

from syngraph.cli.acting import options, signatories, stating
from syngraph.cli.acting.options import How
from syngraph.cli.manners import options as common

if TYPE_CHECKING:
    from syngraph.engine.enacting import Draft
    from syngraph.engine.governance.signatures import Signer
    from syngraph.engine.verify import Verification


@click.command("rotate", context_settings=common.CONTEXT)
@click.argument("new", metavar="NEWKEY")
@options.inside
@click.option("--reasons", metavar="TEXT", help="Why; - reads it from stdin.")
@options.signed
@options.entered
@options.gathered
def command(how: How, new: str, reasons: str | None) -> None:
    """Replace your key by NEWKEY. Both sign, nobody has to agree, and the register changes with it.

    \b
    Examples:
      syngraph rotate ~/.ssh/ada-2027 --key ~/.ssh/ada
      syngraph rotate ~/.ssh/ada-2027 --key ~/.ssh/ada --in bylaws/ --dry-run

    NEWKEY is a key file, or a fingerprint in the SSH agent. From the day of the statement the old key signs nothing more. A key
    that is lost, or that somebody else has, cannot sign: then the text says who may replace it (`act`, or a motion).
    """
    from syngraph.cli.manners import signing

    said = stating.reasons(reasons)
    fresh: Signer = signing.signer(new)

    def drafted(verification: "Verification", draft: "Draft") -> stating.Paper:
        from syngraph.engine.enacting import carried, stated
        from syngraph.engine.governance.statements import Kind, Rotation, parse, path_of

        standing = verification.standing
        assert standing is not None
        owner = standing.keys.get(fresh.public.name)
        if owner is not None:
            raise signatories.WhoError(
                f"the new key {fresh.public.fingerprint}, which the register has already, for {owner.principal.id}",
                "a key that nobody has had yet",
                "make one with `syngraph key new`",
                path=standing.register.path,
            )
        old = _old(verification, how, draft)
        line = " ".join(fresh.public.line().split()[:2])
        content = stated(verification, Kind.ROTATION, Rotation(old, line), draft, f"{said}\n" if said else "")
        text = carried(verification, parse(content, path_of(content)))
        return stating.Paper(content, f"Rotation of a key of {', '.join(draft.principals)}", text)

    done = stating.state(how, drafted, further=(fresh,))
    line = f"{', '.join(done.principals)}: {fresh.public.fingerprint} signs from now on"
    stating.tell(how, done, line, new=fresh.public.fingerprint)


def _old(verification: "Verification", how: How, draft: "Draft") -> str:
    """The key that is replaced: the one that signs, or the only one that the principal has."""
    from syngraph.cli.manners import signing

    standing = verification.standing
    assert standing is not None
    who = draft.principals[0]
    mine = [name for name, owner in standing.keys.items() if owner.principal.id == who and owner.key.on(draft.day)]
    named = [signing.public(spec).name for spec in how.keys]
    found = [name for name in named if name in mine] or mine
    if len(found) != 1:
        raise click.UsageError(f"{who} has {len(found)} keys in the register; name the old one with --key")
    return found[0]
