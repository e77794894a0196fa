"""What facts that contradict each other leave open: whether there was a breach, and what hangs on it."""

from syngraph.engine.norms.life.course import State, of_slot
from syngraph.engine.norms.life.instances import Instance, Reason, Status
from syngraph.engine.norms.life.listening import exceeded


def doubts_of_condition(state: State, slot: str) -> tuple[Reason, ...]:
    """Why nobody can tell whether a breach, or a delay, of which a norm speaks has come about; empty where that is told."""
    if not state.contradictions:
        return ()
    index = state.index
    sources = (one for one, watches in index.breaches.items() if any(each.slot.id == slot for each in watches))
    doubts = tuple(doubt for one in sources for broken in of_slot(state, one) for doubt in doubts_of_breach(state, broken))
    return doubts or tuple(
        doubt
        for one, watches in index.delays.items()
        for watch in watches
        if watch.slot.id == slot
        for broken in of_slot(state, one)
        if broken.due is not None and exceeded(state, broken, watch) <= state.now
        for doubt in doubts_of_breach(state, broken)
    )


def doubts_of_breach(state: State, broken: Instance) -> tuple[Reason, ...]:
    """Why nobody can tell whether a duty was broken, empty where it is told or was not due yet."""
    is_over = broken.due is not None and broken.due < state.now
    return broken.doubts if is_over and broken.status is not Status.VIOLATED and is_open(broken.doubts) else ()


def is_open(doubts: tuple[Reason, ...]) -> bool:
    """Whether doubts go further than how much is owed: where nothing was paid, a duty to pay is broken whatever its sum."""
    return any(doubt.place is not None or doubt.text.startswith(("two facts", "nothing tells whether")) for doubt in doubts)
