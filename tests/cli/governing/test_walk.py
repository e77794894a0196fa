"""The way of a motion: moved, voted on, closed, carried out; and what else members and officers do."""

import json
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any


def transitions(syngraph: Callable[..., Any], folder: Path) -> list[str]:
    answer = syngraph("verify", folder, "--json")
    assert answer.code == 0, answer.out
    return [each["kind"] for each in json.loads(answer.out)["transitions"]]


def test_a_motion_goes_from_first_word_to_text(syngraph: Callable[..., Any], do: Callable[..., Any], proposed: Any) -> None:
    do("vote", 1, "yes", by="ada", at="2026-02-02")
    do("vote", "Raise the dues", "yes", by="bora", at="2026-02-03")
    do("close", 1, by="carla", at="2026-02-04")
    before = (proposed.folder / "register.yaml").read_text()
    do("adopt", 1, at="2026-02-05")
    assert transitions(syngraph, proposed.folder) == ["Found", "Record", "Record", "Record", "Record", "Adopt"]
    assert "Dues: EUR 25" in proposed.git("show", "main:bylaws.md")
    assert (proposed.folder / "register.yaml").read_text() == before
    assert proposed.git("status", "--short") == ""


def test_found_says_who_is_bound_and_who_is_not(syngraph: Callable[..., Any], drafted: Path, keys: Path, git: Any) -> None:
    answer = syngraph("found", drafted, "--key", keys / "ada", "--at", "2026-01-02", "--json")
    said = json.loads(answer.out)
    assert (answer.code, said["bound"], said["not_bound"]) == (0, ["ada"], ["bora", "carla"])
    shown = json.loads(syngraph("verify", drafted, "--json", "--root", said["lineage"]).out)
    assert (shown["valid"], shown["lineage"], shown["bound"]) == (True, said["lineage"], ["ada"])
    assert git(drafted, "log", "--format=%ad %s", "--date=short") == "2026-01-02 Found: The Kite Club\n"
    assert git(drafted, "status", "--short") == ""


def test_found_in_a_repository_that_has_the_text_already(
    syngraph: Callable[..., Any], drafted: Path, keys: Path, git: Any
) -> None:
    (drafted / ".gitignore").write_text("notes.txt\n")
    git(drafted, "init", "-q", "-b", "main")
    git(drafted, "add", ".", day="2026-01-01")
    git(drafted, "commit", "-q", "-m", "write", day="2026-01-01")
    (drafted / "notes.txt").write_text("mine\n")
    (drafted / "bylaws.md").write_text((drafted / "bylaws.md").read_text().replace("EUR 20", "EUR 21"))
    assert syngraph("found", drafted, "--key", keys / "ada", "--at", "2026-01-02").code == 0
    assert "EUR 21" in git(drafted, "show", "main:bylaws.md")
    assert "notes.txt" not in git(drafted, "ls-tree", "-r", "--name-only", "main")
    assert syngraph("verify", drafted).code == 0


def test_found_in_a_folder_of_a_larger_repository(
    syngraph: Callable[..., Any], tmp_path: Path, drafted: Path, keys: Path, git: Any
) -> None:
    git(tmp_path, "init", "-q", "-b", "main")
    git(tmp_path, "commit", "-q", "--allow-empty", "-m", "begin", day="2026-01-01")
    assert syngraph("found", drafted, "--key", keys / "ada", "--at", "2026-01-02").code == 0
    assert git(tmp_path, "ls-tree", "--name-only", "main") == "drafted\n"
    assert syngraph("verify", tmp_path).code == 0


def test_tally_has_the_fields_that_others_rely_on(syngraph: Callable[..., Any], do: Callable[..., Any], proposed: Any) -> None:
    do("vote", 1, "yes", by="ada", at="2026-02-02")
    do("vote", 1, "no", by="bora", at="2026-02-02")
    said = json.loads(do("tally", 1, "--json", at="2026-02-03").out)
    fixed = ("motion", "rules", "classes", "not_counted", "quorum", "threshold", "outcome", "missing")
    assert {name: said[name] for name in fixed} == {
        "motion": said["motion"],
        "rules": [
            {
                "section": "amendment",
                "sentence": "These Bylaws may be amended by a majority of all Members.",
                "source": "bylaws.md:21:1",
            }
        ],
        "classes": [{"class": "Member", "electorate": 3, "for": 1, "against": 1, "abstain": 0, "present": 2}],
        "not_counted": [],
        "quorum": None,
        "threshold": "more than 1/2 of all Members (2 needed, 1 for)",
        "outcome": "rejected",
        "missing": "1 more for; a close",
    }


