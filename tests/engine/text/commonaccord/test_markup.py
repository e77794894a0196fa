"""A key of a CommonAccord object as a document with places."""

from syngraph.engine.text.converting import words
from syngraph.engine.text.notations.commonaccord.markup import document
from syngraph.engine.text.notations.commonaccord.store import Store
from syngraph.engine.text.store import tree_of

FILES = {
    "a.md": (
        "r00t=<center><h4>{Title}</h4></center><ol><li>{1.Sec}<li>{2.Sec}</ol>\nTitle=Lease of {Room}\n1.=[rent.md]\n"
        '2.Sec=<span class="sec-ti">Leaving</span><br>Any time.\nTenant=<b>Ada Quill</b>\n'
    ),
    "rent.md": 'Sec=<span class="sec-ti">Rent</span><br>{Tenant} pays {Amount}.\n',
}


def test_an_object_becomes_a_document() -> None:
    made = document(Store(tree_of({path: content.encode() for path, content in FILES.items()})), "a.md")
    assert (made.title, made.closure) == ("Lease of {Room}", ("a.md", "rent.md"))
    assert [(section.number, section.id, section.heading.string) for section in made.walk()] == [
        ("", "", ""),
        ("1", "rent", "Rent"),
        ("2", "leaving", "Leaving"),
    ]
    assert " ".join(words.of_document(made)) == "Lease of {Room} Rent Ada Quill pays {Amount}. Leaving Any time."
    assert sorted(made.fields) == ["1.Sec", "2.Sec", "Tenant", "Title"]


def test_every_word_and_every_open_name_has_its_place() -> None:
    made = document(Store(tree_of({path: content.encode() for path, content in FILES.items()})), "a.md")
    rent = made.sections[1]
    assert (str(rent.place), str(rent.place.chain[0])) == ("rent.md:1:26", "a.md:1:47")
    opened = [(finding.code, str(finding.place)) for finding in made.findings]
    assert opened == [("SG101", "a.md:2:16"), ("SG101", "rent.md:1:55")]


def test_a_key_that_nothing_binds_is_an_empty_document() -> None:
    made = document(Store(tree_of({"a.md": b"x=y\n"})), "a.md")
    assert (made.sections, made.fields, made.title) == ((), {}, "a.md")
