"""Conditions of a norm as the record can tell them: a breach is an event, and how long something has lasted nobody sees."""

import re
from dataclasses import replace
from fractions import Fraction
from typing import TypeGuard

from syngraph.engine.norms.said.lasting import lasting
from syngraph.engine.norms.said.recurrence import each_breach, repeated
from syngraph.engine.norms.sums.money import grows
from syngraph.grammar.amounts import (
    Accrual,
    After,
    Capped,
    DayOfYear,
    Duration,
    Each,
    Event,
    From,
    Instalments,
    NthDay,
    Rate,
    Time,
    Unit,
)
from syngraph.grammar.rules import Condition, Norm, Unknown

_FRONT = re.compile(
    r"for (?:each|every) (?:full |whole |(?P<begun>begun |started |commenced ))?(?P<unit>hour|day|week|month) of delay$",
    re.IGNORECASE,
)


def tellable(norm: Norm) -> Norm:
    """A norm whose conditions are such as facts can meet: `the Seller is in breach` is a breach by the Seller for as long as it
    lasts, and what must have happened twice is not met by the first time; what holds from an event on arises with it.
    """
    norm = _begun(norm)
    if not norm.conditions:
        return norm
    norm = _by_delay(norm)
    whose = f"the {norm.bearer.roles[0]}" if norm.bearer is not None else ""
    return replace(norm, conditions=tuple(_tellable(condition, whose) for condition in norm.conditions))


def _begun(norm: Norm) -> Norm:
    """A norm that holds from an event on (`from dispatch until delivery`) as one that arises after it.

    Of what grows with time, and of what comes again, the event tells from when it is counted.
    """
    counted = (norm.act.amount is not None and grows(norm.act.amount)) or any(_recurs(time) for time in norm.times)
    if counted or not any(_is_start(time) for time in norm.times):
        return norm
    return replace(norm, times=tuple(After(None, time.moment) if _is_start(time) else time for time in norm.times))


def _recurs(time: Time) -> bool:
    return isinstance(time, Each | Instalments) or isinstance(getattr(time, "moment", None), DayOfYear | NthDay)


def _is_start(time: Time) -> TypeGuard[From]:
    return isinstance(time, From) and not time.clock and isinstance(time.moment, Event)


def _by_delay(norm: Norm) -> Norm:
    """`For each day of delay, the Seller shall pay EUR 75` with its rate in the amount, where the text may as well put it."""
    found = ((each, _FRONT.match(each.test.text)) for each in norm.conditions if isinstance(each.test, Unknown))
    front, said = next(((each, match) for each, match in found if match), (None, None))
    fixed = norm.act.amount
    if front is None or said is None or fixed is None or isinstance(fixed, Rate):
        return norm
    style = Accrual.BEGUN_PERIODS if said["begun"] else Accrual.FULL_PERIODS
    per = Duration(1, Unit(said["unit"].lower()))
    whole = fixed.amount if isinstance(fixed, Capped) else fixed
    rate = Rate(whole, Fraction(1), per, style)
    grown = replace(fixed, amount=rate) if isinstance(fixed, Capped) else rate
    rest = tuple(each for each in norm.conditions if each is not front)
    return replace(norm, act=replace(norm.act, amount=grown), conditions=rest)


def _tellable(condition: Condition, whose: str) -> Condition:
    test = lasting(repeated(each_breach(condition.test, whose)))
    return condition if test is condition.test else replace(condition, test=test)
