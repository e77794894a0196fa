"""From objects to a document: what comes in, what is overridden, what names mean, and what is wrong."""

from collections.abc import Mapping
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from syngraph.engine.text.document import Document, Paragraph, Section
from syngraph.engine.text.errors import TextError
from syngraph.engine.text.provenance import Place, Text
from syngraph.engine.text.resolving.resolve import Holder, resolve
from syngraph.engine.text.store import tree_of


def document(files: Mapping[str, str], holders: Mapping[str, tuple[Holder, ...]] | None = None) -> Document:
    return resolve(tree_of({path: content.encode() for path, content in files.items()}), "a.md", holders)


def front(include: str = "", fields: str = "", body: str = "", omit: str = "") -> str:
    """An object with inclusions and fields in flow style."""
    return f"---\ninclude: [{include}]\nfields: {{{fields}}}\nomit: [{omit}]\n---\n{body}"


def body(section: Section) -> str:
    return " ".join(block.text.string for block in section.blocks if isinstance(block, Paragraph))


def text(made: Document) -> str:
    return " ".join(body(section) for section in made.walk())


def outline(made: Document) -> list[str]:
    return [f"{section.number} {section.id}".strip() for section in made.walk()]


def faults(made: Document) -> list[str]:
    return [f"{finding.place} {finding.code}" for finding in made.findings]


# -- names -------------------------------------------------------------------------------------------------------------

NAMES: dict[str, tuple[dict[str, str], str]] = {
    "own": ({"a.md": front(fields="K: own", body="{K}")}, "own"),
    "empty value is a value": ({"a.md": front("b.md", "K: ''", "<{K}>"), "b.md": front(fields="K: b")}, "<>"),
    "escaped": ({"a.md": front(fields="K: x", body="\\{K\\} {K}")}, "{K} x"),
    "escaped escape": ({"a.md": front(fields="K: x", body="\\\\{K}")}, "\\\\x"),
    "included": ({"a.md": front("b.md", body="{K}"), "b.md": front(fields="K: b")}, "b"),
    "own before included": ({"a.md": front("b.md", "K: own", "{K}"), "b.md": front(fields="K: b")}, "own"),
    "first inclusion wins": (
        {"a.md": front("b.md, c.md", body="{K}"), "b.md": front(fields="K: b"), "c.md": front(fields="K: c")},
        "b",
    ),
    "depth before breadth": (
        {
            "a.md": front("b.md, c.md", body="{K}"),
            "b.md": front("d.md"),
            "c.md": front(fields="K: c"),
            "d.md": front(fields="K: d"),
        },
        "d",
    ),
    "an object means its own": (
        {"a.md": front("b.md, c.md"), "b.md": front(fields="K: b"), "c.md": front(fields="K: c", body="{K}")},
        "c",
    ),
    "the root overrides": ({"a.md": front("b.md", "K: root"), "b.md": front(fields="K: b", body="{K}")}, "root"),
    "the root overrides one nearer to it": (
        {"a.md": front("b.md", "K: root"), "b.md": front("c.md", "K: b"), "c.md": front(fields="K: c", body="{K}")},
        "root",
    ),
    "one between overrides": (
        {"a.md": front("b.md"), "b.md": front("c.md", "K: b"), "c.md": front(fields="K: c", body="{K}")},
        "b",
    ),
    "an open name is closed from around": ({"a.md": front("b.md", "K: root"), "b.md": front(body="{K}")}, "root"),
    "an open name is closed by a sister": (
        {"a.md": front("b.md, c.md"), "b.md": front(body="{K}"), "c.md": front(fields="K: c")},
        "c",
    ),
    "prefix": ({"a.md": front("{object: b.md, as: P.}", body="{P.K}"), "b.md": front(fields="K: b")}, "b"),
    "prefix without its point": ({"a.md": front("{object: b.md, as: P}", body="{P.K}"), "b.md": front(fields="K: b")}, "b"),
    "prefix of a prefix": (
        {
            "a.md": front("{object: b.md, as: P.}", body="{P.Q.K}"),
            "b.md": front("{object: c.md, as: Q.}"),
            "c.md": front(fields="K: c"),
        },
        "c",
    ),
    "override under the full prefix": (
        {"a.md": front("{object: b.md, as: P.}", "P.K: root"), "b.md": front(fields="K: b", body="{K}")},
        "root",
    ),
    "a bare name does not override under a prefix": (
        {"a.md": front("{object: b.md, as: P.}", "K: root", "{K}"), "b.md": front(fields="K: b", body="{K}")},
        "root b",
    ),
    "a value means what it means where it was written": (
        {
            "a.md": front("{object: b.md, as: P.}", "Name: root", "{P.Greeting}"),
            "b.md": front(fields="Name: Ada, Greeting: 'Hi {Name}'"),
        },
        "Hi Ada",
    ),
    "a value with an overridden name": (
        {"a.md": front("b.md", "Name: Bora", "{Greeting}"), "b.md": front(fields="Name: Ada, Greeting: 'Hi {Name}'")},
        "Hi Bora",
    ),
    "two under two prefixes": (
        {
            "a.md": front("{object: p.md, as: One.}, {object: p.md, as: Two.}", "Two.Name: Bora", "{One.Hi}, {Two.Hi}"),
            "p.md": front(fields="Name: Ada, Hi: 'Hi {Name}'"),
        },
        "Hi Ada, Hi Bora",
    ),
    "a section is a binding": ({"a.md": "{s}\n# S {#s}\nsaid twice\n"}, "said twice said twice"),
    "preformatted text is left alone": ({"a.md": front(fields="K: x", body="{K}\n\n```\n{K}\n```\n")}, "x"),
}


