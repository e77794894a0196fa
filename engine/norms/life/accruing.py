"""What an instance comes to in money: when it grows, for how long, and what is left of it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from syngraph.engine.norms.life.course import Reckoned, State
from syngraph.engine.norms.life.instances import Instance, Status
from syngraph.engine.norms.life.lending import Loan, loan_of, outstanding, paid_of, stretches
from syngraph.engine.norms.life.limiting import bounded
from syngraph.engine.norms.said.balances import PAID, whole_paid
from syngraph.engine.norms.said.texts import survives
from syngraph.engine.norms.said.windows import Periodic, turn
from syngraph.engine.norms.sums.money import Circumstances, Stretch, Unsettled, evaluate, grows, is_for_delay
from syngraph.engine.norms.sums.reckoning import reckoned
from syngraph.grammar.amounts import Amount, Day, From, Money, Named

_OF_THE_BREACH = ("instalment", "installment", "payment")
"""What a text calls the sum that is late, all of it (`a charge of 5% of that instalment`)."""


def circumstances(state: State, instance: Instance, until: date) -> Circumstances:
    """What the amount of an instance depends on, on a day.

    What grows with a breach grows until that is mended or the agreement ends, unless the norm outlives it; the time for which
    either was suspended is left out.
    """
    slot = instance.slot
    terms = state.setting.texts[slot.index].given.amounts
    if state.changed:
        terms = {**terms, **state.changed}
    if whole := whole_paid(slot.act.amount):
        sum_ = evaluate(Named(whole), Circumstances(terms))
        currency = sum_.currency if isinstance(sum_, Money) else ""
        terms = {**terms, f"{PAID}{whole}": Money(paid_of(state, instance), currency)}
    broken = state.instances.get(instance.source) if instance.source is not None else None
    loan = loan_of(slot, state.setting.texts[slot.index].given)
    if loan is not None:
        terms = {**terms, loan.name: outstanding(state, loan, instance.bearers, until)[-1][1]}
    if broken is None or broken.due is None or loan is not None:
        return _running_on(state, instance, loan, Circumstances(terms), until)
    calendar = state.calendar
    start = calendar.day(broken.due)
    end = until if broken.settled is None else min(until, calendar.day(broken.settled))
    if state.ended is not None and survives(slot, state.index.given) is None:
        end = min(end, calendar.day(state.ended))
    if broken.owed is not None:
        terms = {**dict.fromkeys(_OF_THE_BREACH, broken.owed), **terms}
    found = _overdue(state, terms, broken, start, end)
    if not (broken.pauses or broken.suspended or instance.pauses or instance.suspended):
        return found
    stretches = tuple(
        replace(each, start=_running(state, broken, instance, each.start), end=_running(state, broken, instance, each.end))
        for each in found.stretches
    )
    return replace(found, stretches=stretches)


def _running_on(state: State, instance: Instance, loan: Loan | None, found: Circumstances, until: date) -> Circumstances:
    """The circumstances of interest that runs without a breach: from the day that the text names, or that of the last time it
    fell due, or of the first money lent, until it falls due or the agreement ends.
    """
    if instance.amount is None or not grows(instance.amount):
        return found
    calendar, slot = state.calendar, instance.slot
    end = until if instance.due is None else min(until, calendar.day(instance.due))
    if state.ended is not None and survives(slot, state.index.given) is None:
        end = min(end, calendar.day(state.ended))
    starts = [time.moment.date for time in slot.norm.times if isinstance(time, From) and isinstance(time.moment, Day)]
    plan = state.setting.texts[slot.index].plans.get(slot.id)
    if isinstance(plan, Periodic) and instance.due is not None:
        here = turn(plan, calendar.day(instance.due), state.setting.origin, calendar)
        before = turn(plan, here.first - timedelta(days=1), state.setting.origin, calendar).moment
        begun = calendar.day(state.started) if state.started is not None else None
        starts += [before] if before is not None and (begun is None or before >= begun) else []
    start = max(starts) if starts else None
    if loan is not None:
        return replace(found, stretches=stretches(state, loan, instance.bearers, start, end), lent=loan.name)
    if start is None:
        return found
    return replace(found, stretches=(Stretch(start, max(start, end), Money(_NOTHING, "")),))


def paused(state: State, instance: Instance, until: date) -> int:
    """For how many days up to one an instance was suspended after it fell due."""
    return len(_paused_days(state, instance, until))


def _running(state: State, broken: Instance, instance: Instance, until: date) -> date:
    """A day, moved back by the days up to it on which a breach or what is owed for it was suspended."""
    return until - timedelta(days=len(_paused_days(state, broken, until) | _paused_days(state, instance, until)))


def _paused_days(state: State, instance: Instance, until: date) -> set[date]:
    day = state.calendar.day
    spans = [(day(since), min(day(end), until)) for since, end in instance.pauses]
    spans += [(day(instance.suspended), until)] if instance.suspended is not None else []
    first = day(instance.due) if instance.due is not None else date.min
    return {
        max(start, first) + timedelta(days=number) for start, end in spans for number in range((end - max(start, first)).days)
    }


def _overdue(state: State, terms: Mapping[str, Amount], broken: Instance, start: date, end: date) -> Circumstances:
    """What a breach has left unpaid, and since when."""
    assert broken.due is not None
    calendar = state.calendar
    if broken.owed is None:
        return Circumstances(terms, None, (Stretch(start, max(start, end), Money(_NOTHING, "")),))
    balance = broken.owed.amount - sum((each.money.amount for each in broken.payments if each.instant <= broken.due), _NOTHING)
    overdue = Money(balance, broken.owed.currency)
    stretches: list[Stretch] = []
    at = start
    for payment in broken.payments:
        if payment.instant > broken.due:
            day = min(calendar.day(payment.instant), max(start, end))
            stretches.append(Stretch(at, day, Money(balance, overdue.currency)))
            balance -= payment.money.amount
            at = day
    stretches.append(Stretch(at, max(at, end), Money(balance, overdue.currency)))
    return Circumstances(terms, overdue, tuple(stretches))


def owed(state: State, instance: Instance, day: date) -> Money | Unsettled | None:
    """What an instance comes to in all, paid or not, on a day; None when it is not about money."""
    if instance.amount is None:
        return None
    if instance.owed is not None:
        return instance.owed
    come_to = _uncapped(state, instance, day)
    return within_caps(state, instance, come_to, day) if isinstance(come_to, Money) else come_to


def within_caps(state: State, instance: Instance, come_to: Money, day: date) -> Money | Unsettled:
    """What an instance comes to by the caps on what is owed together with others."""
    if instance.key.slot not in state.setting.texts[instance.slot.index].given.caps:
        return come_to
    return bounded(state, instance, come_to, lambda other: _uncapped(state, other, day), lambda other: is_growing(state, other))


def _uncapped(state: State, instance: Instance, day: date) -> Money | Unsettled | None:
    if instance.amount is None:
        return None
    return reckon(state, instance.key.slot, instance.amount, circumstances(state, instance, day)).come_to


def reckon(state: State, slot: str, amount: Amount, given: Circumstances, with_line: bool = False) -> Reckoned:
    """What the amount of a norm comes to, worked out once for all states of one setting."""
    place = (slot, given.stretches)
    known = state.sums.get(place)
    if known is None or known.amount is not amount or known.given != given:
        known = Reckoned(amount, given, evaluate(amount, given))
        state.sums[place] = known
    if with_line and known.line is None:
        known = replace(known, line=reckoned(amount, given))
        state.sums[place] = known
    return known


def balance(state: State, instance: Instance, day: date) -> Money | Unsettled | None:
    """What is still to be paid on a day."""
    whole = owed(state, instance, day)
    if not isinstance(whole, Money):
        return whole
    return Money(max(whole.amount - instance.paid, _NOTHING), whole.currency)


def is_growing(state: State, instance: Instance) -> bool:
    """Whether more will be owed tomorrow."""
    if instance.amount is None or not grows(instance.amount):
        return False
    if state.ended is not None and survives(instance.slot, state.index.given) is None:
        return False
    if instance.source is None and not is_for_delay(instance.amount):
        return instance.due is None or state.calendar.day(state.now) < state.calendar.day(instance.due)
    source = state.instances.get(instance.source) if instance.source is not None else None
    return source is not None and source.status is Status.VIOLATED


_NOTHING = Decimal(0)
