"""Copies of objects of other repositories: what they say of where they are from, and what they do not change."""

import subprocess
from collections.abc import Callable, Mapping
from hashlib import sha256
from pathlib import Path

import pygit2
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from syngraph import library
from syngraph.engine.text.document import Document, Section
from syngraph.engine.text.errors import TextError
from syngraph.engine.text.notations import markdown
from syngraph.engine.text.resolving.resolve import resolve
from syngraph.engine.text.store import tree_of
from syngraph.engine.text.store.lent import Lender, lender, shareable
from syngraph.engine.text.vendoring import (
    Here,
    Standing,
    There,
    VendoringError,
    borrowed,
    copied,
    digest,
    drifted,
    lent_source,
    library_source,
    of_library,
    placed,
    stated,
    vendored,
)

ONE = 0o100644
WHO = pygit2.Signature("Ada", "ada@example.org", 1_767_225_600, 0)
SALE = """---
title: Sale
# what is sold
include:
  - forms/tax/vat.md  # the tax
  - {object: 'people/ada.md', as: Seller.}
fields:
  Price: EUR 10  # each
---
# Sale {#sale}

{Seller.Name} sells for {Price}.
"""
STORE = {
    "forms/sale.md": SALE,
    "forms/tax/vat.md": "# Tax {#tax}\n\nThe tax is due.\n",
    "people/ada.md": "---\nfields:\n  Name: Ada\n---\n",
}

Entries = Mapping[str, str | bytes | tuple[int, bytes]]
Lending = Callable[..., Lender]


@pytest.fixture
def lending(tmp_path: Path) -> Lending:
    """Commits files (with their mode, where it is an odd one) to a bare repository, and opens it there."""
    repo = pygit2.init_repository(str(tmp_path / "forms.git"), bare=True)

    def commit(files: Entries) -> Lender:
        top = _written(repo, files)
        parents = [] if repo.head_is_unborn else [repo.head.target]
        repo.create_commit("HEAD", WHO, WHO, "a commit", top, parents)
        return lender(Path(repo.path))

    return commit


def _written(repo: pygit2.Repository, files: Entries) -> pygit2.Oid:
    """A tree object, byte for byte, with whatever names and modes are given."""
    entries: dict[str, tuple[int, pygit2.Oid]] = {}
    below: dict[str, dict[str, str | bytes | tuple[int, bytes]]] = {}
    for path, content in files.items():
        name, slash, rest = path.partition("/")
        if slash:
            below.setdefault(name, {})[rest] = content
        else:
            mode, raw = content if isinstance(content, tuple) else (ONE, content)
            entries[name] = mode, repo.create_blob(raw.encode() if isinstance(raw, str) else raw)
    entries |= {name: (0o40000, _written(repo, inner)) for name, inner in below.items()}
    key = {name: name + "/" if mode == 0o40000 else name for name, (mode, _) in entries.items()}
    raw_tree = b"".join(
        f"{entries[name][0]:o} ".encode() + name.encode("utf-8", "surrogateescape") + b"\0" + entries[name][1].raw
        for name in sorted(entries, key=lambda each: key[each].encode("utf-8", "surrogateescape"))
    )
    return repo.odb.write(pygit2.enums.ObjectType.TREE, raw_tree)


def taken(lent: Lender, path: str, into: str = "forms", name: str = "", source: str = "../forms") -> dict[str, bytes]:
    return {copy.path: copy.content for copy in borrowed(lent, path, source, into, name)}


def words(document: Document) -> list[object]:
    def section(each: Section) -> object:
        return each.id, each.heading.string, each.number, repr([_plain(b) for b in each.blocks]), [*map(section, each.children)]

    return [document.title, {key: text.string for key, text in document.fields.items()}, [*map(section, document.sections)]]


def _plain(block: object) -> str:
    return str(getattr(block, "text", block)) if hasattr(block, "text") else type(block).__name__


# -- what a copy says --------------------------------------------------------------------------------------------------


def test_a_copy_says_where_it_is_from(lending: Lending) -> None:
    lent = lending(STORE)
    made = taken(lent, "forms/sale.md")["forms/sale.md"]
    head = made.decode().split("\n")[:6]
    assert head == [
        "---",
        'source: "../forms"',
        f"commit: {lent.commit}",
        "path: forms/sale.md",
        f"original: sha256:{sha256(SALE.encode()).hexdigest()}",
        f"digest: {digest(made)}",
    ]


