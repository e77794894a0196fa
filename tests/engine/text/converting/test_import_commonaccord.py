"""A CommonAccord document as an agreement in our notation: the same words, fields that can still be overridden."""

import contextlib
import lzma
import random
import tarfile
import time
from collections.abc import Mapping
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path

import pytest

from syngraph.engine.text.converting import words
from syngraph.engine.text.converting.commonaccord import ROOT, Conversion, ConversionError, convert
from syngraph.engine.text.converting.pieces import is_inline
from syngraph.engine.text.document import Document
from syngraph.engine.text.notations.commonaccord.expansion import Printer
from syngraph.engine.text.notations.commonaccord.search import Search
from syngraph.engine.text.notations.commonaccord.store import Store
from syngraph.engine.text.resolving.resolve import resolve
from syngraph.engine.text.store import overlay, tree_of

CORPUS = Path(__file__).parents[5] / "shared" / "corpus" / "commonaccord"
SEED = 20261122


def store(files: Mapping[str, str]) -> Store:
    return Store(tree_of({path: content.encode("utf-8", "surrogateescape") for path, content in files.items()}))


def made(files: Mapping[str, str], root: str = "a.md") -> tuple[str, Document]:
    """The root object that an import writes, and what it says."""
    conversion = convert(store(files), root)
    return conversion.files[ROOT].decode(), resolve(tree_of(conversion.files), ROOT)


def said(document: Document) -> str:
    return " ".join(words.of_document(document))


def theirs(conversion: Conversion) -> list[str]:
    """What an import says, with its open names as the store has them."""
    text = said(resolve(tree_of(conversion.files), ROOT))
    for name in conversion.open:
        text = text.replace(f"{{{name}}}", f"{{{conversion.renamed.get(name, name)}}}")
    return text.split()


LEASE = {
    "a.md": (
        "T.=[ada.md]\nr00t=<h1>Lease</h1>{Intro}<ol><li>{1.Sec}<li>{2.Sec}</ol>\nIntro=Between {L.Name} and {T.Name}.\n"
        '1.Sec=<span class="sec-ti">{1.Ti}</span><br>{1.sec}\n1.Ti=Rent\n1.sec={_Tenant} shall pay {Rent} to {L.Name}.\n'
        '2.Sec=<span class="sec-ti">Term</span><br>{_Tenant} may leave after {Months}.\n'
        "_Tenant=<b>Tenant</b>\nL.=[bora.md]\n=[terms.md]\n"
    ),
    "ada.md": "Name={First} Quill\nFirst=Ada\n",
    "bora.md": "Name=Bora Wells\n",
    "terms.md": "Rent=EUR 50\n",
}


def test_a_document_becomes_an_agreement() -> None:
    conversion = convert(store(LEASE), "a.md")
    assert {path: content.decode() for path, content in conversion.files.items()} == {
        "syngraph.yaml": "syngraph: 1\ntitle: Lease\nbranch: main\nroot: agreement.md\ncalendar: {zone: UTC}\n",
        "agreement.md": (
            "---\ntitle: Lease\nsource: CommonAccord\npath: a.md\ninclude:\n  - {object: objects/ada.md, as: T.}\n"
            "  - {object: objects/bora.md, as: L.}\n  - objects/terms.md\nfields:\n  term.Tenant: '**Tenant**'\n---\n\n"
            "**Lease**\n\nBetween {L.Name} and {T.Name}.\n\n# Rent {#rent}\n\n{term.Tenant} shall pay {Rent} to {L.Name}.\n\n"
            "# Term {#term}\n\n{term.Tenant} may leave after {Months}.\n"
        ),
        "objects/ada.md": "---\nsource: CommonAccord\npath: ada.md\nfields:\n  Name: '{First} Quill'\n  First: Ada\n---\n",
        "objects/bora.md": "---\nsource: CommonAccord\npath: bora.md\nfields:\n  Name: Bora Wells\n---\n",
        "objects/terms.md": "---\nsource: CommonAccord\npath: terms.md\nfields:\n  Rent: EUR 50\n---\n",
    }
    assert (conversion.objects, conversion.fields, conversion.written_out, conversion.open) == (4, 5, 0, ("Months",))


