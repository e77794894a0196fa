"""What a fact did: the verdicts that it touches, and the rules that it comes near without touching them, each with why."""

from dataclasses import dataclass

from syngraph.engine.norms.days.dating import day
from syngraph.engine.norms.judged.verdict import Report, Verdict
from syngraph.engine.norms.life.course import State, instant_of, of_slot
from syngraph.engine.norms.life.instances import LIVE, OWING, Instance, Status
from syngraph.engine.norms.life.weighing import counts, evidence_of
from syngraph.engine.norms.said import matching
from syngraph.engine.norms.said.index import SHADOW, Index
from syngraph.engine.norms.said.matching import Match, Mismatch, Perhaps
from syngraph.engine.norms.said.texts import Slot
from syngraph.engine.norms.told.facts import RecordedFact
from syngraph.engine.norms.words.wording import noun

MOST = 20
"""How many rules are told that a fact comes near."""


@dataclass(frozen=True, slots=True)
class Near:
    """A rule that a fact comes near, and why it did not count for it."""

    rule: str
    section: str
    number: str
    act: str
    why: str


@dataclass(frozen=True, slots=True)
class Account:
    """What became of a fact: `verdicts` hang on it; `near` are the rules that it did nothing for; `remarks` what else is to be
    known of it (it is void, another says the opposite, it has not happened yet).
    """

    recorded: RecordedFact
    verdicts: tuple[Verdict, ...]
    near: tuple[Near, ...]
    remarks: tuple[str, ...] = ()


def named(report: Report, name: str) -> tuple[RecordedFact, ...]:
    """The facts that a name means: an id, or `file:line` with the whole path or the end of it, or a file with all its facts."""
    path, _, line = name.rpartition(":")
    found = []
    for one in report.case.facts:
        if name == one.id or _is_file(one, name) or (line.isdecimal() and _is_file(one, path) and str(one.place.line) == line):
            found.append(one)
    return tuple(found)


def account(report: Report, recorded: RecordedFact) -> Account:
    """What became of a fact in a report."""
    state = report.state
    if state is None:
        return Account(recorded, (), (), ("there is no text to judge it by",))
    keys = state.used.get(recorded.id, ())
    touched = tuple(one for one in report.verdicts if one.key is not None and one.key in keys)
    if recorded.id not in state.facts:
        return Account(recorded, touched, (), (_absent(state, recorded),))
    used = {key.slot.partition(SHADOW)[0] for key in keys}
    found = _near(state, recorded, used)
    return Account(recorded, touched, found[:MOST], tuple(_remarks(state, recorded)))


# -- parts -------------------------------------------------------------------------------------------------------------


def _is_file(one: RecordedFact, name: str) -> bool:
    return bool(name) and (one.place.path == name or one.place.path.endswith(f"/{name}"))


def _absent(state: State, recorded: RecordedFact) -> str:
    if instant_of(state, recorded) > state.now:
        return f"it had not happened by {day(state.calendar.day(state.now))}"
    return "several people told it in the same words: it counts as one fact, which is told where it was told first"


def _remarks(state: State, recorded: RecordedFact) -> list[str]:
    found = [f"it is void: {why}" for one, why in state.void if one.id == recorded.id]
    for first, second in state.contradictions:
        other = second if first.id == recorded.id else first if second.id == recorded.id else None
        if other is not None:
            found.append(f"{other.sentence} ({other.place}) says the opposite")
    return found


def _near(state: State, recorded: RecordedFact, used: set[str]) -> tuple[Near, ...]:
    """The rules that a fact did nothing for, the nearest first: those it may be about, of its verb, of its thing."""
    text = _text_on(state, recorded)
    ranked: list[tuple[int, Near]] = []
    for slot in text.slots.values():
        if slot.id in used or SHADOW in slot.id:
            continue
        match = matching.act_of(slot, recorded.fact, text.given.bodies, state.setting.roles)
        rank = _rank(slot, recorded, match)
        if rank:
            why = match.why if isinstance(match, Mismatch) else _why(state, slot, recorded)
            ranked.append((rank, Near(slot.placed.id, slot.section, slot.number, slot.act.text, why)))
    return tuple(near for _, near in sorted(ranked, key=lambda each: each[0]))


def _text_on(state: State, recorded: RecordedFact) -> Index:
    past = [text for text in state.setting.texts if text.given.text.since is None or text.given.text.since <= recorded.fact.day]
    return past[-1] if past else state.index


def _rank(slot: Slot, recorded: RecordedFact, match: Match | Perhaps | Mismatch) -> int:
    fact = recorded.fact
    if isinstance(match, Match | Perhaps):
        return 1
    if slot.act.verb == fact.event.verb:
        return 2
    if fact.under and slot.is_in(fact.under):
        return 3
    thing = noun(fact.event.object).head
    return 4 if thing and thing == noun(slot.act.object).head else 0


def _why(state: State, slot: Slot, recorded: RecordedFact) -> str:
    """Why a fact that can be the act of a norm did nothing for it."""
    roles, fact = state.setting.roles, recorded.fact
    who = matching.actors(fact, roles)
    actor = slot.norm.bearer
    if actor is not None and who and not any(roles.holds(one, role, fact.day) for one in who for role in actor.roles):
        return f"{fact.event.actor} was not {' or '.join(actor.roles)} on {day(fact.day)}"
    mine = [one for one in of_slot(state, slot.id) if not who or who & set(one.bearers)] or of_slot(state, slot.id)
    if not mine:
        return "it had no occasion by then"
    last = mine[-1]
    instant = instant_of(state, recorded)
    if not counts(state, recorded, last):
        return f"the fact is {evidence_of(state, recorded, last)}, and only what is {state.setting.asked} or better counts"
    if last.suspended is not None:
        return "it was suspended"
    if last.arisen > instant:
        return f"it arose only on {day(state.calendar.day(last.arisen))}"
    if last.opens is not None and instant < last.opens and last.status in LIVE | OWING:
        return f"its time began only on {day(state.calendar.day(last.opens))}"
    return _standing(state, last)


def _standing(state: State, last: Instance) -> str:
    since = day(state.calendar.day(last.since))
    match last.status:
        case Status.FULFILLED | Status.CURED | Status.DISCHARGED:
            return f"nothing was left to do: it is {last.status} since {since}"
        case Status.EXPIRED | Status.TERMINATED | Status.EXHAUSTED:
            return f"it is {last.status} since {since}"
        case Status.PENDING:
            return "its condition had not come true"
        case _:
            return "something else was done for it first" if last.facts else "it went to what was due before"