def test_the_rest_of_a_copy_is_as_it_was_but_for_where_inclusions_lead(lending: Lending) -> None:
    made = taken(lending(STORE), "forms/sale.md", "clauses")["clauses/sale.md"].decode()
    expected = SALE.replace("forms/tax/vat.md", "clauses/tax/vat.md").replace("'people/ada.md'", "clauses/people/ada.md")
    assert made.split("\n")[6:] == expected.split("\n")[1:]


def test_a_digest_is_that_of_the_file_without_its_line(lending: Lending, tmp_path: Path) -> None:
    made = taken(lending(STORE), "forms/sale.md")["forms/sale.md"]
    (tmp_path / "sale.md").write_bytes(made)
    command = "grep -v '^digest: sha256:' sale.md | sha256sum"
    said = subprocess.run(["bash", "-c", command], cwd=tmp_path, capture_output=True, text=True, check=True).stdout
    assert stated(made) == f"sha256:{said.split()[0]}"


@pytest.mark.parametrize("name", [name for name in library.names() if not name.startswith("templates/")])
def test_a_digest_of_the_library_is_that_of_its_clause(name: str) -> None:
    content = library.load(name)
    made = of_library(content)
    assert stated(made) == digest(made) == f"sha256:{sha256(content).hexdigest()}"


def test_an_object_without_front_matter_gets_one(lending: Lending) -> None:
    made = taken(lending(STORE), "forms/tax/vat.md")["forms/vat.md"].decode()
    assert made.split("---\n")[2] == STORE["forms/tax/vat.md"]


def test_the_commit_is_the_whole_id_whatever_name_it_was_given(lending: Lending) -> None:
    first = lending(STORE)
    second = lending({"a.md": "# A\n"})
    lent = lender(second.path, "HEAD~1")
    assert (lent.commit, second.commit != first.commit) == (first.commit, True)


def test_what_is_included_twice_comes_once_and_the_object_last(lending: Lending) -> None:
    lent = lending({"a.md": "---\ninclude: [b.md, c.md]\n---\n", "b.md": "---\ninclude: c.md\n---\n", "c.md": "# C\n"})
    assert sorted(taken(lent, "a.md")) == ["forms/a.md", "forms/b.md", "forms/c.md"]
    assert list(taken(lent, "a.md"))[-1] == "forms/a.md"


def test_paths_count_from_the_agreement_that_an_object_is_in(lending: Lending) -> None:
    lent = lending({"lease/syngraph.yaml": "syngraph: 1\n", **{f"lease/{path}": text for path, text in STORE.items()}})
    copies = borrowed(lent, "lease/forms/sale.md", ".", "forms")
    assert [(copy.whole, copy.path) for copy in copies] == [
        ("lease/people/ada.md", "forms/people/ada.md"),
        ("lease/forms/tax/vat.md", "forms/tax/vat.md"),
        ("lease/forms/sale.md", "forms/sale.md"),
    ]


def test_an_inclusion_that_leads_out_of_its_agreement_is_refused(lending: Lending) -> None:
    lent = lending({"lease/syngraph.yaml": "", "lease/a.md": "---\ninclude: ../secret.md\n---\n", "secret.md": "# Secret\n"})
    with pytest.raises(VendoringError, match="leads out"):
        taken(lent, "lease/a.md")


# -- lineage -----------------------------------------------------------------------------------------------------------


def test_what_was_borrowed_before_keeps_its_lineage(lending: Lending) -> None:
    lent = lending({"a.md": "# A {#a}\n"})
    once = taken(lent, "a.md", source="https://example.org/first.git")["forms/a.md"]
    twice = taken(lending({"forms/a.md": once}), "forms/a.md", source="https://example.org/second.git")["forms/a.md"]
    thrice = taken(lending({"b.md": twice}), "b.md", source="third")["forms/b.md"]
    found = vendored(thrice, "b.md")
    assert found is not None
    assert [found.origin["source"], *(dict(step)["source"] for step in found.earlier)] == [
        "third",
        "https://example.org/second.git",
        "https://example.org/first.git",
    ]
    assert dict(found.earlier[1]) == {
        "source": "https://example.org/first.git",
        "commit": lent.commit,
        "path": "a.md",
        "original": "sha256:" + sha256(b"# A {#a}\n").hexdigest(),
        "digest": stated(once),
    }
    assert markdown.read(thrice.decode(), "b.md").findings == ()


