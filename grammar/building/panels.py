"""What is said of arbitrators: how much they may award, by when, and who is appointed where nobody is."""

import re

from syngraph.grammar.amounts import Event, Time, Within
from syngraph.grammar.phrases.sums import amount
from syngraph.grammar.rules import Act, Actor, AwardLimit, AwardTime, Condition, DefaultAppointment, Fails, Rule

_PANEL = {"arbitrator", "Arbitrator", "Arbitral Tribunal", "arbitral tribunal", "tribunal", "Tribunal"}


def of_panel(who: Actor, done: Act, times: tuple[Time, ...], *, negated: bool) -> Rule | None:
    """The bound of an award or the time for it; None where somebody else acts, or acts otherwise."""
    if who.roles[0] not in _PANEL:
        return None
    if negated and done.verb in ("award", "amend", "grant", "order"):
        more = re.match(r"more\sthan\s(.+)$", done.object)
        return AwardLimit(done.text, amount(more[1]) if more else None)
    within = next((t for t in times if isinstance(t, Within)), None)
    if (
        done.verb in ("make", "issue", "deliver", "render")
        and "award" in done.object
        and within
        and isinstance(within.after, Event)
    ):
        return AwardTime(within.duration, within.after)
    return None


def default_appointment(who: Actor, done: Act, conditions: tuple[Condition, ...]) -> Rule | None:
    """Who appoints an arbitrator when the parties do not in time; None for anything else."""
    if done.verb != "appoint" or len(conditions) != 1 or not isinstance(conditions[0].test, Fails):
        return None
    failed = conditions[0].test
    if failed.event.verb != "appoint" or len(failed.times) != 1:
        return None
    within = failed.times[0]
    if not isinstance(within, Within) or not isinstance(within.after, Event):
        return None
    return DefaultAppointment(within.duration, within.after, "the " + who.roles[0])
