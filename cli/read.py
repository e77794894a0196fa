"""`read`: shows how a text is understood, sentence by sentence, with coverage."""

import json
import sys
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from syngraph.cli.manners import findings, memory, opening, options, output, stores, values

if TYPE_CHECKING:
    from syngraph.engine.agreement import Agreement
    from syngraph.engine.coverage import Coverage
    from syngraph.engine.text.clauses import Clause
    from syngraph.grammar.sentence import Sentence, Unread

COLOURS = {"unread": "red", "ambiguous": "red", "prose": "bright_black", "definition": "cyan"}


@click.command("read", context_settings=options.CONTEXT)
@options.agreement
@click.option(
    "--lines",
    type=click.File("r", encoding="utf-8", errors="surrogateescape"),
    metavar="FILE",
    help="Read one sentence per line of FILE (- for stdin), without any agreement.",
)
@click.option("--unread", "only_unread", is_flag=True, help="Only the sentences that ought to be read as rules and are not.")
@click.option("--section", metavar="ID", help="Only this section and those in it, by id or number.")
@click.option("--rules", "with_rules", is_flag=True, help="Show under each sentence what it means, in the canonical wording.")
@stores.options
@options.as_json
def command(
    path: Path,
    rev: str | None,
    notation: str,
    store: Path | None,
    lines: Any,
    only_unread: bool,
    section: str | None,
    with_rules: bool,
    as_json: bool,
) -> int:
    """Show how a text is understood, with coverage.

    \b
    Examples:
      syngraph read bylaws/
      syngraph read bylaws/ --unread
      syngraph read bylaws/ --section dues --rules
      syngraph read --store Doc G/lease.md
      echo "The Tenant shall pay EUR 5 by 1 May 2027." | syngraph read --lines -

    Coverage counts the sentences that bind somebody (shall, must, may, ...) and how many of them are read as rules.
    PATH is an agreement's folder, an object in it, or a repository.
    """
    if lines is not None:
        _lines((line.rstrip("\r\n") for line in lines), as_json)
        return 0
    agreement = opening.agreement(path, rev, notation, store)
    if as_json:
        output.put_json(_answer(agreement, _wanted(agreement, section)))
    else:
        _show(agreement, _wanted(agreement, section), only_unread, with_rules)
    return findings.warn(agreement.holes)


# -- an agreement ------------------------------------------------------------------------------------------------------


def _wanted(agreement: "Agreement", section: str | None) -> frozenset[str]:
    """The ids of the sections asked for: one, by id or number, and those in it; all where none is named."""
    headings = agreement.headings
    if section is None:
        return frozenset(clause.section for clause in agreement.clauses)
    name = section.removeprefix("#")
    number = next((each.number for each in headings.values() if name in (each.section, each.number)), None)
    if number is None:
        near = output.did_you_mean(name, headings) or f"; there are {', '.join(filter(None, headings))}"
        raise click.UsageError(f"--section: the text has no section {section!r}{near}")
    inside = (each for each in headings.values() if each.number == number or each.number.startswith(f"{number}."))
    return frozenset(each.section for each in inside)


def _answer(agreement: "Agreement", wanted: frozenset[str]) -> dict[str, Any]:
    return {
        "schema": output.SCHEMA,
        "title": agreement.title,
        "sentences": [_fields(clause) for clause in agreement.clauses if clause.section in wanted],
        "coverage": asdict(agreement.coverage),
    }


def _fields(clause: "Clause") -> dict[str, Any]:
    from syngraph.engine.reading import executed

    sentence = clause.sentence
    return {
        "text": sentence.text,
        "path": clause.place.path,
        "line": clause.place.line,
        "column": clause.place.column,
        "section": clause.section,
        "number": clause.number,
        "kind": sentence.kind.value,
        "binding": sentence.binding,
        "executed": executed(clause),
        "rules": [values.plain(rule) for rule in sentence.rules] if not clause.prose else [],
        "unread": unread(sentence),
    }


