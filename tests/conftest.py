"""`--rewrite` rewrites what is compared with files: transcripts, the command reference. The change is reviewed as a diff."""

from pathlib import Path

import pytest

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
