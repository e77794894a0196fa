"""`verify`: walks the chain and judges every change."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from syngraph.cli.acting import chain, heads, options, plan
from syngraph.cli.acting.options import How
from syngraph.cli.manners import memory, output, tables
from syngraph.cli.manners import options as common
from syngraph.cli.verify import peers, violations

if TYPE_CHECKING:
    from syngraph.cli.verify.peers import Compared
    from syngraph.engine.verify import Verification

SHOWN = 20
"""How many transitions are shown, the latest ones, unless all are asked for."""

UNKNOWN = (
    "a clone cannot show ballots that were withheld, newer commits that it was not given, or whether dates are true"
    " (their order is)"
)


@click.command("verify", context_settings=common.CONTEXT)
@options.path
@click.option("--root", metavar="DIGEST", help="The lineage that it has to be: what `found` printed.")
@click.option("--all", "everything", is_flag=True, help="Show every transition, and go on after the first violation.")
@click.option("--peer", type=click.Path(path_type=Path), metavar="REPO", help="Compare with another clone.")
@click.option("--forget", is_flag=True, help="Accept a chain that lacks what you have seen there before.")
@click.option("--no-cache", is_flag=True, help="Judge everything anew.")
@click.option("--at", metavar="DATE", help="What day it is (default: today); later commits are told.")
@common.as_json
@options.gathered
def command(how: How, root: str | None, everything: bool, peer: Path | None, forget: bool, no_cache: bool) -> None:
    """Verify an agreement: walk its branch from the founding and judge every change by the text before it.

    \b
    Examples:
      syngraph verify
      syngraph verify bylaws/ --all
      syngraph verify library.git --root 5f3c…      the lineage that you were told
      syngraph verify --peer ../bora/bylaws
      syngraph verify --no-cache --json

    Any clone will do, bare or not. Prints what each commit did, and the first one that was unlawful with what would have been
    lawful. The head is remembered outside the repository, so that a branch that is rewritten later is noticed. Exit code 1
    when the agreement is not valid, not founded, not the one expected, or has lost what you have seen.
    """
    from syngraph.engine.cache import Forgetful
    from syngraph.engine.text.store import open_repository
    from syngraph.engine.verify import verify

    if root is not None and (len(root) != _DIGITS or not chain.is_hex(root.lower())):
        raise click.UsageError(f"--root: found {root!r}, expected the {_DIGITS} digits of a lineage, as `found` prints them")
    where = chain.folder(how.path)
    repo, below = open_repository(where)
    if forget:
        heads.forget(repo, below)
    seen = heads.last(repo, below)
    cache = Forgetful() if no_cache else memory.cache()
    verification = verify(where, cache=cache, every=everything, progress=chain.progress())
    compared = peers.compared(verification, peer) if peer is not None else None
    faults = violations.of(verification, root)
    early = chain.ahead(verification, how.at)
    lost = heads.rewritten(verification, seen)
    if lost is None and not faults:
        chain.remember(verification)
    valid = verification.valid and not faults and lost is None
    if how.as_json:
        output.put_json({**_fields(verification, valid, faults, lost, compared), "ahead": [each.commit for each in early]})
    else:
        _tell(verification, faults, lost, compared, everything)
        if early:
            output.talk(
                f"warning: commit {early[0].commit[:10]} is dated {early[0].day}, which is still to come"
                + (f", and so are {len(early) - 1} more" if early[1:] else "")
                + "; what rests on its date (periods, who was in office) cannot be true yet"
            )
    if not valid or (compared is not None and compared.apart):
        raise click.exceptions.Exit(1)


_DIGITS = 64


def _fields(
    verification: "Verification",
    valid: bool,
    faults: tuple[violations.Fault, ...],
    lost: heads.RewrittenError | None,
    compared: "Compared | None",
) -> dict[str, Any]:
    seen = heads.last(verification.repository, verification.below)
    return {
        "schema": output.SCHEMA,
        "valid": valid,
        "lineage": verification.ledger.lineage,
        "head": verification.ledger.head,
        "commit": verification.commit,
        "branch": verification.branch,
        "text": verification.transitions[-1].result if verification.transitions else "",
        "bound": list(verification.ledger.bound),
        "transitions": _transitions(verification),
        "first_violation": faults[0].fields() if faults else None,
        "violations": [fault.fields() for fault in faults],
        "rewritten": None if lost is None else {"found": lost.found, "expected": lost.expected, "help": lost.help},
        "seen": None if seen is None else {"transition": seen.transition, "commit": seen.commit, "when": seen.seen},
        "peer": None if compared is None else compared.fields(),
        "unknown": UNKNOWN,
    }


def _tell(
    verification: "Verification",
    faults: tuple[violations.Fault, ...],
    lost: heads.RewrittenError | None,
    compared: "Compared | None",
    everything: bool,
) -> None:
    standing = verification.standing
    transitions = verification.transitions
    if standing is not None and transitions:
        output.put_styled(
            output.styled(standing.manifest.title or "the agreement", bold=True) + f", branch {verification.branch}"
        )
        output.put(f"lineage {verification.ledger.lineage}")
        output.put(f"bound: {', '.join(verification.ledger.bound)}")
        first = 0 if everything else max(0, len(transitions) - SHOWN)
        if first:
            output.put(f"  … {first} earlier transitions (--all shows them)")
        entered = plan.entered(verification)
        rows = [
            tables.Row(
                (
                    str(number),
                    each.commit[:10],
                    each.day.isoformat(),
                    each.kind.value,
                    "; ".join(each.reasons) or each.outcome or entered.get(number - 1, ""),
                )
            )
            for number, each in enumerate(transitions[first:], first + 1)
        ]
        tables.put(rows, right=frozenset({0}), wide=4)
    for fault in faults:
        fault.tell()
    if lost is not None:
        output.put_styled(output.styled("rewritten: ", fg="red", bold=True) + output.plain(lost.found))
        output.put(f"  expected {lost.expected}")
        output.put(f"help: {lost.help}")
    if compared is not None:
        output.put(compared.told)
    if not faults and lost is None:
        head = verification.ledger.head
        word = "transition" if len(transitions) == 1 else "transitions"
        output.put_styled(output.styled("valid", fg="green", bold=True) + f": {len(transitions)} {word}, head {head[:16]}")
    output.talk(f"note: {UNKNOWN}")


def _transitions(verification: "Verification") -> list[dict[str, Any]]:
    entered = plan.entered(verification)
    return [{**plan.fields(each), "entered": entered.get(number, "")} for number, each in enumerate(verification.transitions)]