@pytest.mark.parametrize("name", NAMES)
def test_what_a_name_means(name: str) -> None:
    files, expected = NAMES[name]
    assert text(document(files)) == expected


def test_the_title_is_filled_in_and_may_come_from_a_form() -> None:
    assert document({"a.md": "---\ntitle: Bylaws of {T}\nfields: {T: Lisbon}\n---\n"}).title == "Bylaws of Lisbon"
    assert document({"a.md": front("b.md"), "b.md": "---\ntitle: Lease\n---\n"}).title == "Lease"
    assert document({"a.md": "x"}).title == "a"


def test_fields_are_those_that_the_root_sees() -> None:
    made = document({"a.md": front("{object: b.md, as: P.}", "P.K: root"), "b.md": front(fields="K: b, L: '{K}!'")})
    assert {key: value.string for key, value in made.fields.items()} == {"P.K": "root", "P.L": "root!"}
    assert made.closure == ("a.md", "b.md")


# -- sections ----------------------------------------------------------------------------------------------------------

FORM = "# One {#one}\n1\n## Sub {#sub}\ns\n# Two {#two}\n2\n# Three {#three}\n3\n"

SECTIONS: dict[str, tuple[dict[str, str], list[str]]] = {
    "included first": (
        {"a.md": front("b.md", body="# New {#new}\nn\n"), "b.md": FORM},
        ["1 one", "1.1 sub", "2 two", "3 three", "4 new"],
    ),
    "replaced in place": (
        {"a.md": front("b.md", body="# Zwei {#two}\nzwei\n"), "b.md": FORM},
        ["1 one", "1.1 sub", "2 two", "3 three"],
    ),
    "replaced deep": (
        {"a.md": front("b.md", body="# Sub {#sub}\nmine\n"), "b.md": FORM},
        ["1 one", "1.1 sub", "2 two", "3 three"],
    ),
    "children join": (
        {"a.md": front("b.md", body="# Eins {#one}\n## More {#more}\n"), "b.md": FORM},
        ["1 one", "1.1 sub", "1.2 more", "2 two", "3 three"],
    ),
    "after": (
        {"a.md": front("b.md", body="# N {#n after=one}\n# M {#m after=one}\n"), "b.md": FORM},
        ["1 one", "1.1 sub", "2 n", "3 m", "4 two", "5 three"],
    ),
    "before": (
        {"a.md": front("b.md", body="# N {#n before=two}\n# M {#m before=two}\n"), "b.md": FORM},
        ["1 one", "1.1 sub", "2 n", "3 m", "4 two", "5 three"],
    ),
    "after a deeper one": (
        {"a.md": front("b.md", body="# N {#n after=sub}\n## M {#m}\n"), "b.md": FORM},
        ["1 one", "1.1 sub", "1.2 n", "1.2.1 m", "2 two", "3 three"],
    ),
    "after one that moves": (
        {"a.md": front("b.md", body="# N {#n after=m}\n# M {#m after=one}\n"), "b.md": FORM},
        ["1 one", "1.1 sub", "2 m", "3 n", "4 two", "5 three"],
    ),
    "an inherited one moves": (
        {"a.md": front("b.md", body="# Drei {#three before=one}\n"), "b.md": FORM},
        ["1 three", "2 one", "2.1 sub", "3 two"],
    ),
    "left out": ({"a.md": front("b.md", omit="one, three"), "b.md": FORM}, ["1 two"]),
    "left out and written anew": (
        {"a.md": front("b.md", body="# N {#one}\n", omit="one"), "b.md": FORM},
        ["1 two", "2 three", "3 one"],
    ),
    "an inclusion after": (
        {"a.md": front("{object: b.md, after: x}", body="# X {#x}\n# Y {#y}\n"), "b.md": FORM},
        ["1 x", "2 one", "2.1 sub", "3 two", "4 three", "5 y"],
    ),
    "two inclusions after the same": (
        {
            "a.md": front("{object: b.md, after: x}, {object: c.md, after: x}", body="# X {#x}\n# Y {#y}\n"),
            "b.md": "# B {#b}\n",
            "c.md": "# C {#c}\n",
        },
        ["1 x", "2 b", "3 c", "4 y"],
    ),
    "prefix": ({"a.md": front("{object: b.md, as: P.}"), "b.md": FORM}, ["1 P.one", "1.1 P.sub", "2 P.two", "3 P.three"]),
    "override under a prefix": (
        {"a.md": front("{object: b.md, as: P.}", body="# Z {#P.two}\nz\n"), "b.md": FORM},
        ["1 P.one", "1.1 P.sub", "2 P.two", "3 P.three"],
    ),
    "when bound": ({"a.md": front(fields="K: yes", body="# A {#a when=K}\n")}, ["1 a"]),
    "when empty": ({"a.md": front(fields="K: ''", body="# A {#a when=K}\n# B {#b}\n")}, ["1 b"]),
    "when no": ({"a.md": front(fields="K: No", body="# A {#a when=K}\n## C {#c}\n# B {#b}\n")}, ["1 b"]),
    "when unbound": ({"a.md": "# A {#a when=K}\n# B {#b}\n"}, ["1 b"]),
    "when of an included object": (
        {"a.md": front("b.md", "K: no"), "b.md": front(fields="K: yes", body="# A {#a when=K}\n# B {#b}\n")},
        ["1 b"],
    ),
    "text before the first heading comes first": (
        {"a.md": front("b.md", body="# N {#n}\n"), "b.md": "intro\n# B {#b}\n"},
        ["", "1 b", "2 n"],
    ),
    "text before the first heading under a prefix": ({"a.md": front("{object: b.md, as: P.}"), "b.md": "intro\n"}, ["P"]),
    "the same object twice": (
        {"a.md": front("b.md, c.md"), "b.md": front("d.md"), "c.md": front("d.md"), "d.md": FORM},
        ["1 one", "1.1 sub", "2 two", "3 three"],
    ),
}


