"""The canonical sentence of a rule: reading it gives the rule back."""

import re
from fractions import Fraction
from typing import assert_never

from syngraph.grammar import rules as r
from syngraph.grammar.amounts import (
    Accrual,
    Amount,
    Capped,
    Day,
    DayOfYear,
    Duration,
    Event,
    Limit,
    Moment,
    NthDay,
    Rate,
    Time,
)
from syngraph.grammar.lexicon import inflected
from syngraph.grammar.phrasing import (
    say_actor,
    say_amount,
    say_condition,
    say_day,
    say_duration,
    say_moment,
    say_period,
    say_plural,
    say_sections,
    say_share,
    say_time,
    say_times,
)

_COLLECTIVE = re.compile(r"(?:Committee|Board|Council|Assembly|Panel|Team|Court|Senate|Meeting)(?:\sof\s.+)?$")

_DETERMINED = re.compile(r"(?:the|an?|any|each|every|all|no|this|these|such|its|their)\s")


def unparse(rule: r.Rule) -> str:
    """One sentence that says what the rule says, with a full stop.

    >>> unparse(r.Prohibition(r.Actor(("Member",), r.Quantifier.ANY), r.Act("vote", rest="by proxy")))
    'No Member may vote by proxy.'
    """
    text = _clause(rule)
    return f"{text[0].upper()}{text[1:]}."


def _clause(rule: r.Rule) -> str:
    match rule:
        case r.Obligation() | r.Prohibition() | r.Permission() | r.Power():
            return _norm(rule)
        case (
            r.Decision()
            | r.Entrenchment()
            | r.Quorum()
            | r.Procedure()
            | r.Abstention()
            | r.Vote()
            | r.Exclusion()
            | r.Initiative()
            | r.Moratorium()
        ):
            return _decision(rule)
        case r.Definition():
            return _definition(rule)
        case r.Commencement() | r.Term() | r.Renewal() | r.Survival() | r.Cessation() | r.Signing():
            return _life(rule)
        case r.ForkRight() | r.ForkTerm():
            return _fork(rule)
        case r.Arbitration() | r.DefaultAppointment() | r.AwardTime() | r.AwardEffect() | r.AwardLimit():
            return _dispute(rule)
        case r.Declaration(_, text):
            return text
        case r.Fact():
            return _fact(rule)
        case r.Order(effect, subject):
            return f"{subject} {'are' if subject.startswith('Sections') else 'is'} {effect}"
        case _:
            assert_never(rule)


# -- norms -------------------------------------------------------------------------------------------------------------


def _norm(rule: r.Norm) -> str:
    match rule:
        case r.Obligation():
            said = "shall"
        case r.Prohibition():
            said = "shall not"
        case _:
            said = "may"
    bound = _bound(rule.act.amount)
    if rule.bearer is None:
        return _placed(rule, _passive(rule, said) + bound)
    who = say_actor(rule.bearer)
    if isinstance(rule, r.Prohibition):
        who, said = _nobody(rule.bearer, who, said)
    if isinstance(rule, r.Permission | r.Power) and rule.only:
        who = f"only {who.removeprefix('all ')}"
    said = f"{said} {rule.act.text}{bound}"
    if isinstance(rule, r.Power):
        said += _notice(rule)
    vote = f" by {' and '.join(_vote(b) for b in rule.by)}" if isinstance(rule, r.Power) and rule.by else ""
    return _placed(rule, f"{who} {said}", vote)


_DETERMINED = re.compile(r"(?:the|an?|any|each|every|all|no|this|these|such|its|their)\s")
_RELATIVE = re.compile(r"\s(?:who|which|that)\s")


def _placed(rule: r.Norm, main: str, vote: str = "") -> str:
    """A clause with its times: at its end, or before it where a relative clause would take them.

    A noun in small letters stays one where it does not begin the sentence, so then too.
    """
    fronts, times = _fronts(rule.conditions, rule.priority), rule.times
    small = not fronts and main[0].islower() and not _DETERMINED.match(main)
    if not times or not (small or _RELATIVE.search(main)):
        return _sentence(fronts, f"{main}{say_times(times)}{vote}")
    settings = [say_condition(c) for c in rule.conditions if c.link is r.Link.SETTING]
    others = _fronts(tuple(c for c in rule.conditions if c.link is not r.Link.SETTING), rule.priority)
    return f"{_led([*settings, *(say_time(time) for time in times)])}{others[:1].lower()}{others[1:]}{main}{vote}"


def _nobody(bearer: r.Actor, who: str, said: str) -> tuple[str, str]:
    match bearer.quantifier:
        case r.Quantifier.ANY:
            return f"no {who.partition(' ')[2]}", "may"
        case r.Quantifier.EITHER:
            return f"neither {who.partition(' ')[2]}", "may"
        case _:
            return who, said


def _passive(rule: r.Norm, said: str) -> str:
    act = rule.act
    participle = inflected(act.verb).participle
    patient = act.object
    if patient.startswith("any ") and said == "shall not":
        patient, said = f"no {patient[4:]}", "may"
    rest = " ".join(part for part in (f"to {act.to}" if act.to else "", act.rest) if part).replace(" ,", ",")
    if patient.endswith((", if any", ", if applicable")):
        patient += ","
    return f"{patient} {said} be {participle}" + (f" {rest}" if rest else "")


