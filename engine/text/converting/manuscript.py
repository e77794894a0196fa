"""A text as a word processor or plain Markdown has it, made an object in our notation.

It comes as HTML. Numbers that were typed into headings are taken off, since ours are derived, and say how deep a section is;
references to them become references to sections where there is no doubt what they mean (see `numbering`), and a typed `(a)`
that begins a paragraph is the marker of a list. Nothing else changes: before that is done, the object is read back, and must
have the visible words of the HTML.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from syngraph.engine.text.converting import numbering, words, writing
from syngraph.engine.text.converting.instruments import own_names
from syngraph.engine.text.converting.naming import shortened
from syngraph.engine.text.converting.numbering import Headed, Reference, References
from syngraph.engine.text.document import Paragraph, Section, Table
from syngraph.engine.text.editing.formatting import formatted
from syngraph.engine.text.errors import TextError
from syngraph.engine.text.notations import markdown
from syngraph.engine.text.notations.html.blocks import Listing, Part, Quoted, Title, blocks
from syngraph.engine.text.notations.html.remarks import Kind, Remark, Struck
from syngraph.engine.text.notations.html.sections import MAX_SLUG, led, sections
from syngraph.engine.text.notations.html.settling import settled
from syngraph.engine.text.notations.html.spans import MAX_ADDED, repeated
from syngraph.engine.text.notations.markdown import slug
from syngraph.engine.text.provenance import Place, Text
from syngraph.engine.text.resolving.resolve import resolve
from syngraph.engine.text.store import tree_of

if TYPE_CHECKING:
    from markdown_it.rules_block import StateBlock

MAX_CHARACTERS = 4_000_000
MAX_HEADINGS = 5_000
_HEADING = re.compile(r"(?m)^ {0,3}#{1,6}[ \t]|<h[1-6]\b")

_TITLE = re.compile(r'<h1[^<>]{0,200}\bclass="title"[^<>]{0,200}>(.{0,2000}?)</h1>', re.DOTALL)
_BACK = re.compile(r'<a [^<>]{0,200}\bclass="footnote-back"[^<>]{0,200}>[^<>]{0,10}</a>')
_LETTERED = re.compile(r"(?m)(?<=^)\\(?=\((?:[a-z]{1,5}|[A-Z]{1,5}|[0-9]{1,3})\)\s)")
"""What keeps a typed `(a)` at the beginning of a paragraph from being the marker of a list, which it is."""
_DEFINITION = re.compile(
    r"\[(?!\^)[^\[\]]{1,999}\]:\s{0,20}(?:<[^<>]*>|#\S*|\.{0,2}/\S*|(?:https?|ftp|mailto):\S+|www\.\S+)\s*|\[(?://|comment)\]:\s?(?:#|<>)[^\n]*"
)
"""A line that says only where links lead, or a comment as Markdown has it."""


class ManuscriptError(TextError):
    """A text that cannot be made an object that says the same."""


@dataclass(frozen=True, slots=True)
class Manuscript:
    """An object made of a text.

    `numbered` are its sections whose headings had numbers, which were taken off; `entries` the numbers of paragraphs that are
    entries of lists now, `typed` those that stay as they were typed; `references` all typed references, in order; `remarks`
    tell what was put into words or left out.
    """

    content: str
    title: str
    sections: int
    numbered: tuple[Headed, ...]
    entries: tuple[str, ...]
    typed: tuple[str, ...]
    references: tuple[Reference, ...]
    remarks: tuple[Remark, ...] = ()


def html_of(source: str, path: str) -> tuple[str, str]:
    """Markdown as HTML, and the title in its front matter.

    Raises: ManuscriptError where it is an object in our notation already; MarkdownError where it is too large.
    """
    from markdown_it import MarkdownIt

    _counted(source, path)
    lines = source.split("\n")
    end = 0
    if lines[0].rstrip() == "---":
        end = next((n for n in range(1, len(lines)) if lines[n].rstrip() in ("---", "...")), 0)
    held = markdown.read("\n".join(lines[: end + 1]) if end else "", path)
    if held.fields or held.includes or held.origin:
        raise ManuscriptError(
            "an object in our notation", "a text in Markdown", "use it as it is, or `syngraph borrow` it", path=path
        )
    lines = lines[end + 1 :] if end else lines
    parser = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    parser.block.ruler.at("reference", _definition)
    return str(parser.render("\n".join(lines))), held.title.string


def _counted(source: str, path: str) -> None:
    """Refuse a text with too many headings before it is read."""
    if (count := sum(1 for _ in _HEADING.finditer(source))) > MAX_HEADINGS:
        raise ManuscriptError(f"{count:,} headings", f"at most {MAX_HEADINGS:,}", "split the text", path=path)


def _definition(state: "StateBlock", start: int, end: int, silent: bool) -> bool:
    """A link definition where it says nothing but an address; what has other words, as a footnote has, is text."""
    from markdown_it.rules_block.reference import reference

    line = state.src[state.bMarks[start] + state.tShift[start] : state.eMarks[start]]
    following = state.src[state.bMarks[start + 1] : state.eMarks[start + 1]] if start + 1 < end else ""
    if _DEFINITION.fullmatch(line) is None or following.lstrip()[:1] in ("'", '"', "("):
        return False
    return reference(state, start, end, silent)


def manuscript(html: str, title: str = "", path: str = "", struck: Struck = Struck.REFUSE) -> Manuscript:
    """The object that a text in HTML is. `struck` says what becomes of words that are struck out.

    Raises: ManuscriptError where nothing is in it, it is too long, or it would read differently; SettlingError where it is
    not certain which words are its text.
    """
    if len(html) > MAX_CHARACTERS:
        raise ManuscriptError(f"a text of {len(html):,} characters", f"at most {MAX_CHARACTERS:,}", "split it", path=path)
    _counted(html, path)
    html, remarks = settled(_BACK.sub("", html).replace('<header id="title-block-header">', ""), struck, path)
    spread, added = repeated(html)
    if len(spread) > len(html) + MAX_ADDED // 2:
        raise ManuscriptError("table cells that reach over too many others", "fewer", "split the cells", path=path)
    html = spread
    if added:
        remarks = (*remarks, Remark(Kind.CELL, f"{added:,}", 0))
    called = _TITLE.search(html)
    if called is not None:
        html = html[: called.start()] + html[called.end() :]
        title = title or " ".join(words.of_html(_text(called[1])))
    parts = blocks(_text(html))
    if not parts:
        raise ManuscriptError("no words", "a text", "look whether the file is the one that you meant", path=path)
    expected = words.of_html(_text(html))
    top = _top(parts)
    if top is not None:
        said = words.of_markdown(top.text)
        title = title or " ".join(said)
        parts, expected = parts[1:], expected[len(said) :]
    outline = sections(parts)
    _prove(outline, expected, path)
    unnumbered, numbers = numbering.unnumbered(parts)
    unnumbered = _renamed(parts, unnumbered)
    named = sections(unnumbered)
    known = numbering.headed(named, numbers)
    if len(known) != len(numbers):
        # A heading among these is no section (it stands in a list): all keep what was typed.
        unnumbered, named, known = list(parts), outline, []
    listed, entries, typed = numbering.clauses(unnumbered, known)
    outline = sections(listed) if entries else named
    texts = [text.string for section in _walk(outline) for text in words.of_section(section)]
    taken = set().union(title, *texts)
    mark = next((chr(code) for code in range(0xE000, 0xF8FF) if chr(code) not in taken), "")
    references = References(known, frozenset((*entries, *typed)), own_names(texts), mark)

    def wording(text: Text) -> str:
        return writing.braced(references.linked(text.string))

    body = _LETTERED.sub("", writing.body(outline, wording))
    title = shortened(title)
    marked = formatted(writing.front(title) + body.rstrip("\n") + "\n", path or "object.md")
    found = _placed(marked, mark, references.found)
    count = sum(bool(each.id) for each in _walk(outline))
    return Manuscript(marked.replace(mark, ""), title, count, tuple(known), entries, typed, found, remarks)


def _placed(marked: str, mark: str, found: Sequence[Reference]) -> tuple[Reference, ...]:
    """The references with the places of their marks, as they are without these."""
    if not mark:
        return tuple(found)
    places = [
        (number, sum(map(len, line.split(mark)[:count])) + 1)
        for number, line in enumerate(marked.split("\n"), 1)
        for count in range(1, line.count(mark) + 1)
    ]
    return tuple(replace(each, line=line, column=column) for each, (line, column) in zip(found, places, strict=True))


def _text(string: str) -> Text:
    return Text(string, ((0, Place("", 1, 1)),) if string else ())


def _walk(outline: Sequence[Section]) -> list[Section]:
    found: list[Section] = []
    waiting = list(reversed(outline))
    while waiting:
        section = waiting.pop()
        found.append(section)
        waiting.extend(reversed(section.children))
    return found


def _prove(outline: tuple[Section, ...], expected: list[str], path: str) -> None:
    content = writing.front("-") + writing.body(outline)
    read = resolve(tree_of({"object.md": content.encode()}), "object.md")
    differs = words.difference(expected, words.of_document(read))
    if differs is not None:
        raise ManuscriptError(
            f"a text that would read differently from its word {differs.at + 1} on: “{differs.actual}”",
            f"“{differs.expected}”",
            "write that place another way",
            path=path,
        )


def _top(parts: Sequence[Part]) -> Title | None:
    """The title of the whole: the first heading, where no other is as high."""
    first = parts[0]
    levels = [part.level for part in parts if isinstance(part, Title)]
    if isinstance(first, Title) and len(levels) > 1 and levels.count(first.level) == 1 and first.level == min(levels):
        return first if not numbering.is_numbered(first.text.string) else None
    return None


# -- ids ---------------------------------------------------------------------------------------------------------------


def _renamed(before: Sequence[Part], parts: Sequence[Part]) -> list[Part]:
    """The parts with ids that were made of headings with their numbers made anew of those without."""
    kept = {part.id for part in parts if isinstance(part, Title)}
    ids: dict[str, str] = {}
    named: dict[int, str] = {}
    for count, (was, part) in enumerate(zip(before, parts, strict=True)):
        if isinstance(was, Title) and isinstance(part, Title) and was.text is not part.text and part.id:
            wanted = slug(" ".join(words.of_markdown(part.text)))[:MAX_SLUG]
            if slug(part.id) == slug(" ".join(words.of_markdown(was.text))) and wanted not in kept and part.id not in ids:
                ids[part.id] = named[count] = wanted
                kept.add(wanted)
    relinked = [_relinked(part, lambda name: ids.get(name, name)) if ids else part for part in parts]
    return [
        replace(part, id=named[count]) if isinstance(part, Title) and count in named else part
        for count, part in enumerate(relinked)
    ]


def _relinked(part: Part, target: Callable[[str], str]) -> Part:
    """A part whose links lead to the new ids."""
    match part:
        case Paragraph(text) | Title(text):
            return replace(part, text=led(text, target))
        case Listing(entries):
            made = (replace(each, parts=tuple(_relinked(inner, target) for inner in each.parts)) for each in entries)
            return replace(part, entries=tuple(made))
        case Quoted(inner):
            return Quoted(tuple(_relinked(each, target) for each in inner))
        case Table(rows):
            return Table(tuple(tuple(led(cell, target) for cell in row) for row in rows))
        case _:
            return part
