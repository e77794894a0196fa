"""What the library ships."""

import re
from hashlib import sha256
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from syngraph import library
from syngraph.engine.agreement import Agreement

EXAMPLES = Path(__file__).parents[2] / "examples"
OBJECTS = [name for name in library.names() if not name.startswith("templates/")]


def test_it_ships_clauses_and_templates() -> None:
    assert {"arbitration", "business-day", "fork", "governing-law", "late-payment"} <= set(OBJECTS)
    assert {"templates/page.html.j2", "templates/page.md.j2", "templates/page.txt.j2"} <= set(library.names())


@pytest.mark.parametrize("name", OBJECTS)
def test_an_object_says_what_it_is(name: str) -> None:
    opening, front, body = library.load(name).decode().split("---\n", 2)
    about = YAML(typ="safe").load(front)
    assert opening == ""
    assert about["name"] == name
    assert [key for key in ("title", "version", "summary") if not about.get(key)] == []
    assert body.startswith("\n# ")


@pytest.mark.parametrize("name", OBJECTS)
def test_an_object_uses_every_field_it_has_and_has_every_field_it_uses(name: str) -> None:
    _, front, body = library.load(name).decode().split("---\n", 2)
    fields = set(YAML(typ="safe").load(front).get("fields") or {})
    assert fields == set(re.findall(r"\{([A-Z][\w.]*)\}", body))


def test_an_unknown_name_is_told_with_those_there_are() -> None:
    with pytest.raises(library.LibraryError) as caught:
        library.load("../__init__")
    assert caught.value.known == library.names()


def test_the_copies_in_the_examples_are_those_of_the_library() -> None:
    copies = sorted(EXAMPLES.glob("*/forms/*.md"))
    assert copies
    for copy in copies:
        source = library.load(copy.stem)
        line = f"digest: sha256:{sha256(source).hexdigest()}\n"
        text = copy.read_text(encoding="utf-8")
        assert text.count(line) == 1
        assert text.replace(line, "").encode() == source


@pytest.mark.parametrize("name", OBJECTS)
def test_every_sentence_of_an_object_is_read(name: str, tmp_path: Path) -> None:
    path = tmp_path / f"{name}.md"
    path.write_bytes(library.load(name))
    made = Agreement.open(path)
    assert [clause.text.string for clause in made.clauses if not clause.sentence.rules] == []
    assert [f"{mistake.code} {mistake.message}" for clause in made.clauses for mistake in clause.sentence.mistakes] == []
    assert made.document.findings == ()
