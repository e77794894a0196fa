"""A motion as its movers meet it: what it changes, which sentence decides, who may vote, and whether the text forbids it."""

from datetime import date
from typing import TYPE_CHECKING, Any

from syngraph.cli.acting import stating
from syngraph.cli.acting.options import How
from syngraph.cli.manners import instants, output
from syngraph.cli.voting import tallies

if TYPE_CHECKING:
    from syngraph.engine.governance.chain.motions import Moved
    from syngraph.engine.governance.changes import Change
    from syngraph.engine.verify import Verification


def moved(verification: "Verification", content: bytes, day: date) -> "Moved":
    """A motion that has not entered, on the text as it stands. Raises: Unlawful"""
    from syngraph.engine.governance.chain import motions
    from syngraph.engine.governance.statements import parse, path_of

    assert verification.standing is not None
    return motions.moved(parse(content, path_of(content)), verification.standing, max(day, verification.ledger.day))


def allowed(verification: "Verification", content: bytes, day: date, anyway: bool) -> None:
    """That the text does not forbid what a motion changes. Raises: Unlawful, unless `anyway`"""
    from syngraph.engine.governance.chain.transitions import Unlawful

    barred = moved(verification, content, day).requirement.barred
    if barred and not anyway:
        first = barred[0].clause
        raise Unlawful(
            f"a motion that the text forbids: “{first.sentence.text}”",
            "a change of what may be amended",
            "leave that part as it is; --anyway moves it all the same, to be rejected",
            place=first.place,
        )


def told(how: How, done: stating.Done) -> None:
    """Tells of a motion that was moved, or could be."""
    if done.enacted is None:
        return
    content = next(content for path, content in done.enacted.enactment.record.items() if path.endswith(".md"))
    motion = moved(done.before, content, done.when.date())
    requirement = motion.requirement
    voters = sorted(motion.electorate.everybody)
    details: dict[str, Any] = {
        "motion": done.digest,
        "changes": [change_in_words(each) for each in motion.changes],
        "reached": [{"section": each.section, "why": list(each.why)} for each in requirement.reach.touched],
        "rules": [tallies.rule(each.placed) for each in requirement.deciding],
        "barred": [tallies.rule(placed) for placed in requirement.barred],
        "undetermined": [doubt.why for doubt in requirement.undetermined],
        "voters": voters,
        "from": motion.timetable.first.isoformat(),
        "until": motion.timetable.last.isoformat() if motion.timetable.last else None,
        "notes": list(requirement.notes),
    }
    if not how.as_json:
        _show(motion, done.digest, voters)
    stating.tell(how, done, "", **details)


def change_in_words(change: "Change") -> str:
    """A change in a line, with the new words where they are one line."""
    from syngraph.engine.governance.changes import wording

    first = wording((change,)).split("\n", 1)[0]
    head, sha, rest = first.partition(" (sha256 ")
    line = head + rest.partition(")")[2] if sha else first
    after = getattr(change, "after", "").strip()
    if not line.endswith(":"):
        return line.removesuffix(".")
    if after and "\n" not in after and len(after) <= _SHORT:
        return f"{line} {after}"
    return line.removesuffix(" becomes:") + " is worded anew" if line.endswith(" becomes:") else line.removesuffix(":")


_SHORT = 80
"""The longest new words that are shown with a change, in characters."""


def _show(motion: "Moved", digest: str, voters: list[str]) -> None:
    details = motion.statement.details
    title = getattr(details, "title", "")
    output.put_styled(output.styled(title, bold=True) + f"  {digest[:10]}")
    for change in motion.changes:
        output.put(f"  {change_in_words(change)}")
    requirement = motion.requirement
    for touched in requirement.reach.touched:
        output.put(f"reaches #{touched.section}: {', '.join(touched.why)}")
    for placed in requirement.barred:
        rule = tallies.rule(placed)
        output.put(f"forbidden: {rule['sentence']}  [{rule['source']}]")
    for deciding in requirement.deciding:
        rule = tallies.rule(deciding.placed)
        output.put(f"decides: {rule['sentence']}" + (f"  [{rule['source']}]" if rule["source"] else ""))
    for doubt in requirement.undetermined:
        output.put(f"undetermined: {doubt.why}")
    for note in requirement.notes:
        output.put(f"note: {note}")
    until = motion.timetable.last
    days = f" until {instants.written(until)}" if until else ""
    output.put(f"may vote{days}: {', '.join(voters) if voters else 'nobody'}")
