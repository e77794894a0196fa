"""Which faults are mended and how; which are left to their author; and that mending changes nothing and makes no new ones."""

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from syngraph.engine.agreement import Agreement
from syngraph.engine.text.editing.mending import Mended, Seen, mend
from syngraph.engine.text.editing.saying import said
from syngraph.engine.text.findings import Finding
from syngraph.engine.text.lint.mending import FIXES, spelling
from syngraph.engine.text.manifest import Manifest
from syngraph.engine.text.store import tree_of

CASES: dict[str, tuple[str, str, str]] = {
    "a link in capitals": ("SG107", "# A {#alpha-b}\n\nSee [](#Alpha-B).\n", "# A {#alpha-b}\n\nSee [](#alpha-b).\n"),
    "a link with other signs": (
        "SG107",
        "# A {#alpha-b}\n\nNotwithstanding [](#alpha_B), the Tenant shall pay EUR 5 by 1 May 2027. See [there](#alpha.b-).\n",
        "# A {#alpha-b}\n\nNotwithstanding [](#alpha-b), the Tenant shall pay EUR 5 by 1 May 2027. See [there](#alpha-b).\n",
    ),
    "a brace": ("SG110", "# A {#a}\n\nA set } and a { of *b*.\n", "# A {#a}\n\nA set \\} and a \\{ of *b*.\n"),
    "a number that decides": (
        "SG116",
        "# A {#a}\n\nSection 2 may be amended by a majority of all Members.\n\n# B {#b}\n",
        "# A {#a}\n\n[](#b) may be amended by a majority of all Members.\n\n# B {#b}\n",
    ),
    "a number that decides beside one of another law": (
        "SG116",
        "# A {#a}\n\nSection 2 may be amended, under section 2 of the Act, by a majority of all Members.\n\n# B {#b}\n",
        "# A {#a}\n\n[](#b) may be amended, under section 2 of the Act, by a majority of all Members.\n\n# B {#b}\n",
    ),
    "a number above which a rule stands": (
        "SG116",
        "# A {#a}\n\nNotwithstanding section 2, these Bylaws may be amended by a majority of all Members.\n\n# B {#b}\n",
        "# A {#a}\n\nNotwithstanding [](#b), these Bylaws may be amended by a majority of all Members.\n\n# B {#b}\n",
    ),
}

UNSURE: dict[str, tuple[str, str | dict[str, str]]] = {
    "a party that may be another": ("SG101", "---\nfields:\n  Employer: Acme\n---\n{Employer} pays {Employee}.\n"),
    "a field misspelt": ("SG101", "---\nfields:\n  Deposit: EUR 60\n---\nThe {Depsoit} is a sum.\n"),
    "an id twice": ("SG105", "# A {#a}\n\nB.\n\n# C {#a}\n"),
    "after a section misspelt": ("SG106", "# A {#alpha}\n\n# B {#b after=alpa}\n"),
    "a section misspelt that is left out": ("SG106", "---\ninclude: b.md\nomit: [voting, dus-date]\n---\n"),
    "a section in capitals that is left out": ("SG106", "---\ninclude: b.md\nomit: [Voting]\n---\n"),
    "a word of the front matter": ("SG114", "---\ntilte: A\n---\nB.\n"),
    "a word that leaves out": ("SG114", "---\ninclude: b.md\nomitt: [voting]\n---\n"),
    "a word that makes a copy": ("SG114", "---\ndigets: 00\n---\nB.\n"),
    "an attribute": ("SG114", "# A {#alpha}\n\n# B {#b befor=alpha}\n"),
    "a mark by which nobody is bound": ("SG114", "# A {#alpha .pros}\n\nThe Tenant shall pay EUR 5 by 1 May 2027.\n"),
    "a link misspelt": ("SG107", "# A {#employer-pays}\n\nSubject to [](#employee-pays), tea is free.\n"),
    "two ids that are near": ("SG107", "# A {#alpha-b}\n\n# B {#alpha.b}\n\nSee [](#Alpha-B).\n"),
    "a link that is shown": ("SG107", "# A {#alpha}\n\nWrite `[](#Alpha)` or [](#Alpha).\n"),
    "a schedule of another number": ("SG107", "# A {#schedule-11}\n\nSee [](#Schedule-1-1).\n"),
    "a field not closed": ("SG110", "Pay {Dues now.\n"),
    "a field not opened": ("SG110", "Pay Dues} now.\n"),
    "a number in words of a link": (
        "SG116",
        "# A {#a}\n\n[Section 2](https://example.org) may be amended by a majority of all Members.\n\n# B {#b}\n",
    ),
    "a number that is shown": (
        "SG116",
        "# A {#a}\n\n`Section 2` may be amended by a majority of all Members.\n\n# B {#b}\n",
    ),
    "a number of no section": ("SG108", "# A {#a}\n\nSubject to section 7, the Tenant may keep one cat.\n"),
    "a brace at the name of a field": ("SG110", "---\nfields:\n  Dues: EUR 60\n---\nPay {Dues} or { Dues now.\n"),
    "a field with a blank": ("SG110", "Pay by {Effective Date}.\n"),
    "a brace in a value": ("SG110", '---\nfields:\n  Dues: "EUR { 60"\n---\nPay {Dues}.\n'),
    "several numbers that decide": (
        "SG116",
        "# A {#a}\n\nSections 1 and 2 may be amended by a majority of all Members.\n\n# B {#b}\n",
    ),
    "numbers that headings have": (
        "SG116",
        "# 2 A {#a}\n\nSection 2 may be amended by a majority of all Members.\n\n# 5 B {#b}\n",
    ),
    "a copy from elsewhere": (
        "SG107",
        {"a.md": "---\ninclude: [b.md]\n---\n", "b.md": "---\ndigest: 00\n---\n# A {#alpha}\n\nSee [](#Alpha).\n"},
    ),
    "an object under a prefix": (
        "SG107",
        {"a.md": "---\ninclude: [{object: b.md, as: P.}]\n---\n", "b.md": "# A {#alpha}\n\nSee [](#Alpha).\n"},
    ),
    "an object that comes in twice": (
        "SG107",
        {
            "a.md": "---\ninclude: [b.md, {object: b.md, as: P.}]\n---\n",
            "b.md": "# A {#alpha}\n\nSee [](#Alpha).\n",
        },
    ),
}