def test_a_later_ballot_replaces_an_earlier_one(do: Callable[..., Any], proposed: Any) -> None:
    do("vote", 1, "no", by="ada", at="2026-02-02")
    do("vote", 1, "yes", by="ada", at="2026-02-03")
    said = json.loads(do("tally", 1, "--json").out)
    assert said["cast"] == {"ada": "yes"}
    assert [each["why"] for each in said["not_counted"]] == ["replaced by the ballot with sequence 2"]


def test_a_motion_is_named_by_number_title_or_digest(
    syngraph: Callable[..., Any], do: Callable[..., Any], proposed: Any
) -> None:
    (motion,) = json.loads(do("motions", "--json").out)["motions"]
    digest = motion["motion"]
    for word in ("1", digest, digest[:4], digest[:12].upper(), "raise the dues", "the dues"):
        assert json.loads(do("tally", word, "--json").out)["motion"] == digest
    for word in ("2", digest[:3], "raise the hues", "0" * 64):
        answer = do("tally", word, code=2)
        assert "there is no motion" in answer.err
    assert "did you mean 'raise the dues'?" in do("tally", "raise the hues", code=2).err


def test_motions_lists_them(do: Callable[..., Any], proposed: Any) -> None:
    do("vote", 1, "yes", by="bora", at="2026-02-02")
    listed = do("motions", at="2026-02-02").out
    assert "Raise the dues" in listed and "1 for, 0 against" in listed and "1 more for; a close" in listed
    assert do("motions", "--open").out == listed


def test_propose_says_which_sentence_decides_and_who_may_vote(do: Callable[..., Any], club: Any) -> None:
    club.edit("Dues: EUR 20", "Dues: EUR 25")
    said = do("propose", "--title", "Raise the dues", "--reasons", "Line costs more.", by="ada").out
    assert "decides: These Bylaws may be amended by a majority of all Members.  [bylaws.md:21:1]" in said
    assert "In `bylaws.md`, the field `Dues` becomes: Dues: EUR 25" in said
    assert "may vote: ada, bora, carla" in said


def test_propose_refuses_what_is_entrenched_with_the_sentence(do: Callable[..., Any], club: Any) -> None:
    club.edit("shall fly kites", "shall fly two kites")
    head = club.head
    answer = do("propose", "--title", "Two kites", by="ada", code=1)
    assert "may not be amended" in answer.err and "bylaws.md:9:1" in answer.err
    assert club.head == head
    do("propose", "--title", "Two kites", "--anyway", by="ada")
    assert json.loads(do("tally", 1, "--json").out)["outcome"] == "rejected"


def test_a_motion_from_a_branch_leaves_the_folder_alone(do: Callable[..., Any], club: Any) -> None:
    club.git("switch", "-q", "-c", "draft")
    club.edit("Dues: EUR 20", "Dues: EUR 30")
    club.git("commit", "-q", "-a", "-m", "draft")
    club.git("switch", "-q", "main")
    do("propose", "--title", "Raise the dues", "--from", "draft", by="ada")
    assert club.git("status", "--short") == ""
    assert "Dues: EUR 20" in (club.folder / "bylaws.md").read_text()


def test_a_draft_of_an_older_text_is_refused(do: Callable[..., Any], proposed: Any) -> None:
    proposed.git("stash", "-q")
    proposed.git("switch", "-q", "-c", "draft")
    proposed.edit("each quarter", "each month")
    proposed.git("commit", "-q", "-a", "-m", "draft")
    proposed.git("switch", "-q", "main")
    for name in ("ada", "bora"):
        do("vote", 1, "yes", by=name, at="2026-02-02")
    do("close", 1, by="ada", at="2026-02-03")
    do("adopt", 1, at="2026-02-04")
    answer = do("propose", "--title", "Months", "--from", "draft", by="ada", at="2026-02-05", code=2)
    assert "a draft that began from an older text: bylaws.md changed on main since" in answer.err


def test_a_resolution_changes_no_text(syngraph: Callable[..., Any], do: Callable[..., Any], club: Any) -> None:
    do("propose", "--title", "Buy line", "--resolution", "--reasons", "The Club buys line for EUR 90.", by="ada")
    for name in ("ada", "bora", "carla"):
        do("vote", 1, "yes", by=name, at="2026-02-02")
    do("close", 1, by="ada", at="2026-02-03")
    assert "which changes no text" in do("adopt", 1, at="2026-02-04", code=2).err
    assert syngraph("verify", club.folder).code == 0


