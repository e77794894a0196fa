"""Words that only flow otherwise: the same paragraphs and lists, with their lines broken elsewhere."""

from syngraph.engine.text.document import Block, Break, ItemList, Paragraph, Quote, Table, Verbatim
from syngraph.engine.text.errors import TextError
from syngraph.engine.text.notations import markdown
from syngraph.engine.text.objects import Draft
from syngraph.engine.text.units import Kind


def alike(kind: Kind, one: str, other: str) -> bool:
    """Whether two texts of a clause are the same to a reader: of a section, whatever the lines; else to the letter.

    >>> alike(Kind.SECTION, "# A\\n\\nPay the\\ndues.", "# A\\n\\nPay the dues.")
    True
    """
    if one == other:
        return True
    if kind is not Kind.SECTION or one.split() != other.split():
        return False
    try:
        return _read(one) == _read(other)
    except TextError:
        return False


def _read(text: str) -> tuple[object, ...]:
    # A line end first, so that three dashes are a line and not the beginning of front matter.
    return tuple(map(_draft, markdown.read("\n" + text, "").sections))


def _draft(draft: Draft) -> object:
    said = (draft.id, draft.derived, draft.heading, draft.after, draft.before, draft.when, draft.each)
    return (*map(str, said), draft.level, draft.prose, tuple(map(_block, draft.blocks)), tuple(map(_draft, draft.children)))


def _block(block: Block) -> object:
    match block:
        case Paragraph(text):
            return "paragraph", text.string
        case Verbatim(text):
            return "verbatim", text.string
        case Table(rows):
            return "table", tuple(tuple(cell.string for cell in row) for row in rows)
        case Quote(blocks):
            return "quote", tuple(map(_block, blocks))
        case ItemList(items, ordered):
            return "list", ordered, tuple((item.marker, tuple(map(_block, item.blocks))) for item in items)
        case Break():
            return "break"
