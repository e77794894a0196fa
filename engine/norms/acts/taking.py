"""What a fact does: on what was owed, forbidden and allowed before it, and then on what it gives rise to.

The functions change the state of a fold that is under way (`course.State`); nothing else calls them.
"""

from datetime import datetime

from syngraph.engine.norms.acts.excusing import EXCUSING, excuse
from syngraph.engine.norms.acts.exercising import belated, exercise, forbid
from syngraph.engine.norms.acts.performing import perform
from syngraph.engine.norms.acts.perhaps import may_have
from syngraph.engine.norms.acts.preventing import EVENTS, prevented
from syngraph.engine.norms.acts.respiting import is_respite, respite
from syngraph.engine.norms.acts.steering import is_joint, lift, together
from syngraph.engine.norms.lasting.transpiring import transpire
from syngraph.engine.norms.life import instances
from syngraph.engine.norms.life.agenda import Order, Starts
from syngraph.engine.norms.life.answering import meant_by
from syngraph.engine.norms.life.course import Candidates, State, engage, put, said, use
from syngraph.engine.norms.life.exchanging import remember
from syngraph.engine.norms.life.instances import OWING, Reason, Status
from syngraph.engine.norms.life.listening import breach, hear, meet, unmeet
from syngraph.engine.norms.life.measuring import contradicted, measure, meet_level, split
from syngraph.engine.norms.life.picking import qualify
from syngraph.engine.norms.life.scopes import section_of
from syngraph.engine.norms.life.standing import stand_again
from syngraph.engine.norms.life.weighing import counts, counts_for
from syngraph.engine.norms.said import matching, narrowing
from syngraph.engine.norms.said.matching import Match, Mismatch, Perhaps
from syngraph.engine.norms.said.texts import Slot, refers
from syngraph.engine.norms.told.facts import RecordedFact
from syngraph.engine.norms.words.wording import noun, same
from syngraph.grammar.amounts import Named
from syngraph.grammar.phrases.currencies import rate_of
from syngraph.grammar.rules import Fact, Happens, Obligation, Permission, Power, Prohibition


def take(state: State, recorded: RecordedFact, instant: datetime) -> None:
    """Lets a fact that happened at an instant have all its effects: first on what was owed before it, then on what it gives
    rise to.
    """
    state.facts[recorded.id] = recorded
    is_measure = recorded.fact.measured is not None
    is_rate = rate_of(recorded.fact) is not None
    disputed = () if is_rate else contradicted(state, recorded) if is_measure else _contradicted(state, recorded)
    if is_rate:
        touched = remember(state, recorded)
    elif is_measure:
        touched = measure(state, recorded, instant) or bool(disputed)
    elif not recorded.fact.happened:
        touched = _denied(state, recorded, instant) or bool(disputed)
    else:
        about = _candidates(state, recorded)
        touched = _happened(state, recorded, instant, about)
        for key in about.called:
            heard = state.heard.get(key)
            if heard is None:
                state.heard[key] = [recorded]
            else:
                heard.append(recorded)
    for other in disputed:
        _doubt(state, recorded, other, split(state, recorded, other) if is_measure else None)
    if not touched:
        state.unused.append(recorded)


