"""What is counted section by section is what is counted in the whole text, whatever the cache says."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from syngraph.engine.agreement import Agreement
from syngraph.engine.cache import Forgetful, Remembering
from syngraph.engine.coverage import coverage
from syngraph.engine.reading import Reader

TEXT = """---
title: Lease
fields:
  Rent: EUR 900
---

Before all else, the Tenant shall pay.

# Rent {#rent}

The Tenant shall pay {Rent} by 5 January 2027. The Landlord might like that.

# Notes {#notes .prose}

The Tenant shall smile.

# Use {#use}

The Tenant must not

(a) smoke; or
(b) sublet.

“Premises” means the house. The Landlord shall always have wobbled that.
"""


class Watching(Remembering):
    """A cache that knows what it was asked for in vain."""

    def __init__(self) -> None:
        super().__init__()
        self.missed: set[str] = set()

    def get(self, keys: Sequence[str]) -> dict[str, bytes]:
        found = super().get(keys)
        self.missed |= set(keys) - set(found)
        return found


class Garbled(Remembering):
    """A cache that returns something else than it was given."""

    def __init__(self, content: bytes) -> None:
        super().__init__()
        self.content = content

    def put(self, values: Mapping[str, bytes]) -> None:
        super().put(dict.fromkeys(values, self.content))


def lease(folder: Path, text: str = TEXT) -> Path:
    (folder / "syngraph.yaml").write_text("syngraph: 1\ntitle: Lease\nroot: text.md\n")
    (folder / "text.md").write_text(text)
    return folder


def test_the_count_of_the_sections_is_that_of_the_text(tmp_path: Path) -> None:
    folder = lease(tmp_path)
    expected = coverage(Agreement.open(folder).clauses)
    cache = Remembering()
    assert [Agreement.open(folder, cache=held).coverage for held in (Forgetful(), cache, cache)] == [expected] * 3


def test_after_an_edit_the_count_is_that_of_the_new_text(tmp_path: Path) -> None:
    cache = Remembering()
    for old, new in (("smile", "pay"), ("EUR 900", "EUR 901"), ("{#notes .prose}", "{#notes}"), ("# Use", "# Tenant must pay")):
        Agreement.open(lease(tmp_path), cache=cache).coverage  # noqa: B018 -- it fills the cache
        folder = lease(tmp_path, TEXT.replace(old, new))
        assert Agreement.open(folder, cache=cache).coverage == coverage(Agreement.open(folder).clauses)


def test_after_an_edit_only_the_section_is_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cache = Remembering()
    Agreement.open(lease(tmp_path), cache=cache).coverage  # noqa: B018 -- it fills the cache
    asked: list[str] = []
    monkeypatch.setattr(Reader, "prepare", lambda reader, passages: asked.extend(passages))
    monkeypatch.setattr(Reader, "__call__", lambda reader, passage: ())
    Agreement.open(lease(tmp_path, TEXT.replace("smile", "laugh")), cache=cache).coverage  # noqa: B018 -- it asks
    assert asked == ["The Tenant shall laugh."]


@pytest.mark.parametrize("content", [b"", b"\xff", b"[1]", b"[1,2,3,4,5,null]", b"{}", b"[" * 100_000, b"9" * 10_000])
def test_a_garbled_count_is_counted_again(tmp_path: Path, content: bytes) -> None:
    folder = lease(tmp_path)
    expected = coverage(Agreement.open(folder).clauses)
    cache = Garbled(content)
    assert [Agreement.open(folder, cache=cache).coverage for _ in range(2)] == [expected] * 2