@pytest.mark.parametrize("name", SECTIONS)
def test_where_sections_stand(name: str) -> None:
    files, expected = SECTIONS[name]
    made = document(files)
    assert outline(made) == expected
    assert [finding.code for finding in made.findings if finding.code not in ("SG102",)] == []


def test_a_replaced_section_has_the_text_and_the_place_of_the_new_one() -> None:
    made = document({"a.md": front("b.md", body="# Zwei {#two}\nzwei\n"), "b.md": FORM})
    two = next(section for section in made.walk() if section.id == "two")
    assert (two.heading.string, body(two), str(two.place)) == ("Zwei", "zwei", "a.md:6:1")


def test_links_under_a_prefix_lead_to_the_section_under_it() -> None:
    made = document({"a.md": front("{object: b.md, as: P.}"), "b.md": "# A {#a}\nsee [](#a) and [](#else)\n"})
    assert text(made) == "see [](#P.a) and [](#else)"


def test_a_section_is_repeated_for_every_holder_of_a_role() -> None:
    held = tuple(
        Holder(id_, (("Name", Text(name, ((0, Place("register.yaml", 1, 1)),))),))
        for id_, name in (("ada", "Ada"), ("bo", "Bo"))
    )
    files = {"a.md": "# Of {Member.Name} {#of each=Member}\nHere is {Member.Name}.\n## More {#more}\n{Member.Name}!\n"}
    made = document(files, {"Member": held})
    assert outline(made) == ["1 of.ada", "1.1 more.ada", "2 of.bo", "2.1 more.bo"]
    assert text(made) == "Here is Ada. Ada! Here is Bo. Bo!"
    assert faults(document(files, {"Members": held}))[0] == "a.md:1:30 SG112"


