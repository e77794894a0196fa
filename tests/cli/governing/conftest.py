"""A small club that governs itself: three members with keys, founded once and copied for each test."""

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from syngraph.cli.main import run
from syngraph.engine.governance.signatures import make, public_of, written

MEMBERS = ("ada", "bora", "carla")

BYLAWS = """\
---
title: Bylaws of the Kite Club
fields:
  Dues: EUR 20
---

# Purpose {#purpose}

[](#purpose) may not be amended. The Members shall fly kites at least once in each quarter.

# Members {#members}

"Member" means a person entered in the Register as a Member. "Register" means the list of the Members. Each Member has one vote.

# Dues {#dues}

Each Member shall pay dues of {Dues} to the Treasurer by 31 January of each year.

# Amendment {#amendment}

These Bylaws may be amended by a majority of all Members.

# Meetings {#meetings}

A resolution of a meeting is adopted by a majority of the Members present. The minutes of a meeting are
signed by the Treasurer. The Treasurer may admit a person as a Member.
"""

MANIFEST = """\
syngraph: 1
title: The Kite Club
branch: main
root: bylaws.md
register: register.yaml
calendar: {zone: Europe/Lisbon, holidays: PT}
free: [README.md]
"""


@dataclass(frozen=True)
class Club:
    """A repository with a founded agreement at its top, and the keys of its members."""

    folder: Path
    keys: Path

    def key(self, name: str) -> Path:
        return self.keys / name

    @property
    def head(self) -> str:
        return self.git("rev-parse", "main").strip()

    def git(self, *arguments: str, day: str = "2026-06-01") -> str:
        return git(self.folder, *arguments, day=day)

    def edit(self, old: str, new: str, file: str = "bylaws.md") -> None:
        path = self.folder / file
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new), encoding="utf-8")


def git(folder: Path, *arguments: str, day: str = "2026-06-01") -> str:
    """What git prints, as if at noon of a day, whatever the configuration of the user. Skips where there is no git."""
    if shutil.which("git") is None:
        pytest.skip("NO GIT: this test needs the git command")
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("GIT_")},
        **{f"GIT_{who}_{what}": f"{day}T12:00:00Z" for who in ("AUTHOR", "COMMITTER") for what in ("DATE",)},
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_NOSYSTEM": "1",
    }
    options = ["-c", "user.name=Ada", "-c", "user.email=ada@example.org", "-c", "protocol.file.allow=always"]
    done = subprocess.run(
        ["git", *options, *arguments], cwd=folder, env=environment, capture_output=True, text=True, check=False, timeout=60
    )
    if done.returncode:
        raise RuntimeError(done.stdout + done.stderr)
    return done.stdout + done.stderr


def register(keys: Path) -> str:
    lines = ["principals:"]
    for name in MEMBERS:
        line = " ".join(keys.joinpath(f"{name}.pub").read_text().split()[:2])
        lines += [f"  - id: {name}", f"    name: {name.capitalize()} Reed", "    kind: person", "    roles:"]
        lines += ["      - {role: Member, since: 2026-01-01}"]
        lines += ["      - {role: Treasurer, since: 2026-01-01}"] if name == "carla" else []
        lines += ["    keys:", f"      - {{key: {line}}}"]
    return "\n".join(lines) + "\n"


@pytest.fixture(scope="session")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("keys")
    for name in (*MEMBERS, "stranger", "fresh"):
        private = make()
        (folder / name).write_bytes(written(private))
        (folder / f"{name}.pub").write_text(f"{public_of(private).line()} {name}\n")
    return folder


def draft(folder: Path, keys: Path) -> None:
    """The text of the club, not founded."""
    folder.mkdir(parents=True)
    (folder / "syngraph.yaml").write_text(MANIFEST)
    (folder / "bylaws.md").write_text(BYLAWS)
    (folder / "register.yaml").write_text(register(keys))
    (folder / "README.md").write_text("Kites!\n")


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory, keys: Path) -> Path:
    folder = tmp_path_factory.mktemp("club") / "club"
    draft(folder, keys)
    said = StringIO()
    before = os.environ.get("SYNGRAPH_STATE")
    os.environ["SYNGRAPH_STATE"] = "off"
    with redirect_stdout(said), redirect_stderr(said):
        code = run(["found", str(folder), "--key", str(keys / "ada"), "--key", str(keys / "bora"), "--at", "2026-01-02"])
    if before is None:
        del os.environ["SYNGRAPH_STATE"]
    else:
        os.environ["SYNGRAPH_STATE"] = before
    assert code == 0, said.getvalue()
    return folder


@pytest.fixture(autouse=True)
def nobody(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """A home without keys, no agent, and an identity for commits."""
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.delenv("SSH_AUTH_SOCK", raising=False)
    monkeypatch.setenv("GIT_AUTHOR_NAME", "Ada")
    monkeypatch.setenv("GIT_AUTHOR_EMAIL", "ada@example.org")
    yield


@pytest.fixture
def club(template: Path, keys: Path, tmp_path: Path) -> Club:
    shutil.copytree(template, tmp_path / "club")
    return Club(tmp_path / "club", keys)


@pytest.fixture
def do(syngraph: Callable[..., Any], club: Club) -> Callable[..., Any]:
    """Runs a verb on the club as one of its members: `do("vote", 1, "yes", by="bora", at="2026-02-02")`."""

    def act(verb: str, *arguments: object, by: str = "", at: str = "2026-02-01", code: int = 0) -> Any:
        where = [club.folder] if verb in ("propose", "act", "motions", "verify", "found") else ["--in", club.folder]
        signed = ["--key", club.key(by)] if by else []
        answer = syngraph(verb, *arguments, *where, *signed, "--at", at)
        assert answer.code == code, answer.out + answer.err
        return answer

    return act


@pytest.fixture
def proposed(do: Callable[..., Any], club: Club) -> Club:
    """The club with a motion to raise the dues, open since 1 February 2026."""
    club.edit("Dues: EUR 20", "Dues: EUR 25")
    do("propose", "--title", "Raise the dues", by="ada")
    return club


@pytest.fixture
def drafted(keys: Path, tmp_path: Path) -> Path:
    """The text of the club in a folder, not founded and in no repository."""
    draft(tmp_path / "drafted", keys)
    return tmp_path / "drafted"


@pytest.fixture(name="git", scope="session")
def git_in() -> Callable[..., str]:
    """git in a folder."""
    return git


@pytest.fixture
def everything() -> Callable[[Path], dict[str, bytes]]:
    """Every file of a folder by its path, git's own included."""

    def read(folder: Path) -> dict[str, bytes]:
        return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}

    return read
