"""Verbs of an agreement: what they make one act, and what is refused."""

import pytest

from syngraph.engine.text.errors import TextError
from syngraph.engine.text.manifest import Manifest, parse, written
from syngraph.grammar.lexicon import Verb, default, extended, spoken
from syngraph.grammar.parse import read
from syngraph.grammar.unparse import unparse

HEAD = "syngraph: 1\nroot: a.md\n"


def manifest(verbs: str) -> Manifest:
    return parse(f"{HEAD}verbs:\n{verbs}")


def test_forms_are_regular_unless_they_are_said() -> None:
    assert manifest("  moor: {noun: mooring}\n  shew: {participle: shewn}\n  hew:\n").verbs == (
        Verb("moor", "moors", "moored", "moored", ("mooring",)),
        Verb("shew", "shews", "shewed", "shewn"),
        Verb("hew", "hews", "hewed", "hewed"),
    )


def test_no_verbs_are_no_cost() -> None:
    assert parse(HEAD).verbs == ()
    assert extended(()) is default()


def test_a_manifest_with_verbs_is_written_down_and_read_again() -> None:
    made = manifest(
        "  moor: {noun: [mooring, moorage]}\n  shew: {past: shewed, participle: shewn}\n  deliver: {noun: consigning}\n"
    )
    assert parse(written(made)).verbs == made.verbs


def test_noun_verb_and_fact_are_one_act() -> None:
    verbs = manifest("  moor: {noun: moorage}\n").verbs
    with spoken(extended(verbs)):
        rules = [
            read(f"The Owner shall pay EUR 5 within two days after {event}.")[0].rules[0].times[0].after  # type: ignore[union-attr]
            for event in ("moorage of the Vessel", "the Owner moors the Vessel", "the Vessel is moored", "mooring the Vessel")
        ]
        (fact,) = read("On 3 May 2026, the Owner moored the Vessel.")[0].rules
    assert [event.verb for event in rules] == ["moor"] * 4
    assert fact.event.verb == "moor"  # type: ignore[union-attr]
    (without,) = read("The Owner shall pay EUR 5 within two days after moorage of the Vessel.")[0].rules
    assert without.times[0].after.verb == ""  # type: ignore[union-attr]


def test_a_known_verb_may_have_another_noun() -> None:
    with spoken(extended(manifest("  deliver: {noun: consigning}\n").verbs)):
        for noun in ("consigning", "delivery"):
            (rule,) = read(f"The Buyer shall pay EUR 5 within two days after the {noun} of the Goods.")[0].rules
            assert rule.times[0].after.verb == "deliver"  # type: ignore[union-attr]


def test_rules_of_irregular_verbs_are_said_back() -> None:
    with spoken(extended(manifest("  smite: {past: smote, participle: smitten}\n").verbs)):
        (rule,) = read("The Gates shall be smitten by the Keeper.")[0].rules
        assert rule.act.verb == "smite"  # type: ignore[union-attr]
        assert read(unparse(rule))[0].rules == (rule,)
        (fact,) = read("On 3 May 2026, the Keeper smote the Gates.")[0].rules
        assert fact.event.verb == "smite"  # type: ignore[union-attr]


def test_agreements_do_not_learn_each_others_verbs() -> None:
    said = "The Owner shall pay EUR 5 within two days after the moorage of the Vessel."
    own = extended((Verb("moor", "moors", "moored", "moored", ("moorage",)),))
    events = [read(said, lexicon)[0].rules[0].times[0].after.verb for lexicon in (None, own, None, own)]  # type: ignore[union-attr]
    assert events == ["", "moor", "", "moor"]


@pytest.mark.parametrize(
    ("verbs", "found", "line", "column"),
    [
        ("  shall:\n", "the word shall", 4, 3),
        ("  moor: {past: not}\n", "the word not", 4, 16),
        ("  moor: {noun: unless}\n", "the word unless", 4, 16),
        ("  moor:\n  (a+)+$:\n", "'(a+)+$' among the verbs", 5, 3),
        ("  Moor:\n", "'Moor' among the verbs", 4, 3),
        ("  moor the boat:\n", "'moor the boat' among", 4, 3),
        ("  аmoor:\n", "'аmoor' among", 4, 3),
        ("  lie: {past: lay, participle: lain}\n", "lay, a form of lie", 4, 15),
        ("  moor: {noun: payment}\n", "payment, a form of moor", 4, 16),
        ("  moor: {noun: mooring}\n  berth: {noun: mooring}\n", "mooring, a form of berth", 5, 17),
        ("  pay: {past: payed}\n", "past of pay", 4, 15),
        ("  moor: {nouns: mooring}\n", "the unknown key nouns", 4, 10),
        ("  moor: {past: [moored, mored]}\n", "2 words for past", 4, 16),
        ("  moor: {noun: {a: b}}\n", "", 4, 16),
        ("  moor: mooring\n", "", 4, 9),
        ("  - moor\n", "", 4, 3),
        ("  a" + "b" * 40 + ":\n", "among the verbs", 4, 3),
    ],
)
def test_what_is_no_verb_is_refused_where_it_stands(verbs: str, found: str, line: int, column: int) -> None:
    with pytest.raises(TextError) as refused:
        manifest(verbs)
    error = refused.value
    assert found in error.found
    assert error.place is not None
    assert (error.place.path, error.place.line, error.place.column) == ("syngraph.yaml", line, column)
    assert error.expected


def test_ten_thousand_verbs_are_refused() -> None:
    many = "".join(f"  {''.join(chr(97 + int(digit)) for digit in f'{number:05}')}:\n" for number in range(10_000))
    with pytest.raises(TextError, match="10,000 verbs"):
        manifest(many)


def test_as_many_verbs_as_there_may_be_change_no_sentence_without_them() -> None:
    many = "".join(f"  {''.join(chr(107 + int(digit)) for digit in f'{number:04}')}:\n" for number in range(300))
    said = (
        "Each Member shall pay dues of EUR 60 by 31 January of each year."
        " These Bylaws may be amended by two-thirds of all Members."
        " If the Tenant fails to pay the Rent when due, the Tenant shall pay interest at 1% per month on the overdue amount."
    )
    assert read(said, extended(manifest(many).verbs)) == read(said)


def test_a_noun_that_is_called_like_a_role_shadows_no_role() -> None:
    shadows = extended(manifest("  amend: {noun: [tenant, owner, board, landlord, seller]}\n").verbs)
    said = (
        "The Tenant may terminate this Lease after delivery of the Goods. The Board may suspend an Owner for up to 90 days."
        " Each Owner shall pay EUR 5 to the Tenant within two days after the Landlord gives notice. No Owner may vote by proxy."
    )
    assert read(said, shadows) == read(said)
