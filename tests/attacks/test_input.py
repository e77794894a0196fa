"""Attacks by input: files that are made to be read for ever, to grow without end, or to reach out of the agreement."""

import time
from pathlib import Path
from typing import Any

import pytest

from syngraph.engine.documents import Limits, TemplateError, render
from syngraph.engine.governance.register import load as load_register
from syngraph.engine.governance.statements import StatementRefused, parse, parse_name
from syngraph.engine.text.hygiene import governed_text
from syngraph.engine.text.manifest import parse as parse_manifest
from syngraph.engine.text.notations import markdown, yaml
from syngraph.engine.text.notations.markdown import MarkdownError
from syngraph.engine.text.notations.yaml import YamlError
from syngraph.engine.text.resolving import inclusion
from syngraph.engine.text.resolving.resolve import resolve
from syngraph.engine.text.store import StoreError, tree_of
from syngraph.grammar.parse import read

Village = Any

LAUGHS = "a: &a [lol, lol, lol]\n" + "".join(
    f"{after}: &{after} [{', '.join([f'*{before}'] * 9)}]\n" for before, after in zip("abcdefgh", "bcdefghi", strict=True)
)


# -- YAML --------------------------------------------------------------------------------------------------------------


def test_yaml_bombs(within: Any) -> None:
    with within(1), pytest.raises(YamlError, match="the anchor &a"):
        yaml.read(LAUGHS, "x.yaml")


@pytest.mark.parametrize(
    "source",
    [
        LAUGHS,
        "principals: &p [1]\nmore: *p\n",
        "principals: !!python/object:os.system [ls]\n",
        "%YAML 1.1\n---\na: b\n",
        "a: b\n---\nc: d\n",
    ],
)
def test_yaml_bombs_in_a_manifest_or_a_register(source: str) -> None:
    for read_it in (parse_manifest, lambda text: load_register(text.encode(), "register.yaml")):
        with pytest.raises(YamlError, match=r"expected (plain keys and values|one document)"):
            read_it(source)


def test_yaml_bombs_in_a_motion(founded: Village, refused: Any, within: Any) -> None:
    with within(5), refused("a motion whose text cannot be read", "the anchor &a"):
        founded.move("ada", {"register.yaml": (founded.text("register.yaml") + LAUGHS).encode()})


@pytest.mark.parametrize("source", ["%YAML 1.1\n---\nsyngraph: 1\n", "%TAG ! tag:evil,2026:\n---\nsyngraph: 1\n"])
def test_yaml_directives(source: str) -> None:
    with pytest.raises(YamlError, match="a YAML directive"):
        yaml.read(source, "x.yaml")


@pytest.mark.parametrize(
    "source", ["[" * 50_000, "{a: " * 50_000, "- " * 50_000, "a:\n" + "".join(f"{' ' * n}a:\n" for n in range(1, 600))]
)
def test_yaml_deep_nesting(source: str, within: Any) -> None:
    with within(3), pytest.raises(YamlError):
        yaml.read(source, "x.yaml")


