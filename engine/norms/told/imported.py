"""Tables that people have put into the record as their own statement: every row is a fact, by the word of whoever signed."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from syngraph.engine.norms.told import canonical, facts, table
from syngraph.engine.norms.told.facts import Origin, Record, Signed
from syngraph.engine.text.findings import Finding
from syngraph.engine.text.manifest import RECORD
from syngraph.engine.text.provenance import Place

FOLDER = RECORD + "import/"
"""Where the record keeps statements that are tables."""


def read(
    statements: Iterable[tuple[str, bytes]],
    signed: Mapping[str, Signed] | None = None,
    known: Callable[[str], bool] | None = None,
) -> Record:
    """The facts of statements that have a table as their body, given as (path, bytes), in order of path and line.

    Each fact stands at the line of the statement that its row is in. With one bad row, or where it says wrongly
    what it is, of whom or of which day, nothing of that statement counts.
    `signed` and `known` are as for statements in sentences (`facts.read`).
    """
    return facts.joined(
        _statement(path, source, (signed or {}).get(path), known) for path, source in sorted(statements, key=lambda one: one[0])
    )


def _statement(path: str, source: bytes, signed: Signed | None, known: Callable[[str], bool] | None) -> Record:
    try:
        lines = source.decode("utf-8").split("\n")
    except UnicodeDecodeError as error:
        place = Place(path, source[: error.start].count(b"\n") + 1, 1)
        return Record((), (Finding("SG401", "this statement is not text in UTF-8", place, help="save it as UTF-8 text"),))
    fields, above = facts.front_matter(lines)
    body = "\n".join(lines[above:])
    try:
        canonical.checked(body, path, above + 1)
    except canonical.TableError as error:
        place = error.place or Place(path, 1, 1)
        message = f"found {error.found}, expected {error.expected}"
        return Record((), (Finding("SG405", message, place, help=error.help, source=error.source),))
    stated = facts.day(fields.get("date", ""))
    wrong = tuple(facts.misnamed(path, lines[:above], fields, stated, known if signed is None else None, "import"))
    if wrong:
        return Record((), wrong)
    by, origin = ((), Origin.STATEMENT) if signed is None else (signed.by, signed.origin)
    entered = stated if signed is None else signed.entered
    author = fields.get("principal", "")
    found = table.read(path, body.encode(), above=above)
    told = (replace(one, author=author, entered=entered, signed_by=by, origin=origin) for one in found.facts)
    return Record(tuple(told), found.findings)