def test_a_clause_of_the_library_keeps_its_name_and_its_lineage(lending: Lending) -> None:
    copy = of_library(library.load("notices"))
    found = vendored(taken(lending({"forms/notices.md": copy}), "forms/notices.md")["forms/notices.md"], "")
    assert found is not None
    assert (found.origin["name"], found.borrowed, found.unchanged) == ("notices", True, True)
    assert [dict(step) for step in found.earlier] == [{"name": "notices", "version": "1.0", "digest": stated(copy)}]


def test_a_step_says_that_the_text_was_changed_there(lending: Lending) -> None:
    copy = of_library(library.load("notices")).replace(b"notice", b"letter")
    found = vendored(taken(lending({"notices.md": copy}), "notices.md")["forms/notices.md"], "")
    assert found is not None
    assert dict(found.earlier[0])["changed"] == "yes"


def test_here_means_the_repository_that_it_was_borrowed_from(lending: Lending) -> None:
    once = taken(lending({"a.md": "# A\n"}), "a.md", source=".")["forms/a.md"]
    found = vendored(taken(lending({"b.md": once}), "b.md", source="https://example.org/x.git")["forms/b.md"], "")
    assert found is not None
    assert dict(found.earlier[0])["source"] == "https://example.org/x.git"


# -- properties --------------------------------------------------------------------------------------------------------

FOLDERS = st.sampled_from(["", "forms/", "forms/tax/", "people/", "é/"])
STEMS = st.sampled_from(["a", "b", "c", "d-e", "über"])
PATHS = st.lists(st.builds(lambda folder, stem: f"{folder}{stem}.md", FOLDERS, STEMS), min_size=1, max_size=6, unique=True)


@st.composite
def stores(draw: st.DrawFn) -> dict[str, str]:
    paths = draw(PATHS)
    files = {}
    for number, path in enumerate(paths):
        lines = ["---"]
        if draw(st.booleans()):
            lines.append(f"title: Object {number}")
        after = paths[number + 1 :]
        chosen = draw(st.lists(st.sampled_from(after), max_size=3, unique=True)) if after else []
        match draw(st.integers(0, 2)) if chosen else None:
            case 0:
                lines.append(f"include: [{', '.join(yaml_word(draw, each) for each in chosen)}]")
            case 1:
                lines += ["include:", *(f"- {yaml_word(draw, each)} # why" for each in chosen)]
            case 2:
                lines += ["include:", *(f"  - {{object: {yaml_word(draw, each)}, as: P{i}.}}" for i, each in enumerate(chosen))]
        lines += ["# a remark", "fields:", f"  Sum{number}: EUR {number}", "---"]
        lines += [f"# Part {number} {{#part{number}}}", "", f"The sum is {{Sum{number}}}."]
        files[path] = "\n".join(lines) + draw(st.sampled_from(["", "\n", "\n\n"]))
    return files


def yaml_word(draw: st.DrawFn, word: str) -> str:
    return draw(st.sampled_from([word, f"'{word}'", f'"{word}"']))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(stores(), st.sampled_from(["forms", "clauses/of others", ""]))
def test_what_is_borrowed_reads_as_at_its_source_without_drift(lending: Lending, files: dict[str, str], into: str) -> None:
    lent = lending(files)
    root = next(iter(files))
    try:
        copies = borrowed(lent, root, "../forms", into)
        there = placed([(copy.path, copy.content) for copy in copies], tree_of({}))
    except VendoringError as error:
        assert "two objects" in error.found
        return
    tree = tree_of({copy.path: copy.content for copy in copies})
    assert {each.standing for each in there} == {Standing.NEW}
    document = resolve(tree, copies[-1].path)
    assert words(document) == words(resolve(lent.tree(), root))
    assert [f for f in document.findings if f.code != "SG102"] == [
        f for f in resolve(lent.tree(), root).findings if f.code != "SG102"
    ]
    assert [(d.here, d.there, d.note) for d in drifted(tree, [lent_source(lent, "../forms")])] == [
        (Here.SAME, There.SAME, "") for _ in copies
    ]


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes_are_copied_truly_or_refused(content: bytes) -> None:
    try:
        made = copied(content, "a.md", "x", "0" * 40, "a.md")
    except TextError:
        return
    found = vendored(made, "a.md")
    assert found is not None
    assert found.unchanged
    body = content.decode() if content.endswith(b"\n") else content.decode() + "\n"
    assert body.startswith("---") or made.decode().endswith(body)