def test_yaml_of_many_nodes(within: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(yaml, "MAX_NODES", 2_000)
    with within(2), pytest.raises(YamlError, match="more than 2,000 values"):
        yaml.read("a: [" + "x, " * 60_000 + "x]\n", "x.yaml")


def test_yaml_without_end(within: Any) -> None:
    with within(1), pytest.raises(YamlError, match="at most 524,288"):
        yaml.read("a: " + "x" * 600_000, "x.yaml")


# -- inclusion ---------------------------------------------------------------------------------------------------------


def objects(**sources: str) -> Any:
    """Objects by name; each is the list of what it includes."""
    return tree_of(
        {f"{name}.md": f"---\ninclude: [{said}]\n---\n\n# {name}\n\nWords.\n".encode() for name, said in sources.items()}
    )


def codes(tree: Any) -> list[str]:
    return [finding.code for finding in resolve(tree, "root.md").findings]


@pytest.mark.parametrize(
    "path", ["../secret.md", "/etc/passwd", "a/../../secret.md", "..\\\\secret.md", "file:///etc/passwd", "~/secret.md", "."]
)
def test_include_traversal(path: str) -> None:
    assert set(codes(objects(root=path))) & {"SG109", "SG103", "SG100"}


def test_include_traversal_in_a_folder(tmp_path: Path) -> None:
    """On a disk, neither a path nor a link leads out of the agreement."""
    from syngraph.engine.text.store import open_tree

    (tmp_path / "secret.md").write_text("# Secret\n\nThe key is under the mat.\n")
    inside = tmp_path / "agreement"
    inside.mkdir()
    (inside / "link.md").symlink_to(tmp_path / "secret.md")
    for path in ("../secret.md", "link.md", str(tmp_path / "secret.md")):
        (inside / "root.md").write_text(f"---\ninclude: [{path}]\n---\n\n# Root\n\nWords.\n")
        document = resolve(open_tree(inside), "root.md")
        assert {finding.code for finding in document.findings} & {"SG109", "SG103", "SG100"}
        assert [section.heading.string for section in document.walk()] == ["Root"]


def test_include_traversal_in_a_motion(founded: Village, refused: Any) -> None:
    with refused("a motion whose text cannot be read", "../secret.md"):
        founded.move("ada", founded.replaced("fields:\n", "include: [../secret.md]\nfields:\n"))


def test_include_cycles() -> None:
    assert codes(objects(root="a.md", a="b.md", b="root.md")) == ["SG104"]


def test_include_cycles_of_one() -> None:
    assert codes(objects(root="root.md")) == ["SG104"]


def test_include_cycles_in_a_motion(founded: Village, refused: Any) -> None:
    with refused("a motion whose text cannot be read", "the inclusion leads back to itself"):
        founded.move("ada", founded.replaced("fields:\n", "include: [bylaws.md]\nfields:\n"))


def test_exponential_inclusion(within: Any) -> None:
    """Thirty objects, each of which includes the next one twice, are a thousand million."""
    chain = {f"n{n}": f"A: n{n + 1}.md, B: n{n + 1}.md" for n in range(30)}
    doubled = {name: said.replace("A: ", "").replace("B: ", "") for name, said in chain.items()}
    tree = objects(root="n0.md", **doubled, n30="")
    with within(10):
        instances, _ = inclusion.included(tree, "root.md")
        assert len(instances) <= inclusion.MAX_INSTANCES
        assert "SG113" in codes(tree)


def test_exponential_fields(within: Any) -> None:
    """A field that holds the next one ten times, and so on."""
    fields = "".join(f"  F{n}: '{f'{{F{n + 1}}}' * 10}'\n" for n in range(5))
    source = f"---\nfields:\n{fields}  F5: word\n---\n\n# Text\n\n{{F0}}\n"
    with within(10):
        assert "SG113" in codes(tree_of({"root.md": source.encode()}))


# -- templates ---------------------------------------------------------------------------------------------------------

SANDBOX = {
    "classes": "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "globals": "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
    "a filter": "{{ (title|attr('__class__'))|attr('__base__') }}",
    "a format": "{{ '{0.__class__}'.format(title) }}",
    "a macro": "{% macro m() %}{% endmacro %}{{ m.__globals__ }}",
    "a file": "{% include '/etc/passwd' %}",
}


@pytest.fixture(scope="module")
def document() -> Any:
    return resolve(tree_of({"root.md": b"# Title\n\nWords.\n"}), "root.md")


@pytest.mark.parametrize("template", SANDBOX.values(), ids=SANDBOX)
def test_jinja_sandbox_escape(document: Any, template: str) -> None:
    try:
        assert "class" not in render(document, (), "txt", template=template)
    except TemplateError as error:
        assert error.message


@pytest.mark.parametrize(
    "template",
    [
        "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}",
        "{{ 'a' * 10**10 }}",
        "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
    ],
)
def test_endless_template(document: Any, template: str) -> None:
    start = time.perf_counter()
    with pytest.raises(TemplateError):
        render(document, (), "txt", template=template, limits=Limits(seconds=1, memory=256 * 1024 * 1024, output=100_000))
    assert time.perf_counter() - start < 10


# -- regular expressions -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "path",
    [
        "record/" + "a" * 200_000,
        "record/fact/" + "2026-01/" * 50_000,
        "record/fact/2026-01-01-" + "0" * 200_000 + ".md",
        "record/fact/2026-01/2026-01-01-" + "a" * 64 + "." + "b" * 100_000,
    ],
)
def test_regex_blow_up_in_statement_names(path: str, within: Any) -> None:
    with within(1), pytest.raises(StatementRefused):
        parse_name(path)


