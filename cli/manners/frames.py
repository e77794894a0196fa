"""One sentence, taken by itself, as a frame: who, what, when, under which condition, by how many."""

from collections.abc import Iterable
from typing import Any

from syngraph.cli.manners import values
from syngraph.grammar.kinds import bearer_of, says_no
from syngraph.grammar.rules import (
    Actor,
    Ballot,
    Base,
    Cessation,
    Comparison,
    Course,
    Decision,
    ForkRight,
    Initiative,
    Objections,
    Obligation,
    Permission,
    Power,
    Procedure,
    Prohibition,
    Quantifier,
    Quorum,
    QuorumMet,
    Ratio,
    Renewal,
    Rule,
    Threshold,
    Unmeasured,
)
from syngraph.grammar.saying.phrasing import say_condition, say_duration, say_time
from syngraph.grammar.sentence import Sentence


def frame(line: str, sentences: tuple[Sentence, ...]) -> dict[str, Any]:
    """The frame of a line. Where it has several sentences or rules, the first that is a rule speaks for it; `rules` has all."""
    rules = tuple(rule for sentence in sentences for rule in sentence.rules)
    told = next((sentence for sentence in sentences if sentence.rules), sentences[0] if sentences else None)
    first = told.rules[0] if told and told.rules else None
    return {
        "text": line,
        "kind": told.kind.value if told else "prose",
        "bearer": bearer_of(first) if first else None,
        "act": _act(first),
        "negated": first is not None and says_no(first),
        "condition": _words(_conditions(rules)),
        "time": _words(_times(rules)),
        "threshold": _words(_thresholds(rules)),
        "quorum": _words(_quorums(rules)),
        "rules": [values.plain(rule) for rule in rules],
        "sentences": len(sentences),
        "kinds": [sentence.kind.value for sentence in sentences],
    }


def _words(phrases: Iterable[str]) -> str | None:
    return "; ".join(dict.fromkeys(phrase for phrase in phrases if phrase)) or None


def _act(rule: Rule | None) -> str | None:
    match rule:
        case Obligation(act=act) | Prohibition(act=act) | Permission(act=act) | Power(act=act) | Initiative(act=act):
            return act.verb
        case Decision(matter=matter):
            return matter.deed.value
        case _:
            return None


def _conditions(rules: Iterable[Rule]) -> Iterable[str]:
    for rule in rules:
        match rule:
            case (
                Obligation(conditions=conditions)
                | Prohibition(conditions=conditions)
                | Permission(conditions=conditions)
                | Power(conditions=conditions)
                | Decision(conditions=conditions)
                | Renewal(conditions=conditions)
                | Cessation(conditions=conditions)
                | ForkRight(conditions=conditions)
            ):
                yield from (say_condition(condition) for condition in conditions)


def _times(rules: Iterable[Rule]) -> Iterable[str]:
    for rule in rules:
        match rule:
            case (
                Obligation(times=times)
                | Prohibition(times=times)
                | Permission(times=times)
                | Power(times=times)
                | Decision(times=times)
                | Cessation(times=times)
                | ForkRight(times=times)
            ):
                yield from (say_time(time) for time in times)
            case Procedure(stage=stage, duration=duration):
                yield f"{stage} period of {say_duration(duration)}"


def _thresholds(rules: Iterable[Rule]) -> Iterable[str]:
    for rule in rules:
        match rule:
            case Decision(alternatives=alternatives):
                yield " or ".join(" and ".join(_ballot(ballot) for ballot in tests) for tests in alternatives)
            case Power(by=ballots):
                yield " and ".join(_ballot(ballot) for ballot in ballots)
            case Initiative(threshold=threshold):
                yield _ballot(threshold)
            case Obligation(bearer=Actor(quantifier=Quantifier.COUNT, count=count, roles=roles)):
                yield f">={count} of {roles[0]}"
            case _:
                continue


def _ballot(ballot: Ballot) -> str:
    match ballot:
        case Threshold():
            return _threshold(ballot)
        case Ratio(comparison=comparison, times=times):
            return f"{_sign(comparison)}{times} yes for each no"
        case Objections(most=most, body=body):
            return f"<={most} of {body} opposed"
        case QuorumMet():
            return "quorum met"
        case Unmeasured(name=name, body=body):
            return f"{name.removeprefix('a ')} of {body}".removesuffix(" of ")


def _quorums(rules: Iterable[Rule]) -> Iterable[str]:
    for rule in rules:
        match rule:
            case Quorum():
                yield _quorum(rule)
            case Course(quorum=Threshold() as quorum):
                yield _threshold(quorum)


def _quorum(quorum: Quorum) -> str:
    words = _threshold(quorum.threshold)
    return words.replace(" of ", " of the square root of ", 1) if quorum.root else words


def _threshold(threshold: Threshold) -> str:
    sign = _sign(threshold.comparison)
    if threshold.heads:
        return f"{sign}{threshold.heads} of {threshold.body}".removesuffix(" of ")
    share = str(threshold.share) if threshold.share != 1 else "all"
    if threshold.minus:
        share = f"{share}-{threshold.minus}"
    of = {
        Base.ALL: f"all {threshold.body}",
        Base.CAST: "votes cast",
        Base.PRESENT: f"{threshold.body} present",
        Base.PRESENT_AND_VOTING: f"{threshold.body} present and voting",
        Base.UNSAID: "",
    }[threshold.base].strip()
    without = f" except {threshold.excluding}" if threshold.excluding else ""
    return f"{sign}{share} of {of}".removesuffix(" of ") + without


def _sign(comparison: Comparison) -> str:
    return ">=" if comparison is Comparison.AT_LEAST else ">"
