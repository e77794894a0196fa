"""`found`: an agreement begins to govern its own repository."""

import secrets
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from syngraph.cli.acting import author, chain, options, plan, signatories, stating
from syngraph.cli.acting.options import How
from syngraph.cli.chain import beginning
from syngraph.cli.manners import instants, output
from syngraph.cli.manners import options as common

if TYPE_CHECKING:
    from syngraph.engine.governance.chain.ledger import Ledger


@click.command("found", context_settings=common.CONTEXT)
@options.path
@click.option(
    "--statement",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Found with a statement that is signed already; its signatures stand beside it.",
)
@click.option(
    "--minutes",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Minutes in record/ of a meeting that adopted the text before: they bind everybody in the register.",
)
@options.signed
@options.entered
@options.gathered
def command(how: How, statement: Path | None, minutes: Path | None) -> None:
    """Found an agreement: from here on its text changes only as it says itself.

    \b
    Examples:
      syngraph found bylaws/ --key ~/.ssh/ada --key ~/.ssh/bora
      syngraph found bylaws/ --key ~/.ssh/ada --dry-run
      syngraph found bylaws/ -o to-sign/                     write the statement, for others to sign
      syngraph found bylaws/ --statement to-sign/2026-01-01-….md

    The text is the one in the folder, the people and their keys are those of its register. Whoever signs the founding
    statement is bound by it; others may sign it later (`syngraph sign`, `syngraph file`). One commit on the governed branch
    brings the text, the statement and its signatures; where there is no repository, one is begun.
    """
    from syngraph.engine.governance.chain.transitions import Unlawful

    if statement is not None and (how.keys or how.by or how.out or minutes):
        raise click.UsageError("--statement is signed already: leave --key, --by, --minutes and -o out, or use `syngraph sign`")
    start = beginning.begun(how.path)
    when = author.moment(how.at, instants.zone(start.standing.manifest.zone))
    if statement is not None:
        content, signatures = beginning.signed(start, statement)
    else:
        hands = _hands(how, start, when)
        from syngraph.engine.enacting import Draft, founding
        from syngraph.engine.governance.chain.recording import earlier

        draft = Draft(hands.principals, when.date())
        held = beginning.attested(start, minutes) if minutes is not None else None
        content = founding(start.standing.digest, secrets.token_hex(16), draft, earlier(start.earlier()), held)
        signatures = beginning.seals(content, hands.signers)
    if how.out is not None:
        stating.written(how, {**beginning.filed(content), **signatures})
        return
    files = {**beginning.filed(content), **signatures}
    try:
        ledger = beginning.tried(start, files, when)
    except Unlawful as refused:
        sources = dict.fromkeys(files, statement) if statement is not None else {}
        raise stating.named(refused, sources) from None
    commit = "" if how.dry_run else _written(how, start, files, when)
    _told(how, start, ledger, files, commit, when)


def _hands(how: How, start: "beginning.Start", when: datetime) -> signatories.Hands:
    """Who founds: as the options say; for a statement that others are to sign, everybody who has a key."""
    standing = start.standing
    if how.out is not None and not how.keys and not how.by:
        everybody = signatories.people_with_keys(standing.keys, when.date())
        if not everybody:
            raise signatories.WhoError(
                f"no keys in {standing.register.path or 'the register, as there is none'}",
                "at least one principal with a key",
                "write `keys: [{key: ssh-ed25519 AAAA…}]` under a principal; `syngraph key show` prints the line",
                path=standing.register.path,
            )
        return signatories.Hands(everybody, ())
    return signatories.chosen(how, standing.register, standing.keys, when.date())


def _written(how: How, start: "beginning.Start", files: dict[str, bytes], when: datetime) -> str:
    manifest = start.standing.manifest
    who = next(iter(start.standing.register.principals))
    chain.not_ahead(when)
    message = how.message or f"Found: {manifest.title or 'the agreement'}"
    commit = beginning.write(start, files, message, author.author(how.path, who.name, who.id), when)
    chain.remember(chain.opened(how.path))
    return commit


def _told(how: How, start: "beginning.Start", ledger: "Ledger", files: dict[str, bytes], commit: str, when: datetime) -> None:
    register, manifest = start.standing.register, start.standing.manifest
    day = when.date()
    waiting = [
        principal.id
        for principal in register.principals
        if principal.id not in ledger.bound and any(held.on(day) for held in principal.roles)
    ]
    title = manifest.title or "the agreement"
    changes = [(path, "added") for path in files] + start.differences()
    more: dict[str, Any] = {
        "lineage": ledger.lineage,
        "digest": start.standing.digest,
        "bound": ledger.bound,
        "not_bound": waiting,
        "statement": stating.statement_of(files),
    }
    made = tuple(ledger.transitions)
    message = how.message or f"Found: {title}"
    # On trial there is no lineage yet: every founding draws a number of its own.
    headline = f"{title}\n" if how.dry_run else f"{title}: lineage {ledger.lineage}\n"
    headline += f"bound: {', '.join(ledger.bound)}"
    headline += f"\nnot bound yet: {', '.join(waiting)}" if waiting else ""
    plan.show(how, manifest.branch, message, changes, made, commit, headline, more)
    if waiting and commit and not how.as_json:
        path = next(path for path in files if path.endswith(".md"))
        output.talk(f"next: each of them signs with `syngraph sign {how.path / path} --key KEY`, and `syngraph file` enters it")
