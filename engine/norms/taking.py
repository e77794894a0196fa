"""What a fact does: it performs duties, breaks prohibitions, uses rights, and gives norms their occasions.

The functions change the state of a fold that is under way (`course.State`); nothing else calls them.
"""

from dataclasses import dataclass, replace
from datetime import datetime

from syngraph.engine.norms import arising, calendar, instances, matching
from syngraph.engine.norms.arising import ANYBODY, THE
from syngraph.engine.norms.course import (
    ALL,
    Candidates,
    Closes,
    Credit,
    Ends,
    Order,
    Starts,
    State,
    balance,
    engage,
    instant_of,
    is_growing,
    of_slot,
    open_of,
    put,
    said,
    use,
)
from syngraph.engine.norms.facts import RecordedFact
from syngraph.engine.norms.index import NEGATIVE, SHADOW
from syngraph.engine.norms.instances import OWING, Instance, Key, Payment, Reason, Status
from syngraph.engine.norms.matching import Match, Strength
from syngraph.engine.norms.money import Unsettled, written
from syngraph.engine.norms.texts import Slot, refers
from syngraph.engine.norms.windows import Every
from syngraph.engine.norms.wording import noun, plain, same
from syngraph.grammar.amounts import Ahead, Amount, Money
from syngraph.grammar.rules import Happens, Late, Mode, Obligation, Permission, Power, PowerKind, Prohibition, Quantifier

EXCUSING = frozenset({"waive", "excuse", "release", "forgive"})


def take(state: State, recorded: RecordedFact) -> None:
    """Lets a fact have all its effects: first on what was owed before it, then on what it gives rise to."""
    instant = instant_of(state, recorded)
    disputed = _contradicted(state, recorded)
    if not recorded.fact.happened:
        touched = _denied(state, recorded, instant) or bool(disputed)
    else:
        touched = _happened(state, recorded, instant)
        for key in matching.fact_keys(recorded.fact):
            state.heard.setdefault(key, []).append(recorded)
    for other in disputed:
        _doubt(state, recorded, other)
    if not touched:
        state.unused.append(recorded)


def _happened(state: State, recorded: RecordedFact, instant: datetime) -> bool:
    if _is_about_condition(recorded):
        return _condition(state, recorded, instant)
    fact = recorded.fact
    touched = False
    if fact.event.verb in EXCUSING:
        touched = _excuse(state, recorded, instant)
    if fact.event.verb == "sign":
        touched = _sign(state, recorded, instant) or touched
    about = _candidates(state, recorded)
    touched = _perform(state, recorded, instant, about.owed) or touched
    for slot in about.forbidden:
        touched = _forbid(state, slot, recorded, instant) or touched
    touched = _use(state, recorded, instant, about.allowed) or touched
    touched = arising.hear(state, recorded, instant) or touched
    return touched or _is_spoken_of(state, recorded)


def _is_spoken_of(state: State, recorded: RecordedFact) -> bool:
    """Whether a rule that is no norm speaks of a fact: a decision, or how the agreement is renewed."""
    given, verb = state.index.given, recorded.fact.event.verb
    if any(verb in (decision.matter.verb, decision.matter.deed.value) for decision in given.decisions):
        return True
    tests = given.renewal[0].conditions if given.renewal is not None else ()
    events = [condition.test.event for condition in tests if isinstance(condition.test, Happens)]
    return any(isinstance(matching.event_of(event, recorded.fact, state.setting.roles), Match) for event in events)


# -- which norms -------------------------------------------------------------------------------------------------------

_Owed = tuple[tuple[Slot, Strength], ...]


def _candidates(state: State, recorded: RecordedFact) -> Candidates:
    """The norms that a fact can be about, found once for all facts with the same words."""
    fact = recorded.fact
    event = fact.event
    shape = (state.text, state.setting.roles.era(fact.day), event.verb, event.object, event.to, fact.under, fact.amount is None)
    known = state.shapes.get(shape)
    if known is None:
        given, roles = state.index.given, state.setting.roles
        found = [(slot, matching.act_of(slot, fact, given.bodies, roles)) for slot in state.index.acts.get(event.verb, ())]
        matched = [(slot, match.strength) for slot, match in found if isinstance(match, Match)]
        known = Candidates(
            tuple((slot, strength) for slot, strength in matched if isinstance(slot.norm, Obligation)),
            tuple(slot for slot, strength in matched if isinstance(slot.norm, Prohibition)),
            tuple(slot for slot, strength in matched if isinstance(slot.norm, Permission | Power)),
        )
        state.shapes[shape] = known
    return known