@settings(max_examples=100, deadline=None)
@given(st.text("abc#:-{}[]'\"|>& \n", max_size=60))
def test_any_front_matter_is_kept_or_refused(text: str) -> None:
    try:
        made = copied(f"---\n{text}\n---\n# A\n".encode(), "a.md", "x", "0" * 40, "a.md")
    except TextError:
        return
    before, after = (markdown.read(each, "a.md") for each in (f"---\n{text}\n---\n# A\n", made.decode()))
    assert (str(after.title), len(after.sections)) == (str(before.title), len(before.sections))


# -- drift -------------------------------------------------------------------------------------------------------------


def drift(files: Mapping[str, bytes], lent: Lender) -> list[tuple[str, str, str]]:
    return [(d.copy.path, d.here.value, d.there.value) for d in drifted(tree_of(files), [lent_source(lent, "../forms")])]


def test_a_change_is_told_here_there_and_in_both_places(lending: Lending) -> None:
    copies = taken(lending({"a.md": "# A\n"}), "a.md")
    mine = {"forms/a.md": copies["forms/a.md"] + b"More.\n"}
    assert drift(mine, lending({"a.md": "# A\n"})) == [("forms/a.md", "changed", "same")]
    later = lending({"a.md": "# A\n\nNew.\n"})
    assert drift(copies, later) == [("forms/a.md", "same", "changed")]
    assert drift(mine, later) == [("forms/a.md", "changed", "changed")]
    assert drift(copies, lending({"b.md": "# A\n"})) == [("forms/a.md", "same", "gone")]


def test_without_its_source_a_copy_is_only_held_against_its_digest(lending: Lending) -> None:
    copies = taken(lending({"a.md": "# A\n"}), "a.md")
    found = drifted(tree_of(copies), [])
    assert [(d.here, d.there, d.differs) for d in found] == [(Here.SAME, There.UNKNOWN, False)]
    changed = {"forms/a.md": copies["forms/a.md"] + b"x\n"}
    assert [d.differs for d in drifted(tree_of(changed), [])] == [True]


def test_a_digest_made_anew_for_a_forged_text_is_found_at_the_source(lending: Lending) -> None:
    lent = lending({"a.md": "# A\n\nPay EUR 10.\n"})
    forged = taken(lent, "a.md")["forms/a.md"].replace(b"EUR 10", b"EUR 90")
    forged = forged.replace(stated(forged).encode(), digest(forged).encode())
    assert vendored(forged, "forms/a.md").unchanged  # type: ignore[union-attr]
    assert drift({"forms/a.md": forged}, lent) == [("forms/a.md", "misstated", "same")]


def test_another_clause_in_place_of_an_included_one_is_found(lending: Lending) -> None:
    lent = lending({"a.md": "---\ninclude: b.md\n---\n", "b.md": "# B\n", "c.md": "# C\n"})
    copies = taken(lent, "a.md") | taken(lent, "c.md")
    forged = copies["forms/a.md"].replace(b"forms/b.md", b"forms/c.md")
    forged = forged.replace(stated(forged).encode(), digest(forged).encode())
    assert ("forms/a.md", "misstated", "same") in drift({**copies, "forms/a.md": forged}, lent)


def forged(copy: bytes, old: bytes, new: bytes) -> bytes:
    """A copy with something changed, and its digest made anew."""
    assert old in copy
    made = copy.replace(old, new)
    return made.replace(stated(made).encode(), digest(made).encode())


URL = "https://example.org/forms.git"


@pytest.mark.parametrize(
    ("origin", "own", "source", "expected"),
    [
        ("https://example.org/mine.git", True, URL, There.UNKNOWN),
        ("https://example.org/mine.git", True, "../mine", There.UNKNOWN),
        ("https://example.org/mine.git", True, ".", There.SAME),
        ("https://example.org/mine.git", False, URL, There.UNKNOWN),
        ("https://example.org/mine.git", False, ".", There.UNKNOWN),
        ("https://example.org/mine.git", False, "trusted", There.UNKNOWN),
        ("/srv/forms.git", False, URL, There.UNKNOWN),
        ("/srv/clauses.git", False, "../clauses", There.SAME),
        ("https://example.org/forms", True, URL, There.SAME),
        ("git@Example.org:forms.git", False, URL, There.SAME),
        ("https://example.com/forms.git", False, URL, There.UNKNOWN),
    ],
)
def test_a_commit_vouches_for_no_other_repository(
    origin: str, own: bool, source: str, expected: There, lending: Lending
) -> None:
    lent = lending({"a.md": "# A\n\nPay EUR 90.\n"})
    lent.handle.remotes.create("origin", origin)
    copies = taken(lent, "a.md", source=source)
    (found,) = drifted(tree_of(copies), [lent_source(lent, "mine", own)])
    assert (found.there, "is not its source" in found.note) == (expected, expected is There.UNKNOWN)


