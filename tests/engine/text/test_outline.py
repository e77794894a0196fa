"""A text read piece by piece is the text read whole, whatever stands in it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from syngraph.engine.text.notations.markdown import read, read_with_blocks
from syngraph.engine.text.notations.outline import pieces
from syngraph.engine.text.objects import ProseObject

LINES = (
    *("", "", "", " ", "\t", "\u00a0", "# Dues {#dues}", "## Dues", "# ", "#", "#Dues", " # Dues", "    # Dues", "# Dues #"),
    *("####### Deep", "# a | b", "# \\#", "# *Dues*  ", "#\tDues", "The Tenant shall pay.", "The Tenant shall  ", "or pay\\"),
    *(
        "    or pay",
        "\tor pay",
        "- Dues",
        "-",
        "  more",
        "* x",
        "*x* y",
        "**x** y",
        "***",
        "* * *",
        "_x_",
        "___",
        "+ x",
        "1. x",
    ),
    *(
        "1) x",
        "2026 was",
        "10 days",
        "1.5 days",
        "1",
        "(a) x;",
        "(b) y.",
        "(i) z",
        "===",
        "---",
        "--- | ---",
        "|---|---|",
        "-|-",
    ),
    *(":-", "a | b", "| a | b |", "> x", ">", "> # x", "- # x", "<div>", "</div>", "<!--", "-->", "[x]: y", "[x](#y)", "{x}"),
    *(
        "“Dues” means",
        "\\# x",
        "&nbsp;",
        "\u2003x",
        "```",
        "~~~",
        "`x`",
        "``` x",
        "   ```",
        "- ```",
        "é x",
        "第 x",
        "x\r",
        "x\0",
    ),
    *(
        "> " * 31 + "x",
        "- " * 31 + "x",
        "---",
        "title: X",
        "\u2028x",
        "x\u2028# y",
        "\x0b# x",
        "\x0c",
        "§ 5",
        "€ 5",
        "x" * 30 + "  ",
    ),
)


def whole(source: str) -> ProseObject:
    return read_with_blocks(source, "a.md", lambda tokens: None)[0]


@given(st.lists(st.sampled_from(LINES), max_size=14))
def test_pieces_are_the_whole(lines: list[str]) -> None:
    source = "\n".join(lines)
    assert whole(source) == read(source, "a.md")


@given(st.text("#-=|:*_ \t\n>`~1.)(ax\\[]<é", max_size=40))
def test_pieces_of_signs_are_the_whole(source: str) -> None:
    assert whole(source) == read(source, "a.md")


@pytest.mark.parametrize("above", LINES)
def test_a_heading_below_anything_begins_the_same_section(above: str) -> None:
    for between in ("", "\n"):
        source = f"# One\n\n{above}\n{between}# Two {{#two}}\n\nPay.\n"
        assert whole(source) == read(source, "a.md")


def test_fences_and_deep_nesting_are_not_cut() -> None:
    for unsure in ("```", "~~~", "x\n   ````", "- " * 16 + "x", "x\r", "x\0", "# a | b\n--- | ---"):
        assert pieces(unsure, unsure.split("\n")) is None


def test_every_line_is_in_one_piece() -> None:
    body = "\n".join(
        line for line in LINES if "```" not in line and "~~~" not in line and "\r" not in line and "\0" not in line
    )
    body = "\n".join(line for line in body.split("\n") if not line.startswith(("> > ", "- - ", "# a |", "# *")))
    found = pieces(body, body.split("\n"))
    assert found is not None
    assert list(range(body.count("\n") + 1)) == [line for piece in found for line in range(piece.first, piece.end)]
