"""Data to stdout, talk to stderr, and nothing in either that could command a terminal."""

import json
import os
import sys
from collections.abc import Iterable
from typing import Any, TextIO

import click

SCHEMA = 1
"""The version of what `--json` prints: fields may be added within it, none is taken away or changed."""

# Control characters (but tab and newline), and the marks that turn the direction of text so that it reads as what it is not.
_UNSEEN = (*range(0x09), *range(0x0B, 0x20), *range(0x7F, 0xA0), 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A))
_SHOWN = {point: f"\\x{point:02x}" if point < 0x100 else f"\\u{point:04x}" for point in _UNSEEN}
_ESCAPED = {point: f"\\u{point:04x}" for point in (*_UNSEEN, *range(0xD800, 0xE000)) if point >= 0x7F}


def plain(text: str) -> str:
    r"""The text with what a terminal would obey made visible.

    >>> print(plain("dues\x1b[2Jpaid"))
    dues\x1b[2Jpaid
    """
    return text.translate(_SHOWN)


def put(text: str = "") -> None:
    """One line, or several, of an answer for people."""
    click.echo(plain(text))


def put_styled(text: str) -> None:
    """A line that the caller has made safe (`plain`) and coloured (`styled`)."""
    click.echo(text, color=coloured(sys.stdout))


def put_json(value: Any) -> None:
    """An answer for programs: one JSON document. Sets are not ordered, so none may be in it."""
    put_line(json.dumps(value, ensure_ascii=False, indent=2))


def put_line(text: str) -> None:
    """JSON that is written already; what a terminal would obey is escaped, which changes no value."""
    click.echo(text.translate(_ESCAPED))


def put_document(content: str | bytes) -> None:
    """A rendered document, byte for byte; a terminal gets it with control characters shown."""
    if isinstance(content, str) and sys.stdout.isatty():
        content = plain(content)
    click.echo(content.encode("utf-8", "surrogateescape") if isinstance(content, str) else content, nl=False)


def talk(text: str) -> None:
    """A word to the person at the keyboard, beside the answer."""
    click.echo(plain(text), err=True)


def coloured(stream: TextIO) -> bool:
    """Whether colours are wanted: as `--color` says; else on a terminal that can show them, unless `NO_COLOR` is set
    (https://no-color.org).
    """
    context = click.get_current_context(silent=True)
    if context is not None and context.color is not None:
        return context.color
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def styled(text: str, **style: Any) -> str:
    """The text made safe and coloured; `put_styled` takes the colour out again where none is wanted."""
    return click.style(plain(text), **style)


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """`; did you mean 'check'?`, or "" when nothing known is near.

    >>> did_you_mean("chekc", ["read", "check"])
    "; did you mean 'check'?"
    """
    from difflib import get_close_matches

    near = get_close_matches(word.casefold(), sorted(known), n=1, cutoff=0.6)
    return f"; did you mean {near[0]!r}?" if near else ""


def columns(text: str) -> int:
    """How many columns a terminal gives to the text: two to a wide character, none to one that combines.

    >>> columns("abc"), columns("契約"), columns("e\\u0301")
    (3, 4, 1)
    """
    from unicodedata import combining, east_asian_width

    return sum(0 if combining(character) else 2 if east_asian_width(character) in "WF" else 1 for character in text)
