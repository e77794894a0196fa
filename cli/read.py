"""`read`: shows how a text is understood, sentence by sentence, with coverage."""

import json
import sys
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from syngraph.cli.manners import findings, memory, opening, options, output, stores, values
from syngraph.cli.reading import shown

if TYPE_CHECKING:
    from syngraph.engine.agreement import Agreement
    from syngraph.engine.text.clauses import Clause
    from syngraph.grammar.sentence import Sentence


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
@click.option(
    "--rules",
    "with_rules",
    is_flag=True,
    help="Show under each sentence what it means: in the canonical wording, and in plain words.",
)
@stores.options
@options.colour
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
      echo "The Tenant shall pay EUR 5 by 1 May 2027." | syngraph read --lines - --rules

    Coverage counts the sentences that bind somebody (shall, must, may, ...) and how many of them are read as rules.
    PATH is an agreement's folder, an object in it, or a repository.
    """
    if lines is not None:
        _lines((line.rstrip("\r\n") for line in lines), as_json, with_rules)
        return 0
    agreement = opening.agreement(path, rev, notation, store)
    if as_json:
        output.put_json(_answer(agreement, _wanted(agreement, section)))
    else:
        shown.agreement(agreement, _wanted(agreement, section), only_unread, with_rules)
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
    from syngraph.engine.norms.words.questions import untold

    return {
        "schema": output.SCHEMA,
        "title": agreement.title,
        "sentences": [_fields(clause) for clause in agreement.clauses if clause.section in wanted],
        "sections": _sections(agreement, wanted),
        "untold": [values.untold(one) for one in untold(agreement.rules) if one.placed.clause.section in wanted],
        "coverage": asdict(agreement.coverage),
    }


def _sections(agreement: "Agreement", wanted: frozenset[str]) -> list[dict[str, Any]]:
    """The coverage of each section's own sentences."""
    from syngraph.engine.coverage import coverage

    own: dict[str, list[Clause]] = {}
    for clause in agreement.clauses:
        own.setdefault(clause.section, []).append(clause)
    return [
        {"section": section, "number": clauses[0].number, "coverage": asdict(coverage(clauses))}
        for section, clauses in own.items()
        if section in wanted
    ]


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
    from syngraph.grammar.faults.mistakes import suggestion

    return {
        "at": why.span.start,
        "word": why.word,
        "expected": list(why.expected),
        "nearest": why.nearest,
        "example": suggestion(why.nearest).startswith("for example"),
        "readings": list(why.readings),
    }


# -- lines -------------------------------------------------------------------------------------------------------------


def _lines(lines: Iterable[str], as_json: bool, with_rules: bool) -> None:
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
                shown.sentence(sentence, sentence.kind.value, with_rules)
                if sentence.unread is not None:
                    column = sentence.span.start + sentence.unread.span.start + 1
                    shown.reason(sentence.unread, f"column {column}", with_rules)
        sys.stdout.flush()
    reader.finish()
