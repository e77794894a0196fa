"""Changes in words, as they are read out in a meeting, and back again without loss.

    In `bylaws.md`, the field `Dues` (sha256 9f2c...) becomes:

    ~~~
      Dues: EUR 75
    ~~~

The digest is that of the text replaced; the new text stands verbatim between two lines of tildes, more of them than the text
has anywhere. Of a text that does not end with a line end, the first of the two lines says so.
"""

import re
from collections.abc import Iterator, Sequence

from syngraph.engine.governance.changes.change import (
    AddFile,
    Change,
    Changes,
    ChangesRefused,
    Delete,
    DeleteFile,
    Insert,
    Move,
    Replace,
    ReplaceFile,
    described,
    named,
)
from syngraph.engine.text.errors import TextError
from syngraph.engine.text.provenance import Place
from syngraph.engine.text.store.tree import checked
from syngraph.engine.text.units import Name

_OPEN = " without a line end at the end"
_LEAD = re.compile(r"(?:In|The file|The new file) `")
_IN = re.compile(r"In `([^`]*)`, ")
_UNIT = r"(the [a-z ]{1,40}(?:`[^`]*`)?)"
_SHA = r" \(sha256 ([0-9a-f]{64})\)"
_REPLACE = re.compile(rf"{_UNIT}{_SHA} becomes:")
_DELETE = re.compile(rf"{_UNIT}{_SHA} is deleted\.")
_MOVE = re.compile(rf"{_UNIT}{_SHA} moves (?:to the (beginning)|behind {_UNIT})\.")
_INSERT = re.compile(rf"{_UNIT} is new, (?:at the (beginning)|behind {_UNIT}):")
_ADD = re.compile(r"The new file `([^`]*)` reads:")
_GONE = re.compile(rf"The file `([^`]*)`{_SHA} is deleted\.")
_WHOLE = re.compile(rf"The file `([^`]*)`{_SHA} becomes:")


def wording(changes: Sequence[Change]) -> str:
    """The changes in words, a paragraph each, with a line end behind the last; "" for none."""
    return "\n".join(map(_worded, changes))


def body(reasons: str, changes: Sequence[Change]) -> str:
    """What a motion says: its reasons, then its changes.

    Raises: ChangesRefused where a line of the reasons begins as a change does.
    """
    said = reasons.strip("\n")
    line = _first_lead(said.split("\n"))
    if line is not None:
        raise _amiss(said.split("\n")[line], Place("", line + 1, 1))
    return "\n\n".join(filter(None, (said, wording(changes).removesuffix("\n")))) + ("\n" if said or changes else "")


def read(text: str, path: str, first_line: int = 1) -> tuple[str, Changes]:
    """The reasons and the changes of a motion; `first_line` is the line of the file `path` on which its text begins.

    From the first line that begins as a change does, the text is changes, just as `wording` writes them.

    Raises: ChangesRefused
    """
    lines = text.split("\n")
    start = _first_lead(lines)
    if start is None:
        return text.strip("\n"), ()
    changes = tuple(_Reading(lines, start, path, first_line).changes())
    return "\n".join(lines[:start]).strip("\n"), changes


def _first_lead(lines: Sequence[str]) -> int | None:
    return next((number for number, line in enumerate(lines) if _LEAD.match(line)), None)


# -- writing -----------------------------------------------------------------------------------------------------------


def _worded(change: Change) -> str:
    path = _escaped(change.path)
    match change:
        case Replace(kind=kind, key=key, before=before, after=after):
            return f"In `{path}`, {described((kind, key))} (sha256 {before}) becomes:\n\n{_verbatim(after)}"
        case Insert(kind=kind, key=key, behind=behind, after=after):
            where = f"behind {described(behind)}" if behind else "at the beginning"
            return f"In `{path}`, {described((kind, key))} is new, {where}:\n\n{_verbatim(after)}"
        case Delete(kind=kind, key=key, before=before):
            return f"In `{path}`, {described((kind, key))} (sha256 {before}) is deleted.\n"
        case Move(kind=kind, key=key, before=before, behind=behind):
            where = f"behind {described(behind)}" if behind else "to the beginning"
            return f"In `{path}`, {described((kind, key))} (sha256 {before}) moves {where}.\n"
        case AddFile(after=after):
            return f"The new file `{path}` reads:\n\n{_verbatim(after)}"
        case DeleteFile(before=before):
            return f"The file `{path}` (sha256 {before}) is deleted.\n"
        case ReplaceFile(before=before, after=after):
            return f"The file `{path}` (sha256 {before}) becomes:\n\n{_verbatim(after)}"


