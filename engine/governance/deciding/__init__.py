"""Which rule decides on a change, who has a vote, and how the votes stand."""

from syngraph.engine.governance.deciding.bodies import Electorate, electorate
from syngraph.engine.governance.deciding.moving import may_move
from syngraph.engine.governance.deciding.reach import Reach, Touched, clerical, reached
from syngraph.engine.governance.deciding.required import required
from syngraph.engine.governance.deciding.requirement import Deciding, Doubt, Forum, Mover, Requirement, of_meeting
from syngraph.engine.governance.deciding.roster import RegisterAct, Shift, acts
from syngraph.engine.governance.deciding.tally import Attendance, Tally, settled, tally
from syngraph.engine.governance.statements.kinds import Choice, Outcome

__all__ = [
    "Attendance",
    "Choice",
    "Deciding",
    "Doubt",
    "Electorate",
    "Forum",
    "Mover",
    "Outcome",
    "Reach",
    "RegisterAct",
    "Requirement",
    "Shift",
    "Tally",
    "Touched",
    "acts",
    "clerical",
    "electorate",
    "may_move",
    "of_meeting",
    "reached",
    "required",
    "settled",
    "tally",
]
