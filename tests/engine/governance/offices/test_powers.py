"""What the text lets an officer do: which sentence gives which power, and what an act may do to the register with it."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from functools import cache
from typing import Any

import pytest

from syngraph.engine import enacting
from syngraph.engine.enacting import EnactingError, Enactment
from syngraph.engine.governance.changes import body, difference
from syngraph.engine.governance.offices import causes
from syngraph.engine.governance.register import Register, load
from syngraph.engine.governance.signatures import load as load_key
from syngraph.engine.governance.signatures import make, written
from syngraph.engine.governance.standing import Standing
from syngraph.engine.governance.statements import Act, Kind, Resignation, Statement, parse, path_of
from syngraph.engine.text import clauses
from syngraph.engine.text.store import tree_of
from syngraph.grammar.parse import read

DAY = date(2026, 3, 10)
BEFORE, AFTER = DAY - timedelta(days=1), DAY + timedelta(days=1)
MANIFEST = "syngraph: 1\ntitle: Club\nbranch: main\nroot: bylaws.md\nregister: register.yaml\n"


@cache
def key(number: int) -> str:
    """A public key, the same for the same number."""
    return " ".join(load_key(written(make())).public.line().split()[:2])


@cache
def register() -> str:
    return f"""# Who we are
principals:
  - id: ada
    name: Ada Quill
    roles: [{{role: Member}}, {{role: Chair}}]
    keys: [{key(0)}]
  - id: bora
    name: Bora Tamm
    roles: [{{role: Member}}, {{role: Secretary}}]
    keys: [{key(1)}]
  - id: carla
    name: Carla Mott
    roles: [{{role: Member}}, {{role: Treasurer}}]
    keys: [{key(2)}]
  - id: dov
    name: Dov Lind
    roles: [{{role: Member, weight: 3}}]
    keys: [{key(3)}]
  - id: edda
    name: Edda Roth
    roles: [{{role: Board Member}}]
    keys: [{key(4)}]
