"""What is wrong with the rules of a text taken together, by a table of cases; what holds of every text."""

import re
import time
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML

from syngraph.engine.agreement import Agreement
from syngraph.engine.norms.analysis.checks import analyse
from syngraph.engine.norms.analysis.offices import offices
from syngraph.engine.norms.analysis.sections import Sections
from syngraph.engine.norms.analysis.spans import Span, span
from syngraph.engine.norms.words.roles import Holding
from syngraph.engine.text.clauses import Clause, PlacedRule, placed
from syngraph.engine.text.document import Document
from syngraph.engine.text.lint import wording
from syngraph.engine.text.lint.context import Context
from syngraph.engine.text.provenance import Place, Text
from syngraph.grammar.amounts import Before, Day, Duration, From, On, Unit, Within
from syngraph.grammar.parse import read

ROOT = Path(__file__).parents[4]
TABLE = YAML(typ="safe").load(Path(__file__).with_name("cases.yaml"))
CASES = [case for cases in TABLE.values() for case in cases]


def sections(text: str) -> str:
    """A text with a heading for each `#x`."""
    return re.sub(r"(?<![\S(])#(\w)\s", r"\n\n# \1 {#\1}\n\n", text).strip()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:80])
def test_what_is_found(case, findings) -> None:
    found = findings(sections(case["text"]))
    assert [each.code for each in found] == case.get("found", [])
    assert case.get("says", "") in "".join(each.message for each in found[:1])
    assert all(each.help and each.place.path == "a.md" and each.end_column for each in found)


@pytest.mark.parametrize("case", [each for each in TABLE["contradictions"] if not each["text"].startswith("#")][:8])
def test_an_order_between_two_rules_ends_their_contradiction(case, findings) -> None:
    *before, first, last = re.findall(r"[A-Z].*?\.(?=\s|$)", case["text"])
    lower = last if re.match(r"[A-Z]\w+ \d", last) else last[0].lower() + last[1:]
    for word in ("Subject to", "Notwithstanding", "Except as provided in"):
        text = f"# a {{#a}}\n\n{' '.join((*before, first))}\n\n# b {{#b}}\n\n{word} [](#a), {lower}\n"
        assert [each for each in findings(text) if each.code == "SG501"] == []


VERBS = st.sampled_from(["keep", "paint", "sell", "repair"])
THINGS = st.sampled_from(["the Flat", "a dog", "the Goods", "the accounts"])
ROLES = st.sampled_from(["Tenant", "Member", "Landlord"])


@given(role=ROLES, verb=VERBS, thing=THINGS, other=ROLES, deed=VERBS, matter=THINGS, turned=st.booleans(), above=st.booleans())
def test_shall_and_shall_not_are_found_just_where_they_meet(role, verb, thing, other, deed, matter, turned, above) -> None:
    yes, no = f"the {role} shall {verb} {thing}.", f"the {other} shall not {deed} {matter}."
    first, second = (no, yes) if turned else (yes, no)
    head = "Subject to section 1, " if above else ""
    rules, known = texts(first[0].upper() + first[1:], f"{head}{second if above else second[0].upper() + second[1:]}")
    meet = (role, verb, thing) == (other, deed, matter) and not above
    assert [each.code for each in analyse(rules, known)] == (["SG501"] if meet else [])


def texts(*sentences: str) -> tuple[tuple[PlacedRule, ...], Sections]:
    """Rules, each sentence in a section of its own."""
    clauses = []
    for number, prose in enumerate(sentences, 1):
        for sentence in read(prose):
            clauses.append(Clause(f"s{number}", str(number), sentence, Text(prose, ((0, Place("a.md", number, 1)),)), False))
    names = {str(number): f"s{number}" for number in range(1, len(sentences) + 1)}
    return placed(tuple(clauses)), Sections(
        names, {id_: number for number, id_ in names.items()}, dict.fromkeys(names.values(), "")
    )


# -- offices -----------------------------------------------------------------------------------------------------------


