"""Reading the record: statements in English and tables."""

from datetime import date
from decimal import Decimal

import pytest

from syngraph.engine.norms.days.calendar import Calendar
from syngraph.engine.norms.told import facts, table
from syngraph.engine.norms.told.facts import Origin, Record, Signed
from syngraph.engine.norms.told.rows import Layout
from syngraph.engine.text.provenance import Place
from syngraph.grammar.amounts import Event, Money
from syngraph.grammar.parse import read

STATEMENT = """---
kind: fact
principal: bora
date: 2027-03-02
---
On 1 March 2027, Bora paid EUR 1,200 to Carla under section 3.1. On 2 March 2027,
Bora returned the Tool.

- On 3 March 2027, the Members held a meeting.
"""


def test_a_statement_holds_facts_with_place_author_and_entry():
    record = facts.read([("record/fact/a.md", STATEMENT.encode())], read)
    assert record.findings == ()
    assert [one.id for one in record.facts] == ["record/fact/a.md#1", "record/fact/a.md#2", "record/fact/a.md#3"]
    assert [
        Place("record/fact/a.md", 6, 1),
        Place("record/fact/a.md", 6, 66),
        Place("record/fact/a.md", 9, 3),
    ] == [one.place for one in record.facts]
    first = record.facts[0]
    assert ("bora", date(2027, 3, 2), ()) == (first.author, first.entered, first.signed_by)
    assert Money(Decimal(1200), "EUR") == first.fact.amount
    assert first.sentence == "On 1 March 2027, Bora paid EUR 1,200 to Carla under section 3.1."


def test_front_matter_is_optional():
    record = facts.read([("a.md", b"On 2 March 2027, Bora returned the Tool.\n")], read)
    assert [(one.author, one.entered) for one in record.facts] == [("", None)]


def test_files_come_in_the_order_of_their_paths():
    source = b"On 2 March 2027, Bora returned the Tool."
    record = facts.read([("b.md", source), ("a.md", source)], read)
    assert [one.id for one in record.facts] == ["a.md#1", "b.md#1"]


def test_what_cannot_be_read_is_found_and_the_rest_counts():
    source = b"Bora is a friend of the house.\n\nOn 2 March 2027, Bora returned the Tool.\n"
    record = facts.read([("a.md", source)], read)
    assert [one.id for one in record.facts] == ["a.md#1"]
    assert [("SG401", Place("a.md", 1, 1), "Bora is a friend of the house.")] == [
        (one.code, one.place, one.source) for one in record.findings
    ]


def test_a_rule_in_the_record_is_no_fact():
    record = facts.read([("a.md", b"The Tenant shall pay EUR 5 to the Landlord.")], read)
    assert [one.message for one in record.findings] == [
        "this is no fact but an obligation: The Tenant shall pay EUR 5 to the Landlord."
    ]


@pytest.mark.parametrize(
    ("source", "line", "message"),
    [
        (b"\xff\xfe\x00", 1, "this statement is not text in UTF-8"),
        (b"On\nx \xff", 2, "this statement is not text in UTF-8"),
        (b"---\ndate: 2027-02-30\n---\n", 2, "found '2027-02-30' as the date of the statement"),
    ],
)
def test_a_file_that_is_no_statement_is_a_finding(source, line, message):
    record = facts.read([("a.md", source)], read)
    assert [("SG401", line, message)] == [(one.code, one.place.line, one.message) for one in record.findings]


SHA = "a" * 64


@pytest.mark.parametrize(
    ("path", "heading", "place", "message"),
    [
        ("a.md", "kind: facts", (2, 6), "found 'facts' as the kind of this statement, expected fact"),
        ("a.md", " kind : motion", (2, 8), "found 'motion' as the kind of this statement, expected fact"),
        ("a.md", "kind: fact\nprincipal: Bora", (3, 11), "found 'Bora' as the principal of this statement"),
        ("a.md", "principal:", (2, 11), "found '' as the principal of this statement"),
        (
            f"record/fact/2027-03-01-{SHA}.md",
            "date: 2027-03-02",
            (2, 6),
            "found 2027-03-02 as the date of this statement, expected 2027-03-01 as in the name of the file",
        ),
        ("a.md", "date: 2027-13-01", (2, 6), "found '2027-13-01' as the date of the statement"),
    ],
)
def test_nothing_counts_of_a_statement_whose_heading_says_something_wrong(path, heading, place, message):
    source = f"---\n{heading}\n---\nOn 2 March 2027, Bora returned the Tool.\n".encode()
    record = facts.read([(path, source)], read, known=lambda id_: id_ == "bora")
    assert record.facts == ()
    (found,) = record.findings
    code = "SG401" if "-13-" in heading else "SG408"
    assert (found.code, (found.place.line, found.place.column)) == (code, place)
    assert found.message.startswith(message)
    assert found.help


@pytest.mark.parametrize(
    ("path", "heading", "known"),
    [
        ("a.md", "kind: fact\nprincipal: bora\ndate: 2027-03-02", lambda id_: id_ == "bora"),
        (f"2027-03-02-{SHA}.md", "kind: fact\nprincipal: bora\ndate: 2027-03-02", None),
        ("2027-03-01-bora-returns.md", "date: 2027-03-02", None),
    ],
)
def test_a_heading_that_says_nothing_wrong_is_no_finding(path, heading, known):
    source = f"---\n{heading}\n---\nOn 2 March 2027, Bora returned the Tool.\n".encode()
    assert facts.read([(path, source)], read, known=known).findings == ()


