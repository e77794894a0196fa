"""A dispute on the command line from its claim to the order that was performed; and what is refused on the way."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

ARBITRATION = """
# Arbitration {#arbitration}

Any dispute arising out of these Bylaws shall be settled by arbitration by one arbitrator appointed by the Parties.
"""
PAY = "Bora Reed shall pay EUR 26 to Carla Reed within 14 days after the award."
Say = Callable[..., Any]


@pytest.fixture
def say(syngraph: Callable[..., Any], drafted: Path, keys: Path) -> Say:
    """Runs a command of `dispute` on a founded club with an arbitration clause: `say("answer", 1, by=["bora"], at=...)`."""
    bylaws = drafted / "bylaws.md"
    bylaws.write_text(bylaws.read_text(encoding="utf-8") + ARBITRATION, encoding="utf-8")
    founded = syngraph("found", drafted, "--key", keys / "ada", "--key", keys / "bora", "--at", "2026-01-02")
    assert founded.code == 0, founded.err

    def act(verb: str, *words: object, by: tuple[str, ...] = (), at: str = "", code: int = 0) -> Any:
        where = [drafted] if verb == "list" else ["--in", drafted]
        signed = [word for name in by for word in ("--key", keys / name)]
        answer = syngraph("dispute", verb, *words, *where, *signed, *(["--at", at] if at else []))
        assert answer.code == code, answer.out + answer.err
        return answer

    return act


def claimed(say: Say) -> None:
    words = ("--about", "#dues", "--against", "bora", "--title", "Unpaid dues", "--ask", PAY)
    say("claim", *words, "--fact", "On 31 January 2026, Bora Reed had paid nothing.", by=("carla",), at="2026-02-02")


def seated(say: Say, keys: Path) -> None:
    claimed(say)
    say("appoint", 1, "pia", "--with-key", keys / "fresh.pub", by=("carla", "bora"), at="2026-02-10")
    say("accept", 1, by=("fresh",), at="2026-02-11")


def awarded(say: Say, keys: Path, order: str = PAY) -> Any:
    seated(say, keys)
    return say("award", 1, "--reasons", "The dues are unpaid.", "--order", order, by=("fresh",), at="2026-03-02")


def shown(say: Say, *words: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(say("show", 1, "--json", *words).out)
    return found


def test_unpaid_dues_are_claimed_awarded_and_paid(say: Say, syngraph: Callable[..., Any], drafted: Path, keys: Path) -> None:
    assert say("list").out == "no disputes\n"
    claimed(say)
    assert "pending" in say("list").out
    say("answer", 1, "--body", "I was abroad.", by=("bora",), at="2026-02-05")
    waiting = say("show", 1).out
    assert "nobody is appointed as arbitrator 1 of 1" in waiting
    assert "shall be settled by arbitration by one arbitrator" in waiting
    say("appoint", "Unpaid dues", "pia", "--with-key", keys / "fresh.pub", by=("carla", "bora"), at="2026-02-10")
    assert "acceptance of pia" in say("accept", 1, by=("fresh",), at="2026-02-11").out
    made = say("award", 1, "--reasons", "The dues are unpaid.", "--order", PAY, by=("fresh",), at="2026-03-02")
    assert "award of pia" in made.out and "dispute 1: binding" in made.out

    found = shown(say, "--at", "2026-03-05")
    assert found["outcome"] == "binding" and found["reasons"] == []
    assert [(each["kind"], each["day"], each["signed"]) for each in found["papers"]] == [
        ("claim", "2026-02-02", ["carla"]),
        ("answer", "2026-02-05", ["bora"]),
        ("appointment", "2026-02-10", ["bora", "carla"]),
        ("acceptance", "2026-02-11", ["pia"]),
        ("award", "2026-03-02", ["pia"]),
    ]
    assert any(each["rests_on"].startswith("UNCITRAL Arbitration Rules, art. 34(2)") for each in found["trace"])
    assert [(each["text"], each["status"], each["due"]) for each in found["orders"]] == [(PAY, "in force", "2026-03-16")]
    assert shown(say, "--at", "2026-04-01")["orders"][0]["status"] == "violated"

    def checked(at: str) -> list[str]:
        verdicts = json.loads(syngraph("check", drafted, "--at", at, "--json").out)["verdicts"]
        return [each["status"] for each in verdicts if each["rule"] == found["orders"][0]["id"]]

    assert checked("2026-03-05") == ["in force"]
    fact = "On 10 March 2026, Bora Reed paid EUR 26 to Carla Reed."
    paid = syngraph("record", drafted, "--fact", fact, "--key", keys / "carla", "--at", "2026-03-11")
    assert paid.code == 0, paid.err
    assert checked("2026-04-01") == ["fulfilled"]
    assert "fulfilled" in say("show", "unpaid", "--at", "2026-04-01").out
    assert "binding" in say("list").out


def test_an_order_that_nobody_asked_for_falls_and_show_says_why(say: Say, keys: Path) -> None:
    said = awarded(say, keys, "Bora Reed shall pay EUR 500 to Carla Reed within 14 days after the award.")
    assert "dispute 1: void" in said.out
    found = shown(say)
    assert (found["outcome"], found["orders"]) == ("void", [])
    assert all(each["rests_on"] for each in found["reasons"]) and found["reasons"]


def test_an_order_that_falls_is_shown_beside_those_that_stand(say: Say, keys: Path) -> None:
    seated(say, keys)
    other = "Ada Reed shall pay EUR 3 to Bora Reed by 4 April 2026."
    finding = "On 1 February 2026, Bora Reed paid EUR 1 to Carla Reed."
    words = ("--finding", finding, "--reasons", "Unpaid.", "--order", PAY, "--order", other)
    assert "dispute 1: partly binding" in say("award", 1, *words, by=("fresh",), at="2026-03-02").out
    said = say("show", 1, "--at", "2026-03-05").out
    assert f"without effect: {other}\n  ada is no party\n    UNCITRAL Arbitration Rules, art. 34(2): " in said
    assert f"duty: {PAY}\n  in force, due 2026-03-16  [award-" in said
    assert f"found: {finding}\n" in said


def test_a_payment_may_name_the_award(say: Say, syngraph: Callable[..., Any], drafted: Path, keys: Path) -> None:
    awarded(say, keys)
    award = shown(say)["orders"][0]["id"].partition(":")[0]
    fact = f"On 10 March 2026, Bora Reed paid EUR 26 to Carla Reed under [](#{award})."
    assert syngraph("record", drafted, "--fact", fact, "--key", keys / "carla", "--at", "2026-03-11").code == 0
    assert shown(say, "--at", "2026-04-01")["orders"][0]["status"] == "fulfilled"


def test_the_parties_settle(say: Say) -> None:
    claimed(say)
    words = ("--term", "Bora Reed shall pay EUR 10 to Carla Reed by 1 April 2026.")
    say("settle", 1, *words, by=("carla",), at="2026-02-20", code=1)
    say("settle", 1, *words, by=("carla", "bora"), at="2026-02-20")
    found = shown(say, "--at", "2026-03-01")
    assert (found["outcome"], [each["status"] for each in found["orders"]]) == ("binding", ["in force"])


def test_an_appointment_by_one_side_alone_seats_nobody(say: Say, keys: Path) -> None:
    claimed(say)
    say("appoint", 1, "pia", "--with-key", keys / "fresh.pub", by=("carla",), at="2026-02-10")
    say("accept", 1, by=("fresh",), at="2026-02-11")
    said = say("award", 1, "--reasons", "Unpaid.", "--order", PAY, by=("fresh",), at="2026-03-02").out
    assert "dispute 1: void" in said and "nobody is appointed as arbitrator 1 of 1" in said


def test_a_trial_writes_nothing(say: Say, drafted: Path, git: Callable[..., str]) -> None:
    claimed(say)
    before = git(drafted, "rev-parse", "main")
    said = say("answer", 1, "--body", "No.", "--dry-run", by=("bora",), at="2026-02-05")
    assert "would commit to main: Answer of bora in Unpaid dues" in said.out and "nothing was written" in said.err
    assert git(drafted, "rev-parse", "main") == before


def test_a_paper_may_be_written_and_signed_elsewhere(
    say: Say, syngraph: Callable[..., Any], drafted: Path, keys: Path, tmp_path: Path
) -> None:
    seated(say, keys)
    out = tmp_path / "to-sign"
    say("award", 1, "--reasons", "Unpaid.", "--order", PAY, "-o", out, "--by", "pia", at="2026-03-02")
    (paper,) = out.glob("*.md")
    assert not list(out.glob("*.sig"))
    assert syngraph("sign", paper, "--key", keys / "fresh").code == 0
    filed = syngraph("file", paper, "--in", drafted, "--at", "2026-03-02")
    assert filed.code == 0, filed.err
    assert shown(say)["outcome"] == "binding"


@pytest.mark.parametrize("word", ["7", "nothing", "ffffffff", "0", "²", "9" * 400, ""])
def test_an_unknown_claim(say: Say, word: str) -> None:
    assert "there is no dispute" in say("show", word, code=2).err
    claimed(say)
    said = say("show", word, code=2).err
    assert "there is no dispute" in said and "Traceback" not in said


def test_a_title_of_two_disputes_means_neither(say: Say) -> None:
    claimed(say)
    claimed(say)
    assert "means 2 disputes: 1 (" in say("show", "Unpaid dues", code=2).err


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--against", "borra", "--about", "#dues"), "the register has no 'borra'; did you mean 'bora'?"),
        (("--against", "bora", "--about", "#deus"), "the text has no section '#deus'; did you mean 'dues'?"),
        (("--against", "bora", "--about", "anything"), "--about: found 'anything', expected a section"),
    ],
)
def test_a_claim_against_or_about_what_is_not_there(say: Say, words: tuple[str, ...], told: str) -> None:
    assert told in say("claim", *words, "--title", "X", "--ask", PAY, by=("carla",), at="2026-02-02", code=2).err


def test_a_claim_against_oneself_is_not_lawful(say: Say) -> None:
    words = ("--against", "carla", "--title", "X", "--ask", PAY)
    assert "a claim of carla against carla" in say("claim", *words, by=("carla",), at="2026-02-02", code=1).err


def test_wrong_signers(say: Say, keys: Path) -> None:
    claimed(say)
    said = say("answer", 1, "--body", "No.", by=("ada",), at="2026-02-05", code=1)
    assert "answer of ada, who is not a respondent" in said.err
    assert "nobody's in the register" in say("answer", 1, "--body", "No.", by=("stranger",), at="2026-02-05", code=2).err
    award = ("--reasons", "Unpaid.", "--order", PAY)
    assert "nobody has accepted yet" in say("award", 1, *award, by=("ada",), at="2026-02-06", code=2).err
    assert "no appointment waits" in say("accept", 1, by=("stranger",), at="2026-02-06", code=2).err
    say("appoint", 1, "pia", "--with-key", keys / "fresh.pub", by=("carla", "bora"), at="2026-02-10")
    say("accept", 1, by=("fresh",), at="2026-02-11")
    said = say("award", 1, *award, by=("ada",), at="2026-03-02", code=2)
    assert "with which no arbitrator of this dispute has accepted" in said.err and "a key of pia" in said.err
    said = say("award", 1, *award, "--by", "quin", by=("fresh",), at="2026-03-02", code=2)
    assert "a key of pia signs; add --by pia" in said.err


@pytest.mark.parametrize(
    ("verb", "words", "told"),
    [
        ("claim", ("--against", "bora", "--title", "X"), "--ask, --fact or --body"),
        ("answer", (1,), "--body, --fact or --ask"),
        ("settle", (1,), "--term"),
        ("award", (1, "--reasons", "So."), "--order"),
        ("appoint", (1, "pia", "--with-key", "nowhere.pub"), "nowhere.pub"),
        ("appoint", (1, "pia", "--with-key", "ssh-ed25519 nonsense"), "key"),
        ("appoint", (1, "Pia of the Hill"), "arbitrator"),
        ("appoint", (1, "../pia"), "arbitrator"),
        ("appoint", (1, "pia", "--replaces", "\x1b[2J"), "replaces"),
        ("answer", (1, "--body", "x\x00y"), "the statement"),
        ("answer", (1, "--body", "x" * 2_000_000), "bytes"),
        ("claim", ("--against", "carla", "--title", "# X: y", "--ask", PAY), "plain text"),
        ("show", (1, "--at", "soon"), "--at: found 'soon'"),
    ],
)
def test_bad_words(say: Say, verb: str, words: tuple[object, ...], told: str) -> None:
    claimed(say)
    said = say(verb, *words, by=() if verb == "show" else ("bora",), code=2).err
    assert told in said and "Traceback" not in said


def test_a_private_key_is_not_named_in_an_appointment(say: Say, keys: Path) -> None:
    said = say("appoint", 1, "pia", "--with-key", keys / "fresh", by=("bora",), code=2).err
    assert "is a private key" in said


def test_nobody_accepts_in_the_name_of_somebody_in_the_register(say: Say) -> None:
    claimed(say)
    say("appoint", 1, "ada", by=("carla", "bora"), at="2026-02-10")
    assert "no signature of ada" in say("accept", 1, "--by", "ada", by=("fresh",), at="2026-02-11", code=1).err
    say("accept", 1, "--by", "ada", by=("ada", "fresh"), at="2026-02-11")
    assert [each["says"] for each in shown(say)["reasons"]] == ["no award has been made"]


def test_a_trial_of_an_award_writes_nothing(say: Say, keys: Path) -> None:
    seated(say, keys)
    said = say("award", 1, "--reasons", "Unpaid.", "--order", PAY, "--dry-run", by=("fresh",), at="2026-03-02")
    assert "nothing was written" in said.err
    assert [each["kind"] for each in shown(say)["papers"]] == ["claim", "appointment", "acceptance"]
