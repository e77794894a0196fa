"""Writing `register.yaml`: whole, or with one principal changed and everything else left as it was written."""

from datetime import date

from syngraph.engine.governance.register.principals import Principal, Register, RegisterError
from syngraph.engine.text.notations import yaml
from syngraph.engine.text.units import Kind, units


def written(register: Register) -> str:
    """The register as text that `load` reads back."""
    lines = ["principals:" if register.principals else "principals: []"]
    return "\n".join(lines) + "\n" + "".join(_item(principal, "  ") for principal in register.principals)


def rewritten(content: str, path: str, principal: Principal) -> str:
    """The text of a register with one entry, that of the principal's id, written anew; nothing else changes.

    Comments above the entry stay, those inside it are lost.

    Raises: RegisterError where the text has no such entry of its own lines.
    """
    cut = [unit.text for unit in units(content, path)]
    names = [unit.name for unit in units(content, path)]
    if (Kind.PRINCIPAL, principal.id) in names:
        number = names.index((Kind.PRINCIPAL, principal.id))
        lines = cut[number].splitlines(keepends=True)
        first = next(index for index, line in enumerate(lines) if line.lstrip().startswith("-"))
        indent = lines[first][: len(lines[first]) - len(lines[first].lstrip(" "))]
        cut[number] = "".join(lines[:first]) + _item(principal, indent)
        return "".join(cut)
    raise RegisterError(
        f"no entry of {principal.id} that can be changed by itself",
        "a list with each principal on lines of its own",
        "write - id: and so on, each on a line",
        path,
    )


def _item(principal: Principal, indent: str) -> str:
    lines = [
        f"- id: {yaml.quoted(principal.id)}",
        f"  name: {yaml.quoted(principal.name)}",
        f"  kind: {principal.kind}",
    ]
    if principal.roles:
        lines.append("  roles:")
    for held in principal.roles:
        weight = f", weight: {held.weight}" if held.weight is not None else ""
        lines.append(f"    - {{role: {yaml.quoted(held.role)}{_days(since=held.since, until=held.until)}{weight}}}")
    if principal.keys:
        lines.append("  keys:")
    for key in principal.keys:
        days = _days(since=key.since, until=key.until, compromised=key.compromised)
        lines.append(f"    - {{key: {yaml.quoted(key.line)}{days}}}")
    if principal.signatories:
        lines.append(f"  signatories: [{', '.join(principal.signatories)}]")
    if principal.jointly != 1:
        lines.append(f"  jointly: {principal.jointly}")
    return "".join(f"{indent}{line}\n" for line in lines)


def _days(**days: date | None) -> str:
    return "".join(f", {name}: {day}" for name, day in days.items() if day)