# -- duties ------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Open:
    instance: Instance
    slot: Slot
    strength: Strength


def _perform(state: State, recorded: RecordedFact, instant: datetime, owed: _Owed) -> bool:
    """Applies a fact to what its actor owes: a cited section first, then a named object, then any sum of money."""
    if not owed:
        return False
    who = matching.actors(recorded.fact, state.setting.roles)
    found = [
        _Open(instance, slot, strength)
        for slot, strength in owed
        for instance in _owing(state, slot, who, recorded)
        if _in_window(state, instance, instant) and (strength is Strength.CITED or _is_creditor(state, instance, recorded))
    ]
    if not found:
        # Notice of a meeting is given before anybody can know that it will be held: the meeting looks back at it.
        early = any(isinstance(time, Ahead) for slot, _ in owed for time in slot.norm.times)
        return _credit(state, recorded, owed, who, recorded.fact.amount) or early
    best = max(one.strength for one in found)
    chosen = [one for one in found if one.strength is best]
    if any(one.instance.amount is not None for one in chosen):
        return _pay(state, recorded, instant, chosen, owed, who)
    done: set[str] = set()
    for one in sorted(chosen, key=_age):
        if one.slot.id not in done:
            done.add(one.slot.id)
            _done(state, one.instance, instant, recorded)
    return True


def _owing(state: State, slot: Slot, who: frozenset[str], recorded: RecordedFact) -> list[Instance]:
    keys: dict[Key, None] = {}
    for bearer in (*sorted(who), ANYBODY):
        keys.update(dict.fromkeys(state.open.get((slot.id, bearer), ())))
    if not who:
        keys.update(dict.fromkeys(state.open.get((slot.id, ALL), ())))
    actor = slot.norm.bearer
    if actor is not None and actor.quantifier is Quantifier.THE:
        day = recorded.fact.day
        if any(state.setting.roles.holds(one, role, day) for one in who for role in actor.roles):
            keys.update(dict.fromkeys(state.open.get((slot.id, THE), ())))
    return [state.instances[key] for key in keys]


def _in_window(state: State, instance: Instance, instant: datetime) -> bool:
    """Whether an act at that instant can still count: not too early, and not for a period that had to see it done.

    What is to be kept up is not done by one act, but a breach of it is mended by one.
    """
    if isinstance(instance.slot.norm, Obligation) and instance.slot.norm.mode is Mode.MAINTAIN:
        return instance.status is Status.VIOLATED
    if instance.suspended is not None or (instance.opens is not None and instant < instance.opens and instance.amount is None):
        return False
    late = instance.status is Status.VIOLATED and instance.amount is None
    return not (late and isinstance(state.setting.texts[instance.slot.index].plans[instance.key.slot], Every))


def _is_creditor(state: State, instance: Instance, recorded: RecordedFact) -> bool:
    """Whether a fact went to whom it should: what is owed for a breach, to the one who was let down unless the text says."""
    source = state.instances.get(instance.source) if instance.source is not None else None
    if instance.slot.act.to or source is None:
        return True  # the words of the fact were compared with those of the rule
    return matching.counterparty(recorded.fact.event.to, source.slot.act.to, recorded.fact.day, state.setting.roles)


def _age(one: _Open) -> tuple[bool, datetime, datetime]:
    due = one.instance.due
    return due is None, due or one.instance.arisen, one.instance.arisen


def _done(state: State, instance: Instance, instant: datetime, recorded: RecordedFact) -> None:
    put(state, instances.performed(instance, instant, said(recorded), recorded.id))
    use(state, recorded, instance.key)
    _settle_dependents(state, instance.key, instant)


