"""How the votes on a motion stand, in words and as the documented fields."""

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

from syngraph.cli.acting import choosing
from syngraph.cli.manners import instants, output, tables
from syngraph.grammar.rules import Ballot, Base, Comparison, Objections, QuorumMet, Ratio, Threshold, Unmeasured

if TYPE_CHECKING:
    from syngraph.engine.governance.chain.counting import Count
    from syngraph.engine.governance.chain.ledger import MotionOnFile
    from syngraph.engine.governance.chain.motions import Moved
    from syngraph.engine.governance.deciding import Requirement
    from syngraph.engine.governance.deciding.tally import Tally, Tested
    from syngraph.engine.text.clauses import PlacedRule
    from syngraph.engine.verify import Verification

COLOURS = {"adopted": "green", "rejected": "red", "no-quorum": "red", "lapsed": "red", "undetermined": "yellow"}


def state(filed: "MotionOnFile") -> str:
    """Where a motion has got to, in a word."""
    if filed.executed:
        return "carried out"
    return filed.outcome.value if filed.outcome is not None else "open"


def outcome(filed: "MotionOnFile", count: "Count", day: date) -> str:
    """The verdict of a closed vote; of an open one what a close on that day would come to."""
    from syngraph.engine.governance.chain import closing

    return (filed.outcome or closing.outcome(filed, count, day)).value


def fields(verification: "Verification", filed: "MotionOnFile", day: date) -> dict[str, Any]:
    """The tally as the documented fields."""
    from syngraph.engine.enacting import counted

    moved, count = verification.moved(filed), counted(verification, filed)
    requirement, tally = moved.requirement, count.tally
    timetable = moved.timetable
    return {
        "motion": filed.digest,
        "number": choosing.number(verification, filed),
        "title": filed.title,
        "state": state(filed),
        "at": day.isoformat(),
        "opened": filed.opened.isoformat(),
        "until": timetable.last.isoformat() if timetable.last else None,
        "closed": filed.closed.isoformat() if filed.closed else None,
        "rules": [rule(placed) for placed in _deciding(requirement)] or [_unanimity()],
        "classes": [
            {
                "class": body,
                "electorate": votes.electorate,
                "for": votes.yes,
                "against": votes.no,
                "abstain": votes.abstain,
                "present": votes.present,
            }
            for body, votes in tally.classes
        ],
        "not_counted": _not_counted(count),
        "cast": {principal: vote.value for principal, vote in sorted(count.cast.items())},
        "quorum": _quorum(tally),
        "threshold": "; ".join(threshold(each) for each in _tests(tally)),
        "needed": [each.needed for each in tally.decided],
        "outcome": outcome(filed, count, day),
        "attested": count.attested,
        "missing": missing(moved, filed, count, day),
        "doubts": list(tally.doubts),
        "notes": list(requirement.notes),
    }


def rule(placed: "PlacedRule | None") -> dict[str, str]:
    """A rule that decides: its section, its sentence, and where that stands."""
    if placed is None:
        return _unanimity()
    return {"section": placed.clause.section, "sentence": _sentence(placed), "source": str(placed.clause.place)}


def tell(verification: "Verification", filed: "MotionOnFile", day: date) -> None:
    """The tally for people."""
    from syngraph.engine.enacting import counted

    moved, count = verification.moved(filed), counted(verification, filed)
    told = fields(verification, filed, day)
    title = f"{told['number']}  {filed.title}"
    head = output.styled(title, bold=True) + f"  {filed.digest[:10]}"
    output.put_styled(head)
    output.put(f"opened {instants.written(filed.opened)} by {', '.join(filed.movers)}" + _until(moved, filed))
    output.put()
    for each in told["rules"]:
        output.put(f"decides: {each['sentence']}" + (f"  [{each['source']}]" if each["source"] else ""))
    rows = [tables.Row(("", "", "for", "against", "abstain", ""))]
    for each in told["classes"]:
        rows.append(
            tables.Row(
                (
                    each["class"] or "votes",
                    f"{each['electorate']} entitled",
                    str(each["for"]),
                    str(each["against"]),
                    str(each["abstain"]),
                    "attested by minutes" if count.attested else "",
                )
            )
        )
    tables.put(rows, right=frozenset({1, 2, 3, 4}))
    if told["threshold"]:
        output.put(f"asked for: {told['threshold']}")
    if told["quorum"]:
        quorum = told["quorum"]
        output.put(f"quorum: {quorum['needed']} of {quorum['electorate']}, there are {quorum['there']}")
    for each in told["not_counted"]:
        output.put(f"not counted: {each['principal']}: {each['why']}")
    for doubt in told["doubts"]:
        output.put(f"undetermined: {doubt}")
    for note in told["notes"]:
        output.put(f"note: {note}")
    word = "outcome" if filed.outcome is not None else "as it stands"
    output.put_styled(f"{word}: " + output.styled(told["outcome"], fg=COLOURS.get(told["outcome"]), bold=True))
    if told["missing"]:
        output.put(f"missing: {told['missing']}")


