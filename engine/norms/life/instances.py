"""The life of one instance of a norm: what it is, and how each thing that can happen changes it.

A norm has an instance for each bearer and each occasion (a period, an event, a breach). Every change is a function from
instance to instance that adds its reason; a change that the state does not allow leaves the instance as it is.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from operator import attrgetter
from typing import Any, NamedTuple

from syngraph.engine.norms.said.texts import Slot
from syngraph.engine.text.provenance import Place
from syngraph.engine.text.records import quick
from syngraph.grammar.amounts import Amount, Event, Money


class Status(StrEnum):
    """How an instance stands. Permissions and powers are available, exercised or exhausted instead of in force or fulfilled."""

    PENDING = "pending"
    IN_FORCE = "in force"
    FULFILLED = "fulfilled"
    VIOLATED = "violated"
    CURED = "cured"
    DISCHARGED = "discharged"
    EXPIRED = "expired"
    TERMINATED = "terminated"
    AVAILABLE = "available"
    EXERCISED = "exercised"
    EXHAUSTED = "exhausted"
    UNDETERMINED = "undetermined"


LIVE = frozenset({Status.PENDING, Status.IN_FORCE, Status.AVAILABLE, Status.EXERCISED})
"""The states from which time and the end of the agreement can still take an instance."""
OVER = frozenset({Status.DISCHARGED, Status.EXPIRED, Status.TERMINATED})
"""The states in which a norm asks and forbids nothing any more."""
HELD = LIVE | {Status.VIOLATED}
"""The states in which a suspension can put an instance on hold."""
OWING = frozenset({Status.IN_FORCE, Status.VIOLATED})
"""The states in which something is still to be done."""
ANYBODY = ""
"""The bearer of a duty whose sentence does not say who."""
THE = "*"
"""Under this a duty of an office is open to whoever holds the office when it is done."""


@quick
@dataclass(frozen=True, slots=True)
class Reason:
    """One step of the way to a verdict: a sentence or fact with its place, or a rule of counting (place None)."""

    text: str
    place: Place | None = None


class Key(NamedTuple):
    """What makes an instance one of its kind: the norm, who bears it, and its occasion. An amendment does not change it."""

    slot: str
    bearer: str
    occasion: str


@quick
@dataclass(frozen=True, slots=True)
class Payment:
    """A part of what is owed, paid by a fact."""

    instant: datetime
    money: Money
    fact: str


@quick
@dataclass(frozen=True, slots=True)
class Portion:
    """A part of the things that are asked for, done by a fact; or one use of a right that can be used so many times."""

    instant: datetime
    count: Fraction
    fact: str


@quick
@dataclass(frozen=True, slots=True)
class Instance:
    """A norm that binds (or frees) somebody on one occasion.

    `bearers` are ids, or the role in lower case where nobody holds it; several bear it together. `since` is when the
    status began, `arisen` when the instance did. `opens` and `due` bound the time for the act, both included. `amount` is
    the amount of the text where money is owed, `owed` what it came to when the instance arose (None: it grows, or nothing
    tells). `source` is the instance whose breach gave rise to this one. `facts` are the ids of facts that it hangs on;
    `doubts` say why it cannot be told how it stands. `awaits` is an event that will set its end. `suspended` is since when it
    is on hold (None: it is not), `pauses` are the times for which it was; `tendered` is the id of the fact that did what it
    asks for meanwhile. `perhaps` say what may have been done for it, or given rise to it, so that nobody can tell how it stands
    until it is done. `done` are those of several things that have been done.
    """

    key: Key
    slot: Slot
    bearers: tuple[str, ...]
    status: Status
    since: datetime
    arisen: datetime
    opens: datetime | None = None
    due: datetime | None = None
    amount: Amount | None = None
    owed: Money | None = None
    payments: tuple[Payment, ...] = ()
    source: Key | None = None
    reasons: tuple[Reason, ...] = ()
    facts: tuple[str, ...] = ()
    doubts: tuple[Reason, ...] = ()
    awaits: Event | None = None
    suspended: datetime | None = None
    settled: datetime | None = None
    portions: tuple[Portion, ...] = ()
    pauses: tuple[tuple[datetime, datetime], ...] = ()
    tendered: str = ""
    perhaps: tuple[Reason, ...] = ()
    done: frozenset[str] = frozenset()

    @property
    def counted(self) -> Fraction:
        """How many of the things that it asks for have been done so far."""
        return sum((portion.count for portion in self.portions), Fraction(0))

    @property
    def paid(self) -> Decimal:
        """What has been paid on it so far."""
        return sum((payment.money.amount for payment in self.payments), Decimal(0))


Instances = Mapping[Key, Instance]
_NAMES = tuple(one.name for one in fields(Instance))
_values = attrgetter(*_NAMES)
_STATUS, _SINCE, _REASONS, _FACTS, _SETTLED = map(_NAMES.index, ("status", "since", "reasons", "facts", "settled"))
_PAYMENTS = _NAMES.index("payments")


def performed(instance: Instance, instant: datetime, reason: Reason, fact: str) -> Instance:
    """Done: fulfilled in time, cured after a breach, which may be mended at any time. Nothing happens in any other state, nor
    while what is not broken is suspended.
    """
    if instance.status not in OWING or (instance.suspended is not None and instance.status is not Status.VIOLATED):
        return instance
    status = Status.CURED if instance.status is Status.VIOLATED else Status.FULFILLED
    return _moved(instance, status, instant, reason, fact, settled=instant)


def paid(instance: Instance, payment: Payment, reason: Reason) -> Instance:
    """A part paid; whether that settles the whole is for `performed` to say."""
    values = _with_reason(instance, reason, payment.fact)
    values[_PAYMENTS] = (*instance.payments, payment)
    return Instance(*values)


def counted(instance: Instance, portion: Portion, reason: Reason, how: Reason) -> Instance:
    """A part of the things done; whether that is all of them is for `performed` to say."""
    return replace(
        instance,
        portions=(*instance.portions, portion),
        reasons=(*instance.reasons, reason, how),
        facts=(*instance.facts, portion.fact),
    )


def violated(instance: Instance, instant: datetime, reason: Reason, fact: str = "") -> Instance:
    """Broken, from the deadline or the forbidden act on; a second breach of a prohibition is one more reason."""
    if instance.suspended is not None or instance.status not in OWING:
        return instance
    since = instant if instance.status is Status.IN_FORCE else instance.since
    return _moved(instance, Status.VIOLATED, since, reason, fact)


def discharged(instance: Instance, instant: datetime, reason: Reason, fact: str = "") -> Instance:
    """Excused, waived, or its condition fell away: nothing is owed, or allowed, any more."""
    if instance.status not in HELD:
        return instance
    return _moved(instance, Status.DISCHARGED, instant, reason, fact, settled=instant)


def expired(instance: Instance, instant: datetime, reason: Reason) -> Instance:
    """Its time has run out without a breach."""
    return _moved(instance, Status.EXPIRED, instant, reason) if instance.status in LIVE else instance


def terminated(instance: Instance, instant: datetime, reason: Reason) -> Instance:
    """Ended with the agreement. What was broken before stays broken."""
    return _moved(instance, Status.TERMINATED, instant, reason) if instance.status in LIVE else instance


def exercised(instance: Instance, instant: datetime, reason: Reason, fact: str, most: int | None = None) -> Instance:
    """A right used; it can be used again, unless it was there for so many times at the most."""
    if instance.status not in (Status.AVAILABLE, Status.EXERCISED):
        return instance
    used = _moved(instance, Status.EXERCISED, instant, reason, fact)
    if most is None:
        return used
    used = replace(used, portions=(*used.portions, Portion(instant, Fraction(1), fact)))
    return exhausted(used, instant, _last(most)) if used.counted >= most else used


def _last(most: int) -> Reason:
    return Reason("it can be used once" if most == 1 else f"that was the last of {most} times")


def exhausted(instance: Instance, instant: datetime, reason: Reason) -> Instance:
    """A right used up: what it could bring about has come about."""
    return _moved(instance, Status.EXHAUSTED, instant, reason) if instance.status is Status.EXERCISED else instance


def available(instance: Instance, instant: datetime, reason: Reason) -> Instance:
    """The condition of a right holds."""
    if instance.status is not Status.PENDING:
        return replace(instance, reasons=(*instance.reasons, reason))
    return _moved(instance, Status.AVAILABLE, instant, reason)


def lapsed(instance: Instance, instant: datetime, reason: Reason) -> Instance:
    """The condition of a right holds no longer."""
    return _moved(instance, Status.PENDING, instant, reason) if instance.status is Status.AVAILABLE else instance


def suspended(instance: Instance, instant: datetime, reason: Reason) -> Instance:
    """Put on hold: until it resumes, nothing fulfils or breaks it, and nothing accrues on a breach."""
    if instance.status not in HELD or instance.suspended is not None:
        return instance
    return replace(instance, suspended=instant, reasons=(*instance.reasons, reason))


def tendered(instance: Instance, reason: Reason, fact: str) -> Instance:
    """Done while on hold: it is kept, and counts when the instance resumes. The first time is enough."""
    if instance.status is not Status.IN_FORCE or instance.suspended is None or instance.tendered:
        return instance
    kept = Reason("it was done while suspended: it counts when this resumes")
    return replace(instance, tendered=fact, facts=(*instance.facts, fact), reasons=(*instance.reasons, reason, kept))


def partly(instance: Instance, done: frozenset[str], reason: Reason, rest: Reason, fact: str) -> Instance:
    """Some of several things done; the rest is still asked for."""
    return replace(
        instance,
        done=instance.done | done,
        facts=(*instance.facts, fact),
        reasons=(*instance.reasons, reason, rest),
    )


def resumed(instance: Instance, instant: datetime, reason: Reason, due: datetime | None = None) -> Instance:
    """No longer on hold; its window is moved by the time that it was, or its end to `due`. A breach keeps its date."""
    if instance.suspended is None:
        return instance
    since = min(instance.suspended, instant)
    opens, end = instance.opens, instance.due
    if instance.status is not Status.VIOLATED:
        pause = instant - since
        opens = opens + pause if opens is not None and opens > since else opens
        end = due if due is not None else end + pause if end is not None else None
    return replace(
        instance,
        suspended=None,
        opens=opens,
        due=end,
        pauses=(*instance.pauses, (since, instant)),
        reasons=(*instance.reasons, reason),
    )


def doubted(instance: Instance, reason: Reason) -> Instance:
    """Something that it hangs on is not known."""
    return instance if reason in instance.doubts else replace(instance, doubts=(*instance.doubts, reason))


def questioned(instance: Instance, why: tuple[Reason, ...], fact: str = "") -> Instance:
    """It may have been done, or may not have arisen at all: nobody can tell, until it is done in a way that is sure."""
    new = tuple(one for one in why if one not in instance.perhaps)
    facts = (*instance.facts, fact) if fact and new else instance.facts
    return replace(instance, perhaps=(*instance.perhaps, *new), facts=facts)


def unclear(instance: Instance, instant: datetime, reason: Reason, fact: str, doubt: Reason) -> Instance:
    """Something was done of which nobody can tell whether it was forbidden, or allowed, since nobody told a circumstance."""
    return doubted(_moved(instance, instance.status, instant, reason, fact), doubt)


def noted(instance: Instance, reason: Reason) -> Instance:
    """One more reason, the state as it is."""
    return replace(instance, reasons=(*instance.reasons, reason))


def _moved(
    instance: Instance, status: Status, since: datetime, reason: Reason, fact: str = "", settled: datetime | None = None
) -> Instance:
    values = _with_reason(instance, reason, fact)
    values[_STATUS] = status
    values[_SINCE] = since
    if settled is not None:
        values[_SETTLED] = settled
    return Instance(*values)


def _with_reason(instance: Instance, reason: Reason, fact: str) -> list[Any]:
    """The values of an instance in their order, with one more reason and fact: `replace` would take twice as long."""
    values = [*_values(instance)]
    values[_REASONS] = (*instance.reasons, reason)
    if fact:
        values[_FACTS] = (*instance.facts, fact)
    return values
