"""The canonical sentence of a rule: reading it gives the rule back."""

import re
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import assert_never

from syngraph.grammar import rules as r
from syngraph.grammar.amounts import (
    Accrual,
    After,
    Ahead,
    Amount,
    AtAllTimes,
    AtAnyTime,
    Before,
    By,
    Capped,
    Day,
    DayOfYear,
    Duration,
    During,
    Each,
    Event,
    For,
    From,
    Limit,
    Moment,
    Money,
    Named,
    NthDay,
    On,
    Part,
    Rate,
    Soon,
    Sum,
    Time,
    Until,
    Within,
)
from syngraph.grammar.lexicon import inflected, plural
from syngraph.grammar.phrases import MONTHS

_MONTHS = {number: name for name, number in MONTHS.items()}
_FRACTIONS = {
    Fraction(1, 2): "half",
    Fraction(1, 3): "one-third",
    Fraction(2, 3): "two-thirds",
    Fraction(1, 4): "one-quarter",
    Fraction(3, 4): "three-quarters",
    Fraction(2, 5): "two-fifths",
    Fraction(3, 5): "three-fifths",
    Fraction(4, 5): "four-fifths",
}
_ARTICLES = re.compile(r"(?:The|A|An|Each|Every|Any|All|This|These|Either|No|Its|Their|One)\s")


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
            | r.Initiative()
            | r.Moratorium()
        ):
            return _decision(rule)
        case r.Definition():
            return _definition(rule)
        case r.Commencement() | r.Term() | r.Renewal() | r.Survival() | r.Cessation():
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
    fronts = _fronts(rule.conditions, rule.priority)
    tail = _tail(rule.times)
    match rule:
        case r.Obligation():
            said = "shall"
        case r.Prohibition():
            said = "shall not"
        case _:
            said = "may"
    bound = _bound(rule.act.amount)
    if rule.bearer is None:
        return fronts + _passive(rule, said) + bound + tail
    who = _actor(rule.bearer)
    if isinstance(rule, r.Prohibition):
        who, said = _nobody(rule.bearer, who, said)
    if isinstance(rule, r.Permission | r.Power) and rule.only:
        who = f"only {who}"
    said = f"{said} {rule.act.text}{bound}"
    if isinstance(rule, r.Power):
        said += _notice(rule)
    vote = f" by {' and '.join(_ballot(b) for b in rule.by)}" if isinstance(rule, r.Power) and rule.by else ""
    return _sentence(fronts, f"{who} {said}{tail}{vote}")


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
    rest = " ".join(part for part in (f"to {act.to}" if act.to else "", act.rest) if part)
    return f"{patient} {said} be {participle}" + (f" {rest}" if rest else "")


def _notice(rule: r.Power) -> str:
    if rule.notice is None and not rule.notice_to:
        return ""
    length = f"{_duration(rule.notice)}{'’' if rule.notice.count > 1 else '’s'} " if rule.notice else ""
    return f" by {length}notice" + (f" to {rule.notice_to}" if rule.notice_to else "")


def _bound(amount: Amount | None) -> str:
    cap = ""
    if isinstance(amount, Capped):
        cap, amount = f", up to {_amount(amount.cap)}", amount.amount
    per = ""
    if isinstance(amount, Rate) and amount.style is not Accrual.INTEREST:
        begun = f" or part of {'it' if amount.per.count == 1 else 'them'}" if amount.style is Accrual.BEGUN_PERIODS else ""
        per = f" for each {_period(amount.per)} of delay{begun}"
    return per + cap


def _actor(who: r.Actor) -> str:
    many = who.quantifier in (r.Quantifier.ALL, r.Quantifier.COUNT)
    nouns = [_plural(role) if many and index == 0 else role for index, role in enumerate(who.roles)]
    the = "the " if who.quantifier is not r.Quantifier.NAMED else ""
    first, *others = nouns
    match who.quantifier:
        case r.Quantifier.NAMED:
            head = first
        case r.Quantifier.COUNT:
            head = f"any {who.count} {first}"
        case r.Quantifier.ANY:
            head = f"{'an' if first[0].lower() in 'aeiou' else 'a'} {first}"
        case _:
            head = f"{who.quantifier.value} {first}"
    listed = f" {who.joint} ".join([head, *(the + noun for noun in others)])
    return listed + (f" {who.qualifier}" if who.qualifier else "")


def _plural(role: str) -> str:
    head, joint, tail = role.partition(" of ")
    return plural(head) + joint + tail


# -- conditions and times ----------------------------------------------------------------------------------------------