@pytest.mark.parametrize(
    ("origin", "source", "here"),
    [
        (URL, URL, Here.MISSTATED),
        ("git@example.org:forms", URL, Here.MISSTATED),
        ("https://example.org/FORMS.git", URL, Here.SAME),
        ("git@github.com:x/forms", "https://github.com/X/Forms.git", Here.MISSTATED),
        ("/srv/clauses.git", "../clauses", Here.SAME),
    ],
)
def test_a_commit_that_its_source_lacks_was_made_up(origin: str, source: str, here: Here, lending: Lending) -> None:
    lent = lending({"a.md": "# A\n\nPay EUR 90.\n"})
    lent.handle.remotes.create("origin", origin)
    (copy,) = taken(lent, "a.md", source=source).values()
    made_up = forged(copy, lent.commit.encode(), b"0" * 40)
    (found,) = drifted(tree_of({"forms/a.md": made_up}), [lent_source(lent, "mine")])
    assert (found.here, found.there, found.differs) == (here, There.UNKNOWN, here is Here.MISSTATED)
    (found,) = drifted(tree_of({"forms/a.md": made_up + b"x"}), [lent_source(lent, "mine")])
    assert (found.here, found.there) == (Here.CHANGED, There.UNKNOWN)


def test_a_shallow_clone_tells_nothing_of_commits_that_it_lacks(lending: Lending) -> None:
    lent = lending({"a.md": "# A\n"})
    lent.handle.remotes.create("origin", URL)
    (copy,) = taken(lent, "a.md", source=URL).values()
    (Path(lent.handle.path) / "shallow").write_text(f"{lent.commit}\n", encoding="utf-8")
    made_up = forged(copy, lent.commit.encode(), b"0" * 40)
    (found,) = drifted(tree_of({"forms/a.md": made_up}), [lent_source(lender(lent.path), "mine")])
    assert (found.differs, "shallow" in found.note) == (False, True)


def test_a_repository_that_is_no_source_is_in_the_way_of_none(lending: Lending, tmp_path: Path) -> None:
    lent = lending({"a.md": "# A\n"})
    copies = taken(lent, "a.md", source="forms")
    found = drifted(tree_of(copies), [lent_source(lent, ".", True), lent_source(lent, "forms")])
    assert [each.there for each in found] == [There.SAME]


def test_an_object_of_ones_own_in_place_of_an_included_one_is_found(lending: Lending) -> None:
    lent = lending({"a.md": "---\ninclude: b.md\n---\n", "b.md": "# B\n"})
    copies = taken(lent, "a.md")
    swapped = forged(copies["forms/a.md"], b"forms/b.md", b"mine.md")
    other = forged(forged(copies["forms/b.md"], b"../forms", b"../other"), b"# B", b"# Evil")
    for files in ({"mine.md": b"# Evil\n"}, {"mine.md": other}, {}):
        found = drift({**copies, "forms/a.md": swapped, **files}, lent)
        assert ("forms/a.md", "misstated", "same") in found


