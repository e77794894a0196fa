"""What a text says, in a form in which a mended reference is no change: what must be equal before and after mending."""

import re
from collections.abc import Callable, Hashable, Iterable
from dataclasses import fields, is_dataclass
from enum import Enum
from typing import Any

from syngraph.engine.text.clauses import Clause
from syngraph.engine.text.document import Document, Verbatim
from syngraph.engine.text.lint.mending import spelling, spelt
from syngraph.engine.text.provenance import Place, Text

_REFERENCE = re.compile(r"\[\]\(#([^()\s]*)\)|\]\(#([^()\s]*)\)|^#(\S+)$|(?<![\w-])[Ss]ection (?=\d)")


def said(document: Document, clauses: Iterable[Clause]) -> Hashable:
    """The sections with their words, the fields, and the rules of each sentence.

    A reference counts as the section that it leads to, and one that leads nowhere as the one section whose id differs from it
    in nothing but capitals and signs. So a text may gain what was broken, and nothing else may change.
    """
    known = spelt(document)
    numbers = {section.id: section.number for section in document.walk() if section.id}

    def led(name: str) -> str:
        id_ = name if name in numbers else known.get(spelling(name), name)
        return numbers.get(id_) or f"#{id_}"

    def reference(match: re.Match[str]) -> str:
        if match[1] is not None:
            return f"section {led(match[1])}"
        if match[2] is not None:
            return f"](#{led(match[2])})"
        return led(match[3]) if match[3] is not None else "section "

    def plain(words: str) -> str:
        # What stands in backticks is printed as it is.
        return words if "`" in words else _REFERENCE.sub(reference, words)

    sections = _plain(document.sections, plain)
    rules = tuple((clause.section, clause.prose, _plain(clause.sentence.rules, plain)) for clause in clauses)
    values = tuple((name, value.string) for name, value in document.fields.items())
    return document.title, document.closure, values, sections, rules


def _plain(value: Any, plain: Callable[[str], str]) -> Hashable:
    match value:
        case Verbatim(text=text):
            return text.string
        case Text(string=string):
            return plain(string)
        case Place():
            return None
        case Enum():
            return value
        case str():
            return plain(value)
        case tuple():
            return tuple(_plain(each, plain) for each in value)
        case _ if is_dataclass(value):
            return (type(value), *(_plain(getattr(value, each.name), plain) for each in fields(value)))
        case _:
            return repr(value)
