"""What is put together from a cache is what is read without one, whatever was edited and whatever the cache says."""

import json
import random
from collections.abc import Callable
from pathlib import Path

import pytest

from syngraph.engine.agreement import Agreement
from syngraph.engine.cache import Forgetful, Remembering
from syngraph.engine.layout import Layout
from syngraph.engine.text.clauses import Passage
from syngraph.engine.text.provenance import Place, Text
from syngraph.grammar.sentence import Kind

SAID = (
    "The Tenant shall pay EUR 900 by 5 January 2027.",
    "The Tenant must not (a) smoke; or (b) sublet. The Landlord may enter the Premises.",
    "“Premises” means the house.",
    "The Landlord shall always have wobbled that.",
    "Each party likes the other.",
    "The Tenant shall *repair* the gate.",
    "The Tenant shall pay {Rent} to the Landlord.",
    "The Tenant must not\n\n(a) smoke; or\n(b) sublet.",
)


def written(folder: Path, said: list[str]) -> Path:
    (folder / "syngraph.yaml").write_text("syngraph: 1\ntitle: Lease\nroot: text.md\n")
    parts = "\n\n".join(f"# Part {n} {{#p{n}{' .prose' * (n == 2)}}}\n\n" + "\n\n".join(said[n::4]) for n in range(4))
    (folder / "text.md").write_text(f"---\ntitle: Lease\nfields:\n  Rent: EUR 900\n---\n\n{parts}\n")
    return folder


def everything(agreement: Agreement) -> tuple[object, ...]:
    read = (agreement.clauses, agreement.rules, agreement.title, dict(agreement.headings), agreement.holes, agreement.coverage)
    return (*read, repr(read))


def test_after_any_edits_what_is_kept_is_what_is_read(tmp_path: Path) -> None:
    chance = random.Random(7)
    said = [chance.choice(SAID) for _ in range(40)]
    cache = Remembering()
    for _ in range(12):
        match chance.randrange(3):
            case 0:
                said[chance.randrange(len(said))] = chance.choice(SAID)
            case 1:
                said.insert(chance.randrange(len(said)), f"The Tenant shall pay EUR {chance.randrange(1000)}.")
            case _:
                del said[chance.randrange(len(said))]
        folder = written(tmp_path, said)
        expected = everything(Agreement.open(folder, cache=Forgetful()))
        for _ in range(2):
            assert everything(Agreement.open(folder, cache=cache)) == expected


def test_one_edit_makes_few_new_runs(tmp_path: Path) -> None:
    said = [f"The Tenant shall pay EUR {n}." for n in range(1, 400)]
    cache = Remembering()
    Agreement.open(written(tmp_path, said), cache=cache).clauses  # noqa: B018 -- it fills the cache
    before = set(cache.values)
    said[200] = "The Landlord shall repair the gate."
    Agreement.open(written(tmp_path, said), cache=cache).clauses  # noqa: B018 -- it fills the cache
    # a layout, a digest of the text, the passage, and at most three runs
    assert len(set(cache.values) - before) <= 6


class Twisted(Remembering):
    """A cache whose runs and layouts come back otherwise."""

    def __init__(self, twist: Callable[[bytes], bytes]) -> None:
        super().__init__()
        self.twist = twist

    def get(self, keys: object) -> dict[str, bytes]:
        return {name: self.twist(content) for name, content in super().get(keys).items()}  # type: ignore[arg-type]


def _head(change: Callable[[list[list[list[object]]]], object]) -> Callable[[bytes], bytes]:
    def twist(content: bytes) -> bytes:
        first, *lines = content.split(b"\n")
        if not lines:
            return content
        head = json.loads(first)
        change(head)
        return b"\n".join((json.dumps(head).encode(), *lines))

    return twist


@pytest.mark.parametrize(
    "twist",
    [
        lambda content: b"",
        lambda content: b"\n",
        lambda content: content[: len(content) // 2],
        lambda content: content[:-1],
        lambda content: content + b"\n",
        lambda content: b"[" * 100_000 + b"\n" + content,
        lambda content: b"[[[0,5]]]\n[]",
        lambda content: content.replace(b"\n[", b"\n{"),
        lambda content: content.split(b"\n")[0] + b"".join(b"\n[1]" for _ in content.split(b"\n")[1:]),
        lambda content: content.split(b"\n")[0] + b"".join(b"\n[[0]]" for _ in content.split(b"\n")[1:]),
        _head(lambda head: head[0][0].append(7)),
        _head(lambda head: head[0][0].__setitem__(0, -1)),
        _head(lambda head: head[0][0].__setitem__(1, 10**9)),
        _head(lambda head: head[0][0].__setitem__(1, True)),
        _head(lambda head: head[0][0].__setitem__(1, None)),
        _head(lambda head: head[0].__setitem__(0, "ab")),
        _head(lambda head: head[0][0].extend(["00000000", "00000000"])),
        _head(lambda head: [told.__delitem__(slice(2, None)) for passage in head for told in passage]),
    ],
)
def test_a_garbled_cache_changes_nothing_that_is_read(tmp_path: Path, twist: Callable[[bytes], bytes]) -> None:
    folder = written(tmp_path, list(SAID))
    expected = everything(Agreement.open(folder))
    cache = Twisted(twist)
    Agreement.open(folder, cache=cache).clauses  # noqa: B018 -- it fills the cache
    assert everything(Agreement.open(folder, cache=cache)) == expected


def test_a_sentence_that_was_never_there_binds_and_is_not_read(tmp_path: Path) -> None:
    folder = written(tmp_path, list(SAID))
    cache = Twisted(_head(lambda head: head[0][0].__setitem__(1, 3)))
    Agreement.open(folder, cache=cache).clauses  # noqa: B018 -- it fills the cache
    sentence = Agreement.open(folder, cache=cache).clauses[0].sentence
    assert (sentence.kind, sentence.binding, sentence.rules) == (Kind.UNREAD, True, ())


PLACE = Place("a.md", 3, 1, (Place("b.md", 1, 2),))
LAYOUT = Layout("Lease", (), (), (Passage("s", "1", Text("Pay \udc80.\n", ((0, PLACE), (4, PLACE))), True),))


def test_a_layout_comes_back() -> None:
    assert Layout.decoded(LAYOUT.encoded()) == LAYOUT


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"true", b"1"),
        (b'"s"', b"1"),
        (b'["a.md"]', b"[1]"),
        (b'["a.md"]', b"[]"),
        (b'"a.md"', b"null"),
        (b"[0,0,3,1,0]", b"[1,0,3,1,0]"),
        (b"[0,0,3,1,0]", b"[0,0,3,1,9]"),
        (b"[0,0,3,1,0]", b"[0,0,3,1]"),
        (b"[0,0,3,1,0]", b'[0,0,"3",1,0]'),
        (b'"Lease"', b"[]"),
        (b'"Lease",[]', b'"Lease",[["a","b"]]'),
        (b'"Lease",[]', b'"Lease",[[1,2,3]]'),
        (b'"Lease",[]', b'"Lease",7'),
        (b'"Lease",', b""),
    ],
)
def test_other_bytes_are_no_layout(old: bytes, new: bytes) -> None:
    content = LAYOUT.encoded()
    assert old in content
    with pytest.raises(ValueError):
        Layout.decoded(content.replace(old, new, 1))


@pytest.mark.parametrize("content", [b"", b"null", b"[]", b"7", b"\xff", b"[" * 100_000, b'["","","","",""]', b"[1,2,3,4,5]"])
def test_bytes_from_anywhere_are_no_layout(content: bytes) -> None:
    with pytest.raises(ValueError):
        Layout.decoded(content)
