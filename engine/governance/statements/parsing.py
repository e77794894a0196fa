"""Reads and writes statements: a front matter of plain lines in a fixed order, then prose."""

from collections.abc import Sequence
from dataclasses import fields
from datetime import date
from difflib import get_close_matches
from hashlib import sha256
from typing import Any, NoReturn

from syngraph.engine.governance.statements.keys import KEYS, KIND, Form, Keys
from syngraph.engine.governance.statements.kinds import Statement
from syngraph.engine.governance.statements.naming import Name, parse_name
from syngraph.engine.governance.statements.refused import StatementRefused
from syngraph.engine.text.hygiene import HygieneError, governed_text
from syngraph.engine.text.provenance import Place

MAX_BYTES = 256 * 1024
"""The longest statement that is read."""

_FENCE = "---\n"
_VISIBLE = bytes(range(0x20, 0x7F)) + b"\n\t"


def parse(content: bytes, path: str) -> Statement:
    """The statement in a file's content; `path` is what messages call it.

    There is one form: UTF-8 in NFC, lines ended by LF, no characters that cannot be seen, `---`, the keys in their order, one
    to a line as `key: value`, `---`, the prose.

    Raises: StatementRefused
    """
    if len(content) > MAX_BYTES:
        raise StatementRefused(
            f"a statement of {len(content)} bytes",
            f"at most {MAX_BYTES}",
            "put what is long into the text, and refer to it",
            path,
        )
    text = _decoded(content, path) if content.translate(None, _VISIBLE) else content.decode("ascii")
    end = text.find("\n---\n", 3)
    if end < 0 or not text.startswith(_FENCE):
        _no_front_matter(text, path)
    if not text.endswith("\n"):
        _refuse(path, text, len(text), "a last line without an end", "a line feed at the end", "end the file with a new line")
    lines = text[4:end].split("\n")
    kind = lines[0].removeprefix("kind: ")
    keys = KEYS.get(kind)
    if keys is None or not lines[0].startswith("kind: "):
        _no_kind(lines[0], path)
    forms = keys.forms
    values: dict[str, Any] = {}
    last = -1
    for line in lines:
        key, _, said = line.partition(": ")
        ranked = forms.get(key)
        if ranked is None:
            _bad_line(lines, len(values), path, keys)
        rank, form = ranked
        if rank <= last:
            _disorder(lines, len(values), path, keys)
        last = rank
        if not form.fits(said):
            _bad_value(line, len(values), path, form, "")
        try:
            values[key] = form.value(said)
        except ValueError as error:
            _bad_value(line, len(values), path, form, f" ({error})")
    for key in keys.needed:
        if key not in values:
            _missing(key, kind, lines, path)
    take = values.get
    principals = take("principal") or take("principals")
    if principals is None:
        _missing("principal", kind, lines, path)
    return Statement(
        values["kind"],
        take("lineage"),
        take("fork"),
        take("base"),
        principals,
        take("capacity"),
        values["date"],
        take("sequence", 1),
        take("expires"),
        keys.details(*map(take, keys.own)),
        text[end + 5 :],
        sha256(content).hexdigest(),
        path,
        len(lines) + 3,
    )


def write(statement: Statement) -> bytes:
    """The file of a statement, which `parse` reads back as the same; a sequence of 1 is left out.

    Raises: StatementRefused when a value cannot stand in a statement.
    """
    one = len(statement.principals) == 1
    said: list[tuple[str, object]] = [
        ("kind", statement.kind),
        ("lineage", statement.lineage),
        ("fork", statement.fork),
        ("base", statement.base),
        ("principal" if one else "principals", statement.principals),
        ("capacity", statement.capacity),
        ("date", statement.date),
        ("sequence", None if statement.sequence == 1 else statement.sequence),
        ("expires", statement.expires),
    ]
    own = KEYS[statement.kind].own if statement.kind in KEYS else ()
    said += zip(own, (getattr(statement.details, each.name) for each in fields(statement.details)), strict=False)
    front = "".join(f"{key}: {_written(value)}\n" for key, value in said if value is not None)
    content = f"{_FENCE}{front}{_FENCE}{statement.body}".encode("utf-8", "surrogatepass")
    if parse(content, "the statement") != statement:
        raise StatementRefused(
            "a statement that would be read as another", "values of the types that its kind has", path="the statement"
        )
    return content


def path_of(content: bytes) -> str:
    """Where the statement in a file's content is filed, from the top of the agreement. Raises: StatementRefused"""
    statement = parse(content, "the statement")
    return Name(statement.kind, statement.date, statement.digest).path


