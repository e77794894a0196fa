"""A village of ten, in a repository that is bare or has a work tree; and processes of one's own that do something there."""

import os
import shutil
import signal
import subprocess
import sys
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pygit2
import pytest
from village import Village

from syngraph.engine.cache import Remembering

TEN = ("ada", "bora", "carla", "dov", "edda", "farid", "greta", "hana", "ivo", "jana")


@dataclass
class Cottage(Village):
    """A village whose repository may have a work tree."""

    bare: bool = True

    def __post_init__(self) -> None:
        self.repository = pygit2.init_repository(str(self.path), bare=self.bare, initial_head="main")
        for person in self.people:
            self.keys.setdefault(person, self.key())
        self.cache = self.cache or Remembering()
        self.found()
        if not self.bare:
            self.repository.reset(self.repository.branches["main"].target, pygit2.enums.ResetMode.HARD)

    def aside(self, does: Callable[[], object]) -> int:
        """Does something in a process of its own; the id of that process."""
        child = os.fork()
        if child:
            return child
        code = 1
        try:
            does()
            code = 0
        except BaseException:
            traceback.print_exc(file=sys.__stderr__)
        finally:
            os._exit(code)

    def whole(self) -> None:
        """That chain, repository and work tree are sound."""
        assert not self.refused()
        if not self.bare:
            assert {path: content for path, content in self.tree().items() if (self.path / path).read_bytes() != content} == {}
            assert {path for path, flags in self.repository.status().items() if flags} == set()

    def fsck(self) -> None:
        """That git finds nothing wrong with the repository."""
        if shutil.which("git") is None:
            pytest.skip("git is not installed: nothing but git's own check of the repository is left out")
        found = subprocess.run(
            ["git", "-C", str(self.path), "fsck", "--full", "--strict", "--no-dangling"], capture_output=True, text=True
        )
        assert (found.returncode, found.stdout) == (0, ""), found.stdout + found.stderr


def waited(child: int) -> int:
    """How a process has ended: its exit code, or less the signal that has ended it."""
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def killed(child: int) -> int:
    """Ends a process at once, wherever it is; how it has ended, which may be by itself."""
    os.kill(child, signal.SIGKILL)
    return waited(child)


@pytest.fixture(params=["bare", "work tree"])
def cottage(request: pytest.FixtureRequest, tmp_path: Path) -> Any:
    return Cottage(tmp_path / "village", TEN, bare=request.param == "bare")


@pytest.fixture(name="waited")
def _waited() -> Callable[[int], int]:
    return waited


@pytest.fixture(name="killed")
def _killed() -> Callable[[int], int]:
    return killed
