"""Findings in the forms that other programs take in, held against what those say they expect."""

import json
import re
from dataclasses import replace
from typing import Any
from xml.etree import ElementTree

import pytest

from syngraph.cli.manners import findings, reports
from syngraph.engine.text.findings import Finding, Replacement
from syngraph.engine.text.provenance import Place

PLACE = Place("forms/due s.md", 3, 6, (Place("bylaws.md", 4, 5),))
FINDING = Finding(
    "SG107",
    "no section has the id deus",
    PLACE,
    3,
    11,
    "did you mean dues?",
    fix=(Replacement(replace(PLACE, chain=()), "#deus", "#dues"),),
)
HOSTILE = Finding("SG101", "50%\n<&>]]> \x1b[2J \ufffe \x00", Place("a,b:c\x07.md", 1, 2))


def told(form: str, *found: Finding, capsys: pytest.CaptureFixture[str], base: str = "") -> str:
    findings.tell(found, form, base)
    return capsys.readouterr().out


# -- SARIF 2.1.0 -------------------------------------------------------------------------------------------------------


def run_of(*found: Finding, capsys: pytest.CaptureFixture[str], base: str = "") -> Any:
    log = json.loads(told("sarif", *found, capsys=capsys, base=base))
    assert log["version"] == "2.1.0"
    (run,) = log["runs"]
    return run


def test_a_run_has_what_the_standard_requires(capsys: pytest.CaptureFixture[str]) -> None:
    run = run_of(FINDING, HOSTILE, capsys=capsys)
    driver = run["tool"]["driver"]
    assert driver["name"] == "syngraph"
    assert re.fullmatch(r"\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?", driver["semanticVersion"])
    assert [rule["id"] for rule in driver["rules"]] == ["SG101", "SG107"]
    for rule in driver["rules"]:
        assert rule["shortDescription"]["text"] and rule["help"]["text"] and rule["help"]["markdown"]
        assert " " not in rule["name"]
    for result in run["results"]:
        assert driver["rules"][result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["message"]["text"]
        assert result["level"] in ("none", "note", "warning", "error")
    assert run["columnKind"] == "unicodeCodePoints"


def test_a_result_says_where_by_which_way_and_how_to_mend_it(capsys: pytest.CaptureFixture[str]) -> None:
    (result,) = run_of(FINDING, capsys=capsys)["results"]
    region = {"startLine": 3, "startColumn": 6, "endLine": 3, "endColumn": 11}
    (location,) = result["locations"]
    assert location["physicalLocation"] == {"artifactLocation": {"uri": "forms/due%20s.md"}, "region": region}
    (way,) = result["relatedLocations"]
    assert way["physicalLocation"]["artifactLocation"] == {"uri": "bylaws.md"}
    (fix,) = result["fixes"]
    (change,) = fix["artifactChanges"]
    assert change["artifactLocation"] == {"uri": "forms/due%20s.md"}
    assert change["replacements"] == [{"deletedRegion": region, "insertedContent": {"text": "#dues"}}]


def test_paths_count_from_where_the_command_ran(capsys: pytest.CaptureFixture[str]) -> None:
    (result,) = run_of(FINDING, capsys=capsys, base="my bylaws/")["results"]
    assert result["locations"][0]["physicalLocation"]["artifactLocation"] == {"uri": "my%20bylaws/forms/due%20s.md"}
    assert "file=my bylaws/forms/due s.md," in told("github", FINDING, capsys=capsys, base="my bylaws/")


def test_no_findings_are_a_run_without_results(capsys: pytest.CaptureFixture[str]) -> None:
    run = run_of(capsys=capsys)
    assert (run["results"], run["tool"]["driver"]["rules"]) == ([], [])


def test_an_address_holds_nothing_that_an_address_may_not(capsys: pytest.CaptureFixture[str]) -> None:
    (result,) = run_of(HOSTILE, capsys=capsys)["results"]
    assert re.fullmatch(r"[A-Za-z0-9_.~/%-]+", result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"])


# -- GitHub ------------------------------------------------------------------------------------------------------------


def test_a_command_for_github(capsys: pytest.CaptureFixture[str]) -> None:
    expected = "::error file=a%2Cb%3Ac\\x07.md,line=1,col=2,title=SG101::50%25%0A<&>]]> "
    out = told("github", HOSTILE, capsys=capsys)
    assert out.startswith(expected)
    assert out.count("\n") == 1
    assert "\x1b" not in out


def test_a_command_for_github_says_where_the_fault_ends(capsys: pytest.CaptureFixture[str]) -> None:
    expected = "::error file=forms/due s.md,line=3,col=6,endLine=3,endColumn=11,title=SG107::no section has the id deus\n"
    assert told("github", FINDING, capsys=capsys) == expected
    assert ",endLine=5,title" in told("github", replace(FINDING, end_line=5), capsys=capsys)


# -- JUnit -------------------------------------------------------------------------------------------------------------


def test_findings_as_junit(capsys: pytest.CaptureFixture[str]) -> None:
    suite = ElementTree.fromstring(told("junit", FINDING, HOSTILE, capsys=capsys).encode())
    assert (suite.tag, suite.get("tests"), suite.get("failures"), suite.get("errors")) == ("testsuite", "2", "2", "0")
    first, second = (case.find("failure") for case in suite)
    assert first is not None and second is not None
    assert (first.get("type"), first.get("message")) == ("SG107", "no section has the id deus")
    assert str(second.get("message")).startswith("50%")
    assert "<&>]]>" in str(second.get("message"))


def test_no_findings_are_a_test_that_passed(capsys: pytest.CaptureFixture[str]) -> None:
    suite = ElementTree.fromstring(told("junit", capsys=capsys).encode())
    assert (suite.get("tests"), suite.get("failures"), len(suite.findall("testcase"))) == ("1", "0", 1)
    assert suite.find(".//failure") is None


def test_what_no_xml_may_have_is_replaced() -> None:
    for character in "\x00\x08\x0b\x1f\ud800\udfff\ufffe\uffff":
        suite = ElementTree.fromstring(reports.junit([replace(FINDING, message=f"a{character}b")]).encode())
        assert suite.find(".//failure").get("message") == "a\ufffdb"  # type: ignore[union-attr]
