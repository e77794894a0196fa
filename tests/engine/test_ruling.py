"""What a binding award does to the chain: a text that follows it is lawful, and any other is not."""

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from syngraph.engine.disputes.outcomes import Binding
from syngraph.engine.enacting import EnactingError, Enactment
from syngraph.engine.governance.chain.keeping import kept, taken_up
from syngraph.engine.governance.chain.transitions import Unlawful
from syngraph.engine.governance.statements import (
    Acceptance,
    Appointment,
    Award,
    Claim,
    Details,
    Form,
    Kind,
    Stay,
    parse,
)

Make = Callable[..., Any]
ARBITRATION = """
# Arbitration {#arbitration}

Any dispute arising out of these Bylaws shall be settled by arbitration by one arbitrator appointed by the Parties.
The arbitrators may stay the voting on a motion until the award.
"""
ASIDE = "The adoption of that motion is set aside."


def community(village: Make) -> Any:
    from tests.village import BYLAWS

    v = village(bylaws=BYLAWS + ARBITRATION)
    v.found()
    v.keys["pia"] = v.key()
    return v


def say(v: Any, kind: Kind, details: Details, *names: str, body: str = "") -> str:
    v.next_day()
    content = v.stated(kind.value, details, *names, body=body)
    v.enter((content, [v.keys[name] for name in names]))
    return parse(content, "the statement").digest


def adopted(v: Any, old: str, new: str) -> str:
    motion = v.move("ada", v.replaced(old, new), f"{new} in place of {old}")
    v.vote(motion, "ada", "bora", "carla", "dov")
    assert v.close(motion) == "adopted"
    return motion


def claimed(v: Any, motion: str, asked: str = ASIDE) -> str:
    """A claim about a motion, with the arbitrator seated."""
    claim = say(v, Kind.CLAIM, Claim("7" * 32, "The motion", ("ada",), (motion,)), "edda", body=f"## Orders asked\n\n{asked}\n")
    line = v.keys["pia"].public.line()
    say(v, Kind.APPOINTMENT, Appointment(claim, "pia", line), "ada", "edda")
    say(v, Kind.ACCEPTANCE, Acceptance(claim, line), "pia")
    return claim


def award(v: Any, claim: str, orders: str = ASIDE) -> str:
    body = f"## Reasons\n\nNo notice was given.\n\n## Orders\n\n{orders}\n"
    return say(v, Kind.AWARD, Award(claim, 1, Form.FINAL), "pia", body=body)


def changed(v: Any, files: Mapping[str, bytes | None]) -> None:
    v.next_day()
    v.enact(lambda verification: Enactment(text=files, message="As the award says"))


def test_a_motion_that_is_set_aside_is_taken_back(village: Make) -> None:
    v = community(village)
    motion = adopted(v, "EUR 20", "EUR 90")
    v.adopt(motion)
    made = award(v, claimed(v, motion))
    changed(v, v.replaced("EUR 90", "EUR 20"))
    verification = v.verify(cache=None)
    assert verification.valid
    last = verification.transitions[-1]
    assert (last.kind.value, last.cause, last.reasons) == (
        "Award",
        made,
        ("the adoption of “EUR 90 in place of EUR 20” is set aside",),
    )
    assert verification.ledger.obeyed == {f"{made}#1"}
    assert taken_up(kept(verification.ledger)) == verification.ledger
    (filed,) = verification.ledger.disputes.values()
    outcome = verification.walk.rulings.outcome(filed, verification.ledger, verification.site("", v.day))
    assert isinstance(outcome, Binding)


def test_what_changed_elsewhere_since_is_kept(village: Make) -> None:
    v = community(village)
    first, second = adopted(v, "EUR 20", "EUR 90"), adopted(v, "Business Day", "day")
    v.adopt(first)
    v.adopt(second)
    award(v, claimed(v, first))
    changed(v, v.replaced("EUR 90", "EUR 20"))
    assert v.verify(cache=None).valid and "on each day" in v.text()


