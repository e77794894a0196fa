"""Documents built by hand, without files."""

from collections.abc import Callable

import pytest

from syngraph.engine.text.document import (
    Block,
    Break,
    Document,
    Item,
    ItemList,
    Paragraph,
    Quote,
    Section,
    Table,
    Verbatim,
)
from syngraph.engine.text.provenance import Place, Text

Build = Callable[..., Document]


def text(string: str) -> Text:
    return Text(string, ((0, Place("sampler.md", 1, 1)),)) if string else Text("")


def section(id: str, heading: str, number: str, *blocks: Block | str, children: tuple[Section, ...] = ()) -> Section:
    made = tuple(Paragraph(text(block)) if isinstance(block, str) else block for block in blocks)
    return Section(id, text(heading), number.count(".") + 1, number, made, children, prose=id == "purpose")


def document(title: str, *sections: Section, fields: dict[str, str] | None = None) -> Document:
    return Document("sampler.md", title, sections, {key: text(value) for key, value in (fields or {}).items()}, ("sampler.md",))


def items(*entries: tuple[str, str | tuple[Block, ...]], ordered: bool = True) -> ItemList:
    held = ((marker, (Paragraph(text(inner)),) if isinstance(inner, str) else inner) for marker, inner in entries)
    return ItemList(tuple(Item(marker, blocks) for marker, blocks in held), ordered)


@pytest.fixture
def build() -> Build:
    """A document with one section per paragraph given: `build(title, *paragraphs)`."""

    def made(title: str, *paragraphs: str, heading: str = "Part") -> Document:
        return document(title, *(section(f"part-{at}", heading, str(at), each) for at, each in enumerate(paragraphs, 1)))

    return made


@pytest.fixture
def sampler() -> Document:
    """A small agreement in which every kind of block stands."""
    nested = items(
        ("(a)", "the Goods;"),
        ("(b)", (Paragraph(text("the papers, namely")), items(("(i)", "the invoice; and"), ("(ii)", "the bill of lading.")))),
    )
    prices = Table(
        (
            (text("Goods"), text("Price")),
            (text("Chair of oak"), text("EUR 120")),
            (text("Table of oak"), text("EUR 900")),
        )
    )
    return document(
        "Sale of Oak Furniture",
        section("", "", "", "This text stands before the first heading."),
        section("purpose", "Purpose", "1", "The Buyer opens a *reading room* and likes **solid** wood."),
        section(
            "definitions",
            "Definitions",
            "2",
            '"Goods" means the chairs and tables of [](#prices).',
            '"Delivery Day" means 1 March 2027.',
            'Olga Brand (the "Seller") sells the Goods to Nils Aker (the "Buyer").',
        ),
        section(
            "delivery",
            "Delivery",
            "3",
            "On the Delivery Day the Seller shall deliver to the Buyer:",
            nested,
            children=(
                section("place", "Place", "3.1", "The Goods are delivered at the Buyer's door. [](#delivery) applies."),
                section(
                    "delay", "Delay", "3.2", "See also [the prices](#prices), [](#nowhere) and <https://example.org/terms>."
                ),
            ),
        ),
        section(
            "prices",
            "Prices",
            "4",
            prices,
            Quote((Paragraph(text("A fair price is soon agreed.")),)),
            Verbatim(text("IBAN  XX00 0000\n  BIC  XXXXXXXX\n")),
            Break(),
            items(("-", "carriage is free;"), ("-", "packing is not."), ordered=False),
        ),
        fields={"Price": "EUR 120"},
    )
