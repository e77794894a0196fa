"""What words that are kept as written may not have in them, and what may belong to one of two or to both."""

import pytest

from syngraph.grammar.parse import read
from syngraph.grammar.rules import Fact, Unknown
from syngraph.grammar.sentence import Kind

DECIDING_IN_SILENCE = (
    "On 4 May 2027, no Tenant paid EUR 5 to the Landlord.",
    "On 4 May 2027, nobody paid EUR 5 to the Landlord.",
    "On 4 May 2027, no Member paid the dues.",
    "On 4 May 2027, neither Ana nor Ben paid the Rent.",
    "On 4 May 2027, Ana almost paid the Rent.",
    "On 4 May 2027, Ana nearly paid the Rent.",
    "On 4 May 2027, Ana said that Ben paid EUR 5 to Carla.",
    "On 4 May 2027, if Ana paid EUR 5.",
    "On 4 May 2027, Ana paid EUR 60 to Carla by a cheque that bounced.",
    "On 4 May 2027, Ana allegedly paid EUR 60 to Carla.",
    "The Tenant shall pay the Rent on condition that the roof is repaired.",
    "The Tenant shall pay the Rent given that the roof is repaired.",
    "The Tenant shall pay the Rent assuming the roof is repaired.",
    "The Tenant shall pay the Rent failing notice.",
    "The Tenant shall pay the Rent absent notice.",
    "The Tenant shall pay the Rent in the absence of notice.",
    "The Tenant shall pay the Rent depending on the weather.",
    "The Tenant shall pay the Rent pending delivery.",
    "The Tenant shall pay the Rent following delivery.",
    "The Tenant shall pay the Rent subsequent to delivery.",
    "The Tenant shall pay the Rent on the basis that the roof is repaired.",
    "Should the roof leak, the Landlord shall repair it.",
    "The Landlord shall repair the roof should it leak.",
    "Were the roof to leak, the Landlord shall repair it.",
    "The Landlord shall repair the roof were it to leak.",
    "The Tenant shall pay the Rent save where the roof leaks.",
    "The Tenant shall pay the Rent but not if the roof leaks.",
    "The Chair shall sign as if the Board had agreed.",
    "The Tenant shall clean the stairs for as long as the Lease lasts.",
    "The Tenant shall pay the Rent only if delivered.",
    "The Tenant shall pay the Rent whether or not the roof leaks.",
    "The Tenant shall pay the Rent next Monday.",
    "The Tenant shall pay the Rent tomorrow.",
    "The Tenant shall pay the Rent this year.",
    "The Tenant shall pay the Rent in 2027.",
    "The Tenant shall pay the Rent in May 2027.",
    "The Tenant shall pay the Rent in the spring.",
    "The Tenant shall pay the Rent at Easter.",
    "The Tenant shall pay the Rent on 1 May 2027 at the latest.",
    "The Tenant shall pay the Rent semi-annually.",
    "The Tenant shall pay the Rent nightly.",
    "The Tenant shall pay the Rent soon.",
    "The Tenant shall pay the Rent in due course.",
    "The Tenant shall pay the Rent by someday.",
    "The Tenant shall water the plants every evening.",
    "The Tenant shall water the plants as often as necessary.",
    "The Tenant shall lock the gate at midnight.",
    "The Tenant shall lock the gate at noon.",
    "This Agreement ends on 31 December 2027 at noon.",
    "The Tenant shall pay the Rent within a fortnight after delivery.",
    "The Tenant shall pay the Rent the next day.",
    "The Tenant shall pay the Rent the day after delivery.",
    "The Tenant shall pay the Rent within sixty days thereafter.",
    "The Tenant shall leave after 14 days' notice.",
    "The Landlord may enter the Flat after 24 hours' notice.",
    "The Tenant shall pay the Rent on the 5th of the month following.",
    "The Tenant shall give at least two months' notice before leaving.",
    "The Tenant shall give up to two months' notice before leaving.",
    "The Tenant shall pay the Rent within about 3 days after notice.",
    "The Tenant shall pay the Rent not sooner than 30 days after notice.",
    "The Tenant shall pay the Rent by 5 January 2027 or later.",
    "The Tenant shall pay the Rent by 5 January 2027 or never.",
    "The Tenant shall pay the Rent within 30 days after notice or 10 days, whichever is later.",
    "The Tenant shall pay the Rent by 31 of April.",
    "The Tenant shall keep the Flat until latest 5 May 2027.",
    "The Tenant shall pay the Rent within 30 days the notice.",
    "The Tenant shall pay the Rent twice a year.",
    "The Buyer shall pay the Price, failing which the Seller may terminate this Agreement.",
    "The Buyer shall pay the Price by 1 May 2027 or the Buyer may terminate this Agreement.",
    "The Buyer shall pay the Price by 1 May 2027 if delivered and by 1 June 2027 otherwise.",
    "The Secretary shall keep the Register, publish the minutes within seven days after each meeting and answer letters.",
    "The award shall be made within six months after the appointment of the arbitrator and is final.",
    "The Buyer shall pay a deposit on signing and the balance within ten days.",
    "The Buyer shall pay half of the Price within 10 days and the balance within 30 days after delivery.",
    "The Seller shall deliver half of the Goods by 1 May 2027 and the rest by 1 June 2027.",
    "The Tenant shall pay half of the Rent on the first day of each month and the other half on the fifteenth.",
    "This Agreement takes effect when both Parties have signed it and the Deposit is paid.",
    "The Board shall appoint a replacement within 30 days, who shall serve until the next election.",
    "The Buyer shall accept, and pay for, the Goods.",
    "Any five Members may fork these Bylaws by notice to the Secretary.",
    "The Members hope that the garden will flourish.",
    "The Members believe that the Board shall act fairly.",
    "The Seller warrants that the Goods will conform to the samples.",
    "The Tenant agrees that the Landlord may enter the Flat.",
    "The fact that a Member may vote does not entitle the Member to speak.",
    "A notice that the Board may issue is binding.",
    "The Secretary, or in the Secretary's absence the Treasurer, shall keep the Register.",
    "The Secretary, or in his absence the Treasurer, shall keep the Register.",
    "The Seller and not the Buyer shall pay the freight.",
    "The Tenant, and not the Landlord, shall pay the Rent.",
    "The Buyer, acting through its agent, shall pay the Price.",
    "Two of the five Directors shall sign the cheque.",
    "Any two Directors acting jointly may sign the cheque.",
    "The Treasurer and two Directors shall sign the cheque.",
    "Any of the Members may call a meeting.",
    "All disputes shall be referred to a single arbitrator appointed by the Chamber.",
    "Either Party may terminate this Agreement by three months' notice to the end of a quarter.",
    "The Landlord denies that the Tenant shall pay the Rent.",
    "The rule that each Member shall pay dues no longer applies.",
    "The clause that the Tenant shall pay the Rent is deleted.",
    "The Tenant shall pay the Rent is what the old text said.",
    "Who shall pay the Rent?",
    "The Tenant shall not pay the Rent?",
    "Shall the Tenant pay the Rent?",
    "The Tenant shall pay the Rent or may not pay the Rent.",
    "The Tenant, or in his absence the Landlord, shall pay.",
    "Only the Treasurer shall sign cheques.",
    "The Chair and each Member shall pay dues.",
    "The Secretary shall publish the decisions taken by the Board by a majority.",
    "The following persons may vote: (a) the Chair; (b) the Treasurer.",
    "Approval requires a majority.",
    "Unless notice is given: (a) the Tenant shall pay the Rent; and (b) the Landlord shall repair the roof.",
    "If notice is given: (a) the Tenant shall pay the Rent; and (b) the Landlord shall repair the roof.",
    "It is not the case that: (a) the Tenant shall pay the Rent; and (b) the Landlord shall repair the roof.",
    "It is false that (a) the Tenant shall pay the Rent; and (b) the Landlord shall repair the roof.",
    "The following is repealed: (a) these Bylaws may be amended by a majority of all Members; and (b) the Tools may be sold.",
    "These Bylaws may be amended by (a) a majority of all Members; and (b) the Chair.",
    "The Tenant shall do one of the following: (a) smoke; (b) sublet.",
    "The Tenant shall ｎｏｔ pay the Rent.",
    "The Tenant shall 𝐧𝐨𝐭 pay the Rent.",
    "The Tenant shall ɴᴏᴛ pay the Rent.",
    "The Tenant shall n o t pay the Rent.",
    "The Tenant shall n't pay the Rent.",
    "The Tenant shall pay the Rent (not).",
    "The Tenant shall pay the Rent - NOT.",
    "The Tenant shall pay (not) the Rent.",
    "The Tenant shall pay the Rent, not the Dues.",
    "These Bylaws may be amended by two-thirds of all Members in good standing.",
    "These Bylaws may be amended by two-thirds of all Members present on the moon.",
    "In the year 1990 these Bylaws may be amended by one-tenth of all Members.",
    "These Bylaws may be amended by 0% of all Members.",
    "These Bylaws may be amended by 0/1 of all Members.",
    "These Bylaws may be amended by 1/0 of all Members.",
    "These Bylaws may be amended by 66 2/3% of all Members.",
    "These Bylaws may be amended by 66,7% of all Members.",
    "These Bylaws may be amended by 2⁄3 of all Members.",
    "These Bylaws may be amended by ²⁄₃ of all Members.",
    "Half of the Members shall pay dues.",
)

