"""What every command does the same way."""

import errno
import io
import json
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import click
import pytest

from syngraph.cli.manners import faults, findings, instants, output, writing
from syngraph.engine.text.findings import Finding
from syngraph.engine.text.provenance import Place

LISBON = ZoneInfo("Europe/Lisbon")
FINDING = Finding(
    "SG301",
    '"Membr" is used but not defined',
    Place("forms/dues.md", 3, 6, (Place("bylaws.md", 4, 5),)),
    3,
    11,
    'write "Member"',
    "Each Membr shall pay {Dues}.",
)


# -- instants ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2027-03-31", "2027-03-31T23:59:59.999999+01:00"),
        ("31 March 2027", "2027-03-31T23:59:59.999999+01:00"),
        ("1 january 2027", "2027-01-01T23:59:59.999999+00:00"),
        ("2027-03-31T12:00", "2027-03-31T12:00:00+01:00"),
        ("2027-03-31 12:00:30", "2027-03-31T12:00:30+01:00"),
        ("2027-03-31T12:00Z", "2027-03-31T13:00:00+01:00"),
        ("2027-01-31T12:00-05:00", "2027-01-31T17:00:00+00:00"),
    ],
)
def test_a_day_or_an_instant_is_read_in_the_zone(text: str, expected: str) -> None:
    assert instants.read(text, LISBON).isoformat() == expected


@pytest.mark.parametrize(
    "text", ["", "tomorrow", "2027-13-01", "31 Marc 2027", "30 February 2027", "2027-02-29", "31.3.2027", "٣"]
)
def test_what_is_no_day_is_told_with_what_was_expected(text: str) -> None:
    with pytest.raises(click.UsageError) as caught:
        instants.read(text, LISBON)
    assert repr(text) in caught.value.message
    assert "expected a day such as 2027-03-31" in caught.value.message


@pytest.mark.parametrize("text", ["9999-12-31", "0001-01-01", "3000-01-01T00:00", "31 December 1899"])
def test_a_day_of_which_no_calendar_is_sure_is_refused(text: str) -> None:
    with pytest.raises(click.UsageError, match="expected a day of the years 1900 to 2999"):
        instants.read(text, LISBON)


def test_now_is_aware() -> None:
    assert abs((instants.now(LISBON) - datetime.now(UTC)).total_seconds()) < 5


# -- findings ----------------------------------------------------------------------------------------------------------


def test_a_finding_in_full(capsys: pytest.CaptureFixture[str]) -> None:
    findings.tell([FINDING], "full")
    assert capsys.readouterr().out.splitlines() == [
        'forms/dues.md:3:6: SG301 "Membr" is used but not defined',
        "3 | Each Membr shall pay {Dues}.",
        "  |      ^^^^^",
        "  through bylaws.md:4:5",
        'help: write "Member"',
        "",
    ]


def test_a_finding_in_short(capsys: pytest.CaptureFixture[str]) -> None:
    findings.tell([FINDING], "concise")
    assert capsys.readouterr().out == 'forms/dues.md:3:6: SG301 "Membr" is used but not defined\n'


def test_a_finding_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    findings.tell([FINDING], "json")
    assert json.loads(capsys.readouterr().out) == [
        {
            "code": "SG301",
            "message": '"Membr" is used but not defined',
            "path": "forms/dues.md",
            "line": 3,
            "column": 6,
            "end_line": 3,
            "end_column": 11,
            "help": 'write "Member"',
            "through": ["bylaws.md:4:5"],
            "also_through": [],
            "fix": [],
        }
    ]