def _verbatim(text: str) -> str:
    fence = _fence(text)
    ended = not text or text.endswith("\n")
    return f"{fence}{'' if ended else _OPEN}\n{text}{'' if ended else chr(10)}{fence}\n"


def _fence(text: str) -> str:
    return "~" * max(3, 1 + max(map(len, re.findall("~+", text)), default=0))


def _escaped(path: str) -> str:
    """A path that can stand between backticks: those in it, and percent signs, as their numbers."""
    return path.replace("%", "%25").replace("`", "%60")


# -- reading -----------------------------------------------------------------------------------------------------------


class _Reading:
    """The changes from a line on, each as `wording` writes it."""

    def __init__(self, lines: list[str], start: int, path: str, first_line: int) -> None:
        self.lines = lines
        self.at = start
        self.path = path
        self.first_line = first_line

    def changes(self) -> Iterator[Change]:
        while True:
            start = self.at
            change = self.change()
            if "\n".join(self.lines[start : self.at]) + "\n" != _worded(change):
                raise self.amiss(start)
            yield change
            if self.rest() == [""]:
                return
            if self.lines[self.at : self.at + 1] != [""]:
                raise self.amiss(self.at)
            self.at += 1

    def rest(self) -> Sequence[str]:
        return self.lines[self.at : self.at + 2]

    def change(self) -> Change:
        number, line = self.at, self.lines[self.at]
        self.at += 1
        if found := _ADD.fullmatch(line):
            return AddFile(self.place(found[1], number), self.verbatim())
        if found := _GONE.fullmatch(line):
            return DeleteFile(self.place(found[1], number), found[2])
        if found := _WHOLE.fullmatch(line):
            return ReplaceFile(self.place(found[1], number), found[2], self.verbatim())
        opening = _IN.match(line)
        if not opening:
            raise self.amiss(number)
        path, said = self.place(opening[1], number), line[opening.end() :]
        if found := _REPLACE.fullmatch(said):
            return Replace(path, *self.unit(found[1], number), found[2], self.verbatim())
        if found := _DELETE.fullmatch(said):
            return Delete(path, *self.unit(found[1], number), found[2])
        if found := _MOVE.fullmatch(said):
            return Move(path, *self.unit(found[1], number), found[2], None if found[3] else self.unit(found[4], number))
        if found := _INSERT.fullmatch(said):
            behind = None if found[2] else self.unit(found[3], number)
            return Insert(path, *self.unit(found[1], number), behind, self.verbatim())
        raise self.amiss(number)

    def unit(self, words: str, number: int) -> Name:
        name = named(words)
        if name is None:
            raise self.amiss(number)
        return name

    def place(self, written: str, number: int) -> str:
        path = written.replace("%60", "`").replace("%25", "%")
        try:
            return checked(path)
        except TextError as error:
            raise ChangesRefused(error.found, error.expected, error.help, place=self.where(number)) from None

    def verbatim(self) -> str:
        """The text between two lines of tildes, which begin two lines further down."""
        start = self.at + 1
        opening = self.lines[start] if start < len(self.lines) else ""
        fence = opening.removesuffix(_OPEN)
        if self.lines[self.at] != "" or not fence or fence.strip("~"):
            raise self.amiss(self.at)
        try:
            end = self.lines.index(fence, start + 1)
        except ValueError:
            raise ChangesRefused(
                "a text without an end",
                f"a line of {len(fence)} tildes",
                "close the text as it was opened",
                place=self.where(start),
            ) from None
        self.at = end + 1
        text = "".join(f"{line}\n" for line in self.lines[start + 1 : end])
        return text if opening == fence else text.removesuffix("\n")

    def where(self, number: int) -> Place:
        return Place(self.path, self.first_line + number, 1)

    def amiss(self, number: int) -> ChangesRefused:
        return _amiss(self.lines[number] if number < len(self.lines) else "", self.where(number))


def _amiss(line: str, place: Place) -> ChangesRefused:
    return ChangesRefused(
        f"“{line[:80]}”" if line else "nothing",
        "a change as it is written for a motion, or reasons that do not begin as one does",
        "let syngraph write the changes, or begin the line with another word",
        place=place,
    )