@pytest.mark.parametrize(
    "front",
    [
        "principals: " + "a, " * 60_000 + "\n",
        "principals: " + "a-" * 100_000 + "!\n",
        "kind: " + "a" * 200_000 + "\n",
        "a: b\n" * 50_000,
        "principal: " + " " * 200_000 + "x\n",
        "title: " + "a " * 100_000 + "\t\n",
        "lineage: " + "0" * 200_000 + "g\n",
    ],
)
def test_regex_blow_up_in_front_matter(front: str, within: Any) -> None:
    content = f"---\nkind: motion\n{front}---\nReasons.\n" if not front.startswith("kind") else f"---\n{front}---\n"
    with within(2), pytest.raises(StatementRefused):
        parse(content.encode(), "x")


SENTENCES = {
    "nothing but members": "The " + "Member " * 4_000 + "shall pay.",
    "commas": "Each Member shall " + "pay, " * 3_000 + "rest.",
    "brackets": "The " + "(" * 5_000 + "Member shall pay.",
    "quotes": 'The "' * 3_000 + "Member shall pay.",
    "of": "The Chair " + "of the Chair " * 3_000 + "shall pay.",
    "numbers": "Each Member shall pay EUR " + "1," * 10_000 + "000.",
    "blanks": "Each Member shall" + " " * 50_000 + "pay EUR 5.",
    "and": "A Member " + "and a Member " * 2_000 + "shall pay.",
    "sections": "[](#a) " * 3_000 + "may not be amended.",
    "dots": "Each Member shall pay" + "." * 20_000,
    "by": "These Bylaws may be amended " + "by a majority " * 2_000 + "of all Members.",
    "fractions": "These Bylaws may be amended by " + "two-thirds of " * 2_000 + "all Members.",
    "if": "If " * 2_000 + "a Member pays, the Treasurer shall pay.",
}


@pytest.mark.parametrize("sentence", SENTENCES.values(), ids=SENTENCES)
def test_regex_blow_up_in_sentences(sentence: str, within: Any) -> None:
    with within(4):
        read(sentence)


@pytest.mark.parametrize(
    "body",
    [
        "[" * 20_000,
        "*" * 20_000,
        "> " * 5_000 + "x",
        "`" * 20_000,
        "{" * 50_000,
        "# " * 20_000,
        "- " * 5_000 + "x",
        "![](" * 10_000,
        "<" * 20_000,
        "|" * 20_000 + "\n" + "-|" * 9_000,
    ],
)
def test_regex_blow_up_in_markdown(body: str, within: Any) -> None:
    with within(6):
        try:
            markdown.read(f"# Title\n\n{body}\n", "x.md")
        except MarkdownError as error:
            assert error.found


def test_text_checks_that_grow_with_the_square(within: Any) -> None:
    """Loose marks and letters of many scripts, a million of them."""
    for content in ("е" * 1_000_000, "a" * 1_000_000 + "é", "é " * 300_000, "Ж1" * 300_000, "\u0301" * 100_000):
        with within(3):
            try:
                governed_text(content.encode(), "x.md")
            except StoreError as error:
                assert error.found
