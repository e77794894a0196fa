"""Attacks on a vote: what was approved is used for something else, or what does not count is counted."""

from datetime import timedelta
from typing import Any

from syngraph.engine import enacting
from syngraph.engine.governance.statements import Ballot, Choice, Close, Delegation, Motion, Outcome, parse, path_of

Village = Any
DUES, MORE = "Dues: EUR 20", "Dues: EUR 30"
QUORUM = "These Bylaws may be amended by a majority of the votes cast. Quorum is half of all Members."


def count(village: Village, motion: str) -> Any:
    verification = village.verify()
    return enacting.counted(verification, verification.ledger.motions[motion])


def why_not(village: Village, motion: str) -> dict[str, str]:
    return {each.principal: each.why for each in count(village, motion).not_counted}


def forced(village: Village, motion: str, outcome: str) -> dict[str, bytes]:
    """A close that says what its author likes."""
    return village.sealed(village.stated("close", Close(motion, Outcome(outcome)), "ada"), "ada")


# -- approval replayed -------------------------------------------------------------------------------------------------


def test_approval_replayed_on_another_base(founded: Village, refused: Any) -> None:
    """The motion that everybody approved is brought in once more, when the text it was made for has changed."""
    motion = founded.motion_file("ada", founded.replaced(DUES, MORE), nonce="a" * 32)
    founded.decide("ada", founded.replaced(DUES, "Dues: EUR 25"), "ada", "bora", "carla")
    with refused("a motion on a text that has moved"):
        founded.enter((motion, [founded.keys["ada"]]))


def test_ballots_replayed_on_a_motion_of_the_same_words(founded: Village) -> None:
    """The same change is moved again, on another base; the ballots on the first motion are no ballots on it."""
    first = founded.move("ada", founded.replaced(DUES, MORE))
    founded.vote(first, "ada", "bora", "carla")
    second = founded.move("ada", founded.replaced(DUES, MORE))
    assert dict(count(founded, second).cast) == {}
    founded.next_day()
    founded.raw(forced(founded, second, "adopted"))
    assert "a close by ada" in founded.refused()


def test_approval_replayed_on_a_twin_agreement(founded: Village, tmp_path: Any, refused: Any) -> None:
    """The same people found the same text twice. What they sign in the one counts for nothing in the other."""
    twin = type(founded)(tmp_path / "twin.git", keys=dict(founded.keys))
    twin.raw(twin.files())
    content = enacting.founding(twin.verify_text(), "f" * 32, twin.draft(*twin.people))
    twin.raw(twin.sealed(content, *twin.people))
    assert twin.verify_text() == founded.verify_text()
    motion = twin.motion_file("ada", twin.replaced(DUES, MORE))
    founded.next_day()
    with refused("a statement made for the lineage"):
        founded.enter((motion, [founded.keys["ada"]]))


def test_approval_replayed_after_a_to_b_to_a(founded: Village) -> None:
    """A to B by a motion, back to A by another: the first motion, adopted as it was, does not make B again."""
    founded.decide("ada", founded.replaced(DUES, MORE), "ada", "bora", "carla")
    founded.decide("ada", founded.replaced(MORE, DUES), "ada", "bora", "carla")
    assert founded.refused() == ""
    founded.raw(founded.replaced(DUES, MORE))
    assert "nothing in the record asks for" in founded.refused()


def test_approval_kept_back_from_a_to_b_to_a(founded: Village, refused: Any) -> None:
    """An adopted motion is not carried out until others have changed the clause and changed it back."""
    kept = founded.move("ada", founded.replaced(DUES, MORE), "Kept")
    founded.vote(kept, "ada", "bora", "carla")
    assert founded.close(kept) == "adopted"
    founded.decide("ada", founded.replaced(DUES, "Dues: EUR 25"), "ada", "bora", "carla")
    founded.decide("ada", founded.replaced("Dues: EUR 25", DUES), "ada", "bora", "carla")
    with refused("stale"):
        founded.adopt(kept)
    founded.raw(founded.replaced(DUES, MORE))
    assert "a stale motion carried out" in founded.refused()