def test_a_field_can_still_be_overridden() -> None:
    files = convert(store(LEASE), "a.md").files
    tree = overlay(tree_of(files), {ROOT: files[ROOT].replace(b"fields:\n", b"fields:\n  T.First: Cem\n  Rent: EUR 70\n")})
    assert "Between Bora Wells and Cem Quill. Rent Tenant shall pay EUR 70" in said(resolve(tree, ROOT))


CASES = {
    "empty and 0 bind nothing": ({"a.md": "r00t=x {A}{B}\nA=\nB=0\n=[b.md]\n", "b.md": "A=1\nB=2\n"}, "x {A}{B}"),
    "own keys before inclusions": ({"a.md": "=[b.md]\nr00t=is {A}, yes {A}\nA=one\n", "b.md": "A=two\n"}, "is one, yes one"),
    "the first inclusion wins": (
        {"a.md": "=[b.md]\n=[c.md]\nr00t=is {A}, yes\n", "b.md": "A=one\n", "c.md": "A=two\n"},
        "is one, yes",
    ),
    "what an inclusion leaves open is the includer's": (
        {"a.md": "P.=[b.md]\nr00t=is {P.X} it {P.X}\nY=ours\n", "b.md": "X=a {Y} b\n"},
        "is a ours b it a ours b",
    ),
    "the root overrides under the prefix": (
        {"a.md": "P.=[b.md]\nr00t=is {P.X} it\nP.Y=ours\n", "b.md": "X=a {Y} b\nY=theirs\n"},
        "is a ours b it",
    ),
    "an object under two prefixes": (
        {"a.md": "P.=[b.md]\nQ.=[b.md]\nr00t=is {P.X} or {Q.X} it\nQ.Y=ours\n", "b.md": "X=a {Y} b\nY=theirs\n"},
        "is a theirs b or a ours b it",
    ),
    "prefixes in prefixes": (
        {"a.md": "P.=[b.md]\nr00t=by {P.Q.N} of {P.N}\n", "b.md": "Q.=[c.md]\nN=Firm\n", "c.md": "N=Ada of {F}\nF=Hill\n"},
        "by Ada of Hill of Firm",
    ),
    "a prefix that is no name": ({"a.md": "A=[b.md]\nr00t=is {Apple} it\n", "b.md": "pple=red\n"}, "is red it"),
    "a name caught on the way": ({"a.md": "r00t=is {P.A}+{Y}\nP.A={Y}\nY=py\n"}, "is py+py"),
    "a computed name": ({"a.md": "r00t=is {{N}.x} {N}\nN=a\na.x=red\n"}, None),
    "names that are no keys of ours": (
        {"a.md": "r00t=is {1.x}, {_T}, {a,b}, {é}, {No. #}\n1.x=one\n_T=two\na,b=three\né=four\nNo. #=five\n"},
        "is one, two, three, four, five",
    ),
    "names that fall together": ({"a.md": "r00t=is {a,b}, {a-b}, {a#b}\na,b=one\na-b=two\na#b=three\n"}, "is one, two, three"),
    "open names that are no keys": ({"a.md": "r00t=is {_T} {1} {a b} {}\n"}, "is {_T} {1} {a b} {}"),
    "a field beside an open name": ({"a.md": "r00t=is {term.T}, {_T} it\n_T=two\n"}, "is {term.T}, two it"),
    "a section beside an open name": ({"a.md": "r00t=<h2>Fees</h2>{fees} are due<h2>B</h2>b\n"}, "Fees {fees} are due B b"),
    "braces of a style": ({"a.md": "r00t=<style>p {x: y}</style>is {x: y}\n"}, "is {x: y}"),
    "a value in an attribute": ({"a.md": 'r00t=is <a href="https://e.org/{A}">{A}</a> it\nA=x\n'}, "is x it"),
    "a tag in a value": ({"a.md": "r00t=is {b}one{/b} it {b}\nb=<b>\n/b=</b>\n"}, "is one it"),
    "blanks around a value": ({"a.md": "r00t=is{A}it{A}\nA=one \n"}, "isone itone"),
    "emphasis around values": ({"a.md": "r00t=is <b>{A}</b>s or <b>({A})</b>, {A}s\nA=<i>x</i>\n"}, "is xs or (x), xs"),
    "what Markdown means": ({"a.md": "r00t=is {A} it, {A}\nA=*a* [b](c) `d` {#e} \\{ &lt;f> | _\n"}, None),
    "the beginnings of lines": ({"a.md": "r00t=1. a<br>- b<br># c<br>(a) d.<br>---<br>> e<br>{A}{A}\nA=+ f\n"}, None),
    "private characters": ({"a.md": "r00t=is \U000f0001 {A} it\nA=one\n"}, "is \U000f0001 one it"),
    "bytes that are not UTF-8": ({"a.md": "r00t=caf\udce9 {A} it\nA=\udc93x\udc94\n"}, "café “x” it"),
    "a long chain of names": (
        {"a.md": "r00t=is {k0}, {k0}\n" + "".join(f"k{n}=x{{k{n + 1}}}\n" for n in range(90)) + "k90=y\n"},
        f"is {'x' * 90}y, {'x' * 90}y",
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_the_words_are_those_of_the_store(name: str) -> None:
    files, expected = CASES[name]
    actual = " ".join(theirs(convert(store(files), "a.md")))
    printed = Printer(Search(store(files))).printed(b"a.md", b"r00t").decode("utf-8", "surrogateescape")
    assert (" ".join(seen(printed).split()) if expected is None else expected) == actual


@pytest.mark.parametrize(
    ("files", "root", "found"),
    [
        ({"a.md": "x=y\n"}, "a.md", "nothing that binds r00t"),
        ({"a.md": "r00t=y\n"}, "b.md", "no such object"),
        ({"a.md": "r00t=" + "word " * 400_000}, "a.md", "a text of 2,000,000 characters"),
        ({"a.md": "r00t=is {A} it\nA={B}\nB={A}\n"}, "a.md", "not whole (SG115): {A} leads back to itself"),
        ({"a.md": "r00t=is {2.N} it\n2.=[b.md]\n", "b.md": "N={N}.2\n"}, "a.md", "not whole (SG115)"),
        ({"a.md": "=[b.md]\nr00t=is {A} it\n", "b.md": "=[a.md]\n"}, "a.md", "not whole (SG104): a.md: the inclusions lead"),
        (
            {"a.md": "r00t=is {A0} it\n" + "".join(f"A{n}={f'{{A{n + 1}}}' * 64}\n" for n in range(5)) + "A5=word\n"},
            "a.md",
            "not whole (SG113)",
        ),
        (
            {"a.md": "r00t=is {A} it\n" + "".join(f"P{n}=[none{n}.md]\n=[none{n}.md]\n" for n in range(1_000))},
            "a.md",
            "1,000 faults, and perhaps more",
        ),
    ],
)
def test_what_cannot_be_brought_over_is_refused(files: Mapping[str, str], root: str, found: str) -> None:
    with pytest.raises(ConversionError) as caught:
        convert(store(files), root)
    assert found in caught.value.found


@pytest.mark.parametrize(
    "files",
    [
        {"a.md": "r00t={A} x\nA={B}\nB={A}\n"},
        {"a.md": "r00t=<a {A}>x\nA={B}\nB={A}\n"},
        {"a.md": "=[b.md]\nr00t=x {A} {P.P.P.A}\n", "b.md": "=[a.md]\nP.=[b.md]\nA={B}{B}\nB=x{C}\n"},
        {"a.md": "r00t=x {k0}\n" + "".join(f"k{n}={{k{n + 1}}}{{k{n + 1}}}\n" for n in range(60)) + "k60=y\n"},
        {"a.md": "r00t=" + "{A} " * 20_000 + "\nA=y\n"},
        {"a.md": "r00t=" + "".join(f"x{{A{n}}} " for n in range(4_000)) + "\n" + "".join(f"A{n}=y\n" for n in range(4_000))},
        {"a.md": "r00t=" + "<ul><li>" * 20_000 + "{A}\nA=y\n"},
        {"a.md": "r00t=" + "{" * 50_000 + "}" * 50_000 + "\n"},
        {"a.md": "r00t=x " + "{A" * 2_000 + "}" * 2_000 + "\nA=y\n"},
        {f"{n}.md" if n else "a.md": f"P.=[{n + 1}.md]\nr00t=x {{{'P.' * 300}A}}\nA=y\n" for n in range(300)},
    ],
)
def test_hostile_stores_end_in_time(files: Mapping[str, str]) -> None:
    begun = time.process_time()
    with contextlib.suppress(ConversionError):
        convert(store(files), "a.md")
    assert time.process_time() - begun < 20


def test_what_is_not_there_is_found() -> None:
    files = {"a.md": "r00t=is {A} and {B} it\nP.=[none.md]\n=[none.md]\n=[http://e.org/x.md]\n"}
    conversion = convert(store(files), "a.md")
    assert [finding.code for finding in conversion.findings] == ["SG103", "SG109"]
    assert [(each.place.path, each.place.line) for each in conversion.findings] == [("a.md", 3), ("a.md", 4)]
    assert conversion.open == ("A", "B")


def test_open_names_can_be_filled_in() -> None:
    files = {"a.md": "r00t=By {_Company}, {Share.#}, {X.$} and {X.%}, {B}; {_Company}\nB=so {_Seller's_Agent} is\n"}
    conversion = convert(store(files), "a.md")
    assert conversion.open == ("term.Company", "Share.number", "X.amount", "X.percent", "term.Sellers_Agent")
    theirs = ["_Company", "Share.#", "X.$", "X.%", "_Seller's_Agent"]
    assert theirs == [conversion.renamed[name] for name in conversion.open]
    missing = [each.message for each in resolve(tree_of(conversion.files), ROOT).findings if each.code == "SG101"]
    assert {f"nothing defines {{{name}}}" for name in conversion.open} == set(missing)
    fields = "".join(f"  {name}: filled\n" for name in conversion.open)
    root = conversion.files[ROOT].decode()
    root = (
        root.replace("fields:\n", f"fields:\n{fields}")
        if "fields:\n" in root
        else root.replace("---\n", f"---\nfields:\n{fields}", 1)
    )
    filled = resolve(tree_of({**conversion.files, ROOT: root.encode()}), ROOT)
    assert said(filled) == "By filled, filled, filled and filled, so filled is; filled"


def test_names_that_are_open_and_bound_stay_apart() -> None:
    conversion = convert(store({"a.md": "r00t=is {_T}, {term.T}, {T T} and {T-T}, {_T}\n_T=two\n"}), "a.md")
    assert conversion.open == ("term.T", "T-T-2", "T-T")
    assert conversion.renamed == {"term.T-2": "_T", "T-T-2": "T T"}


def test_what_is_no_name_stays_and_is_told() -> None:
    text = "is {color: red;} and {!!!} or {say here how many members may come}, {_T}"
    conversion = convert(store({"a.md": f"r00t={text}\n"}), "a.md")
    assert conversion.literal == ("color: red;", "!!!", "say here how many members may come")
    assert conversion.open == ("term.T",)
    assert "\\{!!!\\}" in conversion.files[ROOT].decode()


def test_a_text_that_is_written_out_keeps_its_open_names() -> None:
    conversion = convert(store({"a.md": "r00t=is {{N}.x} {N} {_Co}\nN=a\na.x=red\n"}), "a.md")
    assert conversion.written_out > 0
    assert "term.Co" in conversion.open


TITLES = {
    "its own": ({"a.md": "r00t=<h1>Lease</h1>x<h2>A</h2>y\n"}, "Lease"),
    "a heading of an entry at the top": ({"a.md": 'r00t=<span class="sec-ti">Policy</span><br>x<ol><li>y</ol>\n'}, "Policy"),
    "the first heading": ({"a.md": "r00t=x<h3>Fees</h3>y<h3>Term</h3>z\n"}, "Fees"),
    "no open name": ({"a.md": "r00t=<h2>{Doc.Ti}</h2>y<h2>Term</h2>z\n"}, "Term"),
    "an open name among others": ({"a.md": "r00t=<h2>Lease of {P1.Name}</h2>y<h2>Term</h2>z\n"}, "Term"),
    "an open term among others": ({"a.md": "r00t=<h2>Rights of {_the_Company}</h2>y<h2>Term</h2>z\n"}, "Rights of the Company"),
    "no line with a colon": ({"a.md": "r00t=<b>By and Between:</b><p>x<h2>Parties:</h2>y<h2>Term</h2>z\n"}, "Term"),
    "its path": ({"a.md": "r00t=<b>{_T}</b><p>x\n"}, "a"),
}


@pytest.mark.parametrize("name", TITLES)
def test_what_a_text_is_called(name: str) -> None:
    files, expected = TITLES[name]
    assert convert(store(files), "a.md").title == expected


def test_a_path_is_said_in_words() -> None:
    path = "G/OneNDA-DPA/Demo/0.md"
    assert convert(store({path: "r00t=x\n"}), path).title == "OneNDA-DPA / Demo"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ada", True),
        ("<b>Ada</b> of <a href=x>Hill</a>", True),
        ("<b><i>Ada</b></i>", False),
        ("a<br>b", False),
        ("<li>a", False),
        ('<span class="sec-ti">a</span>', False),
        ("a <b", False),
        ("a < b", False),
        (" ", False),
        ("<b></b>", False),
    ],
)
def test_what_stands_inside_a_line(text: str, expected: bool) -> None:
    assert is_inline(text) is expected


