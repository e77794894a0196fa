"""The state of every instance at a moment, and what is on the agenda after it.

A `State` is a value to everybody outside of the fold: `state.state_at` works on a copy of its own and gives that back.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from heapq import heappush

from syngraph.engine.norms.days.calendar import Calendar
from syngraph.engine.norms.life.agenda import Engagement, Occasion, Order
from syngraph.engine.norms.life.instances import OWING, Instance, Key, Reason
from syngraph.engine.norms.life.scopes import Suspension
from syngraph.engine.norms.said.index import Index, Watch
from syngraph.engine.norms.said.matching import Strength
from syngraph.engine.norms.said.narrowing import Row
from syngraph.engine.norms.said.texts import Slot
from syngraph.engine.norms.sums.money import Circumstances, Stretch, Unsettled
from syngraph.engine.norms.told.facts import Evidence, Origin, RecordedFact
from syngraph.engine.norms.words.roles import Roles
from syngraph.engine.text.records import quick
from syngraph.grammar.amounts import Amount, Money

ALL = "#"
"""Under this everything open of a norm is listed, whoever bears it."""


@quick
@dataclass(frozen=True, slots=True)
class Credit:
    """What was paid on a norm beyond what was owed then."""

    money: Money
    fact: RecordedFact


@dataclass(frozen=True, slots=True)
class Candidates:
    """The norms that a fact can be about, leaving aside who acted: duties with how surely, prohibitions, rights; and those of
    which the words do not tell whether it is, each with why. `called` is what such a fact can be called, and `is_plain` says
    that it does nothing but what is asked for, and what may be listened for.
    """

    owed: tuple[tuple[Slot, Strength], ...]
    forbidden: tuple[Slot, ...]
    allowed: tuple[Slot, ...]
    doubtful: tuple[tuple[Slot, str], ...] = ()
    called: tuple[str, ...] = ()
    is_plain: bool = False


@dataclass(frozen=True, slots=True)
class Reckoned:
    """What an amount came to in certain circumstances, and how, as far as that has been worked out."""

    amount: Amount
    given: Circumstances
    come_to: Money | Unsettled
    line: str | None = None


@dataclass(frozen=True, slots=True)
class Setting:
    """What stays the same throughout: texts, the calendar of each, roles, and the day from which norms recur.

    `at` is the instant that is asked about and `asked` how well a fact must be supported to count. `objections` are the
    days on which somebody objected to something, in order, by who did, and `days` the facts of each day by their verb.
    """

    texts: tuple[Index, ...]
    roles: Roles
    calendars: tuple[Calendar, ...]
    origin: date
    at: datetime
    asked: Evidence = Evidence.CLAIMED
    objections: Mapping[str, tuple[date, ...]] = field(default_factory=dict)
    days: Mapping[tuple[date, str], tuple[RecordedFact, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Deemed:
    """What counts as having happened: as which fact, by what becomes of something, when, and through which instance.

    `reasons` led there and `facts` are those that it hangs on.
    """

    fact: RecordedFact
    slot: Slot
    instant: datetime
    source: Key | None
    reasons: tuple[Reason, ...]
    facts: tuple[RecordedFact, ...]


@dataclass(slots=True)
class State:
    """How everything stands at `now`.

    `open` are the keys of instances in which something is still owed, oldest first, by norm and bearer, `listed` all of a
    norm, `fresh` those that have just arisen; `standing` those of norms that hold all the time. `turns` are the present
    periods of recurring norms. `heard` are the facts so far by what they can be called, `denials` those of the day that say
    what did not happen; `used` the instances that a fact touched; `conditions` what the record says of the condition of a
    section; `contradictions` pairs of facts; `void` acts without effect with the reason; `personal` what facts say of the
    circumstance of one bearer, by the norm or the words that pick the bearer out. `facts` are all facts so far by their ids.
    `suspensions` are what is on hold, `term` is the last day of the agreement as far as one is known, and `waivers` tell what
    was let go of before there was any, by the norms. `tallies` are what has happened so far of what must happen more than
    once, by norm, condition and who did it. `touched` are the instances that were stored or taken out, where somebody keeps
    count of them. `deemed` is what counts as having happened, `changed` what terms stand for by now that stood for
    another sum, and `barred` the sections that do not apply any more, each with why.
    """

    setting: Setting
    now: datetime
    text: int = 0
    started: datetime | None = None
    ended: datetime | None = None
    uncertain: tuple[Reason, ...] = ()
    counter: int = 0
    agenda: list[tuple[datetime, int, int, Engagement]] = field(default_factory=list)
    instances: dict[Key, Instance] = field(default_factory=dict)
    open: dict[tuple[str, str], dict[Key, None]] = field(default_factory=dict)
    listed: dict[str, dict[Key, None]] = field(default_factory=dict)
    fresh: list[Key] = field(default_factory=list)
    standing: dict[tuple[str, str], Key] = field(default_factory=dict)
    dependents: dict[Key, tuple[Key, ...]] = field(default_factory=dict)
    turns: dict[str, Occasion] = field(default_factory=dict)
    occasions: dict[str, dict[int, Occasion]] = field(default_factory=dict)
    credits: dict[tuple[str, str], tuple[Credit, ...]] = field(default_factory=dict)
    heard: dict[str, list[RecordedFact]] = field(default_factory=dict)
    denials: tuple[date, tuple[RecordedFact, ...]] | None = None
    used: dict[str, tuple[Key, ...]] = field(default_factory=dict)
    unused: list[RecordedFact] = field(default_factory=list)
    conditions: dict[str, tuple[bool | None, RecordedFact]] = field(default_factory=dict)
    contradictions: list[tuple[RecordedFact, RecordedFact]] = field(default_factory=list)
    void: list[tuple[RecordedFact, str]] = field(default_factory=list)
    personal: dict[tuple[str, str], tuple[bool, RecordedFact]] = field(default_factory=dict)
    signed: frozenset[str] = frozenset()
    facts: dict[str, RecordedFact] = field(default_factory=dict)
    suspensions: tuple[Suspension, ...] = ()
    term: date | None = None
    waivers: tuple[tuple[frozenset[str], RecordedFact], ...] = ()
    deemed: tuple[Deemed, ...] = ()
    changed: Mapping[str, Amount] = field(default_factory=dict)
    barred: tuple[tuple[str, Reason], ...] = ()
    tallies: dict[tuple[str, int, str], tuple[Occasion, ...]] = field(default_factory=dict)
    shapes: dict[tuple[int, int, str, str, str, str, str, Amount | None], Candidates] = field(default_factory=dict)
    listeners: dict[tuple[int, str, str, str], tuple[Watch, ...]] = field(default_factory=dict)
    sums: dict[tuple[str, tuple[Stretch, ...]], Reckoned] = field(default_factory=dict)
    near: dict[tuple[int, str], Row[Slot]] = field(default_factory=dict)
    watched: dict[tuple[int, str], Row[Watch]] = field(default_factory=dict)
    touched: dict[Key, None] | None = None

    @property
    def index(self) -> Index:
        """The text that governs now."""
        return self.setting.texts[self.text]

    @property
    def calendar(self) -> Calendar:
        """The calendar by which the text counts that governs now."""
        return self.setting.calendars[self.text]


def copied(state: State) -> State:
    """A state of its own, which changes without the other changing."""
    return State(
        state.setting,
        state.now,
        state.text,
        state.started,
        state.ended,
        state.uncertain,
        state.counter,
        list(state.agenda),
        dict(state.instances),
        {place: dict(keys) for place, keys in state.open.items()},
        {slot: dict(keys) for slot, keys in state.listed.items()},
        list(state.fresh),
        dict(state.standing),
        dict(state.dependents),
        dict(state.turns),
        {slot: dict(found) for slot, found in state.occasions.items()},
        dict(state.credits),
        {key: list(facts) for key, facts in state.heard.items()},
        state.denials,
        dict(state.used),
        list(state.unused),
        dict(state.conditions),
        list(state.contradictions),
        list(state.void),
        dict(state.personal),
        state.signed,
        dict(state.facts),
        state.suspensions,
        state.term,
        state.waivers,
        state.deemed,
        state.changed,
        state.barred,
        dict(state.tallies),
        # What has been worked out about the words of facts holds for every state of one setting.
        state.shapes,
        state.listeners,
        state.sums,
        state.near,
        state.watched,
    )


def engage(state: State, instant: datetime, order: Order, engagement: Engagement) -> None:
    """Puts something on the agenda."""
    state.counter += 1
    heappush(state.agenda, (instant, order, state.counter, engagement))


def put(state: State, instance: Instance) -> None:
    """Stores an instance and keeps the lists of what is open in step with it."""
    before = state.instances.get(instance.key)
    if state.touched is not None:
        state.touched[instance.key] = None
    if before is None:
        state.listed.setdefault(instance.key.slot, {})[instance.key] = None
        state.fresh.append(instance.key)
    state.instances[instance.key] = instance
    is_open = instance.status in OWING
    was_open = before is not None and before.status in OWING
    if is_open != was_open:
        for bearer in (*instance.bearers, ALL):
            keys = state.open.setdefault((instance.key.slot, bearer), {})
            if is_open:
                keys[instance.key] = None
            else:
                del keys[instance.key]


def rebear(state: State, instance: Instance, old: str, new: str) -> None:
    """Stores an instance with another bearer in the place of one."""
    if state.touched is not None:
        state.touched[instance.key] = None
    for bearer in (old, ALL):
        state.open.get((instance.key.slot, bearer), {}).pop(instance.key, None)
    moved = replace(instance, bearers=tuple(new if one == old else one for one in instance.bearers))
    if moved.status in OWING:
        for bearer in (new, ALL):
            state.open.setdefault((instance.key.slot, bearer), {})[instance.key] = None
    if state.standing.get((instance.key.slot, old)) == instance.key:
        del state.standing[instance.key.slot, old]
        state.standing[instance.key.slot, new] = instance.key
    state.instances[instance.key] = moved


def drop(state: State, key: Key) -> None:
    """Takes an instance out, as if it had never arisen."""
    if state.touched is not None:
        state.touched[key] = None
    instance = state.instances.pop(key)
    del state.listed[key.slot][key]
    for bearer in (*instance.bearers, ALL):
        state.open.get((key.slot, bearer), {}).pop(key, None)


def open_of(state: State, slot: str) -> list[Instance]:
    """The instances of a norm in which something is still owed, oldest first."""
    return [state.instances[key] for key in state.open.get((slot, ALL), ())]


def of_slot(state: State, slot: str) -> list[Instance]:
    """The instances of a norm, oldest first."""
    return [state.instances[key] for key in state.listed.get(slot, ())]


def use(state: State, recorded: RecordedFact, key: Key) -> None:
    """Remembers that a fact touched an instance."""
    keys = state.used.get(recorded.id, ())
    if key not in keys:
        state.used[recorded.id] = (*keys, key)


def instant_of(state: State, recorded: RecordedFact) -> datetime:
    """When a fact happened; without a time of day, at the start of its day."""
    return state.calendar.at(recorded.fact.day, recorded.fact.time)


def told(slot: Slot) -> Reason:
    """The sentence of a norm as a reason."""
    return Reason(slot.cited, slot.place)


def said(recorded: RecordedFact) -> Reason:
    """A fact as a reason; one that nobody told stands nowhere."""
    return Reason(recorded.sentence, recorded.place if recorded.origin is not Origin.TEXT else None)


def doubt_of(recorded: RecordedFact, why: str) -> Reason:
    """A fact as a doubt: what it says, and why that cannot be compared with the text."""
    return Reason(f"{recorded.sentence} Whether that is meant, people must say: {why}", recorded.place)
