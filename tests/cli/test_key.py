"""`syngraph key`: made, shown, listed, and written for stock tools."""

import json
import os
import stat
from pathlib import Path

import pytest

from syngraph.cli.manners import signing
from syngraph.engine.governance.signatures import load, make, parse_public, public_of
from syngraph.engine.text.notations.yaml import quoted


@pytest.fixture(autouse=True)
def nobody(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A user without keys, agent or terminal."""
    monkeypatch.delenv("SSH_AUTH_SOCK", raising=False)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setattr(signing, "_has_terminal", lambda: False)
    monkeypatch.chdir(tmp_path)


def test_a_new_key_is_for_its_owner_alone(syngraph, tmp_path: Path) -> None:
    old = os.umask(0)
    try:
        answer = syngraph("key", "new", "key", "--no-passphrase", "--comment", "Ada, at home")
    finally:
        os.umask(old)
    public = parse_public((tmp_path / "key.pub").read_text(encoding="utf-8").rstrip("\n"))
    assert answer.code == 0
    assert public.line() in answer.out and public.fingerprint in answer.out and public.name in answer.out
    assert public.comment == "Ada, at home"
    assert load((tmp_path / "key").read_bytes()).public == public
    assert stat.S_IMODE((tmp_path / "key").stat().st_mode) == 0o600


def test_a_new_key_has_a_passphrase(syngraph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    said = iter([b"correct horse", b"correct horse", b"one", b"other"])
    monkeypatch.setattr(signing, "ask", lambda question: next(said))
    assert syngraph("key", "new", "key").code == 0
    assert load((tmp_path / "key").read_bytes(), b"correct horse")
    answer = syngraph("key", "new", "other")
    assert (answer.code, answer.err.splitlines()[0]) == (2, "syngraph key new: the two passphrases differ; nothing was written")
    assert not (tmp_path / "other").exists()


def test_without_a_terminal_a_passphrase_cannot_be_had(syngraph, tmp_path: Path) -> None:
    answer = syngraph("key", "new", "key")
    assert answer.code == 2
    assert "no terminal" in answer.err
    assert not (tmp_path / "key").exists()


@pytest.mark.parametrize("there", ["key", "key.pub"])
def test_no_key_is_overwritten(syngraph, tmp_path: Path, there: str) -> None:
    (tmp_path / there).write_text("mine\n", encoding="utf-8")
    answer = syngraph("key", "new", "key", "--no-passphrase")
    assert answer.code == 2
    assert f"{there} is there already" in answer.err
    assert sorted(path.name for path in tmp_path.iterdir()) == [there]


def test_a_comment_that_cannot_be_seen_is_refused(syngraph, tmp_path: Path) -> None:
    assert syngraph("key", "new", "key", "--no-passphrase", "--comment", "a\nb").code == 2
    assert list(tmp_path.iterdir()) == []


def test_a_key_is_shown_and_listed(syngraph, tmp_path: Path) -> None:
    (tmp_path / "home" / ".ssh").mkdir(parents=True)
    assert syngraph("key", "list").err.startswith("no keys in the SSH agent")
    made = json.loads(syngraph("key", "new", "home/.ssh/id", "--no-passphrase", "--comment", "ada", "--json").out)
    shown = json.loads(syngraph("key", "show", "home/.ssh/id", "--json").out)
    assert made == {**shown, "private": "home/.ssh/id", "public": "home/.ssh/id.pub", "comment": "ada", "line": made["line"]}
    assert made["line"] == shown["line"] + " ada"
    (tmp_path / "home" / ".ssh" / "old.pub").write_text("ssh-dss AAAA\n", encoding="utf-8")
    (first, second) = json.loads(syngraph("key", "list", "--json").out)["keys"]
    assert (first["fingerprint"], first["refused"]) == (made["fingerprint"], None)
    assert second["refused"] == "a key of type “ssh-dss”"
    assert "cannot sign: a key of type “ssh-dss”" in syngraph("key", "list").out
    assert made["fingerprint"] in syngraph("key", "show", "home/.ssh/id.pub").out


def test_a_key_that_may_not_sign_is_not_shown(syngraph, tmp_path: Path) -> None:
    (tmp_path / "old.pub").write_text("ssh-dss AAAA\n", encoding="utf-8")
    answer = syngraph("key", "show", "old.pub")
    assert answer.code == 2
    assert "a key of type “ssh-dss”; expected one of ssh-ed25519" in answer.err


REGISTER = """principals:
  - id: ada
    name: Ada Quill
    keys:
      - {{key: {one}, since: 2026-01-01, until: 2026-12-31}}
      - {{key: {two}, compromised: 2026-06-01}}
  - id: bora
    name: Bora Tamm
    keys: [{three}, "ssh-dss AAAA"]
"""


def test_the_list_for_stock_tools_is_made_from_the_register(syngraph, tmp_path: Path) -> None:
    lines = {name: public_of(make()).line() for name in ("one", "two", "three")}
    folder = tmp_path / "club"
    folder.mkdir()
    (folder / "syngraph.yaml").write_text(
        "syngraph: 1\ntitle: Club\nroot: bylaws.md\nregister: register.yaml\n", encoding="utf-8"
    )
    (folder / "bylaws.md").write_text("# Club\n", encoding="utf-8")
    (folder / "register.yaml").write_text(REGISTER.format(**lines), encoding="utf-8")
    answer = syngraph("key", "signers", "club")
    wanted = (
        f'ada namespaces="syngraph.v1",valid-after="20260101",valid-before="20270101" {lines["one"]}\n'
        f'ada namespaces="syngraph.v1",valid-before="20260601" {lines["two"]}\n'
        f'bora namespaces="syngraph.v1" {lines["three"]}\n'
    )
    assert (answer.code, answer.out) == (0, wanted)
    assert "register.yaml:9:" in answer.err and "left out: a key of type “ssh-dss”" in answer.err
    assert syngraph("key", "signers", "club", "-o", "allowed").out == ""
    assert (tmp_path / "allowed").read_text(encoding="utf-8") == wanted
    rows = json.loads(syngraph("key", "signers", "club", "--json").out)["signers"]
    assert rows[0] == {"principal": "ada", "key": lines["one"], "since": "2026-01-01", "until": "2026-12-31"}


def test_an_agreement_without_a_register_has_no_signers(syngraph, tmp_path: Path) -> None:
    folder = tmp_path / "club"
    folder.mkdir()
    (folder / "syngraph.yaml").write_text("syngraph: 1\ntitle: Club\nroot: bylaws.md\n", encoding="utf-8")
    (folder / "bylaws.md").write_text("# Club\n", encoding="utf-8")
    answer = syngraph("key", "signers", "club")
    assert answer.code == 2
    assert "names no register" in answer.err


PEOPLE = """# people
principals:
  - id: ada
    name: Ada Quill
    roles: [Member]
  - {id: bora, name: Bora Tamm}
"""


@pytest.fixture
def agreement(tmp_path: Path) -> Path:
    folder = tmp_path / "club"
    folder.mkdir()
    (folder / "syngraph.yaml").write_text("syngraph: 1\nroot: bylaws.md\nregister: register.yaml\n", encoding="utf-8")
    (folder / "bylaws.md").write_text("# A\n", encoding="utf-8")
    (folder / "register.yaml").write_text(PEOPLE, encoding="utf-8")
    return folder


def test_a_key_is_put_into_the_register(syngraph, tmp_path: Path, agreement: Path) -> None:
    syngraph("key", "new", "key", "--no-passphrase")
    line = (tmp_path / "key.pub").read_text(encoding="utf-8").rstrip("\n")
    assert syngraph("key", "add", "ada", "key.pub", "--in", "club", "--dry-run").code == 0
    assert (agreement / "register.yaml").read_text(encoding="utf-8") == PEOPLE
    answer = syngraph("key", "add", "ada", "key.pub", "--in", "club", "--since", "2026-03-01")
    assert answer.code == 0
    assert (agreement / "register.yaml").read_text(encoding="utf-8") == (
        "# people\nprincipals:\n  - id: ada\n    name: Ada Quill\n    kind: person\n    roles:\n      - {role: Member}\n"
        f"    keys:\n      - {{key: {quoted(line)}, since: 2026-03-01}}\n  - {{id: bora, name: Bora Tamm}}\n"
    )


def test_a_key_of_somebody_else_is_refused(syngraph, agreement: Path) -> None:
    syngraph("key", "new", "key", "--no-passphrase")
    syngraph("key", "add", "ada", "key.pub", "--in", "club")
    before = (agreement / "register.yaml").read_bytes()
    answer = syngraph("key", "add", "bora", "key.pub", "--in", "club")
    assert answer.code == 2
    assert "the key of ada" in answer.err and "a second time, under bora" in answer.err
    assert (agreement / "register.yaml").read_bytes() == before


def test_a_stranger_gets_no_key(syngraph, agreement: Path) -> None:
    syngraph("key", "new", "key", "--no-passphrase")
    answer = syngraph("key", "add", "adda", "key.pub", "--in", "club")
    assert answer.code == 2
    assert "did you mean 'ada'" in answer.err
