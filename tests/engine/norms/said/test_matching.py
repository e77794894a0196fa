"""Which facts are the act that a sentence speaks of, and what is said of the others."""

from datetime import date

import pytest

from syngraph.engine.norms.said import matching
from syngraph.engine.norms.said.matching import Match, Mismatch, Strength
from syngraph.engine.norms.said.texts import provisions
from syngraph.engine.norms.words.roles import Holding, roles
from syngraph.engine.norms.words.wording import noun, same

REGISTER = roles(
    [
        Holding("bora", "Bora Lind", "Tenant"),
        Holding("carla", "Carla Vale", "Landlord", None, date(2027, 6, 30)),
        Holding("dov", "Dov Lind", "Landlord", date(2027, 7, 1)),
    ]
)
RENT = "The Tenant shall pay the Rent to the Landlord by 1 August 2027."
GOODS = "The Tenant shall return the keys of the Flat to the Landlord by 1 August 2027."
LEND = "No Member may lend a Tool to a person who is not a Tenant."


@pytest.mark.parametrize(
    ("rule", "fact", "strength"),
    [
        (RENT, "On 1 May 2027, Bora paid EUR 1,200 to Carla under section 3.", Strength.CITED),
        (RENT, "On 1 May 2027, Bora paid EUR 1,200 to Carla under [](#rent).", Strength.CITED),
        (RENT, "On 1 May 2027, Bora paid the Rent to Carla.", Strength.NAMED),
        (RENT, "On 1 May 2027, Bora paid the rent.", Strength.NAMED),
        (RENT, "On 1 May 2027, Bora paid EUR 1,200 to the Landlord.", Strength.AMOUNT),
        (GOODS, "On 1 May 2027, Bora returned the keys.", Strength.NAMED),
        (GOODS, "On 1 May 2027, Bora returned keys of the Flat to Carla Vale.", Strength.NAMED),
        (LEND, "On 1 May 2027, Bora lent a Tool to Zora.", Strength.NAMED),
        (LEND, "On 1 May 2027, Bora lent the Tool to Carla.", Strength.NAMED),
    ],
)
def test_a_fact_is_the_act_of_a_rule(write, tell, rule, fact, strength):
    assert isinstance(found := judged(write, tell, rule, fact), Match)
    assert strength is found.strength
    assert found.why


@pytest.mark.parametrize(
    ("rule", "fact", "why"),
    [
        (RENT, "On 1 May 2027, Bora owed the Rent to Carla.", "the fact says 'owe', the rule 'pay'"),
        (
            RENT,
            "On 1 May 2027, Bora paid EUR 5 to Carla under section 4.",
            "the fact speaks of section 4, the rule stands in section #rent",
        ),
        (RENT, "On 1 May 2027, Bora paid the Rent to Dov.", "the fact went to Dov, the rule says the Landlord"),
        (RENT, "On 1 July 2027, Bora paid the Rent to Carla.", "the fact went to Carla, the rule says the Landlord"),
        (RENT, "On 1 May 2027, Bora paid the Deposit to Carla.", "the fact is about the Deposit, the rule about the Rent"),
        (
            GOODS,
            "On 1 May 2027, Bora returned the keys of the cellar.",
            "the fact is about the keys of the cellar, the rule about the keys of the Flat",
        ),
        (LEND, "On 1 May 2027, Dov lent a Tool to Bora.", "the fact went to Bora, the rule says a person who is not a Tenant"),
    ],
)
def test_a_fact_is_not_the_act_of_a_rule_and_the_reason_is_told(write, tell, rule, fact, why):
    assert Mismatch(why) == judged(write, tell, rule, fact)


def judged(write, tell, rule, fact):
    slot = provisions((write({"3 rent": rule}),))[0].slots[0]
    return matching.act_of(slot, tell(fact)[0].fact, {"rent": "EUR 1,200"}, REGISTER)


@pytest.mark.parametrize(
    ("said", "ruled", "expected"),
    [
        ("the minutes", "the minutes of each meeting", True),
        ("annual dues of EUR 60", "the dues", True),
        ("a Tool", "any Tools", True),
        ("the red Tool", "the blue Tool", False),
        ("notice of a defect", "notice of the breach", False),
        ("notice of a defect of the Flat", "notice of the defect", True),
        ("EUR 60", "EUR 70", True),
        ("the Flat", "", False),
    ],
)
def test_noun_phrases_are_compared_by_what_they_name(said, ruled, expected):
    assert expected is same(said, ruled)


def test_a_sum_of_money_names_nothing():
    assert noun("EUR 1,200") == noun("")


@pytest.mark.parametrize(
    ("name", "day", "ids"),
    [
        ("Bora", date(2027, 1, 1), {"bora"}),
        ("bora", date(2027, 1, 1), {"bora"}),
        ("Bora Lind", date(2027, 1, 1), {"bora"}),
        ("Lind", date(2027, 1, 1), set()),
        ("the Landlord", date(2027, 6, 30), {"carla"}),
        ("the Landlord", date(2027, 7, 1), {"dov"}),
        ("Landlords", date(2027, 7, 1), {"dov"}),
        ("each Party", date(2027, 7, 1), {"bora", "carla", "dov"}),
        ("Zora", date(2027, 7, 1), set()),
    ],
)
def test_a_name_means_people_on_a_day(name, day, ids):
    assert ids == REGISTER.meant(name, day)