HEAD = ["name: x", 'version: "1.0"']
SUM = "digest: " + digest(b'---\nname: x\nversion: "1.0"\n---\n# X\n')
FRONTS = {
    "an escape": ["---", *HEAD, SUM.replace("digest", '"dig\\x65st"'), "---", "# Y"],
    "a key apart from its value": ["---", *HEAD, "? digest", f":{SUM[7:]}", "---", "# Y"],
    "indented": ["---", *(f" {line}" for line in [*HEAD, SUM]), "---", "# Y"],
    "on one line": ["---", f"{{{', '.join([*HEAD, SUM])}}}", "---", "# Y"],
    "a tag": ["---", *HEAD, f"!!str {SUM}", "---", "# Y"],
    "an anchor": ["---", *HEAD, f"&a {SUM}", "---", "# Y"],
    "carriage returns": ["---", "\r".join([*HEAD, SUM]), "---", "# Y"],
    "carriage returns and line feeds": ["---\r", *(f"{line}\r" for line in [*HEAD, SUM]), "---\r", "# Y"],
    "no digest": ["---", *HEAD, "---", "# Y"],
    "a name only": ["---", "name: x", "---", "# Y"],
    "a capital": ["---", *HEAD, SUM.replace("digest", "Digest"), "---", "# Y"],
    "a mark before it": ["\ufeff---", *HEAD, SUM, "---", "# X"],
    "a digest below": ["---", *HEAD, SUM.replace("digest", "'digest'"), "---", "# Y", SUM],
    "another end": ["---", *HEAD, SUM, "...", "# Y"],
    "zero bytes": ["---", *HEAD, SUM, "---", "# Y\0"],
    "a source only": ["---", "source: x", "---", "# Y"],
    "earlier ones only": ["---", "earlier:", "  - {source: x}", "---", "# Y"],
}


@pytest.mark.parametrize("name", ["forms/x.md", "forms/x.MD", "forms/x.txt", "forms/x"])
@pytest.mark.parametrize("front", FRONTS)
def test_no_way_of_writing_hides_a_copy(front: str, name: str) -> None:
    content = ("\n".join(FRONTS[front]) + "\n").encode()
    shelf = {"x": b'---\nname: x\nversion: "1.0"\n---\n# X\n'}
    assert [each.here for each in drifted(tree_of({name: content}), [library_source(shelf)])] == [Here.CHANGED]


def test_what_is_not_utf_8_hides_no_copy() -> None:
    content = of_library(b'---\nname: x\nversion: "1.0"\n---\n# X\n') + b"\xff\n"
    assert [each.here for each in drifted(tree_of({"x.md": content}), [])] == [Here.CHANGED]


def test_a_clause_of_ones_own_with_a_name_is_no_copy() -> None:
    own = {"a.md": b'---\nname: ours\nversion: "1.0"\n---\n# X\n', "b.md": b"---\ntitle: x\n---\n", "c.md": b"---\n"}
    assert drifted(tree_of(own), [library_source({"x": b"---\nname: x\n---\n"})]) == ()


def test_a_second_line_of_a_digest_hides_nothing(lending: Lending) -> None:
    copies = taken(lending({"a.md": "# A\n"}), "a.md")
    mine = copies["forms/a.md"] + b"digest: sha256:the Buyer shall pay twice\n"
    found = drifted(tree_of({"forms/a.md": mine}), [])
    assert [(d.here, d.differs) for d in found] == [(Here.CHANGED, True)]


def test_another_version_of_the_library_is_told() -> None:
    old = b'---\nname: x\nversion: "1.0"\n---\n# X\n'
    new = old.replace(b"1.0", b"2.0")
    found = drifted(tree_of({"forms/x.md": of_library(old)}), [library_source({"x": new})])
    assert [(d.here, d.there) for d in found] == [(Here.SAME, There.CHANGED)]
    same = drifted(tree_of({"forms/x.md": of_library(old)}), [library_source({"x": old + b"More.\n"})])
    assert [(d.here, d.there) for d in same] == [(Here.MISSTATED, There.CHANGED)]


def test_statements_of_the_record_are_no_copies() -> None:
    assert drifted(tree_of({"record/founding/x.md": b"---\nkind: founding\ndigest: 00\n---\n"}), []) == ()


# -- hostile sources ---------------------------------------------------------------------------------------------------

