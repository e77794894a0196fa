"""Which duties ask for what an event of a text is the doing of (`after payment of the Deposit`, `after delivery`)."""

from collections.abc import Iterable

from syngraph.engine.norms.said.matching import Match, Strength
from syngraph.engine.norms.said.texts import Provisions, Slot
from syngraph.engine.norms.said.undone import PAYING, duty_of
from syngraph.engine.norms.words.wording import Noun, noun, same
from syngraph.grammar.amounts import Event, Instalments, Less, Money, Named, Part
from syngraph.grammar.lexicon import inflected
from syngraph.grammar.phrases.numbers import ORDINALS
from syngraph.grammar.rules import Act, Obligation, Permission, Power

WHICH = frozenset({*ORDINALS, "final", "next", "previous", "following", "preceding", "latest"})
"""Words by which one of several like events is meant."""


def duties_of(event: Event, others: Iterable[Slot], given: Provisions) -> tuple[frozenset[str], bool]:
    """The ids of those of `others` that ask for what an event is the doing of, and whether it is a payment of something."""
    if event.verb == "receive" and event.object:
        # Money is received when it is paid; what is asked for otherwise is received when a fact says so.
        paid = Event(event.text, "pay", object=event.object)
        return frozenset(other.id for other in others if _asks_for(paid, other, given)), False
    if event.verb in PAYING and event.object:
        return frozenset(other.id for other in others if _asks_for(event, other, given)), True
    return frozenset(other.id for other in others if _is_done_by(event, other, given)), False


def _is_done_by(event: Event, other: Slot, given: Provisions) -> bool:
    if not isinstance(other.norm, Obligation) or other.act.verb in PAYING or not borne(event, other):
        return False
    if not event.verb:
        return _is_called(noun(event.text), other.act)
    if event.verb != other.act.verb:
        return False
    return isinstance(duty_of(event, other.act, given.bodies, given.amounts), Match)


def _is_called(ruled: Noun, act: Act) -> bool:
    """Whether an event is called by the noun of an act (`each delivery`), and not one of several (`the second delivery`)."""
    if ruled.modifiers & WHICH or ruled.head not in {noun(word).head for word in inflected(act.verb).nouns}:
        return False
    return ruled.complement is None or ruled.complement.head == noun(act.object).head


def _asks_for(event: Event, other: Slot, given: Provisions) -> bool:
    if not isinstance(other.norm, Obligation) or not borne(event, other):
        return False
    meant = noun(event.object)
    if meant.head == "instalment" and meant.complement is None and is_of_instalments(other):
        return True
    whole = _whole_of(other.act)
    if whole and same(whole, event.object):
        return True
    found = duty_of(event, other.act, given.bodies, given.amounts)
    return isinstance(found, Match) and found.strength is Strength.NAMED


def _whole_of(act: Act) -> str:
    """Of what an act asks for a part (`EUR 300 of the Price`, `an instalment of EUR 300 of the Price`), "" for none."""
    match act.amount:
        case Less(Named(name)):
            return f"the {name}"
        case Part(_, Named(name)) if noun(act.object).head in ("instalment", name.split()[-1].casefold()):
            return f"the {name}"
        case Money():
            _, of, whole = act.object.rpartition(" of the ")
            return f"the {whole}" if of else ""
        case _:
            return ""


def is_of_instalments(other: Slot) -> bool:
    """Whether a duty asks for instalments, or for one of them."""
    several = any(isinstance(time, Instalments) for time in other.norm.times)
    return several or noun(other.act.object).head == "instalment" or bool(_whole_of(other.act))


def borne(event: Event, other: Slot) -> bool:
    """Whether those whom an event names can be the bearers of a norm, by their roles."""
    actor, bearer = noun(event.actor).head, other.norm.bearer
    if isinstance(other.norm, Permission | Power) and other.norm.only:
        return True  # what only one may do all others can break
    if not actor or bearer is None or actor in ("party", "person"):
        return True
    roles = {noun(role).head for role in bearer.roles}
    return actor in roles or "party" in roles
