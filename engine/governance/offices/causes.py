"""Causes: what may change the register or the text without a vote, and how exactly it then changes."""

from dataclasses import replace
from datetime import date, timedelta

from syngraph.engine.governance.changes import apply, read
from syngraph.engine.governance.deciding import clerical
from syngraph.engine.governance.offices.deeds import Days, deeds, rewritten_too
from syngraph.engine.governance.offices.powers import Asked, Matter, refusal
from syngraph.engine.governance.register import KeyHeld, Principal, Register
from syngraph.engine.governance.standing import SLACK, Standing
from syngraph.engine.governance.statements import Resignation, Rotation, Statement
from syngraph.engine.text.errors import TextError
from syngraph.engine.text.provenance import Place

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


def resigned(register: Register, statement: Statement, resignation: Resignation) -> Register | str:
    """The register after a resignation: the role, or each of them, is held for the last time the day before.

    Why there is none, where it begins before the day it is stated or there is nothing to resign.
    """
    if resignation.since < statement.date:
        return f"it is to begin on {resignation.since}, before {statement.date}, the day it is stated"
    who = register.principal(statement.principals[0])
    last = resignation.since - timedelta(days=1)
    roles = tuple(
        replace(held, until=last)
        if resignation.role in (None, held.role) and (held.until is None or held.until > last)
        else held
        for held in (who.roles if who is not None else ())
    )
    if who is None or roles == who.roles:
        return f"{statement.principals[0]} holds nothing then that it gives up"
    return _with(register, replace(who, roles=roles))


def acted(statement: Statement, standing: Standing) -> dict[str, bytes | None]:
    """The files that an officer's act changes, as they are afterwards. Raises: ChangesRefused"""
    return apply(standing.tree, read(statement.body, statement.path, statement.body_line)[1])


def powerless(statement: Statement, standing: Standing, day: date, entered: date) -> str:
    """Why an act is beyond the office in whose name it is done, "" where the text gives the power.

    An officer may change the register as a power of the text says (to admit, to appoint, to remove, to replace a key, to
    correct a name), and correct the text where rules and printed words stay what they are. The office has to be held on the
    day of the statement and on the `day` at which the chain stands; nothing begins or ends before the day of the statement, or
    of the commit in which it `entered`.
    """
    office = statement.capacity
    if office is None:
        return "it does not say in which office (`capacity: Secretary`)"
    for on in dict.fromkeys((statement.date, day)):
        stranger = next((each for each in statement.principals if not standing.holds(each, office, on)), None)
        if stranger is not None:
            return f"{stranger} is not {office} on {on}"
    try:
        files = acted(statement, standing)
        after = standing.changed(files).governing
        if not files:
            return "it changes nothing"
        register = standing.manifest.register
        asked: tuple[Asked, ...] = (Asked(Matter.TEXT),)
        if set(files) == {register}:
            asked = deeds(standing.register, after.register, Days(statement.date, day, max(statement.date, entered - SLACK)))
    except TextError as error:
        return f"what it changes is refused: {error.found}"
    content = files.get(register)
    if content is not None:
        if len(files) > 1:
            return "it changes text and register at once"
        if not asked:
            return "it changes nothing that the register says"
        other = rewritten_too(standing.tree.read(register), content, register, {each.who for each in asked})
        if other:
            return f"it writes the entry of {other} anew, to which it does nothing"
    elif not clerical(standing.governing, after):
        return "it changes what the text says, and only a motion may"
    roles = frozenset(
        held.role
        for principal in standing.register.principals
        if principal.id in statement.principals
        for held in principal.roles
        if held.on(statement.date) or held.on(day)
    )
    return next(filter(None, (refusal(standing.governing, office, roles, each) for each in asked)), "")


def _with(register: Register, changed: Principal) -> Register:
    return Register(register.path, tuple(changed if each.id == changed.id else each for each in register.principals))
