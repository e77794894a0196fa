"""Sentences and clauses as bytes and back, for a cache: JSON in which equal parts stand once.

The form is a list of entries, the value last. An entry is a string, a number, true, false or null, or a list
`[maker, index, ...]`: a value of the type with that number, made of the earlier entries with those indices. Only the types
of the grammar and of clauses, tuples, `Decimal`, `Fraction` and `date` can come out, whatever goes in: nothing is imported,
called or run by name.
"""

import json
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from hashlib import sha256
from typing import Any

from syngraph.engine.text import clauses, findings, provenance
from syngraph.grammar import amounts, lexicon, measures, sentence, span
from syngraph.grammar.rules import ballots, changes, circumstances, decisions, declarations, disputes, norms, record


def _tuple(*parts: Any) -> tuple[Any, ...]:
    return parts


# A type is known by its number here, so the order is part of the form; `FORM` changes with it.
_TYPES = tuple(
    made
    for module in (
        span,
        amounts,
        measures,
        circumstances,
        changes,
        ballots,
        norms,
        declarations,
        decisions,
        disputes,
        record,
        sentence,
        lexicon,
        provenance,
        findings,
        clauses,
    )
    for _, made in sorted(vars(module).items())
    if isinstance(made, type) and made.__module__ == module.__name__ and (is_dataclass(made) or issubclass(made, Enum))
)
_MAKERS: tuple[Callable[..., Any], ...] = (_tuple, Decimal, Fraction, date.fromisoformat, *_TYPES)
_NUMBERS: dict[Any, int] = {maker: number for number, maker in enumerate(_MAKERS)}
_FIELDS: dict[Any, tuple[str, ...]] = {
    made: tuple(field.name for field in fields(made)) for made in _TYPES if is_dataclass(made)
}

FORM = sha256(repr([(made.__name__, _FIELDS.get(made)) for made in _TYPES]).encode()).hexdigest()[:16]
"""Names the form of the bytes: it differs when the types that they hold do. It belongs into the key of what is encoded."""


def encode(value: object) -> bytes:
    """A value made of those types, as bytes that `decode` reads.

    Raises: TypeError for a value of any other type.

    >>> from syngraph.grammar.span import Span
    >>> decode(encode((Span(0, 4), Span(0, 4))))
    (Span(start=0, end=4), Span(start=0, end=4))
    """
    entries: list[Any] = []
    places: dict[Any, int] = {}
    # What was met before need not be looked into again; nothing that `value` holds goes away meanwhile.
    met: dict[int, int] = {}

    def place(part: object) -> int:
        known = met.get(id(part))
        if known is not None:
            return known
        name, entry = _entry(part, place)
        if name not in places:
            places[name] = len(entries)
            entries.append(entry)
        if type(part) in _FIELDS:
            met[id(part)] = places[name]
        return places[name]

    place(value)
    return json.dumps(entries, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")


def decode(content: bytes) -> Any:
    """The value that was encoded.

    Raises: ValueError when the bytes are not what `encode` makes.
    """
    try:
        entries = json.loads(content.decode("utf-8", "surrogatepass"))
        values: list[Any] = []
        known, append, makers = values.__getitem__, values.append, _MAKERS
        for entry in entries:
            append(makers[entry[0]](*map(known, entry[1:])) if type(entry) is list else entry)
        return values[-1]
    except (LookupError, TypeError, ArithmeticError, RecursionError) as error:
        raise ValueError(f"not an encoded value: {error}") from error


def _entry(part: object, place: Callable[[object], int]) -> tuple[Any, Any]:
    """How a part is written, with a name that equal parts share; 1, True and Decimal(1) are three."""
    kind = type(part)
    if part is None or kind in (str, int, bool):
        return (kind, part), part
    if kind is tuple:
        node = [0, *map(place, part)]  # type: ignore[call-overload]
    elif isinstance(part, Decimal | Fraction):
        node = [_NUMBERS[kind], place(str(part))]
    elif kind is date:
        node = [_NUMBERS[date.fromisoformat], place(str(part))]
    elif isinstance(part, Enum) and kind in _NUMBERS:
        node = [_NUMBERS[kind], place(str(part.value))]
    elif kind in _FIELDS:
        node = [_NUMBERS[kind], *(place(getattr(part, name)) for name in _FIELDS[kind])]
    else:
        raise TypeError(f"{kind.__name__} is not of a type that is encoded")
    return tuple(node), node
