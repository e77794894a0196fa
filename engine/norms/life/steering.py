"""What the exercise of a power over norms changes, and what all parties change together without any.

The functions change the state of a fold that is under way (`course.State`); nothing else calls them.
"""

from datetime import datetime

from syngraph.engine.norms.days import calendar
from syngraph.engine.norms.life import instances
from syngraph.engine.norms.life.course import Ends, MayEnd, Order, State, engage, put, said, use
from syngraph.engine.norms.life.instances import Instance, Reason
from syngraph.engine.norms.life.listening import delay_again
from syngraph.engine.norms.life.performing import count_tendered
from syngraph.engine.norms.life.scopes import covers, scope_of
from syngraph.engine.norms.life.suspending import hold, release
from syngraph.engine.norms.told.facts import RecordedFact
from syngraph.grammar.rules import Power, PowerKind


def steer(state: State, power: Power, instance: Instance, recorded: RecordedFact, instant: datetime) -> None:
    """Gives the exercise of a power its effect."""
    match power.kind:
        case PowerKind.TERMINATE:
            engage(state, _end_by(state, power, recorded, instant), Order.END, Ends(-1, said(recorded)))
        case PowerKind.SUSPEND:
            hold(state, scope_of(recorded, state.setting.roles), instant, said(recorded), recorded.id, instance.key)
        case PowerKind.RESUME:
            resume(state, recorded, instant)
        case _:
            pass


def resume(state: State, recorded: RecordedFact, instant: datetime) -> None:
    """Lets what a fact names go on: what was done meanwhile counts from now."""
    for key in release(state, scope_of(recorded, state.setting.roles), instant, said(recorded)):
        use(state, recorded, key)
        count_tendered(state, key, instant)
        delay_again(state, key)


def steer_perhaps(
    state: State, power: Power, instance: Instance, recorded: RecordedFact, instant: datetime, why: Reason
) -> None:
    """Leaves open what hangs on an act of which nobody can tell whether its actor had the power."""
    match power.kind:
        case PowerKind.TERMINATE:
            ends = Reason(f"nothing tells whether the agreement was ended: {why.text}", recorded.place)
            engage(state, _end_by(state, power, recorded, instant), Order.END, MayEnd(ends))
        case PowerKind.SUSPEND | PowerKind.RESUME:
            scope = scope_of(recorded, state.setting.roles)
            doubt = Reason(f"nothing tells whether it was {_DONE[power.kind]}: {why.text}", recorded.place)
            for other in tuple(state.instances.values()):
                if other.key != instance.key and other.status in instances.HELD and covers(scope, other):
                    put(state, instances.doubted(other, doubt))
        case _:
            pass


_DONE = {PowerKind.SUSPEND: "suspended", PowerKind.RESUME: "resumed"}


def _end_by(state: State, power: Power, recorded: RecordedFact, instant: datetime) -> datetime:
    """When the agreement ends by a power of termination: with the notice that it takes, else with the day."""
    if power.notice is not None:
        return calendar.deadline(instant, power.notice, state.calendar)
    return instant if recorded.fact.time else state.calendar.end_of(recorded.fact.day)
