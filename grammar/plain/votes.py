"""How something is decided, in plain words: how many of whom, out of what."""

from collections.abc import Iterable
from fractions import Fraction
from typing import assert_never

from syngraph.grammar import rules as r
from syngraph.grammar.lexicon import inflected
from syngraph.grammar.plain.points import (
    Explanation,
    Point,
    Topic,
    bounded,
    conditions,
    explained,
    haste,
    order,
    percent,
    sections,
    whens,
    words,
)
from syngraph.grammar.saying.deciding import say_outcome
from syngraph.grammar.saying.phrasing import say_actor, say_duration, say_period, say_plural

_WORDS = {
    Fraction(1, 2): "half",
    Fraction(1, 3): "one-third (1/3)",
    Fraction(2, 3): "two-thirds (2/3)",
    Fraction(1, 4): "one-quarter (1/4)",
    Fraction(3, 4): "three-quarters (3/4)",
}


def vote(
    rule: r.Decision
    | r.Entrenchment
    | r.Quorum
    | r.Procedure
    | r.Course
    | r.Outcome
    | r.Abstention
    | r.Vote
    | r.Exclusion
    | r.Initiative
    | r.Moratorium,
) -> Explanation:
    """What a rule about voting says."""
    match rule:
        case r.Decision():
            return _decision(rule)
        case r.Entrenchment(matter):
            says = f"{matter.subject} may not be {_done(matter)}, by whatever vote"
            return explained(says, *_about(matter))
        case r.Quorum(threshold, of_what, root, factor):
            many = _root(threshold, factor) if root else ballot(threshold)
            says = f"a vote{f' of {of_what}' if of_what else ''} counts only if enough take part: {many}"
            return explained(says, *strict((threshold,)))
        case r.Procedure(stage, duration, limit):
            return explained(f"the {stage} period lasts {bounded(duration, limit)}")
        case r.Course(opening, stages, quorum):
            told = [f"the {each.stage} period lasts {bounded(each.duration, each.limit)}" for each in stages]
            told += [f"it counts only if enough take part: {ballot(quorum)}"] if quorum else []
            return explained(
                f"of one kind of vote: {'; '.join(told)}", Point(Topic.NOTE, f"the text says for which: {opening}")
            )
        case r.Outcome(subject, verb, given, priority, times):
            return explained(f"{subject} {say_outcome(verb, subject)}", *conditions(given), *order(priority), *whens(times))
        case r.Abstention(counts, towards):
            what = "towards the quorum" if towards == "quorum" else f"among the {towards}"
            return explained(f"whoever abstains is {'' if counts else 'not '}counted {what}")
        case r.Vote(holder, votes, unit, period, among):
            many = f"{votes} vote{'' if votes == 1 else 's'}" + (f" for each {unit}" if unit else "")
            return explained(
                f"each {holder} has {many}" + (f" in each {say_period(period)}" if period else ""), *_allotted(among)
            )
        case r.Exclusion(who):
            return explained(f"{say_actor(who)}: left out of every count of the vote")
        case r.Initiative(threshold, act):
            return explained(f"{ballot(threshold)} may {act.text}", *strict((threshold,)))
        case r.Moratorium(subject, duration):
            return explained(f"a rejected {subject} may not be made again before {say_duration(duration)} are over")
        case _:
            assert_never(rule)


def _allotted(among: str) -> tuple[Point, ...]:
    if not among:
        return ()
    return (
        Point(Topic.NOTE, f"each of them is given to one of {among}, and several may go to the same"),
        Point(Topic.OPEN, "how many votes were given to what: a ballot says yes or no and not how many"),
    )


