"""Running text of HTML as inline Markdown that says the same words."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from syngraph.engine.text.notations.html.tokens import decoded
from syngraph.engine.text.provenance import Place, Text, joined

MAX_ADDRESS = 2_000
MAX_PLACED = 50_000
"""In a text with more characters to escape than so many, only its beginning keeps its place."""
FIRST_MARK = "\U000f0000"
"""The first of the characters (private ones) that a caller may put where a word will stand."""

_MARKS = re.compile(r"[\\`*\[\]<]|(?<![^\W_])_|_(?![^\W_])|&(?=#?\w+;)")
_BLANKS = re.compile(r"[ \t\n\r\f\v\x1c-\x1f\x85\u2028\u2029]+")
_ODD = re.compile(
    r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufdd0-\ufdef"
    r"\ufeff\ufff9-\ufffb\ufffe\uffff\U000e0000-\U000e007f]+|[\ud800-\udfff]"
)
"""What has no shape and is in no governed text, and halves of characters, which stand for bytes that are not UTF-8."""
_WINDOWS = {
    point: character
    for point in range(0x80, 0x100)
    if point != 0xAD and (character := bytes([point]).decode("cp1252", "ignore"))
}
_ADDRESS = re.compile(r"(?:https?://|mailto:|#)[^\s\x00-\x20<>]+", re.IGNORECASE)
_UNSAFE = re.compile(r"[^\w.~:/?#@!$&*+,;=%-]", re.ASCII)


@dataclass(frozen=True, slots=True)
class Style:
    """How a stretch of text is set: `link` is its address, "" for none."""

    strong: bool = False
    emphasis: bool = False
    link: str = ""


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text in one style; `breaks` where it is a line break."""

    style: Style
    text: Text
    breaks: bool = False


def words(text: Text, start: int, end: int) -> Text:
    """The characters of a stretch of HTML without tags: entities decoded, runs of blanks as one, what has no shape left out.

    A byte that is not UTF-8 (a lone surrogate) is read as Windows-1252, and so is a control character of the upper half.
    """
    return joined(_shown(text, start, end))


def _shown(text: Text, start: int, end: int) -> Iterator[Text]:
    for at, characters, entity in decoded(text.string, start, end):
        shown = _BLANKS.sub(" ", characters)
        if entity:
            shown = _ODD.sub("", shown)
            yield Text(shown, tuple((n, text.place(at)) for n in range(len(shown))))
        elif shown == characters and not _ODD.search(shown):
            yield text[at : at + len(characters)]
        else:
            yield from _pieces(text, at, characters)


def _pieces(text: Text, at: int, characters: str) -> Iterator[Text]:
    done = 0
    marks = [*_BLANKS.finditer(characters), *_ODD.finditer(characters)]
    for match in sorted(marks, key=lambda match: match.start()):
        yield text[at + done : at + match.start()]
        done = match.end()
        shown = " " if _BLANKS.match(match[0]) else _byte(match[0])
        if shown:
            yield Text(shown, ((0, text.place(at + match.start())),))
    yield text[at + done : at + len(characters)]


def _byte(odd: str) -> str:
    """What was meant by bytes that are not UTF-8, and by control characters that Windows-1252 has letters for."""
    points = (ord(mark) - 0xDC00 if mark >= "\ud800" else ord(mark) for mark in odd)
    return "".join(_WINDOWS.get(point, "") for point in points)


def address(written: str) -> str:
    """Where a link leads, as Markdown takes it; "" for what is neither the web, nor mail, nor a place in the text.

    >>> address("https://example.org/a b(c)"), address("javascript:alert(1)")
    ('https://example.org/a%20b%28c%29', '')
    """
    plain = written.strip()
    if not _ADDRESS.fullmatch(plain.replace(" ", "%20")) or len(plain) > MAX_ADDRESS:
        return ""
    return _UNSAFE.sub(lambda match: "".join(f"%{byte:02X}" for byte in match[0].encode("utf-8", "replace")), plain)


def escaped(text: Text) -> Text:
    r"""The text with what Markdown would take for markup escaped.

    >>> escaped(Text("a *b* f_g", ((0, Place("a", 1, 1)),))).string
    'a \\*b\\* f_g'
    """
    if not _MARKS.search(text.string):
        return text
    if text.string.count("`") + text.string.count("*") + text.string.count("[") > MAX_PLACED:
        # So many places would be larger than the text by far.
        return Text(_MARKS.sub(r"\\\g<0>", text.string), text.runs[:1])
    pieces: list[Text] = []
    done = 0
    for match in _MARKS.finditer(text.string):
        at = match.start()
        pieces += [text[done:at], _mark("\\", text.place(at))]
        done = at
    return joined([*pieces, text[done:]])


