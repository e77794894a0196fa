"""Payments as events: `after payment of the Deposit`, `until the Price has been paid`. Part of a sum is not that sum.

What a duty asks for is paid when nothing of it is left; a sum for which there is no duty, when the payments on it reach it.
"""

from decimal import Decimal

from syngraph.engine.norms.life.course import State, of_slot
from syngraph.engine.norms.life.instances import Instance, Status
from syngraph.engine.norms.life.timely import is_timely
from syngraph.engine.norms.said import matching
from syngraph.engine.norms.said.doing import is_of_instalments
from syngraph.engine.norms.said.index import Watch
from syngraph.engine.norms.sums.money import Circumstances, evaluate
from syngraph.engine.norms.told.facts import RecordedFact
from syngraph.engine.norms.words.wording import noun, plain, same, words_of
from syngraph.grammar.amounts import Event, Instalments, Money, Named
from syngraph.grammar.phrases.numbers import ORDINALS
from syngraph.grammar.phrases.sums import amount

_DONE = frozenset({Status.FULFILLED, Status.CURED})


def is_part(state: State, watch: Watch, recorded: RecordedFact) -> bool:
    """Whether a payment is not the one that a norm listens for: it leaves something of the sum unpaid, or is for something
    else. Where a duty asks for that sum, the duty tells when it is paid (`paid_off`).
    """
    money = recorded.fact.amount
    if not watch.pays or not isinstance(money, Money):
        return False
    if watch.duties:
        touched = [state.instances[key] for key in state.used.get(recorded.id, ()) if key.slot in watch.duties]
        return not touched or any(one.owed is not None for one in touched)
    asked = _sum(state, watch.event)
    if asked is None:
        return _is_bare(recorded) and bool(noun(watch.event.object).head)
    if asked.currency != money.currency or not _is_for(watch.event, recorded, state):
        return True
    before = sum((_paid(state, watch.event, earlier, asked.currency) for earlier in _earlier(state, recorded)), Decimal(0))
    if _is_bare(recorded) and noun(watch.event.object).head:
        return before + money.amount != asked.amount  # only the very sum can be meant where nobody says for what it is
    return not before < asked.amount <= before + money.amount


def _is_bare(recorded: RecordedFact) -> bool:
    """Whether a fact tells a sum of money and not for what it was paid."""
    return not noun(recorded.fact.event.object).head


def paid_off(state: State, recorded: RecordedFact) -> tuple[Watch, ...]:
    """The norms that listen for the payment of what a fact has paid to the last."""
    found: dict[tuple[str, object, int], Watch] = {}
    for key in state.used.get(recorded.id, ()):
        instance = state.instances.get(key)
        is_last = instance is not None and instance.status in _DONE and instance.facts[-1:] == (recorded.id,)
        for watch in state.index.payments.get(key.slot, ()) if is_last else ():
            by_whom = not watch.event.actor or matching.acted(watch.event.actor, recorded.fact, state.setting.roles)
            in_time = by_whom and is_timely(state, watch, recorded, state.calendar.at(recorded.fact.day, recorded.fact.time))
            if in_time and instance is not None and _is_meant(state, watch, instance):
                found[watch.slot.id, watch.use, watch.number] = watch
    return tuple(found.values())


def _is_meant(state: State, watch: Watch, paid: Instance) -> bool:
    """Whether the payment of an instalment is what a norm listens for: that of the one it names, of each, or of the whole sum
    where the others are paid too.
    """
    if not is_of_instalments(paid.slot):
        return True
    parts = sorted(
        (
            one
            for slot in watch.duties
            for one in of_slot(state, slot)
            if one.key.bearer == paid.key.bearer and is_of_instalments(one.slot)
        ),
        key=lambda one: (one.due is None, one.due or one.arisen),
    )
    several = next((time.count for time in paid.slot.norm.times if isinstance(time, Instalments)), 0)
    count = several or len([slot for slot in watch.duties if is_of_instalments(state.index.slots[slot])])
    if noun(watch.event.object).head != "instalment":
        done = [one for one in parts if one.status in _DONE]
        whole = None if several else _sum(state, watch.event)
        left = whole.amount - sum((one.paid for one in done), Decimal(0)) if whole is not None else Decimal(0)
        return len(done) >= count and left <= 0
    words = words_of(watch.event.object)
    named = next((ORDINALS[word] for word in words if word in ORDINALS), count if "final" in words else 0)
    return not named or parts.index(paid) + 1 == (count if named < 0 else named)


def _sum(state: State, event: Event) -> Money | None:
    """The sum that an event names, None where the text does not tell it."""
    terms, thing = state.index.given.amounts, event.object
    named = Named(plain(thing)) if plain(thing) in terms else amount(thing)
    come_to = evaluate(named, Circumstances(terms)) if named is not None else None
    return come_to if isinstance(come_to, Money) else None


def _earlier(state: State, recorded: RecordedFact) -> list[RecordedFact]:
    return state.heard.get(recorded.fact.event.verb, [])


def _paid(state: State, event: Event, recorded: RecordedFact, currency: str) -> Decimal:
    money = recorded.fact.amount
    is_meant = isinstance(money, Money) and money.currency == currency and _is_for(event, recorded, state)
    return money.amount if is_meant and isinstance(money, Money) else Decimal(0)


def _is_for(event: Event, recorded: RecordedFact, state: State) -> bool:
    """Whether a payment is made on the sum that an event names: by and to whom it says, and for that where it has a name."""
    fact, roles = recorded.fact, state.setting.roles
    if event.actor and not matching.acted(event.actor, fact, roles):
        return False
    if not matching.counterparty(fact.event.to, event.to, fact.day, roles):
        return False
    if _is_bare(recorded):
        return not noun(event.object).head or not state.used.get(recorded.id)
    return not noun(event.object).head or same(fact.event.object, event.object)
