"""Cells that reach over several columns or rows."""

import time

import pytest

from syngraph.engine.text.notations.html.blocks import blocks
from syngraph.engine.text.notations.html.spans import repeated, spread
from syngraph.engine.text.provenance import Place, Text

CASES = {
    "down": ("<tr><td rowspan=2>r<td>a<tr><td>c", "r,a|r,c"),
    "across": ("<tr><td colspan=2>x<tr><td>a<td>b", "x,x|a,b"),
    "in the middle": ("<tr><td>a<td rowspan=3>b<td>c<tr><td>d<td>e<tr><td>f<td>g", "a,b,c|d,b,e|f,b,g"),
    "both": ("<tr><td colspan=2 rowspan=2>x<td>y<tr><td>z", "x,x,y|x,x,z"),
    "at the end": ("<tr><td>a<td rowspan=2>b<tr><td>c", "a,b|c,b"),
    "closed": ("<tr><td rowspan='2'>r</td><td>a</td></tr><tr><td>c</td></tr>", "r,a|r,c"),
    "nothing": ("<tr><td>a<td>b<tr><td>c<td>d", "a,b|c,d"),
}


def table(source: Text) -> str:
    (found,) = blocks(source)
    return "|".join(",".join(cell.string for cell in row) for row in found.rows)  # type: ignore[union-attr]


def text(source: str) -> Text:
    return Text(source, ((0, Place("a.md", 1, 1)),))


@pytest.mark.parametrize("name", CASES)
def test_a_cell_is_repeated(name: str) -> None:
    rows, expected = CASES[name]
    assert table(text(repeated(f"<table>{rows}</table>")[0])) == expected


def test_no_cell_comes_under_another_column() -> None:
    source = text("<table><tr><td rowspan=2>r<td>a<tr><td>c</table>")
    assert table(spread(source)) == "r,a|,c"
    assert table(source) == "r,a|,c"


@pytest.mark.parametrize(
    "html",
    [
        "<table>" + "<tr><td rowspan=999999 colspan=999999>x" * 2_000,
        "<table><tr><td rowspan=1000 colspan=100>" + "x" * 50_000 + "<tr><td>y" * 2_000,
        "<table><tr><td rowspan=2>" * 5_000,
    ],
)
def test_the_work_is_bounded(html: str) -> None:
    begun = time.process_time()
    assert len(repeated(html)[0]) < len(html) + 1_000_000
    assert time.process_time() - begun < 3