def markdown(runs: list[Run]) -> Text:
    """The runs as one text in inline Markdown, without blanks or line breaks at its ends.

    Emphasis that Markdown could not tell from asterisks where it stands is left out.
    """
    runs = _trimmed(runs)
    out: list[Text] = []
    groups = [(link, list(group)) for link, group in groupby(runs, key=lambda run: run.style.link)]
    before = ""
    for number, (link, group) in enumerate(groups):
        after = _begins(groups[number + 1][1]) if number + 1 < len(groups) else ""
        if not link or before == "!" or not any(run.text.string.strip() for run in group):
            out += _styled(group, before, after)
        elif link.startswith("#"):
            # Such a link may turn out to lead nowhere: nothing in or around it may hang on its brackets.
            place = group[0].text.place(0)
            words = [_mark("\\\n", run.text.place(0)) if run.breaks else escaped(run.text) for run in group]
            out += [_mark("[", place), *words, _mark(f"]({link})", place)]
        else:
            place = group[0].text.place(0)
            out += [_mark("[", place), *_styled(group, "[", "]"), _mark(f"]({link})", place)]
        before = group[-1].text.string[-1:] if not link or link.startswith("#") else ")"
        if _ends(out) == "*" and before != "*":
            before = "*"
    return joined(out)


def _trimmed(runs: list[Run]) -> list[Run]:
    kept = list(runs)
    while kept and (kept[-1].breaks or not kept[-1].text.string.strip()):
        kept.pop()
    first = next((n for n, run in enumerate(kept) if not run.breaks and run.text.string.strip()), len(kept))
    del kept[:first]
    if kept:
        head = kept[0].text
        kept[0] = Run(kept[0].style, head[len(head) - len(head.string.lstrip()) :])
        tail = kept[-1].text
        kept[-1] = Run(kept[-1].style, tail[: len(tail.string.rstrip())])
    done: list[Run] = []
    ends = " "
    for run in kept:
        text = run.text
        if run.breaks:
            if done and not done[-1].breaks and done[-1].text.string.endswith(" "):
                done[-1] = Run(done[-1].style, done[-1].text[: len(done[-1].text) - 1])
            ends = " "
        elif text.string.startswith(" ") and ends == " ":
            text = text[1:]
        if run.breaks or text:
            done.append(Run(run.style, text, run.breaks))
            ends = text.string[-1:] if not run.breaks else " "
    return [run for run in done if run.text]


def _styled(runs: list[Run], before: str, after: str) -> Iterator[Text]:
    merged = [
        (style, list(group))
        for style, group in groupby(runs, key=lambda run: (run.breaks, run.style.strong, run.style.emphasis))
    ]
    for number, ((breaks, strong, emphasis), group) in enumerate(merged):
        if breaks:
            yield from (_mark("\\\n", run.text.place(0)) for run in group[:1])
            before = "\n"
            continue
        text = joined(run.text for run in group)
        follows = _begins(merged[number + 1][1]) if number + 1 < len(merged) else after
        core = text.string.strip()
        start = len(text.string) - len(text.string.lstrip()) if core else 0
        end = start + len(core)
        marker = "*" * (2 * strong + emphasis)
        outer = " " if start else before, " " if end < len(text) else follows
        if marker and core and _stands(outer[0], core, outer[1]):
            yield text[:start]
            yield _mark(marker, text.place(start))
            yield escaped(text[start:end])
            yield _mark(marker, text.place(end - 1))
            yield text[end:]
            before = "*" if end == len(text) else " "
        else:
            yield escaped(text)
            before = text.string[-1:]


def _stands(before: str, core: str, after: str) -> bool:
    """Whether a marker can open before `core` and close after it, whatever else is in the paragraph."""
    if before == "*" or after == "*":
        return False
    begins = not before or before.isspace() or (_is_letter(core[0]) and not _is_letter(before))
    ends = not after or after.isspace() or (_is_letter(core[-1]) and not _is_letter(after))
    return begins and ends


def _is_letter(character: str) -> bool:
    return character.isalnum() or character >= FIRST_MARK


def _begins(runs: list[Run]) -> str:
    run = runs[0]
    if run.breaks:
        return "\n"
    if run.style.link and not run.style.link.startswith("#"):
        return "["
    return run.text.string[:1]


def _ends(out: list[Text]) -> str:
    return next((piece.string[-1:] for piece in reversed(out) if piece), "")


def _mark(mark: str, place: Place) -> Text:
    return Text(mark, ((0, place),))