def _decision(rule: r.Decision) -> Explanation:
    matter = rule.matter
    detail = f" {matter.detail}" if matter.detail else ""
    says = f"{matter.subject} may be {_done(matter)}{detail} by a vote"
    if all(isinstance(one, r.Objections) for tests in rule.alternatives for one in tests):
        says = f"{matter.subject} is {_done(matter)}{detail} without a vote where not too many object"
    ways = [" and ".join(words(ballot(one)) for one in tests) for tests in rule.alternatives]
    needed = f"{'either ' if len(ways) > 1 else ''}{'; or '.join(ways)}"
    return explained(
        says,
        Point(Topic.VOTES, needed),
        *strict(one for tests in rule.alternatives for one in tests),
        *_about(matter),
        *whens(rule.times),
        *conditions(rule.conditions),
        *order(rule.priority),
        *haste(rule.times),
    )


def _done(matter: r.Matter) -> str:
    return inflected(matter.verb).participle


def _about(matter: r.Matter) -> tuple[Point, ...]:
    points = []
    if any(name not in matter.subject for name in matter.sections):
        points.append(Point(Topic.NOTE, f"it speaks of {sections(matter.sections)}"))
    if matter.deed.value != matter.verb:
        points.append(Point(Topic.NOTE, f"it counts as a vote to {matter.deed.value}"))
    return tuple(points)


def ballot(test: r.Ballot) -> str:
    """One test of a vote."""
    match test:
        case r.Threshold():
            return _threshold(test)
        case r.Ratio(comparison, times):
            many = "as many Yes votes as No votes" if times == 1 else f"{times} Yes votes for each No vote"
            if times == 1 and comparison is r.Comparison.MORE_THAN:
                return "more Yes votes than No votes"
            return f"{comparison.value} {many}"
        case r.Objections(most, body, window):
            within = f" within {say_duration(window)}" if window else ""
            return f"no more than {most} {say_plural(body)} object{within}"
        case r.QuorumMet():
            return "the quorum is met"
        case r.Unmeasured(name, body):
            return f"{name} of the {say_plural(body)}" if body else name
        case _:
            assert_never(test)


def _threshold(threshold: r.Threshold) -> str:
    body = say_plural(threshold.body) if threshold.body else ""
    without = f", {threshold.excluding} left out" if threshold.excluding else ""
    more = threshold.comparison is r.Comparison.MORE_THAN
    if threshold.heads:
        return f"{threshold.comparison.value} {threshold.heads} {body or 'persons'}{without}"
    less = f" but {threshold.minus}" if threshold.minus else ""
    if threshold.share == 1 and not more:
        share = "all"
    else:
        share = f"{threshold.comparison.value} {_WORDS.get(threshold.share) or percent(threshold.share)} of"
    match threshold.base:
        case r.Base.ALL | r.Base.UNSAID:
            whole = body or "who may vote"
            many = f"{share} {whole}" if share == "all" else f"{share} all {whole}"
        case r.Base.CAST:
            many = f"{share} the votes cast" + (f" by the {body}" if body else "")
        case r.Base.PRESENT | r.Base.PRESENT_AND_VOTING:
            many = f"{share} the {body or 'persons'} {threshold.base.value}"
        case _:
            assert_never(threshold.base)
    return many + less + without


def _root(threshold: r.Threshold, factor: int) -> str:
    share = "" if threshold.share == 1 else f"{_WORDS.get(threshold.share) or percent(threshold.share)} of "
    many = f", times {factor}" if factor != 1 else ""
    return f"{threshold.comparison.value} {share}the square root of the number of {say_plural(threshold.body)}{many}"


def strict(tests: Iterable[r.Ballot]) -> tuple[Point, ...]:
    """What is assumed of thresholds that do not say all."""
    found = tuple(test for test in tests if isinstance(test, r.Threshold))
    unsaid = "the text does not say out of what, so all who may vote are counted, the strictest reading"
    cast = "abstentions are not votes cast"
    return (
        *([Point(Topic.ASSUMED, unsaid)] if any(one.base is r.Base.UNSAID for one in found) else []),
        *([Point(Topic.ASSUMED, cast)] if any(one.base is r.Base.CAST for one in found) else []),
    )
