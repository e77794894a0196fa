"""Edits: stretches of files that become other words, several at once."""

import re
from codecs import BOM_UTF8
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from syngraph.engine.text.errors import TextError


class EditError(TextError):
    """Edits that cannot be carried out together, or on this text."""


@dataclass(frozen=True, slots=True, order=True)
class Edit:
    """The characters of a file from `start` up to and not including `end`, from 0, become `text`."""

    path: str
    start: int
    end: int
    text: str


def applied(texts: Mapping[str, str], edits: Iterable[Edit]) -> dict[str, str]:
    """The texts that change, each with all its edits carried out; the same edit twice counts once.

    What is put in at the beginning of a stretch that is replaced stands before it.

    >>> applied({"a.md": "Pay the Rant."}, [Edit("a.md", 9, 10, "e"), Edit("a.md", 0, 3, "Send")])
    {'a.md': 'Send the Rent.'}

    Raises: EditError where two edits overlap, or one lies outside its text.
    """
    changed: dict[str, list[str]] = {}
    done: dict[str, int] = {}
    last: Edit | None = None
    for edit in sorted(set(edits)):
        text = texts.get(edit.path)
        if text is None or not 0 <= edit.start <= edit.end <= len(text):
            raise EditError(
                f"an edit of characters {edit.start} to {edit.end}",
                "characters that the text has",
                "read the text again",
                edit.path,
            )
        if (
            last is not None
            and last.path == edit.path
            and (edit.start < last.end or (last.start == last.end == edit.start == edit.end))
        ):
            raise EditError(
                f"two edits of character {edit.start}", "edits that do not overlap", "carry out one, and look again", edit.path
            )
        changed.setdefault(edit.path, []).extend((text[done.get(edit.path, 0) : edit.start], edit.text))
        done[edit.path] = edit.end
        last = edit
    return {path: "".join([*pieces, texts[path][done[path] :]]) for path, pieces in changed.items()}


def as_written(text: str, old: bytes) -> bytes:
    """A text with as many lines as the file had, with the encoding mark and the line ends of the file.

    Raises: EditError where the lines are not as many.
    """
    mark = BOM_UTF8 if old.startswith(BOM_UTF8) else b""
    ends = [*re.findall(rb"\r\n|\r|\n", old), b""]
    lines = text.split("\n")
    if len(ends) != len(lines):
        raise EditError(f"{len(lines)} lines", f"{len(ends)} lines as in the file", "read the text again")
    return mark + b"".join(line.encode() + end for line, end in zip(lines, ends, strict=True))
