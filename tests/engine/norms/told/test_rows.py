"""Tables of others: their columns, their days and sums, and JSON Lines."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from syngraph.engine.norms.told import jsonlines, table
from syngraph.engine.norms.told.rows import Days, Layout, Negative
from syngraph.grammar.amounts import Money

BANK = Layout(
    {"date": "Buchungstag", "actor": "Name", "amount": "Betrag"},
    {"act": "paid", "to": "Carla Mott", "currency": "EUR"},
    comma=True,
    negative=Negative.SWAP,
)


def euros(amount: str) -> Money:
    return Money(Decimal(amount), "EUR")


def test_a_bank_statement_is_read_by_a_mapping():
    source = b"Buchungstag;Name;Zweck;Betrag\n31.03.2027;Bora Tamm;Beitrag;1.200,50\n1.4.2027;Hall;Miete;-80,00\n"
    record = table.read("bank.csv", source, BANK)
    assert record.findings == ()
    assert [
        (date(2027, 3, 31), "pay", "Bora Tamm", "Carla Mott", euros("1200.50")),
        (date(2027, 4, 1), "pay", "Carla Mott", "Hall", euros("80.00")),
    ] == [
        (each.fact.day, each.fact.event.verb, each.fact.event.actor, each.fact.event.to, each.fact.amount)
        for each in record.facts
    ]


@pytest.mark.parametrize(
    ("cell", "order", "expected"),
    [
        ("2027-03-04", None, date(2027, 3, 4)),
        ("04.03.2027", None, date(2027, 3, 4)),
        ("4 March 2027", None, date(2027, 3, 4)),
        ("04/03/2027", Days.DMY, date(2027, 3, 4)),
        ("03/04/2027", Days.MDY, date(2027, 3, 4)),
        ("2027/03/04", None, date(2027, 3, 4)),
        ("04/03/2027", None, None),
        ("04.03.27", None, None),
        ("31.02.2027", None, None),
        ("the end of 2027", None, None),
        ("٠٤.٠٣.٢٠٢٧", None, None),
        ("2027-03-04T10:00:00Z", None, None),
    ],
)
def test_days_are_read_as_they_are_written_there(cell, order, expected):
    record = table.read("a.csv", f"date,actor,act\n{cell},Bora,paid\n".encode(), Layout(days=order))
    assert ([expected] if expected else []) == [each.fact.day for each in record.facts]
    assert bool(record.findings) is (expected is None)


@pytest.mark.parametrize(
    ("cell", "currency", "comma", "expected"),
    [
        ("EUR 1,200", "", False, "1200"),
        ("1,200.50", "EUR", False, "1200.50"),
        ("1.200,50", "EUR", True, "1200.50"),
        ("1 200,50 EUR", "", True, "1200.50"),
        ("€5", "EUR", False, "5"),
        ("1.200,50", "EUR", False, None),
        ("1,200.50", "EUR", True, None),
        ("12,00", "EUR", False, None),
        ("EUR 5", "USD", False, None),
        ("-5", "EUR", False, None),
        ("5", "", False, None),
        ("1e9", "EUR", False, None),
        ("NaN", "EUR", False, None),
    ],
)
def test_sums_are_read_as_they_are_written_there(cell, currency, comma, expected):
    source = f'date,actor,act,amount,currency\n2027-03-04,Bora,paid,"{cell}",{currency}\n'.encode()
    record = table.read("a.csv", source, Layout(comma=comma))
    assert ([euros(expected)] if expected else []) == [each.fact.amount for each in record.facts]
    assert bool(record.findings) is (expected is None)


def test_sums_below_zero_are_skipped_where_that_was_asked_for():
    source = b"date,actor,act,amount\n2027-03-04,Bora,paid,-EUR 5\n2027-03-05,Bora,paid,EUR 6\n"
    assert [date(2027, 3, 5)] == [each.fact.day for each in table.read("a.csv", source, Layout(negative=Negative.SKIP)).facts]


def test_the_name_of_a_table_of_the_record_tells_when_it_entered():
    source = b"date,actor,act\n2027-03-04,Bora,paid\n"
    entered = [
        table.read(name, source).facts[0].entered for name in (f"record/fact/2027-03-09-{'a' * 64}.csv", "2027-03-09.csv")
    ]
    assert entered == [date(2027, 3, 9), None]


def test_a_column_that_is_not_there_is_told_with_those_that_are():
    (found,) = table.read("a.csv", b"Tag,Wer\n", Layout({"date": "Datum"}, {"act": "paid"})).findings
    assert found.message == "column date: there is no column 'Datum'"
    assert "the file has Tag, Wer" in found.help


def test_json_lines_are_facts():
    source = (
        b'{"date": "2027-03-04", "actor": "Bora", "act": "paid", "amount": 1200.50, "currency": "EUR", "to": "Carla"}\n'
        b'\n{"date": "2027-03-05T14:30", "actor": "Bora", "act": "returned", "object": "the Tool", "amount": null}\n'
    )
    record = jsonlines.read("a.jsonl", source)
    assert record.findings == ()
    first, second = record.facts
    assert ("a.jsonl:1", euros("1200.50"), "Carla") == (first.id, first.fact.amount, first.fact.event.to)
    assert (second.id, second.fact.time, second.fact.event.object) == ("a.jsonl:3", "14:30", "the Tool")


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (b"[]", "found no object"),
        (b'{"date": ', "this line is no JSON"),
        (b'{"date": "2027-03-04", "date": "2027-03-05"}', "stands there twice"),
        (b'{"date": "2027-03-04", "actor": ["Bora"], "act": "paid"}', "neither text nor a number"),
        (b'{"date": "2027-03-04", "actor": "Bora", "act": "paid", "amount": NaN}', "is no number"),
        (b'{"date": "2027-03-04", "actor": "Bora"}', "act: found nothing"),
        (b"\xff", "no text in UTF-8"),
        (b"[" * 50_000, "this line is no JSON"),
        (b'{"a": "' + b"x" * 100_001 + b'"}', "expected at most 100000"),
        (b'{"date": "2027-03-04", "actor": "' + b"x" * 2000 + b'", "act": "paid"}', "expected at most 1000"),
    ],
)
def test_a_bad_line_is_told_and_nothing_is_imported(line, words):
    good = b'{"date": "2027-03-04", "actor": "Bora", "act": "paid"}\n'
    record = jsonlines.read("a.jsonl", good + line + b"\n")
    assert record.facts == ()
    assert [each.place.line for each in record.findings] == [2]
    assert words in record.findings[0].message.replace("not text", "no text")


@settings(deadline=None)
@given(
    st.lists(
        st.tuples(
            st.dates(date(1900, 1, 1), date(2999, 1, 1)),
            st.sampled_from(("", "09:30", "17:00:14")),
            st.sampled_from(("Bora", 'Lind, "B"', "the Tenant")),
            st.sampled_from(("pay", "return")),
            st.sampled_from(("", "the Tool")),
            st.decimals(0, 10**9, places=2),
        ),
        min_size=1,
        max_size=5,
    )
)
def test_what_is_written_as_a_table_reads_back_as_the_same_facts(rows):
    source = "".join(
        f'{day},{time},"{actor.replace(chr(34), chr(34) * 2)}",{act},{thing},Carla,EUR {amount},3.1\n'
        for day, time, actor, act, thing, amount in rows
    )
    first = table.read("a.csv", f"date,time,actor,act,object,to,amount,under\n{source}".encode())
    again = table.read("a.csv", table.written(first.facts))
    assert first.findings == again.findings == ()
    assert [one.fact for one in first.facts] == [one.fact for one in again.facts]


MEASURES = (
    "date,time,actor,act,object,to,amount,under\n"
    "2027-03-10,22:00,,measured,the temperature of the Goods,,9 °C,\n"
    "2027-01,,,measured,Uptime,,99.2%,level\n"
    "2027-03-11,,,was,the humidity,,above 70%,\n"
    "2027-03-12,,,measured,exchange rate,,USD 1.08 for EUR 1,\n"
)


def test_a_row_tells_what_was_measured():
    record = table.read("measures.csv", MEASURES.encode())
    assert record.findings == ()
    assert [
        (each.fact.day.isoformat(), each.fact.time, each.fact.measured.quantity, each.fact.under)
        for each in record.facts
        if each.fact.measured is not None
    ] == [
        ("2027-03-10", "22:00", "the temperature of the Goods", ""),
        ("2027-01-31", "23:59:59", "the Uptime", "level"),
        ("2027-03-11", "", "the humidity", ""),
        ("2027-03-12", "", "the exchange rate", ""),
    ]


def test_measures_written_as_a_table_read_back_as_the_same():
    facts = table.read("measures.csv", MEASURES.encode()).facts
    again = table.read("measures.csv", table.written(facts)).facts
    assert [each.fact for each in facts] == [each.fact for each in again]


@pytest.mark.parametrize("figure", ["", "warm", "EUR 5", "9 °C and rising"])
def test_a_measure_without_a_figure_is_no_row(figure):
    source = f"date,actor,act,object,amount\n2027-03-10,,measured,the temperature,{figure}\n"
    assert [finding.code for finding in table.read("measures.csv", source.encode()).findings] == ["SG405"]
