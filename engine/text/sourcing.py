"""Sourcing: the line of a file that a fault points at, for the caret below it."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace

from syngraph.engine.text.errors import TextError
from syngraph.engine.text.findings import Finding
from syngraph.engine.text.store import StoreError, Tree, text_of


@contextmanager
def sourced(tree: Tree) -> Iterator[None]:
    """Fills the line that an error points at into the error."""
    try:
        yield
    except TextError as error:
        if error.place is not None and not error.source:
            with suppress(TextError):
                error.source = text_of(tree, error.place.path).split("\n")[error.place.line - 1]
        raise


def with_lines(findings: Iterable[Finding], tree: Tree) -> tuple[Finding, ...]:
    """Findings in their order, each once and with the line that it is in."""
    lines: dict[str, list[str]] = {}
    found = []
    for finding in findings:
        path = finding.place.path
        if path not in lines:
            try:
                lines[path] = text_of(tree, path).split("\n")
            except StoreError:
                lines[path] = []
        number = finding.place.line - 1
        known = finding.source or (lines[path][number] if 0 <= number < len(lines[path]) else "")
        found.append(replace(finding, source=known))
    return tuple(dict.fromkeys(found))
