"""Findings, in the form that who reads them wants: full, concise, json, sarif, github or junit."""

from collections.abc import Sequence
from typing import Any

from syngraph.cli.manners import output
from syngraph.engine.text.findings import Finding

FORMATS = ("full", "concise", "json", "sarif", "github", "junit")


def tell(findings: Sequence[Finding], form: str, base: str = "") -> None:
    """Prints findings in the order given; `base` is the way from here to the agreement, for those who count paths from here."""
    match form:
        case "full":
            _full(findings)
        case "concise":
            for finding in findings:
                output.put(headline(finding))
        case "json":
            output.put_json([fields(finding) for finding in findings])
        case "sarif" | "github" | "junit":
            # Imported here: people see none of these.
            from syngraph.cli.manners import reports

            reports.tell(findings, form, base)
        case _:
            raise ValueError(f"{form} is not one of {', '.join(FORMATS)}")


def headline(finding: Finding) -> str:
    """`path:line:column: CODE message`."""
    return f"{finding.place}: {finding.code} {finding.message}"


def fields(finding: Finding) -> dict[str, Any]:
    """A finding as the documented fields; an end that is not known is where it begins."""
    end_line = finding.end_line or finding.place.line
    return {
        "code": finding.code,
        "message": finding.message,
        "path": finding.place.path,
        "line": finding.place.line,
        "column": finding.place.column,
        "end_line": end_line,
        "end_column": finding.end_column or finding.place.column,
        "help": finding.help,
        "through": [str(place) for place in finding.place.chain],
        "also_through": [[str(place) for place in chain] for chain in finding.also],
        "fix": [
            {
                "path": each.place.path,
                "line": each.place.line,
                "column": each.place.column,
                "end_column": each.place.column + len(each.old),
                "old": each.old,
                "new": each.new,
            }
            for each in finding.fix
        ],
    }


def _full(findings: Sequence[Finding]) -> None:
    for finding in findings:
        place = f"{finding.place}: "
        output.put_styled(
            output.styled(place, bold=True) + output.styled(finding.code, fg="red") + " " + output.plain(finding.message)
        )
        if finding.source:
            number = str(finding.place.line)
            line, caret = underlined(finding)
            output.put_styled(output.styled(f"{number} | ", dim=True) + output.plain(line))
            output.put_styled(output.styled(f"{' ' * len(number)} | ", dim=True) + output.styled(caret, fg="red"))
        for place_through in finding.place.chain:
            output.put(f"  through {place_through}")
        for chain in finding.also[:CHAINS]:
            output.put(f"  and through {', '.join(map(str, chain)) or 'no inclusion'}")
        if len(finding.also) > CHAINS:
            output.put(f"  and {len(finding.also) - CHAINS} more")
        if finding.help:
            output.put_styled(output.styled("help: ", fg="cyan") + output.plain(finding.help))
        output.put()


CHAINS = 2
"""How many further ways in are told one by one."""

WIDTH = 110
"""How much of a long source line is shown around the fault, in characters."""


def marked_line(finding: Finding) -> str:
    """The source line with its number, and the carets under it, without colours."""
    number = str(finding.place.line)
    line, caret = underlined(finding)
    return f"{number} | {line}\n{' ' * len(number)} | {caret}"


def warn(findings: Sequence[Finding]) -> int:
    """Tells on stderr what is missing from a text that was answered all the same; gives the exit code, 1 if anything."""
    for finding in findings:
        output.talk(headline(finding))
        if finding.source:
            output.talk(marked_line(finding))
        if finding.help:
            output.talk(f"help: {finding.help}")
    return 1 if findings else 0


def underlined(finding: Finding) -> tuple[str, str]:
    """The source line, cut to what is near the fault, and the line of carets under it.

    Tabs become blanks, so that the caret stands under the fault whatever the terminal makes of a tab.
    """
    line = finding.source.rstrip("\r\n").replace("\t", " ")
    start = min(max(finding.place.column - 1, 0), len(line))
    same_line = finding.end_line in (0, finding.place.line)
    end = (
        finding.end_column - 1
        if same_line and finding.end_column > finding.place.column
        else (start + 1 if same_line else len(line))
    )
    end = max(min(end, len(line)), start + 1)
    first = max(0, min(start - WIDTH // 3, len(line) - WIDTH))
    shown = line[first : first + WIDTH]
    before = "..." if first else ""
    after = "..." if first + WIDTH < len(line) else ""
    head = before + output.plain(shown[: start - first])
    marked = output.plain(shown[start - first : end - first]) or " "
    caret = " " * output.columns(head) + "^" * max(output.columns(marked), 1)
    return before + output.plain(shown) + after, caret
