"""One document, printed in the format that is asked for."""

import json
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from syngraph.engine.documents import html, markdown, sandbox, text, tree
from syngraph.engine.documents.layout import Layout, lay_out
from syngraph.engine.documents.sandbox import Data, Limits, TemplateError
from syngraph.engine.documents.stamp import Stamp
from syngraph.engine.text.clauses import Clause
from syngraph.engine.text.document import Document

FORMATS: dict[str, Callable[[Layout, Stamp], dict[str, Data]]] = {"md": markdown.page, "html": html.page, "txt": text.page}
"""What is set by a template. A document is printed as `json` besides."""

JSON = "json"


class FormatError(ValueError):
    """There is no such format; `known` are those there are."""

    def __init__(self, format: str) -> None:
        self.format = format
        self.known = (*FORMATS, JSON)
        super().__init__(f"documents are not printed as `{format}`; there are {', '.join(self.known)}")


class KeyNotFoundError(ValueError):
    """Nothing in the document is called by that key; `known` are the fields and the sections there are."""

    def __init__(self, key: str, known: tuple[str, ...]) -> None:
        self.key = key
        self.known = known
        super().__init__(f"the document has no field and no section {key!r}")


def render(
    document: Document,
    clauses: tuple[Clause, ...] = (),
    format: str = "html",
    *,
    date: date | None = None,
    digest: str = "",
    key: str = "",
    template: bytes | str | None = None,
    limits: Limits | None = None,
) -> str:
    """Print a document as `md`, `html`, `txt` or `json`; `date` and `digest` are shown in its footer where they are given.

    With a `key` only that field or section is printed: a field as its text, a section (`#dues` or `dues`) with all that is
    in it. Defined terms are marked from the definitions among `clauses`, or by their wording where none are given. `template`
    is a jinja2 template of the user's own in place of the library's; it is not trusted and is set in a process of its own,
    within `limits`.

    Raises: FormatError for a format there is not, KeyNotFoundError, TemplateError when the user's template is at fault.
    """
    if format not in FORMATS and format != JSON:
        raise FormatError(format)
    if key in document.fields:
        return _dumped(tree.field(document, key)) if format == JSON else document.fields[key].string + "\n"
    number = _number(document, key) if key else None
    layout, stamp = lay_out(document, clauses), Stamp(date, digest)
    if format == JSON:
        if template is not None:
            raise TemplateError("JSON is not set by a template", help="leave the template out, or print md, html or txt")
        whole = tree.tree(document, layout, stamp)
        return _dumped(whole if number is None else list(_walked(whole["sections"], "sections"))[number])
    page = FORMATS[format](layout, stamp)
    if number is not None:
        page = _excerpt(page, number, format)
    if template is not None:
        return sandbox.foreign(template, page, format, limits)
    return sandbox.house(f"page.{format}.j2", page)


def _number(document: Document, key: str) -> int:
    """Which of all sections, counted in the order of the text, has that id."""
    ids = [section.id for section in document.walk()]
    if key.removeprefix("#") not in ids or not key.removeprefix("#"):
        raise KeyNotFoundError(key, (*document.fields, *filter(None, ids)))
    return ids.index(key.removeprefix("#"))


def _excerpt(page: dict[str, Data], number: int, format: str) -> dict[str, Data]:
    """The page with one section alone; what is not a page of its own has no title then."""
    section: Any = list(_walked(page["sections"], "children"))[number]
    return {**page, "title": page["title"] if format == "html" else "", "contents": [], "sections": [section]}


def _walked(sections: Any, inner: str) -> Iterator[Any]:
    for section in sections:
        yield section
        yield from _walked(section[inner], inner)


def _dumped(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"