def agreement(source: str | dict[str, str]) -> Agreement:
    other = {"b.md": "# Dues {#dues-date}\n\nA.\n\n# Vote {#voting}\n\nB.\n"}
    files = {"a.md": source, **other} if isinstance(source, str) else source
    tree = tree_of({path: content.encode() for path, content in files.items()})
    return Agreement(Path(), tree, Manifest(title="", root="a.md"), "a.md")


def seen(held: Agreement) -> Seen:
    return Seen(held.faults, said(held.document, held.clauses))


def mended_in(held: Agreement) -> Mended:
    return mend(seen(held), texts(held), lambda later: seen(held.changed(later)))


def texts(held: Agreement) -> dict[str, str]:
    return {path: held.tree.read(path).decode() for path in held.tree.paths()}


@pytest.mark.parametrize("name", CASES)
def test_what_is_sure_is_mended(name: str) -> None:
    code, source, expected = CASES[name]
    held = agreement(source)
    assert code in {finding.code for finding in held.faults if finding.fix}
    mended = mended_in(held)
    assert mended.texts == {"a.md": expected}
    assert code not in {finding.code for finding in mended.left}
    assert mended.left == agreement(expected).faults
    assert Counter(f.code for f in held.faults) == Counter(f.code for f in (*mended.gone, *mended.left))


def test_every_fix_is_tried() -> None:
    assert {code for code, _, _ in CASES.values()} == FIXES.keys()


@pytest.mark.parametrize("name", UNSURE)
def test_what_is_not_sure_is_left_to_its_author(name: str) -> None:
    code, source = UNSURE[name]
    faults = agreement(source).faults
    assert [finding.fix for finding in faults if finding.code == code] != []
    assert [finding.fix for finding in faults if finding.code == code and finding.fix] == []


def test_a_fault_in_an_included_object_is_mended_where_it_stands() -> None:
    held = agreement({"a.md": "---\ninclude: [b.md]\n---\n", "b.md": "# A {#alpha}\n\nSee [](#Alpha).\n"})
    mended = mended_in(held)
    assert mended.texts == {"b.md": "# A {#alpha}\n\nSee [](#alpha).\n"}


def test_a_fix_that_would_make_a_new_fault_is_not_carried_out() -> None:
    held = agreement(CASES["a brace"][1])
    first, other = seen(held), agreement("{Nothing}.\n").faults
    assert mend(first, texts(held), lambda later: Seen(other, first.said)).texts == {}


