"""Commands run in this process, with a cache of their own and no terminal."""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from syngraph.cli.main import run


@dataclass(frozen=True)
class Answer:
    """What a command said and how it ended."""

    code: int
    out: str
    err: str


Syngraph = Callable[..., Answer]


@pytest.fixture(scope="session")
def cache_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(autouse=True)
def surroundings(
    monkeypatch: pytest.MonkeyPatch, cache_folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[None]:
    for name in list(os.environ):
        if name.startswith(("SYNGRAPH_", "GIT_")):
            monkeypatch.delenv(name)
    monkeypatch.setenv("SYNGRAPH_CACHE", str(cache_folder))
    monkeypatch.setenv("SYNGRAPH_STATE", str(tmp_path_factory.mktemp("state")))
    monkeypatch.setenv("COLUMNS", "100")
    yield


@pytest.fixture
def syngraph(capsys: pytest.CaptureFixture[str]) -> Syngraph:
    def answer(*arguments: object) -> Answer:
        code = run([str(argument) for argument in arguments])
        said = capsys.readouterr()
        return Answer(code, said.out, said.err)

    return answer