def _notice(rule: r.Power) -> str:
    if rule.notice is None and not rule.notice_to:
        return ""
    length = f"{say_duration(rule.notice)}{'’' if rule.notice.count > 1 else '’s'} " if rule.notice else ""
    return f" by {length}notice" + (f" to {rule.notice_to}" if rule.notice_to else "")


def _bound(amount: Amount | None) -> str:
    cap = ""
    if isinstance(amount, Capped):
        cap, amount = f", up to {say_amount(amount.cap)}", amount.amount
    per = ""
    if isinstance(amount, Rate) and amount.style is not Accrual.INTEREST:
        begun = f" or part of {'it' if amount.per.count == 1 else 'them'}" if amount.style is Accrual.BEGUN_PERIODS else ""
        per = f" for each {say_period(amount.per)} of delay{begun}"
    return per + cap


# -- conditions and times ----------------------------------------------------------------------------------------------


def _fronts(conditions: tuple[r.Condition, ...], priority: tuple[r.Priority, ...]) -> str:
    settings = [c for c in conditions if c.link is r.Link.SETTING]
    others = [c for c in conditions if c.link is not r.Link.SETTING]
    ranks = [f"{p.rank.value} {say_sections(p.sections)}" for p in priority]
    return _led([*(say_condition(c) for c in settings), *ranks, *(say_condition(c) for c in others)])


def _led(parts: list[str]) -> str:
    """What stands before the subject, with a comma after each part."""
    said = "".join(f"{part}, " for part in parts)
    return said[:1].upper() + said[1:]


def _sentence(fronts: str, main: str) -> str:
    return fronts + (main if fronts else f"{main[0].upper()}{main[1:]}")


# -- decisions ---------------------------------------------------------------------------------------------------------


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
            return f"more than {most} {say_plural(body)} object{within}"
        case _:
            assert_never(ballot)


def _vote(ballot: r.Ballot) -> str:
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


def _those(body: str) -> str:
    return f"the {body if _COLLECTIVE.search(body) else say_plural(body)}"


def _whole(body: str) -> str:
    return f"the {body}" if _COLLECTIVE.search(body) else f"all {say_plural(body)}"


def _decision(
    rule: r.Decision
    | r.Entrenchment
    | r.Quorum
    | r.Procedure
    | r.Abstention
    | r.Vote
    | r.Exclusion
    | r.Initiative
    | r.Moratorium,
) -> str:
    match rule:
        case r.Decision(matter, alternatives, conditions, priority, times):
            return _sentence(_fronts(conditions, priority), _decided(matter, alternatives) + say_times(times))
        case r.Entrenchment(matter):
            return f"{matter.subject} may not be {inflected(matter.verb).participle}"
        case r.Quorum(threshold, of_what, root, factor):
            head = f"quorum for {of_what}" if of_what else "quorum"
            if root:
                half = "half " if threshold.share == Fraction(1, 2) else ""
                many = f", times {factor}" if factor != 1 else ""
                return f"{head} is {half}the square root of the number of {say_plural(threshold.body)}{many}"
            return f"{head} is {_threshold(threshold)}"
        case r.Procedure(stage, duration, limit):
            bound = {Limit.EXACTLY: "", Limit.AT_MOST: "at most ", Limit.AT_LEAST: "at least "}[limit]
            return f"the {stage} period is {bound}{say_duration(duration)}"
        case r.Abstention(counts, towards):
            what = "towards the quorum" if towards == "quorum" else "as votes cast"
            return f"an abstention {'counts' if counts else 'does not count'} {what}"
        case r.Vote(holder, votes, unit):
            many = "vote" if votes == 1 else "votes"
            return f"each {holder} has {votes} {many}" + (f" for each {unit}" if unit else "")
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
        votes = " or by ".join(" and ".join(_vote(ballot) for ballot in group) for group in alternatives)
        detail = f" {matter.detail}" if matter.detail else ""
        return f"{matter.subject} may be {participle}{detail} by {votes}"
    tests = ", or if ".join(" and ".join(_test(ballot) for ballot in group) for group in alternatives)
    return f"{matter.subject} is {participle} if {tests}"


def _test(ballot: r.Ballot) -> str:
    if isinstance(ballot, r.Threshold):
        if ballot.base is r.Base.ALL and ballot.body:
            body = say_plural(ballot.body)
            return f"the number of Yes votes {_than(ballot.comparison)} {say_share(ballot.share)} the number of {body}"
        return f"{_threshold(ballot)} are in favour"
    return _ballot(ballot)


# -- the rest ----------------------------------------------------------------------------------------------------------


def _definition(rule: r.Definition) -> str:
    verb = {r.Meaning.MEANS: "means", r.Meaning.INCLUDES: "includes", r.Meaning.EXCLUDES: "does not include"}[rule.meaning]
    but = f" but does not include {rule.excluded}" if rule.excluded else ""
    return f'"{rule.term}" {verb} {rule.body}{but}'