def test_close_waits_while_ballots_can_change_the_outcome(do: Callable[..., Any], proposed: Any) -> None:
    do("vote", 1, "yes", by="ada", at="2026-02-02")
    answer = do("close", 1, by="ada", at="2026-02-03", code=1)
    assert "can change" in answer.err and "close" in answer.err


def test_minutes_carry_a_vote(do: Callable[..., Any], club: Any) -> None:
    do("propose", "--title", "Buy line", "--resolution", "--reasons", "The Club buys line.", by="ada")
    held = ("--held", "2026-02-03", "--present", "ada,bora,carla", "--for", 2, "--against", 1)
    assert "no signature of the Treasurer" in do("minutes", 1, *held, by="ada", at="2026-02-04", code=1).err
    do("minutes", 1, *held, by="carla", at="2026-02-04")
    do("close", 1, by="ada", at="2026-02-05")
    said = json.loads(do("tally", 1, "--json").out)
    assert (said["attested"], said["outcome"]) == (True, "adopted")


def test_minutes_carry_no_vote_that_is_not_for_a_meeting(do: Callable[..., Any], proposed: Any) -> None:
    answer = do("minutes", 1, "--held", "2026-02-03", "--present", 3, "--for", 3, by="carla", at="2026-02-04", code=1)
    assert "minutes that do not carry a vote" in answer.err


def test_resign_changes_the_register_at_once(syngraph: Callable[..., Any], do: Callable[..., Any], club: Any) -> None:
    do("resign", "treasurer", "--from", "2026-03-01", by="carla")
    assert "until: 2026-02-28" in (club.folder / "register.yaml").read_text()
    assert transitions(syngraph, club.folder) == ["Found", "Record", "Register"]
    answer = do("resign", "Chair", "--from", "2026-03-01", by="ada", code=2)
    assert "ada has no role 'Chair'" in answer.err


def test_rotate_replaces_a_key(syngraph: Callable[..., Any], do: Callable[..., Any], proposed: Any) -> None:
    do("rotate", proposed.key("fresh"), by="ada", at="2026-02-02")
    do("vote", 1, "yes", by="fresh", at="2026-02-03")
    answer = do("vote", 1, "no", by="ada", at="2026-02-04", code=1)
    assert "not in force" in answer.err
    assert json.loads(do("tally", 1, "--json").out)["cast"] == {"ada": "yes"}
    assert "Register" in transitions(syngraph, proposed.folder)


def test_an_officer_admits_a_member(syngraph: Callable[..., Any], do: Callable[..., Any], club: Any) -> None:
    with (club.folder / "register.yaml").open("a") as file:
        file.write("  - id: dov\n    name: Dov Reed\n    roles:\n      - {role: Member, since: 2026-02-01}\n")
    assert "does not let" in do("act", "--as", "Member", by="ada", code=1).err
    do("act", "--as", "Treasurer", "--reasons", "Admitted on 1 February.", by="carla")
    assert transitions(syngraph, club.folder) == ["Found", "Record", "Register"]
    assert club.git("status", "--short") == ""


def test_a_fact_is_signed_and_enters_the_chain(syngraph: Callable[..., Any], club: Any) -> None:
    fact = "On 13 February 2026, Bora Reed paid EUR 20 to Carla Reed under [](#dues)."
    answer = syngraph("record", club.folder, "--fact", fact, "--key", club.key("carla"), "--date", "2026-02-13")
    assert (answer.code, answer.out) == (0, "stated by carla (1 fact)\n")
    assert transitions(syngraph, club.folder) == ["Found", "Record"]
    checked = json.loads(syngraph("check", club.folder, "--at", "2026-02-14", "--json").out)
    assert ("bora", "cured") in {(each["bearer"], each["status"]) for each in checked["verdicts"]}
    assert syngraph("record", club.folder, "--fact", fact, "--by", "carla").code == 2


BANK = "Tag;Wer;Betrag\n13.02.2026;Bora Reed;20,00\n14.02.2026;Dov;-3,00\n"
READ = [
    *("--map", "date=Tag", "--map", "actor=Wer", "--map", "amount=Betrag", "--set", "act=paid", "--set", "to=Carla Reed"),
    *("--set", "currency=EUR", "--set", "under=dues", "--decimal-comma", "--negative", "skip", "--date", "2026-02-15"),
]