def _pay(
    state: State, recorded: RecordedFact, instant: datetime, chosen: list[_Open], owed: _Owed, who: frozenset[str]
) -> bool:
    amount = recorded.fact.amount
    if not isinstance(amount, Money):
        oldest = min(chosen, key=_age)
        _done(state, oldest.instance, instant, recorded)
        return True
    left = amount
    touched = False
    for one in _in_order(state, chosen, amount, recorded):
        if not left.amount:
            break
        rest = balance(state, one.instance, recorded.fact.day)
        if isinstance(rest, Unsettled):
            put(state, instances.doubted(one.instance, Reason(rest.reason)))
            use(state, recorded, one.instance.key)
            touched = True
        elif rest is not None and rest.currency != left.currency:
            why = f"{written(left)} was paid, {written(rest)} is owed, and the text names no rate of exchange"
            put(state, instances.doubted(one.instance, Reason(why, recorded.place)))
            use(state, recorded, one.instance.key)
            touched = True
        elif rest is not None and rest.amount:
            part = Money(min(rest.amount, left.amount), left.currency)
            left = Money(left.amount - part.amount, left.currency)
            _part(state, one.instance, Payment(instant, part, recorded.id), recorded)
            touched = True
    if left.amount:
        touched = _credit(state, recorded, owed, who, left) or touched
    return touched


def _in_order(state: State, chosen: list[_Open], amount: Money, recorded: RecordedFact) -> list[_Open]:
    """The oldest balance first; among duties that only a sum of money speaks for, one of exactly that balance before all."""
    ordered = sorted(chosen, key=_age)
    if chosen[0].strength is Strength.AMOUNT:
        exact = next((one for one in ordered if _is_exactly(state, one.instance, amount, recorded)), None)
        return ordered if exact is None else [exact, *(one for one in ordered if one is not exact)]
    return ordered


def _is_exactly(state: State, instance: Instance, amount: Money, recorded: RecordedFact) -> bool:
    if instance.owed is not None and not instance.payments:
        return instance.owed == amount  # the common case, and there can be many
    return balance(state, instance, recorded.fact.day) == amount


def _part(state: State, instance: Instance, payment: Payment, recorded: RecordedFact) -> None:
    paid = instances.paid(instance, payment, said(recorded))
    use(state, recorded, instance.key)
    put(state, paid)
    _settle(state, paid.key, payment.instant)


def _settle(state: State, key: Key, instant: datetime) -> None:
    """Closes an instance on which nothing is left to pay and nothing more accrues."""
    instance = state.instances[key]
    if instance.amount is None or instance.status not in OWING or is_growing(state, instance):
        return
    rest = balance(state, instance, state.setting.calendar.day(instant))
    if isinstance(rest, Money) and not rest.amount:
        done = Reason(f"{written(Money(instance.paid, rest.currency))} is paid, nothing is left")
        put(state, instances.performed(instance, instant, done, ""))
        _settle_dependents(state, key, instant)


def _settle_dependents(state: State, key: Key, instant: datetime) -> None:
    for dependent in state.dependents.get(key, ()):
        _settle(state, dependent, instant)
        other = state.instances[dependent]
        if SHADOW in dependent.slot and other.status in OWING:
            put(state, instances.performed(other, instant, Reason("the breach was cured"), ""))
        elif any(isinstance(condition.test, Late) for condition in other.slot.norm.conditions):
            state.occasions.pop(dependent.slot, None)
            put(state, instances.lapsed(other, instant, Reason("the delay is over")))


def _credit(state: State, recorded: RecordedFact, owed: _Owed, who: frozenset[str], amount: Amount | None) -> bool:
    """Keeps money that was paid before it was owed for the next time that it is."""
    sure = [slot for slot, strength in owed if strength is not Strength.AMOUNT] or ([owed[0][0]] if len(owed) == 1 else [])
    if not sure or not isinstance(amount, Money) or len(who) != 1 or sure[0].act.verb not in arising.PAYING:
        return False
    slot, (bearer,) = sure[0], tuple(who)
    actor = slot.norm.bearer
    day = recorded.fact.day
    if actor is None or not any(state.setting.roles.holds(bearer, role, day) or plain(role) == bearer for role in actor.roles):
        return False
    state.credits[slot.id, bearer] = (*state.credits.get((slot.id, bearer), ()), Credit(amount, recorded))
    return True


