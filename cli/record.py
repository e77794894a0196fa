"""`record`: writes down what happened, as statements in the record of an agreement."""

import sys
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

import click

from syngraph.cli.acting import chain, facts
from syngraph.cli.acting.options import How
from syngraph.cli.manners import findings, instants, judging, opening, options, output, touched, writing

if TYPE_CHECKING:
    from syngraph.engine.agreement import Agreement
    from syngraph.engine.governance.statements import Import
    from syngraph.engine.norms.told.facts import Record, RecordedFact
    from syngraph.engine.norms.told.rows import Layout

NEAREST = 3
"""Of how many rules a dry run says why a row does not touch them."""


@click.command("record", context_settings=options.CONTEXT)
@click.argument("path", type=click.Path(path_type=Path, file_okay=False), default=Path())
@click.option(
    "--fact", "sentences", multiple=True, metavar="SENTENCE", help="What happened; - reads it from stdin. May be given often."
)
@click.option(
    "--csv",
    "--table",
    "imported",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Many facts: CSV or JSON Lines (see below).",
)
@click.option("--map", "names", multiple=True, metavar="COLUMN=NAME", help="What a column is called in the table.")
@click.option("--set", "constants", multiple=True, metavar="COLUMN=VALUE", help="What every row has in a column.")
@click.option("--decimal-comma", "comma", is_flag=True, help="Sums are written 1.200,50.")
@click.option(
    "--dates", "order", type=click.Choice(("dmy", "mdy", "ymd")), help="The order of the numbers in a day such as 03/04/2027."
)
@click.option(
    "--negative",
    type=click.Choice(("refuse", "skip", "swap")),
    default="refuse",
    show_default=True,
    help="What a sum below zero means: a fault, no fact, or that it went the other way.",
)
@click.option("--by", "principal", metavar="WHO", help="Who says so: an id of the register.")
@click.option(
    "--key", "keys", multiple=True, metavar="KEY", help="Who signs, where the agreement is founded. May be given often."
)
@click.option("--date", "--at", "day", metavar="DATE", help="The day of the statement (default: today).")
@click.option("--dry-run", is_flag=True, help="Say what would be written and write nothing.")
@options.as_json
def command(
    path: Path,
    sentences: tuple[str, ...],
    imported: Path | None,
    names: tuple[str, ...],
    constants: tuple[str, ...],
    comma: bool,
    order: str | None,
    negative: str,
    principal: str | None,
    keys: tuple[str, ...],
    day: str | None,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Write down what happened, in the record of an agreement.

    \b
    Examples:
      syngraph record bylaws/ --by carla --fact "On 1 March 2027, Bora paid EUR 60 to Carla."
      syngraph record bylaws/ --by carla --csv payments.csv --dry-run
      syngraph record bylaws/ --csv bank.csv --map date=Buchungstag --map actor=Name --map amount=Betrag --set act=paid
        --set currency=EUR --set "to=Carla Mott" --decimal-comma --negative skip --dry-run
      echo "On 1 March 2027, Bora paid EUR 60 to Carla." | syngraph record bylaws/ --fact -
      syngraph record bylaws/ --key ~/.ssh/carla --csv payments.csv
      syngraph record bylaws/ --key ~/.ssh/carla --fact "On 1 March 2027, Bora paid EUR 60 to Carla."

    A statement that cannot be read as facts is not written. A table has the columns date, time, actor, act, object, to,
    amount, currency, under, of which date, actor and act are needed; with one bad row nothing is imported. A table of others is
    kept with these columns. --dry-run says of each fact which rule and whose duty it touches, or why it touches none.
    Files are named by their content, so the same statement is not written twice. In an agreement that is founded a statement is
    signed, and committed to the governed branch; a table is one statement, which names the file that it was made from by its
    SHA-256, tells how that was read, and is refused where its signer has signed it before. Exit code 1 when something cannot
    be read or is not lawful.
    """
    if bool(sentences) == bool(imported):
        raise click.UsageError("give what happened either with --fact or with --csv")
    if imported is None and (names or constants or comma or order or negative != "refuse"):
        raise click.UsageError("--map, --set, --decimal-comma, --dates and --negative say how a table is written; give --csv")
    agreement = opening.agreement(path, None)
    founded = chain.founded(path)
    if keys and not founded:
        raise click.UsageError("--key: the agreement is not founded, so nothing is signed in it; `syngraph found` founds it")
    stated = instants.day(day) if day is not None else instants.now(instants.zone(agreement.manifest.zone)).date()
    _known(agreement, principal)
    said: tuple[str, ...] = ()
    form = layout(names, constants, comma, order, negative)
    if imported is not None:
        found = judging.imported(imported, form)
        plain = imported.suffix.casefold() == ".csv" and not (names or constants or comma or order or negative != "refuse")
        suffix, content = ".csv", imported.read_bytes() if plain and not founded else _written(found)
    else:
        said = tuple(_said(sentences))
        suffix, content = ".md", statement(said, principal, stated)
        found = agreement.facts(content.decode("utf-8", "surrogatepass"), "the statement")
    if found.findings:
        findings.tell(found.findings, "json" if as_json else "full")
        output.talk("nothing was written")
        raise click.exceptions.Exit(1)
    if imported is not None:
        _again(agreement, found)
    if founded:
        how = How(path, keys, (principal,) if principal else (), day, dry_run=dry_run, as_json=as_json)
        table = None if imported is None else _table(imported, form)
        body = "\n\n".join(sentence.strip() for sentence in said) + "\n" if table is None else _signable(content)
        facts.entered(how, body, _count(found), table)
        if dry_run and not as_json:
            _touches(agreement, found, stated)
        return
    target = path / "record" / "fact" / f"{stated.isoformat()}-{sha256(content).hexdigest()}{suffix}"
    new = not dry_run and writing.create(target, content)
    if as_json:
        answer = {"schema": output.SCHEMA, "path": str(target), "written": new, "dry_run": dry_run, "facts": len(found.facts)}
        output.put_json(answer)
    elif dry_run:
        output.talk(f"would write {target} ({_count(found)}):")
        output.put_document(content.decode("utf-8", "replace"))
        _touches(agreement, found, stated)
    else:
        output.talk(f"wrote {target} ({_count(found)})" if new else f"{target} is there already, the same")


def statement(sentences: tuple[str, ...], principal: str | None, day: date) -> bytes:
    """The file of a statement: who made it and when, then what it says, a sentence to a paragraph."""
    who = f"principal: {principal}\n" if principal else ""
    body = "\n\n".join(sentence.strip() for sentence in sentences)
    return f"---\nkind: fact\n{who}date: {day.isoformat()}\n---\n{body}\n".encode("utf-8", "surrogatepass")


def _said(sentences: tuple[str, ...]) -> Iterator[str]:
    for sentence in sentences:
        text = sys.stdin.read() if sentence == "-" else sentence
        if not text.strip():
            raise click.UsageError(
                "--fact: found nothing, expected a sentence such as 'On 1 March 2027, Bora paid EUR 60 to Carla.'"
            )
        yield text


def _known(agreement: "Agreement", principal: str | None) -> None:
    known = {holding.principal for holding in agreement.holdings}
    if principal is not None and principal not in known:
        near = output.did_you_mean(principal, known) or (f"; it has {', '.join(sorted(known))}" if known else "")
        raise click.UsageError(f"--by: the register has no {principal!r}{near}")


def layout(names: Sequence[str], constants: Sequence[str], comma: bool, order: str | None, negative: str) -> "Layout":
    """How a table is written, as the command line says it.

    Raises: click.UsageError for a column that there is not, and for one that is named twice.
    """
    from syngraph.engine.norms.told.rows import Days, Layout, Negative

    called, given = _pairs("--map", names), _pairs("--set", constants)
    if both := sorted(called.keys() & given.keys()):
        raise click.UsageError(f"--set: {both[0]} has a column of its own by --map")
    return Layout(called, given, comma, Days(order) if order else None, Negative(negative))


def _pairs(option: str, given: Sequence[str]) -> dict[str, str]:
    from syngraph.engine.norms.told.rows import COLUMNS

    found: dict[str, str] = {}
    for pair in given:
        column, sign, value = pair.partition("=")
        if not sign or not value.strip():
            raise click.UsageError(f"{option}: found {pair!r}, expected a column and what it is, such as date=Buchungstag")
        if column.strip() not in COLUMNS:
            near = output.did_you_mean(column, COLUMNS) or f"; the columns are {', '.join(COLUMNS)}"
            raise click.UsageError(f"{option}: there is no column {column.strip()!r}{near}")
        if column.strip() in found:
            raise click.UsageError(f"{option}: {column.strip()} is given twice")
        found[column.strip()] = value.strip()
    return found


def _written(found: "Record") -> bytes:
    from syngraph.engine.norms.told import table

    return table.written(found.facts)


def _again(agreement: "Agreement", found: "Record") -> None:
    """Says which rows tell what the record has already."""

    def sense(recorded: "RecordedFact") -> object:
        fact, event = recorded.fact, recorded.fact.event
        return fact.day, fact.time, event.verb, event.actor, event.object, event.to, fact.amount, fact.under

    known = {sense(one): one for one in agreement.record.facts}
    again = [one for one in found.facts if sense(one) in known]
    if again:
        first = again[0]
        output.talk(
            f"note: {len(again)} of these facts stand in the record already, such as {first.place}, which is"
            f" {known[sense(first)].place}; what one person states twice happened twice"
        )


def _signable(content: bytes) -> str:
    """A table as the body of a statement. Raises: click.UsageError for one that is too long."""
    from syngraph.engine.governance.statements import MAX_BYTES

    most = MAX_BYTES - _HEAD
    if len(content) > most:
        raise click.UsageError(
            f"--csv: found a table of {len(content):,} bytes, and a statement holds at most {most:,}; cut it"
        )
    return content.decode("utf-8", "surrogatepass")


_HEAD = 4096
"""How many bytes of a statement are left for what stands above its table."""


def _table(source: Path, layout: "Layout") -> "Import":
    """What the heading of a signed table tells: which file it was made from, and how that was read."""
    from syngraph.engine.governance.statements import Import
    from syngraph.engine.norms.told.rows import COLUMNS, Negative

    def listed(pairs: Mapping[str, str]) -> str | None:
        return "; ".join(f"{column}={pairs[column]}" for column in COLUMNS if column in pairs) or None

    return Import(
        sha256(source.read_bytes()).hexdigest(),
        listed(layout.names),
        listed(layout.constants),
        "comma" if layout.comma else None,
        layout.days.value if layout.days else None,
        None if layout.negative is Negative.REFUSE else layout.negative.value,
    )


def _touches(agreement: "Agreement", found: "Record", stated: date) -> None:
    """Says of each fact what it would touch, as of the day of the statement or, where that is later, of the last of them."""
    from syngraph.engine.norms.judged.touching import account

    zone = instants.zone(agreement.manifest.zone)
    now = instants.now(zone)
    last = max((stated, *(one.fact.day for one in found.facts)))
    at = instants.read(last.isoformat(), zone)
    report = agreement.check(found.facts, at, now.date())
    output.put()
    for one in found.facts:
        touched.told(account(report, one), most=NEAREST)


def _count(record: "Record") -> str:
    return f"{len(record.facts)} fact{'s' if len(record.facts) != 1 else ''}"