def missing(moved: "Moved", filed: "MotionOnFile", count: "Count", day: date) -> str | None:
    """What an open vote still lacks: votes, days, a close; None for one that is over."""
    if filed.outcome is not None:
        if filed.outcome.value == "adopted" and not filed.executed:
            return f"carrying it out: syngraph adopt {filed.digest[:10]}"
        return None
    words = list(_votes_missing(count.tally))
    timetable = moved.timetable
    if timetable.over is not None and day < timetable.over and not count.attested:
        words.append(f"the vote runs until {instants.written(timetable.last or timetable.over)}")
    closers = moved.requirement.closers
    words.append(f"a close by the {' or the '.join(closers)}" if closers else "a close")
    return "; ".join(words)


def threshold(test: "Tested") -> str:
    """What a test asks for, with the figures: `more than 1/2 of all Members (4 of 7; 3 for)`."""
    votes = test.count
    words = ballot(test.ballot)
    if isinstance(test.ballot, Objections):
        return f"{words} ({votes.no} against)"
    return f"{words} ({test.needed} needed, {votes.yes} for)"


def ballot(test: Ballot) -> str:
    """A test in words, its share as an exact fraction."""
    match test:
        case Threshold():
            sign = "at least" if test.comparison is Comparison.AT_LEAST else "more than"
            of = _base(test)
            if test.heads:
                return f"{sign} {test.heads} {_plural(test.body)}".strip()
            if test.share == 1 and test.comparison is Comparison.AT_LEAST:
                return f"all of {of}" + (f" minus {test.minus}" if test.minus else "")
            return f"{sign} {test.share} of {of}"
        case Ratio(comparison=comparison, times=times):
            return f"{'at least' if comparison is Comparison.AT_LEAST else 'more than'} {times} yes for each no"
        case Objections(most=most, body=body):
            return f"no more than {most} {_plural(body)} against"
        case QuorumMet():
            return "a quorum"
        case Unmeasured(name=name, body=body):
            return f"{name} of the {_plural(body)}" if body else name


def _base(test: Threshold) -> str:
    body = _plural(test.body) or "votes"
    words = {
        Base.ALL: f"all {body}",
        Base.CAST: "the votes cast",
        Base.PRESENT: f"the {body} present",
        Base.PRESENT_AND_VOTING: f"the {body} present and voting",
        Base.UNSAID: f"the {body}",
    }[test.base]
    return words + (f" except {test.excluding}" if test.excluding else "")


def _plural(body: str) -> str:
    from syngraph.grammar.saying.phrasing import say_plural

    return say_plural(body) if body else ""


def _deciding(requirement: "Requirement") -> list["PlacedRule | None"]:
    barred: list[PlacedRule | None] = list(requirement.barred)
    return barred + [each.placed for each in requirement.deciding]


def _unanimity() -> dict[str, str]:
    return {"section": "", "sentence": "The text has no rule for this: every party has to consent.", "source": ""}


def _sentence(placed: "PlacedRule") -> str:
    return placed.clause.sentence.text


def _not_counted(count: "Count") -> list[dict[str, str]]:
    found = [{"principal": each.principal, "why": each.why, "ballot": each.digest} for each in count.not_counted]
    known = {each["principal"] for each in found}
    found += [{"principal": id, "why": why, "ballot": ""} for id, why in count.tally.uncounted if id not in known]
    return found


def _quorum(tally: "Tally") -> dict[str, Any] | None:
    """The quorum that is hardest to meet of those asked for; None where none is."""
    asked = [quorum for each in tally.decided for group in each.alternatives for quorum in group.quorums]
    if not asked:
        return None
    worst = max(asked, key=lambda quorum: (not quorum.met, quorum.needed - quorum.there))
    return {"needed": worst.needed, "there": worst.there, "electorate": worst.electorate, "met": worst.met}


def _tests(tally: "Tally") -> list["Tested"]:
    return [test for each in tally.decided for group in each.alternatives for test in group.tests]


def _votes_missing(tally: "Tally") -> Iterator[str]:
    """What each rule that is not met yet would take, by its alternative that is nearest."""
    for each in tally.decided:
        if each.outcome.value == "adopted" or not each.alternatives:
            continue
        ways = []
        for group in each.alternatives:
            lacks = [
                f"{test.needed - test.count.yes} more for"
                for test in group.tests
                if test.needed is not None and test.needed > test.count.yes
            ]
            lacks += [f"{quorum.needed - quorum.there} more for a quorum" for quorum in group.quorums if not quorum.met]
            if lacks:
                ways.append(" and ".join(lacks))
        if ways:
            yield " or ".join(dict.fromkeys(ways))


def _until(moved: "Moved", filed: "MotionOnFile") -> str:
    if filed.closed is not None:
        return f", closed {instants.written(filed.closed)}"
    last, first = moved.timetable.last, moved.timetable.first
    begins = f", votes from {instants.written(first)}" if first > filed.opened else ""
    return begins + (f", votes until {instants.written(last)}" if last else "")
