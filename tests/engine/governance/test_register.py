"""The register: principals, roles and days, and what may not be said of them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from syngraph.engine.governance.register import Principal, Register, RoleHeld, holdings, load, written
from syngraph.engine.norms.roles import Holding
from syngraph.engine.text.errors import TextError
from syngraph.engine.text.provenance import Place

WHOLE = b"""principals:
  - id: ada
    name: Ada Quill
    kind: person
    roles:
      - {role: Member, since: 2026-01-01}
      - {role: Chair, since: 2026-01-01, until: 2027-12-31}
    keys: [ssh-ed25519 AAAA]
  - id: guild
    name: The Guild
    kind: organisation
    roles: [Member]
  - {id: bora, name: Bora Tamm}
"""


def test_a_register_gives_holdings() -> None:
    register = load(WHOLE, "register.yaml")
    assert holdings(register) == (
        Holding("ada", "Ada Quill", "Member", date(2026, 1, 1), None),
        Holding("ada", "Ada Quill", "Chair", date(2026, 1, 1), date(2027, 12, 31)),
        Holding("guild", "The Guild", "Member", None, None),
    )
    assert register.roles == {"Member", "Chair"}
    assert [(each.id, each.kind, each.keys) for each in register.principals] == [
        ("ada", "person", ("ssh-ed25519 AAAA",)),
        ("guild", "organisation", ()),
        ("bora", "person", ()),
    ]
    assert str(register.principals[0].roles[1].place) == "register.yaml:7:9"


def one(fields: str) -> bytes:
    return f"principals:\n  - {{{fields}}}\n".encode()


REFUSED = {
    "empty": (b"", "register.yaml:1:1", "no principals"),
    "unknown key": (b"people: []\n", "register.yaml:1:1", "the unknown key people"),
    "no list": (b"principals: ada\n", "register.yaml:1:13", "the text “ada”"),
    "principal as text": (b"principals: [ada]\n", "register.yaml:1:14", "a principal without keys and values"),
    "no id": (one("name: Ada"), "register.yaml:2:5", "a principal without an id"),
    "bad id": (one("id: a b, name: Ada"), "register.yaml:2:10", "the id “a b”"),
    "no name": (one("id: ada"), "register.yaml:2:5", "no name for ada"),
    "kind": (one("id: ada, name: Ada, kind: robot"), "register.yaml:2:32", "the kind robot"),
    "key of principal": (one("id: ada, nmae: Ada"), "register.yaml:2:15", "the unknown key nmae"),
    "no such day": (one("id: a, name: A, roles: [{role: M, since: 2026-02-30}]"), "register.yaml:2:47", "the day 2026-02-30"),
    "no day": (one("id: a, name: A, roles: [{role: M, since: soon}]"), "register.yaml:2:47", "the day “soon”"),
    "day in words": (
        one("id: a, name: A, roles: [{role: M, until: 1 May 2026}]"),
        "register.yaml:2:47",
        "the day “1 May 2026”",
    ),
    "ends before": (
        one("id: a, name: A, roles: [{role: M, since: 2026-02-01, until: 2026-01-31}]"),
        "register.yaml:2:66",
        "the role M until 2026-01-31",
    ),
    "role without name": (one("id: a, name: A, roles: [{since: 2026-02-01}]"), "register.yaml:2:30", "a role without a name"),
    "role key": (one("id: a, name: A, roles: [{role: M, from: 2026-02-01}]"), "register.yaml:2:40", "the unknown key from"),
    "id twice": (b"principals: [{id: a, name: A}, {id: a, name: B}]\n", "register.yaml:1:37", "the id a a second time"),
    "alias": (b"principals: &x []\n", "register.yaml:1:13", "the anchor &x"),
    "binary": (b"principals:\n\0", "register.yaml:2:1", "a binary file"),
    "not UTF-8": (b"principals: \xff", "register.yaml:1:13", "the byte 0xff"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_a_register_may_not_say_has_a_position(name: str) -> None:
    content, place, found = REFUSED[name]
    with pytest.raises(TextError) as error:
        load(content, "register.yaml")
    assert str(error.value.place) == place
    assert found in error.value.found


NAMES = st.text(
    st.characters(blacklist_categories=("Cs", "Cc"), blacklist_characters="\ufeff\u2028\u2029\x85"), min_size=1, max_size=20
)
HERE = Place("register.yaml", 1, 1)
DAYS = st.none() | st.dates()
ROLES = st.builds(
    lambda role, days: RoleHeld(role, *days, HERE),
    NAMES,
    st.tuples(DAYS, DAYS).filter(lambda days: not (days[0] and days[1]) or days[0] <= days[1]),
)
PRINCIPALS = st.builds(
    lambda id_, name, kind, roles, keys: Principal(id_, name, kind, tuple(roles), tuple(keys), HERE),
    st.from_regex(r"[a-z][a-z0-9.-]{0,8}", fullmatch=True),
    NAMES,
    st.sampled_from(["person", "organisation"]),
    st.lists(ROLES, max_size=3),
    st.lists(NAMES, max_size=2),
)


def said(register: Register) -> object:
    return [(p.id, p.name, p.kind, [(r.role, r.since, r.until) for r in p.roles], p.keys) for p in register.principals]


@given(st.lists(PRINCIPALS, max_size=3, unique_by=lambda principal: principal.id))
def test_a_register_that_is_written_is_read_back(principals: list[Principal]) -> None:
    register = Register("register.yaml", tuple(principals))
    assert said(load(written(register).encode(), "register.yaml")) == said(register)