def test_verification_says_who_signed_when_it_entered_and_what_it_is():
    source = STATEMENT.encode()
    signed = {"a.md": Signed(("carla", "dan"), date(2027, 3, 9), Origin.MINUTES)}
    record = facts.read([("a.md", source), ("b.md", source)], read, signed, lambda id_: False)
    assert {(one.author, one.signed_by, one.entered, one.origin) for one in record.facts} == {
        ("bora", ("carla", "dan"), date(2027, 3, 9), Origin.MINUTES),
    }
    assert [(one.code, one.place.path) for one in record.findings] == [("SG408", "b.md")]


def test_facts_come_by_the_instant_and_keep_the_order_of_the_record(tell):
    told = tell(
        "On 3 May 2027, Bora returned the Tool. On 1 May 2027, Bora borrowed a Tool. On 3 May 2027, Bora paid EUR 5 to Ada."
    )
    assert [one.fact.event.verb for one in facts.ordered(told, Calendar())] == ["borrow", "return", "pay"]


AN_AMOUNT = "an amount with its currency such as EUR 1,200"
HEADING = "date,actor,act,object,to,amount,under\n"


@pytest.mark.parametrize(
    ("heading", "row", "words"),
    [
        ("date,date,actor,act", "2027-03-04,2027-03-05,Bora,returned", "there are two columns 'date'"),
        ("date,actor,act,amount,Amount", "2027-03-04,Bora,paid,EUR 1,EUR 2", "there are two columns 'amount'"),
        ("date,actor,act", "", "this table has no rows"),
        ("date,actor,act", "\n", "this table has no rows"),
        ("date,actor,act", "2027-03-04,=HYPERLINK(1),returned", "column actor: found '=HYPERLINK(1)'"),
        ("date,actor,act,object", "2027-03-04,Bora,returned, @Tool", "column object: found '@Tool'"),
    ],
)
def test_a_table_that_says_one_thing_twice_says_nothing_or_holds_a_formula_is_refused(heading, row, words):
    record = table.read("a.csv", f"{heading}\n{row}\n".encode())
    assert record.facts == ()
    assert [one.code for one in record.findings] == ["SG405"]
    assert words in record.findings[0].message


def test_a_table_holds_a_fact_in_each_row():
    record = table.read(
        "pay.csv", f'{HEADING}2027-03-01,Bora,paid,,Carla,"EUR 1,200",3.1\n\n5 March 2027,Bora,returns,the Tool,,,\n'.encode()
    )
    assert record.findings == ()
    first, second = record.facts
    assert ("pay.csv:2", Place("pay.csv", 2, 1)) == (first.id, first.place)
    assert Event("Bora paid", "pay", "Bora", "", "Carla") == first.fact.event
    assert (date(2027, 3, 1), Money(Decimal(1200), "EUR"), "3.1") == (first.fact.day, first.fact.amount, first.fact.under)
    assert ("pay.csv:4", "return", date(2027, 3, 5)) == (second.id, second.fact.event.verb, second.fact.day)


def test_columns_may_be_called_otherwise():
    source = b"Tag;x,Buchung,Wer,Was\n1,2027-03-01,Bora,payment\n"
    record = table.read("a.csv", source, Layout({"date": "Buchung", "actor": "Wer", "act": "Was"}))
    assert [(one.fact.event.verb, one.fact.event.actor) for one in record.facts] == [("pay", "Bora")]


@pytest.mark.parametrize(
    ("rows", "line", "column", "message"),
    [
        ("2027-03-32,Bora,paid,,,,\n", 2, 1, "column date: found '2027-03-32', expected a day such as 2027-03-31"),
        ("2027-03-01,,paid,,,,\n", 2, 12, "column actor: found nothing"),
        (
            '2027-03-01,"Lind, B",paid,,,"1,200",\n',
            2,
            29,
            "column amount: found '1,200', expected an amount with its currency such as EUR 1,200",
        ),
        ("2027-03-01,Bora,paid\n", 2, 1, "found 3 values, expected 7 as in the heading"),
        ('2027-03-01,"Bora,paid,,,,\n', 2, 1, "this row is no CSV: unexpected end of data"),
    ],
)
def test_a_bad_row_is_told_with_line_and_column_and_nothing_is_imported(rows, line, column, message):
    good = "2027-03-02,Bora,paid,,Carla,EUR 5,\n"
    record = table.read("a.csv", (HEADING + rows + good).encode())
    assert record.facts == ()
    told = record.findings[0]
    assert ("SG405", line, column, message) == (told.code, told.place.line, told.place.column, told.message)
    assert told.help


def test_every_bad_row_is_told():
    record = table.read("a.csv", (HEADING + "x,Bora,paid,,,,\n2027-03-01,Bora,paid,,,,\ny,Bora,paid,,,,\n").encode())
    assert [one.place.line for one in record.findings] == [2, 4]


@pytest.mark.parametrize(
    ("source", "message"),
    [
        (b"date,who\n", "column actor: there is no column 'actor'"),
        (b"", "column date: there is no column 'date'"),
        (b"\xff", "this file is not text in UTF-8"),
    ],
)
def test_a_table_without_its_columns_is_a_finding(source, message):
    record = table.read("a.csv", source)
    assert [message] == [one.message for one in record.findings]


def test_records_are_joined_in_order():
    one = facts.read([("a.md", b"On 2 March 2027, Bora returned the Tool.")], read)
    two = table.read("a.csv", b"")
    assert Record(one.facts, two.findings) == facts.joined([one, two])
