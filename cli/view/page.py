"""The x-ray as one page of HTML: no scripts, nothing from elsewhere, everything escaped."""

from collections.abc import Iterator
from html import escape

from syngraph.cli.view.visible import came, legible, line
from syngraph.engine.text.views.shown import Piece, Xray

HUES = 8

_STYLE = """
body { font: 1rem/1.5 serif; margin: 2rem auto; max-width: 46rem; padding: 0 1rem; color: #1a1a1a; background: #fff }
main { white-space: pre-wrap; overflow-wrap: anywhere }
span[title] { border-bottom: 1px dotted #888; cursor: help }
span[title]:hover { background: #ffe08a }
ul { font: .85rem/1.5 sans-serif; list-style: none; padding: 0 }
.h0 { background: #eef3fb } .h1 { background: #eef8ee } .h2 { background: #fbf2e8 } .h3 { background: #f7eefa }
.h4 { background: #e9f7f7 } .h5 { background: #faf8e2 } .h6 { background: #fbecee } .h7 { background: #f0f0f0 }
@media print { span[title] { border: 0 } }
"""


def page(of: Xray) -> Iterator[str]:
    """The page in parts: which object has which tint, and the text, every piece with its origin for whoever points at it."""
    title = escape(line(of.title or of.path))
    yield (
        '<!DOCTYPE html>\n<html>\n<head>\n<meta charset="utf-8">\n'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        f"<title>{title}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<h1>{title}</h1>\n"
    )
    hues: dict[str, int] = {}
    for piece in of.pieces:
        if piece.place is not None:
            hues.setdefault(piece.place.path, len(hues) % HUES)
    yield "<ul>\n"
    yield "".join(f'<li><span class="h{hue}">{escape(line(path))}</span></li>\n' for path, hue in hues.items())
    yield "</ul>\n<main>"
    yield from (_piece(piece, hues) for piece in of.pieces)
    yield f"</main>\n{f'<p>… and {of.more:,} more pieces</p>' if of.more else ''}</body>\n</html>\n"


def _piece(piece: Piece, hues: dict[str, int]) -> str:
    text = escape(legible(piece.text))
    if piece.place is None:
        return text
    origin = escape(f"{line(piece.key)} · {came(piece.place)}" if piece.key else came(piece.place))
    return f'<span class="h{hues[piece.place.path]}" title="{origin}">{text}</span>'
