"""Each finding where it belongs, with what to do; and silence where nothing is wrong."""

import time
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from syngraph.engine.text import clauses as reading
from syngraph.engine.text.clauses import Clause
from syngraph.engine.text.findings import Finding, gathered
from syngraph.engine.text.lint.checks import CHECKS, lint
from syngraph.engine.text.lint.codes import CODES, STOPPING
from syngraph.engine.text.lint.numbers import value_of_figures, value_of_words
from syngraph.engine.text.passages import passages
from syngraph.engine.text.provenance import Place
from syngraph.engine.text.resolving.resolve import resolve
from syngraph.engine.text.store import tree_of
from syngraph.grammar.parse import read
from syngraph.grammar.sentence import Kind, Mistake, Sentence, Unread
from syngraph.grammar.span import Span

ROOT = Path(__file__).parents[3]
ROLES = frozenset({"Tenant", "Landlord", "Member", "Treasurer"})


def found(source: str | dict[str, str], roles: frozenset[str] = ROLES) -> tuple[Finding, ...]:
    files = {"a.md": source} if isinstance(source, str) else source
    document = resolve(tree_of({path: content.encode() for path, content in files.items()}), "a.md")
    return lint(document, reading.read(document, read), roles)


def told(findings: tuple[Finding, ...]) -> list[str]:
    return [f"{finding.place} {finding.code}" for finding in findings]


LEASE = """# Terms

"Rent" means EUR 1,200.

# Rent

The Tenant shall pay the Rent to the Landlord on the first day of each month.
"""

