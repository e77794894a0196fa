"""Conditions that nobody has read: whether the record tells that they hold, and for whom.

`A Member who is in arrears may not vote` binds those of whom a fact says that they are in arrears; of whom no fact says so
nobody knows. Any condition can be told by its section, for one person or for all (`the condition of section 4.2 was met for
Dov Lindqvist`).
"""

from syngraph.engine.norms.life.course import State, doubt_of
from syngraph.engine.norms.life.instances import Reason
from syngraph.engine.norms.life.weighing import counts_for
from syngraph.engine.norms.said.index import NEGATIVE
from syngraph.engine.norms.said.texts import Slot
from syngraph.engine.norms.told.facts import RecordedFact
from syngraph.engine.norms.words.roles import Roles
from syngraph.grammar.rules import Condition, Fact, Measured, Quantifier


def questions(slot: Slot) -> tuple[Condition, ...]:
    """The circumstances nobody has read that must hold before a norm binds or frees anybody."""
    return tuple(condition for condition in slot.questions if condition.link not in NEGATIVE)


def answer(state: State, slot: Slot, condition: Condition, bearers: tuple[str, ...]) -> tuple[bool | None, Reason | None]:
    """Whether a circumstance holds for the bearers of a norm, as the record says; None when it does not say."""
    if isinstance(condition.test, Measured) and (measured := _by_measures(state, slot, condition, bearers)) != (None, None):
        return measured
    own = is_of_bearer(slot, condition)
    for bearer in bearers:
        names = (slot.id, slot.norm.bearer.qualifier.casefold()) if own and slot.norm.bearer is not None else (slot.id,)
        for name in names:
            if (name, bearer) in state.personal:
                holds, recorded = state.personal[name, bearer]
                if not counts_for(state, recorded, slot, bearers):
                    continue
                return holds, Reason(recorded.sentence, recorded.place)
    said = state.conditions.get(slot.section)
    if said is None or said[0] is None or not counts_for(state, said[1], slot, bearers):
        return None, None
    if own and said[0] and len(state.listed.get(slot.id, ())) > 1:
        return None, None  # that somebody is meant does not say who
    return said[0], Reason(said[1].sentence, said[1].place)


def held(slot: Slot, number: int) -> str:
    """Under which name the measures are kept by which a condition has come true."""
    return f"# {slot.id} {number}"


def denied(slot: Slot, number: int) -> str:
    """Under which name the measure is kept by which a condition holds no longer."""
    return f"! {slot.id} {number}"


def disputed(recorded: RecordedFact) -> str:
    """Under which name the measures are kept that contradict one."""
    return f"? {recorded.id}"


def undisputed(state: State, asked: Measured, recorded: RecordedFact) -> bool:
    """Whether all measures that contradict one would meet a condition as well."""
    others = (other.fact.measured for other in state.heard.get(disputed(recorded), ())[:_MOST])
    return all(other is not None and asked.level.holds(other) for other in others)


def passed(state: State, slot: Slot, number: int) -> None:
    """A level has been left: when it is reached again, that is another time."""
    condition = slot.norm.conditions[number].test
    if isinstance(condition, Measured) and condition.count == 1:
        state.heard.pop(f"{held(slot, number)} so far", None)


def _by_measures(state: State, slot: Slot, condition: Condition, bearers: tuple[str, ...]) -> tuple[bool | None, Reason | None]:
    """Whether measures tell that a condition holds; an exception of which none tells does not."""
    name = held(slot, slot.norm.conditions.index(condition))
    told = [one for one in state.heard.get(name, ())[:_MOST] if counts_for(state, one, slot, bearers)]
    asked = condition.test
    sure = next((one for one in told if isinstance(asked, Measured) and undisputed(state, asked, one)), None)
    if sure is not None:
        return True, Reason(sure.sentence, sure.place)
    unsure = next(iter((*told, *state.heard.get(f"{name} perhaps", ())[:1])), None)
    if unsure is not None:
        return None, doubt_of(unsure, "another fact says otherwise" if told else "the text says more of it")
    for one in state.heard.get(denied(slot, slot.norm.conditions.index(condition)), ()):
        return False, Reason(one.sentence, one.place)
    if condition.link in NEGATIVE and state.conditions.get(slot.section) is None:
        return False, Reason("no measure tells that the exception holds")
    return None, None


_MOST = 20
"""Measures that are looked at for one condition at most."""


def is_of_bearer(slot: Slot, condition: Condition) -> bool:
    """Whether a circumstance is that by which the text picks out its bearers, the first of the questions of a norm."""
    actor = slot.norm.bearer
    return actor is not None and bool(actor.qualifier) and condition is slot.questions[0]


def unanswered(state: State, slot: Slot, bearers: tuple[str, ...]) -> Condition | None:
    """The first circumstance of a norm of which the record does not say that it holds, None when all hold."""
    found = (condition for condition in questions(slot) if not answer(state, slot, condition, bearers)[0])
    return next(found, None)


def asked(state: State, slot: Slot, condition: Condition, bearers: tuple[str, ...]) -> Reason:
    """What nobody has told, and how to tell it."""
    where = f"section {slot.number}" if slot.number else f"[](#{slot.section})"
    names = " and ".join(state.setting.roles.name(one) for one in bearers if one in state.setting.roles.principals)
    actor = slot.norm.bearer
    if actor is not None and names and is_of_bearer(slot, condition):
        article = "the" if actor.quantifier is Quantifier.THE else "an" if actor.roles[0][0] in "AEIOU" else "a"
        what = f"nobody has told whether {names} is {article} {' or '.join(actor.roles)} {actor.qualifier}"
        return Reason(f"{what}; record that, or that the condition of {where} was met for {names}", slot.place)
    text = getattr(condition.test, "text", "")
    help_ = f"record that the condition of {where} was met, or that it was not"
    return Reason(f"nothing tells whether: {text}; {help_}", slot.place)


def meant_by(fact: Fact, roles: Roles) -> frozenset[str]:
    """Those for whom a fact says that a condition was met (`the condition of section 4.2 for Dov Lindqvist`)."""
    _, found, name = fact.event.object.rpartition(" for ")
    return roles.meant(name, fact.day) if found else frozenset()
