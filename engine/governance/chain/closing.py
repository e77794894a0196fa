"""Closing: who may end a vote and when, what may take the place of ballots, and what comes of it."""

from datetime import date, timedelta

from syngraph.engine.governance.chain.counting import Count
from syngraph.engine.governance.chain.ledger import MotionOnFile
from syngraph.engine.governance.chain.motions import Moved
from syngraph.engine.governance.chain.procedure import vetoing
from syngraph.engine.governance.deciding import of_meeting, settled
from syngraph.engine.governance.standing import Standing
from syngraph.engine.governance.statements import Minutes, Outcome
from syngraph.grammar.rules import Signing

Days = tuple[date, date]
"""The day of which a statement is, and the day at which the chain stands when it enters."""


def outcome(filed: MotionOnFile, counted: Count, day: date) -> Outcome:
    """What a close on a day comes to."""
    if filed.expires is not None and day > filed.expires:
        return Outcome.LAPSED
    if filed.vetoes:
        return Outcome.REJECTED
    return counted.tally.outcome


def may_close(motion: Moved, filed: MotionOnFile, counted: Count, who: tuple[str, ...], standing: Standing, days: Days) -> str:
    """What close the text asks for where those may not close the vote on those days, "" if they may.

    Where the text names an officer, only that officer closes, as long as anybody holds the office; where it names a period,
    nobody closes before it has run. Where it names neither, anybody may once no ballot can change the outcome, or once the
    motion has lapsed.
    """
    if filed.expires is not None and max(days) > filed.expires:
        return ""
    held = [role for role in motion.requirement.closers if standing.register.holders(role, max(days))]
    closers = motion.requirement.closers if held else ()
    officer = any(standing.holds(each, role, *days) for each in who for role in closers)
    if closers and not officer:
        return f"one by the {' or the '.join(sorted(closers))}, whom the text lets close a vote"
    over = motion.timetable.over
    if over is not None and min(days) < over and not counted.attested:
        return f"one on {over} or later: the vote runs until {over - timedelta(days=1)}"
    done = officer or counted.attested or bool(filed.vetoes)
    if over is None and not done and not settled(motion.requirement, motion.electorate, counted.cast):
        return "one once no missing ballot can change the outcome, as the text names no period and no officer to close a vote"
    return ""


def attested(motion: Moved, minutes: Minutes, who: tuple[str, ...], standing: Standing, days: Days) -> str:
    """Why minutes signed by those do not carry the vote on a motion, "" if they do.

    The text must know of minutes and say who signs them, and let a meeting decide on the matter. Who was present must have had
    a vote, and nobody voted who was not there.
    """
    rules = [
        placed.rule
        for placed in motion.before.rules
        if isinstance(placed.rule, Signing) and "minutes" in placed.rule.subject.casefold()
    ]
    if not rules:
        return "the text does not say who signs minutes, so that no vote can rest on them"
    if not all(of_meeting(deciding) for deciding in motion.meeting.deciding):
        return "the sentence that decides on this does not speak of a meeting, so that ballots must be cast"
    for rule in rules:
        missing = [role for role in rule.by.roles if not any(standing.holds(each, role, *days) for each in who)]
        if missing and (rule.by.joint == "and" or len(missing) == len(rule.by.roles)):
            return f"no signature of the {' and the '.join(missing)}"
    if isinstance(minutes.present, tuple):
        strangers = [each for each in minutes.present if each not in motion.electorate]
        if strangers:
            return f"{strangers[0]} was present and had no vote"
        present = len(minutes.present)
    else:
        present = minutes.present
    if present > len(motion.electorate):
        return f"{present} present of {len(motion.electorate)} who have a vote"
    if minutes.in_favour + minutes.against + minutes.abstaining > present:
        return f"{minutes.in_favour + minutes.against + minutes.abstaining} votes of {present} present"
    if minutes.held is not None and minutes.held < motion.opened - timedelta(days=1):
        return f"a meeting on {minutes.held}, before the motion was opened on {motion.opened}"
    return ""


def may_veto(motion: Moved, who: tuple[str, ...], standing: Standing, days: Days) -> bool:
    """Whether the text gives one of those a veto."""
    return any(standing.holds(each, role, *days) for each in who for role in vetoing(motion.requirement))