def test_where_the_same_clause_has_changed_since_nothing_is_taken_back(village: Make) -> None:
    v = community(village)
    first = adopted(v, "EUR 20", "EUR 90")
    v.adopt(first)
    second = adopted(v, "EUR 90", "EUR 95")
    v.adopt(second)
    award(v, claimed(v, first))
    with pytest.raises(Unlawful, match="nothing in the record asks for"):
        changed(v, v.replaced("EUR 95", "EUR 20"))


@pytest.mark.parametrize("old, new", [("EUR 90", "EUR 5"), ("Business Day", "day")])
def test_any_other_change_is_none_that_the_award_asks_for(village: Make, old: str, new: str) -> None:
    v = community(village)
    motion = adopted(v, "EUR 20", "EUR 90")
    v.adopt(motion)
    award(v, claimed(v, motion))
    with pytest.raises(Unlawful, match="nothing in the record asks for"):
        changed(v, v.replaced(old, new))


def test_without_an_award_nothing_is_taken_back(village: Make) -> None:
    v = community(village)
    motion = adopted(v, "EUR 20", "EUR 90")
    v.adopt(motion)
    claim = claimed(v, motion)
    with pytest.raises(Unlawful, match="nothing in the record asks for"):
        changed(v, v.replaced("EUR 90", "EUR 20"))
    # nor by one on something that nobody has asked for
    award(v, claim, "The claim is dismissed.")
    with pytest.raises(Unlawful, match="nothing in the record asks for"):
        changed(v, v.replaced("EUR 90", "EUR 20"))


def test_an_order_is_obeyed_once(village: Make) -> None:
    v = community(village)
    motion = adopted(v, "EUR 20", "EUR 90")
    v.adopt(motion)
    award(v, claimed(v, motion))
    changed(v, v.replaced("EUR 90", "EUR 20"))
    again = adopted(v, "EUR 20", "EUR 90")
    v.adopt(again)
    with pytest.raises(Unlawful, match="nothing in the record asks for"):
        changed(v, v.replaced("EUR 90", "EUR 20"))


def test_a_motion_that_is_set_aside_is_not_carried_out_any_more(village: Make) -> None:
    v = community(village)
    motion = adopted(v, "EUR 20", "EUR 90")
    award(v, claimed(v, motion))
    with pytest.raises((Unlawful, EnactingError), match="set aside"):
        v.adopt(motion)


def test_while_the_voting_is_stayed_no_vote_is_closed(village: Make) -> None:
    v = community(village)
    motion = v.move("ada", v.replaced("EUR 20", "EUR 90"), "Dues")
    claim = claimed(v, motion)
    say(v, Kind.STAY, Stay(claim, motion), "pia")
    v.vote(motion, "ada", "bora", "carla", "dov")
    with pytest.raises(Unlawful, match="on which the voting is stayed"):
        v.close(motion)
    award(v, claim, "The claim is dismissed.")
    assert v.close(motion) == "adopted"


def test_a_stay_that_the_text_does_not_provide_for_stays_nothing(village: Make) -> None:
    from tests.village import BYLAWS

    v = village(bylaws=BYLAWS + ARBITRATION.replace("The arbitrators may stay the voting on a motion until the award.\n", ""))
    v.found()
    v.keys["pia"] = v.key()
    motion = v.move("ada", v.replaced("EUR 20", "EUR 90"), "Dues")
    say(v, Kind.STAY, Stay(claimed(v, motion), motion), "pia")
    v.vote(motion, "ada", "bora", "carla", "dov")
    assert v.close(motion) == "adopted"


def test_the_clause_is_that_of_the_text_when_the_claim_entered(village: Make) -> None:
    v = community(village)
    motion = adopted(v, "EUR 20", "EUR 90")
    v.adopt(motion)
    claim = claimed(v, motion)
    v.adopt(adopted(v, "one arbitrator appointed by the Parties", "three arbitrators"))
    award(v, claim)
    changed(v, v.replaced("EUR 90", "EUR 20"))
    assert v.verify(cache=None).valid
