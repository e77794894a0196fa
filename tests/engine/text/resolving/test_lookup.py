"""What a name means, held against the order of lookup written out step by step."""

from collections.abc import Iterator

from hypothesis import given, settings
from hypothesis import strategies as st

from syngraph.engine.text.resolving.bindings import Binding, Index, bindings
from syngraph.engine.text.resolving.inclusion import Instance, included
from syngraph.engine.text.resolving.lookup import Names
from syngraph.engine.text.store import tree_of

PREFIXES = ["", "P.", "Q.", "P.Q."]
KEYS = ["A", "P.A", "Q.A", "P.Q.A", "one", "P.one"]
NAMES = ["a.md", "b.md", "c.md", "d.md"]


@st.composite
def documents(draw: st.DrawFn) -> tuple[Instance, ...]:
    """A few objects that include one another downwards, under prefixes that make one name of several."""
    files: dict[str, bytes] = {}
    for number, name in enumerate(NAMES):
        below = draw(st.lists(st.tuples(st.sampled_from(NAMES[number + 1 :]), st.sampled_from(PREFIXES)), max_size=3))
        include = ", ".join(f"{{object: {path}{f', as: {prefix}' if prefix else ''}}}" for path, prefix in below if number < 3)
        fields = ", ".join(f"{key}: {name}" for key in draw(st.lists(st.sampled_from(KEYS[:4]), max_size=3, unique=True)))
        heading = draw(st.sampled_from(["", "# One {#one}\n"]))
        files[name] = f"---\ninclude: [{include}]\nfields: {{{fields}}}\n---\n{heading}".encode()
        if number == 2:
            files["d.md"] = b"---\nfields: {A: d}\n---\n# One {#one}\n"
            break
    return included(tree_of(files), "a.md")[0]


def every(instances: tuple[Instance, ...]) -> dict[str, list[tuple[int, Binding]]]:
    """Every binding of every instance, written down one by one."""
    held: dict[str, list[tuple[int, Binding]]] = {}
    for instance in instances:
        for key, binding in bindings(instance.source).items():
            held.setdefault(instance.prefix + key, []).append((instance.number, binding))
    return held


def meant(instances: tuple[Instance, ...], number: int, key: str) -> Iterator[tuple[int, Binding]]:
    """What a name could mean, in the order of lookup: around it from the root, its own and those below, those of others."""
    full = instances[number].prefix + key
    around: list[Instance] = []
    at = instances[number].parent
    while at >= 0:
        around.append(instances[at])
        at = instances[at].parent
    held = every(instances).get(full, [])
    for outer in reversed(around):
        yield from (entry for entry in held if entry[0] == outer.number)
    for scope in (instances[number], *around):
        yield from (entry for entry in held if scope.number <= entry[0] < scope.end)


@settings(deadline=None)
@given(documents())
def test_names_are_held_as_if_each_were_written_down(instances: tuple[Instance, ...]) -> None:
    index = Index(instances, bindings)
    expected = every(instances)
    assert list(expected) == list(index.walk())
    for key in {*expected, *KEYS, "P.", ".", "P..A"}:
        assert tuple(expected.get(key, ())) == index.held(key)


@settings(deadline=None)
@given(documents(), st.sampled_from(KEYS))
def test_the_first_in_the_order_of_lookup_wins(instances: tuple[Instance, ...], key: str) -> None:
    names = Names(instances)
    for instance in instances:
        assert next(meant(instances, instance.number, key), None) == names.find(instance.number, key)
