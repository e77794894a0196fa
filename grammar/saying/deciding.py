"""How a rule about deciding is said: by which vote, with which quorum, in which time."""

import re
from fractions import Fraction
from typing import assert_never

from syngraph.grammar import rules as r
from syngraph.grammar.amounts import Limit
from syngraph.grammar.lexicon import inflected
from syngraph.grammar.saying.phrasing import (
    lowered,
    say_actor,
    say_duration,
    say_fronts,
    say_many,
    say_period,
    say_plural,
    say_sentence,
    say_share,
    say_times,
)

_COLLECTIVE = re.compile(r"(?:Committee|Board|Council|Assembly|Panel|Team|Court|Senate|Meeting)(?:\sof\s.+)?$")
FALLS = frozenset({"fail", "pass", "carry", "lapse", "prevail", "stand"})
"""Verbs of what becomes of a matter that are said of it as its own doing."""


def _ballot(ballot: r.Ballot) -> str:
    match ballot:
        case r.Threshold():
            return _threshold(ballot)
        case r.Ratio(comparison, times):
            many = "" if times == 1 else f"{times} times "
            return f"the number of Yes votes {_than(comparison)} {many}the number of No votes"
        case r.QuorumMet():
            return "quorum is met"
        case r.Unmeasured(name, body):
            return f"{name} of {_whole(body)}" if body else name
        case r.Objections(most, body, window):
            within = f" within {say_duration(window)}" if window else ""
            if not most:
                return f"a {body} objects{within}" if body else f"anybody objects{within}"
            return f"more than {most} {say_plural(body)} object{within}"
        case _:
            assert_never(ballot)


def say_vote(ballot: r.Ballot) -> str:
    """A ballot after `by`: a bare share is said to be one of a vote."""
    said = _ballot(ballot)
    bare = isinstance(ballot, r.Threshold) and ballot.base is r.Base.UNSAID and not ballot.heads
    return f"a vote of {said}" if bare and "majority" not in said and "vote" not in said else said


def _than(comparison: r.Comparison) -> str:
    return "is greater than" if comparison is r.Comparison.MORE_THAN else "is at least"


def _threshold(threshold: r.Threshold) -> str:
    body = say_plural(threshold.body) if threshold.body else "those"
    if threshold.heads:
        return f"at least {threshold.heads} {body}"
    if threshold.minus:
        return f"the consent of all {body} minus {threshold.minus}"
    if threshold.share == 1 and threshold.base is r.Base.ALL and threshold.comparison is r.Comparison.AT_LEAST:
        but = f" other than {threshold.excluding}" if threshold.excluding else ""
        return f"the unanimous consent of all {body}{but}" if threshold.body else "unanimous consent"
    half = threshold.share == Fraction(1, 2)
    if threshold.comparison is r.Comparison.MORE_THAN:
        share = "a majority" if half else f"more than {say_share(threshold.share)}"
    else:
        share = f"at least {say_share(threshold.share)}"
    match threshold.base:
        case r.Base.UNSAID if threshold.body and half and threshold.comparison is r.Comparison.MORE_THAN:
            return f"a vote of {_whole(threshold.body)}"
        case r.Base.UNSAID:
            return share
        case r.Base.CAST:
            return f"{share} of the votes cast" + (f" by {_those(threshold.body)}" if threshold.body else "")
        case r.Base.PRESENT:
            return f"{share} of {_those(threshold.body) if threshold.body else body} present"
        case r.Base.PRESENT_AND_VOTING:
            return f"{share} of {_those(threshold.body) if threshold.body else body} present and voting"
        case r.Base.ALL:
            return f"{share} of {_whole(threshold.body)}" + (
                f" other than {threshold.excluding}" if threshold.excluding else ""
            )
        case _:
            assert_never(threshold.base)


def say_outcome(verb: str, subject: str) -> str:
    """What becomes of a subject: `fails`, `is rejected`."""
    several = say_many(subject)
    if verb in FALLS:
        return verb if several else inflected(verb).third
    return f"{'are' if several else 'is'} {inflected(verb).participle}"


def _period(stage: r.Procedure) -> str:
    bound = {Limit.EXACTLY: "", Limit.AT_MOST: "at most ", Limit.AT_LEAST: "at least "}[stage.limit]
    return f"{bound}{say_duration(stage.duration)}"


def _those(body: str) -> str:
    return f"the {body if _COLLECTIVE.search(body) else say_plural(body)}"


def _whole(body: str) -> str:
    return f"the {body}" if _COLLECTIVE.search(body) else f"all {say_plural(body)}"


