"""What an act writes and what comes of it: told as a plan beforehand, as a line afterwards."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from syngraph.cli.acting.options import How
from syngraph.cli.manners import output

if TYPE_CHECKING:
    from syngraph.engine.enacting import Enacted
    from syngraph.engine.governance.chain.transitions import Transition
    from syngraph.engine.verify import Verification


def tell(how: How, before: "Verification", enacted: "Enacted", headline: str, more: Mapping[str, Any]) -> None:
    """Tells of an act that was done, or with `--dry-run` of one that could be."""
    enactment = enacted.enactment
    standing = before.standing
    there = frozenset(standing.tree.paths()) if standing is not None else frozenset()
    files = [(path, "added") for path in enactment.record]
    files += [(path, _change(path, content, there)) for path, content in enactment.text.items()]
    show(how, before.branch, enactment.message, files, enacted.transitions, enacted.commit, headline, more)


def show(
    how: How,
    branch: str,
    message: str,
    files: Iterable[tuple[str, str]],
    transitions: Iterable["Transition"],
    commit: str,
    headline: str,
    more: Mapping[str, Any],
) -> None:
    """The plan or the result, for people or for programs. `files` are paths, each `added`, `changed` or `deleted`."""
    if how.as_json:
        output.put_json(
            {
                "schema": output.SCHEMA,
                "dry_run": how.dry_run,
                "branch": branch,
                "commit": commit,
                "message": message,
                "files": [{"path": path, "change": change} for path, change in files],
                "transitions": [fields(each) for each in transitions],
                **more,
            }
        )
        return
    if headline:
        output.put(headline)
    if how.dry_run:
        output.put(f"would commit to {branch}: {message.splitlines()[0]}")
        for path, change in files:
            output.put(f"  {_SIGNS[change]} {path}")
        for each in transitions:
            output.put(f"  {told(each)}")
        output.talk("nothing was written")
    else:
        output.talk(f"committed {commit[:10]} to {branch}")


def fields(transition: "Transition") -> dict[str, Any]:
    """A transition as the documented fields."""
    return {
        "commit": transition.commit,
        "id": transition.id,
        "kind": transition.kind.value,
        "cause": transition.cause,
        "outcome": transition.outcome,
        "reasons": list(transition.reasons),
        "day": transition.day.isoformat(),
        "result": transition.result,
    }


def entered(verification: "Verification") -> dict[int, str]:
    """What each transition brought into the record, in words, by its number from 0."""
    found: dict[int, list[str]] = {}
    for statement in verification.ledger.statements.values():
        found.setdefault(statement.position, []).append(f"{statement.kind.value} of {', '.join(statement.principals)}")
    for number, transition in enumerate(verification.transitions):
        if transition.kind == "Record":
            found.setdefault(number, ["further signatures"])
    return {
        number: "; ".join(lines[:_TOLD]) + (f" and {len(lines) - _TOLD} more" if len(lines) > _TOLD else "")
        for number, lines in found.items()
    }


_TOLD = 4
"""Of more statements in one commit than this, the rest is only counted."""


def told(transition: "Transition") -> str:
    """A transition in a line."""
    reason = "; ".join(transition.reasons) or transition.outcome
    return f"{transition.kind.value}" + (f": {reason}" if reason else "")


_SIGNS = {"added": "+", "changed": "~", "deleted": "-"}


def _change(path: str, content: bytes | None, there: frozenset[str]) -> str:
    return "deleted" if content is None else "changed" if path in there else "added"
