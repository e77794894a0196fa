"""A cache may lose or garble anything, and the answer stays the same."""

from pathlib import Path

from syngraph import engine, grammar
from syngraph.engine.cache import CODE, Cache, Forgetful, Remembering, key, recall


def count(cache: Cache) -> tuple[int, list[str]]:
    worked: list[str] = []

    def work() -> int:
        worked.append("worked")
        return 42

    return recall(cache, key("answer", "question"), lambda content: int(content), work, lambda value: b"%d" % value), worked


def test_what_is_remembered_is_not_worked_out_again() -> None:
    cache = Remembering()
    assert [count(cache), count(cache)] == [(42, ["worked"]), (42, [])]


def test_what_is_forgotten_is_worked_out_again() -> None:
    assert [count(Forgetful()), count(Forgetful())] == [(42, ["worked"])] * 2


def test_what_does_not_decode_is_worked_out_again_and_replaced() -> None:
    cache = Remembering()
    cache.put({key("answer", "question"): b"garbled"})
    assert [count(cache), count(cache)] == [(42, ["worked"]), (42, [])]


def test_a_key_tells_its_parts_apart() -> None:
    keys = {key("a", "bc"), key("ab", "c"), key("a", "b", "c"), key("a", b"b", "c", ""), key("abc")}
    assert len(keys) == 5


def test_a_key_takes_bytes_and_text_that_is_not_utf_8() -> None:
    assert key("a", b"\xff") != key("a", "\udcff")


def test_every_file_that_decides_what_is_read_is_in_the_key() -> None:
    files = [file for room in (grammar, engine) for file in Path(room.__path__[0]).rglob("*") if file.is_file()]
    assert sorted({file.suffix for file in files if "__pycache__" not in file.parts}) == sorted(CODE)