CASES: dict[str, tuple[str | dict[str, str], list[str]]] = {
    "a clean text": (LEASE, []),
    "a link to nothing": ("# A {#a}\n\nSubject to [](#b), the Tenant may keep one cat.\n", ["a.md:3:15 SG107"]),
    "a link with words to nothing": ("# A {#a}\n\nSee [there](#b) or [](#a).\n", ["a.md:3:13 SG107"]),
    "a link to nothing from a heading": ("# A [](#b) {#a}\n", ["a.md:1:8 SG107"]),
    "a link in an included object": (
        {"a.md": "---\ninclude: [b.md]\n---\n", "b.md": "# A {#a}\nsee [](#b)\n"},
        ["b.md:2:8 SG107"],
    ),
    "a wrong number": ("# A {#a}\n\nThis is said in section 1 and section 3.2.\n", ["a.md:3:39 SG108"]),
    "two numbers, one wrong": ("# A {#a}\n\n# B {#b}\n\nSections 2 and 7 say so.\n", ["a.md:5:16 SG108"]),
    "a number in a rule of decision": (
        "# A {#a}\n\nSection 2 may be amended by a majority of all Members.\n\n# B {#b}\n",
        ["a.md:3:9 SG116"],
    ),
    "a number in a bar": ("# A {#a}\n\nSection 2 may not be amended.\n\n# B {#b}\n", ["a.md:3:9 SG116"]),
    "a number above which a rule stands": (
        "# A {#a}\n\nNotwithstanding section 2, these Bylaws may be amended by a majority of all Members.\n\n# B {#b}\n",
        ["a.md:3:25 SG116"],
    ),
    "a link in a rule of decision": (
        "# A {#a}\n\n[](#b) may be amended by a majority of all Members.\n\n# B {#b}\n",
        [],
    ),
    "a number elsewhere": ("# A {#a}\n\nThis follows section 12 of the Companies Act and section 501(c)(3).\n", []),
    "a number of ours in words": ("# A {#a}\n\nThis follows section 12 of this Agreement.\n", ["a.md:3:22 SG108"]),
    "a number of an item": (
        "# A {#a}\n\n1. x\n2. y\n   1. z\n\nThis follows section 1.2 and section 1.2.1, not section 1.3.\n",
        ["a.md:7:57 SG108"],
    ),
    "a number that a heading has": ("# 5.3 Votes {#a}\n\nThis follows section 5.3.\n", []),
    "an undefined term": ("The Tenant shall pay the Fee to the Landlord.\n", ["a.md:1:26 SG301"]),
    "an undefined term, once": (
        "The Tenant shall pay the Fee to the Landlord. The Tenant shall pay the Fees to the Landlord.\n",
        ["a.md:1:26 SG301"],
    ),
    "an undefined term after a verb": ("The Tenant shall not disclose Confidential Information.\n", ["a.md:1:31 SG301"]),
    "a term that a section is about": (
        "# Article II. Fees & Fines {#a}\n\nThe Tenant shall pay the Fee to the Landlord. The Fines are high.\n",
        [],
    ),
    "a term behind an article in capitals": ("As for all The Fees, let us see.\n", ["a.md:1:16 SG301"]),
    "a date, a statute and ourselves": (
        "The Tenant shall pay EUR 5 to the Landlord by the first Monday of May. The Companies Act governs this Agreement.\n",
        [],
    ),
    "a name from a field": ("---\nfields: {Site: Harbour Hall}\n---\nThe Tenant shall clean the {Site}.\n", []),
    "a term of prose": ("# A {#a .prose}\n\nThe Fee is small.\n", []),
    "an unused term": ('"Fee" means EUR 5.\n', ["a.md:1:2 SG302"]),
    "a term used in the plural": ('"Tool" means a tool of the Landlord.\n\nThe Tenant may borrow Tools.\n', []),
    "a role that is defined": ('"Member" means a person entered in the list.\n', []),
    "a term defined twice": (
        '"Fee" means EUR 5.\n\nThe Tenant shall pay the Fee to the Landlord.\n\n"Fee" means EUR 6.\n',
        ["a.md:5:2 SG303"],
    ),
    "a term before its brackets": (
        'The Seller shall go.\n\n# A {#a}\n\nThe Seller may go.\n\nAda Quill (the "Seller") is a carpenter.\n',
        ["a.md:5:5 SG304"],
    ),
    "a term before its definition": ('The Tenant shall pay the Fee to the Landlord.\n\n"Fee" means EUR 5.\n', []),
    "words and figures": (
        "The Tenant shall pay EUR 5 to the Landlord within three (2) days after notice.\n",
        ["a.md:1:51 SG305"],
    ),
    "and/or": ("The Tenant shall keep a cat and/or a dog.\n", ["a.md:1:29 SG307"]),
    "midnight": ("The Tenant shall leave by midnight on 3 May 2027.\n", ["SG308"]),
    "midnight at an end": ("This offer lapses at midnight at the end of 3 May 2027.\n", []),
    "loose days": ("The offer lapses after five working days.\n", ["a.md:1:29 SG309"]),
    "business days in small letters": (
        '"Business Day" means a day other than a Saturday, a Sunday or a public holiday in Portugal.\n\n'
        "The Tenant shall leave within five Business Days after notice.\n\nThe offer lapses after two business days.\n",
        ["a.md:5:28 SG309"],
    ),
    "an unknown role": ("The Tresurer shall publish the accounts each year.\n", ["a.md:1:5 SG310"]),
    "an unknown role in small letters": ("The treasurers shall pay EUR 5 to the Landlord each year.\n", []),
    "a stranger": ("The Archivist shall publish the accounts each year.\n", ["a.md:1:5 SG310"]),
    "anybody": ("Each Party shall pay EUR 5 to the Landlord each year.\n", []),
}


@pytest.mark.parametrize("name", CASES)
def test_findings(name: str) -> None:
    source, expected = CASES[name]
    findings = tuple(finding for finding in found(source) if not finding.code.startswith("SG2"))
    if expected and " " not in expected[0]:
        assert [finding.code for finding in findings] == expected
    else:
        assert told(findings) == expected
    assert all(finding.message and finding.help for finding in findings)