@pytest.mark.parametrize(
    ("source", "column", "end", "caret"),
    [
        ("ab cd", 4, 6, "   ^^"),
        ("\tcd", 2, 4, " ^^"),
        ("契約 cd", 4, 6, "     ^^"),
        ("e\u0301 cd", 4, 6, "  ^^"),
        ("ab", 3, 0, "  ^"),
        ("ab", 40, 0, "  ^"),
        ("a\x1bb", 3, 4, "     ^"),
    ],
)
def test_the_caret_stands_under_the_fault(source: str, column: int, end: int, caret: str) -> None:
    finding = Finding("SG101", "x", Place("a.md", 1, column), 1 if end else 0, end, source=source)
    assert findings.underlined(finding)[1] == caret


def test_a_long_line_is_cut_to_what_is_near(capsys: pytest.CaptureFixture[str]) -> None:
    source = "word " * 200 + "fault " + "word " * 200
    line, caret = findings.underlined(Finding("SG101", "x", Place("a.md", 1, 1001), 1, 1006, source=source))
    assert len(line) < 130
    assert line[caret.index("^") : caret.rindex("^") + 1] == "fault"


# -- output ------------------------------------------------------------------------------------------------------------


def test_nothing_reaches_the_terminal_that_it_would_obey(capsys: pytest.CaptureFixture[str]) -> None:
    hostile = "a\x1b]0;owned\x07b\x9b31mc\u202ed\r\x08"
    output.put(hostile)
    output.talk(hostile)
    output.put_json({"a": hostile})
    output.put_styled(output.styled(hostile, fg="red"))
    said = capsys.readouterr()
    for sign in "\x1b\x07\x9b\u202e\r\x08":
        assert sign not in said.out + said.err
    assert "owned" in said.out


def test_json_keeps_every_value(capsys: pytest.CaptureFixture[str]) -> None:
    value = {"text": "a\x1b\x9b\u202e\ud800é契"}
    output.put_json(value)
    assert json.loads(capsys.readouterr().out) == value


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("environment", "wanted"),
    [({}, True), ({"NO_COLOR": "1"}, False), ({"NO_COLOR": ""}, True), ({"TERM": "dumb"}, False)],
)
def test_colours_only_where_they_are_wanted(monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], wanted: bool) -> None:
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert output.coloured(Terminal()) is wanted
    assert output.coloured(io.StringIO()) is False


# -- errors ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (FileNotFoundError(errno.ENOENT, "No such file or directory", "x.md"), "x.md: No such file or directory"),
        (PermissionError(errno.EACCES, "Permission denied", "x.md"), "check who may read and write there"),
        (OSError(errno.ENOSPC, "No space left on device"), "make room on the disk"),
        (RecursionError("maximum recursion depth exceeded"), "nested too deeply"),
        (MemoryError(), "not enough memory"),
        (UnicodeDecodeError("utf-8", b"\xff", 0, 1, "invalid start byte"), "save the file as UTF-8"),
        (ZeroDivisionError("division by zero"), "internal error: ZeroDivisionError: division by zero"),
        (ZeroDivisionError("division by zero"), "SYNGRAPH_DEBUG=1"),
    ],
)
def test_errors_in_words(error: Exception, said: str) -> None:
    assert said in faults.told(error)


# -- writing -----------------------------------------------------------------------------------------------------------


def test_a_file_is_written_whole(tmp_path: Path) -> None:
    target = tmp_path / "new" / "a.md"
    writing.write(target, b"one")
    writing.write(target, b"two")
    assert [(path.name, path.read_bytes()) for path in target.parent.iterdir()] == [("a.md", b"two")]


def test_another_file_is_never_overwritten(tmp_path: Path) -> None:
    target = tmp_path / "a.md"
    assert writing.create(target, b"one")
    assert not writing.create(target, b"one")
    with pytest.raises(click.UsageError, match="nothing was written"):
        writing.create(target, b"two")
    assert target.read_bytes() == b"one"


def test_a_link_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "elsewhere.md").write_bytes(b"one")
    (tmp_path / "a.md").symlink_to(tmp_path / "elsewhere.md")
    with pytest.raises(click.UsageError):
        writing.create(tmp_path / "a.md", b"one")