def test_a_fix_by_which_the_text_says_something_else_is_not_carried_out() -> None:
    held = agreement(CASES["a brace"][1])
    assert mend(seen(held), texts(held), lambda later: Seen((), said(agreement("B.\n").document, ()))).texts == {}


def test_a_fix_whose_words_are_gone_is_not_carried_out() -> None:
    held = agreement(CASES["a brace"][1])
    other = {path: text.replace("set", "sort of a set") for path, text in texts(held).items()}
    assert mend(seen(held), other, lambda later: seen(held)).texts == {}


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("Leaving_Early", "leaving-early", True),
        ("leaving.early", "leaving-early", True),
        ("leaving", "leavign", False),
        ("employer", "employee", False),
        ("schedule-1-1", "schedule-11", False),
        ("Größe", "größe", True),
    ],
)
def test_spellings(one: str, other: str, expected: bool) -> None:
    assert (spelling(one) == spelling(other)) == expected


SAYINGS = {
    "a word": ("The Tenant may keep a cat.", "The Tenant may keep a dog."),
    "who is bound": ("The Tenant shall pay EUR 5 by 1 May 2027.", "The Landlord shall pay EUR 5 by 1 May 2027."),
    "a link": ("See [](#a).", "See [](#b)."),
    "a link in words": ("See [it](#a).", "See [it](#b)."),
    "a number": ("See section 1.", "See section 2."),
    "a link that is broken": ("See [](#aa).", "See [](#a)."),
    "what is shown": ("See `[](#A)`.", "See `[](#a)`."),
    "what is preformatted": ("```\n[](#A)\n```", "```\n[](#a)\n```"),
}


@pytest.mark.parametrize("name", SAYINGS)
def test_another_text_says_something_else(name: str) -> None:
    one, other = (agreement(f"# A {{#a}}\n\n{text}\n\n# B {{#b}}\n") for text in SAYINGS[name])
    assert seen(one).said == seen(one).said
    assert seen(one).said != seen(other).said


def test_a_section_that_binds_nobody_says_something_else() -> None:
    one, other = (agreement(f"# A {{#a{mark}}}\n\nThe Tenant shall pay EUR 5.\n") for mark in ("", " .prose"))
    assert seen(one).said != seen(other).said


PIECES = st.sampled_from(
    [
        *(
            "# A {#alpha}",
            "# B {#beta after=alpah}",
            "# C {#alpha}",
            "# D {#delta befor=alpha}",
            "# E {.pros}",
            "See [](#alphaa).",
        ),
        *(
            "Pay {Deposit} {.",
            "Pay {Depsoit} }.",
            "Section 2 may be amended by a majority of all Members.",
            "Subject to [](#Alpha), the {Depsoit} shall pay EUR 5 to {Deposit} by 1 May 2027.",
            "{x y}",
            "```",
            "- {",
        ),
        *(
            "Notwithstanding section 1, these Bylaws may be amended by a majority of all Members.",
            "[](#beat) [](#alpha)",
            "| { |",
        ),
    ]
)


@settings(deadline=None, max_examples=60)
@given(st.lists(PIECES, max_size=8), st.sampled_from(["title", "tilte", "omitt"]))
def test_mending_changes_nothing_that_is_said_and_never_makes_a_new_fault(pieces: list[str], word: str) -> None:
    source = f"---\n{word}: A\nfields:\n  Deposit: EUR 60\n---\n" + "\n\n".join(pieces) + "\n"
    held = agreement(source)
    mended = mended_in(held)
    later = agreement(mended.texts.get("a.md", source))
    assert later.faults == mended.left
    assert Counter(map(where, later.faults)) - Counter(map(where, held.faults)) == Counter()
    assert mended_in(later).texts == {}
    assert shape(later) == shape(held)


def shape(held: Agreement) -> object:
    """The sections, and who is to do what: without references, where mending has its say."""
    sections = [(section.id, section.number, section.heading.string, section.prose) for section in held.document.walk()]
    rules = [
        (clause.section, clause.prose, type(rule), getattr(rule, "bearer", None), getattr(rule, "act", None))
        for clause in held.clauses
        for rule in clause.sentence.rules
    ]
    return held.document.title, sections, rules


def where(finding: Finding) -> tuple[str, str, int]:
    return finding.code, finding.place.path, finding.place.line
