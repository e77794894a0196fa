"""Whatever is wrong with what a command is given: a message with place and next step, the documented code, no traceback."""

import subprocess
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

MANIFEST = "syngraph: 1\ntitle: Test\nroot: text.md\nregister: register.yaml\ncalendar: {zone: Europe/Lisbon}\n"
REGISTER = """\
principals:
  - {id: bora, name: Bora Tamm, kind: person, roles: [{role: Tenant}]}
  - {id: carla, name: Carla Mott, kind: person, roles: [{role: Landlord}]}
"""
GOOD = "---\ntitle: Test\n---\n\n# Rent {#rent}\n\nThe Tenant shall pay EUR 5 to the Landlord by 1 May 2027.\n"


def text(sentence: str, front: str = "") -> str:
    return f"---\ntitle: Test\n{front}---\n\n# Rent {{#rent}}\n\n{sentence}\n"


def agreement(folder: Path, files: dict[str, str | bytes]) -> Path:
    for name, content in {"syngraph.yaml": MANIFEST, "register.yaml": REGISTER, "text.md": GOOD, **files}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


@dataclass(frozen=True)
class Bad:
    """What is wrong, the command, its exit code, and what it must say (in stdout or stderr)."""

    files: dict[str, str | bytes]
    command: tuple[str, ...]
    code: int
    says: tuple[str, ...]
    prepare: Callable[[Path], object] = field(default=lambda folder: None)


def git(*arguments: str) -> Callable[[Path], object]:
    def run(folder: Path) -> object:
        return subprocess.run(["git", *arguments], cwd=folder, check=True, capture_output=True)

    return run