def unread(sentence: "Sentence") -> dict[str, Any] | None:
    """Why a sentence was not read: `at` is the offset of the first word that did not fit, in the sentence."""
    why = sentence.unread
    if why is None:
        return None
    return {
        "at": _offset(why),
        "word": why.word,
        "expected": list(why.expected),
        "nearest": why.nearest,
        "readings": list(why.readings),
    }


def _offset(why: "Unread") -> int:
    return why.span.start


def _show(agreement: "Agreement", wanted: frozenset[str], only_unread: bool, with_rules: bool) -> None:
    from syngraph.engine.reading import executed

    section = None
    for clause in agreement.clauses:
        sentence = clause.sentence
        obeyed = executed(clause)
        if clause.section not in wanted or (only_unread and (obeyed or not (sentence.binding or sentence.unread))):
            continue
        if clause.section != section:
            section = clause.section
            heading = agreement.headings[section].text if section in agreement.headings else ""
            output.put_styled(output.styled(f"{clause.number}  {heading}".strip() or "-", bold=True))
        kind = "prose" if clause.prose and not sentence.binding else sentence.kind.value
        output.put_styled(f"  {output.styled(f'{kind:<11}', fg=COLOURS.get(kind, 'green'))} {output.plain(sentence.text)}")
        if with_rules and obeyed:
            for canonical in _canonical(sentence):
                output.put(f"  {'':<11} = {canonical}")
        if clause.prose and sentence.binding:
            output.put(f"  {'':<11} {clause.place}: binds somebody, and is no rule: its section is marked as prose")
        _explain(clause)
    output.put()
    output.put(coverage_line(agreement.coverage))


def _canonical(sentence: "Sentence") -> Iterable[str]:
    from syngraph.grammar.unparse import unparse

    return (unparse(rule) for rule in sentence.rules)


def _explain(clause: "Clause") -> None:
    why = clause.sentence.unread
    if why is None:
        return
    offset = _offset(why)
    place = clause.text.place(offset) if clause.text else clause.place
    indent = f"  {'':<11}"
    expected = f", expected {' or '.join(why.expected)}" if why.expected else ""
    output.put(f"{indent} {place}: found {why.word!r}{expected}")
    for reading in why.readings:
        output.put(f"{indent} could mean: {reading}")
    if why.nearest:
        output.put(f"{indent} did you mean: {why.nearest}")


def coverage_line(coverage: "Coverage") -> str:
    """The coverage in one line; a share is rounded down, so that 100 % means all."""
    share = int(coverage.share * 1000) / 10
    percent = f"{share:.0f}" if share == int(share) else f"{share:.1f}"
    return (
        f"coverage: {coverage.read} of {coverage.binding} binding sentences read as rules ({percent} %); "
        f"{coverage.definitions} definitions, {coverage.prose} prose, {coverage.unread} unread"
    )


# -- lines -------------------------------------------------------------------------------------------------------------


def _lines(lines: Iterable[str], as_json: bool) -> None:
    from syngraph.cli.manners import frames
    from syngraph.engine.reading import Reader

    reader = Reader(memory.cache())
    for line in lines:
        sentences = reader(line)
        frame = frames.frame(line, sentences)
        if as_json:
            # One line for one line, also in the answer.
            why_not = next((unread(each) for each in sentences if each.unread), None)
            output.put_line(json.dumps({**frame, "unread": why_not}, ensure_ascii=False))
        else:
            for sentence in sentences:
                output.put(f"{sentence.kind.value:<11} {sentence.text}")
                if sentence.unread is not None:
                    why = sentence.unread
                    expected = f", expected {' or '.join(why.expected)}" if why.expected else ""
                    output.put(f"{'':<11} column {sentence.span.start + _offset(why) + 1}: found {why.word!r}{expected}")
                    if why.nearest:
                        output.put(f"{'':<11} did you mean: {why.nearest}")
        sys.stdout.flush()
    reader.finish()
