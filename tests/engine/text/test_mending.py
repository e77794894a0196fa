"""Which faults are mended and how; which are left to their author; and that mending makes no new ones."""

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from syngraph.engine.agreement import Agreement
from syngraph.engine.text.editing.mending import mend
from syngraph.engine.text.findings import Finding
from syngraph.engine.text.lint.mending import FIXES, slip
from syngraph.engine.text.manifest import Manifest
from syngraph.engine.text.store import tree_of

CASES: dict[str, tuple[str, str, str]] = {
    "a field misspelt": (
        "SG101",
        "---\nfields:\n  Deposit: EUR 60\n---\n# A {#a}\n\nThe {Depsoit} is a sum.\n",
        "---\nfields:\n  Deposit: EUR 60\n---\n# A {#a}\n\nThe {Deposit} is a sum.\n",
    ),
    "an id twice": ("SG105", "# A {#a}\n\nB.\n\n# C {when=K .prose #a}\n", "# A {#a}\n\nB.\n\n# C {when=K .prose #a-2}\n"),
    "after a section misspelt": ("SG106", "# A {#alpha}\n\n# B {#b after=alpa}\n", "# A {#alpha}\n\n# B {#b after=alpha}\n"),
    "a section misspelt that is left out": (
        "SG106",
        "---\ninclude: b.md\nomit: [voting, dus-date]\n---\n",
        "---\ninclude: b.md\nomit: [voting, dues-date]\n---\n",
    ),
    "a link misspelt": ("SG107", "# A {#alpha}\n\nSee [](#aplha).\n", "# A {#alpha}\n\nSee [](#alpha).\n"),
    "a link with words misspelt": (
        "SG107",
        "# A {#alpha}\n\nSee [there](#alphas).\n",
        "# A {#alpha}\n\nSee [there](#alpha).\n",
    ),
    "a brace": ("SG110", "# A {#a}\n\nA set } and a { of *b*.\n", "# A {#a}\n\nA set \\} and a \\{ of *b*.\n"),
    "a word of the front matter": ("SG114", "---\ntilte: A\n---\nB.\n", "---\ntitle: A\n---\nB.\n"),
    "an attribute": ("SG114", "# A {#alpha}\n\n# B {#b befor=alpha}\n", "# A {#alpha}\n\n# B {#b before=alpha}\n"),
    "a mark": ("SG114", "# A {#alpha .pros}\n", "# A {#alpha .prose}\n"),
    "a number that decides": (
        "SG116",
        "# A {#a}\n\nSection 2 may be amended by a majority of all Members.\n\n# B {#b}\n",
        "# A {#a}\n\n[](#b) may be amended by a majority of all Members.\n\n# B {#b}\n",
    ),
    "a number above which a rule stands": (
        "SG116",
        "# A {#a}\n\nNotwithstanding section 2, these Bylaws may be amended by a majority of all Members.\n\n# B {#b}\n",
        "# A {#a}\n\nNotwithstanding [](#b), these Bylaws may be amended by a majority of all Members.\n\n# B {#b}\n",
    ),
}

UNSURE: dict[str, tuple[str, str | dict[str, str]]] = {
    "a field that may be another": ("SG101", "---\nfields:\n  Deposit: EUR 60\n---\n{Deposit} and {Deposits}.\n"),
    "a field of another number": ("SG101", "---\nfields:\n  Party1: Ada\n---\n{Party1} and {Party2}.\n"),
    "two fields that are near": ("SG101", "---\nfields:\n  Duet: A\n  Duel: B\n---\n{Duet} {Duel} {Dues}.\n"),
    "a short name": ("SG107", "# A {#abc}\n\nSee [](#abd).\n"),
    "two ids that are near": ("SG107", "# A {#alpha}\n\n# B {#alphb}\n\nSee [](#alphc).\n"),
    "a schedule of another number": ("SG107", "# A {#schedule-2}\n\nSee [](#schedule-1).\n"),
    "a number of no section": ("SG108", "# A {#a}\n\nSubject to section 7, the Tenant may keep one cat.\n"),
    "a brace at the name of a field": ("SG110", "---\nfields:\n  Dues: EUR 60\n---\nPay {Dues} or {Dues now.\n"),
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
        {"a.md": "---\ninclude: [b.md]\n---\n", "b.md": "---\ndigest: 00\n---\n# A {#alpha}\n\nSee [](#aplha).\n"},
    ),
    "an object under a prefix": (
        "SG107",
        {"a.md": "---\ninclude: [{object: b.md, as: P.}]\n---\n", "b.md": "# A {#alpha}\n\nSee [](#aplha).\n"},
    ),
    "an object that comes in twice": (
        "SG107",
        {
            "a.md": "---\ninclude: [b.md, {object: b.md, as: P.}]\n---\n",
            "b.md": "# A {#alpha}\n\nSee [](#aplha).\n",
        },
    ),
}