BAD = {
    "a wrong word in a clause": Bad(
        {"text.md": text("The Tenant shal pay EUR 5 to the Landlord by 1 May 2027.")},
        ("lint", "."),
        1,
        ("text.md:7:12: SG201", "“shal”", "`shall`", "help:"),
    ),
    "a wrong word in a clause, judged": Bad(
        {"text.md": text("The Tenant shal pay EUR 5 to the Landlord by 1 May 2027.")},
        ("check", ".", "--at", "2027-06-01"),
        1,
        ("undetermined", "1 cannot be told", "1 sentence not read as a rule", "syngraph read --unread"),
    ),
    "an unknown role": Bad(
        {"text.md": text("The Tennant shall pay EUR 5 to the Landlord by 1 May 2027.")},
        ("lint", "."),
        1,
        ("text.md:7:", "Tennant", "help:"),
    ),
    "a missing include": Bad(
        {"text.md": text("The Tenant shall pay EUR 5.", "include:\n  - forms/fee.md\n")},
        ("lint", "."),
        1,
        ("text.md:4:5: SG1", "forms/fee.md", "help:"),
    ),
    "a cycle of inclusions": Bad(
        {
            "text.md": text("The Tenant shall pay EUR 5.", "include:\n  - a.md\n"),
            "a.md": "---\ntitle: A\ninclude:\n  - text.md\n---\n\n# A {#a}\n\nText.\n",
        },
        ("lint", "."),
        1,
        ("a.md:4:5: SG1", "text.md", "help:"),
    ),
    "a bad date in a clause": Bad(
        {"text.md": text("The Tenant shall pay EUR 5 to the Landlord by 31 April 2027.")},
        ("lint", "."),
        1,
        ("text.md:7:", "31 April 2027", "help:"),
    ),
    "a bad date on the command line": Bad(
        {},
        ("check", ".", "--at", "2027-13-01"),
        2,
        ("--at: found '2027-13-01'", "expected a day such as 2027-03-31", "help:"),
    ),
    "a bad date in a fact": Bad(
        {"record/fact/a.md": "---\nprincipal: bora\n---\nOn 31 April 2027, Bora paid EUR 5 to Carla.\n"},
        ("lint", "."),
        1,
        ("record/fact/a.md:4:", "SG401", "help:"),
    ),
    "numbers in words and figures that differ": Bad(
        {"text.md": text("The Tenant shall pay EUR 5 to the Landlord within three (2) days after notice.")},
        ("lint", "."),
        1,
        ("text.md:7:", "three", "2", "help:"),
    ),
    "an undefined term": Bad(
        {"text.md": text("The Tenant shall return the Machine to the Landlord by 1 May 2027.")},
        ("lint", "."),
        1,
        ("text.md:7:", "SG30", "Machine", "help:"),
    ),
    "an undefined field": Bad(
        {"text.md": text("The Tenant shall pay {Rent} to the Landlord by 1 May 2027.")},
        ("lint", "."),
        1,
        ("text.md:7:22: SG1", "Rent", "help:"),
    ),
    "YAML with an alias": Bad(
        {"text.md": "---\ntitle: &t Test\nfields: {A: *t}\n---\n\n# A {#a}\n\nText.\n"},
        ("lint", "."),
        1,
        ("text.md:2:8: SG1", "anchor", "help:"),
    ),
    "a manifest with an alias": Bad(
        {"syngraph.yaml": "syngraph: 1\ntitle: &t Test\nroot: *t\n"},
        ("read", "."),
        2,
        ("syngraph.yaml:2:", "help:"),
    ),
    "a manifest with a key of another name": Bad(
        {"syngraph.yaml": "syngraph: 1\ntitel: Test\nroot: text.md\n"},
        ("read", "."),
        2,
        ("syngraph.yaml:2:", "title", "help:"),
    ),
    "a manifest that names no zone there is": Bad(
        {"syngraph.yaml": "syngraph: 1\ntitle: T\nroot: text.md\ncalendar: {zone: Europe/Lisbonne}\n"},
        ("check", "."),
        2,
        ("syngraph.yaml:4:", "Europe/Lisbon", "help:"),
    ),
    "a register that is no register": Bad(
        {"register.yaml": "principals: ada\n"},
        ("check", "."),
        2,
        ("register.yaml:1:", "help:"),
    ),
    "a binary file": Bad(
        {"text.md": b"---\ntitle: T\n---\n\x00\x01\x02"},
        ("read", "."),
        2,
        ("text.md:4:1", "binary", "help:"),
    ),
    "bytes that are not UTF-8": Bad(
        {"text.md": b"---\ntitle: T\n---\n\n# A {#a}\n\nThe Tenant \xff shall pay.\n"},
        ("read", "."),
        2,
        ("text.md:7:12", "0xff", "UTF-8", "help:"),
    ),
    "a text of one brace": Bad({"text.md": text("{")}, ("lint", "."), 1, ("text.md:7:1", "help:")),
    "a template that does not end": Bad(
        {"t.j2": "{% for a in parts %}"},
        ("render", ".", "--template", "t.j2"),
        2,
        ("template, line 1", "syngraph:"),
    ),
    "a table with a bad row": Bad(
        {"f.csv": "date,actor,act\n2027-02-31,Bora,paid\n"},
        ("check", ".", "--facts", "f.csv"),
        2,
        ("f.csv:2:", "2027-02-31", "help:"),
    ),
    "a fact that cannot be read": Bad(
        {},
        ("what-if", ".", "--fact", "Bora payed."),
        2,
        ("--fact 1:1:1", "help:"),
    ),
    "no agreement": Bad({}, ("check", "record"), 2, ("syngraph.yaml", "help:"), lambda folder: (folder / "record").mkdir()),
    "an empty repository": Bad(
        {}, ("check", "empty", "--rev", "HEAD"), 2, ("without a commit", "help:"), git("init", "--quiet", "empty")
    ),
    "an empty repository, without a revision": Bad(
        {}, ("check", "empty"), 2, ("syngraph.yaml", "help:"), git("init", "--quiet", "empty")
    ),
    "an empty bare repository": Bad(
        {}, ("read", "bare.git"), 2, ("without a commit", "help:"), git("init", "--quiet", "--bare", "bare.git")
    ),
    "a revision that is not there": Bad({}, ("read", ".", "--rev", "v9"), 2, ("help:",), git("init", "--quiet")),
    "a path outside the repository": Bad({}, ("read", "../elsewhere"), 2, ("../elsewhere", "help:")),
    "an inclusion from outside": Bad(
        {"text.md": text("The Tenant shall pay EUR 5.", "include:\n  - ../secret.md\n")},
        ("lint", "."),
        1,
        ("text.md:4:5", "out of the tree", "help:"),
    ),
    "a link to a file outside": Bad(
        {},
        ("read", "link.md"),
        2,
        ("link.md", "symbolic link", "help:"),
        lambda folder: (folder / "link.md").symlink_to("/etc/hostname"),
    ),
    "a folder that may not be named": Bad({}, ("render", ".", "-o", "syngraph.yaml/x.html"), 2, ("syngraph.yaml", "syngraph:")),
    "a command that is not there": Bad({}, ("chekc", "."), 2, ("did you mean 'check'?", "help:")),
    "an option that is not there": Bad({}, ("check", "--att", "2027-01-01"), 2, ("--at", "help:")),
    "a finding that is not there": Bad({}, ("explain", "SG999"), 2, ("there is no finding SG999", "help:")),
    "a section that is not there": Bad({}, ("explain", "rnet"), 2, ("did you mean 'rent'?", "help:")),
    "a section of the reading that is not there": Bad(
        {}, ("read", ".", "--section", "rnet"), 2, ("did you mean 'rent'?", "help:")
    ),
    "a person who is not there": Bad({}, ("explain", "rent", "borra"), 2, ("did you mean 'bora'?", "help:")),
    "a format that is not there": Bad({}, ("render", ".", "--format", "htm"), 2, ("did you mean 'html'?", "help:")),
    "a clause that is not in the library": Bad(
        {}, ("library", "show", "abritration"), 2, ("did you mean 'arbitration'?", "help:")
    ),
    "a form that is not there": Bad({}, ("new", "there", "--from", "leese"), 2, ("did you mean 'lease'?", "help:")),
    "a principal who is not there": Bad(
        {}, ("record", ".", "--by", "bara", "--fact", "x"), 2, ("did you mean 'bora'?", "help:")
    ),
    "a folder for the demo that is not empty": Bad({}, ("demo", "."), 2, ("is not empty", "help:")),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_input_is_told_in_words(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, syngraph: Callable) -> None:
    bad = BAD[name]
    folder = agreement(tmp_path / "agreement", bad.files)
    bad.prepare(folder)
    monkeypatch.chdir(folder)
    answer = syngraph(*bad.command)
    said = answer.out + answer.err
    assert "Traceback" not in said
    assert "internal error" not in said
    assert [phrase for phrase in bad.says if phrase not in said] == [], said
    assert answer.code == bad.code, said


@pytest.mark.parametrize(
    "command", [("read", "."), ("lint", "."), ("check", "."), ("read", ".", "--json"), ("render", ".", "--format", "html")]
)
def test_nothing_of_a_hostile_text_commands_the_terminal(
    command: tuple[str, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, syngraph: Callable
) -> None:
    hostile = "\x1b]0;owned\x07 \u009b31m \u202e"
    folder = agreement(tmp_path, {"text.md": text(f"The Tenant shall pay EUR 5 {hostile} to the Landlord.")})
    monkeypatch.chdir(folder)
    answer = syngraph(*command)
    said = answer.out + answer.err
    assert "Traceback" not in said
    if command[0] != "render":
        assert [sign for sign in "\x1b\x07\u009b\u202e" if sign in said] == []


def test_nesting_without_end_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, syngraph: Callable) -> None:
    folder = agreement(tmp_path, {"text.md": text("> " * 3000 + "The Tenant shall pay EUR 5."), "syngraph.yaml": MANIFEST})
    monkeypatch.chdir(folder)
    for command in (("read", "."), ("lint", "."), ("render", ".")):
        answer = syngraph(*command)
        assert answer.code in (0, 1, 2)
        assert "Traceback" not in answer.err
        assert "internal error" not in answer.err


def test_yaml_nested_without_end_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, syngraph: Callable) -> None:
    folder = agreement(tmp_path, {"register.yaml": "principals: " + "[" * 50_000})
    monkeypatch.chdir(folder)
    answer = syngraph("check", ".")
    assert (answer.code, "internal error" in answer.err, "register.yaml" in answer.err) == (2, False, True), answer.err
