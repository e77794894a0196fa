"""Objects as written, and the map of what they include."""

import pytest

from syngraph.engine.text.errors import TextError
from syngraph.engine.text.provenance import Place
from syngraph.engine.text.resolving.inclusion import included
from syngraph.engine.text.store import Tree, tree_of
from syngraph.engine.text.views import inclusions, objects
from syngraph.engine.text.views.shown import Kind, Link, Map, Target


def tree(files: dict[str, str]) -> Tree:
    return tree_of({path: content.encode() for path, content in files.items()})


def including(*paths: str) -> str:
    return f"---\ninclude: [{', '.join(paths)}]\n---\n"


def arrows(made: Map) -> list[str]:
    return [f"{edge.source} {edge.link.target} {edge.link.path}" for edge in made.edges]


def test_an_object_is_shown_as_it_was_written() -> None:
    content = "---\ninclude:\n  - {object: b.md, as: Chair.}\nfields:\n  Dues: EUR {Sum}\n---\n# One {#one}\n\n## Two parts\n"
    made = objects.source(tree({"a.md": content, "b.md": ""}), "a.md")
    assert "\n".join(made.lines) + "\n" == content
    assert [(e.kind, e.key, e.value, str(e.place), e.derived) for e in made.entries] == [
        (Kind.FIELD, "Dues", "EUR {Sum}", "a.md:5:3", False),
        (Kind.SECTION, "one", "One", "a.md:7:1", False),
        (Kind.SECTION, "two-parts", "Two parts", "a.md:9:1", True),
    ]
    assert [(link.path, link.prefix, str(link.place), link.target) for link in made.links] == [
        ("b.md", "Chair.", "a.md:3:14", Target.THERE)
    ]


@pytest.mark.parametrize(
    ("path", "target", "said"),
    [
        ("forms/c.md", Target.MISSING, "did you mean c.md? Paths count from the top of the agreement"),
        ("../c.md", Target.REFUSED, "a path that leads out of the tree"),
        ("/etc/passwd", Target.REFUSED, "an absolute path"),
        ("latin.md", Target.UNREAD, "the byte 0xe9, which is not UTF-8"),
    ],
)
def test_an_inclusion_says_what_is_at_its_other_end(path: str, target: Target, said: str) -> None:
    of = tree_of({"a.md": including(path).encode(), "c.md": b"", "latin.md": b"caf\xe9"})
    (link,) = objects.source(of, "a.md").links
    assert (link.target, link.said) == (target, said)


def test_an_object_that_is_not_there_cannot_be_shown() -> None:
    for show in (objects.source, objects.inclusions):
        with pytest.raises(TextError):
            show(tree({"a.md": ""}), "b.md")


def test_the_map_has_every_object_once_in_the_order_of_inclusion() -> None:
    files = {"a.md": including("b.md", "c.md"), "b.md": including("d.md"), "c.md": including("d.md"), "d.md": ""}
    made = objects.inclusions(tree(files), "a.md")
    assert made.objects == ("a.md", "b.md", "d.md", "c.md")
    assert arrows(made) == ["a.md there b.md", "b.md there d.md", "a.md there c.md", "c.md there d.md"]


def test_the_map_marks_what_leads_back_and_what_is_missing() -> None:
    files = {"a.md": including("b.md", "a.md"), "b.md": including("a.md", "none.md", "c.md"), "c.md": including("b.md")}
    assert arrows(objects.inclusions(tree(files), "a.md")) == [
        "a.md there b.md",
        "b.md circular a.md",
        "b.md missing none.md",
        "b.md there c.md",
        "c.md circular b.md",
        "a.md circular a.md",
    ]


def test_a_map_of_inclusions_that_double_at_every_level_is_small() -> None:
    files = {f"{level}.md": including(f"{level + 1}.md", f"{level + 1}.md") for level in range(60)}
    made = objects.inclusions(tree({**files, "60.md": ""}), "0.md")
    assert (len(made.objects), len(made.edges)) == (41, 82)


@pytest.mark.parametrize("last", [39, 40, 41, 45])
def test_what_is_too_deep_to_be_read_is_marked(last: int) -> None:
    files = {f"{level}.md": including(f"{level + 1}.md") for level in range(last)}
    of = tree({**files, f"{last}.md": ""})
    made = objects.inclusions(of, "0.md")
    marked = [(edge.source, edge.link.said) for edge in made.edges if edge.link.target is Target.UNREAD]
    assert marked == ([("40.md", "inclusions more than 40 deep")] if last > 40 else [])
    assert len(made.objects) == min(last, 40) + 1
    assert any(each.code == "SG113" for each in included(of, "0.md")[1]) == bool(marked)


@pytest.mark.parametrize("short", ["first", "last"])
def test_what_is_too_deep_on_one_of_two_ways_is_said(short: str) -> None:
    files = {f"{level}.md": including(f"{level + 1}.md") for level in range(45)}
    files["0.md"] = including(*(("20.md", "1.md") if short == "first" else ("1.md", "20.md")))
    of = tree({**files, "45.md": ""})
    made = objects.inclusions(of, "0.md")
    told = {edge.source: edge.link.said for edge in made.edges if edge.link.said}
    assert told == {f"{level}.md": "on a longer way more than 40 deep, and not read there" for level in range(40, 45)}
    assert any(each.code == "SG113" for each in included(of, "0.md")[1])
    assert len(made.objects) == 46


def endless(path: str) -> tuple[Link, ...]:
    following = f"{int(path) + 1}"
    return (Link(following, "", Place(path, 1, 1), Target.THERE),)


def test_a_chain_without_end_is_cut() -> None:
    made = inclusions.mapped("0", endless)
    assert (len(made.objects), made.more) == (inclusions.MAX_OBJECTS, 1)