def test_without_a_register_no_actor_is_unknown() -> None:
    assert "SG310" not in {
        finding.code for finding in found("The Archivist shall publish the accounts each year.\n", frozenset())
    }


def test_without_a_register_whoever_shall_or_may_is_no_undefined_term() -> None:
    source = "The Chief Gardener must quux zork. Ask the Chief Gardener.\n"
    assert "SG301" not in {finding.code for finding in found(source, frozenset())}
    assert "SG310" in {finding.code for finding in found(source)}


ONE_FILE = {name: source for name, (source, _) in CASES.items() if isinstance(source, str) and not source.startswith("---")}


@pytest.mark.parametrize("name", ONE_FILE)
def test_a_fault_in_an_included_object_is_told_where_it_stands_and_through_what(name: str) -> None:
    direct = found(ONE_FILE[name])
    through = found({"a.md": "---\ninclude:\n  - c.md\n---\n", "c.md": "---\ninclude: [b.md]\n---\n", "b.md": ONE_FILE[name]})
    assert [each.replace("a.md", "b.md") for each in told(direct)] == told(through)
    assert {tuple(map(str, each.place.chain)) for each in through} <= {("a.md:3:5", "c.md:2:11")}


@pytest.mark.parametrize(
    "source",
    [
        "".join(f"# A {{#s{n:05d}}}\n\nSee [](#b{n:05d}x).\n\n" for n in range(3_000)),
        "---\nfields:\n" + "".join(f"  Field{n:05d}: a\n" for n in range(3_000)) + "---\n{Feild}\n",
        "".join(f"# A {{#sec{n:05d} after=sek{n:05d}}}\n" for n in range(3_000)),
        "".join(f'Ada (the "Seller{n}x") is.\n\n' for n in range(3_000)),
        "The " + "Aa-Aa " * 30_000,
    ],
    ids=["links", "fields", "places", "terms", "capitals"],
)
def test_many_faults_take_time_in_their_number(source: str) -> None:
    begun = time.process_time()
    found(source)
    assert time.process_time() - begun < 12


def test_help_names_the_role_or_term_that_was_meant() -> None:
    helps = [
        finding.help for finding in found("The Tresurer shall publish the accounts each year.\n") if finding.code == "SG310"
    ]
    assert helps == ["did you mean Treasurer?"]
    helps = [finding.help for finding in found(LEASE.replace("pay the Rent", "pay the Rant")) if finding.code == "SG301"]
    assert helps == ["did you mean Rent?"]


def test_a_finding_ends_where_the_fault_ends() -> None:
    (finding,) = (each for each in found("The Tenant shall pay the Fee to the Landlord.\n") if each.code == "SG301")
    assert (finding.end_line, finding.end_column) == (1, 29)


def test_a_finding_in_a_value_points_at_the_value_and_tells_how_it_came_in() -> None:
    files = {
        "a.md": "---\ninclude: [b.md]\nfields: {Notice: three (2) days}\n---\n",
        "b.md": "The Tenant shall pay EUR 5 to the Landlord within {Notice} after notice.\n",
    }
    (finding,) = (each for each in found(files) if each.code == "SG305")
    assert str(finding.place) == "a.md:3:18"
    assert [str(place) for place in finding.place.chain] == ["a.md:2:11", "b.md:1:51"]


# -- what the grammar says ---------------------------------------------------------------------------------------------


def clause_of(source: str, sentence: Sentence) -> tuple[Finding, ...]:
    document = resolve(tree_of({"a.md": source.encode()}), "a.md")
    (passage,) = passages(document)
    text = passage.text[sentence.span.start : sentence.span.end]
    return lint(document, (Clause(passage.section, passage.number, sentence, text, passage.prose),), ROLES)


def sentence(
    text: str, kind: Kind = Kind.UNREAD, unread: Unread | None = None, mistakes: tuple[Mistake, ...] = (), start: int = 0
) -> Sentence:
    return Sentence(text, Span(start, start + len(text)), kind, True, (), unread, mistakes)