def test_prose_is_inherited() -> None:
    made = document({"a.md": "# A {#a .prose}\n## B {#b}\n# C {#c}\n"})
    assert [section.prose for section in made.walk()] == [True, True, False]


# -- faults ------------------------------------------------------------------------------------------------------------

FAULTS: dict[str, tuple[dict[str, str], list[str]]] = {
    "undefined key": ({"a.md": "Pay {Dues}.\n"}, ["a.md:1:5 SG101"]),
    "undefined key in an included object": ({"a.md": front("b.md"), "b.md": "Pay {Dues}.\n"}, ["b.md:1:5 SG101"]),
    "undefined key in a value": ({"a.md": front(fields="A: '{B}'", body="{A}")}, ["a.md:3:14 SG101"]),
    "unused field": ({"a.md": front(fields="A: x")}, ["a.md:3:10 SG102"]),
    "missing object": ({"a.md": front("b.md")}, ["a.md:2:11 SG103"]),
    "missing object further in": ({"a.md": front("b.md"), "b.md": front("c.md")}, ["b.md:2:11 SG103"]),
    "includes itself": ({"a.md": front("a.md")}, ["a.md:2:11 SG104"]),
    "cycle": ({"a.md": front("b.md"), "b.md": front("c.md"), "c.md": front("a.md")}, ["c.md:2:11 SG104"]),
    "cycle under a prefix": ({"a.md": front("{object: a.md, as: P.}")}, ["a.md:2:20 SG104"]),
    "after nothing": ({"a.md": "# A {#a after=b}\n"}, ["a.md:1:15 SG106"]),
    "after itself": ({"a.md": "# A {#a after=a}\n"}, ["a.md:1:15 SG106"]),
    "after one below": ({"a.md": "# A {#a after=b}\n## B {#b}\n"}, ["a.md:1:15 SG106"]),
    "after one another": ({"a.md": "# A {#a after=b}\n# B {#b after=a}\n"}, ["a.md:1:15 SG106", "a.md:2:15 SG106"]),
    "omit nothing": ({"a.md": front(omit="x")}, ["a.md:4:8 SG106"]),
    "omit own": ({"a.md": front(omit="x", body="# X {#x}\n")}, ["a.md:4:8 SG106"]),
    "inclusion after nothing": ({"a.md": front("{object: b.md, after: x}"), "b.md": "# B {#b}\n"}, ["a.md:2:33 SG106"]),
    "outside": ({"a.md": front("../b.md")}, ["a.md:2:11 SG109"]),
    "absolute": ({"a.md": front("/etc/passwd")}, ["a.md:2:11 SG109"]),
    "not plain": ({"a.md": front("./b.md")}, ["a.md:2:11 SG109"]),
    "open brace": ({"a.md": "{a\n"}, ["a.md:1:1 SG110"]),
    "closing brace": ({"a.md": "a}\n"}, ["a.md:1:2 SG110"]),
    "no name in braces": ({"a.md": "{two words} {}\n"}, ["a.md:1:1 SG110", "a.md:1:13 SG110"]),
    "hidden section": ({"a.md": front("b.md, c.md"), "b.md": "# X {#x}\n", "c.md": "# X {#x}\n"}, ["c.md:1:1 SG111"]),
    "hidden text": ({"a.md": front("b.md, c.md"), "b.md": "x", "c.md": "y"}, ["c.md:1:1 SG111"]),
    "each of nobody": ({"a.md": "# A {#a each=Member}\n"}, ["a.md:1:14 SG112"]),
    "field in itself": ({"a.md": front(fields="A: '{A}'", body="{A}")}, ["a.md:3:14 SG115"]),
    "field in a circle": ({"a.md": front(fields="A: '{B}', B: '{A}'", body="{A}")}, ["a.md:3:24 SG115"]),
    "section in itself": ({"a.md": "# A {#a}\nsee {a}\n"}, ["a.md:2:5 SG115"]),
    "front matter of an included object": ({"a.md": front("b.md"), "b.md": "---\n- x\n---\n"}, ["b.md:2:1 SG100"]),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_found_where_it_was_written(name: str) -> None:
    files, expected = FAULTS[name]
    made = document(files)
    assert faults(made) == expected
    assert all(finding.message and finding.help for finding in made.findings)


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"\x89PNG\0", "binary"), (b"\xff\xfe", "0xff"), (b"x" * 2_000_001, "2,000,001 characters")],
)
def test_an_included_object_that_is_no_text(content: bytes, words: str) -> None:
    made = resolve(tree_of({"a.md": front("b.md").encode(), "b.md": content}), "a.md")
    assert faults(made) == ["a.md:2:11 SG100"]
    assert words in made.findings[0].message


