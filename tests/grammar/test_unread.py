"""What is not read comes back with its place, what would fit, and the nearest sentence that is read."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from syngraph.grammar.faults.mistakes import EXAMPLES, suggestion
from syngraph.grammar.parse import read
from syngraph.grammar.sentence import Kind

MISTAKES = (
    ("The Tenant shal pay the Rent by 5 May 2027.", "shal", "shall", "The Tenant shall pay the Rent by 5 May 2027."),
    (
        "The Tenant shall pay the Rent withn 30 days after the Effective Date.",
        "withn",
        "within",
        "The Tenant shall pay the Rent within 30 days after the Effective Date.",
    ),
    ("The Tenant shall pays the Rent by 5 May 2027.", "pays", "pay", "The Tenant shall pay the Rent by 5 May 2027."),
    ('"Goods" meens 200 chairs.', "meens", "means", '"Goods" means 200 chairs.'),
    ("Quorom is 66% of all Members.", "Quorom", "", "Quorum is 66% of all Members."),
    ("Quorum is a handful of the Members.", "a", "share", "Quorum is 66% of all Members."),
    ("The Tenant shall pay the Rent by 31 February 2027.", "31 February 2027", "calendar", None),
    ('"Closing Date" means 30 February 2026.', "30 February 2026", "calendar", None),
    ("The breach of section 3 on 30 February 2026 is excused.", "30 February 2026", "calendar", None),
    ("The Tenant shall leave for two years after 30 February 2026.", "30 February 2026", "calendar", None),
    ("Each Member shall pay the Dues by 31 Febuary of each year.", "by", "time", None),
    ("The Tenant shall pay the Rent until the.", None, "", None),
    ("If the Tenant is late shall pay a fee.", None, "comma", None),
    ("The charter may not be changed by a majority of the Members.", "not", "`may be changed only by at least ...`", None),
    ("The minutes will also be CC'd to the Clerk.", "CC'd", "in full", None),
    ("Entry is open to all residents, but only paid members are allowed to row.", "but", "a sentence of its own", None),
    ("Entry will be decided at the discretion of the Board.", "at", "who decides", None),
    ("The hut shall be cleaned on or before 3 May 2027 or no later than ten days after the fair.", "or", "each time", None),
    ("The Baker shall deliver 20 loaves by 1 May 2027 and 30 rolls by 2 May 2027.", "and", "each time", None),
    ("The Mason shall begin the wall on 1 March 2027 and finish it by 30 June 2027.", "and", "each time", None),
    ("Letters must be signed by any two of the Chair, the Clerk and the Warden.", "by", "by two Directors", None),
    ("The Lease begins on 1 April 2027 and ends on 31 March 2029.", "begins", "shall", None),
    ("The fair shall be held within ten days after a day named by the Board.", "by", "who sets it", None),
)


@pytest.mark.parametrize(("text", "word", "expected", "near"), MISTAKES, ids=lambda value: str(value)[:40])
def test_points_at_the_first_word_that_does_not_fit(text: str, word: str | None, expected: str, near: str | None) -> None:
    (sentence,) = read(text)
    assert sentence.kind is Kind.UNREAD
    assert sentence.unread is not None
    if word is not None:
        assert sentence.unread.word == word
        assert text[sentence.unread.span.start : sentence.unread.span.end] == word
    assert expected in " ".join(sentence.unread.expected)
    if near is not None:
        assert sentence.unread.nearest == near


@pytest.mark.parametrize("text", [text for text, *_ in MISTAKES])
def test_the_nearest_sentence_is_read(text: str) -> None:
    (sentence,) = read(text)
    assert sentence.unread is not None
    for near in read(sentence.unread.nearest) if sentence.unread.nearest else ():
        assert near.kind not in (Kind.UNREAD, Kind.AMBIGUOUS, Kind.PROSE)


@pytest.mark.parametrize("text", EXAMPLES)
def test_every_example_is_read(text: str) -> None:
    (sentence,) = read(text)
    assert sentence.kind not in (Kind.UNREAD, Kind.AMBIGUOUS, Kind.PROSE)


NEAREST = (
    ("The Tenant shoud pay the Rent by 5 May 2027.", "The Tenant shall pay the Rent by 5 May 2027."),
    ("The Tenant shall to pay the Rent by 5 May 2027.", "The Tenant shall pay the Rent by 5 May 2027."),
    ("The Tenant shall shall pay the Rent by 5 May 2027.", "The Tenant shall pay the Rent by 5 May 2027."),
    ("The Tenant shall paid the Rent by 5 May 2027.", "The Tenant shall pay the Rent by 5 May 2027."),
    ("Shall pay the Rent by 5 May 2027.", "Each Party shall pay the Rent by 5 May 2027."),
    ("The Tenant shall pay the Rent by 31 April 2027.", "The Tenant shall pay the Rent by 30 April 2027."),
    ("The Tenant must the Rent pay.", "The Tenant must pay the Rent."),
    ("The Tenant shall pay the Rent in 30 days.", "The Tenant shall pay the Rent within 30 days."),
    (
        "The Tenant shall pay the Rent with in 30 days after notice.",
        "The Tenant shall pay the Rent within 30 days after notice.",
    ),
    ("The Tenant shall pay 1200 Euro to the Landlord.", "The Tenant shall pay EUR 1200 to the Landlord."),
    ("The Tenant shall pay EUR1200 to the Landlord.", "The Tenant shall pay EUR 1200 to the Landlord."),
    ("The Tenant shall not to sublet the Flat.", "The Tenant shall not sublet the Flat."),
    (
        "Unles the Landlord agrees, the Tenant shall not sublet the Flat.",
        "Unless the Landlord agrees, the Tenant shall not sublet the Flat.",
    ),
    ("On 31 April 2027, Bora paid EUR 5 to Carla.", "On 30 April 2027, Bora paid EUR 5 to Carla."),
    ("Quorum are 66% of all Members.", "Quorum is 66% of all Members."),
)


@pytest.mark.parametrize(("text", "near"), NEAREST)
def test_the_nearest_sentence_keeps_what_was_right(text: str, near: str) -> None:
    (sentence,) = read(text)
    assert sentence.unread is not None
    assert sentence.unread.nearest == near


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from([text for text, *_ in MISTAKES] + list(EXAMPLES)), min_size=1, max_size=5))
def test_a_bad_sentence_never_hurts_the_next(texts: list[str]) -> None:
    joined = read(" ".join(texts))
    alone = [read(text)[0] for text in texts]
    assert [(one.text, one.kind, one.rules) for one in joined] == [(one.text, one.kind, one.rules) for one in alone]


AMBIGUOUS = (
    (
        "The Board shall publish the minutes of meetings held during the year.",
        (
            "During the year, the Board shall publish the minutes of meetings held.",
            "The Board shall publish the minutes of meetings (held during the year).",
        ),
    ),
    (
        "The Secretary shall inform each Member whose Dues are unpaid within 14 days.",
        (
            "Within 14 days, the Secretary shall inform each Member whose Dues are unpaid.",
            "The Secretary shall inform each Member (whose Dues are unpaid within 14 days).",
        ),
    ),
    (
        "The Seller shall repair any chair that breaks within 30 days.",
        (
            "Within 30 days, the Seller shall repair any chair that breaks.",
            "The Seller shall repair any chair that, within 30 days, breaks.",
        ),
    ),
    (
        "The Tenant shall pay the fee if the Landlord gives notice within 10 days.",
        (
            "If the Landlord gives notice, the Tenant shall pay the fee within 10 days.",
            "If the Landlord gives notice within 10 days, the Tenant shall pay the fee.",
        ),
    ),
    (
        "If the Goods are late, the Seller, the Carrier and the Buyer shall meet.",
        (
            "If the Goods are late: the Seller, the Carrier and the Buyer shall meet.",
            "If the Goods are late, the Seller: the Carrier and the Buyer shall meet.",
        ),
    ),
)


@pytest.mark.parametrize(("text", "readings"), AMBIGUOUS, ids=lambda value: str(value)[:40])
def test_what_could_mean_two_things_gives_no_rule_but_both_readings(text: str, readings: tuple[str, ...]) -> None:
    (sentence,) = read(text)
    assert (sentence.kind, sentence.rules) == (Kind.AMBIGUOUS, ())
    assert sentence.unread is not None
    assert sentence.unread.readings == readings


MISREAD = (
    "The Tenant shall pay the Rent with in 30 days after notice.",
    "The Tenant shall pay the Rent by the 5 May.",
    "The Tenant shall pay EUR1200 to the Landlord by 5 May 2027.",
    "The Rent shall, subject always to the approval of the bank, be paid on time.",
    "The Tenant shall pay and the Rent.",
    "The Supplier shall pay the Customer 2% of the monthly fee for each hour of downtime.",
    "Each Member shall pay EUR 5 for each Tool.",
    "The Buyer may inspect the Goods at any reasonable time.",
    "A Member who has not paid by 31 March shall lose the right to vote.",
    "Notice may be given by any method approved by a vote of the Board.",
    "It may well be that delegates will vote.",
    "The Tenant shall pay the Rent by 5/6/2027.",
    "The Tenant shall pay the Rent to the Landlord and EUR 300 to the Agent.",
    "The Tenant shall pay EUR 1,200 or EUR 1,100 if paid early.",
    "The Tenant shall pay 1.200 EUR to the Landlord.",
    "The Tenant shall pay EUR 12 00.",
    "The Seller shall deliver the Goods no later than midnight on 3 May 2026.",
    "The Seller shall deliver the Goods at 17:00.",
    "The Seller shall deliver the Goods on Mondays and Thursdays.",
    "The Seller shall deliver the Goods by 31 March 2027, 5 May 2027 or receipt of the Deposit, whichever is later.",
    "The Seller shall deliver the Goods within 30 days after the later of 31 March 2027 or the weather.",
    "The Buyer shall pay the Price in twelve equal monthly instalments.",
    "The Buyer shall pay the Price in monthly instalments.",
    "The Buyer shall pay interest at 5% per annum on the overdue amount, compounded monthly.",
    "The Tenant shall pay the fee before the Landlord asks and within ten days.",
    "If the Landlord, the Tenant, the Agent shall inform the others.",
    "The Tenant shall pay within thirty days, and if the Tenant does not, the Landlord may terminate this Agreement.",
    "The Tenant shall pay the Rent or vacate the Flat within ten days.",
    "The Chair shall vote only if there is a tie.",
    "The Tenant shall pay no rent.",
    "The Tenant mus pay the Rent.",
    "The Tenant pay the Rent by 5 May 2027.",
    "The Tenant pays the Rent by 5 May 2027.",
    "The Tenant shalt pay the Rent.",
    "The Board may appoint a Chair by a majorty of all Members.",
    "The Tenant shall pay EUR 5 each mnth.",
    "The Tenant shall shall keep the roof clean.",
    "The Tenant shall not not pay the Rent.",
    "It is the duty of nobody to keep the accounts.",
    "The Clerk shall be elected by the Members within two weeks by the Board.",
    "The Clerk shall call an election in every month during which a seat is vacant.",
    "The Member may have their standing reviewed under section 4.",
    "The Chair shall preside, and they shall sign the minutes.",
    "In any case the Chair shall preside, and all votes shall be counted.",
    "The Board shall give a copy to the Clerk, who shall keep it.",
    "The Clerk shall leave (if present) and not return.",
    "This means that the Board must act.",
    "Payment is due within 30 days after delivery.",
    "The award is made within six months after the claim.",
    "Each Member has 20 votes each year to allot among.",
    "This Lease terminates automatically if the Flat burns down.",
    "Title passes when the Price is paid.",
    "Unless 60 percent of the Members object within two weeks, a proposal is adopted.",
    "Decisions of the Board require the presence of at least four Directors.",
    "If the Goods are late, the Price is reduced by 20% for each day of delay.",
    "The balance becomes due immediately.",
    "All periods are extended by 30 days.",
    "Section 3 does not apply to the Founder.",
    "A late fee of EUR 50 is due.",
    "A proposal lapses if no Member seconds it.",
    "The Lease renews automatically unless notice is given.",
    "A candidate needs the votes of more than half of the Members.",
    "Elections are decided by plurality.",
    "The Chair does not vote except in a tie.",
    "A meeting is quorate if four Directors are present.",
    "The Payment is to be made by the Buyer by 1 May 2027.",
    "The discussion period is 5 to 10 days.",
    '"Rent" means EUR twelve hundred.',
    "The Tenant shall pay 1/0 of EUR 5 by 1 May 2026.",
    "The Tenant shall pay EUR 5 within 99999999999 days after notice.",
    "The Tenant shall leave within 30 days after 31 December 9999.",
    "The Tenant shall move out not before 1 May 2026.",
    "The Buyer may cancel the order, but not after 1 May 2027.",
    "The Tenant shall pay EUR 5 to the Landlord by 1 Febuary 2026.",
    "The Tenant shall pay EUR 5 to the Landlord by 1 february 2026.",
    "The Tenant shall pay EUR 1 million to the Landlord by 1 February 2026.",
    "THE TENANT SHALL PAY EUR 100 TO THE LANDLORD.",
    "Nobody may enter the Flat.",
    "None of the Members may enter the Flat.",
    "The Tenant shall neither smoke nor keep dogs.",
    "The Tenant shall deliver nothing to third parties.",
    "The Tenant shall have the right but not the obligation to insure the Goods.",
    "The Tenant must not necessarily insure the Flat.",
    "The Tenant shall: (a) pay EUR 5 to the Landlord; or (b) vacate the Flat.",
    "The Tenant shall not sublet and assign the Flat.",
    "The Tenant shall clean the kitchen at least twice in each month.",
    "The Board shall meet not more than once a month.",
    "The Tenant shall clean the kitchen within 30 days before 1 June 2026.",
    "The Tenant shall pay EUR 5 to the Landlord in January 2026.",
    "On 20 January 2026, Ada paid EUR 1,0 to Bob.",
    "The Tenant sh\u200ball pay EUR 5.",
    "The Tenant shall n\u00adot pay EUR 5.",
    "The Tenant sh\u0430ll pay EUR 5.",
    "On 20 January 2026, Ada paid no EUR 5,000 to Bob.",
    "The Tenant shall pay the greater of EUR 500 and 10% of the Rent to the Landlord by 1 March 2027.",
    "The Tenant shall pay the lesser of EUR 50 and 10% of the Rent to the Landlord.",
    "The Tenant shall pay EUR 500 plus VAT at 20% to the Landlord by 1 March 2027.",
    "The Tenant shall pay EUR 500 plus 20% VAT to the Landlord by 1 March 2027.",
    "The Tenant shall pay EUR 10 to the Landlord each month, increased by 3% each year.",
    "The Tenant shall clean the stairs every hour.",
    "The Tenant shall clean the stairs every two hours.",
    "The Tenant may terminate this Lease by one month's notice to the end of a month.",
    "The Tenant may terminate this Lease by 30 days' notice expiring at the end of a quarter.",
)


@pytest.mark.parametrize("text", MISREAD)
def test_what_would_be_read_wrongly_is_not_read(text: str) -> None:
    (sentence,) = read(text)
    assert (sentence.kind, sentence.binding, sentence.rules) == (Kind.UNREAD, True, ())


ROUGH = {
    "The Tenant mustn't sublet the Flat.": "The Tenant must not sublet the Flat.",
    "The Tenant shan’t sublet the Flat.": "The Tenant shall not sublet the Flat.",
    "The Tenant won't sublet the Flat.": "The Tenant will not sublet the Flat.",
    "The Tenant can't sublet the Flat.": "The Tenant cannot sublet the Flat.",
    "The Tenant shall  not sublet\tthe   Flat.": "The Tenant shall not sublet the Flat.",
    "The Tenant shall pay EUR 5 by  1 May 2027.": "The Tenant shall pay EUR 5 by 1 May 2027.",
}


@pytest.mark.parametrize("text", ROUGH)
def test_how_a_sentence_was_typed_does_not_matter(text: str) -> None:
    (sentence,), (smooth,) = read(text), read(ROUGH[text])
    assert (sentence.text, sentence.kind, sentence.rules) == (text, smooth.kind, smooth.rules)


def test_what_is_not_read_in_a_rough_sentence_has_its_own_place() -> None:
    text = "The Tenant  mustn't   sublet the Flat withn 3 days."
    (sentence,) = read(text)
    assert sentence.unread is not None
    assert text[sentence.unread.span.start : sentence.unread.span.end] == sentence.unread.word


def test_an_example_is_known_from_a_correction() -> None:
    (corrected,), (other,) = read("The Tenant shal pay the Rent."), read("The Tenant shall under no circumstances sublet.")
    assert corrected.unread is not None
    assert other.unread is not None
    assert suggestion(corrected.unread.nearest) == "did you mean: The Tenant shall pay the Rent."
    assert suggestion(other.unread.nearest).startswith("for example: ")


SHOWN = (
    "The Tenant shall ![not](x.png) pay the Rent.",
    "The Tenant shall pay EUR 6![0](x)0 by 1 May 2027.",
    "The Tenant shall pay <!-- not --> the Rent.",
    "The Tenant shall pay <b>no part of</b> the Rent.",
    "Quorum is 66% of all ![present](x.png) Members.",
)


@pytest.mark.parametrize("text", SHOWN)
def test_a_sentence_with_an_image_or_markup_in_its_words_is_not_read_without_it(text: str) -> None:
    (sentence,) = read(text)
    assert (sentence.kind, sentence.rules) == (Kind.UNREAD, ())
    assert sentence.unread is not None
    assert sentence.unread.expected == ("words, and no image or markup among them",)


def test_a_share_over_a_line_end_is_one_share() -> None:
    text = "These Bylaws may be amended by two%sthirds of all Members."
    assert [each.rules for each in read(text % "\n")] == [each.rules for each in read(text % "-")]


CUT = (
    "The Tenant shall pay nothing.",
    "The Tenant shall keep no pets.",
    "The Tenant shall pay the Rent save where the roof leaks.",
    "This Agreement may not be amended without the consent of all Parties.",
    "The arbitrators may not award more than EUR 50,000 unless the Parties agree.",
)


@pytest.mark.parametrize("text", CUT)
def test_what_is_suggested_never_leaves_out_what_decides(text: str) -> None:
    (sentence,) = read(text)
    assert sentence.unread is None or not text.startswith(sentence.unread.nearest.rstrip(".") or "-")


PROSE = (
    "The library was founded by neighbours who had one ladder between them.",
    "We believe that tools last longer when they are shared.",
    "The Flat is on the third floor.",
)


@pytest.mark.parametrize("text", PROSE)
def test_what_binds_nobody_is_prose(text: str) -> None:
    (sentence,) = read(text)
    assert (sentence.kind, sentence.binding) == (Kind.PROSE, False)


RELEASES = (
    "The Tenant owes nothing until the Flat is ready.",
    "A late delivery is no breach.",
    "A delay of up to a week is not a breach.",
    "The duties of the Tenant cease on 1 May 2027.",
    "The Tenant is released from all duties if the Flat burns down.",
    "Nothing in this Lease obliges the Landlord to heat the Flat.",
    "All periods stop during a flood.",
    "The period does not run in July.",
    "The first week is free of charge.",
    "The Parties waive all claims after two years.",
    "The Tenant forfeits the deposit on a breach.",
    "Renewal requires two months' notice.",
    "July is not counted in any period.",
    "Claims are barred after three years.",
)


@pytest.mark.parametrize("text", RELEASES)
def test_what_takes_from_what_is_owed_binds_without_a_modal(text: str) -> None:
    (sentence,) = read(text)
    assert (sentence.kind, sentence.binding) == (Kind.UNREAD, True)


@pytest.mark.parametrize(
    "text",
    [
        "The flat is free of mould.",
        "Nothing in the garden is old.",
        "The periods of the clock are long.",
        "The members waive at passing boats.",
        "The loft is a debt to our grandparents.",
    ],
)
def test_what_only_sounds_so_is_prose(text: str) -> None:
    (sentence,) = read(text)
    assert (sentence.kind, sentence.binding) == (Kind.PROSE, False)


FAULTS = (
    ("A motion passes by a majority.", "SG203"),
    ("A resolution is adopted by two-thirds (66%) of the Members present and voting.", "SG305"),
    ("The Goods shall be delivered by 3 May 2027.", "SG204"),
    ("The Tenant shall pya the Rent by 3 May 2027.", "SG205"),
)


@pytest.mark.parametrize(("text", "code"), FAULTS)
def test_a_fault_of_the_wording_is_named_and_the_sentence_still_read(text: str, code: str) -> None:
    (sentence,) = read(text)
    assert [mistake.code for mistake in sentence.mistakes] == [code]
    assert sentence.rules


@pytest.mark.parametrize(
    "text",
    [
        "No amendment of this Agreement is valid without the consent of all Parties.",
        "An amendment of these Bylaws is adopted unless any Member frowns.",
    ],
)
def test_a_sentence_about_amendments_binds_even_without_shall(text: str) -> None:
    (sentence,) = read(text)
    assert (sentence.kind, sentence.binding) == (Kind.UNREAD, True)
