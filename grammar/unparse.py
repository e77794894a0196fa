"""The canonical sentence of a rule: reading it gives the rule back."""

import re
from datetime import timedelta
from typing import assert_never

from syngraph.grammar import rules as r
from syngraph.grammar.amounts import (
    Accrual,
    Amount,
    Capped,
    Day,
    DayOfYear,
    Duration,
    Earlier,
    Event,
    Later,
    Moment,
    NthDay,
    Rate,
    Time,
    Unit,
)
from syngraph.grammar.lexicon import inflected
from syngraph.grammar.saying.becoming import say_change
from syngraph.grammar.saying.deciding import say_decision, say_vote
from syngraph.grammar.saying.phrasing import (
    say_actor,
    say_amount,
    say_condition,
    say_day,
    say_duration,
    say_fronts,
    say_led,
    say_moment,
    say_period,
    say_plural,
    say_sections,
    say_sentence,
    say_time,
    say_times,
)

_DETERMINED = re.compile(r"(?:the|an?|any|each|every|all|no|this|these|such|its|their)\s")


def unparse(rule: r.Rule) -> str:
    """One sentence that says what the rule says, with a full stop.

    >>> unparse(r.Prohibition(r.Actor(("Member",), r.Quantifier.ANY), r.Act("vote", rest="by proxy")))
    'No Member may vote by proxy.'
    """
    text = _clause(rule)
    return f"{text[0].upper()}{text[1:]}."


def _clause(rule: r.Rule) -> str:
    if isinstance(rule, r.Voting):
        return say_decision(rule)
    match rule:
        case r.Obligation() | r.Prohibition() | r.Permission() | r.Power():
            return _norm(rule)
        case r.Definition():
            return _definition(rule)
        case r.Commencement() | r.Term() | r.Renewal() | r.Survival() | r.Cessation() | r.Signing():
            return _life(rule)
        case r.Change():
            return say_change(rule)
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
    vote = f" by {' and '.join(say_vote(b) for b in rule.by)}" if isinstance(rule, r.Power) and rule.by else ""
    if vote and _NESTED.search(rule.act.text) and _ONE_SUBJECT.match(who):
        # After a relative clause the vote would be part of it.
        return _placed(rule, f"{who},{vote}, {said}")
    return _placed(rule, f"{who} {said}", vote)


_NESTED = re.compile(r"\b(?:who|which|that|whether)\b")
_ONE_SUBJECT = re.compile(r"(?:the|each|any|an?|every)\s[^,;]{1,80}$")

_DETERMINED = re.compile(r"(?:the|an?|any|each|every|all|no|this|these|such|its|their)\s")
_RELATIVE = re.compile(
    r"\s(?:who|which|that|whether)\s|\s(?:require|allow|permit|ask|direct|instruct|order|request|oblige|enable|invite|authori[sz]e|demand)\s.*\sto\s"
)


def _placed(rule: r.Norm, main: str, vote: str = "") -> str:
    """A clause with its times: at its end, or before it where a relative clause would take them.

    A noun in small letters stays one where it does not begin the sentence, so then too.
    """
    fronts, times = say_fronts(rule.conditions, rule.priority), rule.times
    small = not fronts and main[0].islower() and not _DETERMINED.match(main)
    if not times or not (small or _RELATIVE.search(main)):
        return say_sentence(fronts, f"{main}{say_times(times)}{vote}")
    settings = [say_condition(c) for c in rule.conditions if c.link is r.Link.SETTING]
    others = say_fronts(tuple(c for c in rule.conditions if c.link is not r.Link.SETTING), rule.priority)
    return f"{say_led([*settings, *(say_time(time) for time in times)])}{others[:1].lower()}{others[1:]}{main}{vote}"


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
        case Day() | DayOfYear() | NthDay() | Event() | Later() | Earlier():
            return _at(moment)
        case Duration():
            return f" after {say_duration(moment)}"
        case _:
            return f" {say_time(moment)}"


def _fork(rule: r.ForkRight | r.ForkTerm) -> str:
    match rule:
        case r.ForkRight(who, subject, conditions, times):
            return say_sentence(say_fronts(conditions, ()), f"{say_actor(who)} may fork {subject}{say_times(times)}")
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


def _measured_in(fact: r.Fact) -> str:
    """The day or the period that a measure is of."""
    match fact.period:
        case Unit.WEEK:
            return f"in the week of {say_day(fact.day - timedelta(days=6))}"
        case Unit.MONTH:
            return f"in {say_day(fact.day).partition(' ')[2]}"
        case Unit.QUARTER:
            return f"in the {('first', 'second', 'third', 'fourth')[fact.day.month // 3 - 1]} quarter of {fact.day.year}"
        case Unit.YEAR:
            return f"in {fact.day.year}"
        case _:
            return f"on {say_day(fact.day)}"


def _fact(fact: r.Fact) -> str:
    at = f" at {fact.time}" if fact.time else ""
    under = ""
    if fact.under:
        under = f" under []({fact.under})" if fact.under.startswith("#") else f" under section {fact.under}"
    if fact.measured is not None:
        return f"{_measured_in(fact)}{at if fact.period is None else ''}, {fact.event.text}{under}"
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
