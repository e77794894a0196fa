"""Attacks by tables: rows that nobody signed, that say more than is seen, or that count twice."""

from datetime import date
from typing import Any

import pytest

from syngraph.engine.agreement import Agreement
from syngraph.engine.enacting import Enactment
from syngraph.engine.governance.statements import MAX_BYTES, Import, Kind, Statement, StatementRefused, parse, path_of, write
from syngraph.engine.norms.told import table
from syngraph.engine.norms.told.facts import Record

Village = Any

HEADING = "date,time,actor,act,object,to,amount,under\n"
ROW = "2026-01-03,,Bora of Millbrook,pay,,Dov of Millbrook,EUR 20,dues\n"
OTHER = "2026-01-04,,Carla of Millbrook,pay,,Dov of Millbrook,EUR 20,dues\n"
SOURCE = Import("a" * 64)


def made(village: Village, body: str = HEADING + ROW, by: str = "dov", details: Import = SOURCE) -> bytes:
    return village.stated("import", details, by, body=body)


def entered(village: Village, body: str = HEADING + ROW, by: str = "dov", details: Import = SOURCE) -> str:
    content = made(village, body, by, details)
    village.enter((content, [village.keys[by]]))
    return path_of(content)


def record(village: Village) -> Record:
    return Agreement.open(village.path, village.head).record


def test_a_table_as_it_was_signed(founded: Village) -> None:
    """What the attacks below start from: each row is a fact by the word of whoever signed, at its line."""
    path = entered(founded, HEADING + ROW + OTHER)
    assert founded.refused() == ""
    found = record(founded)
    assert [(each.signed_by, each.entered, each.author) for each in found.facts] == [(("dov",), founded.day, "dov")] * 2
    lines = founded.text(path).split("\n")
    assert [lines[each.place.line - 1] + "\n" for each in found.facts] == [ROW, OTHER]
    assert {each.place.path for each in found.facts} == {path}


def test_a_row_edited_after_it_was_signed(founded: Village) -> None:
    path = entered(founded)
    founded.raw({path: founded.text(path).replace("EUR 20", "EUR 200").encode()})
    assert "changed" in founded.refused()


def test_a_row_edited_under_the_old_signature(founded: Village, refused: Any) -> None:
    """The edited table is filed by its own digest, with the signature that was made for the other."""
    good = made(founded)
    evil = good.replace(b"EUR 20", b"EUR 2")
    (signature,) = [content for path, content in founded.sealed(good, "dov").items() if path.endswith(".sig")]
    files = {path: signature if path.endswith(".sig") else evil for path in founded.sealed(evil, "dov")}
    founded.raw(files)
    assert "a signature that does not hold" in founded.refused()
    assert [each.signed_by for each in record(founded).facts] == [()]


def test_a_table_made_for_another_lineage(founded: Village) -> None:
    content = made(founded)
    lineage = founded.verify().ledger.lineage
    foreign = content.replace(lineage.encode(), b"0" * 64)
    founded.raw(founded.sealed(foreign, "dov"))
    assert "a statement made for the lineage" in founded.refused()


def test_a_table_that_nobody_signed(founded: Village) -> None:
    """It breaks the chain, and its rows are no more than claimed, whoever it says is speaking."""
    content = made(founded)
    founded.raw({path_of(content): content})
    assert "no signature of dov" in founded.refused()
    assert [each.signed_by for each in record(founded).facts] == [()]


