"""The manifest: what it says, and what it may not say."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from syngraph.engine.text.errors import TextError
from syngraph.engine.text.manifest import Manifest, ManifestError, load, parse, written
from syngraph.engine.text.store import tree_of

WHOLE = """syngraph: 1
title: Riverside Tool Library
branch: trunk
root: bylaws.md
register: register.yaml
calendar: {zone: Europe/Lisbon, holidays: PT}
free: [README.md, .github/]
"""


def test_a_manifest_says_what_an_agreement_is() -> None:
    assert parse(WHOLE) == Manifest(
        title="Riverside Tool Library",
        root="bylaws.md",
        branch="trunk",
        register="register.yaml",
        zone="Europe/Lisbon",
        holidays="PT",
        free=("README.md", ".github/"),
    )


def test_what_a_manifest_leaves_out_has_a_default() -> None:
    assert parse("syngraph: 1\nroot: a.md\n") == Manifest(title="", root="a.md", branch="main", zone="UTC")


REFUSED = {
    "no version": ("root: a.md\n", "syngraph.yaml:1:1", "no language version"),
    "another version": ("syngraph: 2\nroot: a.md\n", "syngraph.yaml:1:11", "language version 2"),
    "no root": ("syngraph: 1\n", "syngraph.yaml:1:1", "no root"),
    "unknown key": ("syngraph: 1\nrot: a.md\n", "syngraph.yaml:2:1", "the unknown key rot"),
    "root outside": ("syngraph: 1\nroot: ../a.md\n", "syngraph.yaml:2:7", "the path ../a.md"),
    "root absolute": ("syngraph: 1\nroot: /a.md\n", "syngraph.yaml:2:7", "the path /a.md"),
    "zone": ("syngraph: 1\nroot: a.md\ncalendar: {zone: Europe/Lisboa}\n", "syngraph.yaml:3:18", "the time zone Europe/Lisboa"),
    "zone outside": ("syngraph: 1\nroot: a.md\ncalendar: {zone: ../../etc/passwd}\n", "syngraph.yaml:3:18", "the time zone"),
    "holidays": ("syngraph: 1\nroot: a.md\ncalendar: {holidays: Portugal}\n", "syngraph.yaml:3:22", "the country Portugal"),
    "calendar key": ("syngraph: 1\nroot: a.md\ncalendar: {zon: UTC}\n", "syngraph.yaml:3:12", "the unknown key zon"),
    "calendar text": ("syngraph: 1\nroot: a.md\ncalendar: PT\n", "syngraph.yaml:3:11", "the text “PT”"),
    "free text": ("syngraph: 1\nroot: a.md\nfree: README.md\n", "syngraph.yaml:3:7", "the text “README.md”"),
    "title list": ("syngraph: 1\nroot: a.md\ntitle: [a]\n", "syngraph.yaml:3:8", "a list"),
    "alias": ("syngraph: &a 1\nroot: *a\n", "syngraph.yaml:1:11", "the anchor &a"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_a_manifest_may_not_say_has_a_position(name: str) -> None:
    source, place, found = REFUSED[name]
    with pytest.raises(TextError) as error:
        parse(source)
    assert str(error.value.place) == place
    assert found in error.value.found


def test_help_names_what_was_meant() -> None:
    for source, help in (
        ("syngraph: 1\nrot: a.md\n", "did you mean root?"),
        ("syngraph: 1\nroot: a.md\ncalendar: {zone: Europe/Lisboa}\n", "did you mean Europe/Lisbon?"),
    ):
        with pytest.raises(TextError) as error:
            parse(source)
        assert error.value.help == help


@pytest.mark.parametrize(("files", "found"), [({}, "nothing in memory"), ({"a.md": b"A"}, "no syngraph.yaml in memory")])
def test_a_tree_without_a_manifest(files: dict[str, bytes], found: str) -> None:
    with pytest.raises(ManifestError) as error:
        load(tree_of(files))
    assert error.value.found == found


def test_a_binary_manifest() -> None:
    with pytest.raises(TextError, match="binary"):
        load(tree_of({"syngraph.yaml": b"\0"}))


TITLES = st.text(st.characters(blacklist_categories=("Cs", "Cc"), blacklist_characters="\ufeff\u2028\u2029\x85"), max_size=40)
PATHS = st.from_regex(r"[a-z][a-z0-9]{0,8}(/[a-z]{1,6}){0,2}\.md", fullmatch=True)


@given(
    st.builds(
        Manifest,
        title=TITLES,
        root=PATHS,
        branch=st.sampled_from(["main", "trunk", "next/2"]),
        register=st.sampled_from(["", "register.yaml"]),
        zone=st.sampled_from(["UTC", "Europe/Lisbon"]),
        holidays=st.sampled_from(["", "PT", "DE-BY"]),
        free=st.lists(TITLES.filter(bool), max_size=3).map(tuple),
    )
)
def test_a_manifest_that_is_written_is_read_back(manifest: Manifest) -> None:
    assert parse(written(manifest)) == manifest
