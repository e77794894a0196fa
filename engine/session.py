"""Judging again and again: one agreement by other facts each time, or by one fact more.

What the text and the register come to is worked out once. Every answer is the one that judging from scratch would give.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from syngraph.engine.norms.acts.consenting import exceptions_of
from syngraph.engine.norms.days.calendar import YEARS
from syngraph.engine.norms.folded.state import Ground, beginning, fold, ground, state_at
from syngraph.engine.norms.judged import findings as faults
from syngraph.engine.norms.judged.verdict import Case, Report, Verdict, judge, verdict, verdicts
from syngraph.engine.norms.life.course import State, instant_of
from syngraph.engine.norms.life.instances import OWING, Instance, Key, Reason
from syngraph.engine.norms.said.index import SHADOW
from syngraph.engine.norms.sums.money import grows
from syngraph.engine.norms.told.facts import Evidence, RecordedFact
from syngraph.engine.norms.told.naming import whole_names
from syngraph.grammar.lexicon import Lexicon, extended, spoken

KEPT = 24
"""So many states are kept from which an evaluation can go on, the one used longest ago thrown away first."""

WORDS = 4096
"""So many different wordings of facts are remembered, and so many sums."""

_NOBODY: Mapping[Reason, RecordedFact] = {}


@dataclass(frozen=True, slots=True)
class _Base:
    """How everything stands at the beginning of a month, with the facts of the record that come after, and the verdicts that
    there are if nothing else happens.
    """

    state: State
    rest: tuple[RecordedFact, ...]
    quiet: State
    known: Mapping[Key, tuple[Instance, Instance | None, Verdict]]


class Session:
    """An agreement to be judged many times. It owns what it remembers: two sessions share nothing, and nothing is global.

    Only facts that nobody has signed are judged in the quick way; where some are signed, or better evidence is asked for, every
    evaluation is made from scratch.
    """

    def __init__(self, case: Case) -> None:
        """A session on texts, holdings and a calendar, with the facts that every evaluation begins with.

        Raises: ValueError when there is no text.
        """
        self.case = case
        with spoken(_verbs(case)):
            self._ground = ground(case.texts, case.holdings, case.calendar)
        names = self._ground.roles.principals.values()
        self._facts = whole_names(case.facts, names)
        self._bases: dict[tuple[datetime, date, datetime, datetime], _Base | None] = {}

    def check(self, facts: Iterable[RecordedFact], at: datetime) -> Report:
        """What everybody had to do and has done at an aware instant, by the facts of the case and further ones.

        Raises: ValueError for an instant without a zone, and for one before 1900 or after 2999.
        """
        if at.tzinfo is None or at.year not in YEARS:
            raise ValueError(f"found {at.isoformat()}, expected an instant with a zone, of the years {YEARS[0]} to {YEARS[-1]}")
        own = tuple(facts)
        case = replace(self.case, facts=(*self.case.facts, *own))
        if not _is_plain(case, self._ground):
            return judge(case, at)
        with spoken(_verbs(case)):
            return self._checked(case, own, at)

    def follow(self, at: datetime) -> "Following":
        """The same agreement as it stands at an instant, to which facts are added as they happen."""
        return Following(self.case, at, self._ground)

    def _checked(self, case: Case, own: tuple[RecordedFact, ...], at: datetime) -> Report:
        for memory in (self._ground.shapes, self._ground.listeners, self._ground.sums, self._ground.roles.meanings):
            if len(memory) > WORDS:
                memory.clear()
        meant = whole_names(own, self._ground.roles.principals.values())
        begun = beginning(case.texts, case.holdings, case.facts, case.calendar, at, case.asked, self._ground)
        base = self._base(begun, meant, at)
        if base is None:
            state = state_at(begun, (*self._facts, *meant), at)
            return Report(at, verdicts(state), faults.of(state), case, state)
        state = state_at(replace(base.state, setting=begun.setting), (*base.rest, *meant), at)
        still = _circumstances(state)
        known = _still(state, base.known) if still is not None and still == _circumstances(base.quiet) else None
        return Report(at, verdicts(state, known), faults.of(state), case, state)

    def _base(self, begun: State, own: tuple[RecordedFact, ...], at: datetime) -> _Base | None:
        """The state from which the facts of an evaluation go on; None for the first of its month, which may be the only one."""
        calendar = self._ground.calendars[0]
        days = [recorded.fact.day for recorded in own]
        first = min((*days, calendar.day(at)))
        cut = min(calendar.start_of(first.replace(day=1)), at)
        place = (at, begun.setting.origin, begun.now, cut)
        is_new = place not in self._bases
        base = self._bases.pop(place, None)
        if base is None and not is_new:
            before = tuple(fact for fact in self._facts if instant_of(begun, fact) <= cut)
            rest = tuple(fact for fact in self._facts if instant_of(begun, fact) > cut)
            state = state_at(begun, before, cut)
            quiet = state_at(state, rest, at)
            found = {one.key: one for one in verdicts(quiet) if one.key is not None}
            known = {
                key: (quiet.instances[key], _source(quiet, quiet.instances[key]), one)
                for key, one in found.items()
                if key in quiet.instances
            }
            base = _Base(state, rest, quiet, known)
        self._bases[place] = base
        while len(self._bases) > KEPT:
            del self._bases[next(iter(self._bases))]
        return base


class Following:
    """An agreement as time goes on. A fact that is earlier than the last one is taken too, and everything is judged anew."""

    def __init__(self, case: Case, at: datetime, on: Ground | None = None) -> None:
        """How a case stands at an aware instant.

        Raises: ValueError when there is no text.
        """
        with spoken(_verbs(case)):
            self._ground = on if on is not None else ground(case.texts, case.holdings, case.calendar)
        self._excepting = frozenset(verb for text in self._ground.texts for verb in exceptions_of(text))
        self._case = replace(case, facts=())
        self._facts = list(case.facts)
        self._known: dict[Key, Verdict] = {}
        self._moving: dict[Key, None] = {}
        self._all: tuple[Verdict, ...] | None = None
        self._state: State | None = None
        self._later: list[RecordedFact] = []
        self._first: date | None = None
        self.at = at
        self._anew()

    @property
    def case(self) -> Case:
        """What has been judged so far."""
        return replace(self._case, facts=tuple(self._facts))

    @property
    def verdicts(self) -> tuple[Verdict, ...]:
        """The verdicts at `at`, in the order of the text."""
        if self._all is None:
            assert self._state is not None
            with spoken(_verbs(self._case)):
                self._all = verdicts(self._state, self._known)
            for one in self._all:
                if one.key is not None and one.key not in self._known:
                    self._keep(one.key, one)
        return self._all

    def report(self) -> Report:
        """A report of its own at `at`, with what is wrong with the record."""
        return judge(self.case, self.at)

    def add(self, fact: RecordedFact, at: datetime | None = None) -> tuple[Verdict, ...]:
        """Takes one fact more and goes on to `at` (None: the instant of the fact, or where time stands if that is later).

        The verdicts that are other than before, or new, on what the fact and the time since have touched; what only grew with
        time is in `verdicts`.

        Raises: ValueError when `at` is before the instant that was reached.
        """
        if at is not None and at < self.at:
            raise ValueError(f"found {at.isoformat()}, expected no instant before {self.at.isoformat()}")
        state = self._state
        self._facts.append(fact)
        (meant,) = whole_names((fact,), self._ground.roles.principals.values())
        instant = instant_of(state, meant) if state is not None else self.case.calendar.at(fact.fact.day, fact.fact.time)
        until = at if at is not None else max(self.at, instant)
        self.at = until
        before = self._known
        is_first, self._first = self._is_first(fact), min(self._first or fact.fact.day, fact.fact.day)
        if state is None or fact.signed_by or instant < state.now or is_first or self._excepts(fact):
            self._known = {}
            self._anew()
            return tuple(one for one in self.verdicts if one.key is None or before.get(one.key) != one)
        circumstances = _circumstances(state)
        state.touched = {}
        with spoken(_verbs(self._case)):
            self._later.append(meant)
            fold(state, self._later, until)
            self._later = [one for one in self._later if instant_of(state, one) > until]
        touched, state.touched = state.touched, None
        self._all = None
        if circumstances is None or circumstances != _circumstances(state):
            self._known, self._moving = {}, {}
            return tuple(one for one in self.verdicts if one.key is None or before.get(one.key) != one)
        return self._again(state, touched)

    def _again(self, state: State, touched: Iterable[Key]) -> tuple[Verdict, ...]:
        changed: list[Verdict] = []
        stale = dict.fromkeys(key for one in touched for key in (one, *state.dependents.get(one, ())))
        for key in self._moving:
            self._known.pop(key, None)
        self._moving = {}
        with spoken(_verbs(self._case)):
            for key in stale:
                old, instance = self._known.pop(key, None), state.instances.get(key)
                if instance is not None and SHADOW not in key.slot:
                    new = verdict(state, instance, _NOBODY)
                    self._keep(key, new)
                    changed += [new] if new != old else []
        return tuple(changed)

    def _keep(self, key: Key, one: Verdict) -> None:
        assert self._state is not None
        self._known[key] = one
        instance = self._state.instances.get(key)
        if instance is not None and _moves(instance):
            self._moving[key] = None

    def _is_first(self, fact: RecordedFact) -> bool:
        """Whether norms may recur from the day of a fact, since nobody tells since when any role is held."""
        hangs = all(holding.since is None for holding in self._case.holdings)
        return hangs and (self._first is None or fact.fact.day < self._first)

    def _excepts(self, fact: RecordedFact) -> bool:
        """Whether a fact may make an exception for what was done on its day and has been judged without it."""
        is_any = fact.fact.event.verb in self._excepting
        return is_any and any(one.fact.day == fact.fact.day for one in self._facts[:-1])

    def _anew(self) -> None:
        case = self.case
        self._moving = {}
        self._state, self._later = None, []
        self._first = min((recorded.fact.day for recorded in case.facts), default=None)
        if not _is_plain(case, self._ground):
            self._all = judge(case, self.at).verdicts
            return
        self._all = None
        with spoken(_verbs(case)):
            begun = beginning(case.texts, case.holdings, case.facts, case.calendar, self.at, case.asked, self._ground)
            meant = whole_names(case.facts, self._ground.roles.principals.values())
            self._state = state_at(begun, meant, self.at)
            self._later = [one for one in meant if instant_of(self._state, one) > self.at]


def _is_plain(case: Case, on: Ground) -> bool:
    """Whether every fact counts by itself, whoever tells it, and at an instant that does not hang on the text in force."""
    is_signed = any(recorded.signed_by for recorded in case.facts)
    return case.asked is Evidence.CLAIMED and not is_signed and len({calendar.zone for calendar in on.calendars}) == 1


def _verbs(case: Case) -> Lexicon | None:
    return extended(case.verbs) if case.verbs else None


def _circumstances(state: State) -> tuple[object, ...] | None:
    """All on which a verdict hangs besides its instance, the source of that, and time; None where it may hang on more."""
    if state.conditions or state.personal or state.contradictions:
        return None
    return (state.text, state.started, state.ended, state.uncertain, state.term, state.suspensions, state.waivers)


def _source(state: State, instance: Instance) -> Instance | None:
    return state.instances.get(instance.source) if instance.source is not None else None


def _still(state: State, known: Mapping[Key, tuple[Instance, Instance | None, Verdict]]) -> dict[Key, Verdict]:
    """The verdicts on what nothing has touched."""
    there = state.instances
    return {
        key: one
        for key, (instance, source, one) in known.items()
        if there.get(key) is instance and _source(state, instance) is source
    }


def _moves(instance: Instance) -> bool:
    """Whether a verdict can be another tomorrow though nothing happens: what is owed grows, or `promptly` runs out."""
    is_growing = instance.amount is not None and grows(instance.amount)
    return instance.status in OWING and (is_growing or bool(instance.slot.haste))
