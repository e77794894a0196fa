"""Whether a change is clerical: a matter of writing, that leaves what the text says and prints as it is."""

import re
from collections.abc import Mapping

from syngraph.engine.governance.deciding.reach import hidden
from syngraph.engine.governance.governing import Governing

_LINK = re.compile(r"\[([^\]]*)\]\(#([\w.:-]+)\)")


def clerical(before: Governing, after: Governing) -> bool:
    """Whether two texts have the same rules and print the same: then only ids, spacing and the like differ.

    The manifest and the register have to be the same to the byte, and so has every file that is no part of the text. So have,
    but for how their lines are broken, the sections and fields that are not shown now, since they may be one day.
    """
    if set(before.document.closure) != set(after.document.closure) or before.governed != after.governed:
        return False
    apart = [path for path in before.governed if path not in before.document.closure]
    if any(before.tree.read(path) != after.tree.read(path) for path in apart):
        return False
    if any(hidden(before, after, path) for path in before.document.closure):
        return False
    return _printed(before) == _printed(after) and _rules(before) == _rules(after)


def _printed(governing: Governing) -> list[tuple[object, ...]]:
    numbers = _numbers(governing)
    walked = zip(governing.document.walk(), governing.meanings.sections.values(), strict=False)
    return [
        (governing.document.title,),
        *((section.number, section.level, said.prose, _plain(said.words, numbers)) for section, said in walked),
    ]


def _rules(governing: Governing) -> list[tuple[str, str]]:
    from syngraph.grammar.unparse import unparse

    numbers = _numbers(governing)
    return [(placed.clause.number, _plain(unparse(placed.rule), numbers)) for placed in governing.rules]


def _numbers(governing: Governing) -> Mapping[str, str]:
    return {section.id: section.number for section in governing.document.walk()}


def _plain(text: str, numbers: Mapping[str, str]) -> str:
    """A text with the number of each section that it links to in place of its id."""
    return _LINK.sub(lambda match: f"[{match[1]}]({numbers.get(match[2], '')})", text)
