"""Rules that never apply: whatever happens, there is no day and no circumstance for them."""

import re
from collections.abc import Iterator, Sequence
from datetime import date

from syngraph.engine.norms.analysis.contradiction import circumstance
from syngraph.engine.norms.analysis.sections import Sections, where
from syngraph.engine.norms.analysis.spans import impossible, span
from syngraph.engine.text.clauses import PlacedRule
from syngraph.engine.text.findings import Finding, found
from syngraph.grammar.amounts import Day, Time
from syngraph.grammar.rules import (
    Cessation,
    Commencement,
    Condition,
    Decision,
    Fails,
    ForkRight,
    Link,
    Norm,
    Obligation,
    Renewal,
    Rule,
    Survival,
    Term,
    Unknown,
)
from syngraph.grammar.saying.phrasing import say_actor, say_day, say_times

_TURNED = (Link.UNLESS, Link.EXCEPT)
_PART = re.compile(r"\bsections?\b|\]\(#", re.IGNORECASE)
"""What takes effect or ends, where it is not the whole text."""
_DENIALS = (" is not ", " are not ", " was not ", " were not ", " has not ", " have not ")


def never(rules: Sequence[PlacedRule], sections: Sections) -> Iterator[Finding]:
    """SG505: a rule whose times or conditions shut each other out, or that lies outside the life of the agreement."""
    begin, end = _life(rules)
    if begin is not None and end is not None and end[0] < begin[0]:
        last = end[1]
        days = f"{say_day(end[0])}, before it takes effect on {say_day(begin[0])} ({where(begin[1])})"
        message = f"this ends on {days}: no rule ever applies"
        yield found("SG505", message, last.clause.text, "let it end after it takes effect")
        begin = end = None
    surviving = frozenset(
        sections.named(name) for placed in rules if isinstance(placed.rule, Survival) for name in placed.rule.sections
    )
    if any(isinstance(placed.rule, Renewal) or (isinstance(placed.rule, Survival) and placed.rule.subject) for placed in rules):
        end = None
    for placed in rules:
        why, help = _impossible(placed.rule)
        if not why and isinstance(placed.rule, Obligation) and _undone(placed.rule, rules):
            why = "it asks for what its condition says was left undone, and nothing else asks for it"
            help = "say in a sentence of its own what is to be done, or take the condition out"
        if not why:
            why, help = _outside(placed, begin, end if not surviving & set(sections.path(placed.clause.section)) else None)
        if why:
            yield found("SG505", f"this can never apply: {why}", placed.clause.text, help)


def _life(rules: Sequence[PlacedRule]) -> tuple[tuple[date, PlacedRule] | None, tuple[date, PlacedRule] | None]:
    """The day on which the text takes effect and that on which it ends, where it names days, each with the rule that does."""
    begins = [placed for placed in rules if isinstance(placed.rule, Commencement) and not _PART.search(placed.rule.subject)]
    ends = [placed for placed in rules if isinstance(placed.rule, Term) and not _PART.search(placed.rule.subject)]
    begin = end = None
    if len(begins) == 1 and isinstance(begins[0].rule, Commencement) and isinstance(begins[0].rule.moment, Day):
        begin = begins[0].rule.moment.date, begins[0]
    if len(ends) == 1 and isinstance(ends[0].rule, Term) and isinstance(ends[0].rule.end, Day):
        end = ends[0].rule.end.date, ends[0]
    return begin, end


def _impossible(rule: Rule) -> tuple[str, str]:
    """Why a rule can never apply by itself, and what to do; two empty texts where it can."""
    times = _times(rule)
    if any(impossible(time) for time in times):
        return f"there is never such a time as {_said(times)}", "write a time that there is"
    between = span(times)
    if between.empty:
        return (
            f"it begins on {say_day(between.first)}, and its time is over on {say_day(between.last)} ({_said(times)})",
            "let its time end after it begins",
        )
    conditions = _conditions(rule)
    positive = [condition for condition in conditions if condition.link not in _TURNED]
    for one in positive:
        for other in conditions:
            if other.link in _TURNED and one.test == other.test:
                return f"it holds {_clear(one)}, and does not hold in just that case", "take one of the two conditions out"
            if other.link not in _TURNED and _denies(one, other):
                return f"it holds only {_clear(one)} and {_clear(other)} at once", "take one of the two conditions out"
    return "", ""


def _undone(rule: Obligation, rules: Sequence[PlacedRule]) -> bool:
    """Whether a duty begins only when it is itself not done, and no other rule asks for the same."""
    if rule.bearer is None or rule.times or not any(isinstance(each.test, Fails) for each in rule.conditions):
        return False
    who, act = say_actor(rule.bearer).casefold(), (rule.act.verb, rule.act.object.casefold())
    tests = [each.test for each in rule.conditions if each.link not in _TURNED and isinstance(each.test, Fails)]
    own = any(
        not test.times and test.event.actor.casefold() == who and (test.event.verb, test.event.object.casefold()) == act
        for test in tests
    )
    return own and not any(
        placed.rule is not rule
        and isinstance(placed.rule, Obligation)
        and (placed.rule.act.verb, placed.rule.act.object.casefold()) == act
        for placed in rules
    )


def _outside(placed: PlacedRule, begin: tuple[date, PlacedRule] | None, end: tuple[date, PlacedRule] | None) -> tuple[str, str]:
    """Why a rule lies wholly before or after the time in which the text is in force."""
    times = _times(placed.rule)
    between = span(times)
    if begin is not None and between.last < begin[0]:
        why = (
            f"its time is over on {say_day(between.last)}, and the text takes effect on {say_day(begin[0])} ({where(begin[1])})"
        )
        return why, "let it end later, or the text take effect earlier"
    if end is not None and between.first > end[0]:
        why = f"it begins on {say_day(between.first)}, and the text ends on {say_day(end[0])} ({where(end[1])})"
        return why, "say that it survives the end (`Section 7 survives termination.`), or let it begin earlier"
    return "", ""


def _times(rule: Rule) -> tuple[Time, ...]:
    return rule.times if isinstance(rule, Norm | Decision | Cessation | ForkRight) else ()


def _conditions(rule: Rule) -> tuple[Condition, ...]:
    return rule.conditions if isinstance(rule, Norm | Decision | Cessation | ForkRight) else ()


def _said(times: tuple[Time, ...]) -> str:
    return f"“{say_times(times).strip()}”"


def _clear(condition: Condition) -> str:
    return circumstance(condition).strip()


def _denies(one: Condition, other: Condition) -> bool:
    """Whether one condition is the other with `not` in it."""
    if not isinstance(one.test, Unknown) or not isinstance(other.test, Unknown):
        return False
    text = f" {one.test.text} "
    return any(
        text.count(denial) == 1 and text.replace(denial, denial.replace(" not ", " ")).strip() == other.test.text.strip()
        for denial in _DENIALS
    )
