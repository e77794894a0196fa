"""The views for people: lines on a terminal."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from syngraph.cli.manners import output
from syngraph.cli.view.visible import WIDTH, came, line, through
from syngraph.engine.text.provenance import Place
from syngraph.engine.text.views.shown import Given, Kind, Missing, Open, Piece, Source, State, Target, Traced, Xray

COLUMN = 40
SHOWN = 5
"""How many of the places that ask for a key are told; `--json` has more."""


def source(of: Source, key: str) -> None:
    """An object with the number of every line, what is bound or included there, and where an inclusion leads."""
    marks: dict[int, list[str]] = {}
    notes: dict[int, list[str]] = {}
    for entry in of.entries:
        marks.setdefault(entry.place.line, []).append(entry.kind)
        if entry.derived:
            notes.setdefault(entry.place.line, []).append(f"its id is {entry.key}, made of its heading")
    for link in of.links:
        marks.setdefault(link.place.line, []).append("include")
        said = "is there" if link.target is Target.THERE else f"is {link.target}{f': {link.said}' if link.said else ''}"
        under = f" as {link.prefix}" if link.prefix else ""
        notes.setdefault(link.place.line, []).append(f"→ {link.path}{under} {said}")
    wanted = _lines_of(of, key) if key else None
    room = len(str(len(of.lines)))
    for number, text in enumerate(of.lines, 1):
        if wanted is not None and number not in wanted:
            continue
        mark = marks.get(number, [""])[0]
        gutter = f"{number:>{room}} {mark:<7} | "
        output.put_styled(output.styled(gutter, dim=True) + output.styled(line(text), bold=bool(mark)))
        for note in notes.get(number, ()):
            output.put_styled(output.styled(f"{'':>{room}} {'':7} | ", dim=True) + output.styled(line(note), fg="cyan"))


def _lines_of(of: Source, key: str) -> set[int]:
    """The lines of a field or a section: from its own to the next thing that is bound."""
    starts = sorted({entry.place.line for entry in of.entries} | {len(of.lines) + 1})
    wanted: set[int] = set()
    for entry in of.entries:
        if entry.key == key:
            begin = entry.place.line
            end = begin + 1 if entry.kind is Kind.KEY else starts[bisect_right(starts, begin)]
            body = of.lines[begin:end] if entry.kind is Kind.FIELD else ()
            inside = next((count for count, each in enumerate(body) if each and not each.startswith("    ")), end - begin - 1)
            wanted |= set(range(begin, begin + 1 + inside))
    return wanted


def missing(of: Missing) -> None:
    """Every key that is not filled in, with the places that ask for it."""
    for state, heading in (
        (State.OPEN, "Nothing binds these:"),
        (State.EMPTY, "These are bound to nothing:"),
        (State.CHOICE, "Sections that are left out hang on these:"),
    ):
        keys = [key for key in of.keys if key.state is state]
        if keys:
            output.put(heading)
        for key in keys:
            _open(key)
    if of.more:
        output.put(f"… and {of.more:,} more")


def _open(key: Open) -> None:
    where = f"  bound to nothing at {came(key.bound)}" if key.bound else ""
    output.put_styled(f"  {output.styled(line(key.key), bold=True)}{output.plain(where)}")
    _asked(key.asked, key.uses)


def _asked(places: Sequence[Place], uses: int) -> None:
    for place in places[:SHOWN]:
        output.put(f"    asked for at {came(place)}")
    if uses > len(places[:SHOWN]):
        output.put(f"    and in {uses - len(places[:SHOWN]):,} more places")


def keys(of: Missing) -> Iterator[str]:
    """`Key=` for every key that is open, ready to be filled in."""
    yield from (f"{line(key.key)}=" for key in of.keys if key.state is State.OPEN)


def fields(of: Missing) -> Iterator[str]:
    """An object that binds every key that is open, ready to be filled in and included."""
    opened = [key for key in of.keys if key.state is State.OPEN]
    yield "---"
    yield "fields:" if opened else "fields: {}"
    for key in opened:
        yield f"  # {came(key.asked[0])}"
        yield f"  {line(key.key)}:"
    for key in of.keys:
        if key.state is State.EMPTY and key.bound is not None:
            yield f"# {line(key.key)} is bound to nothing at {came(key.bound)}"
        elif key.state is State.CHOICE:
            yield f"# {line(key.key)} keeps a section that is left out, asked for at {came(key.asked[0])}"
    yield "---"


def trace(of: Traced, key: str) -> None:
    """Where every key came from, one to a line; of one key everything."""
    if key:
        for given in of.keys:
            _whole(given)
    else:
        rows = [(line(given.key), line(str(given.place)), given) for given in of.keys]
        first = min(max((len(name) for name, _, _ in rows), default=0), COLUMN)
        second = min(max((len(place) for _, place, _ in rows), default=0), COLUMN)
        for name, place, given in rows:
            said = line(given.text if given.kind is not Kind.SECTION else given.value, WIDTH // 2)
            chain = f" through {', '.join(through(given.place))}" if given.place.chain else ""
            seen = f" seen from {given.seen_from}" if given.seen_from else ""
            output.put_styled(
                output.styled(f"{name:<{first}}", bold=True)
                + output.styled(f"  {place:<{second}}  ", dim=True)
                + output.plain(said)
                + output.styled(line(f"{seen}{chain}"), dim=True)
            )
    for unbound in of.open:
        said = (
            "nothing binds it"
            if unbound.state is State.OPEN
            else "nothing binds it, and a section that hangs on it is left out"
        )
        output.put_styled(f"{output.styled(line(unbound.key), bold=True)}  {output.styled(said, fg='red')}")
        if key:
            _asked(unbound.asked, unbound.uses)
    if of.more:
        output.put(f"… and {of.more:,} more")


def _whole(given: Given) -> None:
    seen = f", seen from {given.seen_from}" if given.seen_from else ""
    output.put_styled(output.styled(line(given.key), bold=True) + output.plain(line(f"  {given.kind} at {given.place}{seen}")))
    if given.prefix:
        output.put(f"  prefix   {line(given.prefix)}")
    if given.place.chain:
        output.put(f"  through  {line(', '.join(through(given.place)))}")
    output.put(f"  written  {line(given.value, 4 * WIDTH)}")
    if given.text != given.value:
        output.put(f"  reads    {line(given.text, 4 * WIDTH)}")
    output.put(f"  used     {given.uses:,} time{'s' if given.uses != 1 else ''}")
    _asked(given.asked, given.uses)
    for count, lost in enumerate(given.lost, 2):
        output.put(f"  {count}. {lost.kind} at {came(lost.place)}: {line(lost.value, WIDTH // 2)}")
        output.put(f"     does not count: {lost.why}")
    if given.overridden > len(given.lost):
        output.put(f"  and {given.overridden - len(given.lost):,} more")


def xray(of: Xray) -> None:
    """The text, a piece to a line, with the place and the key of each."""
    for heading, pieces in _paragraphs(of.pieces):
        if heading:
            output.put_styled(output.styled(line(heading), dim=True))
        for piece in pieces:
            assert piece.place is not None
            chain = f"  through {', '.join(through(piece.place))}" if piece.place.chain else ""
            output.put_styled(
                output.styled(f"  {line(str(piece.place)):<28} ", dim=True)
                + output.styled(f"{line(piece.key):<20} ", fg="cyan")
                + output.plain(line(piece.text))
                + output.styled(line(chain), dim=True)
            )
    if of.more:
        output.put(f"… and {of.more:,} more pieces")


def _paragraphs(pieces: Sequence[Piece]) -> Iterator[tuple[str, list[Piece]]]:
    """What is derived between pieces (numbers, markers), then the pieces up to the next of it."""
    held: list[Piece] = []
    heading = ""
    for piece in pieces:
        if piece.place is not None:
            if piece.text.strip():
                held.append(piece)
            continue
        if held or heading:
            yield heading, held
        held, heading = [], piece.text.strip()
    if held or heading:
        yield heading, held