def apply_credits(state: State, key: Key) -> None:
    """Uses money that was paid before its time for an instance that has just arisen."""
    instance = state.instances[key]
    if instance.amount is None or is_growing(state, instance):
        return
    for bearer in instance.bearers:
        kept: list[Credit] = []
        for credit in state.credits.pop((key.slot, bearer), ()):
            instance = state.instances[key]
            rest = balance(state, instance, state.setting.calendar.day(instance.arisen))
            if instance.status in OWING and isinstance(rest, Money) and rest.currency == credit.money.currency and rest.amount:
                part = Money(min(rest.amount, credit.money.amount), rest.currency)
                _part(state, instance, Payment(instance.arisen, part, credit.fact.id), credit.fact)
                over = credit.money.amount - part.amount
                kept += [Credit(Money(over, rest.currency), credit.fact)] if over else []
            else:
                kept.append(credit)
        if kept:
            state.credits[key.slot, bearer] = tuple(kept)


# -- prohibitions, permissions, powers ---------------------------------------------------------------------------------


def _forbid(state: State, slot: Slot, recorded: RecordedFact, instant: datetime) -> bool:
    who = matching.actors(recorded.fact, state.setting.roles)
    touched = False
    for bearer in (*sorted(who), ANYBODY):
        key = state.standing.get((slot.id, bearer))
        instance = state.instances[key] if key is not None else None
        if instance is None or instance.status not in (Status.IN_FORCE, Status.VIOLATED) or instance.suspended is not None:
            continue
        if (instance.opens and instant < instance.opens) or (instance.due and instant > instance.due):
            continue
        touched = True
        use(state, recorded, instance.key)
        allowed = _exception(state, slot, instance, instant)
        if allowed is not None:
            put(state, instances.noted(instances.noted(instance, said(recorded)), said(allowed)))
            continue
        put(state, instances.violated(instance, instant, said(recorded), recorded.id))
        arising.breach(state, instance.key, instant)
    return touched


def _exception(state: State, slot: Slot, instance: Instance, instant: datetime) -> RecordedFact | None:
    """The fact by which an exception held when something forbidden was done."""
    for condition in slot.norm.conditions:
        if condition.link not in NEGATIVE or not isinstance(condition.test, Happens):
            continue
        event = condition.test.event
        others = plain(event.actor).startswith("other ")
        asked = replace(event, actor="") if others else event
        for key in matching.event_keys(asked):
            for earlier in state.heard.get(key, ()):
                if instant_of(state, earlier) <= instant and isinstance(
                    matching.event_of(asked, earlier.fact, state.setting.roles), Match
                ):
                    mine = matching.actors(earlier.fact, state.setting.roles) & set(instance.bearers)
                    if not (others and mine):
                        return earlier
    return None


def _use(state: State, recorded: RecordedFact, instant: datetime, allowed: tuple[Slot, ...]) -> bool:
    """Uses permissions and powers; a power that its actor did not have makes the act void."""
    who = matching.actors(recorded.fact, state.setting.roles)
    touched = powerless = used = False
    why = ""
    for slot in allowed:
        mine = [
            instance
            for bearer in (*sorted(who), ANYBODY)
            if (key := state.standing.get((slot.id, bearer))) is not None and (instance := state.instances[key])
        ]
        mine += _rights(state, slot, who)
        ready = [one for one in mine if one.status in (Status.AVAILABLE, Status.EXERCISED) and _open_now(one, instant)]
        for instance in ready:
            done = instances.exercised(instance, instant, said(recorded), recorded.id)
            if isinstance(slot.norm, Power) and slot.norm.by:
                done = instances.doubted(done, Reason("it takes a vote, and nothing tells whether it was held", slot.place))
            put(state, done)
            use(state, recorded, instance.key)
        touched = touched or bool(mine)
        used = used or bool(ready)
        if isinstance(slot.norm, Power):
            powerless = True
            if mine and not ready:
                why = f"the power of section {slot.number or slot.section} is {mine[0].status}"
            for instance in ready[:1]:
                _effect(state, slot, slot.norm, instance, recorded, instant)
        elif isinstance(slot.norm, Permission) and slot.norm.only and not mine and who:
            _usurped(state, slot, recorded, instant, who)
            touched = True
    if powerless and not used:
        state.void.append((recorded, why or "its actor has no such power"))
        touched = True
    return touched


