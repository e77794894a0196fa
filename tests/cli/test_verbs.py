"""What each command answers, and the calls and fields that other programs rely on."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

EXAMPLES = Path(__file__).parents[2] / "examples"
FRAMES = Path(__file__).parents[3] / "shared" / "cases" / "bylaws-frames.jsonl"


@pytest.fixture
def riverside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the example in a repository of its own, of 1 January 2026."""
    folder = tmp_path / "riverside"
    shutil.copytree(EXAMPLES / "riverside", folder)
    commit(folder, "2026-01-01", "begin")
    monkeypatch.chdir(tmp_path)
    return folder


def commit(folder: Path, day: str, message: str) -> None:
    moment = {"GIT_AUTHOR_DATE": f"{day}T09:00:00Z", "GIT_COMMITTER_DATE": f"{day}T09:00:00Z"}
    git = ["git", "-c", "user.name=Ada", "-c", "user.email=ada@example.org"]
    for command in (["init", "--quiet", "-b", "main"], ["add", "."], ["commit", "--quiet", "-m", message]):
        subprocess.run([*git, *command], cwd=folder, check=True, capture_output=True, env={**os.environ, **moment})


def amended(folder: Path, old: str, new: str) -> None:
    path = folder / "bylaws.md"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def dues_of(answer: str, bearer: str) -> dict[str, tuple[str, str | None]]:
    """Status and amount due of somebody's dues, by their due day."""
    return {
        verdict["due"]: (verdict["status"], verdict["amount_due"])
        for verdict in json.loads(answer)["verdicts"]
        if verdict["section"] == "dues" and verdict["bearer"] == bearer
    }


# -- fixed points ------------------------------------------------------------------------------------------------------


def test_read_has_the_fields_that_others_rely_on(syngraph: Callable, riverside: Path) -> None:
    answer = syngraph("read", riverside, "--json")
    reading = json.loads(answer.out)
    assert answer.code == 0
    assert {"text", "path", "line", "column", "kind", "rules", "unread"} <= reading["sentences"][0].keys()
    assert {"binding", "read", "definitions", "prose", "unread"} <= reading["coverage"].keys()
    (dues,) = (one for one in reading["sentences"] if one["section"] == "dues")
    assert (dues["path"], dues["kind"], dues["unread"]) == ("bylaws.md", "obligation", None)
    line = (riverside / "bylaws.md").read_text(encoding="utf-8").split("\n")[dues["line"] - 1]
    assert line[dues["column"] - 1 :].startswith("Each Member shall pay")


def test_an_unread_sentence_says_where_and_what_was_expected(syngraph: Callable, riverside: Path) -> None:
    amended(riverside, "Each Member shall pay dues", "Each Member shal pay dues")
    reading = json.loads(syngraph("read", riverside, "--json").out)
    (dues,) = (one for one in reading["sentences"] if one["section"] == "dues")
    unread = dues["unread"]
    assert (dues["rules"], unread["word"]) == ([], "shal")
    assert dues["text"][unread["at"] :].startswith("shal")
    assert unread["expected"] != []
    assert unread["nearest"].startswith("Each Member shall pay dues")