def test_an_unread_sentence_is_told_at_the_word_that_did_not_fit() -> None:
    why = Unread(Span(15, 20), "gives", ("a verb",), "The Tenant shall give notice.")
    (finding,) = clause_of("First.\nHe shall maybe gives way.\n", sentence("He shall maybe gives way.", unread=why, start=7))
    assert (finding.code, str(finding.place), finding.end_column) == ("SG201", "a.md:2:16", 21)
    assert "“gives”" in finding.message
    assert "The Tenant shall give notice." in finding.help


def test_an_unread_sentence_that_ends_too_soon_is_told_at_its_end() -> None:
    why = Unread(Span(9, 9), "", ("what is to be done",))
    (finding,) = clause_of("He shall.\n", sentence("He shall.", unread=why))
    assert (finding.code, str(finding.place)) == ("SG201", "a.md:1:9")


def test_no_sentence_with_a_brace_that_is_left_over_is_recommended() -> None:
    (finding,) = found("The Treasurer pays \\{ EUR 5.\n")
    assert finding.code == "SG201"
    assert finding.help == "say it in one of the forms that are read, or mark the section {.prose} if it binds nobody"


def test_an_ambiguous_sentence_is_told_with_its_readings() -> None:
    why = Unread(Span(0, 2), "He", (), readings=("One.", "Two."))
    (finding,) = clause_of("He shall.\n", sentence("He shall.", Kind.AMBIGUOUS, why))
    assert (finding.code, finding.help) == ("SG202", "write the one that is meant: “One.” / “Two.”")


def test_an_unread_sentence_of_prose_is_no_finding() -> None:
    why = Unread(Span(0, 2), "He", ())
    assert clause_of("# A {#a .prose}\nHe shall.\n", sentence("He shall.", unread=why)) == ()


def test_a_mistake_of_the_grammar_is_told_where_it_is() -> None:
    mistake = Mistake("SG203", "a share of whom?", Span(3, 8), "say of whom")
    (finding,) = clause_of("He *shall* go.\n", sentence("He shall go.", Kind.OBLIGATION, None, (mistake,)))
    assert (finding.code, str(finding.place), finding.help) == ("SG203", "a.md:1:5", "say of whom")


VALUES = {
    "a length of time": ("The Tenant shall leave within {V} after notice.", "fourteen", "14 days"),
    "a length of time in a read sentence": ("The Tenant shall leave within {V}.", "soonish", "two weeks"),
    "a day of a month": ("The Tenant shall pay EUR 5 to the Landlord by {V} of each year.", "winter", "31 January"),
    "a day": ("The Tenant shall leave by {V}.", "30 February 2026", "28 February 2026"),
    "a fee": ("If the Tenant is late, the Tenant shall pay a late fee of {V} of the sum.", "lots", "5%"),
}


@pytest.mark.parametrize("name", VALUES)
def test_a_value_that_a_clause_cannot_use_is_told_at_the_field(name: str) -> None:
    clause, wrong, right = VALUES[name]
    files = {"a.md": "---\ninclude: [b.md]\nfields:\n  V: VALUE\n---\n", "b.md": f"{clause}\n"}
    findings = found({**files, "a.md": files["a.md"].replace("VALUE", wrong)})
    (finding,) = (each for each in findings if each.code == "SG306")
    assert (str(finding.place), finding.end_column) == ("a.md:4:6", 6 + len(wrong))
    assert f"the field V says “{wrong}”" in finding.message
    assert f"b.md:1:{clause.index('{') + 1}" in finding.help
    assert "SG201" not in {each.code for each in findings}
    assert "SG306" not in {each.code for each in found({**files, "a.md": files["a.md"].replace("VALUE", right)})}


