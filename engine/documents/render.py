"""One document, printed in the format that is asked for."""

from collections.abc import Callable
from datetime import date

from syngraph.engine.documents import html, markdown, sandbox, text
from syngraph.engine.documents.layout import Layout, lay_out
from syngraph.engine.documents.sandbox import Data, Limits
from syngraph.engine.documents.stamp import Stamp
from syngraph.engine.text.clauses import Clause
from syngraph.engine.text.document import Document

FORMATS: dict[str, Callable[[Layout, Stamp], dict[str, Data]]] = {"md": markdown.page, "html": html.page, "txt": text.page}


class FormatError(ValueError):
    """There is no such format; `known` are those there are."""

    def __init__(self, format: str) -> None:
        self.format = format
        self.known = tuple(FORMATS)
        super().__init__(f"documents are not printed as `{format}`; there are {', '.join(self.known)}")


def render(
    document: Document,
    clauses: tuple[Clause, ...] = (),
    format: str = "html",
    *,
    date: date | None = None,
    digest: str = "",
    template: bytes | str | None = None,
    limits: Limits | None = None,
) -> str:
    """Print a document as `md`, `html` or `txt`; `date` and `digest` are shown in its footer where they are given.

    Defined terms are marked from the definitions among `clauses`, or by their wording where none are given. `template` is a
    jinja2 template of the user's own in place of the library's; it is not trusted and is set in a process of its own,
    within `limits`.

    Raises: FormatError for a format there is not, TemplateError when the user's template is at fault.
    """
    if format not in FORMATS:
        raise FormatError(format)
    page = FORMATS[format](lay_out(document, clauses), Stamp(date, digest))
    if template is not None:
        return sandbox.foreign(template, page, format, limits)
    return sandbox.house(f"page.{format}.j2", page)
