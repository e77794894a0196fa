"""A key of a CommonAccord object as a document of our model: its text is HTML, as people write it in such objects.

Titles (`<h1>`, and `<span class="sec-ti">` as stores have it) head sections, lists and tables are blocks, `<b>` and `<i>` are
emphasis. What only sets the page is left out, and every character keeps its place in the objects of the store.
"""

import re
from collections.abc import Callable, Iterator

from syngraph.engine.text.document import Document, Paragraph, Section
from syngraph.engine.text.findings import Finding, found
from syngraph.engine.text.notations.commonaccord import ROOT
from syngraph.engine.text.notations.commonaccord.store import Store
from syngraph.engine.text.notations.commonaccord.tracing import Trace
from syngraph.engine.text.notations.html.blocks import blocks
from syngraph.engine.text.notations.html.sections import sections
from syngraph.engine.text.passages import plain
from syngraph.engine.text.provenance import NOTHING, Place, Text

MAX_OPEN = 1_000
"""How many names that nothing binds are findings."""
_OPEN = re.compile(r"\**\{[^{}]*\}\**")


def document(store: Store, root: str, key: str = ROOT, title: str = "") -> Document:
    """The document that `key` of the object at `root` is.

    `fields` are the keys that it uses and their texts as the notation has them (HTML), by their whole key. The findings are
    those of the search, and every name that stays open.
    """
    trace = Trace(store, root)
    outline = sections(blocks(trace.text(key)))
    held = trace.bound(key)
    fields: dict[str, Text] = {}
    paths = [root, *((held.path, *(place.path for place in held.chain)) if held else ())]
    for use in trace.uses:
        if use.bound is not None:
            where = Place(use.bound.path, use.bound.line, 1, use.bound.chain)
            fields.setdefault(use.key, Text(use.text, ((0, where),)) if use.text else NOTHING)
            paths += [*(place.path for place in use.bound.chain), use.bound.path]
    findings = (*trace.findings, *_open(trace))
    return Document(
        root,
        title or " ".join(plain(_one(called(outline))).string.split()) or root,
        outline,
        fields,
        tuple(dict.fromkeys(paths)),
        findings,
    )


def called(outline: tuple[Section, ...], said: Callable[[str], str] = str) -> str:
    """The name of a text in inline Markdown: the first strong line at its top, or the heading of its only section; "" for none.

    A name that is open is none; `said` gives the words of a text, where they are not those in it.
    """
    strong = [
        block.text
        for section in outline[:1]
        if not section.id
        for block in section.blocks
        if isinstance(block, Paragraph) and block.text.string.startswith("**") and block.text.string.endswith("**")
        if not _OPEN.fullmatch(said(block.text.string))
    ]
    headed = [section.heading for section in outline if section.id]
    return (strong[0] if strong else headed[0] if len(headed) == 1 else NOTHING).string.strip("*")


def _one(string: str) -> Text:
    return Text(string, ((0, Place("", 1, 1)),) if string else ())


def _open(trace: Trace) -> Iterator[Finding]:
    told: set[str] = set()
    for use in trace.uses:
        if use.bound is None and use.key not in told and len(told) < MAX_OPEN:
            told.add(use.key)
            help = f"write a line {use.key}= in the object, or in one that it refers to"
            yield found("SG101", f"nothing defines {{{use.name}}}", use.place, help)
