"""Ten processes vote on, close and carry out one motion after another, all at once and in one repository.

`make races` runs 200 rounds: SYNGRAPH_ROUNDS is how many, half of them in bare repositories and half in some with a work
tree, at most 25 in each. In every other round who was too late waits a moment before the next try, as the command line does.
"""

import os
import random
import time
from collections.abc import Callable
from typing import Any

import pytest

from syngraph.engine import enacting
from syngraph.engine.enacting import EnactingError, Enactment
from syngraph.engine.governance.chain.transitions import Unlawful
from syngraph.engine.governance.deciding import settled
from syngraph.engine.governance.statements import Choice
from syngraph.engine.verify import Verification

WHOLE = int(os.environ.get("SYNGRAPH_ROUNDS", "4"))
REPOSITORIES = max(2, WHOLE // 25)


def at_once(tries: int) -> None:
    pass


def patient(tries: int) -> None:
    time.sleep(random.uniform(0, 0.01 * 2 ** min(tries, 4)))


@pytest.mark.parametrize("repository", range(REPOSITORIES // 2))
def test_ten_processes_at_once(cottage: Any, waited: Callable[[int], int], repository: int) -> None:
    for number in range(WHOLE // REPOSITORIES):
        amount, other = ("EUR 20", "EUR 25") if number % 2 == 0 else ("EUR 25", "EUR 20")
        motion = cottage.move("ada", cottage.replaced(amount, other))
        cottage.next_day()
        started = len(cottage.verify().transitions)
        pause = patient if number % 2 else at_once
        children = [
            cottage.aside(lambda who=who, motion=motion, pause=pause: everything(cottage, motion, who, pause))
            for who in cottage.people
        ]
        assert [waited(child) for child in children] == [0] * len(children)
        verification = cottage.verify()
        assert verification.violations == ()
        filed = verification.ledger.motions[motion]
        assert sorted(each.principal for each in (*filed.ballots, *filed.late)) == sorted(cottage.people)
        kinds = [each.kind.value for each in verification.transitions[started:]]
        assert sorted(kinds) == ["Adopt", *["Record"] * (len(cottage.people) + 1)]
        assert other in cottage.text()
        cottage.whole()
    remembered = cottage.verify().transitions
    cottage.cache = None
    assert cottage.verify().transitions == remembered
    cottage.fsck()


def everything(village: Any, motion: str, who: str, pause: Callable[[int], None]) -> None:
    """Votes, and then closes the vote and carries the motion out, where nobody else was faster."""

    def vote(verification: Verification) -> Enactment:
        content = enacting.ballot(verification, verification.ledger.motions[motion], Choice.YES, village.draft(who))
        return Enactment(enacting.sealed(content, [village.keys[who]]), message=f"{who} votes")

    def close(verification: Verification) -> Enactment:
        content = enacting.close(verification, verification.ledger.motions[motion], village.draft(who))
        return Enactment(enacting.sealed(content, [village.keys[who]]), message=f"{who} closes")

    def adopt(verification: Verification) -> Enactment:
        return Enactment(text=enacting.adoption(verification, verification.ledger.motions[motion]), message=f"{who} adopts")

    village.enact(vote, pause=pause)
    verification = village.verify()
    filed = verification.ledger.motions[motion]
    moved = verification.moved(filed)
    if not settled(moved.requirement, moved.electorate, enacting.counted(verification, filed).cast):
        return  # whoever votes later will close it
    for build in (close, adopt):
        try:
            village.enact(build, pause=pause)
        except (EnactingError, Unlawful) as error:
            if "closed" not in str(error) and "carried out" not in str(error):
                raise
