"""What became of a fact, for people and for programs."""

from typing import TYPE_CHECKING, Any

from syngraph.cli.manners import output, verdicts
from syngraph.engine.norms.judged.report import verdict as fields

if TYPE_CHECKING:
    from syngraph.engine.norms.judged.touching import Account, Near


def told(account: "Account", most: int = 20) -> None:
    """A fact, what hangs on it, and the rules that it comes near, each with why it did not count there."""
    recorded = account.recorded
    output.put_styled(output.styled(f"{recorded.sentence}  [{recorded.place}]", bold=True))
    for one in account.verdicts:
        output.put(f"  counted: {verdicts.line(one)}")
    if not account.verdicts and not account.remarks:
        output.put("  touches no rule")
    for remark in account.remarks:
        output.put(f"  {remark}")
    for near in account.near[:most]:
        output.put(f"  not for {where(near)}, {near.act}: {near.why}")
    if not account.verdicts and not account.near and not account.remarks:
        output.put("  no sentence speaks of it")


def where(near: "Near") -> str:
    """The section of a rule that a fact comes near."""
    return f"section {near.number}" if near.number else f"#{near.section}"


def plain(account: "Account") -> dict[str, Any]:
    """The same as plain data."""
    return {
        "fact": account.recorded.id,
        "path": account.recorded.place.path,
        "line": account.recorded.place.line,
        "sentence": account.recorded.sentence,
        "counted": [fields(one) for one in account.verdicts],
        "near": [
            {"rule": one.rule, "section": one.section, "number": one.number, "act": one.act, "why": one.why}
            for one in account.near
        ],
        "remarks": list(account.remarks),
    }
