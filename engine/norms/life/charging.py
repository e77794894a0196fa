"""How much money a norm asks for on an occasion: the sum that it names, a part of it, or so much for each step of a level."""

from syngraph.engine.norms.life.agenda import Occasion
from syngraph.engine.norms.life.course import State
from syngraph.engine.norms.said.levels import stepped
from syngraph.engine.norms.said.texts import Slot
from syngraph.engine.norms.said.windows import instalment_number
from syngraph.engine.norms.sums.money import Circumstances, Unsettled, evaluate, is_overdue, portion
from syngraph.engine.norms.words.wording import plain
from syngraph.grammar.amounts import Amount, Instalments, Named

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
    known = not isinstance(amount, Named) or plain(amount.name) in terms or is_overdue(amount.name)
    return amount if known or slot.act.verb in ("pay", "repay", "refund", "reimburse") else None


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