def _happened(state: State, recorded: RecordedFact, instant: datetime, about: Candidates) -> bool:
    if about.is_plain:
        touched = bool(about.owed) and perform(state, recorded, instant, about.owed)
        touched = hear(state, recorded, instant) or touched
        return touched or _is_spoken_of(state, recorded)
    if _is_about_condition(recorded):
        return _condition(state, recorded, instant)
    fact = recorded.fact
    touched = False
    if fact.event.verb in EXCUSING:
        touched = excuse(state, recorded, instant)
    if fact.event.verb == "sign":
        touched = _sign(state, recorded, instant) or touched
    touched = perform(state, recorded, instant, about.owed) or touched
    for slot in about.forbidden:
        touched = forbid(state, slot, recorded, instant, (*about.allowed, *(duty for duty, _ in about.owed))) or touched
    done = together(state, recorded, instant) or (touched and fact.event.verb in EXCUSING)
    touched = exercise(state, recorded, instant, about.allowed, done) or done or touched
    if belated(state, recorded, about.allowed):
        return True
    if not touched:
        for slot, why in about.doubtful:
            touched = may_have(state, slot, recorded, instant, why) or touched
    if state.void and state.void[-1][0] is recorded:
        return True  # what has no effect is no event either
    touched = lift(state, recorded, instant) or touched
    touched = touched or respite(state, recorded, instant)
    touched = hear(state, recorded, instant) or touched
    touched = transpire(state, recorded, instant) or touched
    touched = (fact.event.verb in EVENTS and prevented(state, recorded, instant)) or touched
    touched = qualify(state, recorded, instant) or touched
    return touched or _is_spoken_of(state, recorded)


def _is_spoken_of(state: State, recorded: RecordedFact) -> bool:
    """Whether a rule that is no norm speaks of a fact: a decision, or how the agreement is renewed."""
    given, verb = state.index.given, recorded.fact.event.verb
    if not given.decisions and given.renewal is None:
        return False
    if any(verb in (decision.matter.verb, decision.matter.deed.value) for decision in given.decisions):
        return True
    tests = given.renewal[0].conditions if given.renewal is not None else ()
    events = [condition.test.event for condition in tests if isinstance(condition.test, Happens)]
    return any(isinstance(matching.event_of(event, recorded.fact, state.setting.roles), Match) for event in events)


def _candidates(state: State, recorded: RecordedFact) -> Candidates:
    """The norms that a fact can be about, found once for all facts with the same words."""
    fact = recorded.fact
    event = fact.event
    index, roles = state.index, state.setting.roles
    # Of sums only whether there is one makes a difference, unless some act of the verb asks for more or less than one.
    amount = fact.amount if event.verb in index.bounded or fact.amount is None else _SOME
    text = "" if event.verb else event.text
    shape = (state.text, roles.era(fact.day), event.verb, event.object, event.to, fact.under, text, amount)
    known = state.shapes.get(shape)
    if known is None:
        slots = index.near(event.verb, fact.under) if fact.under else _near(state, fact)
        found = [(slot, matching.act_of(slot, fact, index.given.bodies, roles)) for slot in slots]
        matched = [(slot, match.strength) for slot, match in found if isinstance(match, Match)]
        is_more = (
            event.verb in _MORE
            or event.verb in index.qualifiers
            or is_joint(event.verb)
            or is_respite(event.verb, event.object)
        )
        known = Candidates(
            tuple((slot, strength) for slot, strength in matched if isinstance(slot.norm, Obligation)),
            tuple(slot for slot, strength in matched if isinstance(slot.norm, Prohibition)),
            tuple(slot for slot, strength in matched if isinstance(slot.norm, Permission | Power)),
            tuple((slot, match.why) for slot, match in found if isinstance(match, Perhaps)),
            matching.fact_keys(fact),
            not is_more and all(isinstance(match, Mismatch) or _is_owed(slot, match) for slot, match in found),
        )
        state.shapes[shape] = known
    return known


def _near(state: State, fact: Fact) -> tuple[Slot, ...]:
    """The norms with the verb of a fact, without those that at once are about another thing."""
    bodies, verb = state.index.given.bodies, fact.event.verb
    place = (state.text, verb)
    known = state.near.get(place)
    if known is None:
        slots = state.index.acts.get(verb, ())
        known = state.near[place] = narrowing.row((narrowing.mark_of_act(slot, verb, bodies), slot) for slot in slots)
    return known.of(narrowing.mark_of_deed(fact, bodies))


def _is_owed(slot: Slot, match: Match | Perhaps) -> bool:
    return isinstance(slot.norm, Obligation) and isinstance(match, Match)


_MORE = EXCUSING | EVENTS | {"sign", "meet"}
"""Verbs of facts that do more than what norms ask for, forbid or allow."""
_SOME = Named("")
"""Stands for any sum of money."""


