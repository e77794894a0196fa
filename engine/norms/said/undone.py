"""Whether what a condition says was left undone is what a duty asks for (`fails to pay the Rent when due`).

The verb, the thing and the sum must agree; a defined term is as good as what it stands for. `fails to pay any amount due` and
`fails to make a payment` speak of whatever is to be paid, and `delivery is late` of whatever is to be delivered.
"""

import re
from collections.abc import Mapping

from syngraph.engine.norms.said.matching import GENERAL, Match, Mismatch, Strength, stands_for
from syngraph.engine.norms.sums.money import Circumstances, evaluate
from syngraph.engine.norms.words.wording import noun, plain, same
from syngraph.grammar.amounts import Amount, Event, Money, Named
from syngraph.grammar.lexicon import inflected
from syngraph.grammar.phrases.sums import amount
from syngraph.grammar.rules import Act

PERFORMING = frozenset({"perform", "fulfil", "comply", "cure", "remedy", "breach", "observe", "meet", "violate"})
_DUTIFUL = frozenset({"perform", "fulfil", "comply"})
"""Verbs that stand for doing whatever is to be done where they say no more."""
PAYING = frozenset({"pay", "repay", "reimburse", "refund", "contribute", "remit", "transfer", "deposit", "donate", "credit"})
"""Verbs of which the thing done can be a payment."""
SUMS = frozenset({"amount", "sum", "money", "payment", "debt", "anything", "instalment"})
"""Nouns that stand for whatever is to be paid."""
_PARTS = frozenset({"instalment", "payment"})
"""Nouns by which a text also names one of its payments (`an instalment of EUR 600`)."""
_THE = re.compile(r"(?:the|its|this|that|such)\s|(?:re)?payment$", re.IGNORECASE)
_OF_THIS = re.compile(r"\s(?:under|of|by) this (?:section|article|clause|paragraph)$", re.IGNORECASE)
_DUE = re.compile(r"\s(?:due|owed|owing|payable|outstanding)(?:\s.*)?$")


def duty_of(event: Event, act: Act, bodies: Mapping[str, str], terms: Mapping[str, Amount]) -> Match | Mismatch:
    """Whether leaving undone what a condition names is leaving undone an act. `terms` are the amounts of defined terms.

    >>> from decimal import Decimal
    >>> rent = Act("pay", "EUR 10", amount=Money(Decimal(10), "EUR"))
    >>> duty_of(Event("pay EUR 20", "pay", "the Tenant", "EUR 20"), rent, {}, {})
    Mismatch(why='the condition speaks of EUR 20, the rule of EUR 10')
    """
    is_general = noun(event.object).head in GENERAL and event.verb in PERFORMING
    if is_general or (not event.object and event.verb in _DUTIFUL):
        return Match(Strength.AMOUNT, f"every duty is meant by {event.text or event.object}")
    verb, thing = _payment(event)
    paid = verb in PAYING and noun(thing).head in SUMS and amount(thing) is None
    if paid and not same(thing, act.object):
        if _is_payment(act, terms):
            return Match(Strength.AMOUNT, f"every payment is meant by {event.text or thing}")
        return Mismatch(f"{act.text} is no payment")
    if verb != act.verb and not (paid and _is_payment(act, terms)):
        return Mismatch(f"the condition says {verb!r}, the rule {act.verb!r}")
    if not _to_the_same(event.to, act.to):
        return Mismatch(f"the condition says {event.to}, the rule {act.to}")
    if not thing:
        return Match(Strength.AMOUNT, f"the condition says {verb} and nothing else")
    said, ruled = _sum(amount(thing), thing, terms), _sum(act.amount, act.object, terms)
    agree = _is_alike(thing, act, bodies) if _is_named(thing) and _is_named(act.object) else said is not None and said == ruled
    if agree and (said is None or ruled is None or said == ruled):
        return Match(Strength.NAMED, f"{thing} is {act.object}")
    return Mismatch(f"the condition speaks of {thing}, the rule of {act.object or 'nothing'}")


