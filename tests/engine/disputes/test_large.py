"""A dispute with a thousand papers is judged while somebody waits; a hostile one takes no longer than its size allows."""

from collections.abc import Callable
from time import perf_counter
from typing import Any

from syngraph.engine.governance.statements import Challenge, Kind
from tests.engine.disputes.conftest import REASONS, THREE

Make = Callable[..., Any]


def seconds(c: Any) -> float:
    dispute, clause = c.dispute, c.clause
    assert dispute and clause
    start = perf_counter()
    assert c.told
    return perf_counter() - start


def test_a_thousand_papers(case: Make) -> None:
    c = case(THREE)
    c.three()
    for number in range(150):
        c.answer(body=f"Answer {number}: the claim is unfounded.\n")
        c.say(Kind.CHALLENGE, Challenge(c.claim, "quin"), "ada")
        c.appoint(f"arbitrator{number % 20}", "bora")
        c.accept(f"arbitrator{number % 20}")
        c.award("pia", body=f"{REASONS}\n## Orders\n\nBora Tamm shall pay EUR {number} to Carla Mott.\n")
        c.award("pia", "quin", "rhea")
    for number in range(100):
        c.award("pia", "rhea", body=f"It is late.\n\nBora Tamm shall pay EUR {number} to Carla Mott.\n")
    assert len(c.entries) > 1000
    assert min(seconds(c) for _ in range(3)) < 0.3
