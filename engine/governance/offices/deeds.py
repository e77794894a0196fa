"""Deeds: what an officer's act does to the register, as a closed list. Whatever is not on it, no officer does."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from syngraph.engine.governance.offices.powers import Asked, Matter
from syngraph.engine.governance.register import KeyHeld, Principal, Register, RoleHeld
from syngraph.engine.governance.signatures import KeyRefused, parse_public
from syngraph.engine.text.errors import TextError
from syngraph.engine.text.provenance import Place
from syngraph.engine.text.units import Kind, units

_DAY = timedelta(days=1)
_ORGANISATION = "organisation"


class BeyondError(TextError):
    """A change of the register that no officer makes, whatever the text says."""


@dataclass(frozen=True, slots=True)
class Days:
    """The days of an act: that of its statement, and that at which the chain stands. Roles begin on `first` or later."""

    stated: date
    chain: date
    first: date


def deeds(before: Register, after: Register, days: Days) -> tuple[Asked, ...]:
    """What each principal gains or loses, for each of which the office needs a power.

    There are five deeds: a new principal with one role; a role more for somebody; a role that ends; one key in place of
    another; another name.

    Raises: BeyondError for everything else.
    """
    old = {each.id: each for each in before.principals}
    kept = [each.id for each in after.principals if each.id in old]
    if kept != list(old):
        gone = next((id_ for id_ in old if id_ not in kept), "")
        raise _beyond(
            f"it strikes out {gone}; a role that is over has an `until`" if gone else "it puts principals in another order"
        )
    return tuple(
        asked
        for each in after.principals
        for asked in (_changed(before, old[each.id], each, days) if each.id in old else _admitted(before, each, days))
    )


def rewritten_too(before: bytes, after: bytes, path: str, touched: Collection[str]) -> str:
    """The principal whose entry an act writes otherwise though it does nothing to them, "" for none.

    "register" stands for what belongs to no principal. A file that cannot be cut into entries is not compared.
    """
    cut = [{unit.name: unit.text.rstrip() for unit in units(content.decode(), path)} for content in (before, after)]
    if any(Kind.FILE in (kind for kind, _ in each) for each in cut):
        return ""
    for name in {**cut[0], **cut[1]}:
        kind, key = name
        if (kind is not Kind.PRINCIPAL or key not in touched) and cut[0].get(name) != cut[1].get(name):
            return key if kind is Kind.PRINCIPAL else "register"
    return ""


def _admitted(before: Register, new: Principal, days: Days) -> Iterator[Asked]:
    """A new principal: one role, keys of their own that nobody has doubted."""
    if len(new.roles) != 1:
        raise _beyond(f"it enters {new.id} with {len(new.roles)} roles; an admission gives one")
    for key in new.keys:
        _fresh_key(new, key)
        if key.since is not None and key.since < days.stated:
            raise _beyond(f"it enters a key of {new.id} that begins on {key.since}, before the act")
    if new.kind == _ORGANISATION and not (new.keys or new.signatories):
        raise _beyond(f"it enters {new.id}, for whom nobody signs")
    yield _given(before, new, new.roles[0], days)


def _changed(before: Register, was: Principal, now: Principal, days: Days) -> Iterator[Asked]:
    if (was.kind, was.signatories, was.jointly) != (now.kind, now.signatories, now.jointly):
        raise _beyond(f"it changes what {was.id} is or who signs for {was.id}, which no officer may")
    if was.name != now.name:
        yield Asked(Matter.NAME, was.id, kind=was.kind)
    if _roles(was) != _roles(now):
        yield from _of_roles(before, was, now, days)
    if _keys(was) != _keys(now):
        yield _of_keys(was, now, days)


def _of_roles(before: Register, was: Principal, now: Principal, days: Days) -> Iterator[Asked]:
    """Each role is as it was or has another end; those that are new stand behind them."""
    for old, new in zip(was.roles, now.roles, strict=False):
        if _role(old) == _role(new):
            continue
        if _role(replace(new, until=old.until)) != _role(old) or new.until is None:
            raise _beyond(
                f"it changes the role {old.role} of {was.id} otherwise than by its end; a new role stands behind the others"
            )
        if old.until is not None and old.until <= new.until:
            raise _beyond(f"it lets {was.id} be {old.role} for longer; give the role anew")
        if new.until < days.first - _DAY:
            raise _beyond(f"it ends the role {old.role} of {was.id} on {new.until}, and {_too_early(days, -1)}")
        alone = all(each.id == was.id for each in before.holders(old.role, days.stated))
        yield Asked(Matter.LOSES, was.id, old.role, was.kind, _held(was, days), alone)
    if len(now.roles) < len(was.roles):
        raise _beyond(f"it strikes out a role of {was.id}; a role that is over has an `until`")
    for number, new in enumerate(now.roles[len(was.roles) :], len(was.roles)):
        if any(_overlap(new, other) for other in now.roles[:number]):
            raise _beyond(f"it gives {was.id} the role {new.role}, which {was.id} has")
        yield replace(_given(before, now, new, days), has=_held(was, days))


def _given(before: Register, who: Principal, held: RoleHeld, days: Days) -> Asked:
    """A role that begins on a day from the act on, with nothing more to it."""
    if held.weight is not None:
        raise _beyond(f"it gives {who.id} a weight of {held.weight}, which no officer may")
    if held.since is None or held.since < days.first:
        begins = f"on {held.since}" if held.since else "without a day (`since`)"
        raise _beyond(f"the role {held.role} of {who.id} begins {begins}, and {_too_early(days)}")
    if held.role not in before.roles and held.role.casefold() in (role.casefold() for role in before.roles):
        raise _beyond(f"it writes the role {held.role} otherwise than the register does")
    alone = all(each.id == who.id for each in before.holders(held.role, held.since))
    return Asked(Matter.GAINS, who.id, held.role, who.kind, sole=alone)


def _of_keys(was: Principal, now: Principal, days: Days) -> Asked:
    """One key ends the day before, one begins; all others are as they were."""
    ended = [(old, new) for old, new in zip(was.keys, now.keys, strict=False) if _key(old) != _key(new)]
    if len(now.keys) != len(was.keys) + 1 or len(ended) != 1:
        raise _beyond(f"it does not replace one key of {was.id} by one other, behind those that there are")
    (old, over), new = ended[0], now.keys[-1]
    if not old.on(days.stated) or _key(over) != _key(replace(old, until=days.stated - _DAY)):
        raise _beyond(f"it does not end a key of {was.id} on {days.stated - _DAY}, the day before the act")
    _fresh_key(was, new)
    if new.since != days.stated:
        raise _beyond(f"the new key of {was.id} does not begin on {days.stated}, the day of the act")
    return Asked(Matter.KEY, was.id, kind=was.kind, has=_held(was, days))


def _fresh_key(who: Principal, key: KeyHeld) -> None:
    if key.until is not None or key.compromised is not None:
        raise _beyond(f"it enters a key of {who.id} that has an end")
    try:
        parse_public(key.line)
    except KeyRefused as refused:
        raise _beyond(f"it enters a key of {who.id} that signs nothing: {refused.found}") from None


def _overlap(one: RoleHeld, other: RoleHeld) -> bool:
    return (
        one.role.casefold() == other.role.casefold()
        and (one.until is None or other.since is None or other.since <= one.until)
        and (other.until is None or one.since is None or one.since <= other.until)
    )


def _held(who: Principal, days: Days) -> frozenset[str]:
    return frozenset(held.role for held in who.roles if held.on(days.stated) and who.holds(held.role, days.chain))


def _too_early(days: Days, more: int = 0) -> str:
    return f"{days.first + more * _DAY} is the first day that this act may name"


def _roles(who: Principal) -> list[tuple[object, ...]]:
    return [_role(held) for held in who.roles]


def _role(held: RoleHeld) -> tuple[object, ...]:
    return held.role, held.since, held.until, held.weight


def _keys(who: Principal) -> list[tuple[object, ...]]:
    return [_key(key) for key in who.keys]


def _key(key: KeyHeld) -> tuple[object, ...]:
    return " ".join(key.line.split()[:2]), key.since, key.until, key.compromised


def _beyond(why: str) -> BeyondError:
    return BeyondError(why, "one of the deeds of an officer", "move it instead", place=Place("", 1, 1))