@pytest.mark.parametrize("content", [b"\x89PNG\0", b"\xff\xfe", b"x" * 2_000_001, None])
def test_a_root_that_cannot_be_read_stops_us(content: bytes | None) -> None:
    with pytest.raises(TextError):
        resolve(tree_of({} if content is None else {"a.md": content}), "a.md")


def test_help_names_what_was_meant() -> None:
    made = document({"a.md": front("form/b.md", "Dues: x", "{Due} {Dues}"), "forms/b.md": ""})
    assert [finding.help for finding in made.findings] == [
        "did you mean forms/b.md? Paths count from the top of the agreement",
        "did you mean {Dues}?",
    ]


def test_a_finding_tells_the_chain_of_inclusions() -> None:
    made = document({"a.md": front("b.md"), "b.md": front("c.md"), "c.md": "{X}\n"})
    assert [str(place) for place in made.findings[0].place.chain] == ["a.md:2:11", "b.md:2:11"]


def test_a_value_tells_the_chain_of_names() -> None:
    made = document({"a.md": front(fields="A: 'x{B}', B: y", body="\n{A}\n")})
    block = made.sections[0].blocks[0]
    assert isinstance(block, Paragraph)
    place = block.text.place(1)
    assert (str(place), [str(step) for step in place.chain]) == ("a.md:3:24", ["a.md:7:1", "a.md:3:15"])


# -- bounds ------------------------------------------------------------------------------------------------------------


def test_inclusions_that_double_are_bounded() -> None:
    files = {f"{n}.md": front(f"{{object: {n + 1}.md, as: A.}}, {{object: {n + 1}.md, as: B.}}", body="x") for n in range(30)}
    made = document({"a.md": front("0.md"), **files, "30.md": "end"})
    assert "SG113" in {finding.code for finding in made.findings}


def test_inclusions_that_go_deep_are_bounded() -> None:
    files = {f"{n}.md": front(f"{n + 1}.md", body=f"# S {{#s{n}}}\n") for n in range(2_000)}
    made = document({"a.md": front("0.md"), **files, "2000.md": "end"})
    assert [finding.code for finding in made.findings] == ["SG113"]


def test_values_that_double_are_bounded() -> None:
    keys = [f"K{n}" for n in range(40)]
    fields = ", ".join(f"{key}: '{{{after}}}{{{after}}}'" for key, after in pairwise(keys))
    made = document({"a.md": front(fields=f"{fields}, K39: 0123456789", body="{K0}")})
    assert "SG113" in {finding.code for finding in made.findings}


def test_values_that_go_deep_are_bounded() -> None:
    fields = ", ".join(f"K{n}: '{{K{n + 1}}}'" for n in range(3_000))
    made = document({"a.md": front(fields=f"{fields}, K3000: x", body="{K0}")})
    assert {finding.code for finding in made.findings} == {"SG113"}


def test_sections_that_go_deep_are_bounded() -> None:
    files = {f"{n}.md": front(f"{n + 1}.md", body=f"# S {{#s{n + 1}}}\n## T {{#s{n}}}\n") for n in range(39)}
    made = document({"a.md": front("0.md"), **files, "39.md": "# End {#s39}\n"})
    assert max(section.level for section in made.walk()) <= 25
    assert "SG113" in {finding.code for finding in made.findings}


