"""The papers of a dispute enter from those who may state them; the key of an arbitrator counts in one dispute only."""

from collections.abc import Callable
from typing import Any

import pytest

from syngraph.engine import enacting
from syngraph.engine.governance.chain.keeping import kept, taken_up
from syngraph.engine.governance.chain.transitions import Unlawful
from syngraph.engine.governance.statements import (
    Acceptance,
    Answer,
    Appointment,
    Award,
    Ballot,
    Challenge,
    Choice,
    Claim,
    Correction,
    Details,
    Dissent,
    Extension,
    Fact,
    Form,
    Kind,
    Retraction,
    Settlement,
    Statement,
    Stay,
    parse,
    write,
)

Make = Callable[..., Any]


def say(
    v: Any, kind: Kind, details: Details, *names: str, by: tuple[str, ...] = (), body: str = "So be it.\n", **more: Any
) -> str:
    """States something, signed by those whom it names or by others; its digest."""
    v.next_day()
    content = v.stated(kind.value, details, *names, body="So be it.\n")
    v.enter((content, [v.keys[name] for name in by or names]))
    return parse(content, "the statement").digest


def a_claim(v: Any, nonce: int = 1) -> str:
    return say(v, Kind.CLAIM, Claim(f"{nonce:032x}", "Unpaid dues", ("bora",), ("dues",)), "ada")


def an_arbitrator(v: Any, claim: str, who: str = "pia") -> str:
    """Appoints and accepts; the digest of the acceptance."""
    v.keys.setdefault(who, v.key())
    line = v.keys[who].public.line()
    say(v, Kind.APPOINTMENT, Appointment(claim, who, line), "ada", "bora")
    return say(v, Kind.ACCEPTANCE, Acceptance(claim, line), who)


def founded(village: Make) -> Any:
    v = village()
    v.found()
    return v


def test_a_dispute_is_on_the_docket_with_its_papers(village: Make) -> None:
    v = founded(village)
    claim = a_claim(v)
    say(v, Kind.ANSWER, Answer(claim), "bora")
    acceptance = an_arbitrator(v, claim)
    say(v, Kind.CHALLENGE, Challenge(claim, "pia"), "bora")
    say(v, Kind.EXTENSION, Extension(claim, v.day), "ada", "bora")
    award = say(v, Kind.AWARD, Award(claim, 1, Form.FINAL), "pia")
    say(v, Kind.DISSENT, Dissent(claim, award), "pia")
    say(v, Kind.CORRECTION, Correction(claim, award), "pia")
    say(v, Kind.SETTLEMENT, Settlement(claim), "bora", "ada")
    say(v, Kind.RETRACTION, Retraction(acceptance), "pia")
    ledger = v.verify().ledger
    dispute = ledger.disputes[claim]
    key = v.keys["pia"].public.name
    assert (dispute.claimants, dispute.respondents, dispute.seals) == (("ada",), ("bora",), {})
    assert [(each.kind.value, each.signed, each.seals) for each in dispute.papers] == [
        ("claim", ("ada",), ()),
        ("answer", ("bora",), ()),
        ("appointment", ("ada", "bora"), ()),
        ("acceptance", (), (key,)),
        ("challenge", ("bora",), ()),
        ("extension", ("ada", "bora"), ()),
        ("award", (), (key,)),
        ("dissent", (), (key,)),
        ("correction", (), (key,)),
        ("settlement", ("ada", "bora"), ()),
        ("retraction", (), (key,)),
    ]
    assert [each.position for each in dispute.papers] == list(range(1, 12))


def test_a_docket_is_kept_and_copied(village: Make) -> None:
    v = founded(village)
    an_arbitrator(v, a_claim(v))
    ledger = v.verify().ledger
    assert taken_up(kept(ledger)) == ledger
    copy = ledger.copied()
    assert copy == ledger
    next(iter(copy.disputes.values())).seals.clear()
    next(iter(copy.disputes.values())).papers.clear()
    assert ledger == v.verify(cache=None).ledger


