"""Causes: what may change the register or the text without a vote, and how exactly it then changes."""

from dataclasses import replace
from datetime import timedelta

from syngraph.engine.governance.chain.standing import Standing
from syngraph.engine.governance.changes import apply, read
from syngraph.engine.governance.deciding import RegisterAct, Shift, acts, clerical
from syngraph.engine.governance.governing import Governing
from syngraph.engine.governance.register import KeyHeld, Principal, Register
from syngraph.engine.governance.signatures import parse_public
from syngraph.engine.governance.statements import Resignation, Rotation, Statement
from syngraph.engine.text.errors import TextError
from syngraph.engine.text.provenance import Place
from syngraph.grammar.rules import Obligation, Permission, Power

_NOWHERE = Place("", 1, 1)


def rotated(register: Register, statement: Statement, rotation: Rotation, old: str) -> Register | None:
    """The register after a rotation: the key with the line `old` ends the day before, the new one begins.

    None where the principal has no such key.
    """
    who = register.principal(statement.principals[0])
    if who is None or all(key.line != old for key in who.keys):
        return None
    ended = tuple(replace(key, until=statement.date - timedelta(days=1)) if key.line == old else key for key in who.keys)
    new = KeyHeld(rotation.new, statement.date, None, None, _NOWHERE)
    return _with(register, replace(who, keys=(*ended, new)))


def resigned(register: Register, statement: Statement, resignation: Resignation) -> Register | None:
    """The register after a resignation: the role, or each of them, is held for the last time the day before.

    None where there is nothing to resign.
    """
    who = register.principal(statement.principals[0])
    if who is None:
        return None
    last = resignation.since - timedelta(days=1)
    roles = tuple(
        replace(held, until=last)
        if resignation.role in (None, held.role) and (held.until is None or held.until > last)
        else held
        for held in who.roles
    )
    return None if roles == who.roles else _with(register, replace(who, roles=roles))


def acted(statement: Statement, standing: Standing) -> dict[str, bytes | None]:
    """The files that an officer's act changes, as they are afterwards. Raises: ChangesRefused"""
    return apply(standing.tree, read(statement.body, statement.path, statement.body_line)[1])


def powerless(statement: Statement, standing: Standing) -> str:
    """Why an act is beyond the office in whose name it is done, "" where the text gives the power.

    An officer may change the register as a power of the text says (to admit, to appoint, to remove, to replace a key), and
    correct the text where rules and printed words stay what they are.
    """
    office = statement.capacity
    if office is None:
        return "it does not say in which office (`capacity: Secretary`)"
    stranger = next((each for each in statement.principals if not standing.holds(each, office, statement.date)), None)
    if stranger is not None:
        return f"{stranger} is not {office} on {statement.date}"
    try:
        files = acted(statement, standing)
        after = standing.changed(files).governing
    except TextError as error:
        return f"what it changes cannot be read: {error.found}"
    if not files:
        return "it changes nothing"
    register = standing.manifest.register
    if set(files) != {register}:
        if register in files:
            return "it changes text and register at once"
        if not clerical(standing.governing, after):
            return "it changes what the text says, and only a motion may"
        return "" if _may(standing.governing, office, "correct", ()) else f"the text does not let the {office} correct it"
    for act in acts(standing.register, after.register):
        verb, nouns = _deed(act)
        if not any(_may(standing.governing, office, each, nouns) for each in verb):
            return f"the text does not let the {office} {verb[0]} {' '.join(nouns)}".rstrip()
    return ""


def _deed(act: RegisterAct) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The verbs that a power for a change of the register has, and the nouns that its object must name one of."""
    match act.shift:
        case Shift.GAINS:
            return ("admit", "appoint"), (act.role.casefold(),)
        case Shift.LOSES:
            return ("remove", "expel", "dismiss"), (act.role.casefold(),)
        case Shift.ALTERS if act.what == "keys":
            return ("replace", "change"), ("key",)
        case _:
            return ("correct", "change"), ("register", act.what)


def _may(text: Governing, office: str, verb: str, nouns: tuple[str, ...]) -> bool:
    for placed in text.rules:
        rule = placed.rule
        if not isinstance(rule, Permission | Power | Obligation) or rule.bearer is None or rule.conditions:
            continue
        said = f"{rule.act.object} {rule.act.rest}".casefold()
        if (
            rule.act.verb == verb
            and office.casefold() in (role.casefold() for role in rule.bearer.roles)
            and not rule.bearer.qualifier
            and (len(rule.bearer.roles) == 1 or rule.bearer.joint == "or")
            and (not nouns or any(noun in said for noun in nouns))
        ):
            return True
    return False


def name_of(line: str) -> str:
    """The name of a public key. Raises: KeyRefused"""
    return parse_public(line).name


def same(one: Register, other: Register) -> bool:
    """Whether two registers say the same, wherever they say it."""
    return [_said(each) for each in one.principals] == [_said(each) for each in other.principals]


def _said(principal: Principal) -> object:
    return (
        principal.id,
        principal.name,
        principal.kind,
        [(held.role, held.since, held.until, held.weight) for held in principal.roles],
        [(" ".join(key.line.split()[:2]), key.since, key.until, key.compromised) for key in principal.keys],
        principal.signatories,
        principal.jointly,
    )


def _with(register: Register, changed: Principal) -> Register:
    return Register(register.path, tuple(changed if each.id == changed.id else each for each in register.principals))
