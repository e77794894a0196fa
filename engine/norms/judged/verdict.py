"""What everybody had to do and has done: a verdict for every instance of every norm, with the reasons for it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from syngraph.engine.norms.days.calendar import Calendar, term_end
from syngraph.engine.norms.days.dating import day
from syngraph.engine.norms.folded.state import beginning, state_at
from syngraph.engine.norms.judged import findings as faults
from syngraph.engine.norms.judged.reasoning import reasons_of, unsettled
from syngraph.engine.norms.lasting.doubting import doubts_of_breach, doubts_of_condition, is_open
from syngraph.engine.norms.life.accruing import balance
from syngraph.engine.norms.life.answering import answer, asked
from syngraph.engine.norms.life.bearing import bearers
from syngraph.engine.norms.life.course import State, said, told
from syngraph.engine.norms.life.instances import ANYBODY, HELD, LIVE, OVER, OWING, THE, Instance, Key, Reason, Status
from syngraph.engine.norms.life.weighing import confirmed, counts_for, weakest
from syngraph.engine.norms.said.capping import adrift
from syngraph.engine.norms.said.index import NEGATIVE, SHADOW
from syngraph.engine.norms.said.texts import GoverningText, Slot, place_of, survives
from syngraph.engine.norms.said.windows import Among, Every, Once, Periodic, Upon
from syngraph.engine.norms.sums.exactness import exactly
from syngraph.engine.norms.told.facts import Evidence, RecordedFact
from syngraph.engine.norms.told.naming import whole_names
from syngraph.engine.norms.words.roles import Holding
from syngraph.engine.text.collecting import uncollected
from syngraph.engine.text.findings import Finding
from syngraph.engine.text.provenance import Place
from syngraph.engine.text.records import quick
from syngraph.grammar.amounts import Money
from syngraph.grammar.lexicon import Verb, extended, spoken
from syngraph.grammar.rules import Condition, Mode, Obligation

__all__ = ("Case", "GoverningText", "Reason", "Report", "Status", "Verdict", "check", "judge", "verdict", "verdicts")


@quick
@dataclass(frozen=True, slots=True)
class Verdict:
    """How one instance of a norm stands.

    `rule` is the id of the rule as it now stands and `section`, `number` where. `bearer` is an id of the register, several
    joined by a blank, or the role where nobody holds it; `name` the same for people. `since` is when the status began, `due`
    the last day in time (None where there is none, or while suspended), `amount_due` what is still to be paid. `suspended`
    is the day since which it is on hold, None when it is not. `evidence` is that of the weakest fact it hangs on, None
    when it hangs on none. `reasons` are the sentences and facts that led here, in order.
    """

    rule: str
    section: str
    number: str
    bearer: str
    name: str
    act: str
    status: Status
    since: date | None = None
    due: date | None = None
    amount_due: Money | None = None
    evidence: Evidence | None = None
    reasons: tuple[Reason, ...] = ()
    place: Place | None = None
    key: Key | None = None
    suspended: date | None = None


@dataclass(frozen=True, slots=True)
class Case:
    """All that a report was asked about, so that it can be asked again with something changed.

    `asked` is how well a fact must be supported to count, seen from the duty that it touches; `verbs` are the agreement's own.
    """

    texts: tuple[GoverningText, ...]
    facts: tuple[RecordedFact, ...]
    holdings: tuple[Holding, ...]
    calendar: Calendar
    asked: Evidence = Evidence.CLAIMED
    verbs: tuple[Verb, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """The verdicts at an instant, in the order of the text, and what is wrong with the record."""

    at: datetime
    verdicts: tuple[Verdict, ...]
    findings: tuple[Finding, ...] = ()
    case: Case = field(default=Case((), (), (), Calendar()), repr=False)
    state: State | None = field(default=None, repr=False, compare=False)

    @property
    def summary(self) -> Mapping[str, int]:
        """How many verdicts there are of each status, those that there are none of left out."""
        return {status.value: count for status in Status if (count := sum(one.status is status for one in self.verdicts))}

    @property
    def violated(self) -> tuple[Verdict, ...]:
        """The verdicts that say something is broken and not mended."""
        return tuple(verdict for verdict in self.verdicts if verdict.status is Status.VIOLATED)


def check(
    texts: tuple[GoverningText, ...],
    facts: Iterable[RecordedFact],
    holdings: Iterable[Holding],
    at: datetime,
    calendar: Calendar,
    known_at: date | None = None,
    asked: Evidence = Evidence.CLAIMED,
    verbs: tuple[Verb, ...] = (),
) -> Report:
    """Judges every norm by what had happened at an aware instant.

    With `known_at` only facts that had entered the record by the end of that day count, those without a date of entry
    always. A deadline at the very instant `at` has not passed. Facts that are not supported as well as `asked` do not count.
    """
    told_by_then = tuple(fact for fact in facts if known_at is None or fact.entered is None or fact.entered <= known_at)
    return judge(Case(texts, told_by_then, tuple(holdings), calendar, asked, verbs), at)


def judge(case: Case, at: datetime) -> Report:
    """The report on a case at an instant.

    Asking for better support never makes a duty done: one that is done by the facts that count, and not by all facts or those
    of a level between, is undetermined. What is wrong with the record does not hang on what is asked for.
    """
    with spoken(extended(case.verbs) if case.verbs else None), uncollected(), exactly():
        return _judged(case, at)


def _judged(case: Case, at: datetime) -> Report:
    if not case.texts:
        return Report(at, (), case=case)
    begun = beginning(case.texts, case.holdings, case.facts, case.calendar, at, case.asked)
    facts = whole_names(case.facts, begun.setting.roles.principals.values())
    state = state_at(begun, confirmed(facts, begun.setting), at)
    found = verdicts(state)
    if case.asked is Evidence.CLAIMED:
        return Report(at, found, faults.of(state), case, state)
    is_signed = any(recorded.signed_by for recorded in case.facts)
    below = tuple(Evidence)[case.asked.rank - 1] if is_signed else Evidence.CLAIMED
    whole = judge(replace(case, asked=below), at)
    return Report(at, _bounded(found, whole, case.asked), whole.findings, case, state)


def _bounded(found: tuple[Verdict, ...], below: Report, asked: Evidence) -> tuple[Verdict, ...]:
    """The verdicts, those in doubt that say that something is done which is not by facts that are supported less well too."""
    before = {one.key: one for one in below.verdicts if one.key is not None}
    return tuple(
        one if one.key is None or one.status not in _DONE else _bound(one, before.get(one.key), asked) for one in found
    )


def _bound(one: Verdict, below: Verdict | None, asked: Evidence) -> Verdict:
    if below is not None and below.status in _DONE:
        return one
    otherwise = "it is not there" if below is None else f"it is {below.status.value}"
    why = f"it is {one.status.value} only by what is {asked.value} or better; by what is told besides {otherwise}"
    return replace(one, status=Status.UNDETERMINED, reasons=(*one.reasons, Reason(why)))


@exactly()
def verdicts(state: State, known: Mapping[Key, Verdict] | None = None) -> tuple[Verdict, ...]:
    """A verdict for each instance of a state, for each norm that has none yet, and for each sentence that was not read.

    `known` are verdicts on instances of which it is known that they still hold; they are not worked out again.
    """
    there_already = known or {}
    signed = {said(recorded): recorded for recorded in state.facts.values() if recorded.signed_by}
    order = {slot: number for number, slot in enumerate(state.index.slots)}
    shown = [instance for key, instance in state.instances.items() if SHADOW not in key.slot]
    # Norms of the text in force in its order; those that only an earlier text had, after them.
    shown.sort(key=lambda one: (order.get(one.key.slot, len(order)), one.arisen, one.due or one.arisen, one.key.bearer))
    found = [there_already.get(instance.key) or verdict(state, instance, signed) for instance in shown]
    doubted = _in_doubt(state, shown) if state.contradictions else []
    found += [verdict for _, verdict in doubted]
    there = {instance.key.slot for instance in shown} | {slot for slot, _ in doubted}
    found += [_waiting(state, slot) for slot in state.index.slots.values() if slot.id not in there and SHADOW not in slot.id]
    return (*found, *_unread(state))


_DONE = frozenset({Status.FULFILLED, Status.CURED})
_SETTLED = _DONE | OVER


# -- an instance -------------------------------------------------------------------------------------------------------


def verdict(state: State, instance: Instance, signed: Mapping[Reason, RecordedFact]) -> Verdict:
    """The verdict on one instance of a state; `signed` are the facts that somebody has signed, by the reason that each is."""
    calendar = state.calendar
    status, why = standing(state, instance)
    is_owing = instance.status in OWING and status is not Status.DISCHARGED
    rest = balance(state, instance, calendar.day(state.now)) if is_owing else None
    slot = state.index.slots.get(instance.key.slot, instance.slot)
    return Verdict(
        slot.placed.id,
        slot.section,
        slot.number,
        " ".join(one for one in instance.bearers if one not in (THE, ANYBODY)),
        _names(state, instance.bearers),
        instance.slot.act.text,
        status,
        calendar.day(instance.since),
        _last_day(state, instance),
        rest if isinstance(rest, Money) else None,
        weakest(state, instance),
        reasons_of(state, instance, signed) + (why or unsettled(rest)),
        slot.place,
        instance.key,
        None if instance.suspended is None or instance.status not in HELD else calendar.day(instance.suspended),
    )


def _last_day(state: State, instance: Instance) -> date | None:
    """The last day for an act; while what is not broken is suspended nobody knows which that will be."""
    held = instance.suspended is not None and instance.status in LIVE
    return None if instance.due is None or held else state.calendar.day(instance.due)


def standing(state: State, instance: Instance) -> tuple[Status, tuple[Reason, ...]]:
    """The status of an instance as far as it can be told, and what stands in the way when it cannot."""
    if loose := adrift(instance.slot.norm):
        return Status.UNDETERMINED, (Reason(loose, instance.slot.place),)
    doubts = instance.doubts
    source = state.instances.get(instance.source) if instance.source is not None else None
    if source is not None and source.doubts:
        doubts = (*doubts, *source.doubts)
    if source is not None and source.status in (Status.VIOLATED, Status.CURED):
        doubts = (*doubts, *source.perhaps)
    if instance.status not in _SETTLED:
        doubts = (*doubts, *instance.perhaps)
    if doubts and not (
        instance.status is Status.VIOLATED and not instance.facts and not instance.payments and not is_open(doubts)
    ):
        return Status.UNDETERMINED, doubts
    if instance.status is Status.PENDING and (doubts := doubts_of_condition(state, instance.key.slot)):
        return Status.UNDETERMINED, doubts
    if _lacks_clock(state, instance):
        hour = "the text names a time of that day and no fact does: whether it was in time, people must say"
        return Status.UNDETERMINED, (Reason(hour, instance.slot.place),)
    status, why = _by_questions(state, instance)
    return _by_haste(state, instance) if status is instance.status and not why else (status, why)


def _lacks_clock(state: State, instance: Instance) -> bool:
    """Whether a status hangs on the time of day of a fact that names none, on a day for which the text names one."""
    if not instance.facts or not instance.slot.timed:
        return False
    bounds = {state.calendar.day(bound) for bound in (instance.opens, instance.due) if bound is not None}
    facts = (state.facts[id_].fact for id_ in instance.facts if id_ in state.facts)
    return any(fact.day in bounds and not fact.time for fact in facts)


def _by_questions(state: State, instance: Instance) -> tuple[Status, tuple[Reason, ...]]:
    """What conditions that nobody has read make of a status, by what the record says of them."""
    slot = instance.slot
    for condition in slot.questions:
        negative = condition.link in NEGATIVE
        holds, why = answer(state, slot, condition, instance.bearers)
        if not negative and not isinstance(slot.norm, Obligation):
            # What binds or frees only in a circumstance waits for somebody to tell it.
            if instance.status is Status.PENDING and not holds:
                status = Status.UNDETERMINED if holds is None and why is not None else Status.PENDING
                return status, (why or asked(state, slot, condition, instance.bearers),)
        elif holds is not None and why is not None:
            if holds is negative and instance.status in OWING:
                return Status.DISCHARGED, (why,)
        elif _hangs(instance, condition):
            return Status.UNDETERMINED, (asked(state, slot, condition, instance.bearers),)
    return instance.status, ()


def _hangs(instance: Instance, condition: Condition) -> bool:
    """Whether a status would be another if the answer to a condition were: what is done is done either way."""
    if instance.status is Status.VIOLATED:
        return True
    if condition.link in NEGATIVE:
        return False
    kept = not isinstance(instance.slot.norm, Obligation) or instance.slot.norm.mode is Mode.MAINTAIN
    return instance.status in (Status.PENDING, Status.IN_FORCE) and (not kept or instance.status is Status.PENDING)


_AS_SOON = frozenset({"as soon as possible", "as soon as practicable", "as soon as reasonably practicable"})
"""Words for a deadline that runs from the beginning where nothing else is named from which it could."""


def _by_haste(state: State, instance: Instance) -> tuple[Status, tuple[Reason, ...]]:
    """A deadline without a number: done the same day is prompt, and later is for people to say."""
    word = instance.slot.haste
    said_so = state.conditions.get(instance.slot.section)
    is_told = said_so is not None and bool(said_so[0]) and counts_for(state, said_so[1], instance.slot, instance.bearers)
    if not word or instance.due is not None or is_told:
        return instance.status, ()
    day_of = state.calendar.day
    taken = (day_of(instance.since) - day_of(instance.arisen)).days
    waited = (day_of(state.now) - day_of(instance.arisen)).days
    started = instance.key.occasion != "once" or word in _AS_SOON
    if instance.status is Status.FULFILLED and taken and started:
        return Status.UNDETERMINED, (
            Reason(f"done after {taken} days: whether that was {word}, people must say", instance.slot.place),
        )
    if instance.status is Status.IN_FORCE and waited and started:
        why = f"not done after {waited} days: whether that is still {word}, people must say"
        return Status.UNDETERMINED, (Reason(why, instance.slot.place),)
    return instance.status, ()


# -- norms without an instance -----------------------------------------------------------------------------------------


def _in_doubt(state: State, shown: list[Instance]) -> list[tuple[str, Verdict]]:
    """What a breach would have given rise to, by norm, where facts contradict each other about whether there was one."""
    found = []
    for broken in shown:
        doubts = doubts_of_breach(state, broken)
        for watch in state.index.breaches.get(broken.key.slot, ()) if doubts else ():
            slot, known = watch.slot, state.dependents.get(broken.key, ())
            if SHADOW in slot.id or not isinstance(slot.norm, Obligation) or any(key.slot == slot.id for key in known):
                continue
            names = _names(state, broken.bearers)
            bearer, rule = broken.key.bearer, slot.placed.id
            verdict = Verdict(rule, slot.section, slot.number, bearer, names, slot.act.text, Status.UNDETERMINED)
            found.append((slot.id, replace(verdict, reasons=(told(slot), *doubts), place=slot.place)))
    return found


def _lives_on(state: State, slot: Slot) -> bool:
    """Whether a norm outlives an agreement that has ended, for as long as the text lets it."""
    survival = survives(slot, state.index.given)
    if survival is None or survival.duration is None or state.ended is None:
        return survival is not None
    first = state.calendar.day(state.ended) + timedelta(days=1)
    return state.calendar.day(state.now) <= term_end(first, survival.duration, state.calendar)


def _waiting(state: State, slot: Slot) -> Verdict:
    """A norm that has had no occasion yet, or can have none any more."""
    status, why = Status.PENDING, Reason(_nothing_yet(state, slot))
    unread = [condition for condition in slot.questions if condition.link not in NEGATIVE]
    if state.ended is not None and not _lives_on(state, slot):
        status, why = Status.EXPIRED, Reason(f"the agreement ended on {day(state.calendar.day(state.ended))}")
    elif unread and state.started is not None:
        said = state.conditions.get(slot.section)
        if said is None or said[0] is None:
            status = Status.UNDETERMINED if isinstance(slot.norm, Obligation) else Status.PENDING
            why = asked(state, slot, unread[0], ())
        else:
            why = Reason(said[1].sentence, said[1].place)
    groups = bearers(state, slot, state.calendar.day(state.now))
    one = groups[0] if len(groups) == 1 and len(groups[0]) == 1 else ()
    roles = " or ".join(slot.norm.bearer.roles) if slot.norm.bearer is not None else ""
    return Verdict(
        slot.placed.id,
        slot.section,
        slot.number,
        " ".join(one) if one else roles,
        _names(state, one) if one else roles,
        slot.act.text,
        status,
        reasons=(told(slot), why),
        place=slot.place,
    )


def _nothing_yet(state: State, slot: Slot) -> str:
    if state.started is None:
        return "the agreement has not taken effect"
    plan = state.index.plans[slot.id]
    if isinstance(plan, Among):
        return f"the record does not tell of {' and '.join(event.text for event in plan.events)}"
    if isinstance(plan, Upon):
        return f"the record does not tell of {plan.event.text or plan.event.verb}"
    if slot.norm.conditions:
        return "its condition has not come true"
    return (
        "its first period has not begun"
        if isinstance(plan, Periodic | Every)
        else "it has no bearer yet"
        if isinstance(plan, Once)
        else "it waits"
    )


def _unread(state: State) -> list[Verdict]:
    """Sentences that bind somebody and were not read: nobody can say that they were obeyed."""
    found = []
    for clause in state.index.given.text.unread:
        place = place_of(clause)
        why = (
            Reason(clause.sentence.text.strip(), place),
            Reason("this sentence binds somebody and was not read as a rule", place),
        )
        found.append(Verdict("", clause.section, clause.number, "", "", "", Status.UNDETERMINED, reasons=why, place=place))
    return found


def _names(state: State, ids: tuple[str, ...]) -> str:
    return " and ".join(state.setting.roles.name(one) for one in ids if one not in (THE, ANYBODY))
