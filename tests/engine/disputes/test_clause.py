"""What the text says of an arbitration, and what holds where it is silent."""

import inspect
from collections.abc import Callable
from typing import Any

import pytest

from syngraph.engine.disputes import defaults
from syngraph.engine.disputes.clause import Colleagues, Jointly, Office, Side
from syngraph.engine.disputes.grounds import Default, Provided, cited

Make = Callable[..., Any]
ONE = "Any dispute arising out of these Bylaws shall be settled by arbitration by one arbitrator appointed by the Parties."
MANY = "Any dispute arising out of these Bylaws shall be settled by arbitration by three arbitrators."
SIDES = [Side.CLAIMANTS, Side.RESPONDENTS]

SEATS: list[tuple[tuple[str, ...], list[object]]] = [
    ((ONE,), [Jointly()]),
    (("Any dispute between Members shall be settled by one arbitrator appointed by the Chair.",), [Office("the Chair")]),
    ((MANY,), [*SIDES, Colleagues()]),
    ((MANY, "Each Party shall appoint one arbitrator and the two shall appoint the third."), [*SIDES, Colleagues()]),
    (
        (MANY, "Each Party shall appoint one arbitrator.", "The Chair shall appoint the third arbitrator."),
        [*SIDES, Office("the Chair")],
    ),
    ((MANY, "The third arbitrator is appointed by the Chair."), [*SIDES, Office("the Chair")]),
    ((MANY, "The Chair appoints the arbitrators."), [Office("the Chair")] * 3),
    (("Any dispute arising out of these Bylaws shall be settled by arbitration.",), [*SIDES, Colleagues()]),
    (
        (MANY.replace("three", "five"), "Each Party shall appoint an arbitrator."),
        [*SIDES[:1] * 2, *SIDES[1:] * 2, Colleagues()],
    ),
    ((MANY.replace("three", "two"),), [Jointly()] * 2),
]


@pytest.mark.parametrize("sentences, seats", SEATS, ids=[each[0][-1] for each in SEATS])
def test_who_appoints(case: Make, sentences: tuple[str, ...], seats: list[object]) -> None:
    assert [each.value for each in case(*sentences).clause.seats] == seats


def test_each_term_names_its_sentence_or_its_default(case: Make) -> None:
    clause = case(MANY, "The arbitrators shall make the award within four months after the claim.").clause
    assert [cited(each.ground).partition(":")[0] for each in clause.seats] == [
        "UNCITRAL Arbitration Rules, art. 9(1)",
        "UNCITRAL Arbitration Rules, art. 9(1)",
        "UNCITRAL Arbitration Rules, art. 9(1)",
    ]
    assert cited(clause.time.ground).startswith("bylaws.md:")
    assert cited(clause.time.ground).endswith("The arbitrators shall make the award within four months after the claim.")
    assert cited(clause.needed.ground) == (
        "UNCITRAL Arbitration Rules, art. 33(1): an award is made by a majority of the arbitrators"
    )
    assert cited(clause.final) == "UNCITRAL Arbitration Rules, art. 34(2): an award is final and binding on the parties"


@pytest.mark.parametrize(
    "sentence, needed",
    [
        ("An award is made by a majority of the arbitrators.", 2),
        ("An award is made by two-thirds of the arbitrators.", 2),
        ("An award is made by all arbitrators.", 3),
        ("The award is final and binds the Parties.", 2),
    ],
)
def test_how_many_make_an_award(case: Make, sentence: str, needed: int) -> None:
    assert case(MANY, sentence).clause.needed.value == needed


SCOPES: list[tuple[str, dict[str, Any], bool]] = [
    ("Any dispute arising out of these Bylaws", {}, True),
    ("All disputes arising out of or in connection with these Bylaws", {}, True),
    ("Any dispute between Members", {}, True),
    ("Any dispute between a Member and the Chair", {"claimants": ("bora",), "respondents": ("ada",)}, True),
    ("Any dispute between a Member and the Treasurer", {}, False),
    ("Any dispute between the Parties", {}, True),
    ("Any dispute about section 2", {"about": ("dues",)}, True),
    ("Any dispute about section 2", {"about": ("hours",)}, False),
    # of which it cannot be told: the arbitrators rule on it
    ("Any dispute about section 2", {"about": None}, True),
    ("Any dispute about the accounts", {}, True),
]


@pytest.mark.parametrize("scope, how, covered", SCOPES, ids=[each[0] for each in SCOPES])
def test_which_disputes_are_covered(case: Make, scope: str, how: dict[str, Any], covered: bool) -> None:
    found = case(f"{scope} shall be settled by arbitration by one arbitrator.", **how).clause
    assert (found is not None) == covered


def test_of_several_sentences_the_one_that_covers_the_dispute_counts(case: Make) -> None:
    about_hours = "Any dispute about section 3 shall be settled by arbitration by one arbitrator appointed by the Chair."
    assert case(about_hours, MANY).clause.seats[0].value is Side.CLAIMANTS
    assert case(about_hours, MANY, about=("hours",)).clause.seats[0].value == Office("the Chair")


def test_every_default_tells_its_article_and_says_what_it_says() -> None:
    functions = [each for name, each in vars(defaults).items() if inspect.isfunction(each) and not name.startswith("_")]
    made = [each(3) if inspect.signature(each).parameters else each() for each in functions]
    grounds = [each.ground if isinstance(each, Provided) else each for each in made]
    assert len(functions) > 20
    for function, ground in zip(functions, grounds, strict=True):
        assert isinstance(ground, Default)
        article = ground.source.rpartition("art")[2].lstrip("s. ").split(",")[0].split("(")[0]
        assert f" {article}(" in (function.__doc__ or "") or f" {article}" in (function.__doc__ or ""), function.__name__
        assert ground.says and not ground.says.endswith(".")