def test_a_table_is_signed_and_enters_the_chain(
    syngraph: Callable[..., Any], club: Any, tmp_path: Path, everything: Any
) -> None:
    bank = tmp_path / "bank.csv"
    bank.write_text(BANK)
    how = ("record", club.folder, "--csv", bank, *READ, "--key", club.key("carla"))
    before = everything(club.folder)
    dry = syngraph(*how, "--dry-run")
    assert (dry.code, everything(club.folder)) == (0, before)
    assert "counted: section 3, Bora Reed: pay dues of EUR 20 to the Treasurer" in dry.out
    assert syngraph(*how).out == "stated by carla (1 fact)\n"
    (statement,) = club.folder.glob("record/import/*/*.md")
    lines = statement.read_text().split("\n")
    assert lines[6:12] == [
        f"source: {sha256(BANK.encode()).hexdigest()}",
        "map: date=Tag; actor=Wer; amount=Betrag",
        "set: act=paid; to=Carla Reed; currency=EUR; under=dues",
        "decimal: comma",
        "negative: skip",
        "---",
    ]
    assert transitions(syngraph, club.folder) == ["Found", "Record"]
    checked = json.loads(syngraph("check", club.folder, "--at", "2026-02-16", "--json").out)
    (cured,) = [each for each in checked["verdicts"] if (each["bearer"], each["status"]) == ("bora", "cured")]
    assert cured["evidence"] == "admitted"
    place = f"{statement.relative_to(club.folder)}:{lines.index('2026-02-13,,Bora Reed,pay,,Carla Reed,EUR 20,dues') + 1}"
    assert place in syngraph("explain", "dues", "bora", "--in", club.folder, "--at", "2026-02-16").out
    assert place in syngraph("explain", str(statement), "--in", club.folder, "--at", "2026-02-16").out
    again = syngraph(*how)
    assert (again.code, "a table that carla imported on" in again.err) == (1, True)
    assert "1 of these facts stand in the record already" in again.err
    assert syngraph("verify", club.folder).code == 0


def test_a_table_that_is_too_long_for_a_statement(syngraph: Callable[..., Any], club: Any, tmp_path: Path) -> None:
    bank = tmp_path / "bank.csv"
    bank.write_text("date,actor,act,to,amount\n" + "2026-02-13,Bora Reed,paid,Carla Reed,EUR 20\n" * 6000)
    answer = syngraph("record", club.folder, "--csv", bank, "--key", club.key("carla"))
    assert (answer.code, "a statement holds at most" in answer.err) == (2, True)


def test_dry_runs_write_nothing(
    syngraph: Callable[..., Any], do: Callable[..., Any], proposed: Any, drafted: Path, everything: Any, tmp_path: Path
) -> None:
    do("vote", 1, "yes", by="ada", at="2026-02-02")
    before = everything(tmp_path)
    key = ("--key", proposed.key("bora"))
    lines = [
        ("found", drafted, *key),
        ("propose", proposed.folder, "--title", "Again", *key, "--at", "2026-02-03"),
        ("vote", 1, "yes", "--in", proposed.folder, *key, "--at", "2026-02-03"),
        ("vote", 1, "yes", "--in", proposed.folder, *key, "-o", tmp_path / "out"),
        ("rotate", proposed.key("fresh"), "--in", proposed.folder, *key, "--at", "2026-02-03"),
        ("resign", "--from", "2026-03-01", "--in", proposed.folder, *key, "--at", "2026-02-03"),
        ("record", proposed.folder, "--fact", "On 1 February 2026, Bora Reed paid EUR 20 to Carla Reed.", *key),
        ("hook", "install", proposed.folder),
        ("sign", next(proposed.folder.rglob("record/motion/*/*.md")), "--key", proposed.key("carla")),
    ]
    for line in lines:
        answer = syngraph(*line, "--dry-run")
        assert answer.code == 0, answer.err
        assert "would" in answer.out + answer.err
        plan = syngraph(*line, "--dry-run", "--json")
        assert (plan.code, json.loads(plan.out)["dry_run"]) == (0, True)
    assert {name for name, content in everything(tmp_path).items() if before.get(name) != content} == set()


def test_a_founding_covers_the_record_and_may_rest_on_minutes_in_it(
    syngraph: Callable[..., Any], drafted: Path, keys: Path, tmp_path: Path
) -> None:
    minutes = drafted / "record" / "minutes-of-2025.md"
    minutes.parent.mkdir()
    minutes.write_text("All three adopted these bylaws on 30 December 2025.\n")
    key = ("--key", keys / "ada", "--at", "2026-01-02")
    assert syngraph("found", drafted, "--minutes", drafted / "README.md", *key).code == 2
    assert syngraph("found", drafted, "--minutes", minutes, *key).code == 0
    assert json.loads(syngraph("verify", drafted, "--json").out)["bound"] == ["ada", "bora", "carla"]