def test_a_rule_changed_and_changed_back_for_an_approval_kept_back(founded: Village) -> None:
    """The same with the rule under which the motion was adopted."""
    kept = founded.move("ada", founded.replaced(DUES, MORE), "Kept")
    founded.vote(kept, "ada", "bora", "carla")
    assert founded.close(kept) == "adopted"
    majority = "[](#dues) may be amended by a majority"
    founded.decide("ada", founded.replaced(majority, "[](#dues) may be amended by three-quarters"), *founded.people)
    founded.decide("ada", founded.replaced("[](#dues) may be amended by three-quarters", majority), *founded.people)
    founded.raw(founded.replaced(DUES, MORE))
    assert "a stale motion carried out" in founded.refused()


def test_a_stale_motion_stands_in_nobodys_way(founded: Village) -> None:
    """A motion kept back until it is stale does not stop the others, nor the same one moved again."""
    kept = founded.move("ada", founded.replaced(DUES, MORE), "Kept")
    founded.vote(kept, "ada", "bora", "carla")
    assert founded.close(kept) == "adopted"
    founded.decide("ada", founded.replaced(DUES, "Dues: EUR 25"), "ada", "bora", "carla")
    founded.decide("ada", founded.replaced("Dues: EUR 25", DUES), "ada", "bora", "carla")
    founded.decide("ada", founded.replaced(DUES, MORE), "ada", "bora", "carla")
    assert founded.refused() == ""


def test_a_statement_entered_a_second_time(founded: Village) -> None:
    """A ballot is brought once more, in the folder of its kind and not of its month."""
    motion = founded.move("ada", founded.replaced(DUES, MORE))
    ballot = founded.ballot_file(motion, "bora")
    founded.enter((ballot, [founded.keys["bora"]]))
    month = founded.day.isoformat()[:7] + "/"
    founded.raw({path.replace(month, ""): content for path, content in founded.sealed(ballot, "bora").items()})
    assert "a statement that is in the record already" in founded.refused()


# -- what was voted on -------------------------------------------------------------------------------------------------


def test_text_edited_after_the_vote(founded: Village) -> None:
    motion = founded.move("ada", founded.replaced(DUES, MORE), "Dues")
    founded.vote(motion, "ada", "bora", "carla")
    assert founded.close(motion) == "adopted"
    founded.raw(founded.replaced(DUES, "Dues: EUR 300"))
    assert "is not the one adopted as “Dues”" in founded.refused()


def test_more_text_changed_than_was_voted_on(founded: Village) -> None:
    motion = founded.move("ada", founded.replaced(DUES, MORE), "Dues")
    founded.vote(motion, "ada", "bora", "carla")
    assert founded.close(motion) == "adopted"
    founded.raw(
        {"bylaws.md": founded.text().replace(DUES, MORE).replace("two-thirds", "one-third").encode()},
    )
    assert "is not the one adopted as “Dues”" in founded.refused()


def test_a_motion_edited_after_the_vote(founded: Village) -> None:
    """The words of the motion are changed, under its old name and its old signature."""
    founded.move("ada", founded.replaced(DUES, MORE))
    path = next(path for path in founded.tree() if path.startswith("record/motion") and path.endswith(".md"))
    founded.raw({path: founded.tree()[path].replace(b"EUR 30", b"EUR 90")})
    assert "a statement changed" in founded.refused()


def test_quorum_lowered_to_revive_a_rejected_motion(village: Any) -> None:
    """A motion falls for want of a quorum; the quorum is lowered; the motion is closed again, and carried out."""
    club = village(bylaws=_with_quorum())
    club.found()
    motion = club.move("ada", club.replaced(DUES, MORE))
    club.vote(motion, "ada", "bora")
    club.vote(motion, no=["carla"])
    again = club.move("ada", club.replaced(DUES, MORE), nonce="e" * 32)
    club.vote(again, "ada", "bora")
    assert club.close(again) == "no-quorum"
    club.decide("ada", club.replaced("Quorum is half", "Quorum is one-tenth"), "ada", "bora", "carla", "dov", "edda")
    club.next_day()
    club.raw(forced(club, again, "adopted"))
    assert "a motion that was closed" in club.refused()
    assert "no-quorum" in club.refused()


