"""Communities to attack: one is founded once for all tests, and every attack has a copy of it."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import process_time
from types import SimpleNamespace
from typing import Any

import pytest

from syngraph.engine.cache import Remembering
from syngraph.engine.text.errors import TextError
from syngraph.engine.text.store.writing import committing

Village = Any


@pytest.fixture(scope="module", autouse=True)
def quick() -> Iterator[None]:
    """Nothing here outlives a loss of power, so nothing waits for the disk."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "fsync", lambda descriptor: None)
        patch.setattr(committing, "_be_durable", lambda: None)
        yield


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Village:
    village = sys.modules["village"].Village(tmp_path_factory.mktemp("template") / "village.git", cache=Remembering())
    village.found()
    return village


@pytest.fixture
def founded(template: Village, tmp_path: Path) -> Village:
    """A community that was founded, all of its own."""
    return template.copied(tmp_path / "founded.git")


@pytest.fixture(scope="module")
def only_read(template: Village, tmp_path_factory: pytest.TempPathFactory) -> Village:
    """A community that a module shares; its tests may make objects in it, and no reference of it moves."""
    return template.copied(tmp_path_factory.mktemp("read") / "village.git")


@contextmanager
def _refused(*reasons: str) -> Iterator[SimpleNamespace]:
    """What happens inside is refused, and the refusal says all of `reasons`."""
    seen = SimpleNamespace()
    with pytest.raises(TextError) as caught:
        yield seen
    seen.error = caught.value
    said = f"{caught.value.found}; expected {caught.value.expected}; {caught.value.help}; {caught.value}"
    for reason in reasons:
        assert reason in said


@contextmanager
def _within(seconds: float) -> Iterator[None]:
    """What happens inside does not blow up: it takes no more processor time than three times that, on a slow machine too."""
    start = process_time()
    yield
    assert process_time() - start < 3 * seconds


@pytest.fixture
def refused() -> Callable[..., Any]:
    return _refused


@pytest.fixture
def within() -> Callable[[float], Any]:
    return _within
