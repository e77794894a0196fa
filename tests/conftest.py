"""`--rewrite` rewrites what is compared with files: transcripts, the command reference. The change is reviewed as a diff."""

import importlib.util
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

# A slow machine makes no test fail: how long one example takes says nothing of whether it holds.
settings.register_profile("syngraph", deadline=None)
settings.load_profile("syngraph")

if "village" not in sys.modules:
    # Tests are not a package (importlib mode), so what they share is loaded here by its path.
    _spec = importlib.util.spec_from_file_location("village", Path(__file__).with_name("village.py"))
    assert _spec is not None and _spec.loader is not None
    sys.modules["village"] = importlib.util.module_from_spec(_spec)
    _spec.loader.exec_module(sys.modules["village"])

CONFORMANCE = ("tests/cases", "tests/conformance", "tests/engine/norms/cases")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--rewrite", action="store_true", help="rewrite expected output instead of comparing with it")


@pytest.fixture
def rewrite(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--rewrite"))


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    for item in items:
        place = Path(item.path).relative_to(config.rootpath).as_posix()
        if place.startswith(CONFORMANCE) or "case" in item.path.stem or "frames" in item.path.stem:
            item.add_marker(pytest.mark.conformance)


@pytest.fixture
def village(tmp_path: Path) -> Callable[..., Any]:
    """Makes communities, each in a repository of its own (tests/village.py)."""
    made: list[Any] = []

    def make(**how: Any) -> Any:
        made.append(sys.modules["village"].Village(tmp_path / f"village{len(made)}.git", **how))
        return made[-1]

    return make