"""


def edited(*edits: tuple[str, str]) -> str:
    text = register()
    for old, new in edits:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text


def entering(roles: str = f"{{role: Member, since: {DAY}}}", more: str = "", keys: str = "", who: str = "mole") -> str:
    return (
        register() + f"  - id: {who}\n    name: {who.title()} Fenn\n{more}    roles: [{roles}]\n    keys: [{keys or key(9)}]\n"
    )


def of(role: str, *, to: str = "dov", since: date = DAY) -> str:
    """The register with a role given to somebody who is in it."""
    was = {"dov": "{role: Member, weight: 3}", "edda": "{role: Board Member}"}[to]
    return edited((was, f"{was}, {{role: {role}, since: {since}}}"))


def out(role: str = "Member", day: date = BEFORE) -> str:
    """The register with the role of somebody ended."""
    was, until = (
        {"Member": "role: Member, weight: 3", "Board Member": "role: Board Member", "Treasurer": "role: Treasurer"}[role],
        day,
    )
    return edited((was, f"{was}, until: {until}"))


def rekeyed(who: int = 3, until: date = BEFORE, since: date = DAY, more: str = "") -> str:
    """The register with another key for Dov (3) or Edda (4)."""
    return edited((f"[{key(who)}]", f"[{{key: {key(who)}, until: {until}{more}}}, {{key: {key(8)}, since: {since}}}]"))


ACTS: Mapping[str, Callable[[], str]] = {
    "admit a person": entering,
    "admit an organisation": lambda: entering(more="    kind: organisation\n"),
    "admit a board member": lambda: entering(f"{{role: Board Member, since: {DAY}}}"),
    "make Edda a member": lambda: of("Member", to="edda"),
    "make Dov treasurer": lambda: of("Treasurer"),
    "make Dov auditor": lambda: of("Auditor"),
    "make Edda auditor": lambda: of("Auditor", to="edda"),
    "remove Dov": out,
    "remove the treasurer": lambda: out("Treasurer"),
    "remove a board member": lambda: out("Board Member"),
    "replace Dov's key": rekeyed,
    "replace Edda's key": lambda: rekeyed(4),
    "correct a name": lambda: edited(("Dov Lind", "Dov Lindt")),
}
TEXT = "# Rooms {#rooms}\n\nThe Club has a room.\n"
SPACED = TEXT.replace("has a room", "has  a  room")


def standing(sentences: str, **files: str) -> Standing:
    found = {
        "syngraph.yaml": MANIFEST,
        "register.yaml": register(),
        "bylaws.md": f"{TEXT}\n# Powers {{#powers}}\n\n{sentences}\n",
    }
    found |= {name.replace("_", "."): content for name, content in files.items()}
    tree = tree_of({path: content.encode() for path, content in found.items()})
    return Standing(tree, "", lambda document: clauses.read(document, read))


def act(
    now: Standing,
    files: Mapping[str, str],
    *who: str,
    office: str | None = "Secretary",
    stated: date = DAY,
    day: date = DAY,
    entered: date = DAY,
) -> str:
    """Why an act is beyond the office, "" where it is not."""
    after = now.changed({path: content.encode() for path, content in files.items()}).tree
    said = body("", difference(now.tree, after, sorted(files)))
    names = who or ("bora",)
    statement = Statement(Kind.ACT, "0" * 64, None, "0" * 64, names, office, stated, 1, None, Act(), said, "", "act.md", 9)
    return causes.powerless(statement, now, day, entered)


def done(sentences: str, what: str, **more: Any) -> str:
    return act(standing(sentences), {"register.yaml": ACTS[what]()}, **more)


# -- sentence by act ---------------------------------------------------------------------------------------------------

MAY = [
    ("The Secretary may admit a person as a Member.", "admit a person"),
    ("The Secretary may admit a person as a Member.", "make Edda a member"),
    ("The Secretary may admit any person as a Member.", "admit a person"),
    ("The Secretary may admit a Member.", "admit a person"),
    ("The Secretary may admit new Members.", "admit a person"),
    ("The Secretary may admit a new Member.", "admit a person"),
    ("The Secretary may admit persons as Members.", "admit a person"),
    ("The Secretary may admit people as new Members.", "admit a person"),
    ("The Secretary may at any time admit a person as a Member.", "admit a person"),
    ("The Secretary shall admit a person as a Member.", "admit a person"),
    ("The Secretary is entitled to admit a person as a Member.", "admit a person"),
    ("A person may be admitted as a Member by the Secretary.", "admit a person"),
    ("Members may be admitted by the Secretary.", "admit a person"),
    ("Each Secretary may admit a person as a Member.", "admit a person"),
    ("The Secretary or the Treasurer may admit a person as a Member.", "admit a person"),
    ("The Secretary may admit a person or an organisation as a Member.", "admit a person"),
    ("The Secretary may admit a person or an organisation as a Member.", "admit an organisation"),
    ("The Secretary may admit persons and organisations as Members.", "admit an organisation"),
    ("The Secretary may admit an organization as a Member.", "admit an organisation"),
    ("The Secretary may admit a person as a Board Member.", "admit a board member"),
    ("The Secretary may appoint a Member as Treasurer.", "make Dov treasurer"),
    ("The Secretary may appoint a Member as the Auditor.", "make Dov auditor"),
    ("The Secretary may appoint a Treasurer.", "make Dov treasurer"),
    ("The Secretary may appoint the Auditor.", "make Edda auditor"),
    ("The Secretary may remove a Member.", "remove Dov"),
    ("The Secretary may expel any Member.", "remove Dov"),
    ("The Secretary may remove Members.", "remove Dov"),
    ("The Secretary may dismiss the Treasurer.", "remove the treasurer"),
    ("The Secretary may remove a Board Member.", "remove a board member"),
    ("The Secretary may replace the key of a Member.", "replace Dov's key"),
    ("The Secretary shall replace the key of any Member.", "replace Dov's key"),
    ("The Secretary may replace the keys of Members.", "replace Dov's key"),
    ("The Secretary may correct the Register.", "correct a name"),
    ("The Secretary may correct errors in the Register.", "correct a name"),
    ("The Secretary shall correct spelling errors in the Register.", "correct a name"),
    ("The Secretary may correct clerical errors in these Bylaws and the Register.", "correct a name"),
    # two acts of one `may` are two powers
    ("The Secretary may admit and remove Members.", "admit a person"),
    ("The Secretary may admit a person as a Member or refuse it.", "admit a person"),
    # what others may not do, or what is not to be done with others, takes nothing away
    ("The Secretary may admit a Member. The Treasurer shall not admit a Member.", "admit a person"),
    ("The Secretary may admit a Member. The Secretary shall not admit an organisation as a Member.", "admit a person"),
    ("The Secretary may admit a Member. No person may be admitted as a Board Member.", "admit a person"),
    ("The Secretary may admit a Member. Only the Secretary may admit Members.", "admit a person"),
    ("The Secretary may remove a Member. The Secretary shall not remove the Treasurer.", "remove Dov"),
    ("The Secretary may remove a Member. No tool may be removed from the shed.", "remove Dov"),
    ("The Secretary may remove a Member. The Secretary shall not admit a Member.", "remove Dov"),
    ("The Secretary may replace the key of a Member. Nothing in the room may be replaced.", "replace Dov's key"),
    ("The Secretary may correct the Register. The Secretary shall not correct errors in these Bylaws.", "correct a name"),
]

MAY_NOT = [
    # another role, or no role
    ("The Secretary may admit a person as a Board Member.", "admit a person"),
    ("The Secretary may admit a person as a Member.", "admit a board member"),
    ("The Secretary may admit a person as a Member of the Board.", "admit a person"),
    ("The Secretary may admit a person as an honorary Member.", "admit a person"),
    ("The Secretary may admit an auditor who is not a Member.", "admit a person"),
    ("The Secretary may admit guests of a Member.", "admit a person"),
    ("The Secretary may admit a child of a Member to the children's corner.", "admit a person"),
    ("The Secretary may admit a Member to the meeting.", "admit a person"),
    ("The Secretary may admit to the Register a person as a Member.", "admit a person"),
    ("The Secretary may admit a person to membership.", "admit a person"),
    ("The Secretary may admit former Members.", "admit a person"),
    ("The Secretary may admit three Members.", "admit a person"),
    ("The Secretary may admit up to three Members.", "admit a person"),
    ("The Secretary may admit the Member.", "admit a person"),
    ("The Secretary may admit a person over 18 as a Member.", "admit a person"),
    ("The Secretary may admit a person as a Member or a guest.", "admit a person"),
    ("The Secretary may admit a person as a Member in writing.", "admit a person"),
    ("The Secretary may admit a person as a Member together with the Chair.", "admit a person"),
    ("The Secretary may admit a person as a Member on behalf of the Board.", "admit a person"),
    ("The Secretary may admit only a person as a Member.", "admit a person"),
    ("The Secretary may refuse to admit a person as a Member.", "admit a person"),
    ("The Secretary may invite a person as a Member.", "admit a person"),
    # a person is no organisation
    ("The Secretary may admit a person as a Member.", "admit an organisation"),
    ("The Secretary may admit a Member.", "admit an organisation"),
    ("The Secretary may admit an organisation as a Member.", "admit a person"),
    # strings
    ("The Secretary may admit a person as a Member if the Chair agrees.", "admit a person"),
    ("The Secretary may admit a person as a Member with the consent of the Chair.", "admit a person"),
    ("The Secretary may admit a person as a Member by a majority of the Members.", "admit a person"),
    ("The Secretary may admit a person as a Member by giving 30 days' notice to the Members.", "admit a person"),
    ("The Secretary may admit a person as a Member within 30 days.", "admit a person"),
    ("The Secretary may admit a person as a Member from 1 March 2026.", "admit a person"),
    ("Subject to [](#rooms), the Secretary may admit a person as a Member.", "admit a person"),
    ("Notwithstanding [](#rooms), the Secretary may admit a person as a Member.", "admit a person"),
    ("Only the Secretary may admit a person as a Member.", "admit a person"),
    ("The Secretary may provisionally admit a person as a Member.", "admit a person"),
    # somebody else, or several together
    ("The Treasurer may admit a person as a Member.", "admit a person"),
    ("The Secretary of the Board may admit a person as a Member.", "admit a person"),
    ("The Secretary and the Treasurer may admit a person as a Member.", "admit a person"),
    ("The Secretaries may admit a person as a Member.", "admit a person"),
    ("The two Secretaries may admit a person as a Member.", "admit a person"),
    # appointments
    ("The Secretary may appoint a Member as Treasurer.", "make Edda auditor"),
    ("The Secretary may appoint a Member as Auditor.", "make Edda auditor"),
    ("The Secretary may appoint the Treasurer.", "make Dov treasurer"),
    ("The Secretary may appoint a Member to be Treasurer.", "make Dov treasurer"),
    ("The Secretary may appoint one of the Members as Treasurer.", "make Dov treasurer"),
    ("The Secretary may admit a person as a Member.", "make Dov treasurer"),
    # removals
    ("The Secretary may remove a Member's name from the mailing list.", "remove Dov"),
    ("The Secretary may remove the books of a Member.", "remove Dov"),
    ("The Secretary may remove a late fee of a Member.", "remove Dov"),
    ("The Secretary may remove a Member from office.", "remove Dov"),
    ("The Secretary may remove a Member who is in arrears.", "remove Dov"),
    ("The Secretary may remove the Member.", "remove Dov"),
    ("The Secretary may remove a Member.", "remove a board member"),
    ("The Secretary may remove a Member.", "remove the treasurer"),
    ("The Secretary may admit a person as a Member.", "remove Dov"),
    ("The Secretary may suspend a Member.", "remove Dov"),
    # keys and names
    ("The Secretary shall replace the key of the building.", "replace Dov's key"),
    ("The Secretary may change the keyboard of the piano.", "replace Dov's key"),
    ("The Secretary may replace the key of a Member who has lost it.", "replace Dov's key"),
    ("The Secretary may replace the key of a Member.", "replace Edda's key"),
    ("The Secretary may replace the keys of the Members.", "replace Dov's key"),
    ("The Secretary may replace the key.", "replace Dov's key"),
    ("The Secretary may change the name of the newsletter.", "correct a name"),
    ("The Secretary may correct the minutes.", "correct a name"),
    ("The Secretary may correct the Register of tools.", "correct a name"),
    ("The Secretary may correct clerical errors in these Bylaws.", "correct a name"),
    ("The Secretary may correct these Bylaws and the Register.", "correct a name"),
    ("The Secretary may correct the Register.", "remove Dov"),
    ("The Secretary may correct the Register.", "replace Dov's key"),
    ("The Secretary may correct the Register.", "admit a person"),
    # a prohibition wins, wherever it stands
    ("The Secretary may admit a Member. The Secretary shall not admit a person as a Member.", "admit a person"),
    ("The Secretary may admit a Member. The Secretary shall not appoint a Member.", "admit a person"),
    ("No person may be admitted as a Member. The Secretary may admit a Member.", "admit a person"),
    ("The Secretary may admit a Member. No person under 18 may be admitted as a Member.", "admit a person"),
    ("The Secretary may admit a Member. The Secretary shall not admit a Member if the room is full.", "admit a person"),
    ("The Secretary may admit a Member. No officer may admit a Member.", "admit a person"),
    ("The Secretary may admit a Member. No Member may admit a Member.", "admit a person"),
    ("The Secretary may admit a Member. Neither the Secretary nor the Chair may admit a Member.", "admit a person"),
    ("The Secretary may admit a Member. Only the Board may admit Members.", "admit a person"),
    ("The Secretary may admit a Member. Members are admitted only by the Board.", "admit a person"),
    ("The Secretary may admit a Member. The Secretary shall refuse to admit a person under 18.", "admit a person"),
    ("The Secretary may remove a Member. No Member may be removed.", "remove Dov"),
    ("The Secretary may remove a Member. A Member in arrears may not be expelled.", "remove Dov"),
    ("The Secretary may remove a Member. No founder may be removed.", "remove Dov"),
    ("The Secretary may replace the key of a Member. The key of a Member may not be replaced.", "replace Dov's key"),
    ("The Secretary may correct the Register. The Register may not be corrected.", "correct a name"),
    # and so does what nobody can read
    ("The Secretary may admit a Member. Nobody may admit a person as a Member.", "admit a person"),
    ("The Secretary may admit a Member. The Secretary may admit no person as a Member.", "admit a person"),
    ("The Secretary may admit a Member, except that no child may be admitted.", "admit a person"),
    ("The Secretary may remove a Member. No one may remove a Member.", "remove Dov"),
]


@pytest.mark.parametrize(("sentences", "what"), MAY)
def test_what_the_text_lets_an_officer_do(sentences: str, what: str) -> None:
    assert done(sentences, what) == ""


@pytest.mark.parametrize(("sentences", "what"), MAY_NOT)
def test_what_the_text_does_not_let_an_officer_do(sentences: str, what: str) -> None:
    said = done(sentences, what)
    assert "does not let" in said or "may do so" in said or "is not understood" in said


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("The Secretary may correct clerical errors in these Bylaws.", True),
        ("The Secretary may correct errors of spelling in these Bylaws.", True),
        ("The Secretary may correct errors of spelling, punctuation and numbering in these Bylaws.", True),
        ("The Secretary may correct typographical errors in these Bylaws or the Register.", True),
        ("The Secretary may correct these Bylaws.", False),
        ("The Secretary may correct the Register.", False),
        ("The Secretary may correct errors in the minutes.", False),
        ("The Secretary may correct clerical errors in these Bylaws with the consent of the Chair.", False),
        ("The Secretary may correct clerical errors in these Bylaws, which the Chair has seen.", False),
        ("The Chair may correct clerical errors in these Bylaws.", False),
        ("The Secretary may correct errors in these Bylaws. The Secretary shall not correct these Bylaws.", False),
        ("The Secretary may amend these Bylaws.", False),
    ],
)
def test_who_may_mend_the_writing(sentence: str, expected: bool) -> None:
    now = standing(sentence)
    text = now.tree.read("bylaws.md").decode()
    assert (act(now, {"bylaws.md": text.replace("has a room", "has  a room")}) == "") is expected
    assert "only a motion may" in act(now, {"bylaws.md": text.replace("a room", "two rooms")})


def test_why_a_power_does_not_count() -> None:
    for sentence, why in (
        ("The Secretary may admit a person as a Member if the Chair agrees.", "hangs on a condition"),
        ("The Secretary may admit a person as a Member within 30 days.", "holds for a time only"),
        ("The Secretary may admit a person as a Member by a majority of the Members.", "asks for a vote"),
        ("The Secretary may admit a person as a Member by giving 30 days' notice to the Members.", "asks for notice"),
        ("Subject to [](#rooms), the Secretary may admit a person as a Member.", "ranked against other sections"),
        ("The Secretary and the Treasurer may admit a person as a Member.", "several together"),
        ("Only the Secretary may admit a person as a Member.", "who alone may"),
        ("The Secretary may provisionally admit a person as a Member.", "“provisionally”"),
        ("The Secretary may admit guests of a Member.", "“guests of a Member”, which is not understood"),
    ):
        said = done(sentence, "admit a person")
        assert said.startswith("the text does not let the Secretary admit mole as Member: “"), said
        assert why in said and "(bylaws.md:7:1)" in said


def test_a_sentence_marked_as_prose_gives_no_power() -> None:
    bylaws = f"{TEXT}\n# Powers {{#powers .prose}}\n\nThe Secretary may admit a Member.\n"
    assert "does not let" in act(standing("", bylaws_md=bylaws), {"register.yaml": entering()})


# -- what an act may do to the register --------------------------------------------------------------------------------

EVERYTHING = (
    "The Secretary may admit a person or an organisation as a Member. The Secretary may appoint a person as Treasurer. "
    "The Secretary may remove a Member. The Secretary may dismiss the Treasurer. "
    "The Secretary may replace the key of a Member. The Secretary may correct the Register."
)
MEMBER = f"{{role: Member, since: {DAY}}}"
DONE: Mapping[str, Callable[[], str]] = {
    "a member from today": entering,
    "a member from next week": lambda: entering("{role: Member, since: 2026-03-17}"),
    "a member for a year": lambda: entering(f"{{role: Member, since: {DAY}, until: 2027-03-09}}"),
    "two members": lambda: entering() + entering(who="hare", keys=key(7)).removeprefix(register()),
    "an organisation with signatories": lambda: entering(more="    kind: organisation\n    signatories: [ada]\n"),
    "a member out today": lambda: out(day=DAY),
    "a member out next week": lambda: out(day=date(2026, 3, 17)),
    "one treasurer for another": lambda: edited(
        ("{role: Treasurer}", f"{{role: Treasurer, until: {BEFORE}}}"),
        ("{role: Member, weight: 3}", f"{{role: Member, weight: 3}}, {{role: Treasurer, since: {DAY}}}"),
    ),
    "a key and a name": lambda: rekeyed().replace("Dov Lind", "Dov Lindt"),
    "one in and one out": lambda: entering().replace("weight: 3", f"weight: 3, until: {DAY}"),
}
NOT_DONE: Mapping[str, tuple[Callable[[], str], str]] = {
    "a member with a weight": (lambda: entering(f"{{role: Member, since: {DAY}, weight: 1000}}"), "a weight of 1000"),
    "a member with shares": (lambda: entering(f"{{role: Member, since: {DAY}, shares: 1000}}"), "a weight of 1000"),
    "a member since ever": (lambda: entering("{role: Member}"), "begins without a day"),
    "a member since yesterday": (lambda: entering(f"{{role: Member, since: {BEFORE}}}"), f"begins on {BEFORE}"),
    "a member with two roles": (lambda: entering(f"{MEMBER}, {{role: Treasurer, since: {DAY}}}"), "2 roles"),
    "somebody without a role": (lambda: entering(""), "0 roles"),
    "a role in other letters": (lambda: entering(f"{{role: member, since: {DAY}}}"), "otherwise than the register"),
    "a key that has ended": (lambda: entering(keys=f"{{key: {key(9)}, until: {DAY}}}"), "has an end"),
    "a key that is compromised": (lambda: entering(keys=f"{{key: {key(9)}, compromised: {DAY}}}"), "has an end"),
    "a key from before": (lambda: entering(keys=f"{{key: {key(9)}, since: {BEFORE}}}"), "before the act"),
    "a key that is none": (lambda: entering(keys="ssh-ed25519 AAAA"), "signs nothing"),
    "the key of another": (lambda: entering(keys=key(0)), "a second time"),
    "an organisation that nobody signs for": (
        lambda: entering(more="    kind: organisation\n").replace(f"    keys: [{key(9)}]\n", ""),
        "for whom nobody signs",
    ),
    "two members, one since ever": (
        lambda: entering() + entering("{role: Member}", who="hare", keys=key(7)).removeprefix(register()),
        "hare begins without a day",
    ),
    "two members, one a treasurer's friend": (
        lambda: entering() + entering(f"{{role: Chair, since: {DAY}}}", who="hare", keys=key(7)).removeprefix(register()),
        "admit hare as Chair",
    ),
    "a role that one has": (lambda: of("Member"), "which dov has"),
    "more weight": (lambda: edited(("weight: 3", "weight: 1000")), "otherwise than by its end"),
    "less weight": (lambda: edited(("{role: Member, weight: 3}", "{role: Member}")), "otherwise than by its end"),
    "another role in place of one": (lambda: edited(("role: Board Member", "role: Member")), "otherwise than by its end"),
    "another beginning": (lambda: edited(("weight: 3", f"weight: 3, since: {DAY}")), "otherwise than by its end"),
    "a role struck out": (lambda: edited(("{role: Member}, {role: Treasurer}", "{role: Member}")), "strikes out a role"),
    "somebody struck out": (lambda: register()[: register().index("  - id: edda")], "strikes out edda"),
    "somebody struck out for another": (
        lambda: entering().replace(
            "  - id: edda\n    name: Edda Roth\n    roles: [{role: Board Member}]\n    keys: ",
            "  - id: x\n    name: X\n    keys: ",
        ),
        "strikes out edda",
    ),
    "another id": (lambda: edited(("id: dov", "id: dora")), "strikes out dov"),
    "another order": (
        lambda: (
            register()[: register().index("  - id: dov")]
            + register()[register().index("  - id: edda") :]
            + register()[register().index("  - id: dov") : register().index("  - id: edda")]
        ),
        "another order",
    ),
    "a member out long ago": (lambda: out(day=date(2025, 12, 31)), "ends the role Member of dov on 2025-12-31"),
    "a member out two days ago": (lambda: out(day=DAY - timedelta(days=2)), "is the first day"),
    "a key beside the old one": (
        lambda: edited((f"[{key(3)}]", f"[{key(3)}, {{key: {key(8)}, since: {DAY}}}]")),
        "replace one key",
    ),
    "a key in the place of the old one": (lambda: edited((key(3), key(8))), "replace one key"),
    "a key taken away": (lambda: edited((f"[{key(3)}]", f"[{{key: {key(3)}, until: {BEFORE}}}]")), "replace one key"),
    "a key that ends later": (lambda: rekeyed(until=AFTER), "does not end a key"),
    "a key that ended earlier": (lambda: rekeyed(until=date(2026, 1, 1)), "does not end a key"),
    "a key marked as compromised": (lambda: rekeyed(more=f", compromised: {BEFORE}"), "does not end a key"),
    "a new key from before": (lambda: rekeyed(since=BEFORE), "does not begin on"),
    "two new keys": (lambda: rekeyed().replace(f"since: {DAY}}}]", f"since: {DAY}}}, {key(7)}]"), "replace one key"),
    "a person made an organisation": (
        lambda: edited(("name: Dov Lind", "name: Dov Lind\n    kind: organisation")),
        "what dov is",
    ),
    "a name and a weight": (lambda: edited(("Dov Lind", "Dov Lindt"), ("weight: 3", "weight: 4")), "otherwise than by its end"),
    "a comment": (lambda: edited(("# Who we are", "# Who we were")), "changes nothing that the register says"),
    "a member and a comment": (lambda: entering().replace("# Who we are", "# Who we were"), "writes the entry of register"),
    "a member and a rewritten entry": (
        lambda: entering().replace("name: Dov Lind", 'name: "Dov Lind"'),
        "writes the entry of dov",
    ),
}


@pytest.mark.parametrize("what", DONE)
def test_what_an_act_may_do_to_the_register(what: str) -> None:
    assert act(standing(EVERYTHING), {"register.yaml": DONE[what]()}) == ""


@pytest.mark.parametrize("what", NOT_DONE)
def test_what_no_act_may_do_to_the_register(what: str) -> None:
    made, why = NOT_DONE[what]
    assert why in act(standing(EVERYTHING), {"register.yaml": made()})


def test_signatories_are_nothing_for_an_officer() -> None:
    guild = "  - id: guild\n    name: Guild\n    kind: organisation\n    roles: [Member]\n    signatories: [ada, bora]\n"
    guild += "    jointly: 2\n"
    now = standing(EVERYTHING, register_yaml=register() + guild)
    for old, new in (("[ada, bora]", "[bora, ada]"), ("jointly: 2", "jointly: 1"), ("[ada, bora]", "[bora, carla]")):
        assert "who signs for guild" in act(now, {"register.yaml": (register() + guild).replace(old, new)})


def test_a_role_is_not_prolonged() -> None:
    old = register().replace("weight: 3", "weight: 3, until: 2026-06-30")
    now = standing(EVERYTHING, register_yaml=old)
    for new in (old.replace("2026-06-30", "2027-06-30"), old.replace(", until: 2026-06-30", "")):
        assert act(now, {"register.yaml": new}) != ""
    assert act(now, {"register.yaml": old.replace("2026-06-30", "2026-04-30")}) == ""


def test_the_treasurer_is_one_only() -> None:
    """`the Treasurer` cannot be removed, or be appointed, where there is another."""
    second = register().replace("weight: 3}", "weight: 3}, {role: Treasurer}")
    now = standing(EVERYTHING, register_yaml=second)
    assert "does not let" in act(
        now,
        {"register.yaml": second.replace("weight: 3}, {role: Treasurer}", f"weight: 3}}, {{role: Treasurer, until: {DAY}}}")},
    )


def test_text_and_register_are_not_changed_at_once() -> None:
    now = standing(EVERYTHING + " The Secretary may correct clerical errors in these Bylaws.")
    text = now.tree.read("bylaws.md").decode().replace("has a room", "has  a room")
    assert "at once" in act(now, {"register.yaml": entering(), "bylaws.md": text})


# -- the days ----------------------------------------------------------------------------------------------------------


def test_the_office_is_held_on_the_day_of_the_act_and_on_that_of_the_chain() -> None:
    for days, expected in (
        ("", ""),
        (f", since: {DAY}, until: {AFTER}", ""),
        (f", until: {DAY}", f"bora is not Secretary on {AFTER}"),
        (f", since: {AFTER}", f"bora is not Secretary on {DAY}"),
    ):
        now = standing(EVERYTHING, register_yaml=register().replace("{role: Secretary}", f"{{role: Secretary{days}}}"))
        text = now.tree.read("register.yaml").decode() + entering().removeprefix(register())
        assert act(now, {"register.yaml": text}, day=AFTER) == expected


def test_everybody_who_acts_holds_the_office() -> None:
    now = standing(EVERYTHING)
    assert act(now, {"register.yaml": entering()}, "bora", "ada") == f"ada is not Secretary on {DAY}"
    assert "it does not say in which office" in act(now, {"register.yaml": entering()}, office=None)


def test_an_act_that_was_dated_back_begins_nothing_in_the_past() -> None:
    """It may be a day on its way into the chain. Once there it may wait."""
    now = standing(EVERYTHING)
    for made in (out, entering):
        assert act(now, {"register.yaml": made()}, day=AFTER, entered=AFTER) == ""
        assert act(now, {"register.yaml": made()}, day=date(2026, 6, 1)) == ""
        said = act(now, {"register.yaml": made()}, day=date(2026, 6, 1), entered=date(2026, 6, 1))
        assert "is the first day that this act may name" in said


@pytest.mark.parametrize(
    ("role", "since", "expected"),
    [
        (None, DAY, ""),
        ("Member", DAY, ""),
        ("Member", AFTER, ""),
        ("Member", BEFORE, "before 2026-03-10, the day it is stated"),
        (None, date(2020, 1, 1), "before 2026-03-10, the day it is stated"),
        ("Chair", DAY, "nothing then that it gives up"),
    ],
)
def test_a_resignation_begins_when_it_is_stated_or_later(role: str | None, since: date, expected: str) -> None:
    details = Resignation(role, since)
    statement = Statement(Kind.RESIGNATION, "0" * 64, None, "0" * 64, ("dov",), None, DAY, 1, None, details)
    after = causes.resigned(load(register().encode(), "register.yaml"), statement, details)
    if isinstance(after, Register):
        dov = after.principal("dov")
        assert dov is not None
        assert (expected, dov.roles[0].until) == ("", since - timedelta(days=1))
    else:
        assert expected and expected in after


# -- in the chain ------------------------------------------------------------------------------------------------------


def test_a_resignation_from_long_ago_is_not_carried_out(village: Callable[..., Any]) -> None:
    """Whoever resigns owes what was due until then."""
    v = village()
    v.found()
    v.day += timedelta(days=300)
    long_ago = Resignation(None, date(2020, 1, 1))

    def build(verification: Any) -> Enactment:
        content = enacting.stated(verification, Kind.RESIGNATION, long_ago, v.draft("edda"))
        return Enactment(
            enacting.sealed(content, [v.keys["edda"]]), enacting.carried(verification, parse(content, path_of(content)))
        )

    with pytest.raises(EnactingError, match="the day it is stated"):
        v.enact(build)
    content = enacting.stated(v.verify(), Kind.RESIGNATION, long_ago, v.draft("edda"))
    old = f"roles: [{{role: Member}}]\n    keys: [{v.keys['edda'].public.line()}]"
    assert old in v.text("register.yaml")
    gone = v.replaced(old, old.replace("Member}", "Member, until: 2019-12-31}"), "register.yaml")
    v.raw({**v.sealed(content, "edda"), **gone})
    assert "nothing in the record asks for" in v.refused()


def test_an_act_of_somebody_whose_office_has_ended_is_not_carried_out(village: Callable[..., Any]) -> None:
    """It entered in time, and waits until the office is over; a role that begins only then makes it no better."""
    v = village()
    v.found()
    v.next_day()
    entry = (
        f"  - id: mole\n    name: Mole\n    roles: [{{role: Member, since: 2026-03-01}}]\n    keys: [{v.key().public.line()}]\n"
    )
    files = {"register.yaml": (v.text("register.yaml") + entry).encode()}
    verification = v.verify()
    from syngraph.engine.text.store import overlay

    changes = enacting.proposed(verification, overlay(verification.standing.tree, files), sorted(files))
    content = enacting.act(verification, changes, "", v.draft("bora", capacity="Secretary"))
    v.enter((content, [v.keys["bora"]]))
    v.resign("bora", "Secretary")
    late = v.text("register.yaml") + entry
    v.raw({"register.yaml": late.encode()})
    assert "nothing in the record asks for" in v.refused()