# -- numbers -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "right"),
    [
        ("three (3) days", True),
        ("three (2) days", False),
        ("thirty-one (31) days", True),
        ("twenty one (22) days", False),
        ("two-thirds (2/3) of", True),
        ("two-thirds (3/4) of", False),
        ("a two-thirds (2/3) vote", True),
        ("three quarters (75%) of", True),
        ("one half (1/2) of", True),
        ("one half (50%) of", True),
        ("one third (50%) of", False),
        ("five percent (5%) of", True),
        ("five percent (6%) of", False),
        ("five (5) percent of", True),
        ("a hundred (100) days", True),
        ("one hundred and twenty (120) days", True),
        ("one thousand two hundred euros (EUR 1,200) for", True),
        ("one thousand euros (EUR 1,200) for", False),
        ("one thousand (1.000) days", False),
        ("section four (a) of", True),
    ],
)
def test_words_and_figures(written: str, right: bool) -> None:
    codes = [finding.code for finding in found(f"He waits for {written} it.\n")]
    assert ("SG305" not in codes) is right


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("seven", 7),
        ("ninety-nine", 99),
        ("two hundred and five", 205),
        ("three million", 3_000_000),
        ("a thousand", 1000),
        ("nineteen", 19),
    ],
)
def test_numbers_in_words(words: str, value: int) -> None:
    assert value_of_words(words) == value


@pytest.mark.parametrize("figures", ["1/0", "1,2,", "..", "1/2/3"])
def test_figures_that_are_no_number(figures: str) -> None:
    assert value_of_figures(figures) is None or figures == "1,2,"


# -- any text ----------------------------------------------------------------------------------------------------------

PIECES = st.lists(
    st.sampled_from(
        [
            "The Tenant",
            "shall",
            "pay",
            "the Rent",
            "and/or",
            "within",
            "three (2) days",
            "after",
            "midnight",
            "section 4.2",
            "{Key}",
            "{",
            ".",
            ":",
            ";",
            "(a)",
            "\n",
            "\n\n",
            "- ",
            "# Head {#h}",
            '"Fee" means',
            "[](#x)",
            "*",
            "business days",
            '(the "Seller")',
            "EUR 5",
            "30 February 2026",
            "unless",
            "may not",
            "é",
            "“",
            "”",
        ]
    ),
    max_size=25,
)


@settings(deadline=None, max_examples=60)
@given(PIECES)
def test_any_text_is_linted_and_every_finding_has_a_place_in_it(pieces: list[str]) -> None:
    source = " ".join(pieces)
    lines = source.split("\n")
    for finding in found(source):
        assert finding.place.path == "a.md"
        assert 1 <= finding.place.line <= len(lines)
        assert 1 <= finding.place.column <= len(lines[finding.place.line - 1]) + 1


# -- codes -------------------------------------------------------------------------------------------------------------


def test_every_code_has_a_page() -> None:
    for code in CODES:
        page = (ROOT / "docs" / "checks" / f"{code.code}.md").read_text(encoding="utf-8")
        assert page.startswith(f"# {code.code}: {code.name}\n")
        headings = [line for line in page.splitlines() if line.startswith("## ")]
        assert headings == ["## What it does", "## Why is this bad?", "## Example", "## Use instead"]


def test_codes_are_in_order_and_named_once() -> None:
    codes = [code.code for code in CODES]
    assert codes == sorted(set(codes))
    assert len({code.name for code in CODES}) == len(codes)
    assert {code.code for code in CODES} >= STOPPING


def test_every_check_is_listed_once() -> None:
    assert len(set(CHECKS)) == len(CHECKS)


@pytest.mark.parametrize("code", ["SG301", "SG302", "SG305", "SG307", "SG308", "SG309", "SG310"])
def test_the_examples_on_a_page_are_what_it_says(code: str) -> None:
    page = (ROOT / "docs" / "checks" / f"{code}.md").read_text(encoding="utf-8")
    example, instead = (part.split("```")[0] for part in page.split("```markdown\n")[1:3])
    roles = ROLES | {"Seller", "Buyer", "Supplier"}
    assert code in {finding.code for finding in found(example, roles)}
    assert code not in {finding.code for finding in found(instead, roles)} or code == "SG302"