OF_ONE_OR_BOTH = (
    "The Seller shall deliver and the Buyer shall accept the Goods on 1 May 2027.",
    "The Landlord may require the Tenant to leave within 30 days.",
    "The Landlord may require the Tenant to vacate the Flat within 30 days.",
    "The Landlord shall allow the Tenant to stay until 1 May 2027.",
    "The Board shall decide whether the Member may stay within 14 days.",
    "The Seller shall replace any item found defective within one year after delivery.",
    "The Board shall hear the Member before it decides within 30 days.",
    "The Board shall hear the Member before a decision is taken within 30 days.",
    "The Seller shall deliver the Goods and the Buyer shall pay the Price within 30 days after signing.",
    "The Seller shall deliver the Goods and the Buyer shall pay the Price unless the Parties agree otherwise.",
    "All Members and Directors elected by the Members shall attend.",
    "The Tenant shall (a) pay the Rent, (b) clean the flat, unless the Landlord agrees otherwise.",
)
READ = (
    "The Secretary shall keep a record of the decisions that are made by the Board.",
    "The Treasurer shall pay the dues for this year by 31 March 2027.",
    "The Board shall appoint a person who is not a Member.",
    "The Tenant shall take care not to disturb the neighbours.",
    "The Secretary shall keep the following books in the office.",
    "The Seller shall deliver the Goods and the Buyer shall pay the Price.",
    "The Seller shall deliver the Goods; the Buyer shall pay the Price within 30 days after delivery.",
    "Within 30 days, the Landlord may require the Tenant to leave.",
    "All Members and Directors shall attend.",
    "The Parties agree: (a) the Tenant shall pay the Rent; and (b) the Landlord shall repair the roof.",
)