def filed(content: bytes, path: str) -> Statement:
    """The statement in a file's content, when `path` is its name: same kind, same day, same digest.

    Raises: StatementRefused
    """
    name = parse_name(path)
    statement = parse(content, path)
    for what, there, here in (
        ("digest", name.digest, statement.digest),
        ("kind", name.kind, statement.kind),
        ("date", name.date, statement.date),
    ):
        if there != here:
            raise StatementRefused(
                f"the {what} {there} in the name and {here} in the file",
                "the same in both",
                "let syngraph name the file; a statement is never edited, another one takes its place",
                path,
            )
    if name.key is not None:
        raise StatementRefused("a statement with the name of a signature", "a name that ends with .md", path=path)
    return statement


def _written(value: object) -> str:
    match value:
        case tuple():
            return ", ".join(value)
        case date():
            return value.isoformat()
        case _:
            return str(value)


# -- refusals ----------------------------------------------------------------------------------------------------------


def _decoded(content: bytes, path: str) -> str:
    try:
        return governed_text(content, path)
    except HygieneError as error:
        refused = StatementRefused(error.found, error.expected, error.help, error.path, error.place)
        refused.source = error.source
        raise refused from None


def _no_front_matter(text: str, path: str) -> NoReturn:
    if not text.startswith(_FENCE):
        _refuse(path, text, 0, "no front matter", "--- as the first line", "begin with ---, and end the keys with ---")
    _refuse(path, text, 0, "a front matter without an end", "a line --- after the keys", "write --- below the last key")


def _no_kind(line: str, path: str) -> NoReturn:
    key, _, said = line.partition(": ")
    if key != "kind":
        raise _at(path, 2, 1, line, f"“{_cut(line)}”", "the kind first", "write kind: ballot, or another kind")
    if KIND.fits(said):
        raise _at(
            path,
            2,
            7,
            line,
            f"the kind {said}",
            f"a kind that this version of syngraph reads: {', '.join(KEYS)}",
            "use a newer version of syngraph",
        )
    _bad_value(line, 0, path, KIND, "")


def _bad_line(lines: Sequence[str], index: int, path: str, keys: Keys) -> NoReturn:
    line = lines[index]
    key, colon, _ = line.partition(": ")
    if not colon:
        raise _at(path, index + 2, 1, line, f"“{_cut(line)}”", "key: value", "write each key in a line with its value, plainly")
    near = get_close_matches(key[:40], keys.forms, n=1)
    known = ", ".join(keys.forms)
    raise _at(
        path,
        index + 2,
        1,
        line,
        f"the key “{_cut(key)}”",
        f"one of {known}",
        f"did you mean {near[0]}?" if near else "write it in the prose",
    )


def _disorder(lines: Sequence[str], index: int, path: str, keys: Keys) -> NoReturn:
    key = lines[index].partition(": ")[0]
    seen = [line.partition(": ")[0] for line in lines[:index]]
    if key in seen:
        found, expected = f"{key} a second time", "each key once"
    elif {key, seen[-1]} == {"principal", "principals"}:
        found, expected = f"{key} beside {seen[-1]}", "one of the two"
    else:
        behind = next(each for each in seen if keys.forms[each][0] > keys.forms[key][0])
        found, expected = f"{key} behind {behind}", f"it before {behind}"
    raise _at(path, index + 2, 1, lines[index], found, expected, f"the order is {', '.join(keys.forms)}")


def _bad_value(line: str, index: int, path: str, form: Form, why: str) -> NoReturn:
    key, _, said = line.partition(": ")
    raise _at(path, index + 2, len(key) + 3, line, f"{key}: “{_cut(said)}”{why}", form.expected, form.help)


def _missing(key: str, kind: str, lines: Sequence[str], path: str) -> NoReturn:
    place = Place(path, len(lines) + 2, 1)
    raise StatementRefused(
        f"{'an' if kind[0] in 'aeiou' else 'a'} {kind} without {key}",
        f"a line {key}: above the ---",
        f"write {key}: and its value",
        place=place,
    )


def _refuse(path: str, text: str, at: int, found: str, expected: str, help: str = "") -> NoReturn:
    start = text.rfind("\n", 0, at) + 1
    line = text[start:].split("\n", 1)[0]
    raise _at(path, text.count("\n", 0, at) + 1, at - start + 1, line, found, expected, help)


def _at(path: str, line: int, column: int, source: str, found: str, expected: str, help: str) -> StatementRefused:
    refused = StatementRefused(found, expected, help, place=Place(path, line, column))
    refused.source = source
    return refused


def _cut(text: str) -> str:
    return text if len(text) <= 80 else f"{text[:79]}…"