@pytest.mark.parametrize("code", ["SG100", "SG101", "SG105", "SG106", "SG107", "SG110", "SG112", "SG114", "SG115", "SG306"])
def test_the_examples_of_objects_on_a_page_are_what_it_says(code: str) -> None:
    page = (ROOT / "docs" / "checks" / f"{code}.md").read_text(encoding="utf-8")
    example = page.split("```markdown\n")[1].split("```")[0]
    assert code in {finding.code for finding in found(example)}


def test_the_faults_of_an_object_that_is_included_twice_are_told_once() -> None:
    clause = (
        "The Tenant and/or the Landlord shall leave at midnight within three (2) days. The Tenant shal pay. {Gone} is gone.\n"
    )
    root = "---\ninclude:\n  - {object: b.md, as: A.}\n  - {object: b.md, as: B.}\n  - {object: b.md, as: C.}\n---\n"
    findings = found({"a.md": root, "b.md": f"# Leaving {{#leaving}}\n\n{clause}"})
    told_once = {(finding.code, finding.place.line, finding.place.column) for finding in findings}
    assert {"SG201", "SG305", "SG307", "SG308"} <= {finding.code for finding in findings}
    assert len(findings) == len(told_once)
    (figures,) = (finding for finding in findings if finding.code == "SG305")
    assert [str(place) for place in figures.place.chain] == ["a.md:3:14"]
    assert [[str(place) for place in chain] for chain in figures.also] == [["a.md:4:14"], ["a.md:5:14"]]


def test_two_faults_at_one_place_are_both_told() -> None:
    place = Place("a.md", 1, 1)
    inner = Place("a.md", 1, 1, (Place("b.md", 2, 2),))
    one, other = Finding("SG1", "one", place), Finding("SG1", "other", place)
    assert gathered([one, other, one, Finding("SG1", "one", inner)]) == (replace(one, also=(inner.chain,)), other)


@pytest.mark.parametrize(
    "said",
    [
        "The Seller shall deliver the Goods in the City of Porto.",
        "The Seller shall deliver the Goods under the Sale of Goods Act 1979.",
        "The Seller shall sue for the Goods before the Supreme Court of Sweden.",
        "The Seller shall sell the Goods in the European Union and the United Kingdom.",
        "The Seller shall send the Goods over the North Sea and the River Thames to the Port of Lisbon.",
        "The Seller shall deliver the Goods in the Spring of each year.",
        "Goods are heavy. The Goods’ quality is high, and each Good is of oak.",
        "The Seller shall send the Goods, whatever the Weather says.\n\n# The Weather {#weather}\n\nIt rains on the Goods.",
    ],
)
def test_places_seasons_and_headings_with_an_article_are_no_undefined_terms(said: str) -> None:
    text = f'"Goods" means 200 chairs of oak.\n\n{said}\n'
    assert [finding.message for finding in found(text, frozenset()) if finding.code == "SG301"] == []


@pytest.mark.parametrize(
    ("said", "term"),
    [
        ("The Seller shall deliver the Goods to the Court.", ""),
        ("The Seller shall deliver the Goods to the Port.", "Port"),
        ("The Seller shall deliver the Goods on the Date of Delivery.", "Date"),
        ("The Seller shall deliver the Goods to the Board of Directors.", "Board"),
        ("The Seller shall pay the Goods out of the Winter Fund.", "Winter Fund"),
    ],
)
def test_what_only_looks_like_a_place_is_a_term(said: str, term: str) -> None:
    text = f'"Goods" means 200 chairs of oak.\n\n{said}\n'
    messages = [finding.message for finding in found(text, frozenset()) if finding.code == "SG301"]
    assert messages == ([f"nothing defines the term {term}"] if term else [])