def _is_about_condition(recorded: RecordedFact) -> bool:
    return recorded.fact.event.verb == "meet" and noun(recorded.fact.event.object).head == "condition"


def _condition(state: State, recorded: RecordedFact, instant: datetime) -> bool:
    """The record settles whether a condition that nobody has read held."""
    reference = section_of(recorded)
    if not reference:
        return False
    happened = recorded.fact.happened
    who = meant_by(recorded.fact, state.setting.roles)
    meant = [slot for slot in state.index.slots.values() if refers(reference, slot.section, slot.number)]
    sections = {(slot.section, slot.number) for slot in meant}
    renewal = state.index.given.renewal
    renewed = renewal is not None and refers(reference, renewal[1].clause.section, renewal[1].clause.number)
    if renewal is not None and renewed:
        sections.add((renewal[1].clause.section, renewal[1].clause.number))
    levels = False
    for section, number in sections:
        before = None if who else state.conditions.get(section)
        clash = before is not None and before[0] is not happened and before[1].fact.day == recorded.fact.day
        if before is not None and clash:
            state.contradictions.append((before[1], recorded))
        if not who:
            state.conditions[section] = (None if clash else happened, recorded)
        if happened and not clash:
            meet(state, section, number, recorded, instant, who)
            for slot in (one for one in meant if not who and (one.section, one.number) == (section, number)):
                levels = meet_level(state, slot, recorded, instant) or levels
        else:
            unmeet(state, section, number, recorded, instant, who)
    return renewed or levels or any(slot.questions or slot.haste for slot in meant)


def _sign(state: State, recorded: RecordedFact, instant: datetime) -> bool:
    """Counts a signature; the agreement takes effect when the last of those whom the text names has signed."""
    begins = state.index.given.commencement
    if begins is None or state.started is not None or not begins[0].signed_by:
        return False
    if not counts_for(state, recorded, None, ()):
        return True
    state.signed = state.signed | matching.actors(recorded.fact, state.setting.roles)
    needed = frozenset(state.setting.roles.holders(begins[0].signed_by, recorded.fact.day))
    if needed and needed <= state.signed:
        engage(state, instant, Order.START, Starts(state.text, said(recorded)))
    return True


def _denied(state: State, recorded: RecordedFact, instant: datetime) -> bool:
    """That something did not happen breaks what was to be kept up; else it only tells against a fact that says it did."""
    if _is_about_condition(recorded):
        return _condition(state, recorded, instant)
    owed = _candidates(state, recorded).owed
    who = matching.actors(recorded.fact, state.setting.roles)
    touched = qualify(state, recorded, instant) or bool(owed)
    for slot, _ in owed:
        for bearer in sorted(who):
            key = state.standing.get((slot.id, bearer))
            if key is None or not counts(state, recorded, state.instances[key]):
                continue
            if state.instances[key].status is Status.CURED:
                key = stand_again(state, state.instances[key], instant)
            if state.instances[key].status in OWING:
                put(state, instances.violated(state.instances[key], instant, said(recorded), recorded.id))
                use(state, recorded, key)
                breach(state, key, instant)
    return touched


def _contradicted(state: State, recorded: RecordedFact) -> tuple[RecordedFact, ...]:
    """The facts of the same day that say the opposite."""
    day = recorded.fact.day
    if recorded.fact.happened and (state.denials is None or state.denials[0] != day):
        return ()
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


def _doubt(state: State, first: RecordedFact, second: RecordedFact, only: frozenset[str] | None = None) -> None:
    """Marks what hangs on two facts that contradict each other, of these norms where not of all."""
    why = Reason(f"two facts contradict each other: {first.sentence} ({first.place}) and {second.sentence} ({second.place})")
    for key in dict.fromkeys((*state.used.get(first.id, ()), *state.used.get(second.id, ()))):
        instance = state.instances[key]
        if (only is None or key.slot in only) and counts(state, first, instance) and counts(state, second, instance):
            put(state, instances.doubted(instance, why))
