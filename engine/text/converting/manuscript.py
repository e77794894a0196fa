"""A text as a word processor or plain Markdown has it, made an object in our notation.

It comes as HTML. Numbers that were typed into headings are taken off, since ours are derived, and say how deep a section is;
references to them become references to sections where there is no doubt what they mean, and a typed `(a)` that begins a
paragraph is the marker of a list. Nothing else changes: before that is done, the object is read back, and must have the
visible words of the HTML.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from syngraph.engine.text.converting import words, writing
from syngraph.engine.text.document import Section
from syngraph.engine.text.errors import TextError
from syngraph.engine.text.notations import markdown
from syngraph.engine.text.notations.html.blocks import Part, Title, blocks
from syngraph.engine.text.notations.html.sections import sections
from syngraph.engine.text.provenance import Place, Text
from syngraph.engine.text.resolve import resolve
from syngraph.engine.text.store import tree_of

MAX_CHARACTERS = 4_000_000
MAX_TITLE = 200

_TITLE = re.compile(r'<h1[^<>]{0,200}\bclass="title"[^<>]{0,200}>(.{0,2000}?)</h1>', re.DOTALL)
_BACK = re.compile(r'<a [^<>]{0,200}\bclass="footnote-back"[^<>]{0,200}>[^<>]{0,10}</a>')
_WORD = r"(?P<word>[Ss]ection|SECTION|[Aa]rticle|ARTICLE|[Cc]lause|CLAUSE|§)"
_LABEL = r"\d{1,3}(?:\.\d{1,3}){0,5}|[IVXLC]{1,7}"
_NUMBERED = re.compile(
    rf"(?:{_WORD}\s+(?P<label>{_LABEL})|(?P<number>\d{{1,3}}(?:\.\d{{1,3}}){{0,5}}|[IVXLC]{{1,7}}(?=\.)))"
    r"(?:[.):]|(?=\s))\s*(?:[-–—:]\s+)?(?=\S)"
)
_REFERENCE = re.compile(rf"(?<!\w){_WORD}\s(?P<label>{_LABEL})(?![\w\]]|\.\d)")
_ELSEWHERE = re.compile(
    r"(?:\([^()]{1,10}\)){0,5}\s+(?:of|to|in)\s+(?!this\b|these\b)|\s{0,3}(?:,|and|or|to|through|[-–—])\s{0,3}(?:\d|[IVXLC]+\b)"
)
"""What follows a number that names a part of another text, or is one of several."""
_LETTERED = re.compile(r"(?m)(?<=^)\\(?=\((?:[a-z]{1,5}|[A-Z]{1,5}|[0-9]{1,3})\)\s)")
"""What keeps a typed `(a)` at the beginning of a paragraph from being the marker of a list, which it is."""
_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}


class ManuscriptError(TextError):
    """A text that cannot be made an object that says the same."""


@dataclass(frozen=True, slots=True)
class Manuscript:
    """An object made of a text: `numbers` were taken off headings, `references` of `typed` ones became links."""

    content: str
    title: str
    sections: int
    numbers: int
    references: int
    typed: int


def html_of(source: str, path: str) -> tuple[str, str]:
    """Markdown as HTML, and the title in its front matter.

    Raises: ManuscriptError where it is an object in our notation already; MarkdownError where it is too large.
    """
    from markdown_it import MarkdownIt

    held = markdown.read(source, path)
    if held.fields or held.includes or held.origin:
        raise ManuscriptError(
            "an object in our notation", "a text in Markdown", "use it as it is, or `syngraph borrow` it", path=path
        )
    lines = source.split("\n")
    if lines[0].rstrip() == "---":
        end = next((n for n in range(1, len(lines)) if lines[n].rstrip() in ("---", "...")), 0)
        lines = lines[end + 1 :] if end else lines
    parser = MarkdownIt("commonmark", {"html": True}).enable("table")
    return str(parser.render("\n".join(lines))), held.title.string


def manuscript(html: str, title: str = "", path: str = "") -> Manuscript:
    """The object that a text in HTML is.

    Raises: ManuscriptError where nothing is in it, it is too long, or it would read differently.
    """
    if len(html) > MAX_CHARACTERS:
        raise ManuscriptError(f"a text of {len(html):,} characters", f"at most {MAX_CHARACTERS:,}", "split it", path=path)
    html = _BACK.sub("", html).replace('<header id="title-block-header">', "")
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
    plain, labels = _unnumbered(parts)
    headed = sections(plain)
    targets = _targets(headed, plain, labels)
    if len(targets) == sum(map(bool, labels)):
        outline = headed
    else:
        targets = {}
    counts = [0, 0]

    def wording(text: Text) -> str:
        return writing.braced(_referring(text.string, targets, counts))

    body = _LETTERED.sub("", writing.body(outline, wording))
    content = writing.front(title[:MAX_TITLE]) + body.rstrip("\n") + "\n"
    return Manuscript(content, title[:MAX_TITLE], sum(bool(each.id) for each in _walk(outline)), len(targets), *counts)


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
        return first if not _NUMBERED.match(first.text.string) else None
    return None


# -- numbers -----------------------------------------------------------------------------------------------------------


def _unnumbered(parts: Sequence[Part]) -> tuple[list[Part], list[str]]:
    """The parts with typed numbers off their headings, and the number that each heading had ("" for none).

    A number counts when it is the first or the next below the number it belongs to: `2024 accounts` has none.
    """
    done: list[Part] = []
    labels: list[str] = []
    seen: dict[str, int] = {}
    levels: dict[str, int] = {}
    for part in parts:
        if not isinstance(part, Title):
            done.append(part)
            continue
        match = _NUMBERED.match(part.text.string)
        label = _plain(match["label"] or match["number"]) if match else ""
        above, _, last = label.rpartition(".")
        if match and last and int(last) == seen.get(above, 0) + 1 and (not above or above in levels):
            level = levels[above] + 1 if above else part.level
            seen[above], levels[label] = int(last), level
            done.append(replace(part, text=part.text[match.end() :], level=level))
            labels.append(label)
        else:
            done.append(part)
            labels.append("")
    return done, labels


def _plain(label: str) -> str:
    """A typed number in figures: `IV` as `4`."""
    if not label or not label[0].isalpha():
        return label
    values = [_ROMAN[letter] for letter in label]
    following = [*values[1:], 0]
    return str(sum(value if value >= after else -value for value, after in zip(values, following, strict=True)))


def _targets(outline: Sequence[Section], parts: Sequence[Part], labels: Sequence[str]) -> dict[str, str]:
    """The section that each typed number names, where one does."""
    titles = [part for part in parts if isinstance(part, Title)]
    ids = {id(section.heading): section.id for section in _walk(outline) if section.id}
    named = {label: id(title.text) for title, label in zip(titles, labels, strict=True) if label}
    return {label: ids[heading] for label, heading in named.items() if heading in ids}


def _referring(text: str, targets: dict[str, str], counts: list[int]) -> str:
    """A text with typed references to sections as references by id."""

    def referred(match: re.Match[str]) -> str:
        counts[1] += 1
        target = targets.get(_plain(match["label"]))
        if target is None or _ELSEWHERE.match(text, match.end()):
            return match[0]
        counts[0] += 1
        return f"[](#{target})"

    return _REFERENCE.sub(referred, text)