# -- the corpus --------------------------------------------------------------------------------------------------------


class _Seen(HTMLParser):
    """Another way to the words of HTML, to judge the judge."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self.hidden = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.hidden = tag if tag in ("style", "script") else self.hidden
        if tag not in INLINE:
            self.pieces.append(" ")

    def handle_endtag(self, tag: str) -> None:
        self.hidden = "" if tag == self.hidden else self.hidden
        if tag not in INLINE:
            self.pieces.append(" ")

    def handle_data(self, data: str) -> None:
        if not self.hidden:
            self.pieces.append(data)


INLINE = {
    *("b", "strong", "i", "em", "u", "a", "span", "font", "sup", "sub", "small", "img", "del", "lildetect", "nom", "https")
}


def seen(html: str) -> str:
    parser = _Seen()
    parser.feed(html)
    parser.close()
    return "".join(parser.pieces)


@pytest.fixture(scope="module")
def corpus() -> Store:
    archive = CORPUS / "store.tar.xz"
    if not archive.exists():
        pytest.skip(f"{archive} is not there: no import of its documents is tried")
    files: dict[str, bytes] = {}
    with tarfile.open(fileobj=BytesIO(lzma.decompress(archive.read_bytes()))) as packed:
        for member in packed:
            if member.isfile() and "/Doc/" in f"/{member.name}" and (file := packed.extractfile(member)) is not None:
                files[f"/{member.name}".split("/Doc/", 1)[1]] = file.read()
    return Store(tree_of(files))


def test_twenty_documents_of_the_corpus_say_the_same(corpus: Store) -> None:
    rows = [line.split("\t") for line in (CORPUS / "expected.tsv").read_text(encoding="utf-8").splitlines()[1:]]
    paths = [path for path, key, size, *_ in rows if key == "r00t" and 500 < int(size) < 200_000]
    printer = Printer(Search(corpus))
    for path in random.Random(SEED).sample(paths, 20):
        conversion = convert(corpus, path)
        printed = printer.printed(path.encode(), b"r00t").decode("utf-8", "surrogateescape")
        assert words.difference(words.split(seen(printed)), theirs(conversion)) is None, path
        assert conversion.words == len(words.split(seen(printed)))