def test_a_claim_and_all_that_follows_may_enter_together(village: Make) -> None:
    v = founded(village)
    v.keys["pia"] = v.key()
    content = v.stated("claim", Claim("0" * 32, "Dues", ("bora",)), "ada")
    claim = parse(content, "the claim").digest
    line = v.keys["pia"].public.line()
    v.enter(
        (v.stated("award", Award(claim, 1, Form.FINAL), "pia"), [v.keys["pia"]]),
        (v.stated("acceptance", Acceptance(claim, line), "pia"), [v.keys["pia"]]),
        (v.stated("appointment", Appointment(claim, "pia"), "ada", "bora"), [v.keys["ada"], v.keys["bora"]]),
        (content, [v.keys["ada"]]),
    )
    papers = v.verify().ledger.disputes[claim].papers
    assert [each.kind.value for each in papers] == ["claim", "appointment", "acceptance", "award"]


@pytest.mark.parametrize(
    "kind, details",
    [
        (Kind.BALLOT, Ballot("a" * 64, Choice.YES)),
        (Kind.FACT, Fact()),
        (Kind.CLAIM, Claim("2" * 32, "Mine", ("bora",))),
    ],
    ids=lambda each: each.value if isinstance(each, Kind) else "",
)
def test_the_key_of_an_arbitrator_signs_nothing_but_in_the_dispute(village: Make, kind: Kind, details: Details) -> None:
    v = founded(village)
    an_arbitrator(v, a_claim(v))
    with pytest.raises(Unlawful, match="key that is nobody's"):
        say(v, kind, details, "pia")


def test_the_key_of_an_arbitrator_signs_in_no_other_dispute(village: Make) -> None:
    v = founded(village)
    an_arbitrator(v, a_claim(v))
    other = a_claim(v, 2)
    with pytest.raises(Unlawful, match="key that is nobody's"):
        say(v, Kind.AWARD, Award(other, 1, Form.FINAL), "pia")


def test_an_award_is_signed_with_the_keys_of_the_arbitrators_alone(village: Make) -> None:
    v = founded(village)
    claim = a_claim(v)
    an_arbitrator(v, claim)
    with pytest.raises(Unlawful, match="an award signed by ada with a key that no arbitrator has accepted with"):
        say(v, Kind.AWARD, Award(claim, 1, Form.FINAL), "ada")
    with pytest.raises(Unlawful, match="a signature of pia under a statement of quin"):
        say(v, Kind.AWARD, Award(claim, 1, Form.FINAL), "quin", by=("pia",))
    with pytest.raises(Unlawful, match="a statement of quin, who is not in the register"):
        say(v, Kind.AWARD, Award(claim, 1, Form.FINAL), "pia", "quin", by=("pia",))


def test_who_is_in_the_register_accepts_with_a_key_of_it_too(village: Make) -> None:
    v = founded(village)
    claim = a_claim(v)
    v.keys["new"] = v.key()
    line = v.keys["new"].public.line()
    say(v, Kind.APPOINTMENT, Appointment(claim, "dov"), "ada", "bora")
    with pytest.raises(Unlawful, match="no signature of dov"):
        say(v, Kind.ACCEPTANCE, Acceptance(claim, line), "dov", by=("new",))
    with pytest.raises(Unlawful, match="that its own key has not signed"):
        say(v, Kind.ACCEPTANCE, Acceptance(claim, line), "dov", by=("dov",))
    say(v, Kind.ACCEPTANCE, Acceptance(claim, line), "dov", by=("dov", "new"))
    assert v.verify().ledger.disputes[claim].papers[-1].signed == ("dov",)
    with pytest.raises(Unlawful, match="an award signed by dov with a key that no arbitrator has accepted with"):
        say(v, Kind.AWARD, Award(claim, 1, Form.FINAL), "dov")
    say(v, Kind.AWARD, Award(claim, 1, Form.FINAL), "dov", by=("new",))


def test_a_key_of_somebody_else_accepts_nothing(village: Make) -> None:
    v = founded(village)
    claim = a_claim(v)
    an_arbitrator(v, claim)
    with pytest.raises(Unlawful, match="a statement of pia, who is not in the register"):
        say(v, Kind.ACCEPTANCE, Acceptance(claim, v.keys["edda"].public.line()), "pia", by=("edda",))
    with pytest.raises(Unlawful, match="an acceptance of quin with a key of pia"):
        say(v, Kind.ACCEPTANCE, Acceptance(claim, v.keys["pia"].public.line()), "quin", by=("pia",))


def test_a_key_that_has_left_the_register_signs_no_award(village: Make) -> None:
    v = founded(village)
    claim = a_claim(v)
    old = v.keys["dov"]
    say(v, Kind.ACCEPTANCE, Acceptance(claim, old.public.line()), "dov")
    v.rotate("dov")
    v.keys["old"] = old
    with pytest.raises(Unlawful, match=r"key that was not in force|register has no more"):
        say(v, Kind.AWARD, Award(claim, 1, Form.FINAL), "dov", by=("old",))