def _fronts(conditions: tuple[r.Condition, ...], priority: tuple[r.Priority, ...]) -> str:
    parts = [f"{p.rank.value} {_sections(p.sections)}" for p in priority] + [_condition(c) for c in conditions]
    return "".join(f"{part[0].upper()}{part[1:]}, " for part in parts)


def _sentence(fronts: str, main: str) -> str:
    return fronts + (main if fronts else f"{main[0].upper()}{main[1:]}")


def _sections(sections: tuple[str, ...]) -> str:
    if not sections:
        return "any other provision"
    named = [f"[]({section})" if section.startswith("#") else section for section in sections]
    typed = not sections[0].startswith("#")
    word = ("sections " if len(sections) > 1 else "section ") if typed else ""
    return word + " and ".join(named)


def _condition(condition: r.Condition) -> str:
    match condition.test:
        case r.Happens(event):
            said = event.text
        case r.Fails(event, times):
            said = f"{event.actor} fails to {event.text}{_tail(times)}"
        case r.Late(duration, subject):
            said = (
                f"{subject} exceeds {_duration(duration)}"
                if "delay" in subject
                else f"{subject} is more than {_duration(duration)} overdue"
            )
        case r.Unknown(text):
            said = text
        case _:
            assert_never(condition.test)
    return f"{condition.link.value} {said}"


def _tail(times: tuple[Time, ...]) -> str:
    return "".join(f" {_time(time)}" for time in times)


def _time(time: Time) -> str:
    match time:
        case Within(duration, after):
            return f"within {_duration(duration)}" + (f" after {_moment(after)}" if after else "")
        case After(duration, after):
            if duration is None:
                return f"after {_moment(after)}"
            return f"after {_duration(duration)}" + ("" if after == Event("it") else f" from {_moment(after)}")
        case By(Event() as event):
            return f"no later than {event.text}"
        case By(moment):
            return f"by {_moment(moment)}"
        case Before(moment):
            return f"before {_moment(moment)}"
        case On(moment):
            return f"on {_moment(moment)}"
        case Ahead(least, None, before):
            return f"at least {_duration(least)} before {_moment(before)}"
        case Ahead(least, Duration() as most, before):
            return f"not less than {least.count} nor more than {_duration(most)} before {_moment(before)}"
        case Each(period):
            return f"each {_period(period)}" if period.count == 1 else f"every {_duration(period)}"
        case During(period):
            return f"during {period}"
        case Until(moment):
            return f"until {_moment(moment)}"
        case From(moment):
            return f"from {_moment(moment)}"
        case For(duration, limit, after):
            bound = {Limit.EXACTLY: "", Limit.AT_MOST: "up to ", Limit.AT_LEAST: "at least "}[limit]
            return f"for {bound}{_duration(duration)}" + (f" after {_moment(after)}" if after else "")
        case AtAllTimes():
            return "at all times"
        case AtAnyTime():
            return "at any time"
        case Soon(word):
            return word
        case _:
            raise TypeError(f"no time: {time!r}")


def _moment(moment: Moment) -> str:
    match moment:
        case Day(day):
            return _day(day)
        case DayOfYear(month, day):
            return f"{day} {_MONTHS[month]} of each year"
        case NthDay(nth, kind, period, month):
            place = "last" if nth == -1 else _ordinal(nth)
            name = kind.capitalize() if kind.endswith("day") and kind not in ("day", "Business Day") else kind
            of = f"{_MONTHS[month]} of each year" if month else f"each {period.value}"
            return f"the {place} {name} of {of}"
        case Event(text):
            return text
        case _:
            assert_never(moment)


def _day(day: date) -> str:
    return f"{day.day} {_MONTHS[day.month]} {day.year:04d}"


def _ordinal(number: int) -> str:
    words = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
    if number <= len(words):
        return words[number - 1]
    ending = "th" if 10 <= number % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def _duration(duration: Duration) -> str:
    name = duration.unit.value
    return f"{duration.count} {name if duration.count == 1 else name + 's'}"


def _period(period: Duration) -> str:
    return period.unit.value if period.count == 1 else _duration(period)


# -- amounts -----------------------------------------------------------------------------------------------------------


def _amount(amount: Amount) -> str:
    match amount:
        case Money(figure, currency):
            return f"{currency} {_figure(figure)}"
        case Named(name):
            return f"the {name}"
        case Part(share, of):
            return f"{_percent(share)} of {_amount(of)}"
        case Sum(terms):
            return f"the sum of {' and '.join(_amount(term) for term in terms)}"
        case Rate(of, share, per, Accrual.INTEREST):
            return f"interest at {_percent(share)} per {per.unit.value} on {_amount(of)}"
        case Rate(of, share, per, _):
            return f"{_percent(share)} of {_amount(of)} for each {_period(per)} of delay"
        case Capped(of, cap):
            return f"{_amount(of)}, up to {_amount(cap)}"
        case _:
            assert_never(amount)


