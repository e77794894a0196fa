"""Whoever writes may be killed at any moment: the agreement is then as before or as after, and the next one goes on."""

import os
import random
import time
from collections.abc import Callable
from typing import Any

import pytest

from syngraph.engine import enacting
from syngraph.engine.enacting import Enactment
from syngraph.engine.governance.statements import Kind, Rotation, parse, path_of
from syngraph.engine.verify import Verification

STUCK = 40
"""More steps than any act takes."""


def stated(village: Any) -> set[str]:
    return set(village.verify().ledger.statements)


def test_killed_at_each_step(cottage: Any, waited: Callable[[int], int]) -> None:
    """A rotation, which writes statement and register in one commit, is killed before each step of writing in turn."""
    passed: list[str] = []
    for number in range(STUCK):
        cottage.next_day()
        before, keys = cottage.head, len(cottage.verify().standing.keys)
        old, new = cottage.keys["dov"], cottage.key()
        ended = waited(cottage.aside(lambda old=old, new=new, number=number: rotates(cottage, old, new, number)))
        verification = cottage.verify()
        assert verification.violations == ()
        done = cottage.head != before
        assert done == (len(verification.standing.keys) == keys + 1) == (new.public.name in verification.standing.keys)
        passed.append("after" if done else "before")
        if done:
            cottage.keys["dov"] = new
            cottage.fact("dov", "Bora paid EUR 20.")
        else:
            cottage.rotate("dov", new)
        cottage.whole()
        if ended == 0:
            break
    else:
        pytest.fail(f"more than {STUCK} steps")
    assert passed == sorted(passed, reverse=True)  # once written it stays written
    assert passed.count("before") > 8
    assert passed.count("after") > 1
    cottage.fsck()


def rotates(village: Any, old: Any, new: Any, steps: int) -> None:
    """Rotates the key of dov, and is gone after so many steps."""
    left = iter(range(steps))

    def step(name: str) -> None:
        if next(left, None) is None:
            os._exit(99)

    def build(verification: Verification) -> Enactment:
        details = Rotation(old.public.name, " ".join(new.public.line().split()[:2]))
        content = enacting.stated(verification, Kind.ROTATION, details, village.draft("dov"))
        carried = enacting.carried(verification, parse(content, path_of(content)))
        return Enactment(enacting.sealed(content, [old, new]), carried, "Rotate")

    village.enact(build, step=step)


@pytest.mark.parametrize("seed", range(2))
def test_killed_at_random(cottage: Any, killed: Callable[[int], int], seed: int) -> None:
    """Three write facts as fast as they can, and are killed; what was written is whole, and what comes after goes on."""
    chance = random.Random(seed)
    rounds = int(os.environ.get("SYNGRAPH_ROUNDS", "12")) // 4

    def writes(who: str) -> None:
        for number in range(1000):
            cottage.fact(who, f"Carla paid EUR {number + 1}.")

    for number in range(rounds):
        before = stated(cottage)
        children = [cottage.aside(lambda who=who: writes(who)) for who in cottage.people[:3]]
        time.sleep(chance.uniform(0.02, 0.4))
        assert [killed(child) for child in children] == [-9] * 3
        assert not cottage.refused()
        after = stated(cottage)
        assert before <= after
        cottage.next_day()
        cottage.fact("dov", f"Edda paid EUR {number + 1}.")
        assert after < stated(cottage)
        cottage.whole()
    cottage.fsck()
