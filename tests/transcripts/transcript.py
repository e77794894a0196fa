"""Sessions at the command line, written in Markdown and run as they stand.

A block of the kind `console` has commands after `$ ` and under each what it prints, stdout and stderr together, then
`[exit code N]` where that is not 0. A line `...` stands for any lines, `…` in a line for any characters. The commands of a file
run one after the other in one folder, which has a copy of the examples in a git repository of its own.
"""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
ELSEWHERE = "..."


@dataclass(frozen=True)
class Step:
    """A command with what it should print; `line` is where it stands."""

    line: int
    command: str
    expected: tuple[str, ...]


def steps(page: Path) -> Iterator[Step]:
    """The commands of a page, in order."""
    fence = False
    command: tuple[int, str] | None = None
    expected: list[str] = []
    for number, line in enumerate(page.read_text(encoding="utf-8").split("\n"), 1):
        if line.startswith("```"):
            if command:
                yield Step(*command, tuple(expected))
                command = None
            fence = not fence and line.strip() == "```console"
        elif fence and line.startswith("$ "):
            if command:
                yield Step(*command, tuple(expected))
            command, expected = (number, line[2:]), []
        elif fence and command and line.startswith("> ") and not expected:
            command = (command[0], f"{command[1]}\n{line[2:]}")
        elif fence:
            expected.append(line)


def prepared(folder: Path) -> Path:
    """A folder as the pages assume it: the examples, in a repository whose one commit is of 1 January 2026."""
    shutil.copytree(ROOT / "examples", folder / "examples")
    moment = {"GIT_AUTHOR_DATE": "2026-01-01T09:00:00Z", "GIT_COMMITTER_DATE": "2026-01-01T09:00:00Z"}
    git = ["git", "-c", "user.name=Ada Quill", "-c", "user.email=ada@example.org", "-c", "init.defaultBranch=main"]
    for command in (["init", "--quiet"], ["add", "examples"], ["commit", "--quiet", "-m", "examples"]):
        subprocess.run([*git, *command], cwd=folder, check=True, env={**os.environ, **moment})
    return folder


def printed(step: Step, folder: Path) -> tuple[str, ...]:
    """What a command prints in a folder."""
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith(("GIT_", "SYNGRAPH_"))},
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "SYNGRAPH_CACHE": str(folder.parent / "cache"),
        "SYNGRAPH_STATE": str(folder.parent / "state"),
        "COLUMNS": "100",
        "LC_ALL": "C.UTF-8",
        "NO_COLOR": "1",
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_AUTHOR_NAME": "Ada Quill",
        "GIT_AUTHOR_EMAIL": "ada@example.org",
        "GIT_COMMITTER_NAME": "Ada Quill",
        "GIT_COMMITTER_EMAIL": "ada@example.org",
    }
    done = subprocess.run(
        ["bash", "-c", step.command],
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    lines = done.stdout.rstrip("\n").split("\n") if done.stdout.strip("\n") else []
    if done.returncode:
        lines.append(f"[exit code {done.returncode}]")
    return tuple(line.rstrip() for line in lines)


def matches(expected: tuple[str, ...], actual: tuple[str, ...]) -> bool:
    """Whether the lines are those that were expected, `...` standing for any lines and `…` for any part of one."""
    wanted = "\n".join(expected).rstrip("\n")
    pattern = "(?:.*\n)*?".join(re.escape(part).replace("…", ".*") for part in re.split(r"(?m)^\.\.\.\n?", wanted + "\n"))
    return re.fullmatch(pattern, "\n".join(actual) + "\n" if actual else "\n") is not None


def rewritten(page: Path, answers: dict[int, tuple[str, ...]]) -> str:
    """The page with the answers under the commands at those lines, except where `...` or `…` stands for some of it."""
    lines = page.read_text(encoding="utf-8").split("\n")
    for step in sorted(steps(page), key=lambda step: step.line, reverse=True):
        if step.line in answers and ELSEWHERE not in step.expected and "…" not in "".join(step.expected):
            first = step.line + step.command.count("\n")
            lines[first : first + len(step.expected)] = [*answers[step.line], *_gap(step)]
    return "\n".join(lines)


def _gap(step: Step) -> list[str]:
    return [""] if step.expected and not step.expected[-1] else []
