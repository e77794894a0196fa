"""What a fact does for duties: it performs them, pays them in whole or in part, or is kept for the next time.

The functions change the state of a fold that is under way (`course.State`); nothing else calls them.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from fractions import Fraction

from syngraph.engine.norms.lasting.lapsing import mended
from syngraph.engine.norms.life import instances
from syngraph.engine.norms.life.accruing import balance, is_growing
from syngraph.engine.norms.life.charging import PAYING
from syngraph.engine.norms.life.counting import count, needed
from syngraph.engine.norms.life.course import (
    ALL,
    Credit,
    State,
    doubt_of,
    put,
    said,
    use,
)
from syngraph.engine.norms.life.exchanging import Left, Worth, by_rate, taken, unsettled, worth
from syngraph.engine.norms.life.instances import ANYBODY, OWING, THE, Instance, Key, Payment, Reason, Status
from syngraph.engine.norms.life.lending import shared
from syngraph.engine.norms.life.reaching import parts_of
from syngraph.engine.norms.life.weighing import counts, counts_for
from syngraph.engine.norms.said import matching
from syngraph.engine.norms.said.allocating import rank
from syngraph.engine.norms.said.index import SHADOW
from syngraph.engine.norms.said.listing import left_open, singly, things
from syngraph.engine.norms.said.matching import Strength
from syngraph.engine.norms.said.texts import Slot
from syngraph.engine.norms.said.windows import Every
from syngraph.engine.norms.sums.money import Unsettled, grows, written
from syngraph.engine.norms.told.facts import RecordedFact
from syngraph.engine.norms.words.manner import other_way
from syngraph.engine.norms.words.periods import period_of
from syngraph.engine.norms.words.wording import noun, plain
from syngraph.grammar.amounts import Ahead, Amount, Money
from syngraph.grammar.rules import Mode, Obligation, Quantifier

Owed = tuple[tuple[Slot, Strength], ...]


@dataclass(frozen=True, slots=True)
class _Open:
    instance: Instance
    slot: Slot
    strength: Strength


def perform(state: State, recorded: RecordedFact, instant: datetime, owed: Owed) -> bool:
    """Applies a fact to what its actor owes: a cited section first, then a named object, then any sum of money."""
    if not owed:
        return False
    who = matching.actors(recorded.fact, state.setting.roles)
    found: list[_Open] = []
    for slot, strength in owed:
        latest = _latest(state, recorded, slot, instant)
        for instance in _owing(state, slot, who, recorded):
            if (
                _in_window(state, instance, latest)
                and (strength is Strength.CITED or _is_creditor(state, instance, recorded))
                and counts(state, recorded, instance)
            ):
                found.append(_Open(instance, slot, strength))
    if not found:
        # Notice of a meeting is given before anybody can know that it will be held: the meeting looks back at it.
        if _credit(state, recorded, owed, who, recorded.fact.amount):
            return True
        return any(isinstance(time, Ahead) for slot, _ in owed for time in slot.norm.times)
    chosen = found
    if len(found) > 1:
        best = max(one.strength for one in found)
        ordered = best <= Strength.AMOUNT and bool(state.index.given.allocation)
        if not ordered and best is Strength.AMOUNT and (exact := _exactly(state, found, recorded)) is not None:
            best, found = exact.strength, [exact]
        if ordered:
            chosen = sorted(found, key=lambda one: (rank(state.index.given.allocation, one.slot.norm), _age(one)))
        else:
            chosen = _of_period(sorted((one for one in found if one.strength is best), key=_age), recorded)
    if any(_missing(state, one.instance, recorded, instant) for one in chosen):
        return True
    if any(one.instance.amount is not None for one in chosen):
        return _pay(state, recorded, instant, chosen, owed, who)
    counted = count(state, recorded, instant, [one.instance for one in chosen])
    if counted is not None:
        for instance in counted:
            _finish(state, instance.key, instant)
        return True
    done: set[tuple[str, str]] = set()
    for one in chosen:
        # What several did together each of them did, once.
        place = (one.slot.id, one.instance.key.bearer if len(who) > 1 else "")
        if place not in done:
            done.add(place)
            _done(state, one.instance, instant, recorded)
    return True


_EACH = ("each ", "every ")


def _missing(state: State, instance: Instance, recorded: RecordedFact, instant: datetime) -> bool:
    """Whether somebody is missing whom an act is to reach, or who is to do it with the others; what there is of it is kept."""
    instance = state.instances[instance.key]
    done, left = parts_of(state, instance, recorded)
    if not done:
        return False
    is_one = instance.amount is None and needed(state, instance) is None and len(things(instance.slot.act.object)) == 1
    if is_one:
        if left:
            still = Reason(f"that is part of it: {left} still to come")
            put(state, instances.partly(instance, done, said(recorded), still, recorded.id))
            use(state, recorded, instance.key)
        return bool(left)
    if not left and not instance.done and not instance.perhaps and not instance.slot.act.to.startswith(_EACH):
        return False
    use(state, recorded, instance.key)
    if instance.amount is not None and instance.owed == recorded.fact.amount and instance.slot.act.to.startswith(_EACH):
        if not left:
            put(state, instances.performed(instance, instant, said(recorded), recorded.id))
            settle_dependents(state, instance.key, instant)
            return True
        instance = replace(instance, done=instance.done | done)
    why = f"the text says {instance.slot.act.text}: whether {left or 'everyone'} had theirs"
    put(state, instances.questioned(instance, (doubt_of(recorded, why),), recorded.id))
    return True


def _owing(state: State, slot: Slot, who: frozenset[str], recorded: RecordedFact) -> list[Instance]:
    borne = (*sorted(who), ANYBODY) if who else (ANYBODY, ALL)
    open_ = [there for bearer in borne if (there := state.open.get((slot.id, bearer)))]
    actor = slot.norm.bearer
    offices = state.open.get((slot.id, THE))
    if offices and actor is not None and actor.quantifier is Quantifier.THE:
        day = recorded.fact.day
        mine = [role for role in actor.roles if any(state.setting.roles.holds(one, role, day) for one in who)]
        if len(actor.roles) == len(mine):
            open_.append(offices)
        elif mine:
            open_.append({key: None for key in offices if _is_of(state, key, mine)})
    keys = open_[0] if len(open_) == 1 else dict.fromkeys(key for keys in open_ for key in keys)
    return [state.instances[key] for key in keys]


def _is_of(state: State, key: Key, roles: list[str]) -> bool:
    """Whether one of these roles is the one by which an instance binds: the Tenant does not do what the Landlord has to."""
    instance = state.instances[key]
    day = state.calendar.day(instance.arisen)
    return any(state.setting.roles.holds(one, role, day) for one in instance.bearers for role in roles)


def _latest(state: State, recorded: RecordedFact, slot: Slot, instant: datetime) -> datetime:
    """The last instant at which a fact may have happened, where the text asks for a time of day and the fact names none."""
    if recorded.fact.time or not slot.timed:
        return instant
    return state.calendar.end_of(recorded.fact.day)


def _in_window(state: State, instance: Instance, instant: datetime) -> bool:
    """Whether an act at that instant can still count: not too early, and not for a period that had to see it done.

    What is to be kept up is not done by one act, but a breach of it is mended by one.
    """
    if isinstance(instance.slot.norm, Obligation) and instance.slot.norm.mode is Mode.MAINTAIN:
        return instance.status is Status.VIOLATED
    if instance.opens is not None and instant < instance.opens and instance.amount is None:
        return False
    late = instance.status is Status.VIOLATED and instance.amount is None
    return not (late and isinstance(state.setting.texts[instance.slot.index].plans[instance.key.slot], Every))


def _is_creditor(state: State, instance: Instance, recorded: RecordedFact) -> bool:
    """Whether a fact went to whom it should: what is owed for a breach, to the one who was let down unless the text says."""
    source = state.instances.get(instance.source) if instance.source is not None else None
    if instance.slot.act.to or source is None:
        return True  # the words of the fact were compared with those of the rule
    return matching.counterparty(recorded.fact.event.to, source.slot.act.to, recorded.fact.day, state.setting.roles)


def _of_period(found: list[_Open], recorded: RecordedFact) -> list[_Open]:
    """What a fact is for where it names a month, quarter or year (`the report for March`): what arose for that, else all."""
    period = period_of(recorded.fact.event.object, recorded.fact.day)
    if period is None:
        return found
    first, last = (each.isoformat() for each in period)
    return [one for one in found if first <= one.instance.key.occasion <= last] or found


def _age(one: _Open) -> tuple[bool, datetime, datetime]:
    due = one.instance.due
    return due is None, due or one.instance.arisen, one.instance.arisen


def _done(state: State, instance: Instance, instant: datetime, recorded: RecordedFact) -> None:
    ruled = things(instance.slot.act.object)
    if len(ruled) > 1:
        done = _named(state, instance, recorded)
        rest = [thing for thing in ruled if thing not in done | instance.done]
        if rest:
            still = Reason(f"that is part of it: {', '.join(rest)} {'is' if len(rest) == 1 else 'are'} still to come")
            put(state, instances.partly(instance, done, said(recorded), still, recorded.id))
            use(state, recorded, instance.key)
            return
    if instance.suspended is not None and instance.status is Status.IN_FORCE:
        put(state, instances.tendered(instance, said(recorded), recorded.id))
        use(state, recorded, instance.key)
        return
    put(state, _by_manner(instances.performed(instance, instant, said(recorded), recorded.id), recorded))
    use(state, recorded, instance.key)
    settle_dependents(state, instance.key, instant)


def _named(state: State, instance: Instance, recorded: RecordedFact) -> frozenset[str]:
    """Which of the things that an act names together a fact names; all of them where it names none."""
    slot, fact, bodies = instance.slot, recorded.fact, state.setting.texts[instance.slot.index].given.bodies
    if not noun(fact.event.object).head or noun(fact.event.object) == noun(slot.act.object):
        return frozenset(things(slot.act.object))
    pairs = [(one, replace(told, under="")) for one, told in singly(slot, fact)]
    found = ((one, matching.act_of(one, told, bodies, state.setting.roles)) for one, told in pairs)
    return frozenset(one.act.object for one, match in found if isinstance(match, matching.Match))


def count_tendered(state: State, key: Key, instant: datetime) -> None:
    """Lets what was done or paid while an instance was suspended count, now that it goes on."""
    instance = state.instances[key]
    recorded = state.facts.get(instance.tendered)
    if recorded is not None:
        why = Reason("what was done meanwhile counts from now")
        put(state, _by_manner(replace(instances.performed(instance, instant, why, ""), tendered=""), recorded))
        settle_dependents(state, key, instant)
    elif instance.payments:
        settle(state, key, instant)


def _finish(state: State, key: Key, instant: datetime) -> None:
    put(state, instances.performed(state.instances[key], instant, Reason("all that was asked for is done"), ""))
    settle_dependents(state, key, instant)


def _by_manner(instance: Instance, recorded: RecordedFact) -> Instance:
    """What was done, in doubt if it was done in another way than the text says, or may be less than it asks for."""
    if less := left_open(instance.slot, recorded.fact):
        instance = instances.doubted(instance, Reason(less, recorded.place))
    way = other_way(recorded.fact.event.object, instance.slot.act)
    if not way:
        return instance
    why = f"it was done {way}, the text says {instance.slot.act.text}: whether that will do, people must say"
    return instances.doubted(instance, Reason(why, recorded.place))


def _pay(state: State, recorded: RecordedFact, instant: datetime, chosen: list[_Open], owed: Owed, who: frozenset[str]) -> bool:
    """Applies a payment to what is chosen, the oldest first."""
    amount = recorded.fact.amount
    if not isinstance(amount, Money):
        _done(state, chosen[0].instance, instant, recorded)
        return True
    left = Left(amount, Fraction(amount.amount))
    touched = False
    for one in _in_order(state, chosen, amount, recorded):
        if not left.exact:
            break
        instance = state.instances[one.instance.key]  # what was paid before it may be part of the same sum
        rest = balance(state, instance, recorded.fact.day)
        if rest is None:
            continue
        rate = worth(state, instance, amount.currency, rest, recorded.fact.day)
        if isinstance(rate, Unsettled) or isinstance(rest, Unsettled):
            put(state, unsettled(instance, left.money, rest, rate, recorded))
            use(state, recorded, instance.key)
            touched = True
        elif rest.amount:
            left = _part(state, instance, left, rest, rate, instant, recorded)
            touched = True
    if left.money.amount:
        touched = _credit(state, recorded, owed, who, left.money) or touched
    return touched


def _in_order(state: State, chosen: list[_Open], amount: Money, recorded: RecordedFact) -> list[_Open]:
    """The oldest balance first; among duties that only a sum of money speaks for, one of exactly that balance before all."""
    if chosen[0].strength <= Strength.AMOUNT and not state.index.given.allocation:
        exact = next((one for one in chosen if _is_exactly(state, one.instance, amount, recorded)), None)
        return chosen if exact is None else [exact, *(one for one in chosen if one is not exact)]
    return chosen


def _exactly(state: State, found: list[_Open], recorded: RecordedFact) -> _Open | None:
    """The one duty to repay of which the balance was paid to the cent, where that is no other balance."""
    amount = recorded.fact.amount
    if not isinstance(amount, Money) or all(one.strength is not Strength.OTHERWISE for one in found):
        return None
    exact = [one for one in found if _is_exactly(state, one.instance, amount, recorded)]
    return exact[0] if len(exact) == 1 and exact[0].strength is Strength.OTHERWISE else None


def _is_exactly(state: State, instance: Instance, amount: Money, recorded: RecordedFact) -> bool:
    if instance.owed is not None and not instance.payments:
        return instance.owed == amount  # the common case, and there can be many
    return balance(state, instance, recorded.fact.day) == amount


def _part(
    state: State, instance: Instance, left: Left, rest: Money, rate: Worth, instant: datetime, recorded: RecordedFact
) -> Left:
    """Pays what is owed as far as what is left of a payment goes; what is left then."""
    part, over = taken(left, rest, rate)
    if not part.amount:
        return over
    payment = Payment(instant, part, recorded.id)
    instance = by_rate(state, instance, rate, part, left, over)
    paid = _by_manner(instances.paid(instance, payment, said(recorded)), recorded)
    if recorded.fact.amount != part and not rate.rates:
        paid = instances.noted(paid, Reason(f"{written(part)} of it is for this"))
    use(state, recorded, instance.key)
    put(state, paid)
    settle(state, paid.key, instant)
    _share(state, paid.key, payment, recorded)
    return over


def _share(state: State, key: Key, payment: Payment, recorded: RecordedFact) -> None:
    """Lets a payment count for what is part of the same sum as well, the oldest first."""
    left = payment.money.amount
    whole = bool(state.index.parts.get(key.slot))
    for other in shared(state, key):
        rest = balance(state, other, recorded.fact.day)
        if not isinstance(rest, Money) or rest.currency != payment.money.currency or not rest.amount or not left:
            continue
        part = Money(min(rest.amount, left), rest.currency)
        left -= part.amount if whole else 0
        put(state, instances.noted(instances.paid(other, replace(payment, money=part), said(recorded)), _SAME_SUM))
        use(state, recorded, other.key)
        settle(state, other.key, payment.instant)


_SAME_SUM = Reason("it is paid on what is part of the same sum")


def settle(state: State, key: Key, instant: datetime) -> None:
    """Closes an instance on which nothing is left to pay and nothing more accrues: who paid nothing has fulfilled nothing."""
    instance = state.instances[key]
    if instance.amount is None or instance.status not in OWING or is_growing(state, instance):
        return
    rest = balance(state, instance, state.calendar.day(instant))
    if not isinstance(rest, Money) or rest.amount:
        return
    if instance.payments:
        done = Reason(f"{written(Money(instance.paid, rest.currency))} is paid, nothing is left")
        put(state, instances.performed(instance, instant, done, ""))
    else:
        put(state, instances.discharged(instance, instant, Reason("nothing has come to be owed")))
    settle_dependents(state, key, instant)


def settle_grown(state: State, instant: datetime) -> None:
    """Closes what stopped growing with the end of the agreement and is paid in full."""
    for instance in tuple(state.instances.values()):
        if instance.payments and instance.amount is not None and grows(instance.amount):
            settle(state, instance.key, instant)


def settle_dependents(state: State, key: Key, instant: datetime) -> None:
    """After a breach is mended: closes what grew with it, and lets go of what waited for it."""
    for dependent in state.dependents.get(key, ()):
        settle(state, dependent, instant)
        other = state.instances[dependent]
        if SHADOW in dependent.slot and other.status in OWING:
            put(state, instances.performed(other, instant, Reason("the breach was cured"), ""))
    mended(state, key, instant)


def _credit(state: State, recorded: RecordedFact, owed: Owed, who: frozenset[str], amount: Amount | None) -> bool:
    """Keeps money that was paid before it was owed for the next time that it is."""
    if not isinstance(amount, Money) or len(who) != 1:
        return False
    sure = [slot for slot, strength in owed if strength > Strength.AMOUNT] or ([owed[0][0]] if len(owed) == 1 else [])
    if not sure or sure[0].act.verb not in PAYING:
        return False
    slot, (bearer,) = sure[0], tuple(who)
    actor = slot.norm.bearer
    day = recorded.fact.day
    if actor is None or not any(state.setting.roles.holds(bearer, role, day) or plain(role) == bearer for role in actor.roles):
        return False
    if not counts_for(state, recorded, slot, (bearer,)):
        return False
    state.credits[slot.id, bearer] = (*state.credits.get((slot.id, bearer), ()), Credit(amount, recorded))
    return True


def apply_credits(state: State, key: Key) -> None:
    """Uses money that was paid before its time for an instance that has just arisen."""
    instance = state.instances[key]
    if instance.amount is None or not any((key.slot, bearer) in state.credits for bearer in instance.bearers):
        return
    if is_growing(state, instance):
        return
    for bearer in instance.bearers:
        kept: list[Credit] = []
        credits = state.credits.pop((key.slot, bearer), ())
        for number, credit in enumerate(credits):
            instance = state.instances[key]
            if instance.status not in OWING:
                kept += credits[number:]
                break
            rest = balance(state, instance, state.calendar.day(instance.arisen))
            if rest is None or (isinstance(rest, Money) and not rest.amount):
                kept.append(credit)
                continue
            rate = worth(state, instance, credit.money.currency, rest, credit.fact.fact.day)
            if isinstance(rate, Unsettled) or isinstance(rest, Unsettled):
                put(state, unsettled(instance, credit.money, rest, rate, credit.fact))
                kept.append(credit)
            else:
                left = Left(credit.money, Fraction(credit.money.amount))
                over = _part(state, instance, left, rest, rate, instance.arisen, credit.fact).money
                kept += [Credit(over, credit.fact)] if over.amount else []
        if kept:
            state.credits[key.slot, bearer] = tuple(kept)