def test_those_who_follow_each_other_are_never_there_at_once() -> None:
    held = [
        Holding("ada", "Ada", "Director", None, date(2027, 3, 1)),
        Holding("bora", "Bora", "Director", date(2027, 3, 2), None),
        Holding("carla", "Carla", "Director", date(2027, 3, 1), date(2027, 3, 1)),
        Holding("ada", "Ada", "Director", date(2027, 1, 1), date(2028, 1, 1)),
        Holding("dov", "Dov", "Director", date(2028, 1, 1), date(2027, 1, 1)),
    ]
    assert offices(held[:2]).count("directors") == 1
    assert offices(held[:3]).count("the Director") == 2
    assert offices(held).count("Director") == 2
    assert offices(held, day=date(2029, 1, 1)).count("Director") == 1
    assert offices(held).count("Member") is None
    assert offices((), ["Member"]).count("Member") == 0


def test_a_quorum_that_was_met_on_one_day_is_no_finding(findings) -> None:
    held = [Holding(name, name, "Member", date(2026, 1, 1), date(2026, 6, 1)) for name in ("ada", "bora", "carla")]
    assert findings("Quorum is three Members.", held) == ()
    later = [*held[:2], Holding("carla", "Carla", "Member", date(2026, 6, 2), None)]
    assert [each.code for each in findings("Quorum is three Members.", later)] == ["SG507"]


def test_without_a_register_nothing_is_said_of_those_who_are_there(findings) -> None:
    assert findings("Quorum is five Members. Any five Members may fork these Bylaws.", ()) == ()


# -- sizes, and texts that are in order --------------------------------------------------------------------------------

MANY = {
    "different": [f"The Tenant shall keep item{number} within 30 days after the Effective Date." for number in range(2000)],
    "same": ["The Tenant shall keep a dog.", "The Tenant shall not keep a dog."] * 1000,
    "ordered": ["Subject to section 1, the Tenant shall keep a dog.", "The Tenant shall not keep a dog."] * 1000,
    "circle": [f"Subject to section {number % 2000 + 1}, the Tenant shall keep a dog." for number in range(1, 2001)],
    "two ways": [f"A Member may be removed by {number + 2} Members." for number in range(2000)],
}


@pytest.mark.parametrize("kind", MANY)
def test_two_thousand_rules_take_no_time(kind) -> None:
    rules, known = texts(*MANY[kind])
    assert len(rules) == 2000
    begun = time.perf_counter()
    analyse(rules, known)
    # Three tenths of a second on an idle machine; all pairs would take minutes.
    assert time.perf_counter() - begun < 3


@pytest.mark.parametrize(
    "piece",
    [
        "All Members may not keep a dog and may not keep a dog ",
        "the Chair and the Chair or ",
        "if the Chair is ill and the Chair is ill or ",
        "within within a a Chair ",
    ],
)
def test_a_long_sentence_is_looked_at_in_the_time_of_its_length(piece) -> None:
    text = piece * (300_000 // len(piece))
    (sentence,) = read("The Tenant may not keep a dog.")
    clause = Clause("a", "1", sentence, Text(text, ((0, Place("a.md", 1, 1)),)), False)
    held = Context(Document("", (), {}, (), ()), (clause,), frozenset(), (), frozenset({"chair"}))
    begun = time.perf_counter()
    for check in (wording.may_not, wording.and_with_or, wording.startless):
        list(check(held))
    assert time.perf_counter() - begun < 5


def test_a_row_of_days_is_no_span() -> None:
    days = On(Day(date(2027, 3, 1))), On(Day(date(2027, 9, 1)))
    assert span(days) == Span(exact=False)
    assert span(days[:1]) == Span(date(2027, 3, 1), date(2027, 3, 1))
    assert span((From(Day(date.max)), Before(Day(date.min)))).empty
    assert not span((Within(Duration(10**9, Unit.YEAR), Day(date.max)),)).empty


def test_a_long_circle_is_told_in_short(findings) -> None:
    rules, known = texts(*MANY["circle"][:60], "Subject to section 1, the Tenant shall keep a dog.")
    (found,) = (each for each in analyse(rules, known) if each.code == "SG503")
    assert len(found.message) < 600


@pytest.mark.parametrize("name", ["lease", "riverside"])
def test_the_examples_have_nothing_of_it(name) -> None:
    assert Agreement.open(ROOT / "examples" / name).faults == ()


@pytest.mark.parametrize("path", sorted((ROOT / "library" / "clauses").glob("*.md")), ids=lambda path: path.stem)
def test_no_clause_of_the_library_has_any_of_it(path) -> None:
    found = [each.code for each in Agreement.open(path).faults]
    assert [code for code in found if code.startswith("SG5") or code in ("SG311", "SG312", "SG313")] == []
