"""Text that others wrote, made fit to stand in one line, in a graph or in a page."""

from syngraph.cli.manners import output
from syngraph.engine.text.provenance import Place

WIDTH = 100
CHAIN = 8
LINKS = 32
"""How many places of a chain are told to people, and to programs."""


def legible(text: str) -> str:
    r"""The text with what a terminal would obey, and bytes that are no text, made visible.

    >>> print(legible("a\x1b[2J\udcff"))
    a\x1b[2J\xff
    """
    return output.plain(text.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace"))


def line(text: str, width: int = 0) -> str:
    r"""The text in one line, cut to `width` characters where that is not 0.

    >>> line("one\ntwo", 5)
    'one↵…'
    """
    if width:
        text = text[: width + 1]
    one = legible(text).replace("\r", "\\r").replace("\n", "↵").replace("\t", " ").replace("\u2028", "↵").replace("\u2029", "↵")
    return f"{one[: width - 1]}…" if width and len(one) > width else one


def through(place: Place, most: int = CHAIN) -> list[str]:
    """The places of a chain, outermost first; of a long one the first and the last."""
    chain = place.chain
    if len(chain) <= most:
        return [str(each) for each in chain]
    half = most // 2
    return [*map(str, chain[:half]), f"… {len(chain) - 2 * half} more …", *map(str, chain[-half:])]


def came(place: Place) -> str:
    """`path:line:column through ...`, in one line."""
    chain = through(place)
    return line(f"{place} through {', '.join(chain)}" if chain else str(place))
