"""The part of YAML that we read: mappings, lists and strings, each with the place where it was written.

Every scalar is a string. Anchors, aliases, tags, directives, further documents, duplicate keys and anything too deep or too
large are refused before anything is built, so that no input can grow while it is read.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache
from typing import Any

from syngraph.engine.text.errors import TextError
from syngraph.engine.text.provenance import Place, Text

MAX_CHARACTERS = 512 * 1024
MAX_DEPTH = 12
MAX_NODES = 50_000
_LONG = 20_000
"""The characters of a source that is not kept."""


class YamlError(TextError):
    """YAML that is not well formed, or uses what is refused."""


@dataclass(frozen=True, slots=True)
class Scalar:
    """A string. `place` is where it begins, quotes included."""

    text: Text
    place: Place

    def __str__(self) -> str:
        return self.text.string


@dataclass(frozen=True, slots=True)
class Sequence:
    """A list."""

    items: tuple["Node", ...]
    place: Place


@dataclass(frozen=True, slots=True)
class Mapping:
    """Keys with their values, in the order written."""

    entries: tuple[tuple[Scalar, "Node"], ...]
    place: Place

    def get(self, key: str) -> "Node | None":
        """The value of a key, None when it is not there."""
        return next((value for name, value in self.entries if name.text.string == key), None)


Node = Scalar | Sequence | Mapping


def read(source: str, path: str, first_line: int = 1) -> Mapping:
    """The mapping that `source` holds; `first_line` is the line of the file on which it begins. Nothing is an empty one.

    Raises: YamlError
    """
    if len(source) > MAX_CHARACTERS:
        raise YamlError(
            f"{len(source):,} characters of YAML",
            f"at most {MAX_CHARACTERS:,}",
            "split the file",
            place=Place(path, first_line, 1),
        )
    return _kept(source, path, first_line) if len(source) <= _LONG else _Reading(source, path, first_line).mapping()


@lru_cache(maxsize=256)
def _kept(source: str, path: str, first_line: int) -> Mapping:
    """What was read lately: the same front matter is asked for as an object and as units, and again for the next text."""
    return _Reading(source, path, first_line).mapping()


# -- typed access, for those who read a mapping ------------------------------------------------------------------------


def text(node: Node, what: str) -> Text:
    """The string of a node that must be one. Raises: YamlError"""
    if isinstance(node, Scalar):
        return node.text
    raise YamlError(_kind(node), f"text for {what}", _quoting(node), place=node.place)


def entries(node: Node, what: str) -> tuple[tuple[Scalar, Node], ...]:
    """The entries of a node that must be a mapping; nothing at all counts as none. Raises: YamlError"""
    if isinstance(node, Mapping):
        return node.entries
    if isinstance(node, Scalar) and not node.text:
        return ()
    raise YamlError(_kind(node), f"keys with values for {what}", place=node.place)


def items(node: Node, what: str) -> tuple[Node, ...]:
    """The items of a node that must be a list; nothing at all counts as none. Raises: YamlError"""
    if isinstance(node, Sequence):
        return node.items
    if isinstance(node, Scalar) and not node.text:
        return ()
    raise YamlError(_kind(node), f"a list for {what}", "write [one, two], or one to a line after a dash", place=node.place)


def known(mapping: Mapping, keys: tuple[str, ...]) -> None:
    """Refuse keys that nobody reads. Raises: YamlError"""
    for name, _ in mapping.entries:
        if name.text.string not in keys:
            raise YamlError(
                f"the unknown key {name}", f"one of {', '.join(keys)}", suggestion(name.text.string, keys), place=name.place
            )


def suggestion(word: str, words: tuple[str, ...]) -> str:
    """What to do about an unknown word: the one that was probably meant."""
    near = get_close_matches(word, words, 1, 0.6)
    return f"did you mean {near[0]}?" if near else f"remove it, or use one of {', '.join(words)}"


def quoted(value: str) -> str:
    """A string as it is written in YAML, so that `read` gives it back.

    >>> quoted("Ada Quill"), quoted("a: b")
    ('Ada Quill', '"a: b"')
    """
    if re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9 /_.-]*(?<! )", value):
        return value
    escaped = "".join(
        character if character.isprintable() and character not in '"\\' else f"\\U{ord(character):08x}" for character in value
    )
    return f'"{escaped}"'


# -- reading -----------------------------------------------------------------------------------------------------------


class _Reading:
    """One pass over the events of a YAML parser."""

    def __init__(self, source: str, path: str, first_line: int) -> None:
        self.source = source
        self.path = path
        self.first_line = first_line
        self.nodes = 0
        self.starts = [0]
        for index, character in enumerate(source):
            if character == "\n":
                self.starts.append(index + 1)

    def mapping(self) -> Mapping:
        for number, line in enumerate(self.source.split("\n")):
            if line.startswith("%"):
                raise self.refusal("a YAML directive", Place(self.path, self.first_line + number, 1))
            if line.strip() and not line.lstrip().startswith("#"):
                break
        events = self.events()
        top = Place(self.path, self.first_line, 1)
        event = next(events, None)
        if event is None:
            return Mapping((), top)
        node = self.node(event, events, 1)
        more = next(events, None)
        if more is not None:
            raise YamlError("a second document", "one document", "remove the --- before it", place=self.at(more))
        if isinstance(node, Scalar) and not node.text and event.style is None:
            return Mapping((), top)
        if not isinstance(node, Mapping):
            raise YamlError(
                _kind(node), "keys with values (key: value)", "write a colon and a blank after the key", place=node.place
            )
        return node

    def events(self) -> Iterator[Any]:
        """The events that carry content, checked for what is refused."""
        from ruamel.yaml import YAML
        from ruamel.yaml.error import MarkedYAMLError, YAMLError

        try:
            for event in YAML(typ="safe", pure=True).parse(self.source):
                name = type(event).__name__
                if name in ("StreamStartEvent", "StreamEndEvent", "DocumentStartEvent", "DocumentEndEvent"):
                    continue
                if name == "AliasEvent":
                    raise self.refusal(f"the alias *{event.anchor}", self.at(event))
                if getattr(event, "anchor", None) is not None:
                    raise self.refusal(f"the anchor &{event.anchor}", self.at(event))
                if getattr(event, "tag", None) is not None:
                    raise self.refusal(f"the tag {event.tag}", self.at(event))
                self.nodes += 1
                if self.nodes > MAX_NODES:
                    raise YamlError(f"more than {MAX_NODES:,} values", "fewer", "split the file", place=self.at(event))
                yield event
        except MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            place = self.place(mark.line, mark.column) if mark else Place(self.path, self.first_line, 1)
            raise YamlError(*_problem(error.problem), _advice(error.problem), place=place) from None
        except YAMLError as error:
            position = getattr(error, "position", 0)
            line = self.source.count("\n", 0, position)
            place = self.place(line, position - self.starts[line])
            character = self.source[position : position + 1]
            found = f"the control character U+{ord(character):04X}" if character else "a character that YAML does not allow"
            raise YamlError(found, "text without control characters", "remove it", place=place) from None
        except (ValueError, OverflowError, RecursionError) as error:
            raise YamlError(str(error) or "YAML that is too deep", "YAML", place=Place(self.path, self.first_line, 1)) from None

    def node(self, event: Any, events: Iterator[Any], depth: int) -> Node:
        if depth > MAX_DEPTH:
            raise YamlError(f"values nested more than {MAX_DEPTH} deep", "fewer levels", place=self.at(event))
        place = self.at(event)
        match type(event).__name__:
            case "ScalarEvent":
                return Scalar(self.placed(event), place)
            case "SequenceStartEvent":
                found: list[Node] = []
                for inner in events:
                    if type(inner).__name__ == "SequenceEndEvent":
                        break
                    found.append(self.node(inner, events, depth + 1))
                return Sequence(tuple(found), place)
            case _:
                pairs: list[tuple[Scalar, Node]] = []
                seen: dict[str, Place] = {}
                for inner in events:
                    if type(inner).__name__ == "MappingEndEvent":
                        break
                    key = self.node(inner, events, depth + 1)
                    if not isinstance(key, Scalar):
                        raise YamlError(f"{_kind(key)} as a key", "a word", place=key.place)
                    name = key.text.string
                    if name in seen:
                        raise YamlError(
                            f"the key {name} a second time",
                            f"each key once (first at {seen[name]})",
                            "remove one",
                            place=key.place,
                        )
                    seen[name] = key.place
                    pairs.append((key, self.node(next(events), events, depth + 1)))
                return Mapping(tuple(pairs), place)

    def placed(self, event: Any) -> Text:
        """The value of a scalar with the place of each of its characters."""
        value: str = event.value
        start, end = event.start_mark.index, event.end_mark.index
        if not value:
            return Text("")
        if event.style is None and self.source[start : start + len(value)] == value and "\n" not in value:
            return Text(value, ((0, self.place(event.start_mark.line, event.start_mark.column)),))
        at = start
        if event.style in ("'", '"'):
            at += 1
        elif event.style in ("|", ">"):
            at = self.source.find("\n", start, end) + 1
        runs: list[tuple[int, Place]] = []
        previous = -2
        for offset, character in enumerate(value):
            at, width = self.step(at, end, character, event.style)
            if at != previous + 1 or self.source.startswith("\n", previous):
                line = self.line(at)
                runs.append((offset, self.place(line, at - self.starts[line])))
            previous = at
            at += width
        return Text(value, tuple(runs))

    def step(self, at: int, end: int, character: str, style: str | None) -> tuple[int, int]:
        """Where in the source the next character of a value is, and how much of the source it takes up."""
        source = self.source
        if style == '"':
            while source.startswith("\\\n", at):
                at += 2
                while at < end and source[at] in " \t":
                    at += 1
            if source[at] == "\\":
                return at, {"x": 4, "u": 6, "U": 10}.get(source[at + 1], 2)
        if style == "'" and character == "'":
            while at < end and source[at] != "'":
                at += 1
            return at, 2
        if character in " \n":
            if source[at : at + 1] == character and (character == "\n" or not self.ends_line(at)):
                return at, 1
            here = at
            while at < end and source[at] in " \t\n":
                at += 1
            return here, max(at - here, 1) if character == " " else self.fold(here, at)
        while at < end and source[at] != character and source[at] in " \t\n":
            at += 1
        return min(at, max(len(source) - 1, 0)), 1

    def fold(self, here: int, at: int) -> int:
        """How much a line break of a folded text takes up: the next one stays for the next character."""
        following = self.source.find("\n", here + 1, at)
        return following - here if following > here else at - here

    def ends_line(self, at: int) -> bool:
        while at < len(self.source) and self.source[at] in " \t":
            at += 1
        return at >= len(self.source) or self.source[at] == "\n"

    def line(self, at: int) -> int:
        return bisect_right(self.starts, at) - 1

    def at(self, event: Any) -> Place:
        return self.place(event.start_mark.line, event.start_mark.column)

    def place(self, line: int, column: int) -> Place:
        return Place(self.path, self.first_line + line, column + 1)

    def refusal(self, found: str, place: Place) -> YamlError:
        return YamlError(
            found,
            "plain keys and values",
            "write the value out: anchors, aliases, tags and directives are not read, so that a text says what it shows",
            place=place,
        )


def _kind(node: Node) -> str:
    match node:
        case Scalar(text=value):
            return f"the text “{value}”" if value else "nothing"
        case Sequence():
            return "a list"
        case Mapping():
            return "keys with values"


def _quoting(node: Node) -> str:
    if isinstance(node, Mapping) and node.entries:
        return 'put the value in quotes if it holds {, [ or a colon: "{Name}"'
    return "put the value in quotes if it holds {, [ or a colon"


_WORDS = {
    "<stream end>": "the end",
    "<document end>": "the end",
    "<document start>": "a second text",
    "<block end>": "keys in one column",
    "<block mapping start>": "keys further right",
    "<block sequence start>": "a list further right",
    "<scalar>": "a word",
    "the node content": "a value",
    "?": "a key",
    ":": "a colon",
    "-": "an item of a list",
}
"""What the YAML library calls things, as a person would."""
_PROBLEM = re.compile(r"(?s)(?:while .*?: )?expected (?P<expected>.+?),? but (?:found|got) (?P<found>.+)")


def _problem(problem: str | None) -> tuple[str, str]:
    """What was found and what was expected, of what the YAML library says."""
    words = (problem or "something else").removeprefix("found ")
    match = _PROBLEM.fullmatch(words)
    if match:
        return _said(match["found"]), _said(match["expected"])
    if "mapping values are not allowed" in words:
        return "a colon inside a value", "one key and one value"
    if "could not find expected" in words:
        return "a line without a colon", "a key, a colon and a value"
    if words == "unexpected end of stream":
        return "a quotation without an end", "its second quotation mark"
    if "cannot start any token" in words:
        return words.replace(" that cannot start any token", " at the start of a value"), "a value in quotes, or another one"
    return words, "YAML"


def _said(words: str) -> str:
    bare = words.strip("'")
    return _WORDS.get(bare) or _WORDS.get(words) or words


def _advice(problem: str | None) -> str:
    words = problem or ""
    if "mapping values are not allowed" in words:
        return "put a value that holds a colon and a blank in quotes, and start every key of a group in the same column"
    if "'\\t'" in words:
        return "use blanks, not tabs"
    if "cannot start any token" in words:
        return "put the value in quotes"
    if "expected ':'" in words:
        return "write a colon and a blank after the key"
    return "check the brackets, the quotes and the columns of this line and the one before"
