"""The register: principals, roles and days, and what may not be said of them."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from syngraph.engine.governance.register import (
    KeyHeld,
    Principal,
    Register,
    RegisterError,
    RoleHeld,
    holdings,
    load,
    rewritten,
    written,
)
from syngraph.engine.norms.words.roles import Holding
from syngraph.engine.text.errors import TextError
from syngraph.engine.text.provenance import Place

WHOLE = b"""principals:
  - id: ada
    name: Ada Quill
    kind: person
    roles:
      - {role: Member, since: 2026-01-01}
      - {role: Chair, since: 2026-01-01, until: 2027-12-31}
    keys: [ssh-ed25519 AAAA, {key: ssh-ed25519 BBBB ada@desk, since: 2026-02-01, until: 2026-12-31, compromised: 2026-06-01}]
  - id: guild
    name: The Guild
    kind: organisation
    roles: [{role: Member, shares: 300}]
    signatories: [ada, bora]
    jointly: 2
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
    assert [(each.id, each.kind, [key.blob for key in each.keys]) for each in register.principals] == [
        ("ada", "person", ["AAAA", "BBBB"]),
        ("guild", "organisation", []),
        ("bora", "person", []),
    ]
    guild = register.principals[1]
    assert (guild.signatories, guild.jointly, guild.roles[0].weight) == (("ada", "bora"), 2, 300)
    assert str(register.principals[0].roles[1].place) == "register.yaml:7:9"


def test_a_key_signs_on_its_days() -> None:
    plain, dated = load(WHOLE, "register.yaml").principals[0].keys
    assert [plain.on(date(year, 1, 1)) for year in (1990, 2026, 2090)] == [True, True, True]
    days = [date(2026, 1, 31), date(2026, 2, 1), date(2026, 5, 31), date(2026, 6, 1), date(2027, 1, 1)]
    assert [dated.on(day) for day in days] == [False, True, True, False, False]


def test_who_holds_a_role_on_a_day() -> None:
    register = load(WHOLE, "register.yaml")
    assert [each.id for each in register.holders("member", date(2026, 1, 1))] == ["ada", "guild"]
    assert [each.id for each in register.holders("Chair", date(2028, 1, 1))] == []
    assert [(each.id, held.weight) for each, held in register.held("Member", date(2027, 1, 1))] == [
        ("ada", None),
        ("guild", 300),
    ]
    assert register.principal("nobody") is None


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
    "key without value": (one("id: a, name: A, keys: [{since: 2026-01-01}]"), "register.yaml:2:29", "a key without a value"),
    "key of one word": (one("id: a, name: A, keys: [AAAA]"), "register.yaml:2:29", "the key “AAAA”"),
    "one key for two": (
        b"principals: [{id: a, name: A, keys: [t K]}, {id: b, name: B, keys: [t K other]}]\n",
        "register.yaml:1:69",
        "the key of a (at register.yaml:1:38) a second time, under b",
    ),
    "signatory unknown": (
        one("id: a, name: A, kind: organisation, signatories: [b]"),
        "register.yaml:2:10",
        "the signatory b of a",
    ),
    "signatories of a person": (one("id: a, name: A, signatories: [a]"), "register.yaml:2:35", "signatories of a, who is"),
    "too many jointly": (one("id: a, name: A, kind: organisation, jointly: 2"), "register.yaml:2:10", "2 signatories of a"),
    "weight of nothing": (one("id: a, name: A, roles: [{role: M, weight: 0}]"), "register.yaml:2:48", "weight: 0"),
    "weight and shares": (
        one("id: a, name: A, roles: [{role: M, weight: 1, shares: 1}]"),
        "register.yaml:2:59",
        "both a weight and shares",
    ),
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
    lambda role, days, weight: RoleHeld(role, *days, HERE, weight),
    NAMES,
    st.tuples(DAYS, DAYS).filter(lambda days: not (days[0] and days[1]) or days[0] <= days[1]),
    st.none() | st.integers(1, 10**15),
)
KEYS = st.builds(
    lambda number, since, until, compromised: KeyHeld(f"ssh-ed25519 {number}", since, until, compromised, HERE),
    st.integers(0, 10**9),
    DAYS,
    DAYS,
    DAYS,
)
PRINCIPALS = st.builds(
    lambda id_, name, kind, roles, keys: Principal(id_, name, kind, tuple(roles), tuple(keys), HERE),
    st.from_regex(r"[a-z][a-z0-9.-]{0,8}", fullmatch=True),
    NAMES,
    st.sampled_from(["person", "organisation"]),
    st.lists(ROLES, max_size=3),
    st.lists(KEYS, max_size=2),
)


def said(register: Register) -> object:
    return [
        (
            each.id,
            each.name,
            each.kind,
            [(held.role, held.since, held.until, held.weight) for held in each.roles],
            [(key.line, key.since, key.until, key.compromised) for key in each.keys],
            each.signatories,
            each.jointly,
        )
        for each in register.principals
    ]


def apart(principals: list[Principal]) -> bool:
    blobs = [key.blob for principal in principals for key in principal.keys]
    return len(blobs) == len(set(blobs))


@given(st.lists(PRINCIPALS, max_size=3, unique_by=lambda principal: principal.id).filter(apart))
def test_a_register_that_is_written_is_read_back(principals: list[Principal]) -> None:
    guild = Principal("the-guild", "Guild", "organisation", (), (), HERE, tuple(p.id for p in principals if p.kind == "person"))
    register = Register("register.yaml", (*principals, guild))
    assert said(load(written(register).encode(), "register.yaml")) == said(register)


def test_one_entry_is_rewritten_and_the_rest_stays() -> None:
    source = (
        "# people\nprincipals:\n  # the first\n  - {id: ada, name: Ada Quill, roles: [Member]}\n"
        "  # the second\n  - id: bora\n    name: Bora Tamm   # who joined late\n\n"
    )
    ada = load(source.encode(), "register.yaml").principals[0]
    changed = rewritten(source, "register.yaml", replace(ada, name="Ada Quill-Tamm"))
    assert changed == (
        "# people\nprincipals:\n  # the first\n  - id: ada\n    name: Ada Quill-Tamm\n    kind: person\n    roles:\n"
        "      - {role: Member}\n  # the second\n  - id: bora\n    name: Bora Tamm   # who joined late\n\n"
    )
    with pytest.raises(RegisterError):
        rewritten(source, "register.yaml", replace(ada, id="carla"))
