"""Several edits of several texts, and those that cannot be."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from syngraph.engine.text.editing.edits import Edit, EditError, applied


def test_edits_are_carried_out_wherever_they_stand() -> None:
    texts = {"a.md": "one two three", "b.md": "four", "c.md": "five"}
    edits = [Edit("a.md", 8, 13, "3"), Edit("b.md", 4, 4, "!"), Edit("a.md", 0, 3, "1"), Edit("a.md", 3, 3, ",")]
    assert applied(texts, edits) == {"a.md": "1, two 3", "b.md": "four!"}


def test_the_same_edit_twice_counts_once() -> None:
    assert applied({"a.md": ""}, [Edit("a.md", 0, 0, "x"), Edit("a.md", 0, 0, "x")]) == {"a.md": "x"}


def test_what_is_put_in_stands_before_what_is_replaced() -> None:
    assert applied({"a.md": "cd"}, [Edit("a.md", 0, 1, "b"), Edit("a.md", 0, 0, "a ")]) == {"a.md": "a bd"}


@pytest.mark.parametrize(
    "edits",
    [
        [Edit("a.md", 0, 2, "x"), Edit("a.md", 1, 3, "y")],
        [Edit("a.md", 0, 2, "x"), Edit("a.md", 1, 1, "y")],
        [Edit("a.md", 1, 1, "x"), Edit("a.md", 1, 1, "y")],
        [Edit("a.md", 0, 3, "x"), Edit("a.md", 0, 3, "y")],
        [Edit("a.md", 2, 5, "x")],
        [Edit("a.md", -1, 0, "x")],
        [Edit("a.md", 2, 1, "x")],
        [Edit("b.md", 0, 0, "x")],
    ],
)
def test_edits_that_cannot_be_are_refused(edits: list[Edit]) -> None:
    with pytest.raises(EditError):
        applied({"a.md": "abc"}, edits)


@given(st.text(max_size=30), st.lists(st.tuples(st.integers(0, 30), st.integers(0, 5), st.text(max_size=3)), max_size=5))
def test_edits_that_are_not_refused_do_what_each_says(text: str, wished: list[tuple[int, int, str]]) -> None:
    edits = [Edit("a", start, start + length, new) for start, length, new in wished]
    try:
        changed = applied({"a": text}, edits).get("a", text)
    except EditError:
        return
    expected = text
    for edit in sorted(set(edits), reverse=True):
        expected = expected[: edit.start] + edit.text + expected[edit.end :]
    assert expected == changed