def _figure(figure: Decimal) -> str:
    return f"{figure:,f}"


def _percent(share: Fraction) -> str:
    percent = share * 100
    whole = Decimal(percent.numerator) / Decimal(percent.denominator)
    if Fraction(whole) == percent:
        return f"{whole.normalize():f}%"
    return f"{share.numerator}/{share.denominator}"


# -- decisions ---------------------------------------------------------------------------------------------------------


def _share(share: Fraction) -> str:
    return _FRACTIONS.get(share) or _percent(share)


def _ballot(ballot: r.Ballot) -> str:
    match ballot:
        case r.Threshold():
            return _threshold(ballot)
        case r.Ratio(comparison, times):
            many = "" if times == 1 else f"{times} times "
            return f"the number of Yes votes {_than(comparison)} {many}the number of No votes"
        case r.QuorumMet():
            return "quorum is met"
        case r.Objections(most, body, window):
            within = f" within {_duration(window)}" if window else ""
            return f"more than {most} {_plural(body)} object{within}"
        case _:
            assert_never(ballot)


def _than(comparison: r.Comparison) -> str:
    return "is greater than" if comparison is r.Comparison.MORE_THAN else "is at least"


def _threshold(threshold: r.Threshold) -> str:
    body = _plural(threshold.body) if threshold.body else "those"
    if threshold.heads:
        return f"at least {threshold.heads} {body}"
    if threshold.minus:
        return f"the consent of all {body} minus {threshold.minus}"
    if threshold.share == 1 and threshold.base is r.Base.ALL and threshold.comparison is r.Comparison.AT_LEAST:
        return f"the unanimous consent of all {body}" if threshold.body else "unanimous consent"
    half = threshold.share == Fraction(1, 2)
    if threshold.comparison is r.Comparison.MORE_THAN:
        share = "a majority" if half else f"more than {_share(threshold.share)}"
    else:
        share = f"at least {_share(threshold.share)}"
    match threshold.base:
        case r.Base.UNSAID:
            return share
        case r.Base.CAST:
            return f"{share} of the votes cast" + (f" by the {body}" if threshold.body else "")
        case r.Base.PRESENT:
            return f"{share} of {'the ' if threshold.body else ''}{body} present"
        case r.Base.PRESENT_AND_VOTING:
            return f"{share} of {'the ' if threshold.body else ''}{body} present and voting"
        case r.Base.ALL:
            return f"{share} of all {body}" + (f" other than {threshold.excluding}" if threshold.excluding else "")
        case _:
            assert_never(threshold.base)


def _decision(
    rule: r.Decision | r.Entrenchment | r.Quorum | r.Procedure | r.Abstention | r.Vote | r.Initiative | r.Moratorium,
) -> str:
    match rule:
        case r.Decision(matter, alternatives, conditions, priority, times):
            return _sentence(_fronts(conditions, priority), _decided(matter, alternatives) + _tail(times))
        case r.Entrenchment(matter):
            return f"{matter.subject} may not be {inflected(matter.verb).participle}"
        case r.Quorum(threshold, of_what, root, times):
            head = f"quorum for {of_what}" if of_what else "quorum"
            if root:
                half = "half " if threshold.share == Fraction(1, 2) else ""
                many = f", times {times}" if times != 1 else ""
                return f"{head} is {half}the square root of the number of {_plural(threshold.body)}{many}"
            return f"{head} is {_threshold(threshold)}"
        case r.Procedure(stage, duration, limit):
            bound = {Limit.EXACTLY: "", Limit.AT_MOST: "at most ", Limit.AT_LEAST: "at least "}[limit]
            return f"the {stage} period is {bound}{_duration(duration)}"
        case r.Abstention(counts, towards):
            what = "towards the quorum" if towards == "quorum" else "as votes cast"
            return f"an abstention {'counts' if counts else 'does not count'} {what}"
        case r.Vote(holder, votes, unit):
            many = "vote" if votes == 1 else "votes"
            return f"each {holder} has {votes} {many}" + (f" for each {unit}" if unit else "")
        case r.Initiative(threshold, act):
            if threshold.heads:
                return f"any {threshold.heads} {_plural(threshold.body)} may {act.text}"
            return f"{_threshold(threshold)} may {act.text}"
        case r.Moratorium(subject, duration):
            return f"a rejected {subject} may not be made again within {_duration(duration)}"
        case _:
            assert_never(rule)


