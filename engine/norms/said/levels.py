"""Norms about levels: what is to be kept at one, and the conditions that hang on what is measured."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

from syngraph.engine.norms.words.wording import noun
from syngraph.grammar.amounts import After, Amount, Before, By, Capped, Duration, Each, Event, On, Part, Unit, Until, Within
from syngraph.grammar.lexicon import inflected
from syngraph.grammar.measures import Level, Measured, Range
from syngraph.grammar.phrases.levels import of_period
from syngraph.grammar.phrases.measures import level, standing
from syngraph.grammar.phrases.persons import somebody
from syngraph.grammar.rules import Link, Mode, Norm, Obligation, Prohibition

_KEEPING = frozenset({"keep", "maintain", "provide", "achieve", "hold", "store", "preserve", "carry", "transport"})
_SEEING_TO = frozenset({"ensure", "guarantee", "procure", "warrant", "see"})
_LETTING = frozenset({"let", "allow", "permit", "cause"})
_BEING = frozenset(
    {"exceed", "fall", "drop", "sink", "go", "rise", "climb", "be", "remain", "stay", "increase", "decrease", "reach"}
)
_THROUGHOUT = re.compile(r"(?:at\s(?:all\stimes|any\s(?:time|point))|throughout|always)?$")


@dataclass(frozen=True, slots=True)
class Gauge:
    """What of a norm a measure decides: its own level (`number` None), or the condition with that number.

    `per` is the period that a measure of its own level must be of, None for any.
    """

    slot: str
    level: Level
    number: int | None = None
    per: Unit | None = None


def levelled(norm: Norm) -> Norm:
    """A norm about a level as one that holds all the time, where it names no day by which, or period in which, it is to be so.

    Of a level that has a subject of its own (`The humidity shall not exceed 70%`) nobody is named as bearer.
    """
    norm = _together(norm)
    found = _kept(norm)
    if found is None or not isinstance(norm, Obligation | Prohibition):
        return norm
    times = tuple(
        Until(time.moment) if isinstance(time, Before) and isinstance(time.moment, Event) else time for time in norm.times
    )
    unit = of_period(found[1]) if isinstance(norm, Obligation) else None
    if unit is not None:
        times = (*times, Each(Duration(1, unit)))
    norm = replace(norm, times=times)
    if isinstance(norm, Obligation) and unit is not None:
        norm = replace(norm, mode=Mode.ACHIEVE)
    if norm.act.verb in _BEING:
        act = norm.act
        said = f"{act.object} {act.rest}".strip()
        if isinstance(norm, Prohibition):
            act = replace(act, verb="let", object=f"{_subject(norm)} {act.verb} {said}", rest="")
        else:
            act = replace(act, verb="ensure", object=f"that {_subject(norm)} {inflected(act.verb).third} {said}", rest="")
        norm = replace(norm, bearer=None, act=act)
    if isinstance(norm, Obligation) and not any(isinstance(time, Each | By | Before | Within | On | After) for time in times):
        norm = replace(norm, mode=Mode.MAINTAIN)
    return norm


def _together(norm: Norm) -> Norm:
    """A norm in which several conditions on one quantity are one: the same measure must meet all of them."""
    positive = [each for each in norm.conditions if each.link not in (Link.UNLESS, Link.EXCEPT)]
    found = [each for each in positive if isinstance(each.test, Measured)]
    tests = [each.test for each in found if isinstance(each.test, Measured)]
    if len(tests) < 2 or not all(_is_plain(test, tests[0]) for test in tests):
        return norm
    whole: Range | None = tests[0].level.range
    for test in tests[1:]:
        whole = whole.within(test.level.range) if whole is not None else None
    if whole is None:
        return norm
    per = next((test.per for test in tests if test.per is not None), None)
    text = ", and ".join(dict.fromkeys(test.text for test in tests))
    one = replace(found[0], test=replace(tests[0], text=text, level=replace(tests[0].level, range=whole), per=per))
    rest = (one if each is found[0] else each for each in norm.conditions if each is found[0] or each not in found)
    return replace(norm, conditions=tuple(rest))


def _is_plain(test: Measured, first: Measured) -> bool:
    """Whether a condition on a measure asks for a range of the same quantity as another, once, and says no more of it."""
    if test.level.outside or (test.count, test.each, test.within, test.before, test.aside) != (1, None, None, None, ""):
        return False
    periods = {test.per, first.per} - {None}
    return len(periods) <= 1 and alike(test.level.quantity, first.level.quantity)


def to_be_so(norm: Norm) -> str:
    """What a norm wants to be so rather than done, in words that follow `whether`; "" where it wants an act."""
    act = norm.act
    if act.verb in _SEEING_TO and act.object.startswith("that "):
        return act.object.removeprefix("that ")
    return f"it was so: {act.text}" if kept(norm) is not None else ""


def kept(norm: Norm) -> Level | None:
    """The level that a norm asks for or, as a prohibition, forbids; None where it is about none, or says more of it."""
    found = _kept(norm)
    return found[0] if found is not None else None


def _kept(norm: Norm) -> tuple[Level, str] | None:
    """The level that a norm is about, and the words after it."""
    act = norm.act
    said = f"{act.object} {act.rest}".strip()
    found: tuple[Level, str] | None = None
    if isinstance(norm, Obligation) and act.verb in _SEEING_TO:
        _, that, clause = said.partition("that ")
        found = level(clause) if that else standing(said)
    elif act.verb in _KEEPING and isinstance(norm, Obligation | Prohibition):
        found = standing(said)
    elif isinstance(norm, Prohibition) and act.verb in _LETTING:
        found = level(said)
    if found is None and isinstance(norm, Obligation | Prohibition) and act.verb in _BEING:
        found = level(f"{_subject(norm)} {act.verb} {said}")
        if found is not None and found[0].range.dimension not in ("share", "temperature") and somebody(found[0].quantity):
            return None  # the Tenant shall not exceed 50 dB
    if found is None or not (_THROUGHOUT.match(found[1]) or of_period(found[1])):
        return None
    return replace(found[0], quantity=found[0].quantity.removesuffix(" to")), found[1]


def gauges(slot: str, norm: Norm) -> Iterator[tuple[str, Gauge]]:
    """What of a norm measures decide, by the noun of the quantity."""
    if (own := _kept(norm)) is not None:
        yield noun(own[0].quantity).head, Gauge(slot, own[0], None, of_period(own[1]))
    for number, condition in enumerate(norm.conditions):
        if isinstance(condition.test, Measured):
            one = condition.test.level
            yield noun(one.quantity).head, Gauge(slot, one, number)


def alike(said: str, ruled: str) -> bool:
    """Whether two phrases can name the same quantity: what it is of may be left out, another kind of it is another.

    >>> alike("the temperature", "the temperature of the Goods"), alike("the lowest temperature", "the temperature")
    (True, False)
    """
    first, second = noun(said), noun(ruled)
    if first.head != second.head or first.modifiers != second.modifiers:
        return False
    return first.complement is None or second.complement is None or first.complement == second.complement


def stepped(amount: Amount | None, norm: Norm, measured: Level | None) -> Amount | None:
    """An amount as many times as a measure lies steps beyond a level, where the text says so; else as it is."""
    asked = next((one.test for one in norm.conditions if isinstance(one.test, Measured) and one.test.each is not None), None)
    steps = asked.steps(measured.range) if asked is not None and measured is not None else None
    if amount is None or not steps:
        return amount
    if isinstance(amount, Capped):
        return replace(amount, amount=Part(Fraction(steps), amount.amount))
    return Part(Fraction(steps), amount)


def _subject(norm: Norm) -> str:
    bearer = norm.bearer
    if bearer is None or len(bearer.roles) != 1:
        return ""
    return f"the {bearer.roles[0]} {bearer.qualifier}".strip()
