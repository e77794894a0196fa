"""What is done by number: so many of the things that a duty asks for, told by one fact or by several.

The functions change the state of a fold that is under way (`course.State`); nothing else calls them.
"""

from collections.abc import Iterable
from datetime import datetime

from syngraph.engine.norms.life import instances
from syngraph.engine.norms.life.course import State, put, said, use
from syngraph.engine.norms.life.instances import Instance, Portion, Reason
from syngraph.engine.norms.sums.quantity import Quantity, asked, figure, quantity
from syngraph.engine.norms.told.facts import RecordedFact
from syngraph.engine.norms.words.wording import plain


def needed(state: State, instance: Instance) -> Quantity | None:
    """How many things an instance asks for, None when it asks for no number of them."""
    return asked(instance.slot.act.object, state.setting.texts[instance.slot.index].given.bodies)


def count(state: State, recorded: RecordedFact, instant: datetime, open_: Iterable[Instance]) -> tuple[Instance, ...] | None:
    """Counts the things that a fact tells of for what asks for them, in the order given; the instances that are done by it.

    None when the fact tells no number, or what is asked for is not that many things.
    """
    told = quantity(recorded.fact.event.object)
    if told is None:
        return None
    asking = [(instance, whole) for instance in open_ if (whole := needed(state, instance)) is not None]
    if not asking:
        return None
    if told.count == 1 and all(plain(recorded.fact.event.object) == plain(one.slot.act.object) for one, _ in asking):
        return None  # the word of the text for all of them
    for instance, whole in asking:
        if whole.unit != told.unit:
            unlike = f"{told} were told, {whole} are asked for: whether that will do, people must say"
            put(state, instances.doubted(instance, Reason(unlike, recorded.place)))
            use(state, recorded, instance.key)
            return ()
    left = told.count
    done: list[Instance] = []
    for instance, whole in asking:
        part = min(left, whole.count - instance.counted)
        if part <= 0:
            continue
        left -= part
        have = instance.counted + part
        rest = f"{figure(whole.count - have)} left" if have < whole.count else "none left"
        why = Reason(f"{figure(have)} of {whole}: {rest}")
        counted = instances.counted(instance, Portion(instant, part, recorded.id), said(recorded), why)
        put(state, counted)
        use(state, recorded, instance.key)
        if have == whole.count:
            done.append(counted)
    if left and done:
        put(state, instances.noted(done[-1], Reason(f"{figure(left)} more than were asked for")))
    return tuple(done)