def test_quorum_lowered_while_a_motion_waits(village: Any) -> None:
    """A vote is counted by the rules under which it was opened, whatever they have become since."""
    club = village(bylaws=_with_quorum())
    club.found()
    motion = club.move("ada", club.replaced(DUES, MORE))
    club.vote(motion, "ada", "bora")
    club.decide("ada", club.replaced("Quorum is half", "Quorum is one-tenth"), "ada", "bora", "carla", "dov", "edda")
    club.next_day()
    club.raw(forced(club, motion, "adopted"))
    assert "no-quorum, which is what the ballots in the record come to" in club.refused()


def _with_quorum() -> str:
    from village import BYLAWS

    start, _, _ = BYLAWS.partition("These Bylaws may be amended")
    return f"{start}{QUORUM} The Chair may close a vote.\n"


# -- ballots at the wrong time -----------------------------------------------------------------------------------------


def test_ballot_after_close(founded: Village) -> None:
    motion = founded.move("ada", founded.replaced(DUES, MORE))
    founded.vote(motion, no=["ada", "bora", "carla"])
    assert founded.close(motion) == "rejected"
    for name in ("dov", "edda"):
        founded.enter((founded.ballot_file(motion, name), [founded.keys[name]]))
    for name in ("ada", "bora", "carla"):
        founded.enter((founded.ballot_file(motion, name), [founded.keys[name]]))
    assert why_not(founded, motion)["dov"] == "it entered after the close"
    assert founded.verify().ledger.motions[motion].outcome is Outcome.REJECTED
    founded.raw(founded.replaced(DUES, MORE))
    assert "nothing in the record asks for" in founded.refused()


def test_a_second_close_after_late_ballots(founded: Village) -> None:
    motion = founded.move("ada", founded.replaced(DUES, MORE))
    founded.vote(motion, no=["ada", "bora", "carla"])
    assert founded.close(motion) == "rejected"
    founded.vote(motion, "dov", "edda", "bora")
    founded.next_day()
    founded.raw(forced(founded, motion, "adopted"))
    assert "a motion that was closed" in founded.refused()


def test_ballot_before_motion(founded: Village) -> None:
    """Ballots are gathered before anybody could see the motion and speak against it."""
    founded.next_day()
    content = founded.motion_file("ada", founded.replaced(DUES, MORE))
    motion = parse(content, path_of(content)).digest
    for name in ("ada", "bora", "carla"):
        ballot = founded.stated("ballot", Ballot(motion, Choice.YES), name)
        founded.enter((ballot, [founded.keys[name]]))
    founded.enter((content, [founded.keys["ada"]]))
    assert why_not(founded, motion) == dict.fromkeys(("ada", "bora", "carla"), "it entered before the motion")
    founded.next_day()
    founded.raw(forced(founded, motion, "adopted"))
    assert "a close by ada" in founded.refused()


def test_a_close_before_the_others_have_voted(founded: Village) -> None:
    motion = founded.move("ada", founded.replaced(DUES, MORE))
    founded.vote(motion, no=["ada", "bora"])
    founded.next_day()
    founded.raw(forced(founded, motion, "rejected"))
    assert "no missing ballot can change the outcome" in founded.refused()


def test_a_close_that_says_what_was_not_voted(founded: Village) -> None:
    motion = founded.move("ada", founded.replaced(DUES, MORE))
    founded.vote(motion, no=["ada", "bora", "carla"])
    founded.next_day()
    founded.raw(forced(founded, motion, "adopted"))
    assert "rejected, which is what the ballots in the record come to" in founded.refused()


# -- statements with a wrong date --------------------------------------------------------------------------------------


def test_back_dated_statement(founded: Village, refused: Any) -> None:
    """A statement is dated before the transition that it rests on."""
    founded.day += timedelta(days=30)
    founded.fact("ada", "Bora paid EUR 20.")
    with refused("that rests on a transition of"):
        founded.enter(
            (
                founded.stated("motion", Motion("0" * 32, "Late"), "ada", day=founded.day - timedelta(days=9)),
                [founded.keys["ada"]],
            )
        )


def test_back_dated_ballot(founded: Village) -> None:
    """A ballot that rests on an old transition, dated before the motion was moved."""
    early = founded.verify().ledger.head
    founded.day += timedelta(days=30)
    motion = founded.move("ada", founded.replaced(DUES, MORE))
    ballot = founded.ballot_file(motion, "bora", day=founded.day - timedelta(days=20))
    head = founded.verify().ledger.head
    founded.enter((ballot.replace(head.encode(), early.encode()), [founded.keys["bora"]]))
    assert "before the motion was moved" in why_not(founded, motion)["bora"]


