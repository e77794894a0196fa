"""What each text listens for: its norms by verb, by the events that trigger them, and by the breaches that do."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import Enum

from syngraph.engine.norms.said import matching
from syngraph.engine.norms.said.balances import parts_of
from syngraph.engine.norms.said.doing import borne, duties_of, is_of_instalments
from syngraph.engine.norms.said.lasting import LateWith, Suspended
from syngraph.engine.norms.said.levels import Gauge, gauges
from syngraph.engine.norms.said.matching import Match
from syngraph.engine.norms.said.texts import Provisions, Slot, named, references, without_item
from syngraph.engine.norms.said.undone import SUMS, duty_of, is_late_with, is_unnamed
from syngraph.engine.norms.said.windows import Among, Milestone, Plan, Upon, moment_of, plan, resolved
from syngraph.engine.norms.sums.money import is_for_delay
from syngraph.engine.norms.words.qualifying import BEING, Circumstance, circumstance
from syngraph.engine.norms.words.questions import is_occasion, questions
from syngraph.engine.norms.words.wording import noun, plain
from syngraph.grammar.amounts import Before, By, Duration, Event, From, Until, Within
from syngraph.grammar.phrases import nouns
from syngraph.grammar.rules import (
    Act,
    Actor,
    Condition,
    Fails,
    Happens,
    Late,
    Link,
    Measured,
    Mode,
    Obligation,
    Permission,
    Power,
    Quantifier,
    Unknown,
)

SHADOW = "!"
"""Stands in the id of a duty that only a condition implies (`does not cure the breach within ...`)."""
NOR = "nor"
"""Ends the id of the other act of a condition that neither was done."""
IMPLIED = -1
"""The number of the condition of a penalty that names none: that a duty of its bearer is late."""
NEGATIVE = frozenset({Link.UNLESS, Link.EXCEPT})


class Use(Enum):
    """What an event does to a norm."""

    TIME = "it sets its time"
    TEST = "it is a condition"
    BAR = "it is an exception"
    UNTIL = "it ends it"


@dataclass(frozen=True, slots=True)
class Watch:
    """A norm that listens for an event: for its time, or as the condition with that number.

    `pays` says that the event is the payment of something, and `duties` are the ids of the norms that ask for it.
    """

    slot: Slot
    use: Use
    event: Event
    number: int = 0
    delay: Duration | None = None
    pays: bool = False
    duties: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Index:
    """A text as a listener. `breaches` are by the id of the norm broken; `delays` too, told `delay` after its deadline;
    `payments` by the id of the norm that asks for the sum.

    `qualifiers` are the words that pick out bearers, by the verbs of the facts that can tell whether they are true of somebody.
    `cited` has the norms of `acts` by verb and by each reference that means their section. `bounded` are the verbs of acts
    that only some sums of money are (`spend more than EUR 500`). `gauges` are what measures decide, by the noun of a quantity.
    `suspensions` are of those that speak of how long one lasts, `parts` the norms of which one asks for what is outstanding.
    """

    given: Provisions
    slots: Mapping[str, Slot]
    plans: Mapping[str, Plan]
    acts: Mapping[str, tuple[Slot, ...]]
    events: Mapping[str, tuple[Watch, ...]]
    breaches: Mapping[str, tuple[Watch, ...]]
    delays: Mapping[str, tuple[Watch, ...]]
    milestones: Mapping[Milestone, tuple[Watch, ...]]
    payments: Mapping[str, tuple[Watch, ...]]
    qualifiers: Mapping[str, tuple[tuple[str, Circumstance], ...]]
    cited: Mapping[tuple[str, str], tuple[Slot, ...]]
    bounded: frozenset[str]
    gauges: Mapping[str, tuple[Gauge, ...]]
    suspensions: tuple[Watch, ...] = ()
    parts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def near(self, verb: str, reference: str) -> tuple[Slot, ...]:
        """The norms that a fact with a verb can be the act of: with a reference (`#dues`, `4.2`), those of the section."""
        name = named(reference)
        found = self.cited.get((verb, name)) or self.cited.get((verb, without_item(name)), ())
        return found if reference else self.acts.get(verb, ())


def index(given: Provisions) -> Index:
    """What a text listens for."""
    written = (*(_owed(slot, given) for slot in given.slots), *given.changes)
    slots = (*written, *(shadow for slot in written for shadow in _shadows(slot)))
    plans = {slot.id: plan(slot.norm.times, given) for slot in slots}
    sections: dict[str, list[Slot]] = {}
    for slot in slots:
        sections.setdefault(slot.section, []).append(slot)
    events: dict[str, list[Watch]] = {}
    milestones: dict[Milestone, list[Watch]] = {}
    breaches: dict[str, list[Watch]] = {}
    delays: dict[str, list[Watch]] = {}
    payments: dict[str, list[Watch]] = {}
    acts: dict[str, list[Slot]] = {}
    for slot in slots:
        if slot.change is None:
            acts.setdefault(slot.act.verb, []).append(slot)
            if slot.act.verb in matching.REPAYING:
                acts.setdefault("pay", []).append(slot)
        if isinstance(slot.norm, Power):
            for verb in matching.GIVING:
                acts.setdefault(verb, []).append(slot)
        for heard in _watches(slot, plans[slot.id]):
            duties, pays = duties_of(heard.event, (other for other in written if other.id != slot.id), given)
            watch = replace(heard, duties=duties, pays=pays)
            for duty in watch.duties:
                payments.setdefault(duty, []).append(watch)
            moment = resolved(watch.event, given)
            if isinstance(moment, Milestone):
                milestones.setdefault(moment, []).append(watch)
            else:
                for key in matching.event_keys(watch.event):
                    events.setdefault(key, []).append(watch)
        for broken, watch in _breaches(slot, slots, sections, given):
            breaches.setdefault(broken, []).append(watch)
        for broken, watch in _delays(slot, slots, given):
            delays.setdefault(broken, []).append(watch)
    return Index(
        given,
        {slot.id: slot for slot in slots},
        plans,
        {verb: tuple(found) for verb, found in acts.items()},
        {key: tuple(found) for key, found in events.items()},
        {key: tuple(found) for key, found in breaches.items()},
        {key: tuple(found) for key, found in delays.items()},
        {key: tuple(found) for key, found in milestones.items()},
        {key: tuple(found) for key, found in payments.items()},
        _qualifiers(slots),
        _cited(acts),
        frozenset(verb for verb, found in acts.items() if any(matching.is_bounded(slot.act) for slot in found)),
        _gauges(written),
        tuple(watch for slot in slots for watch in _suspensions(slot)),
        parts_of((slot.id, slot.norm) for slot in slots),
    )


def _gauges(slots: tuple[Slot, ...]) -> Mapping[str, tuple[Gauge, ...]]:
    found: dict[str, list[Gauge]] = {}
    for slot in slots:
        for name, gauge in gauges(slot.id, slot.norm):
            found.setdefault(name, []).append(gauge)
    return {name: tuple(listed) for name, listed in found.items()}


def _owed(slot: Slot, given: Provisions) -> Slot:
    """A norm in which whether something is late is left to the record where no norm asks for that thing."""
    conditions = tuple(_told_late(each, slot, given) for each in slot.norm.conditions)
    if conditions == slot.norm.conditions:
        return slot
    norm = replace(slot.norm, conditions=conditions)
    return replace(slot, norm=norm, questions=questions(norm))


def _told_late(condition: Condition, slot: Slot, given: Provisions) -> Condition:
    others = tuple(other for other in given.slots if other.id != slot.id)
    match condition.test:
        case LateWith(event) if not any(_is_late_with(event, slot, other, given) for other in others):
            return replace(condition, test=Unknown(event.text))
        case Suspended():
            return condition
        case Fails(event, ()) if not event.actor and not any(_left_undone(event, other, given) for other in others):
            return replace(condition, test=Unknown(event.text))
        case Late(_, subject) if not _is_bare(subject) and not any(_is_late(subject, other, given) for other in others):
            return replace(condition, test=Unknown(f"{subject} is late for longer than that"))
        case _:
            return condition


def _is_bare(subject: str) -> bool:
    """Whether a delay is spoken of, and nothing that is late."""
    return noun(subject).head in ("delay", "")


def _is_late(subject: str, other: Slot, given: Provisions) -> bool:
    return isinstance(other.norm, Obligation) and _spoken_of(subject, other, given)


def _is_late_with(event: Event, slot: Slot, other: Slot, given: Provisions) -> bool:
    is_meant = other.id != slot.id and _is_plain_duty(other) and borne(event, other)
    return is_meant and is_late_with(event.object, other.act, given.bodies, given.amounts)


def _cited(acts: Mapping[str, list[Slot]]) -> Mapping[tuple[str, str], tuple[Slot, ...]]:
    found: dict[tuple[str, str], list[Slot]] = {}
    for verb, slots in acts.items():
        for slot in slots:
            for reference in references(slot.section, slot.number, slot.item):
                found.setdefault((verb, reference), []).append(slot)
    return {place: tuple(slots) for place, slots in found.items()}


def _qualifiers(slots: tuple[Slot, ...]) -> Mapping[str, tuple[tuple[str, Circumstance], ...]]:
    found: dict[str, dict[str, Circumstance]] = {}
    for slot in slots:
        words = slot.norm.bearer.qualifier.casefold() if slot.norm.bearer is not None else ""
        asked = circumstance(words) if words else None
        if asked is not None:
            for verb in (*((asked.verb,) if asked.verb else ()), *(BEING if asked.state else ())):
                found.setdefault(verb, {})[words] = asked
    return {verb: tuple(each.items()) for verb, each in found.items()}


def tests(slot: Slot) -> tuple[int, ...]:
    """The numbers of the conditions that must come true for the norm to bind, leaving aside those nobody has read."""
    found = tuple(
        number
        for number, condition in enumerate(slot.norm.conditions)
        if is_test(condition) and (not isinstance(condition.test, Measured) or is_occasion(slot.norm, condition))
    )
    return (IMPLIED,) if not found and _is_penalty(slot) else found


def _is_penalty(slot: Slot) -> bool:
    """Whether a duty pays for a delay that no condition names (`shall pay, for each day of delay, 0.5% of the Price`)."""
    return isinstance(slot.norm, Obligation) and slot.act.amount is not None and is_for_delay(slot.act.amount)


def not_done(condition: Condition) -> Fails | None:
    """What a condition says was not done in a time of its own (`unless the Buyer rejects the Goods within ten days`)."""
    match condition.test:
        case Fails(_, times) as test if times:
            return test
        case Happens(event, times) if times and condition.link in NEGATIVE:
            return Fails(event, times)
        case _:
            return None


def is_test(condition: Condition) -> bool:
    """Whether a condition must come true and can be seen to."""
    if isinstance(condition.test, Happens) and condition.test.times:
        return True
    return condition.link not in NEGATIVE and not isinstance(condition.test, Unknown)


def awaits(slot: Slot, plan: Plan) -> bool:
    """Whether a norm has nothing to say until a fact gives it an occasion."""
    return bool(tests(slot)) or isinstance(plan, Upon | Among)


# -- what is listened for ----------------------------------------------------------------------------------------------


def _watches(slot: Slot, plan: Plan) -> Iterator[Watch]:
    if isinstance(plan, Upon):
        yield Watch(slot, Use.TIME, _antecedent(plan.event, slot.act))
    elif isinstance(plan, Among):
        for number, event in enumerate(plan.events):
            yield Watch(slot, Use.TIME, event, number)
    else:
        for time in slot.norm.times:
            moment = moment_of(time)
            if isinstance(moment, Event) and not isinstance(time, From | Until):
                yield Watch(slot, Use.TIME, moment)
    for time in slot.norm.times:
        if isinstance(time, Until) and isinstance(time.moment, Event):
            yield Watch(slot, Use.UNTIL, time.moment)
    for number, condition in enumerate(slot.norm.conditions):
        if isinstance(condition.test, Happens) and not_done(condition) is None:
            yield Watch(slot, Use.BAR if condition.link in NEGATIVE else Use.TEST, condition.test.event, number)


def _antecedent(event: Event, act: Act) -> Event:
    """The event that `it` stands for: what the act is notice of (`notice of a meeting at least ten days before it`)."""
    if plain(event.text) not in ("it", "them") or event.verb:
        return event
    of = act.object.partition(" of ")[2] or act.object
    return Event(of)


def _shadows(slot: Slot) -> Iterator[Slot]:
    for number, condition in enumerate(slot.norm.conditions):
        if (test := not_done(condition)) is not None:
            event = test.event
            role = plain(event.actor)
            bearer = Actor((role,), Quantifier.EACH) if role else None
            for verb, which in ((event.verb, ""), (test.nor, NOR)):
                if verb:
                    duty = Obligation(bearer, Act(verb, event.object, event.to), test.times, (), (), Mode.ACHIEVE)
                    yield Slot(f"{slot.id}{SHADOW}{number}{which}", slot.index, slot.placed, duty)


def _breaches(
    slot: Slot, slots: tuple[Slot, ...], here: Mapping[str, list[Slot]], given: Provisions
) -> Iterator[tuple[str, Watch]]:
    if tests(slot) == (IMPLIED,):
        duties = [other for other in slots if _is_plain_duty(other) and other.norm.bearer == slot.norm.bearer]
        own = [other for other in duties if other.section == slot.section]
        role = slot.norm.bearer.roles[0] if slot.norm.bearer is not None else ""
        for other in own or duties:
            yield other.id, Watch(slot, Use.TEST, Event("delay", actor=f"the {role}" if role else ""), IMPLIED)
    for number, condition in enumerate(slot.norm.conditions):
        match condition.test:
            case LateWith(event):
                for other in slots:
                    if _is_late_with(event, slot, other, given):
                        yield other.id, Watch(slot, Use.TEST, event, number)
            case Fails(event, ()):
                own = _undone(event, slot, here.get(slot.section, ()), given) if is_unnamed(event) else []
                undone = own if any(_is_plain_duty(other) for other in own) else _undone(event, slot, slots, given)
                for other in _instalments(event, undone):
                    yield other.id, Watch(slot, Use.TEST, event, number)
            case Fails(event) | Happens(event) if not_done(condition) is not None:
                yield f"{slot.id}{SHADOW}{number}", Watch(slot, Use.TEST, event, number)
            case Happens(event) if event.verb in ("breach", "violate"):
                section = matching.section_in(event.object)
                for other in slots:
                    if section and not other.is_in(section):
                        continue
                    if other.id != slot.id and SHADOW not in other.id and borne(event, other):
                        yield other.id, Watch(slot, Use.TEST, event, number)
            case _:
                pass


def _delays(slot: Slot, slots: tuple[Slot, ...], given: Provisions) -> Iterator[tuple[str, Watch]]:
    for number, condition in enumerate(slot.norm.conditions):
        if not isinstance(condition.test, Late) or isinstance(condition.test, Suspended):
            continue
        duties = [
            other for other in slots if isinstance(other.norm, Obligation) and other.id != slot.id and SHADOW not in other.id
        ]
        meant = [other for other in duties if _spoken_of(condition.test.subject, other, given)]
        meant = _instalments(Event(object=condition.test.subject, text=""), meant)
        if not meant and _is_bare(condition.test.subject):
            # `the delay` and nothing else: what its own section asks for, else what anybody else has to do.
            meant = [other for other in duties if other.section == slot.section and not tests(other)]
            meant = meant or [other for other in duties if not tests(other) and other.norm.bearer != slot.norm.bearer]
        for other in meant:
            yield other.id, Watch(slot, Use.TEST, Event(condition.test.subject), number, condition.test.duration)


def _suspensions(slot: Slot) -> Iterator[Watch]:
    all_ = enumerate(each.test for each in slot.norm.conditions)
    return (Watch(slot, Use.TEST, Event(one.subject), at, one.duration) for at, one in all_ if isinstance(one, Suspended))


def _is_plain_duty(other: Slot) -> bool:
    return isinstance(other.norm, Obligation) and SHADOW not in other.id and not tests(other)


def _undone(event: Event, slot: Slot, slots: Iterable[Slot], given: Provisions) -> list[Slot]:
    """The duties that a norm speaks of where its condition is that something is left undone."""
    others = (other for other in slots if other.id != slot.id and SHADOW not in other.id)
    return [other for other in others if _left_undone(event, other, given) or _let_pass(event, other, given)]


def _left_undone(event: Event, other: Slot, given: Provisions) -> bool:
    return (
        isinstance(other.norm, Obligation)
        and borne(event, other)
        and isinstance(duty_of(event, other.act, given.bodies, given.amounts), Match)
    )


def _let_pass(event: Event, other: Slot, given: Provisions) -> bool:
    """Whether what a condition says was not done is what a right lets somebody do within a time."""
    is_right = isinstance(other.norm, Permission) and any(isinstance(time, Within | By | Before) for time in other.norm.times)
    return is_right and borne(event, other) and isinstance(duty_of(event, other.act, given.bodies, given.amounts), Match)


def _instalments(event: Event, undone: list[Slot]) -> list[Slot]:
    """What a condition about instalments means: the duties that are to be paid in such, where there are any."""
    if noun(event.object).head != "instalment":
        return undone
    return [other for other in undone if is_of_instalments(other)] or undone


def _spoken_of(subject: str, other: Slot, given: Provisions) -> bool:
    """Whether what a text calls late is a duty: by the act (`delivery of the Goods`), by its thing, or by whose it is."""
    head = noun(subject)
    if head.head in ("delay", "") and head.complement is None:
        return False
    named = nouns.event(subject)
    if not named.verb and head.head in SUMS:
        named = Event(subject, "pay", object=subject)
    if named.verb and named.verb not in ("delay", *BEING):
        return borne(named, other) and isinstance(duty_of(named, other.act, given.bodies, given.amounts), Match)
    if other.norm.bearer is not None and head.head in {noun(role).head for role in other.norm.bearer.roles}:
        return True
    thing = head.complement if head.head == "delay" and head.complement else head
    return thing.head == noun(other.act.object).head
