"""What is so by agreement, in plain words: definitions, the life of the text, forks, disputes, facts and orders."""

from dataclasses import replace
from typing import assert_never

from syngraph.grammar import rules as r
from syngraph.grammar.amounts import After, Duration
from syngraph.grammar.plain.points import (
    Explanation,
    Point,
    Topic,
    conditions,
    explained,
    haste,
    order,
    sections,
    sums,
    when,
    whens,
)
from syngraph.grammar.saying.phrasing import say_actor, say_amount, say_day, say_duration, say_moment, say_plural
from syngraph.grammar.unparse import unparse

_Life = r.Commencement | r.Term | r.Renewal | r.Survival | r.Signing | r.Cessation
_Dispute = r.Arbitration | r.DefaultAppointment | r.AwardTime | r.AwardEffect | r.AwardLimit


def agreed(
    rule: r.Definition | _Life | r.ForkRight | r.ForkTerm | r.Change | _Dispute | r.Declaration | r.Fact | r.Order,
) -> Explanation:
    """What a rule says that asks nothing of anybody by itself."""
    match rule:
        case r.Definition():
            return _definition(rule)
        case r.Commencement() | r.Term() | r.Renewal() | r.Survival() | r.Signing() | r.Cessation():
            return _life(rule)
        case r.ForkRight(who, subject, found, times):
            points = (*whens(times), *conditions(found), *haste(times))
            return explained(f"{say_actor(who)} may fork {subject}", *points)
        case r.ForkTerm():
            return _fork(rule)
        case r.Change():
            return _change(rule)
        case r.Arbitration() | r.DefaultAppointment() | r.AwardTime() | r.AwardEffect() | r.AwardLimit():
            return _dispute(rule)
        case r.Declaration(kind, text):
            return explained(text, Point(Topic.NOTE, f"it declares what is so ({kind}); no act is judged by it"))
        case r.Fact():
            return _fact(rule)
        case r.Order(effect, subject, section, day):
            where = Point(Topic.NOTE, f"it speaks of {sections((section,))}")
            when_ = Point(Topic.WHEN, f"what happened on {say_day(day)}" if day else "")
            said = f"by an award, {subject} {'are' if subject.startswith('Sections') else 'is'} {effect}"
            return explained(said, *([where] if section else []), *([when_] if day else []))
        case _:
            assert_never(rule)


def _definition(rule: r.Definition) -> Explanation:
    match rule.meaning:
        case r.Meaning.MEANS:
            says = f"“{rule.term}” stands for {rule.body}"
        case r.Meaning.INCLUDES:
            says = f"“{rule.term}” takes in {rule.body}; it may take in more"
        case r.Meaning.EXCLUDES:
            says = f"“{rule.term}” does not take in {rule.body}"
        case _:
            assert_never(rule.meaning)
    points = list(sums(rule.amount, rule.body))
    if rule.moment is not None and say_moment(rule.moment) not in rule.body:
        points.append(Point(Topic.WHEN, say_moment(rule.moment)))
    if rule.excluded:
        points.append(Point(Topic.NOTE, f"it does not take in {rule.excluded}"))
    return explained(says, *points)


def _life(rule: _Life) -> Explanation:
    match rule:
        case r.Commencement(subject, moment, signed_by):
            begins = f" on this day or event: {say_moment(moment)}" if moment else ""
            begins = f" when all {say_plural(signed_by)} have signed it" if signed_by else begins
            return explained(f"{subject} begins to bind{begins}")
        case r.Term(subject, Duration() as length):
            return explained(f"{subject} runs for {say_duration(length)} from its beginning, and then ends by itself")
        case r.Term(subject, After() as end):
            return explained(f"{subject} ends by itself, {when(end).removeprefix('only ')}")
        case r.Term(subject, end) if not isinstance(end, Duration | After):
            return explained(f"{subject} ends by itself on this day or event: {say_moment(end)}")
        case r.Renewal(subject, duration, found):
            says = f"when its term is over, {subject} runs on for another {say_duration(duration)}, again and again"
            return explained(says, *conditions(found))
        case r.Survival(named, subject, duration):
            what = sections(named) if named else subject
            long = f"for {say_duration(duration)} after the end" if duration else "after the end, without limit"
            return explained(f"{what} still bind {long}")
        case r.Signing(subject, by):
            return explained(f"{subject}: to be signed by {say_actor(by)}")
        case r.Cessation(role, ceases, times, found):
            article = "an" if ceases[:1].lower() in "aeiou" else "a"
            points = (*whens(times), *conditions(found), *haste(times))
            return explained(f"{role} is no longer {article} {ceases}", *points)
        case _:
            raise TypeError(f"nothing about the life of a text: {rule!r}")