def is_unnamed(event: Event) -> bool:
    """Whether what is left undone is named by its verb alone, or as the payment or amount (`fails to pay when due`), so that
    it can be what the section asks for; `any amount` and `a payment` are whatever there is.

    >>> is_unnamed(Event("pay", "pay")), is_unnamed(Event("pay the amount due", "pay", object="the amount due"))
    (True, True)
    >>> is_unnamed(Event("pay any amount", "pay", object="any amount")), is_unnamed(Event("perform", "perform"))
    (False, False)
    """
    if event.verb in PERFORMING:
        return False
    thing = event.object
    if not thing or _OF_THIS.search(thing):
        return True
    of_money = event.verb in PAYING or (event.verb == "make" and noun(thing).head in ("payment", "repayment"))
    bare = _DUE.sub("", thing)
    return of_money and noun(bare).head in SUMS and amount(bare) is None and _THE.match(thing) is not None


def is_late_with(thing: str, act: Act, bodies: Mapping[str, str], terms: Mapping[str, Amount]) -> bool:
    """Whether being late with a thing is not doing an act in time, the thing being what the act is about or the act as a noun.

    >>> is_late_with("the delivery", Act("deliver", "the Goods"), {}, {}), is_late_with("the repairs", Act("deliver"), {}, {})
    (True, False)
    """
    phrase, verb = noun(thing), inflected(act.verb)
    if phrase.head in GENERAL | {"performance"}:
        return phrase.complement is None
    if (
        phrase.head in SUMS
        and amount(thing) is None
        and (phrase.complement is None or phrase.head not in ("payment", "instalment"))
    ):
        return _is_payment(act, terms)
    if same(thing, act.object) or stands_for(thing, act, bodies):
        return True
    doing = {noun(word).head for word in verb.nouns} | {f"{act.verb.removesuffix('e')}ing"}
    if phrase.head not in doing:
        gerund, _, rest = thing.partition(" ")
        return gerund in doing and same(rest, act.object)
    of = thing.partition(" of ")[2]
    return not of or same(of, act.object) or stands_for(of, act, bodies)


def _payment(event: Event) -> tuple[str, str]:
    """The verb and the thing of an event; whoever makes payment of the Rent pays the Rent."""
    thing = _DUE.sub("", event.object)
    if event.verb != "make" or noun(thing).head not in ("payment", "repayment"):
        return event.verb, thing
    _, found, of = thing.partition("ayment of ")
    return "pay", of if found else "any payment"


def _is_payment(act: Act, terms: Mapping[str, Amount]) -> bool:
    if act.verb not in PAYING:
        return False
    if act.verb in ("pay", "repay", "reimburse", "refund", "remit"):
        return True
    written = act.amount is not None and not isinstance(act.amount, Named)
    return written or _sum(act.amount, act.object, terms) is not None


def _sum(given: Amount | None, thing: str, terms: Mapping[str, Amount]) -> Money | None:
    """The sum that an amount or a defined term comes to, None where nothing tells."""
    asked = given if given is not None else Named(plain(thing)) if plain(thing) in terms else None
    found = evaluate(asked, Circumstances(terms)) if asked is not None else None
    return found if isinstance(found, Money) else None


def _is_named(thing: str) -> bool:
    """Whether a phrase has a noun of its own: `the sum of EUR 20` has none."""
    head = noun(thing).head
    return bool(head) and not (head in SUMS - _PARTS and isinstance(amount(thing), Money))


def _is_alike(thing: str, act: Act, bodies: Mapping[str, str]) -> bool:
    return same(thing, act.object) or stands_for(thing, act, bodies)


def _to_the_same(said: str, ruled: str) -> bool:
    """Whether two may be the same person, as far as the words tell: a name may be anybody's."""
    first, second = noun(said).head, noun(ruled).head
    if first == second or "party" in (first, second):
        return True
    return not (said.startswith("the ") and ruled.startswith("the "))