@pytest.mark.parametrize("text", DECIDING_IN_SILENCE)
def test_what_decides_within_words_that_are_kept_leaves_the_sentence_unread(text: str) -> None:
    (sentence,) = read(text)
    assert (sentence.kind, sentence.rules) == (Kind.UNREAD, ())
    assert sentence.unread is not None
    assert sentence.unread.expected


@pytest.mark.parametrize("text", OF_ONE_OR_BOTH)
def test_what_may_belong_to_one_or_to_both_has_two_readings(text: str) -> None:
    (sentence,) = read(text)
    assert (sentence.kind, sentence.rules) == (Kind.AMBIGUOUS, ())
    assert sentence.unread is not None
    assert len(sentence.unread.readings) == 2


@pytest.mark.parametrize("text", READ)
def test_words_that_decide_nothing_are_kept(text: str) -> None:
    (sentence,) = read(text)
    assert sentence.kind not in (Kind.UNREAD, Kind.AMBIGUOUS, Kind.PROSE)


@pytest.mark.parametrize("denied", ["had not delivered", "has not delivered", "never delivered", "did not deliver"])
def test_what_somebody_did_not_do_did_not_happen(denied: str) -> None:
    (sentence,) = read(f"On 4 May 2027, the Seller {denied} the Goods.")
    (fact,) = sentence.rules
    assert isinstance(fact, Fact)
    assert (fact.happened, fact.event.actor, fact.event.verb) == (False, "the Seller", "deliver")


@pytest.mark.parametrize(
    "condition",
    [
        "a Director dies or resigns",
        "the Tenant does not pay and the Landlord warns the Tenant",
        "a Member steals a Tool or insults the Chair twice",
    ],
)
def test_a_condition_of_two_verbs_is_left_to_the_record(condition: str) -> None:
    (sentence,) = read(f"If {condition}, the Board may expel the Member.")
    (rule,) = sentence.rules
    (held,) = rule.conditions  # type: ignore[union-attr]
    assert held.test == Unknown(condition)