def _decided(matter: r.Matter, alternatives: tuple[tuple[r.Ballot, ...], ...]) -> str:
    participle = inflected(matter.verb).participle
    only = alternatives[0]
    if len(alternatives) == 1 and isinstance(only[0], r.Objections):
        return f"{matter.subject} is {participle} unless {_ballot(only[0])}"
    if all(isinstance(ballot, r.Threshold) for group in alternatives for ballot in group):
        votes = " or by ".join(" and ".join(_ballot(ballot) for ballot in group) for group in alternatives)
        return f"{matter.subject} may be {participle} by {votes}"
    tests = ", or if ".join(" and ".join(_test(ballot) for ballot in group) for group in alternatives)
    return f"{matter.subject} is {participle} if {tests}"


def _test(ballot: r.Ballot) -> str:
    if isinstance(ballot, r.Threshold):
        if ballot.base is r.Base.ALL and ballot.body:
            body = _plural(ballot.body)
            return f"the number of Yes votes {_than(ballot.comparison)} {_share(ballot.share)} the number of {body}"
        return f"{_threshold(ballot)} are in favour"
    return _ballot(ballot)


# -- the rest ----------------------------------------------------------------------------------------------------------


def _definition(rule: r.Definition) -> str:
    verb = {r.Meaning.MEANS: "means", r.Meaning.INCLUDES: "includes", r.Meaning.EXCLUDES: "does not include"}[rule.meaning]
    but = f" but does not include {rule.excluded}" if rule.excluded else ""
    return f'"{rule.term}" {verb} {rule.body}{but}'


def _life(rule: r.Commencement | r.Term | r.Renewal | r.Survival | r.Cessation) -> str:
    match rule:
        case r.Commencement(subject, moment, signed_by):
            takes = "take" if subject.startswith("These") else "takes"
            if signed_by:
                return f"{subject} {takes} effect when all {_plural(signed_by)} have signed it"
            return f"{subject} {takes} effect{_at(moment)}"
        case r.Term(subject, Duration() as length):
            return f"{subject} is {_duration(length)}"
        case r.Term(subject, end):
            return f"{subject} {'end' if subject.startswith('These') else 'ends'}{_ends(end)}"
        case r.Renewal(subject, duration, conditions):
            tail = "".join(f" {_condition(c)}" for c in conditions)
            are = "are" if subject.startswith("These") else "is"
            return f"{subject} {are} renewed for successive terms of {_duration(duration)}{tail}"
        case r.Survival(sections, subject, duration):
            named = _sections(sections) if sections else subject
            many = len(sections) > 1 or (not sections and not subject.startswith(("The ", "This ")))
            return f"{named} {'survive' if many else 'survives'} termination" + (
                f" for {_duration(duration)}" if duration else ""
            )
        case r.Cessation(role, ceases, times, conditions):
            tail = _tail(times) + "".join(f" {_condition(c)}" for c in conditions)
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
            return f" on {_moment(moment)}"


def _ends(moment: Moment | Time | Duration) -> str:
    match moment:
        case Day() | DayOfYear() | NthDay() | Event():
            return _at(moment)
        case Duration():
            return f" after {_duration(moment)}"
        case _:
            return f" {_time(moment)}"


def _fork(rule: r.ForkRight | r.ForkTerm) -> str:
    match rule:
        case r.ForkRight(who, subject, conditions, times):
            return _sentence(_fronts(conditions, ()), f"{_actor(who)} may fork {subject}{_tail(times)}")
        case r.ForkTerm("binds", subject):
            return f"a fork binds only {subject}"
        case r.ForkTerm("survives", subject):
            return f"{subject} survive a fork"
        case r.ForkTerm("divides", subject, detail):
            return f"on a fork, {subject} {'are' if re.search('s$', subject) else 'is'} divided {detail}"
        case r.ForkTerm(_, subject, detail, duration):
            after = f" after {_duration(duration)}" if duration else ""
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
                f"if a Party fails to appoint an arbitrator within {_duration(duration)} after {after.text}, "
                f"{appointer} shall appoint the arbitrator"
            )
        case r.AwardTime(duration, after):
            return f"the arbitrators shall make the award within {_duration(duration)} after {after.text}"
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
            f"on {_day(fact.day)}{at}, {fact.event.object} {was} {inflected(verb).participle}"
            + (f" to {fact.event.to}" if fact.event.to else "")
            + under
        )
    said = f"{inflected(verb).past} {rest}".strip() if fact.happened else f"did not {fact.event.text}"
    return f"on {_day(fact.day)}{at}, {fact.event.actor} {said}{under}"
