"""Agreements in a few lines, and changes of them."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest

from syngraph.engine.governance.deciding import Forum, Requirement, Tally, electorate, required, tally
from syngraph.engine.governance.governing import Governing, governing
from syngraph.engine.governance.register import Principal, Register, RoleHeld
from syngraph.engine.governance.statements.kinds import Choice
from syngraph.engine.text import clauses
from syngraph.engine.text.provenance import Place
from syngraph.engine.text.store.folder import Memory
from syngraph.grammar.parse import read

DAY = date(2026, 6, 1)
MANIFEST = "syngraph: 1\ntitle: Club\nbranch: main\nroot: bylaws.md\nregister: register.yaml\n"
REGISTER = """principals:
  - {id: ada, name: Ada Quill, roles: [Member, Chair]}
  - {id: bora, name: Bora Tamm, roles: [Member]}
  - {id: carla, name: Carla Mott, roles: [Member]}
  - {id: dov, name: Dov Lind, roles: [Member]}
"""


def text(bylaws: str, **more: str) -> Governing:
    """An agreement whose root is `bylaws`; `more` are files, with _ for the dot (`register_yaml`, `notes_md`)."""
    files = {"syngraph.yaml": MANIFEST, "register.yaml": REGISTER, "bylaws.md": bylaws}
    files |= {name.replace("_", "."): content for name, content in more.items()}
    return of_files({path: content.encode() for path, content in files.items()})


def of_files(files: Mapping[str, bytes]) -> Governing:
    return governing(Memory(dict(files)), lambda document: clauses.read(document, read))


def change(before: Governing, old: str, new: str, path: str = "bylaws.md") -> Governing:
    """The agreement with some words of a file replaced by others."""
    files = {name: before.tree.read(name) for name in before.tree.paths()}
    assert old.encode() in files[path], old
    return of_files(files | {path: files[path].replace(old.encode(), new.encode())})


def register(**members: int | Mapping[str, int]) -> Register:
    """A register in which each role is held by so many, named after it, or by those with the weights given."""
    principals = []
    for role, held in members.items():
        weights = held if isinstance(held, Mapping) else dict.fromkeys((f"{role.lower()}{n}" for n in range(held)), None)
        for name, weight in weights.items():
            roles = (RoleHeld(role, None, None, Place("", 1, 1), weight),)
            principals.append(Principal(name, name, "person", roles, (), Place("", 1, 1)))
    return Register("register.yaml", tuple(principals))


def named(requirement: Requirement) -> list[str]:
    """The sentences that decide, `everybody` for the consent of every party."""
    return [each.placed.clause.sentence.text if each.placed else "everybody" for each in requirement.deciding]


def votes(before: Governing, requirement: Requirement, **cast: str) -> Tally:
    """The votes counted, given as `ada="yes"`."""
    return tally(requirement, electorate(before, requirement, DAY), {who: Choice(said) for who, said in cast.items()})


@pytest.fixture
def club() -> Any:
    """What the tests of this folder share."""
    return SimpleNamespace(
        text=text,
        of_files=of_files,
        change=change,
        register=register,
        named=named,
        votes=votes,
        day=DAY,
        Forum=Forum,
        required=required,
        electorate=electorate,
        replace=replace,
    )
