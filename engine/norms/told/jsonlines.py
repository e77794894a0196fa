"""Facts from JSON Lines: an object on each line for each fact, imported whole or not at all."""

import json
from collections.abc import Iterable
from typing import Any

from syngraph.engine.norms.told.facts import Record, RecordedFact
from syngraph.engine.norms.told.rows import COLUMNS, PLAIN, BadRowError, Layout, Rows
from syngraph.engine.text.collecting import uncollected
from syngraph.engine.text.findings import Finding
from syngraph.engine.text.provenance import Place

LONGEST = 100_000
"""The longest line, in bytes."""


@uncollected()
def read(path: str, source: bytes, layout: Layout = PLAIN) -> Record:
    """The facts of a file of JSON Lines in UTF-8; the names of the objects are the columns of a table.

    Numbers are read exactly as they are written. What stands under other names is passed over; a value that is an object or
    a list is refused. With one bad line nothing is imported.
    """
    facts: list[RecordedFact] = []
    findings: list[Finding] = []
    make = Rows(layout)
    wanted = {layout.called(ours).casefold(): ours for ours in COLUMNS if ours not in layout.constants}
    for number, line in enumerate(source.removeprefix(b"\xef\xbb\xbf").split(b"\n"), 1):
        if not line.strip():
            continue
        try:
            values = _values(line, wanted)
            sentence = ", ".join(value for value in values.values() if value)
            told = make.fact(path, number, values, sentence)
            facts += [] if told is None else [told]
        except BadRowError as bad:
            where = f"{bad.column}: " if bad.column else ""
            shown = line[:LONGEST].decode("utf-8", "replace").rstrip("\r")
            findings.append(Finding("SG405", f"{where}{bad.message}", Place(path, number, 1), help=bad.help, source=shown))
    return Record((), tuple(findings)) if findings else Record(tuple(facts), ())


def _values(line: bytes, wanted: dict[str, str]) -> dict[str, str]:
    if len(line) > LONGEST:
        raise BadRowError("", f"found a line of {len(line)} bytes, expected at most {LONGEST}", "one fact to a line")
    try:
        found = json.loads(line.decode(), parse_float=str, parse_int=str, parse_constant=_refused, object_pairs_hook=_once)
    except UnicodeDecodeError:
        raise BadRowError("", "this line is not text in UTF-8", "save the file in UTF-8") from None
    except (ValueError, RecursionError) as error:
        raise BadRowError("", f"this line is no JSON: {str(error)[:100]}", "write an object to a line") from None
    if not isinstance(found, dict):
        raise BadRowError("", "found no object", 'write each line as {"date": "2027-03-31", "actor": "Bora", "act": "paid"}')
    values: dict[str, str] = {}
    for name, value in found.items():
        ours = wanted.get(name.strip().casefold())
        if ours is None or value is None:
            continue
        if not isinstance(value, str):
            raise BadRowError(ours, "found something that is neither text nor a number", "write it as text")
        values[ours] = value
    return values


def _refused(word: str) -> Any:
    raise ValueError(f"{word} is no number")


def _once(pairs: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in pairs:
        if name in found:
            raise ValueError(f"{name!r} stands there twice")
        found[name] = value
    return found
