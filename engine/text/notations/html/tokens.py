"""Tags, words and what is not shown in HTML-like text, in one pass over it.

As the HTML standard has it for the tags that texts use, with three exceptions, so that no word of a text is lost: a tag or
comment that never ends is text, a quote that never ends is part of its value, and the content of an element that is not
shown is only left out when the element ends. Every look ahead is bounded by the last place where it can succeed, so that the
time is linear in the length of any input (ADR 23 says why this is not the parser of the standard library).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape

MAX_ATTRIBUTES = 100
UNSEEN = frozenset({"script", "style", "head", "title", "template", "iframe", "object", "noscript"})
"""Elements whose content nobody sees."""

_NAME = re.compile(r"[A-Za-z][^\s/>]{0,200}")
_ATTRIBUTE = re.compile(r"[\s/]*+([^\s=>/][^\s=>/]*+)(?:\s*+=\s*+)?")
_VALUE = re.compile(r"[^\s>]*+")
_ENTITY = re.compile(r"&(?:#[0-9]{1,8};?|#[xX][0-9a-fA-F]{1,6};?|[A-Za-z][A-Za-z0-9]{1,31};?)")


@dataclass(frozen=True, slots=True)
class Opening:
    """A start tag, its attributes in lower case; the first of each name counts."""

    name: str
    attributes: dict[str, str]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Closing:
    """An end tag."""

    name: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Words:
    """A stretch of text, entities not yet decoded."""

    start: int
    end: int


Token = Opening | Closing | Words


def tokens(source: str) -> Iterator[Token]:
    """What stands in `source`, by offsets, without what nobody sees (comments, scripts, styles)."""
    return _Scanner(source).tokens()


def decoded(source: str, start: int = 0, end: int | None = None) -> Iterator[tuple[int, str, bool]]:
    """A stretch of words in parts: where each begins, its characters, and whether it was written as an entity.

    >>> list(decoded("R&amp;D"))
    [(0, 'R', False), (1, '&', True), (6, 'D', False)]
    """
    end = len(source) if end is None else end
    done = start
    for match in _ENTITY.finditer(source, start, end):
        character = unescape(match[0])
        if character == match[0]:
            continue
        if match.start() > done:
            yield done, source[done : match.start()], False
        yield match.start(), character, True
        done = match.end()
    if done < end:
        yield done, source[done:end], False


class _Scanner:
    """One pass over a text, with the last places where a look ahead can succeed."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.last = {mark: source.rfind(mark) for mark in (">", '"', "'", "-->")}
        self.endless: set[str] = set()

    def tokens(self) -> Iterator[Token]:
        source = self.source
        words = at = 0
        while (at := source.find("<", at)) >= 0:
            found = self.tag(at)
            if found is None:
                at += 1
                continue
            if at > words:
                yield Words(words, at)
            token, end = found
            if token is not None:
                yield token
            words = at = end
        if words < len(source):
            yield Words(words, len(source))

    def tag(self, at: int) -> tuple[Token | None, int] | None:
        """What begins with the `<` at an offset, and where it ends; None when it is text."""
        source = self.source
        if at > self.last[">"]:
            return None
        following = source[at + 1 : at + 2]
        if following == "!" or following == "?":
            if source.startswith("<!--", at):
                return (None, source.index("-->", at + 2) + 3) if at + 2 <= self.last["-->"] else None
            return None, source.index(">", at) + 1
        if following == "/":
            name = _NAME.match(source, at + 2)
            if name is None:
                return None, source.index(">", at) + 1
            return Closing(name[0].lower(), at, end := source.index(">", name.end()) + 1), end
        name = _NAME.match(source, at + 1)
        if name is None:
            return None
        attributes, end = self.attributes(name.end())
        if end < 0:
            # All that follows was looked at and does not end a tag: it is text.
            self.last[">"] = at
            return None
        word = name[0].lower()
        if word in UNSEEN and (beyond := self.beyond(word, end)) > 0:
            return None, beyond
        return Opening(word, attributes, at, end), end

    def attributes(self, at: int) -> tuple[dict[str, str], int]:
        """The attributes from an offset on, and the end of their tag (-1 when it has none)."""
        source = self.source
        found: dict[str, str] = {}
        while match := _ATTRIBUTE.match(source, at):
            at = match.end()
            value = ""
            if match[0].rstrip().endswith("=") and not match[1].endswith("="):
                mark = source[at : at + 1]
                if mark in ("'", '"') and at < self.last[mark]:
                    close = source.index(mark, at + 1)
                    value, at = source[at + 1 : close], close + 1
                else:
                    bare = _VALUE.match(source, at)
                    value, at = (bare[0], bare.end()) if bare else ("", at)
            if len(found) < MAX_ATTRIBUTES:
                found.setdefault(match[1].lower(), unescape(value[:2_000]) if "&" in value else value)
        end = source.find(">", at) if at <= self.last[">"] else -1
        return found, end + 1 if end >= 0 else -1

    def beyond(self, name: str, at: int) -> int:
        """Where an element that is not shown is over, 0 when it never is."""
        if name in self.endless:
            return 0
        close = re.compile(rf"</{name}\s*>", re.IGNORECASE).search(self.source, at)
        if close is None:
            self.endless.add(name)
            return 0
        return close.end()