def agreement(source: str | dict[str, str]) -> Agreement:
    other = {"b.md": "# Dues {#dues-date}\n\nA.\n\n# Vote {#voting}\n\nB.\n"}
    files = {"a.md": source, **other} if isinstance(source, str) else source
    tree = tree_of({path: content.encode() for path, content in files.items()})
    return Agreement(Path(), tree, Manifest(title="", root="a.md"), "a.md")


def texts(held: Agreement) -> dict[str, str]:
    return {path: held.tree.read(path).decode() for path in held.tree.paths()}


@pytest.mark.parametrize("name", CASES)
def test_what_is_sure_is_mended(name: str) -> None:
    code, source, expected = CASES[name]
    held = agreement(source)
    assert code in {finding.code for finding in held.faults if finding.fix}
    mended = mend(held.faults, texts(held), lambda later: held.changed(later).faults)
    assert mended.texts == {"a.md": expected}
    assert code not in {finding.code for finding in mended.left}
    assert mended.left == agreement(expected).faults
    assert Counter(f.code for f in held.faults) == Counter(f.code for f in (*mended.gone, *mended.left))


def test_every_fix_is_tried() -> None:
    assert {code for code, _, _ in CASES.values()} | {"SG112"} == FIXES.keys()


@pytest.mark.parametrize("name", UNSURE)
def test_what_is_not_sure_is_left_to_its_author(name: str) -> None:
    code, source = UNSURE[name]
    faults = agreement(source).faults
    assert [finding.fix for finding in faults if finding.code == code] != []
    assert [finding.fix for finding in faults if finding.code == code and finding.fix] == []


def test_a_fault_in_an_included_object_is_mended_where_it_stands() -> None:
    held = agreement({"a.md": "---\ninclude: [b.md]\n---\n", "b.md": "# A {#alpha}\n\nSee [](#aplha).\n"})
    mended = mend(held.faults, texts(held), lambda later: held.changed(later).faults)
    assert mended.texts == {"b.md": "# A {#alpha}\n\nSee [](#alpha).\n"}


def test_a_fix_that_would_make_a_new_fault_is_not_carried_out() -> None:
    held = agreement("---\ntilte: A\ntitle: B\n---\n# A {#alpha}\n\nSee [](#aplha).\n")
    mended = mend(held.faults, texts(held), lambda later: held.changed(later).faults)
    assert mended.texts == {"a.md": "---\ntilte: A\ntitle: B\n---\n# A {#alpha}\n\nSee [](#alpha).\n"}
    assert [finding.code for finding in mended.left] == ["SG114"]


def test_a_fix_whose_words_are_gone_is_not_carried_out() -> None:
    held = agreement(CASES["a brace"][1])
    other = {path: text.replace("set", "sort of a set") for path, text in texts(held).items()}
    assert mend(held.faults, other, lambda later: held.faults).texts == {}


def test_another_role_is_mended() -> None:
    document_roles = frozenset({"Member"})
    from syngraph.engine.text.lint.mending import mended

    held = agreement("# A {#a each=Memebr}\n\n{Member.Name}.\n")
    found = tuple(replace(each) for each in held.document.findings)
    fixes = [each.fix[0].new for each in mended(found, held.tree, held.document, document_roles) if each.code == "SG112"]
    assert fixes == ["Member"]


@pytest.mark.parametrize(
    ("word", "names", "expected"),
    [
        ("leavign", ["leaving", "dues"], "leaving"),
        ("leavin", ["leaving"], "leaving"),
        ("leavingg", ["leaving"], "leaving"),
        ("leaving", ["leaving"], ""),
        ("leabing", ["leaving", "leading"], ""),
        ("laeivng", ["leaving"], ""),
        ("dues-1", ["dues-2"], ""),
        ("due", ["dues"], ""),
        ("", ["a"], ""),
    ],
)
def test_slips(word: str, names: list[str], expected: str) -> None:
    assert slip(word, names) == expected


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
def test_mending_never_makes_a_new_fault(pieces: list[str], word: str) -> None:
    source = f"---\n{word}: A\nfields:\n  Deposit: EUR 60\n---\n" + "\n\n".join(pieces) + "\n"
    held = agreement(source)
    mended = mend(held.faults, texts(held), lambda later: held.changed(later).faults)
    after = agreement(mended.texts.get("a.md", source)).faults
    assert after == mended.left
    assert Counter(map(where, after)) - Counter(map(where, held.faults)) == Counter()
    again = mend(after, {"a.md": mended.texts.get("a.md", source)}, lambda later: held.changed(later).faults)
    assert again.texts == {}


def where(finding: Finding) -> tuple[str, str, int]:
    return finding.code, finding.place.path, finding.place.line