DEEP = {f"{n}.md": f"---\ninclude: [{n + 1}.md, {n + 1}.md]\n---\n" for n in range(60)} | {"60.md": "# End\n"}
REFUSED: dict[str, tuple[Entries, str, str]] = {
    "a link": ({"a.md": (0o120000, b"/etc/passwd")}, "a.md", "symbolic link"),
    "a link to a folder": ({"forms": (0o120000, b"/etc"), "b.md": "# B\n"}, "forms/passwd.md", "symbolic link"),
    "a submodule": ({"x.md": "# X\n"}, "sub", "no such file"),
    "a path that leads out": (STORE, "../secret.md", "leads out"),
    "an absolute path": (STORE, "/etc/passwd", "absolute"),
    "a folder": (STORE, "forms", "a folder"),
    "a file that is no object": ({"a.yaml": "x: 1\n"}, "a.yaml", "no object"),
    "a statement": ({"record/fact/a.md": "---\nkind: fact\n---\n"}, "record/fact/a.md", "no object"),
    "zero bytes": ({"a.md": b"# A\0\n"}, "a.md", "binary"),
    "what is not UTF-8": ({"a.md": b"# \xff\n"}, "a.md", "not UTF-8"),
    "a carriage return": ({"a.md": b"# A\r\n"}, "a.md", "carriage return"),
    "marks that turn the direction": ({"a.md": "# A\u202e\n"}, "a.md", "direction"),
    "front matter without an end": ({"a.md": "---\ntitle: A\n"}, "a.md", "no end"),
    "front matter that does not read": ({"a.md": "---\ntitle: [\n---\n"}, "a.md", "not read"),
    "front matter on one line": ({"a.md": "---\n{title: A}\n---\n"}, "a.md", "keys do not stand"),
    "an inclusion of nothing": ({"a.md": "---\ninclude: b.md\n---\n"}, "a.md", "is not there"),
    "an inclusion of a link": ({"a.md": "---\ninclude: b.md\n---\n", "b.md": (0o120000, b"c.md")}, "a.md", "symbolic link"),
    "a circle": ({"a.md": "---\ninclude: b.md\n---\n", "b.md": "---\ninclude: a.md\n---\n"}, "a.md", "back to itself"),
    "doubling inclusions": (DEEP, "0.md", "inclusions"),
    "an inclusion written in pieces": ({"a.md": '---\ninclude: "b\\x2emd"\n---\n', "b.md": "# B\n"}, "a.md", "plain word"),
    "a line like that of a digest": ({"a.md": "# A\n\ndigest: sha256:00\n"}, "a.md", "digest: sha256:"),
    "a name with a control character": ({"a\x1b[2J.md": "# A\n"}, "a\x1b[2J.md", "control|not seen|in a name|U\\+001B"),
    "a name that is not UTF-8": ({"a\udcff.md": "# A\n"}, "a\udcff.md", "not UTF-8"),
    "two megabytes of text": ({"a.md": "x" * 2_000_001}, "a.md", "characters"),
    "many megabytes in all": (
        {"a.md": f"---\ninclude: [{', '.join(f'{n}.md' for n in range(12))}]\n---\n"}
        | {f"{n}.md": f"# {n}\n\n" + "x" * 900_000 for n in range(12)},
        "a.md",
        "in all",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_hostile_source_is_refused_in_words(name: str, lending: Lending) -> None:
    files, path, expected = REFUSED[name]
    lent = lending(files)
    with pytest.raises(TextError, match=expected):
        placed([(copy.path, copy.content) for copy in borrowed(lent, path, "x", "forms")], tree_of({}))


def crafted(repo: pygit2.Repository, top: pygit2.Oid) -> Lender:
    """A commit of anything at all."""
    raw = f"tree {top}\nauthor a <a@b> 1 +0000\ncommitter a <a@b> 1 +0000\n\nx\n".encode()
    repo.set_head(repo.odb.write(pygit2.enums.ObjectType.COMMIT, raw))
    return lender(Path(repo.path))


def test_objects_that_are_not_what_their_folder_says_are_refused(lending: Lending) -> None:
    lent = lending({"a.md": "# A\n", "f/a.md": "# B\n"})
    repo = pygit2.Repository(str(lent.path))
    named = {each.name: pygit2.Oid(hex=each.oid) for each in lent.tree().repo.entries(lent.tree().top)}
    blob, folder, commit = named[b"a.md"], named[b"f"], pygit2.Oid(hex=lent.commit)

    def refused(*entries: tuple[bytes, pygit2.Oid], path: str = "a.md") -> str:
        raw = b"".join(head + b"\0" + oid.raw for head, oid in entries)
        made = crafted(repo, repo.odb.write(pygit2.enums.ObjectType.TREE, raw))
        with pytest.raises(TextError) as caught:
            taken(made, path)
        return str(caught.value)

    assert "2 entries with the name a.md" in refused((b"100644 a.md", blob), (b"100644 a.md", commit))
    assert "2 entries with the name f" in refused((b"40000 f", folder), (b"40000 f", folder), path="f/a.md")
    assert f"a commit {lent.commit[:10]}; expected a file" in refused((b"100644 a.md", commit))
    assert "expected a file" in refused((b"100644 a.md", folder))
    assert "expected a folder" in refused((b"40000 f", blob), path="f/a.md")
    with pytest.raises(TextError, match=r"whose tree is a file \w+; expected a commit of a folder"):
        taken(crafted(repo, blob), "a.md")


def test_executables_and_links_beside_an_object_are_in_nobodys_way(lending: Lending) -> None:
    lent = lending({"a.md": "# A\n", "run.sh": (0o100755, b"#!/bin/sh\n"), "l": (0o120000, b"a.md"), "CON\\x": "x"})
    assert list(taken(lent, "a.md")) == ["forms/a.md"]


def test_two_objects_that_would_have_one_place_are_refused(lending: Lending) -> None:
    lent = lending(
        {"f/a.md": "---\ninclude: [f/p/b.md, p/b.md]\n---\n", "f/p/b.md": "# One {#one}\n", "p/b.md": "# Two {#two}\n"}
    )
    with pytest.raises(VendoringError, match="two objects that would both become"):
        placed([(copy.path, copy.content) for copy in borrowed(lent, "f/a.md", "x", "forms")], tree_of({}))


@pytest.mark.parametrize(
    ("there", "into", "expected"),
    [
        ("Forms/x.md", "forms", "in the way"),
        ("forms", "forms", "in the way"),
        ("forms/A.MD", "forms", "in the way"),
        ("x.md", "record", "record"),
        ("x.md", ".git/hooks", ".git"),
        ("x.md", "a:b", "colon"),
    ],
)
def test_a_place_that_is_not_free_is_refused(there: str, into: str, expected: str, lending: Lending) -> None:
    copies = taken(lending({"a.md": "# A\n"}), "a.md", into)
    with pytest.raises(TextError, match=expected):
        placed(list(copies.items()), tree_of({there: b"x\n"}))


def test_too_long_a_lineage_is_refused(lending: Lending) -> None:
    steps = "".join("  - {source: x}\n" for _ in range(101))
    lent = lending({"a.md": f"---\nsource: y\nearlier:\n{steps}---\n# A\n"})
    with pytest.raises(VendoringError, match="borrowed 102 times"):
        taken(lent, "a.md")


# -- repositories ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://example.org/forms.git", True),
        ("https://ada:secret@example.org/forms.git", False),
        ("https://token@example.org/forms.git", False),
        ("https://example.org/forms.git?token=secret", False),
        ("ssh://git@example.org/forms.git", True),
        ("ssh://git:secret@example.org/forms.git", False),
        ("git@example.org:forms.git", True),
        ("/home/ada/forms", False),
        ("../forms", False),
        ("file:///home/ada/forms", False),
        ("https://example.org/\x1b[2J", False),
        ("https://example.org/" + "x" * 3000, False),
    ],
)
def test_a_url_with_credentials_is_not_told(url: str, expected: bool) -> None:
    assert shareable(url) is expected