_EFFECTS = {
    r.Effect.DEEMED: "it counts as done from then on, although nobody did it",
    r.Effect.DUE: "what is not paid of it yet is to be paid by the end of that day, or of the time that the text gives",
    r.Effect.REDUCED: "what is still to be paid is reckoned from the lower sum",
    r.Effect.INCREASED: "what is still to be paid is reckoned from the higher sum",
    r.Effect.PASSES: "rules that speak of its passing hold from then on",
    r.Effect.REMAINS: "no act is judged by it",
    r.Effect.OCCURS: "rules that speak of this event hold from then on",
    r.Effect.DISAPPLIED: "what these sections ask and allow is let go of from then on",
}


def _change(rule: r.Change) -> Explanation:
    says = unparse(replace(rule, times=(), conditions=(), priority=())).removesuffix(".")
    points = (*whens(rule.times), *conditions(rule.conditions), *order(rule.priority))
    meant = f": {rule.event.text}" if rule.event is not None else ""
    return explained(says, *points, Point(Topic.NOTE, _EFFECTS[rule.effect] + meant))


def _fork(rule: r.ForkTerm) -> Explanation:
    match rule.effect:
        case "binds":
            return explained(f"a fork binds {rule.subject}, and nobody else")
        case "survives":
            return explained(f"{rule.subject} still bind after a fork")
        case "divides":
            return explained(f"when the text is forked, {rule.subject} is divided {rule.detail}")
        case _:
            after = f" {say_duration(rule.duration)} later" if rule.duration else ""
            return explained(f"a {rule.subject} who joins a fork stops being {rule.detail}{after}")


def _dispute(rule: _Dispute) -> Explanation:
    match rule:
        case r.Arbitration(scope, arbitrators, appointed):
            many = f"{arbitrators} arbitrators" if arbitrators > 1 else "one arbitrator"
            by = tuple(Point(Topic.NOTE, f"appointed by {one}") for one in appointed)
            return explained(f"{scope}: decided by {many}", *by)
        case r.DefaultAppointment(within, after, appointer):
            condition = (
                f"it holds only if a Party has not appointed an arbitrator within {say_duration(within)} after {after.text}"
            )
            return explained(f"{appointer} must appoint the arbitrator", Point(Topic.CONDITION, condition))
        case r.AwardTime(duration, after):
            point = Point(Topic.WHEN, f"within {say_duration(duration)} after {after.text}")
            return explained("the arbitrators must make the award", point)
        case r.AwardEffect(final, binds):
            says = " and ".join([*(["is final"] if final else []), *([f"binds {binds}"] if binds else [])])
            return explained(f"an award {says or 'counts'}")
        case r.AwardLimit(excluded, cap):
            points = (Point(Topic.AMOUNT, f"never more than {say_amount(cap)}"),) if cap is not None else ()
            return explained(f"the arbitrators may not {excluded}", *points)
        case _:
            assert_never(rule)


def _fact(fact: r.Fact) -> Explanation:
    points = list(sums(fact.amount, fact.event.text))
    if fact.measured is not None:
        over = f", over the {fact.period} that ends on {say_day(fact.day)} at {fact.time}" if fact.period is not None else ""
        points.append(Point(Topic.NOTE, f"it was measured ({fact.measured.range.dimension or 'a number'}){over}"))
    if fact.under:
        points.append(Point(Topic.NOTE, f"it speaks of {sections((fact.under,))}"))
    return explained(unparse(fact), *points)