def test_the_place_of_a_word_that_does_not_fit_counts_from_its_own_sentence(syngraph: Callable, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("The Tenant shall pay EUR 5 by 1 May 2027. The Tenant shal pay EUR 6.\n")
    second = json.loads(syngraph("read", tmp_path / "a.md", "--json").out)["sentences"][1]
    assert (second["unread"]["at"], second["text"][11:15]) == (11, "shal")
    lines = tmp_path / "lines.txt"
    lines.write_text((tmp_path / "a.md").read_text())
    assert "column 54: found 'shal'" in syngraph("read", "--lines", lines).out


@pytest.mark.parametrize("verb", ["read", "render"])
def test_a_text_with_a_part_missing_is_shown_and_the_hole_told(verb: str, syngraph: Callable, riverside: Path) -> None:
    (riverside / "forms" / "fork.md").unlink()
    answer = syngraph(verb, riverside)
    assert answer.code == 1
    assert "Membership" in answer.out
    assert answer.err.startswith("bylaws.md:6:14: SG103 ")
    assert "^" in answer.err


@pytest.mark.parametrize("name", ["bylaws.md", "syngraph.yaml", "forms/fork.md"])
def test_a_document_is_not_printed_over_its_text(name: str, syngraph: Callable, riverside: Path) -> None:
    before = (riverside / name).read_bytes()
    answer = syngraph("render", riverside, "-o", riverside / name)
    assert (answer.code, (riverside / name).read_bytes()) == (2, before)


def test_what_is_written_over_keeps_its_permissions_and_a_link_is_not_followed(
    syngraph: Callable, riverside: Path, tmp_path: Path
) -> None:
    kept, link = tmp_path / "kept.html", tmp_path / "link.html"
    kept.write_text("old")
    kept.chmod(0o600)
    link.symlink_to(kept)
    answer = syngraph("render", riverside, "-o", link)
    assert (answer.code, "is a link" in answer.err, kept.read_text()) == (2, True, "old")
    kept.chmod(0o400)
    answer = syngraph("render", riverside, "-o", kept)
    assert (answer.code, "write-protected (mode 0400)" in answer.err, kept.read_text()) == (2, True, "old")
    kept.chmod(0o600)
    assert syngraph("render", riverside, "-o", "/dev/null").code == 0
    assert syngraph("render", riverside, "-o", kept).code == 0
    assert kept.stat().st_mode & 0o777 == 0o600
    assert kept.read_text().startswith("<!")


@pytest.mark.parametrize("codes", ["SG2O1", "ZZZ", "", "SG2,nonsense"])
def test_a_code_that_there_cannot_be_is_refused(codes: str, syngraph: Callable, riverside: Path) -> None:
    answer = syngraph("lint", riverside, "--select", codes)
    assert (answer.code, "--select: found" in answer.err) == (2, True)


def test_what_is_nested_too_deep_to_be_read_is_told(syngraph: Callable, tmp_path: Path) -> None:
    deep, deeper = tmp_path / "deep.md", tmp_path / "deeper.md"
    sentence = "The Tenant shall pay EUR 5 to the Landlord by 1 February 2026.\n"
    deep.write_text("> " * 18 + sentence)
    deeper.write_text("> " * 70 + sentence)
    assert json.loads(syngraph("read", deep, "--json").out)["coverage"]["binding"] == 1
    answer = syngraph("read", deeper)
    assert (answer.code, "SG113" in answer.err) == (1, True)


def test_a_role_without_a_day_is_held_from_the_start(syngraph: Callable, tmp_path: Path) -> None:
    (tmp_path / "syngraph.yaml").write_text("syngraph: 1\nroot: b.md\nregister: r.yaml\n")
    (tmp_path / "r.yaml").write_text("principals:\n  - {id: ada, name: Ada, roles: [{role: Tenant}]}\n")
    (tmp_path / "b.md").write_text("# A {#a}\n\nThe Tenant shall leave by 1 February 2026.\n")
    assert syngraph("check", tmp_path, "--at", "2026-06-01").code == 1


def test_read_lines_answers_a_line_for_a_line(syngraph: Callable, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    lines = [
        "The Tenant shall pay EUR 500 to the Landlord within three days after notice.",
        "",
        "No Member may vote by proxy.",
        "The flat is sunny.",
        "These Bylaws may be amended by at least two-thirds (2/3) of all Members.",
        "The Tenant shal pay.",
    ]
    (tmp_path / "lines.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
    answer = syngraph("read", "--lines", tmp_path / "lines.txt", "--json")
    frames = [json.loads(line) for line in answer.out.splitlines()]
    wanted = {"text", "kind", "bearer", "act", "negated", "condition", "time", "threshold", "quorum", "rules", "unread"}
    assert answer.code == 0
    assert [frame["text"] for frame in frames] == lines
    assert all(wanted <= frame.keys() for frame in frames)
    assert [(frame["kind"], frame["bearer"], frame["act"], frame["negated"]) for frame in frames] == [
        ("obligation", "Tenant", "pay", False),
        ("prose", None, None, False),
        ("prohibition", "Member", "vote", True),
        ("prose", None, None, False),
        ("decision", "Member", "amend", False),
        ("unread", None, None, False),
    ]
    assert frames[4]["threshold"] == ">=2/3 of all Member"
    assert frames[5]["unread"]["word"] == "shal"


def test_read_lines_takes_stdin_and_any_bytes() -> None:
    command = [sys.executable, "-m", "syngraph.cli", "read", "--lines", "-", "--json"]
    done = subprocess.run(command, input=b"The Tenant \xff shall pay.\n\x1b[2J\n", capture_output=True, timeout=60, check=False)
    frames = [json.loads(line) for line in done.stdout.splitlines()]
    assert (done.returncode, len(frames), done.stderr) == (0, 2, b"")


@pytest.mark.conformance
def test_frames_of_real_sentences_are_well_formed(syngraph: Callable, tmp_path: Path) -> None:
    if not FRAMES.exists():
        pytest.skip("the labelled sentences of real bylaws are not beside this checkout")
    labelled = [json.loads(line) for line in FRAMES.read_text(encoding="utf-8").splitlines()]
    (tmp_path / "lines.txt").write_text(
        "".join(one["sentence"].replace("\n", " ") + "\n" for one in labelled), encoding="utf-8"
    )
    frames = [json.loads(line) for line in syngraph("read", "--lines", tmp_path / "lines.txt", "--json").out.splitlines()]
    assert len(frames) == len(labelled)
    assert all(frame["rules"] or frame["unread"] or frame["kind"] == "prose" for frame in frames)


def test_check_has_the_fields_that_others_rely_on(syngraph: Callable, riverside: Path) -> None:
    answer = syngraph("check", riverside, "--at", "2026-02-15", "--json")
    report = json.loads(answer.out)
    wanted = {"rule", "section", "bearer", "status", "since", "due", "amount_due", "evidence", "reasons"}
    assert answer.code == 1
    assert {"at", "verdicts", "summary"} <= report.keys()
    assert all(wanted <= verdict.keys() for verdict in report["verdicts"])
    assert dues_of(answer.out, "dov") == {"2026-01-31": ("violated", "EUR 60")}
    assert dues_of(answer.out, "bora") == {"2026-01-31": ("cured", None)}
    assert report["summary"]["violated"] == 1


def test_bearers_of_one_duty_are_taken_apart(syngraph: Callable, tmp_path: Path) -> None:
    folder = tmp_path / "flat"
    folder.mkdir()
    (folder / "syngraph.yaml").write_text("syngraph: 1\ntitle: Flat\nroot: flat.md\nregister: register.yaml\n")
    (folder / "register.yaml").write_text(
        "principals:\n"
        "  - {id: marta, name: Marta Vale, kind: person, roles: [{role: Tenant, since: 2026-01-01}]}\n"
        "  - {id: tomas, name: Tomas Weller, kind: person, roles: [{role: Tenant, since: 2026-01-01}]}\n"
    )
    (folder / "flat.md").write_text(
        "# Rent {#rent}\n\nThe Tenant shall pay EUR 5 to the Landlord by 1 March 2026. "
        "Each Tenant shall pay EUR 1 to the Landlord by 1 March 2026. The Porter shall keep the keys.\n"
    )
    told = json.loads(syngraph("check", folder, "--at", "2026-02-01", "--json").out)["verdicts"]
    assert [(one["bearer"], one["bearers"], one["names"]) for one in told] == [
        ("marta tomas", ["marta", "tomas"], ["Marta Vale", "Tomas Weller"]),
        ("marta", ["marta"], ["Marta Vale"]),
        ("tomas", ["tomas"], ["Tomas Weller"]),
        ("porter", ["porter"], ["porter"]),
    ]


def test_check_ends_with_0_where_nothing_is_violated(syngraph: Callable, riverside: Path) -> None:
    assert syngraph("check", riverside, "--at", "2026-01-15").code == 0


def test_lint_has_the_fields_that_others_rely_on(syngraph: Callable, riverside: Path) -> None:
    amended(riverside, "Each Member shall pay dues", "Each Member shal pay dues")
    for arguments in (("--format", "json"), ("--json",)):
        answer = syngraph("lint", riverside, *arguments)
        findings = json.loads(answer.out)
        wanted = {"code", "message", "path", "line", "column", "end_line", "end_column", "help"}
        assert answer.code == 1
        assert all(wanted <= finding.keys() for finding in findings)
        assert "SG201" in {finding["code"] for finding in findings}


def test_lint_tells_every_way_by_which_a_fault_came_in(syngraph: Callable, tmp_path: Path) -> None:
    ways = "".join(f"  - {{object: b.md, as: {letter}.}}\n" for letter in "ABCDE")
    (tmp_path / "a.md").write_text(f"---\ninclude:\n{ways}---\n")
    (tmp_path / "b.md").write_text("# Leaving {#leaving}\n\nThe Tenant shall leave within three (2) days.\n")
    assert syngraph("lint", tmp_path / "a.md", "--select", "SG305").out.splitlines()[3:7] == [
        "  through a.md:3:14",
        "  and through a.md:4:14",
        "  and through a.md:5:14",
        "  and 2 more",
    ]
    (finding,) = json.loads(syngraph("lint", tmp_path / "a.md", "--select", "SG305", "--json").out)
    assert (finding["through"], finding["also_through"][-1]) == (["a.md:3:14"], ["a.md:7:14"])


def test_render_prints_every_format(syngraph: Callable, riverside: Path, tmp_path: Path) -> None:
    assert syngraph("render", riverside, "--format", "html").out.lstrip().lower().startswith("<!doctype html>")
    assert "Each Member shall pay dues of EUR 60" in syngraph("render", riverside, "--format", "txt").out
    assert syngraph("render", riverside, "-o", tmp_path / "out.md").code == 0
    assert "# " in (tmp_path / "out.md").read_text(encoding="utf-8")


def test_render_prints_one_field_or_section(syngraph: Callable, riverside: Path, tmp_path: Path) -> None:
    assert syngraph("render", riverside, "--key", "Dues").out == "EUR 60\n"
    late = syngraph("render", riverside, "--key", "late-dues")
    assert late.out.startswith("## 5.1 Late dues\n\nIf a Member fails to pay the dues when due,")
    assert "Riverside" not in late.out
    assert "Late dues" in syngraph("render", riverside, "--key", "#dues", "--format", "txt").out
    page = syngraph("render", riverside, "--key", "dues", "--format", "html").out
    assert ('id="late-dues"' in page, 'id="tools"' in page) == (True, False)
    unknown = syngraph("render", riverside, "--key", "duess")
    assert (unknown.code, unknown.out) == (2, "")
    assert "did you mean 'dues'?" in unknown.err


def test_render_prints_the_tree_of_the_document(syngraph: Callable, riverside: Path) -> None:
    tree = json.loads(syngraph("render", riverside, "--format", "json").out)
    assert (tree["schema"], tree["title"], tree["path"]) == (1, "Bylaws of the Riverside Tool Library", "bylaws.md")
    assert tree["fields"]["Loan"] == {"text": "14 days", "place": {"path": "bylaws.md", "line": 13, "column": 9, "through": []}}
    sections = {section["id"]: section for section in tree["sections"]}
    assert (sections["dues"]["number"], sections["dues"]["heading"], sections["purpose"]["prose"]) == ("5", "Dues", True)
    assert [inner["id"] for inner in sections["officers"]["sections"]] == ["secretary", "treasurer"]
    stem, duties = sections["officers"]["sections"][0]["blocks"]
    assert stem["text"] == "The Secretary shall:"
    assert [item["marker"] for item in duties["items"]] == ["(a)", "(b)", "(c)"]
    # References are written out, and what was included says through which line it came.
    assert sections["limits"]["blocks"][0]["text"].startswith("Section 5 may be amended")
    assert sections["disputes"]["place"] == {
        "path": "forms/arbitration.md",
        "line": 17,
        "column": 1,
        "through": [{"path": "bylaws.md", "line": 7, "column": 14}],
    }
    alone = json.loads(syngraph("render", riverside, "--format", "json", "--key", "dues").out)
    assert alone == sections["dues"]


@pytest.mark.parametrize(
    "arguments",
    [
        ("--format", "docx"),
        ("--format", "akn"),
        ("-o", "bylaws.pdf"),
    ],
)
def test_what_render_cannot_do_yet_is_said(arguments: tuple[str, ...], syngraph: Callable, riverside: Path) -> None:
    answer = syngraph("render", riverside, *arguments)
    assert (answer.code, answer.out) == (2, "")
    assert " yet; " in answer.err


# -- the text in force -------------------------------------------------------------------------------------------------


def test_the_past_is_judged_by_the_text_that_was_in_force(syngraph: Callable, riverside: Path) -> None:
    amended(riverside, "Dues: EUR 60", "Dues: EUR 75")
    commit(riverside, "2026-09-20", "raise the dues")
    assert dues_of(syngraph("check", riverside, "--at", "2027-02-10", "--json").out, "ada") == {
        "2026-01-31": ("fulfilled", None),
        "2027-01-31": ("violated", "EUR 15"),
    }


def test_a_revision_is_judged_without_what_came_after(syngraph: Callable, riverside: Path) -> None:
    amended(riverside, "Dues: EUR 60", "Dues: EUR 75")
    commit(riverside, "2026-09-20", "raise the dues")
    answer = syngraph("check", riverside, "--at", "2027-02-10", "--rev", "HEAD~1", "--json")
    assert dues_of(answer.out, "ada") == {"2026-01-31": ("fulfilled", None), "2027-01-31": ("fulfilled", None)}


def test_what_is_not_committed_counts_from_today_and_is_said(syngraph: Callable, riverside: Path) -> None:
    amended(riverside, "Dues: EUR 60", "Dues: EUR 75")
    answer = syngraph("check", riverside, "--at", "2026-02-15", "--json")
    assert "differs from the last commit" in answer.err
    assert dues_of(answer.out, "dov") == {"2026-01-31": ("violated", "EUR 60")}


def test_a_change_of_the_record_alone_is_no_new_text(syngraph: Callable, riverside: Path) -> None:
    (riverside / "record" / "fact" / "new.md").write_text("On 14 February 2026, Dov Lindqvist paid EUR 60 to Carla Mott.\n")
    answer = syngraph("check", riverside, "--at", "2026-02-15", "--json")
    assert "differs" not in answer.err
    assert dues_of(answer.out, "dov") == {"2026-01-31": ("cured", None)}


def test_a_bare_repository_is_judged(syngraph: Callable, riverside: Path, tmp_path: Path) -> None:
    bare = tmp_path / "bare.git"
    subprocess.run(["git", "clone", "--quiet", "--bare", str(riverside), str(bare)], check=True, capture_output=True)
    assert dues_of(syngraph("check", bare, "--at", "2026-02-15", "--json").out, "dov") == {"2026-01-31": ("violated", "EUR 60")}


def test_dates_that_run_backwards_are_warned_of(syngraph: Callable, riverside: Path) -> None:
    amended(riverside, "Dues: EUR 60", "Dues: EUR 75")
    commit(riverside, "2026-09-20", "raise")
    assert "backwards" not in syngraph("check", riverside, "--at", "2026-02-15").err
    amended(riverside, "Dues: EUR 75", "Dues: EUR 80")
    commit(riverside, "2026-08-01", "raise again")
    answer = syngraph("check", riverside, "--at", "2026-02-15")
    assert "of 1 August 2026 stands after " in answer.err
    assert "of 20 September 2026: their dates run backwards" in answer.err


def test_a_commit_whose_text_cannot_be_read_is_passed_over(syngraph: Callable, riverside: Path) -> None:
    good = (riverside / "syngraph.yaml").read_text(encoding="utf-8")
    (riverside / "syngraph.yaml").write_text("nonsense: [\n")
    commit(riverside, "2026-03-01", "break it")
    (riverside / "syngraph.yaml").write_text(good)
    commit(riverside, "2026-04-01", "mend it")
    answer = syngraph("check", riverside, "--at", "2026-07-01", "--json")
    assert dues_of(answer.out, "dov") == {"2026-01-31": ("violated", "EUR 60")}


# -- the rest ----------------------------------------------------------------------------------------------------------


def test_explain_tells_sentence_and_facts_with_their_places(syngraph: Callable, riverside: Path) -> None:
    answer = syngraph("explain", "dues", "farid", "--in", riverside, "--at", "2026-02-05")
    assert answer.code == 0
    assert "Farid Osei: violated since 31 January 2026" in answer.out
    assert "[bylaws.md:" in answer.out
    assert "[record/fact/2026-01-20-farid-pays-part.md:6:1]" in answer.out
    assert "still to be paid: EUR 20" in answer.out


@pytest.mark.parametrize("subject", ["#dues", "5", "section 5", "dues"])
def test_explain_takes_a_section_by_id_or_number(subject: str, syngraph: Callable, riverside: Path) -> None:
    answer = syngraph("explain", subject, "Dov Lindqvist", "--in", riverside, "--at", "2026-02-15", "--json")
    assert [verdict["bearer"] for verdict in json.loads(answer.out)["verdicts"]] == ["dov"]


def test_explain_takes_a_code(syngraph: Callable) -> None:
    answer = syngraph("explain", "sg301")
    assert (answer.code, answer.out.startswith("# SG301")) == (0, True)


def test_next_is_in_the_order_of_days(syngraph: Callable, riverside: Path) -> None:
    due = [one["due"] for one in json.loads(syngraph("next", riverside, "--at", "2026-02-15", "--json").out)["next"]]
    assert due == sorted(due)
    assert due[0] == "2026-01-31"
    soon = syngraph("next", riverside, "--at", "2026-02-15", "--days", "20", "--bearer", "dov", "--json")
    assert [one["section"] for one in json.loads(soon.out)["next"]] == ["dues", "late-dues"]


def test_next_tells_when_a_recurring_duty_falls_due_again(syngraph: Callable, riverside: Path) -> None:
    told = json.loads(syngraph("next", riverside, "--at", "2026-02-15", "--bearer", "dov", "--json").out)["next"]
    assert ("dues", "2027-01-31", "in force") in [(one["section"], one["due"], one["status"]) for one in told]


def test_next_prints_a_calendar(syngraph: Callable, riverside: Path) -> None:
    lines = syngraph("next", riverside, "--at", "2026-02-15", "--ics").out.split("\r\n")
    assert (lines[0], lines[-2]) == ("BEGIN:VCALENDAR", "END:VCALENDAR")
    assert "DTSTART;VALUE=DATE:20260131" in lines
    assert max(len(line.encode()) for line in lines) <= 75


def test_what_if_shows_the_difference_and_writes_nothing(syngraph: Callable, riverside: Path) -> None:
    before = {path: path.read_bytes() for path in riverside.rglob("*") if path.is_file()}
    fact = "On 16 February 2026, Dov Lindqvist paid EUR 60 to Carla Mott."
    answer = syngraph("what-if", riverside, "--at", "2026-02-16", "--fact", fact, "--json")
    (change,) = (one for one in json.loads(answer.out)["changes"] if one["after"]["section"] == "dues")
    assert (change["before"]["status"], change["after"]["status"]) == ("violated", "cured")
    assert {path: path.read_bytes() for path in riverside.rglob("*") if path.is_file()} == before


def test_what_if_compares_two_days(syngraph: Callable, riverside: Path) -> None:
    answer = syngraph("what-if", riverside, "--from", "2026-01-15", "--at", "2026-02-03", "--json")
    changes = [one["after"] for one in json.loads(answer.out)["changes"] if one["after"]]
    assert {"dov", "bora", "farid"} <= {one["bearer"] for one in changes if one["section"] == "dues"}


def test_record_writes_what_check_then_knows(syngraph: Callable, riverside: Path) -> None:
    fact = ("--by", "dov", "--date", "2026-02-14", "--fact", "On 14 February 2026, Dov Lindqvist paid EUR 60 to Carla Mott.")
    assert syngraph("record", riverside, *fact, "--dry-run").code == 0
    assert dues_of(syngraph("check", riverside, "--at", "2026-02-15", "--json").out, "dov") == {
        "2026-01-31": ("violated", "EUR 60")
    }
    written = json.loads(syngraph("record", riverside, *fact, "--json").out)
    assert (written["written"], Path(written["path"]).name.startswith("2026-02-14-")) == (True, True)
    assert dues_of(syngraph("check", riverside, "--at", "2026-02-15", "--json").out, "dov") == {"2026-01-31": ("cured", None)}
    assert json.loads(syngraph("record", riverside, *fact, "--json").out)["written"] is False


def test_record_imports_a_table(syngraph: Callable, riverside: Path, tmp_path: Path) -> None:
    table = tmp_path / "payments.csv"
    table.write_text(
        "date,actor,act,object,to,amount,under\n2026-02-14,Dov Lindqvist,paid,,Carla Mott,EUR 60,dues\n", encoding="utf-8"
    )
    assert syngraph("check", riverside, "--at", "2026-02-15", "--facts", table).code == 0
    assert syngraph("record", riverside, "--csv", table, "--date", "2026-02-14").code == 0
    assert dues_of(syngraph("check", riverside, "--at", "2026-02-15", "--json").out, "dov") == {"2026-01-31": ("cured", None)}


def test_a_new_agreement_is_read_without_a_finding(syngraph: Callable, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert syngraph("new", "garden", "--title", "Bylaws of the Hill Street Garden").code == 0
    assert syngraph("lint", "garden").code == 0
    assert json.loads(syngraph("read", "garden", "--json").out)["title"] == "Bylaws of the Hill Street Garden"
    assert not (tmp_path / "garden" / "record").exists()
    assert syngraph("new", "garden").code == 2


def test_a_clause_is_copied_from_the_library(syngraph: Callable, riverside: Path) -> None:
    assert syngraph("library", "add", "notices", riverside).code == 0
    assert "digest: sha256:" in (riverside / "forms" / "notices.md").read_text(encoding="utf-8")
    assert syngraph("library", "diff", riverside).code == 0
    path = riverside / "forms" / "notices.md"
    path.write_text(path.read_text(encoding="utf-8") + "\nMore.\n", encoding="utf-8")
    answer = syngraph("library", "diff", riverside)
    assert (answer.code, "+More." in answer.out) == (1, True)


def test_every_object_of_the_library_is_listed(syngraph: Callable) -> None:
    listed = json.loads(syngraph("library", "list", "--json").out)["objects"]
    assert all(json.loads(syngraph("library", "show", one["name"], "--json").out)["text"] for one in listed)


def test_doctor_finds_an_installation_well(syngraph: Callable) -> None:
    answer = syngraph("doctor", "--json")
    assert answer.code == 0
    assert {check["status"] for check in json.loads(answer.out)["checks"]} <= {"well", "note"}


def test_a_damaged_cache_changes_no_answer(
    syngraph: Callable, riverside: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SYNGRAPH_CACHE", str(tmp_path / "cache"))
    arguments = ("check", riverside, "--at", "2026-02-15", "--json")
    first = syngraph(*arguments)
    assert (tmp_path / "cache" / "known.sqlite").exists()
    (tmp_path / "cache" / "known.sqlite").write_bytes(b"garbage" * 1000)
    assert [syngraph(*arguments), syngraph(*arguments)] == [first, first]
    monkeypatch.setenv("SYNGRAPH_CACHE", "off")
    assert syngraph(*arguments) == first


# -- processes ---------------------------------------------------------------------------------------------------------


def test_a_reader_that_goes_away_is_no_error(riverside: Path) -> None:
    command = f"{sys.executable} -m syngraph.cli read {riverside} --json | head -1; exit ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, timeout=60, check=False)
    assert (done.stdout, done.stderr) == ("{\n", "")
    assert done.returncode in (0, 141)


def test_ctrl_c_is_quiet() -> None:
    command = [sys.executable, "-m", "syngraph.cli", "read", "--lines", "-"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdin is not None and process.stdout is not None and process.stderr is not None
        process.stdin.write(b"The Tenant shall pay EUR 5.\n")
        process.stdin.flush()
        process.stdout.readline()
        process.send_signal(2)
        code = process.wait(20)
        said = process.stderr.read()
    assert (code, b"Traceback" in said) == (130, False)


def test_an_ascii_terminal_is_no_error(riverside: Path) -> None:
    amended(riverside, "lends good tools", "lends good tööls 契")
    environment = {**os.environ, "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    command = [sys.executable, "-m", "syngraph.cli", "read", str(riverside)]
    done = subprocess.run(command, capture_output=True, env=environment, timeout=60, check=False)
    assert (done.returncode, b"Traceback" in done.stderr, b"internal error" in done.stderr) == (0, False, False)
