"""What became of facts, tables of others, what was known by a day, and answers that settle nothing."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

LEASE = Path(__file__).parents[2] / "examples/lease"


@pytest.fixture
def lease(tmp_path: Path) -> Path:
    return Path(shutil.copytree(LEASE, tmp_path / "lease"))


def test_a_fact_is_explained_by_its_file(syngraph: Callable, lease: Path) -> None:
    name = "record/fact/2026-03-02-rent-march-part.md"
    answer = syngraph("explain", f"{name}:6", "--in", lease, "--at", "2026-03-20")
    assert answer.code == 0
    assert "counted: section 5, Tomas Weller: pay the Rent to the Landlord: cured (claimed), due 2 March 2026" in answer.out
    assert "not for section 7, pay the Deposit to the Landlord: the fact speaks of section #rent" in answer.out
    made = json.loads(syngraph("explain", name, "--in", lease, "--at", "2026-03-20", "--json").out)
    assert [len(one["counted"]) for one in made["facts"]] == [1]
    assert syngraph("explain", "record/fact/none.md:6", "--in", lease).code == 2


def test_a_fact_that_counts_for_nothing_says_why(syngraph: Callable, lease: Path) -> None:
    (lease / "facts.jsonl").write_text(
        '{"date": "2026-03-19", "actor": "Tomas Weller", "act": "returned", "object": "the broken keys", "to": "Marta Vale"}\n'
        '{"date": "2026-03-19", "actor": "Zed", "act": "paid", "amount": 5, "currency": "EUR", "to": "Marta Vale"}\n'
    )
    answer = syngraph("explain", "facts.jsonl", "--in", lease, "--at", "2026-03-20", "--facts", lease / "facts.jsonl")
    assert answer.code == 0
    assert "counted: section 9.2, Tomas Weller: return the keys to the Landlord: undetermined" in answer.out
    assert "Zed was not Tenant on 19 March 2026" in answer.out


def test_why_not_says_what_would_have_to_happen(syngraph: Callable, lease: Path) -> None:
    answer = syngraph("why-not", "rent", "tomas", "--in", lease, "--at", "2026-08-31")
    assert answer.code == 0
    assert "Tomas Weller was to pay the Rent to the Landlord by 3 August 2026: EUR 1,200 is left" in answer.out
    made = json.loads(syngraph("why-not", "5", "--in", lease, "--at", "2026-08-31", "--json").out)
    assert made["why_not"][0]["verdict"]["status"] == "violated"
    assert syngraph("why-not", "rent", "zed", "--in", lease).code == 2
    assert "did you mean" in syngraph("why-not", "rents", "--in", lease).err


def test_what_was_known_by_a_day(syngraph: Callable, lease: Path) -> None:
    told = syngraph("check", lease, "--at", "2026-03-20")
    then = syngraph("check", lease, "--at", "2026-03-20", "--known-at", "2026-03-10")
    assert (told.code, then.code) == (0, 1)
    assert "1 violated" in then.out
    assert "violated" in syngraph("explain", "rent", "--in", lease, "--at", "2026-03-20", "--known-at", "2026-03-10").out
    assert "--known-at" in syngraph("check", lease, "--known-at", "soon").err


def test_what_cannot_be_told_is_no_clean_answer(syngraph: Callable, tmp_path: Path) -> None:
    page = tmp_path / "rules.md"
    page.write_text("# Care {#care}\n\nThe Tenant shal water the beds by 5 May 2026.\n")
    answer = syngraph("check", page, "--at", "2026-06-01")
    assert answer.code == 1
    assert "1 cannot be told" in answer.out
    assert "compliant" not in answer.out + answer.err
    assert json.loads(syngraph("check", page, "--at", "2026-06-01", "--json").out)["open"] == 1


BANK = "Buchungstag;Name;Betrag\n02.04.2026;Tomas Weller;1.200,00\n13.02.2026;Zed;7,50\n14.2.2026;Hall;-5,00\n"
MAPPED = (
    *("--map", "date=Buchungstag", "--map", "actor=Name", "--map", "amount=Betrag", "--set", "act=paid"),
    *("--set", "currency=EUR", "--set", "to=Marta Vale", "--set", "under=5", "--decimal-comma", "--date", "2026-05-20"),
)


def test_a_bank_statement_is_recorded_with_our_columns(syngraph: Callable, lease: Path, tmp_path: Path) -> None:
    (tmp_path / "bank.csv").write_text(BANK)
    dry = syngraph("record", lease, "--csv", tmp_path / "bank.csv", *MAPPED, "--negative", "skip", "--dry-run")
    assert dry.code == 0
    assert '2026-04-02,,Tomas Weller,pay,,Marta Vale,"EUR 1,200",5' in dry.out
    assert "counted: section 5, Tomas Weller: pay the Rent to the Landlord" in dry.out
    assert "not for section 5, pay the Rent to the Landlord: Zed was not Tenant on 13 February 2026" in dry.out
    assert not list((lease / "record/fact").glob("*.csv"))
    assert syngraph("record", lease, "--csv", tmp_path / "bank.csv", *MAPPED, "--negative", "skip").code == 0
    (kept,) = (lease / "record/fact").glob("*.csv")
    assert kept.read_text().startswith("date,time,actor,act,object,to,amount,under\n")
    assert "4:16: SG405" in syngraph("record", lease, "--csv", tmp_path / "bank.csv", *MAPPED).out


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--map", "day=Tag"), "there is no column 'day'"),
        (("--map", "date"), "expected a column and what it is"),
        (("--map", "date=a", "--map", "date=b"), "date is given twice"),
        (("--map", "act=a", "--set", "act=b"), "act has a column of its own"),
    ],
)
def test_a_mapping_that_cannot_be_is_told(syngraph: Callable, lease: Path, tmp_path: Path, options, words) -> None:
    (tmp_path / "bank.csv").write_text(BANK)
    answer = syngraph("record", lease, "--csv", tmp_path / "bank.csv", *options)
    assert (answer.code, words in answer.err) == (2, True)


def test_a_mapping_belongs_to_a_table(syngraph: Callable, lease: Path) -> None:
    assert (
        "give --csv"
        in syngraph("record", lease, "--fact", "On 1 March 2026, Tomas paid EUR 5 to Marta.", "--decimal-comma").err
    )
