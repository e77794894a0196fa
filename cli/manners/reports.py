"""Findings as other programs take them in: SARIF for code hosts, workflow commands of GitHub, JUnit for test reports."""

import re
from collections.abc import Sequence
from importlib.resources import files
from typing import Any
from urllib.parse import quote

from syngraph import __version__
from syngraph.cli.manners import output
from syngraph.cli.manners.findings import headline
from syngraph.engine.text.findings import Finding, Replacement
from syngraph.engine.text.provenance import Place


def tell(findings: Sequence[Finding], form: str, base: str = "") -> None:
    """Prints findings as `sarif`, `github` or `junit`; `base` stands before the path of each."""
    match form:
        case "sarif":
            output.put_json(sarif(findings, base))
        case "github":
            for finding in findings:
                output.put(github(finding, base))
        case _:
            output.put(junit(findings))


# -- SARIF -------------------------------------------------------------------------------------------------------------


def sarif(findings: Sequence[Finding], base: str = "") -> dict[str, Any]:
    """SARIF 2.1.0 (OASIS): the findings, what their rules say, and the fixes that are sure."""
    codes = sorted({finding.code for finding in findings})
    return {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {
                        "name": "syngraph",
                        "version": __version__,
                        "semanticVersion": _semantic(__version__),
                        "rules": [_rule(code) for code in codes],
                    }
                },
                "columnKind": "unicodeCodePoints",
                "results": [_result(finding, codes.index(finding.code), base) for finding in findings],
            }
        ],
    }


def _semantic(version: str) -> str:
    """A version as Semantic Versioning has it: three numbers, and what comes before a release behind a dash."""
    match = re.match(r"(\d+)\.(\d+)(?:\.(\d+))?(.*)", version)
    if not match:
        return "0.0.0"
    rest = re.sub(r"[^0-9A-Za-z.-]+", ".", match[4]).strip(".-")
    return f"{match[1]}.{match[2]}.{match[3] or 0}" + (f"-{rest}" if rest else "")


def _rule(code: str) -> dict[str, Any]:
    """What a code means, from its page."""
    page = files("syngraph").joinpath("checks", f"{code}.md")
    if not page.is_file():
        return {"id": code}
    text = page.read_text(encoding="utf-8")
    name = text.split("\n", 1)[0].removeprefix(f"# {code}").strip(" :")
    what = re.search(r"^## What it does\n+(.+?)(?=\n\n|\n##|\Z)", text, re.MULTILINE | re.DOTALL)
    summary = " ".join(what[1].split()) if what else name
    return {
        "id": code,
        "name": "".join(word.capitalize() for word in name.split("-")),
        "shortDescription": {"text": re.split(r"(?<=[.;:])\s", summary, maxsplit=1)[0].rstrip(";:")},
        "fullDescription": {"text": summary},
        "help": {"text": text, "markdown": text},
        "defaultConfiguration": {"level": "error"},
    }


def _result(finding: Finding, rule: int, base: str) -> dict[str, Any]:
    region = {"startLine": finding.place.line, "startColumn": finding.place.column}
    if finding.end_column:
        region |= {"endLine": finding.end_line or finding.place.line, "endColumn": finding.end_column}
    text = finding.message + (f"\n{finding.help}" if finding.help else "")
    result: dict[str, Any] = {
        "ruleId": finding.code,
        "ruleIndex": rule,
        "level": "error",
        "message": {"text": text},
        "locations": [_location(finding.place, region, base)],
    }
    if finding.place.chain:
        result["relatedLocations"] = [
            {
                "id": number,
                "message": {"text": "through here"},
                **_location(place, {"startLine": place.line, "startColumn": place.column}, base),
            }
            for number, place in enumerate(finding.place.chain, 1)
        ]
    if finding.fix:
        result["fixes"] = [_fix(finding.fix, base)]
    return result


def _location(place: Place, region: dict[str, int], base: str) -> dict[str, Any]:
    return {"physicalLocation": {"artifactLocation": {"uri": _uri(place.path, base)}, "region": region}}


def _uri(path: str, base: str) -> str:
    return quote(base + path, safe="/", errors="surrogateescape")


def _fix(fix: Sequence[Replacement], base: str) -> dict[str, Any]:
    return {
        "description": {"text": "; ".join(f"write {each.new} instead of {each.old}" for each in fix)},
        "artifactChanges": [
            {
                "artifactLocation": {"uri": _uri(each.place.path, base)},
                "replacements": [
                    {
                        "deletedRegion": {
                            "startLine": each.place.line,
                            "startColumn": each.place.column,
                            "endLine": each.place.line,
                            "endColumn": each.place.column + len(each.old),
                        },
                        "insertedContent": {"text": each.new},
                    }
                ],
            }
            for each in fix
        ],
    }


# -- GitHub ------------------------------------------------------------------------------------------------------------


def github(finding: Finding, base: str = "") -> str:
    """A workflow command of GitHub Actions; what could end it is escaped as its documentation says."""

    def value(text: str) -> str:
        return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")

    def field(text: str) -> str:
        return value(text).replace(":", "%3A").replace(",", "%2C")

    place = finding.place
    where = f"file={field(base + place.path)},line={place.line},col={place.column}"
    if finding.end_column and finding.end_line in (0, place.line):
        where += f",endLine={place.line},endColumn={finding.end_column}"
    elif finding.end_column:
        where += f",endLine={finding.end_line}"
    return f"::error {where},title={finding.code}::{value(finding.message)}"


# -- JUnit -------------------------------------------------------------------------------------------------------------

_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What no XML document may have, not even escaped."""


def junit(findings: Sequence[Finding]) -> str:
    """A test suite in which every finding is a test that failed; one that passed where there are none."""
    from xml.sax.saxutils import escape, quoteattr

    def text(words: str) -> str:
        return escape(_NO_XML.sub("\ufffd", words))

    def value(words: str) -> str:
        return quoteattr(_NO_XML.sub("\ufffd", words))

    cases = "".join(
        f"  <testcase classname={value(finding.place.path)} name={value(f'{finding.code} {finding.place}')}>\n"
        f"    <failure type={value(finding.code)} message={value(finding.message)}>{text(_whole(finding))}</failure>\n"
        "  </testcase>\n"
        for finding in findings
    )
    cases = cases or '  <testcase classname="syngraph" name="lint" />\n'
    counts = f'tests="{max(len(findings), 1)}" failures="{len(findings)}" errors="0"'
    return f'<?xml version="1.0" encoding="utf-8"?>\n<testsuite name="syngraph" {counts}>\n{cases}</testsuite>'


def _whole(finding: Finding) -> str:
    return headline(finding) + (f"\n{finding.help}" if finding.help else "")