def _rights(state: State, slot: Slot, who: frozenset[str]) -> list[Instance]:
    """The rights that arose on an occasion and not from the beginning."""
    if arising.is_standing(slot, state):
        return []
    return [
        instance
        for instance in of_slot(state, slot.id)
        if instance.status in (Status.AVAILABLE, Status.EXERCISED) and (who & set(instance.bearers))
    ]


def _open_now(instance: Instance, instant: datetime) -> bool:
    early = instance.opens is not None and instant < instance.opens
    return not early and not (instance.due is not None and instant > instance.due) and instance.suspended is None


def _usurped(state: State, slot: Slot, recorded: RecordedFact, instant: datetime, who: frozenset[str]) -> None:
    """Somebody did what only others may do."""
    for bearer in sorted(who):
        key = Key(slot.id, bearer, f"usurped {recorded.id}")
        instance = Instance(
            key, slot, (bearer,), Status.IN_FORCE, instant, instant, reasons=(Reason(slot.sentence, slot.place),)
        )
        put(state, instances.violated(instance, instant, said(recorded), recorded.id))
        use(state, recorded, key)
        arising.breach(state, key, instant)


def _effect(state: State, slot: Slot, power: Power, instance: Instance, recorded: RecordedFact, instant: datetime) -> None:
    """What the exercise of a power changes."""
    cal = state.setting.calendar
    match power.kind:
        case PowerKind.TERMINATE:
            day = recorded.fact.day
            if power.notice is not None:
                end = calendar.deadline(instant, power.notice, cal)
            else:
                end = instant if recorded.fact.time else cal.end_of(day)
            engage(state, end, Order.END, Ends(-1, said(recorded)))
        case PowerKind.SUSPEND | PowerKind.RESUME:
            change = instances.suspended if power.kind is PowerKind.SUSPEND else instances.resumed
            for other in tuple(state.instances.values()):
                if other.key != instance.key and _concerns(state, recorded, other):
                    changed = change(other, instant, said(recorded))
                    put(state, changed)
                    if changed.due is not None and changed.due != other.due:
                        engage(state, changed.due, Order.CLOSE, Closes(changed.key))
        case _:
            pass


def _concerns(state: State, recorded: RecordedFact, other: Instance) -> bool:
    """Whether a suspension is of the agreement, of the section of a norm, or of the act that it asks for."""
    about = noun(recorded.fact.event.object)
    section = _section(recorded)
    if section:
        return refers(section, other.slot.section, other.slot.number)
    if about.head in ("agreement", "bylaw", "lease", "contract"):
        return True
    return same(recorded.fact.event.object, other.slot.act.object)


# -- excuses, conditions, signatures -----------------------------------------------------------------------------------


def _excuse(state: State, recorded: RecordedFact, instant: datetime) -> bool:
    """A creditor lets go of what is owed: discharged, if it was theirs to let go."""
    who = matching.actors(recorded.fact, state.setting.roles)
    touched = False
    excused = [slot for slot in state.index.slots.values() if SHADOW not in slot.id and _is_excused(slot, recorded)]
    for instance in [one for slot in excused for one in open_of(state, slot.id)]:
        if instance.arisen > instant:
            continue
        slot = instance.slot
        debtor = state.setting.roles.meant(recorded.fact.event.to, recorded.fact.day) if recorded.fact.event.to else frozenset()
        if debtor and not debtor & set(instance.bearers):
            continue
        creditors = state.setting.roles.meant(slot.act.to, recorded.fact.day) if slot.act.to else frozenset()
        if (who & set(instance.bearers)) or (creditors and not creditors & who):
            state.void.append((recorded, "only those to whom a duty is owed can let go of it"))
            touched = True
            continue
        put(state, instances.discharged(instance, instant, said(recorded), recorded.id))
        use(state, recorded, instance.key)
        _settle_dependents(state, instance.key, instant)
        touched = True
    return touched


def _is_excused(slot: Slot, recorded: RecordedFact) -> bool:
    """Whether an excuse speaks of a norm: by its section, by what it asks for, or by both where it names both."""
    said = recorded.fact.event.object
    section, head = _section(recorded), noun(said).head
    if section:
        is_general = not head or head in matching.GENERAL or head == noun(slot.act.object).head
        return refers(section, slot.section, slot.number) and is_general
    return same(said, slot.act.object)


