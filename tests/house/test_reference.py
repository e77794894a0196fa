"""Every command is documented as its `--help` has it (`--rewrite` writes the pages), and every help page has examples first."""

import os
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from syngraph.cli.main import VERBS, syngraph

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "docs" / "cli"


def commands() -> Iterator[tuple[tuple[str, ...], click.Command]]:
    """Every command with the words that call it, groups before what is in them."""
    root = click.Context(syngraph, info_name="syngraph")
    for name in VERBS:
        command = syngraph.get_command(root, name)
        assert command is not None
        yield (name,), command
        if isinstance(command, click.Group):
            yield from (((name, inner), command.commands[inner]) for inner in command.commands)


def help_of(words: tuple[str, ...], command: click.Command) -> str:
    context = click.Context(syngraph, info_name="syngraph", terminal_width=100)
    for word in words[:-1]:
        context = click.Context(click.Group(word), parent=context, info_name=word, terminal_width=100)
    settings = {**command.context_settings, "terminal_width": 100}
    with click.Context(command, parent=context, info_name=words[-1], **settings) as inner:
        return command.get_help(inner)


def page(name: str) -> str:
    """The page of a verb: its help, and that of the commands in it."""
    parts = [f"# syngraph {name}"]
    for words, command in commands():
        if words[0] == name:
            heading = [f"## syngraph {' '.join(words)}"] if len(words) > 1 else []
            parts += [*heading, f"```text\n{help_of(words, command).rstrip()}\n```"]
    return "\n\n".join(parts) + "\n"


def index() -> str:
    lines = [f"- [`syngraph {name}`]({name}.md): {summary}" for name, (_, summary) in VERBS.items()]
    return "# Commands\n\nGenerated from `--help`; `make docs` writes it.\n\n" + "\n".join(lines) + "\n"


def test_no_page_is_left_over() -> None:
    assert sorted(path.stem for path in FOLDER.glob("*.md")) == sorted(["README", *VERBS])


@pytest.mark.parametrize("name", [*VERBS, "README"])
def test_the_reference_is_what_help_says(name: str, rewrite: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(os.environ, "COLUMNS", "100")
    wanted = index() if name == "README" else page(name)
    path = FOLDER / f"{name}.md"
    if rewrite:
        path.parent.mkdir(exist_ok=True)
        path.write_text(wanted, encoding="utf-8")
    assert path.read_text(encoding="utf-8") == wanted


@pytest.mark.parametrize(
    ("words", "command"), list(commands()), ids=lambda value: " ".join(value) if isinstance(value, tuple) else ""
)
def test_help_has_a_sentence_then_examples_then_options(words: tuple[str, ...], command: click.Command) -> None:
    text = help_of(words, command)
    assert "\n  Examples:\n" in text
    assert text.index("Examples:") < text.index("Options:")
    assert f"syngraph {' '.join(words)}" in text[text.index("Examples:") :]


@pytest.mark.parametrize(
    ("words", "command"), list(commands()), ids=lambda value: " ".join(value) if isinstance(value, tuple) else ""
)
def test_every_command_has_json(words: tuple[str, ...], command: click.Command) -> None:
    if not isinstance(command, click.Group):
        assert "--json" in help_of(words, command)
