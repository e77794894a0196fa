"""The body of a paper, in the parts that its headings name: facts, reasons, and what is asked or ordered."""

from collections.abc import Sequence

from syngraph.cli.acting import stating


def composed(*parts: tuple[str, Sequence[str]]) -> str:
    """A body of those parts, each a heading ("" for none) and its paragraphs; an empty part is left out.

    >>> print(composed(("", ["So be it."]), ("Findings", []), ("Orders", ["A shall pay.", "B shall pay."])))
    So be it.
    <BLANKLINE>
    ## Orders
    <BLANKLINE>
    A shall pay.
    <BLANKLINE>
    B shall pay.
    <BLANKLINE>
    """
    found: list[str] = []
    for heading, paragraphs in parts:
        said = [text for each in paragraphs if (text := stating.reasons(each))]
        if said and heading:
            found.append(f"## {heading}")
        found += said
    return "\n\n".join(found) + "\n" if found else ""