def test_the_nearest_path_is_told(lending: Lending) -> None:
    with pytest.raises(TextError) as caught:
        lending(STORE).whole("forms/sael.md")
    assert caught.value.help == "did you mean forms/sale.md?"


def test_no_such_repository_and_no_such_commit_are_told(lending: Lending, tmp_path: Path) -> None:
    lent = lending(STORE)
    with pytest.raises(TextError, match="no such folder"):
        lender(tmp_path / "nowhere")
    with pytest.raises(TextError, match="no revision v9"):
        lender(lent.path, "v9")
    with pytest.raises(TextError, match="no revision"):
        lender(lent.path, "HEAD:forms/sale.md")


@pytest.mark.parametrize("commit", ["HEAD", "", "0", "ab", "f" * 40, "x" * 10_000, "../x", "\\0", "HEAD:a.md"])
@pytest.mark.parametrize("path", ["a.md", "../a.md", "/etc/passwd", "", "b/c/d.md", "a.md/b"])
def test_a_copy_that_says_odd_things_of_its_origin_is_told_in_words(commit: str, path: str, lending: Lending) -> None:
    lent = lending({"a.md": "# A\n"})
    said = f'---\nsource: x\ncommit: "{commit}"\npath: "{path}"\ndigest: sha256:00\n---\n# A\n'
    (found,) = drifted(tree_of({"a.md": said.encode()}), [lent_source(lent, "x")])
    assert (found.here, found.there) == (Here.CHANGED, There.UNKNOWN)