def test_a_large_document_takes_linear_time() -> None:
    many = "".join(f"# S{n} {{#s{n} {'after=s0' if n % 7 == 6 else ''}}}\nPay {{K}} under [](#s{n}).\n" for n in range(2_000))
    made = document({"a.md": front(fields="K: x", body=many)})
    assert len(list(made.walk())) == 2_000


# -- laws --------------------------------------------------------------------------------------------------------------

KEYS = st.sampled_from(["A", "B", "C.D", "P.A"])
VALUES = st.sampled_from(["x", "y {A}", "{B}", "é {C.D} \\{", "", "{P.A}"])
BODIES = st.lists(
    st.sampled_from(
        [
            "# One {#one}",
            "## Two {#two}",
            "text {A} and {B}",
            "(a) {C.D};",
            "- {P.A}",
            "\\{A\\}",
            "",
            "| {A} | b |",
            "|---|---|",
        ]
    ),
    max_size=8,
)


@st.composite
def stores(draw: st.DrawFn) -> dict[str, str]:
    """A few objects that include one another downwards, with and without prefixes."""
    files: dict[str, str] = {}
    names = ["a.md", "b.md", "c.md", "d.md"]
    for number, name in enumerate(names):
        below = draw(st.lists(st.sampled_from(names[number + 1 :]), max_size=2)) if number < 3 else []
        prefixes = [draw(st.sampled_from(["", "P.", "Q."])) for _ in below]
        include = ", ".join(
            f"{{object: {path}{f', as: {prefix}' if prefix else ''}}}" for path, prefix in zip(below, prefixes, strict=True)
        )
        fields = draw(st.dictionaries(KEYS, VALUES, max_size=3))
        files[name] = front(include, ", ".join(f"{key}: '{value}'" for key, value in fields.items()), "\n".join(draw(BODIES)))
    return files


def every_text(made: Document) -> list[Text]:
    from syngraph.engine.text.resolving.lookup import texts_of

    return [text for section in made.walk() for text in (section.heading, *texts_of(section.blocks))] + list(
        made.fields.values()
    )


@settings(deadline=None)
@given(stores())
def test_every_character_is_the_one_that_stands_at_its_place(files: dict[str, str]) -> None:
    for made in every_text(document(files)):
        for offset, character in enumerate(made.string):
            place = made.place(offset)
            line = files[place.path].split("\n")[place.line - 1]
            here = line[place.column - 1 : place.column]
            assert here == character or (character == " " and here == "")
            for step in place.chain:
                assert files[step.path].split("\n")[step.line - 1][step.column - 1 :][:1] in ("{", "b", "c", "d")


def says(files: dict[str, str], root: str, key: str) -> str | None:
    made = resolve(tree_of({path: content.encode() for path, content in files.items()}), root).fields.get(key)
    return made.string if made is not None else None


@settings(deadline=None)
@given(stores())
def test_a_prefix_changes_names_and_nothing_else(files: dict[str, str]) -> None:
    """What `K` is in an object, `X.K` is in one that only includes it as `X.`."""
    files = {**files, "root.md": front("{object: b.md, as: X.}")}
    alone = resolve(tree_of({path: content.encode() for path, content in files.items()}), "b.md")
    within = resolve(tree_of({path: content.encode() for path, content in files.items()}), "root.md")
    assert {f"X.{key}": value.string for key, value in alone.fields.items()} == {
        key: value.string for key, value in within.fields.items()
    }
    expected = [f"X.{section.id}" if section.id else "X" for section in alone.walk()]
    assert [section.id for section in within.walk()] == expected


@settings(deadline=None)
@given(stores(), KEYS)
def test_what_the_root_says_wins_everywhere(files: dict[str, str], key: str) -> None:
    files = {**files, "root.md": front("a.md", f"{key}: ROOT")}
    assert says(files, "root.md", key) == "ROOT"


@settings(deadline=None)
@given(stores())
def test_an_object_that_only_includes_another_is_the_same(files: dict[str, str]) -> None:
    files = {**files, "root.md": front("a.md")}
    alone = resolve(tree_of({path: content.encode() for path, content in files.items()}), "a.md")
    within = resolve(tree_of({path: content.encode() for path, content in files.items()}), "root.md")
    assert text(within) == text(alone)
    assert outline(within) == outline(alone)
    assert {key: value.string for key, value in within.fields.items()} == {
        key: value.string for key, value in alone.fields.items()
    }
