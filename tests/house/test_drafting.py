"""The drafter's guide is what is read of the cases (`--rewrite` writes its pages)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from syngraph.engine.text import clauses
from syngraph.engine.text.lint.checks import lint
from syngraph.engine.text.resolving.resolve import resolve
from syngraph.engine.text.store import tree_of
from syngraph.grammar.parse import read, read_sentence
from syngraph.grammar.plain import explain
from syngraph.grammar.sentence import Kind, Sentence

ROOT = Path(__file__).parents[2]
CASES = ROOT / "tests" / "cases" / "frames"
FOLDER = ROOT / "docs" / "drafting"
ORDER = (
    "definitions",
    "duties",
    "prohibitions",
    "permissions",
    "conditions",
    "breach",
    "changes",
    "decisions",
    "voting",
    "meetings",
    "membership",
    "life",
    "forks",
    "disputes",
    "facts",
    "amounts",
    "times",
    "faults",
)


@dataclass
class Family:
    """One construct: its heading, what is said about it, and its sentences."""

    title: str
    about: str = ""
    sentences: list[str] = field(default_factory=list)


def families(name: str) -> tuple[str, str, list[Family]]:
    """The title of a file of cases, what it begins with, and its families."""
    title, about, found = "", "", list[Family]()
    for line in (CASES / f"{name}.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("# "):
            title = line[2:]
        elif line.startswith("## "):
            found.append(Family(line[3:]))
        elif line.startswith("> ") and found:
            found[-1].about = line[2:]
        elif line.startswith("> "):
            about = line[2:]
        elif line.startswith("["):
            found[-1].sentences.append(line.partition("] ")[2])
    return title, about, found


def page(name: str) -> str:
    title, about, found = families(name)
    parts = [f"# {title}", about]
    for family in found:
        parts += [f"## {family.title}", family.about, *_entries(family)]
    return "\n\n".join(parts) + "\n\n[All pages](README.md)\n"


def _entries(family: Family) -> Iterator[str]:
    sentences = [read_sentence(text) for text in family.sentences]
    yield "\n".join(_read(sentence) for sentence in sentences if sentence.rules)
    yield "Not read:"
    yield "\n".join(_not_read(sentence) for sentence in sentences if not sentence.rules)


def _read(sentence: Sentence) -> str:
    lines = [f"- *{_plain(sentence.text)}*"]
    for rule in sentence.rules:
        told = explain(rule)
        lines.append(f"  - {sentence.kind}: " + " ".join([_plain(told.says), *(_plain(str(point)) for point in told.points)]))
    lines += [f"  - [{code}](../checks/{code}.md): {_plain(said)}" for code, said in _found(sentence)]
    return "\n".join(lines)


OF_THE_WHOLE = ("SG1", "SG301", "SG302", "SG310")
"""Findings about the rest of a text, of which a sentence alone has none."""


def _found(sentence: Sentence) -> Iterator[tuple[str, str]]:
    """The findings of a sentence, alone in a text."""
    document = resolve(tree_of({"a.md": f"# Text {{#text}}\n\n{sentence.text}\n".encode()}), "a.md")
    for finding in lint(document, clauses.read(document, read), frozenset()):
        if not finding.code.startswith(OF_THE_WHOLE):
            yield finding.code, finding.message


def _not_read(sentence: Sentence) -> str:
    lines = [f"- *{_plain(sentence.text)}*"]
    unread = sentence.unread
    if unread is None:
        lines.append("  - prose: it binds nobody")
    elif sentence.kind is Kind.AMBIGUOUS:
        lines += [f"  - could mean: *{_plain(reading)}*" for reading in unread.readings]
    else:
        where = f"at “{unread.word}”" if unread.word else "at the end"
        wanted = f", expected {' or '.join(unread.expected)}" if unread.expected else ""
        lines.append(f"  - {where}{wanted}")
        if unread.nearest:
            lines.append(f"  - did you mean: *{_plain(unread.nearest)}*")
    return "\n".join(lines)


def _plain(text: str) -> str:
    """A sentence as Markdown shows it: a link without words shows where it points."""
    return re.sub(r"\[\]\((#[\w.:-]+)\)", r"`\1`", text).replace("*", r"\*")


def index() -> str:
    """The list of pages."""
    rows = []
    for name in ORDER:
        title, about, _ = families(name)
        rows.append(f"| [{title}]({name}.md) | {about} |")
    lines = [
        "# Drafting",
        "How to write sentences that are read as rules: each construct with sentences that are read, what they become in plain "
        "words, and sentences close by that are not read, with what is said about them. The sentences are those that the "
        "tests read; `make docs` writes these pages.",
        "| page | |\n| --- | --- |\n" + "\n".join(rows),
        "What may follow what: [the grammar](../grammar.md). How to see a text of your own read: [reading](../reading.md).",
    ]
    return "\n\n".join(lines) + "\n"


def test_every_file_of_cases_has_its_page() -> None:
    assert sorted(path.stem for path in CASES.glob("*.txt")) == sorted(ORDER)
    assert sorted(path.stem for path in FOLDER.glob("*.md")) == sorted(["README", *ORDER])


@pytest.mark.parametrize("name", ORDER)
def test_every_family_says_what_it_is_for(name: str) -> None:
    title, about, found = families(name)
    assert title
    assert about
    assert [family.title for family in found if not family.about] == []


@pytest.mark.parametrize("name", [*ORDER, "README"])
def test_the_guide_is_what_is_read(name: str, rewrite: bool) -> None:
    wanted = index() if name == "README" else page(name)
    path = FOLDER / f"{name}.md"
    if rewrite:
        path.parent.mkdir(exist_ok=True)
        path.write_text(wanted, encoding="utf-8")
    assert path.read_text(encoding="utf-8") == wanted
