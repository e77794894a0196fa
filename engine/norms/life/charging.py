"""How much money a norm asks for on an occasion: the sum that it names, a part of it, or so much for each step of a level."""

from syngraph.engine.norms.life.agenda import Occasion
from syngraph.engine.norms.life.course import State, of_slot
from syngraph.engine.norms.life.instances import Status
from syngraph.engine.norms.said.levels import stepped
from syngraph.engine.norms.said.texts import Slot
from syngraph.engine.norms.said.windows import instalment_number
from syngraph.engine.norms.sums.money import Circumstances, Unsettled, evaluate, is_overdue, portion
from syngraph.engine.norms.words.wording import plain, same
from syngraph.grammar.amounts import Amount, Instalments, Money, Named, Part
from syngraph.grammar.rules import Obligation

PAYING = frozenset(
    {
        "pay",
        "repay",
        "reimburse",
        "refund",
        "deposit",
        "contribute",
        "remit",
        "transfer",
        "donate",
        "return",
        "compensate",
        "credit",
    }
)

_BACK = frozenset({"refund", "repay", "return", "reimburse"})


def _amount(state: State, slot: Slot) -> Amount | None:
    """The money that a norm is about. Things are returned or deposited too: a noun is money there only where a term says so."""
    amount, terms = slot.act.amount, state.setting.texts[slot.index].given.amounts
    if slot.act.verb not in PAYING:
        return None
    parts = next((time for time in slot.norm.times if isinstance(time, Instalments)), None)
    if parts is not None and parts.each is not None:
        return parts.each
    if amount is None:
        return Named(plain(slot.act.object)) if plain(slot.act.object) in terms else None
    if isinstance(amount, Named) and slot.act.verb in _BACK and plain(amount.name) not in terms:
        amount = _received(state, slot, amount) or amount
    known = not isinstance(amount, Named) or plain(amount.name) in terms or is_overdue(amount.name)
    return amount if known or slot.act.verb in ("pay", "repay", "refund", "reimburse") else None


def _received(state: State, slot: Slot, amount: Named) -> Money | None:
    """The sum that a text calls by the name of what is given back (`refund the deposit`), where one duty asked for it."""
    asked = [
        other
        for other in state.setting.texts[slot.index].given.slots
        if isinstance(other.norm, Obligation) and other.act.verb == "pay" and same(other.act.object, amount.name)
    ]
    if len(asked) != 1 or not isinstance(asked[0].act.amount, Money | Part):
        return None
    sum_of = evaluate(asked[0].act.amount, Circumstances(state.setting.texts[slot.index].given.amounts))
    done = [one for one in of_slot(state, asked[0].id) if one.status in (Status.FULFILLED, Status.CURED)]
    return sum_of if isinstance(sum_of, Money) and len(done) == 1 else None


def charged(state: State, slot: Slot, occasion: Occasion) -> Amount | None:
    """The money that a norm is about on an occasion."""
    measured = occasion.fact.fact.measured if occasion.fact is not None else None
    return stepped(_part(state, slot, _amount(state, slot), occasion), slot.norm, measured)


def _part(state: State, slot: Slot, amount: Amount | None, occasion: Occasion) -> Amount | None:
    """What an occasion asks of an amount: all of it, or the part that is this instalment."""
    parts = next((time for time in slot.norm.times if isinstance(time, Instalments)), None)
    if parts is None or parts.each is not None or amount is None or occasion.moment is None:
        return amount
    whole = evaluate(amount, Circumstances(state.setting.texts[slot.index].given.amounts))
    if isinstance(whole, Unsettled):
        return amount
    start = state.calendar.day(state.started or occasion.instant)
    return portion(whole, parts.count, instalment_number(parts, occasion.moment, start, state.calendar))