def say_decision(
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
) -> str:
    """A rule about deciding, without its full stop."""
    match rule:
        case r.Decision(matter, alternatives, conditions, priority, times):
            return say_sentence(say_fronts(conditions, priority), _decided(matter, alternatives) + say_times(times))
        case r.Entrenchment(matter):
            return f"{matter.subject} may not be {inflected(matter.verb).participle}"
        case r.Quorum(threshold, of_what, root, factor):
            head = f"quorum for {of_what}" if of_what else "quorum"
            if root:
                named = {Fraction(1): "", Fraction(1, 2): "half "}
                half = named.get(threshold.share) if threshold.share in named else f"{say_share(threshold.share)} of "
                many = f", times {factor}" if factor != 1 else ""
                return f"{head} is {half}the square root of the number of {say_plural(threshold.body)}{many}"
            return f"{head} is {_threshold(threshold)}"
        case r.Procedure(stage=stage):
            return f"the {stage} period is {_period(rule)}"
        case r.Course(opening, stages, quorum):
            parts = [f"a {stage.stage} period of {_period(stage)}" for stage in stages]
            parts += [f"a quorum of {_threshold(quorum)}"] if quorum else []
            return f"{opening} with {' and '.join(parts)}"
        case r.Outcome(subject, verb, conditions, priority, times):
            said = say_outcome(verb, subject)
            return say_sentence(
                say_fronts(conditions, priority), f"{subject if not conditions else lowered(subject)} {said}{say_times(times)}"
            )
        case r.Abstention(counts, towards):
            what = "towards the quorum" if towards == "quorum" else "as votes cast"
            return f"an abstention {'counts' if counts else 'does not count'} {what}"
        case r.Vote(holder, votes, unit, period, among):
            many = "vote" if votes == 1 else "votes"
            every = f" each {say_period(period)}" if period else ""
            allotted = f" to allot among {among}" if among else ""
            return f"each {holder} has {votes} {many}" + (f" for each {unit}" if unit else "") + every + allotted
        case r.Exclusion(who):
            verb = "are" if who.quantifier in (r.Quantifier.ALL, r.Quantifier.COUNT) else "is"
            return f"{say_actor(who)} {verb} not counted"
        case r.Initiative(threshold, act):
            if threshold.heads:
                return f"any {threshold.heads} {say_plural(threshold.body)} may {act.text}"
            return f"{_threshold(threshold)} may {act.text}"
        case r.Moratorium(subject, duration):
            return f"a rejected {subject} may not be made again within {say_duration(duration)}"
        case _:
            assert_never(rule)


def _decided(matter: r.Matter, alternatives: tuple[tuple[r.Ballot, ...], ...]) -> str:
    participle = inflected(matter.verb).participle
    only = alternatives[0]
    if len(alternatives) == 1 and isinstance(only[0], r.Objections):
        return f"{matter.subject} is {participle} unless {_ballot(only[0])}"
    if all(isinstance(ballot, r.Threshold | r.Unmeasured) for group in alternatives for ballot in group):
        owner = _owner(alternatives)
        votes = " or by ".join(" and ".join(say_vote(ballot) for ballot in group) for group in alternatives)
        detail = f" {matter.detail}" if matter.detail else ""
        return f"{matter.subject} may be {participle}{detail} {owner}by {votes}"
    tests = ", or if ".join(" and ".join(_test(ballot) for ballot in group) for group in alternatives)
    return f"{matter.subject} is {participle} if {tests}"


def _owner(alternatives: tuple[tuple[r.Ballot, ...], ...]) -> str:
    """Who decides by a share of its votes, where the share does not say so itself (`by the Senate by a vote of two-thirds`)."""
    if len(alternatives) != 1 or len(alternatives[0]) != 1:
        return ""
    ballot = alternatives[0][0]
    if not isinstance(ballot, r.Threshold) or ballot.base is not r.Base.UNSAID or not ballot.body or ballot.heads:
        return ""
    whole = ballot.share == Fraction(1, 2) and ballot.comparison is r.Comparison.MORE_THAN
    return "" if whole else f"by {_whole(ballot.body)} "


def _test(ballot: r.Ballot) -> str:
    if isinstance(ballot, r.Threshold):
        if ballot.base is r.Base.ALL and ballot.body:
            body = say_plural(ballot.body)
            return f"the number of Yes votes {_than(ballot.comparison)} {say_share(ballot.share)} the number of {body}"
        return f"{_threshold(ballot)} are in favour"
    if isinstance(ballot, r.Objections):
        within = f" within {say_duration(ballot.window)}" if ballot.window else ""
        if not ballot.most:
            return f"no {ballot.body} objects{within}" if ballot.body else f"nobody objects{within}"
        return f"no more than {ballot.most} {say_plural(ballot.body)} object{within}"
    return _ballot(ballot)