def test_a_table_as_long_as_a_film(founded: Village, within: Any) -> None:
    content = made(founded).replace(ROW.encode(), ROW.encode() * (64 * 1024 * 1024 // len(ROW)))
    with within(1), pytest.raises(StatementRefused, match=f"at most {MAX_BYTES}"):
        parse(content, "x.md")


@pytest.mark.parametrize("cell", ['=HYPERLINK("x")', "+351 1", "-1", "@SUM(1)"])
@pytest.mark.parametrize("column", [2, 3, 4, 5, 7])
def test_a_cell_that_a_spreadsheet_works_out(founded: Village, refused: Any, cell: str, column: int) -> None:
    from syngraph.engine.norms.told.canonical import line

    row = ROW.strip().split(",")
    row[column] = cell
    with refused("a value that no spreadsheet takes for a formula"):
        entered(founded, HEADING + line(row))


@pytest.mark.parametrize("letter", ["\0", "\u202e", "\u200b", "\r", "\x1b", "\u2028", "\ufeff"])
def test_a_letter_that_is_not_seen(founded: Village, refused: Any, letter: str) -> None:
    """NUL, marks that turn the direction of writing, and what a reader does not see."""
    with pytest.raises(StatementRefused):
        made(founded, HEADING + ROW.replace("Bora of", f"Bora {letter}of"))


def test_a_letter_that_is_not_seen_in_the_file_of_others() -> None:
    """What comes from a table of others is looked at once more when it is written as a statement."""
    source = "date,actor,act,to,amount\n2026-01-03,Bo\u202era,paid,Dov,EUR 20\n".encode()
    body = table.written(table.read("x.csv", source).facts).decode()
    details = (None, "b" * 64, ("dov",), None, date(2026, 1, 5), 1, None, SOURCE)
    with pytest.raises(StatementRefused):
        write(Statement(Kind.IMPORT, "a" * 64, *details, body))


def test_rows_over_several_lines(founded: Village, refused: Any) -> None:
    """A value with a line feed in it would show one row and tell another."""
    with refused("a row that is no CSV"):
        entered(founded, HEADING + ROW.replace("dues", '"dues\nof"'))


@pytest.mark.parametrize(
    "body",
    [
        "",
        HEADING,
        ROW,
        HEADING + ROW.replace("2026-01-03", "2026-02-30"),
        HEADING + ROW.replace("EUR 20", "20"),
        HEADING + ROW.replace("EUR 20", "EUR 1e9"),
        HEADING + ROW.replace("pay", ""),
        HEADING + ROW.replace("pay", '"pay"'),
        HEADING + ROW.replace("pay", " pay"),
        HEADING + ROW.replace(",dues", ""),
        HEADING + "\n" + ROW,
        HEADING + ROW.replace("2026-01-03", "٢٠٢٦-01-03"),
        HEADING + ROW.replace("pay", "x" * 1001),
        HEADING.replace(",", ";") + ROW.replace(",", ";"),
    ],
)
def test_a_table_in_another_form(founded: Village, body: str) -> None:
    """There is one way to write a table, so that what is signed is what is read."""
    founded.raw(founded.sealed(made(founded, body), "dov"))
    assert founded.refused()
    assert record(founded).facts == ()


def test_the_same_file_imported_twice(founded: Village, refused: Any) -> None:
    entered(founded)
    with refused("a table that dov imported"):
        entered(founded, HEADING + OTHER)
    with refused("a table that dov imported"):
        entered(founded, details=Import("b" * 64, map="date=Day"))


def test_the_same_file_imported_by_another(founded: Village) -> None:
    """Two who say the same tell one fact; nobody can keep another from stating a table by being first."""
    entered(founded, by="dov")
    entered(founded, by="bora")
    assert founded.refused() == ""


def test_a_table_signed_and_stated_by_one(founded: Village, refused: Any) -> None:
    """Who has imported a table does not sign the same of somebody else, and the other way round."""
    entered(founded, by="dov")
    content = made(founded, by="bora")
    founded.enter((content, [founded.keys["bora"]]))
    cosigned = {path: sealed for path, sealed in founded.sealed(content, "dov").items() if path.endswith(".sig")}
    with refused("a table that dov imported"):
        founded.enact(lambda verification: Enactment(cosigned, message="Sign"))
    both = made(founded, HEADING + OTHER, "bora", Import("c" * 64))
    founded.enter((both, [founded.keys["bora"], founded.keys["ada"]]))
    with refused("a table that ada imported"):
        entered(founded, HEADING + OTHER, "ada", Import("d" * 64))


def test_a_table_entered_a_second_time(founded: Village) -> None:
    path = entered(founded)
    files = {each: content for each, content in founded.tree().items() if each.startswith(path.removesuffix(".md"))}
    elsewhere = {each.replace("/2026-01/", "/"): content for each, content in files.items()}
    founded.raw(elsewhere)
    assert "a statement that is in the record already" in founded.refused()


def test_a_table_imported_otherwise_after_it_was_taken_back(founded: Village) -> None:
    from syngraph.engine.governance.statements import Retraction

    path = entered(founded)
    digest = parse(founded.text(path).encode(), path).digest
    retraction = founded.stated("retraction", Retraction(digest), "dov")
    founded.enter((retraction, [founded.keys["dov"]]))
    again = entered(founded, HEADING + OTHER)
    assert founded.refused() == ""
    assert [each.place.path for each in record(founded).facts] == [again]