def _section(recorded: RecordedFact) -> str:
    return recorded.fact.under or matching.section_in(recorded.fact.event.object)


def _is_about_condition(recorded: RecordedFact) -> bool:
    return recorded.fact.event.verb == "meet" and noun(recorded.fact.event.object).head == "condition"


def _condition(state: State, recorded: RecordedFact, instant: datetime) -> bool:
    """The record settles whether a condition that nobody has read held."""
    reference = _section(recorded)
    if not reference:
        return False
    happened = recorded.fact.happened
    sections = {
        (slot.section, slot.number) for slot in state.index.slots.values() if refers(reference, slot.section, slot.number)
    }
    for section, number in sections:
        before = state.conditions.get(section)
        clash = before is not None and before[0] is not happened and before[1].fact.day == recorded.fact.day
        if before is not None and clash:
            state.contradictions.append((before[1], recorded))
        state.conditions[section] = (None if clash else happened, recorded)
        if happened and not clash:
            arising.meet(state, section, number, recorded, instant)
    return bool(sections)


def _sign(state: State, recorded: RecordedFact, instant: datetime) -> bool:
    """Counts a signature; the agreement takes effect when the last of those whom the text names has signed."""
    begins = state.index.given.commencement
    if begins is None or state.started is not None or not begins[0].signed_by:
        return False
    state.signed = state.signed | matching.actors(recorded.fact, state.setting.roles)
    needed = frozenset(state.setting.roles.holders(begins[0].signed_by, recorded.fact.day))
    if needed and needed <= state.signed:
        engage(state, instant, Order.START, Starts(state.text, said(recorded)))
    return True


# -- what did not happen -----------------------------------------------------------------------------------------------


def _denied(state: State, recorded: RecordedFact, instant: datetime) -> bool:
    """That something did not happen breaks what was to be kept up; else it only tells against a fact that says it did."""
    if _is_about_condition(recorded):
        return _condition(state, recorded, instant)
    owed = _candidates(state, recorded).owed
    who = matching.actors(recorded.fact, state.setting.roles)
    touched = bool(owed)
    for slot, _ in owed:
        for bearer in sorted(who):
            key = state.standing.get((slot.id, bearer))
            if key is not None and state.instances[key].status in OWING:
                put(state, instances.violated(state.instances[key], instant, said(recorded), recorded.id))
                use(state, recorded, key)
                arising.breach(state, key, instant)
    return touched


def _contradicted(state: State, recorded: RecordedFact) -> tuple[RecordedFact, ...]:
    """The facts of the same day that say the opposite."""
    day = recorded.fact.day
    denials = state.denials[1] if state.denials is not None and state.denials[0] == day else ()
    against: list[RecordedFact] = []
    if recorded.fact.happened:
        against = [other for other in denials if _opposite(state, other, recorded)]
    else:
        for other in reversed(state.heard.get(recorded.fact.event.verb, ())):
            if other.fact.day != day:
                break
            against += [other] if _opposite(state, other, recorded) else []
        state.denials = (day, (*denials, recorded))
    state.contradictions += [(other, recorded) for other in against if not _is_about_condition(recorded)]
    return tuple(against)


def _opposite(state: State, first: RecordedFact, second: RecordedFact) -> bool:
    one, two = first.fact, second.fact
    if one.event.verb != two.event.verb or one.time != two.time:
        return False
    if one.under and two.under and one.under != two.under:
        return False
    if one.amount is not None and two.amount is not None and one.amount != two.amount:
        return False
    roles = state.setting.roles
    who, other = matching.actors(one, roles), matching.actors(two, roles)
    if who and other and not who & other:
        return False
    return same(one.event.object, two.event.object) or bool(one.under and one.under == two.under)


def _doubt(state: State, first: RecordedFact, second: RecordedFact) -> None:
    """Marks what hangs on two facts that contradict each other."""
    why = Reason(f"two facts contradict each other: {first.sentence} ({first.place}) and {second.sentence} ({second.place})")
    for key in dict.fromkeys((*state.used.get(first.id, ()), *state.used.get(second.id, ()))):
        put(state, instances.doubted(state.instances[key], why))