def test_an_arbitrator_who_withdraws_signs_no_more(village: Make) -> None:
    v = founded(village)
    claim = a_claim(v)
    acceptance = an_arbitrator(v, claim)
    say(v, Kind.RETRACTION, Retraction(acceptance), "pia")
    with pytest.raises(Unlawful, match="key that is nobody's"):
        say(v, Kind.AWARD, Award(claim, 1, Form.FINAL), "pia")


def test_nobody_takes_back_what_somebody_else_has_said(village: Make) -> None:
    v = founded(village)
    claim = a_claim(v)
    an_arbitrator(v, claim)
    with pytest.raises(Unlawful, match="a retraction by bora of what ada stated"):
        say(v, Kind.RETRACTION, Retraction(claim), "bora")


NO_PART: list[tuple[str, Callable[[str], tuple[Kind, Details, tuple[str, ...]]], str]] = [
    ("an answer of a stranger", lambda c: (Kind.ANSWER, Answer(c), ("carla",)), "carla, who is not a respondent"),
    ("an answer of the claimant", lambda c: (Kind.ANSWER, Answer(c), ("ada",)), "ada, who is not a respondent"),
    ("a challenge of a stranger", lambda c: (Kind.CHALLENGE, Challenge(c, "pia"), ("carla",)), "carla, who is not a party"),
    ("a settlement of one", lambda c: (Kind.SETTLEMENT, Settlement(c), ("ada",)), "a settlement without bora"),
    ("a claim against a stranger", lambda c: (Kind.CLAIM, Claim("3" * 32, "x", ("zoe",)), ("ada",)), "a claim against zoe"),
    ("a claim against oneself", lambda c: (Kind.CLAIM, Claim("3" * 32, "x", ("ada",)), ("ada",)), "ada against ada"),
    ("a paper of no dispute", lambda c: (Kind.ANSWER, Answer("f" * 64), ("bora",)), "which the chain does not have"),
    ("a stay of no motion", lambda c: (Kind.STAY, Stay(c, "f" * 64), ("pia",)), "a stay of the motion ffff"),
    ("a dissent from no award", lambda c: (Kind.DISSENT, Dissent(c, c), ("pia",)), "a dissent of the award"),
    ("a correction of no award", lambda c: (Kind.CORRECTION, Correction(c, "f" * 64), ("pia",)), "a correction of the award"),
]


@pytest.mark.parametrize("of, why", [(each[1], each[2]) for each in NO_PART], ids=[each[0] for each in NO_PART])
def test_who_has_no_part_in_a_dispute_says_nothing_in_it(
    village: Make, of: Callable[[str], tuple[Kind, Details, tuple[str, ...]]], why: str
) -> None:
    v = founded(village)
    claim = a_claim(v)
    an_arbitrator(v, claim)
    kind, details, names = of(claim)
    with pytest.raises(Unlawful, match=why):
        say(v, kind, details, *names)


@pytest.mark.parametrize("field", ["lineage", "fork"])
def test_an_award_of_another_lineage_or_fork_is_replayed_in_vain(village: Make, field: str) -> None:
    v = founded(village)
    claim = a_claim(v)
    an_arbitrator(v, claim)
    mine = parse(v.stated("award", Award(claim, 1, Form.FINAL), "pia"), "the award")
    ids = {"lineage": mine.lineage, "fork": None, field: "e" * 64}
    theirs = Statement(
        mine.kind, ids["lineage"], ids["fork"], mine.base, ("pia",), None, mine.date, 1, None, mine.details, mine.body
    )
    with pytest.raises(Unlawful, match="made for the lineage"):
        v.enter((write(theirs), [v.keys["pia"]]))


def test_an_award_takes_no_further_signature_once_it_has_entered(village: Make) -> None:
    v = founded(village)
    claim = a_claim(v)
    an_arbitrator(v, claim)
    an_arbitrator(v, claim, "quin")
    content = v.stated("award", Award(claim, 1, Form.FINAL), "pia")
    v.enter((content, [v.keys["pia"]]))
    late = enacting.sealed(content, [v.keys["quin"]])
    with pytest.raises(Unlawful, match="a signature of quin under a statement of pia"):
        v.enact(lambda verification: enacting.Enactment({path: each for path, each in late.items() if path.endswith(".sig")}))