def _life(rule: r.Commencement | r.Term | r.Renewal | r.Survival | r.Cessation | r.Signing) -> str:
    match rule:
        case r.Commencement(subject, moment, signed_by):
            takes = "take" if subject.startswith("These") else "takes"
            if signed_by:
                return f"{subject} {takes} effect when all {say_plural(signed_by)} have signed it"
            return f"{subject} {takes} effect{_at(moment)}"
        case r.Term(subject, Duration() as length):
            lasts = "is" if subject.startswith("The ") else "last for" if subject.startswith("These") else "lasts for"
            return f"{subject} {lasts} {say_duration(length)}"
        case r.Term(subject, end):
            return f"{subject} {'end' if subject.startswith('These') else 'ends'}{_ends(end)}"
        case r.Renewal(subject, duration, conditions):
            tail = "".join(f" {say_condition(c)}" for c in conditions)
            are = "are" if subject.startswith("These") else "is"
            return f"{subject} {are} renewed for successive terms of {say_duration(duration)}{tail}"
        case r.Survival(sections, subject, duration):
            named = say_sections(sections) if sections else subject
            many = len(sections) > 1 or (not sections and not subject.startswith(("The ", "This ")))
            return f"{named} {'survive' if many else 'survives'} termination" + (
                f" for {say_duration(duration)}" if duration else ""
            )
        case r.Signing(subject, by):
            plural = re.match(r"(?:The\s)?(?:minutes|accounts|papers)\b", subject)
            return f"{subject} {'are' if plural else 'is'} signed by {say_actor(by)}"
        case r.Cessation(role, ceases, times, conditions):
            tail = say_times(times) + "".join(f" {say_condition(c)}" for c in conditions)
            return f"{role} ceases to be {'an' if ceases[0].lower() in 'aeiou' else 'a'} {ceases}{tail}"
        case _:
            assert_never(rule)


def _at(moment: Moment | None) -> str:
    match moment:
        case None:
            return ""
        case Event(text):
            return f" when {text}" if moment.verb and moment.actor else f" on {text}"
        case _:
            return f" on {say_moment(moment)}"


def _ends(moment: Moment | Time | Duration) -> str:
    match moment:
        case Day() | DayOfYear() | NthDay() | Event():
            return _at(moment)
        case Duration():
            return f" after {say_duration(moment)}"
        case _:
            return f" {say_time(moment)}"


def _fork(rule: r.ForkRight | r.ForkTerm) -> str:
    match rule:
        case r.ForkRight(who, subject, conditions, times):
            return _sentence(_fronts(conditions, ()), f"{say_actor(who)} may fork {subject}{say_times(times)}")
        case r.ForkTerm("binds", subject):
            return f"a fork binds only {subject}"
        case r.ForkTerm("survives", subject):
            return f"{subject} survive a fork"
        case r.ForkTerm("divides", subject, detail):
            return f"on a fork, {subject} {'are' if re.search('s$', subject) else 'is'} divided {detail}"
        case r.ForkTerm(_, subject, detail, duration):
            after = f" after {say_duration(duration)}" if duration else ""
            return f"a {subject} who joins a fork ceases to be {detail}{after}"
        case _:
            assert_never(rule)


def _dispute(rule: r.Arbitration | r.DefaultAppointment | r.AwardTime | r.AwardEffect | r.AwardLimit) -> str:
    match rule:
        case r.Arbitration(scope, arbitrators, appointed):
            many = f"{arbitrators} arbitrators" if arbitrators > 1 else "one arbitrator"
            by = ""
            if len(appointed) == 1:
                by = f" appointed by {appointed[0]}"
            elif appointed:
                by = f", one appointed by {appointed[0]} and the third by {appointed[1]}"
            return f"{scope} shall be settled by arbitration by {many}{by}"
        case r.DefaultAppointment(duration, after, appointer):
            return (
                f"if a Party fails to appoint an arbitrator within {say_duration(duration)} after {after.text}, "
                f"{appointer} shall appoint the arbitrator"
            )
        case r.AwardTime(duration, after):
            return f"the arbitrators shall make the award within {say_duration(duration)} after {after.text}"
        case r.AwardEffect(_, binds):
            return "the award is final" + (f" and binds {binds}" if binds else "")
        case r.AwardLimit(excluded):
            return f"the arbitrators may not {excluded}"
        case _:
            assert_never(rule)


def _fact(fact: r.Fact) -> str:
    at = f" at {fact.time}" if fact.time else ""
    under = ""
    if fact.under:
        under = f" under []({fact.under})" if fact.under.startswith("#") else f" under section {fact.under}"
    verb, _, rest = fact.event.text.partition(" ")
    if not fact.event.actor:
        was = "was" if fact.happened else "was not"
        return (
            f"on {say_day(fact.day)}{at}, {fact.event.object} {was} {inflected(verb).participle}"
            + (f" to {fact.event.to}" if fact.event.to else "")
            + under
        )
    said = f"{inflected(verb).past} {rest}".strip() if fact.happened else f"did not {fact.event.text}"
    return f"on {say_day(fact.day)}{at}, {fact.event.actor} {said}{under}"