def test_a_statement_dated_after_its_commit(founded: Village) -> None:
    content = founded.motion_file("ada", founded.replaced(DUES, MORE), day=founded.day + timedelta(days=40))
    founded.raw(founded.sealed(content, "ada"))
    assert "statements no later than the commit that brings them" in founded.refused()


def test_a_commit_dated_before_those_that_it_follows(founded: Village) -> None:
    """The clock of the chain never goes back, so that a commit with an old date does not open what is over."""
    motion = founded.move("ada", founded.replaced(DUES, MORE), expires=founded.day + timedelta(days=5))
    founded.vote(motion, "ada", "bora")
    founded.day += timedelta(days=20)
    founded.fact("ada", "Bora paid EUR 20.")
    ballot = founded.ballot_file(motion, "carla", day=founded.day)
    founded.raw(founded.sealed(ballot, "carla"), day=founded.day - timedelta(days=19))
    assert founded.refused() == ""
    assert founded.verify().ledger.day == founded.day
    assert "after the motion lapsed" in why_not(founded, motion)["carla"]


def test_a_commit_dated_in_the_future(founded: Village) -> None:
    """Nobody runs the clock of the chain forward, for periods to end and keys to expire."""
    motion = founded.move("ada", founded.replaced(DUES, MORE))
    today = founded.day
    ballot = founded.ballot_file(motion, "ada")
    founded.raw(founded.sealed(ballot, "ada"), day=today + timedelta(days=400))
    assert "a commit dated" in founded.refused(today=today)


# -- twice -------------------------------------------------------------------------------------------------------------


def test_equivocation(founded: Village) -> None:
    """Two ballots of one member with the same sequence and different votes: both stay as evidence, neither counts."""
    motion = founded.move("ada", founded.replaced(DUES, MORE))
    yes, no = founded.ballot_file(motion, "ada", "yes"), founded.ballot_file(motion, "ada", "no")
    founded.enter((yes, [founded.keys["ada"]]))
    founded.enter((no, [founded.keys["ada"]]))
    founded.vote(motion, "bora", "carla")
    assert dict(count(founded, motion).cast) == {"bora": Choice.YES, "carla": Choice.YES}
    assert why_not(founded, motion) == {"ada": "ada has cast different votes with the same sequence 1"}


def test_an_older_ballot_brought_after_a_newer_one(founded: Village) -> None:
    """A ballot that was replaced is withheld, and brought when the newer one has entered."""
    motion = founded.move("ada", founded.replaced(DUES, MORE))
    old = founded.ballot_file(motion, "ada", "yes")
    new = founded.stated("ballot", Ballot(motion, Choice.NO), "ada", sequence=2)
    founded.enter((new, [founded.keys["ada"]]))
    founded.enter((old, [founded.keys["ada"]]))
    assert dict(count(founded, motion).cast) == {"ada": Choice.NO}


def test_delegate_and_principal_both_counted(village: Any) -> None:
    from village import BYLAWS

    club = village(
        bylaws=BYLAWS.replace("# Amendment {#amendment}\n", "# Amendment {#amendment}\n\nA Member may vote by proxy.\n")
    )
    club.found()
    motion = club.move("ada", club.replaced(DUES, MORE))
    club.enter((club.stated("delegation", Delegation("bora", motion), "ada"), [club.keys["ada"]]))
    club.enter((club.stated("delegation", Delegation("bora", None), "carla"), [club.keys["carla"]]))
    club.vote(motion, "bora", no=["ada"])
    assert dict(count(club, motion).cast) == {"ada": Choice.NO, "bora": Choice.YES, "carla": Choice.YES}
    assert count(club, motion).tally.decided[0].alternatives[0].tests[0].count.yes == 2


def test_a_proxy_where_the_text_knows_none(founded: Village) -> None:
    motion = founded.move("ada", founded.replaced(DUES, MORE))
    founded.enter((founded.stated("delegation", Delegation("bora", motion), "ada"), [founded.keys["ada"]]))
    founded.vote(motion, "bora")
    assert dict(count(founded, motion).cast) == {"bora": Choice.YES}
