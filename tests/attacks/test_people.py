"""Attacks on who may vote: those who may not any more, or not yet, or not twice."""

from datetime import timedelta
from typing import Any

from syngraph.engine import enacting
from syngraph.engine.governance.statements import Ballot, Choice, Close, Outcome, Rotation, parse, path_of

Village = Any
DUES, MORE = "Dues: EUR 20", "Dues: EUR 30"
JOINTLY = "    kind: organisation\n    signatories: [ada, bora]\n    jointly: 2"


def count(village: Village, motion: str) -> Any:
    verification = village.verify()
    return enacting.counted(verification, verification.ledger.motions[motion])


def entry(who: str, key: Any, since: Any = None) -> str:
    first = f", since: {since}" if since else ""
    return (
        f"  - id: {who}\n    name: {who.title()} of Millbrook\n    roles: [{{role: Member{first}}}]\n"
        f"    keys: [{key.public.line()}]\n"
    )


def registered(village: Village, more: str) -> dict[str, bytes]:
    return {"register.yaml": (village.text("register.yaml") + more).encode()}


def ended(village: Village, who: str, day: Any) -> dict[str, bytes]:
    """The register with somebody's membership ended."""
    name = f"    name: {who.title()} of Millbrook\n"
    return village.replaced(
        f"{name}    roles: [{{role: Member}}", f"{name}    roles: [{{role: Member, until: {day}}}", "register.yaml"
    )


def key_ended(village: Village, who: str, day: Any) -> dict[str, bytes]:
    """The register with somebody's key ended and another in its place; the new one is theirs from now on."""
    old, new = village.keys[who].public.line(), village.key()
    village.keys[who] = new
    both = f"keys:\n      - {{key: {old}, until: {day}}}\n      - {{key: {new.public.line()}, since: {day}}}"
    return village.replaced(f"keys: [{old}]", both, "register.yaml")


# -- who votes ---------------------------------------------------------------------------------------------------------


def test_removed_member_votes(founded: Village) -> None:
    day = founded.day + timedelta(days=1)
    founded.decide("ada", ended(founded, "edda", day), "ada", "bora", "carla")
    founded.day += timedelta(days=3)
    motion = founded.move("ada", founded.replaced(DUES, MORE))
    founded.vote(motion, "ada", "edda")
    assert dict(count(founded, motion).cast) == {"ada": Choice.YES}
    assert [each.why for each in count(founded, motion).not_counted] == ["edda had no vote when the motion was opened"]


def test_a_member_who_is_struck_off_votes(founded: Village) -> None:
    """The whole entry is gone, and with it the key."""
    left = entry("edda", founded.keys["edda"])
    founded.decide("ada", founded.replaced(left, "", "register.yaml"), "ada", "bora", "carla")
    motion = founded.move("ada", founded.replaced(DUES, MORE))
    founded.raw(founded.sealed(founded.stated("ballot", Ballot(motion, Choice.YES), "edda"), "edda"))
    assert "the signature of a key that is nobody's" in founded.refused()


def test_the_member_proposed_for_removal_votes(founded: Village) -> None:
    motion = founded.move("ada", ended(founded, "edda", founded.day))
    founded.vote(motion, "ada", "bora", "carla", no=["edda"])
    assert "edda" not in count(founded, motion).cast
    assert [each.principal for each in count(founded, motion).not_counted] == ["edda"]


def test_a_member_admitted_after_the_motion_votes_on_it(founded: Village) -> None:
    """Who is to vote is settled when the motion enters: nobody is admitted to tip the balance."""
    motion = founded.move("carla", founded.replaced(DUES, MORE))
    founded.keys["fred"] = founded.key()
    founded.act("bora", "Secretary", registered(founded, entry("fred", founded.keys["fred"], founded.day + timedelta(days=1))))
    founded.vote(motion, "fred")
    assert dict(count(founded, motion).cast) == {}
    assert [each.why for each in count(founded, motion).not_counted] == ["fred had no vote when the motion was opened"]


def test_roster_change_and_vote_that_needs_it_in_one_change(founded: Village) -> None:
    """One commit admits a member and brings that member's ballot."""
    motion = founded.move("ada", founded.replaced(DUES, MORE))
    founded.next_day()
    founded.keys["fred"] = founded.key()
    files = registered(founded, entry("fred", founded.keys["fred"], founded.day))
    verification = founded.verify()
    changes = enacting.proposed(verification, _changed(founded, files), sorted(files))
    act = enacting.act(verification, changes, "", founded.draft("bora", capacity="Secretary"))
    ballot = founded.stated("ballot", Ballot(motion, Choice.YES), "fred")
    founded.raw({**founded.sealed(act, "bora"), **founded.sealed(ballot, "fred"), **files})
    assert "the signature of a key that is nobody's" in founded.refused()


def test_roster_change_and_adoption_that_needs_it_in_one_change(founded: Village) -> None:
    """One motion makes its supporters members and changes the text as only more members could."""
    founded.keys["fred"] = founded.key()
    files = {**registered(founded, entry("fred", founded.keys["fred"])), **founded.replaced("two-thirds", "one-third")}
    motion = founded.move("ada", files)
    founded.raw(founded.sealed(founded.stated("ballot", Ballot(motion, Choice.YES), "ada"), "ada"))
    founded.vote(motion, "bora", "carla")
    assert "fred" not in founded.verify().moved(founded.verify().ledger.motions[motion]).electorate
    founded.next_day()
    founded.raw(founded.sealed(founded.stated("close", Close(motion, Outcome.ADOPTED), "ada"), "ada"))
    assert "no missing ballot can change the outcome" in founded.refused()


def _changed(village: Village, files: dict[str, bytes]) -> Any:
    from syngraph.engine.text.store import overlay

    return overlay(village.verify().standing.tree, files)


# -- keys --------------------------------------------------------------------------------------------------------------


def test_rotated_key(founded: Village) -> None:
    """Whoever has the old key still signs with it, and dates the ballot to before the rotation."""
    motion = founded.move("ada", founded.replaced(DUES, MORE))
    before = founded.day
    old = founded.rotate("edda")
    ballot = founded.ballot_file(motion, "edda", day=before)
    founded.raw(
        enacting.sealed(
            ballot.replace(founded.verify().ledger.head.encode(), founded.verify().ledger.motions[motion].base.encode()), [old]
        )
    )
    assert "with a key that was not in force" in founded.refused()


def test_expired_key(village: Any) -> None:
    """A key that ends by the register signs nothing later, with whatever date."""
    club = village()
    last = club.day + timedelta(days=5)
    plain = f"keys: [{club.keys['edda'].public.line()}]"
    club.extra = {
        "register.yaml": club.register()
        .replace(plain, f"keys: [{{key: {club.keys['edda'].public.line()}, until: {last}}}]")
        .encode()
    }
    club.found()
    motion = club.move("ada", club.replaced(DUES, MORE))
    opened = club.day
    club.day = last + timedelta(days=3)
    club.fact("ada", "Bora paid EUR 20.")
    ballot = club.stated("ballot", Ballot(motion, Choice.YES), "edda", day=opened)
    base = club.verify().ledger.motions[motion].base
    club.raw(club.sealed(ballot.replace(club.verify().ledger.head.encode(), base.encode()), "edda"))
    assert "with a key that was not in force" in club.refused()


def test_a_rotation_kept_back_until_the_key_was_replaced(founded: Village) -> None:
    """A thief states a rotation to a key of their own. The others replace the stolen key; then the rotation is carried out."""
    stolen, theirs = founded.keys["edda"], founded.key()
    founded.next_day()
    content = founded.stated("rotation", Rotation(stolen.public.name, " ".join(theirs.public.line().split()[:2])), "edda")
    founded.raw(enacting.sealed(content, [stolen, theirs]))
    founded.decide("ada", key_ended(founded, "edda", founded.day), *founded.people[:4])
    assert founded.refused() == ""
    founded.next_day()
    verification = founded.verify()
    taken = founded.text("register.yaml").rstrip("\n") + "\n"
    day = parse(content, path_of(content)).date
    line = " ".join(theirs.public.line().split()[:2])
    at = taken.index(f"since: {verification.standing.register.principal('edda').keys[-1].since}}}")
    end = taken.index("\n", at)
    old_until = f"until: {verification.standing.register.principal('edda').keys[0].until}"
    forged = (taken[:end] + f"\n      - {{key: {line}, since: {day}}}" + taken[end:]).replace(
        old_until, f"until: {day - timedelta(days=1)}"
    )
    founded.raw({"register.yaml": forged.encode()})
    assert "a change of register.yaml that nothing in the record asks for" in founded.refused()


def test_a_rotation_that_the_new_key_has_not_signed(founded: Village) -> None:
    """Somebody else's key is claimed as one's own: its holder did not sign."""
    founded.next_day()
    content = founded.stated(
        "rotation", Rotation(founded.keys["edda"].public.name, " ".join(founded.key().public.line().split()[:2])), "edda"
    )
    founded.raw(founded.sealed(content, "edda"))
    assert "that the new key has not signed" in founded.refused()


def test_a_key_given_to_oneself_without_a_rotation(founded: Village) -> None:
    founded.raw(key_ended(founded, "edda", founded.day))
    assert "a change of register.yaml that nothing in the record asks for" in founded.refused()


def test_a_new_key_votes_beside_the_old_one(founded: Village) -> None:
    """A key that somebody was given after the motion opened, not by rotation of one they had."""
    motion = founded.move("carla", founded.replaced(DUES, MORE))
    founded.decide("ada", key_ended(founded, "edda", founded.day), *founded.people[:4])
    founded.day += timedelta(days=2)
    founded.vote(motion, "edda")
    assert ["signed with a key that edda did not have" in each.why for each in count(founded, motion).not_counted] == [True]


def test_one_key_for_two_members(founded: Village, refused: Any) -> None:
    """A member has a friend entered with the same key, so as to vote for both."""
    with refused("the key of ada", "a second time, under fred", "a key of its own for each principal"):
        founded.move("ada", registered(founded, entry("fred", founded.keys["ada"])))


def test_a_rotation_to_the_key_of_another_member(founded: Village, refused: Any) -> None:
    with refused("the key of ada", "a second time, under edda"):
        founded.rotate("edda", founded.keys["ada"])


# -- once --------------------------------------------------------------------------------------------------------------


def test_one_member_twice_by_two_ballots(founded: Village) -> None:
    motion = founded.move("ada", founded.replaced(DUES, MORE))
    founded.vote(motion, "ada")
    founded.vote(motion, "ada")
    assert count(founded, motion).tally.decided[0].alternatives[0].tests[0].count.yes == 1
    assert [each.why for each in count(founded, motion).not_counted] == ["replaced by the ballot with sequence 2"]


def test_one_member_twice_by_two_keys(village: Any) -> None:
    club = village()
    spare = club.key()
    line = club.keys["ada"].public.line()
    club.extra = {"register.yaml": club.register().replace(line, f"{line}, {spare.public.line()}").encode()}
    club.found()
    motion = club.move("ada", club.replaced(DUES, MORE))
    club.enter((club.ballot_file(motion, "ada"), [club.keys["ada"]]))
    club.enter((club.ballot_file(motion, "ada"), [spare]))
    assert count(club, motion).tally.decided[0].alternatives[0].tests[0].count.yes == 1


def test_one_member_twice_by_two_roles(village: Any) -> None:
    """Somebody is a Member twice over in the register: since two days, or with an office."""
    from village import BYLAWS

    club = village(
        bylaws=BYLAWS.replace(
            "[](#dues) may be amended by a majority of all Members", "[](#dues) may be amended by a majority of the votes cast"
        )
    )
    club.extra = {
        "register.yaml": club.register()
        .replace(
            "roles: [{role: Member}, {role: Chair}]",
            "roles: [{role: Member}, {role: Member, since: 2025-01-01}, {role: Chair}]",
        )
        .encode()
    }
    club.found()
    motion = club.move("ada", club.replaced(DUES, MORE))
    club.vote(motion, "ada")
    votes = count(club, motion).tally.decided[0].alternatives[0].tests[0].count
    assert (votes.electorate, votes.yes) == (5, 1)


def test_one_member_twice_by_two_entries(founded: Village, refused: Any) -> None:
    with refused("the id ada a second time"):
        founded.move("ada", registered(founded, entry("ada", founded.key())))


def test_the_ballot_of_an_organisation_counts(village: Any) -> None:
    """So that the next one is refused for what it does."""
    club = village(people=("ada", "bora", "mill"), more={"mill": JOINTLY})
    club.found()
    motion = club.move("ada", club.replaced(DUES, MORE))
    club.enter((club.ballot_file(motion, "mill"), [club.keys["ada"], club.keys["bora"]]))
    assert dict(count(club, motion).cast) == {"mill": Choice.YES}


def test_one_signatory_twice_for_an_organisation(village: Any, refused: Any) -> None:
    """Two must sign together for an organisation, and one of them signs with two keys."""
    club = village(people=("ada", "bora", "mill"), more={"mill": JOINTLY})
    spare = club.key()
    line = club.keys["ada"].public.line()
    club.extra = {"register.yaml": club.register().replace(line, f"{line}, {spare.public.line()}").encode()}
    club.found()
    motion = club.move("ada", club.replaced(DUES, MORE))
    ballot = club.ballot_file(motion, "mill")
    with refused("no signature of 2 signatories of mill"):
        club.enter((ballot, [club.keys["ada"], spare]))


def test_a_ballot_in_the_name_of_another(founded: Village, refused: Any) -> None:
    motion = founded.move("ada", founded.replaced(DUES, MORE))
    with refused("a signature of ada under a statement of bora"):
        founded.enter((founded.ballot_file(motion, "bora"), [founded.keys["ada"]]))


def test_a_ballot_of_two(founded: Village, refused: Any) -> None:
    motion = founded.move("ada", founded.replaced(DUES, MORE))
    ballot = founded.stated("ballot", Ballot(motion, Choice.YES), "ada", "bora")
    with refused("a ballot of 2 principals"):
        founded.enter((ballot, [founded.keys["ada"], founded.keys["bora"]]))


# -- officers ----------------------------------------------------------------------------------------------------------


def test_an_act_kept_back_until_the_power_is_gone(founded: Village) -> None:
    """An officer admits somebody, and does so only when the text no longer lets the officer."""
    founded.next_day()
    files = registered(founded, entry("fred", founded.key(), founded.day))
    verification = founded.verify()
    changes = enacting.proposed(verification, _changed(founded, files), sorted(files))
    founded.raw(founded.sealed(enacting.act(verification, changes, "", founded.draft("bora", capacity="Secretary")), "bora"))
    founded.decide("ada", founded.replaced("The Secretary may admit a person as a Member. ", ""), *founded.people)
    assert founded.refused() == ""
    founded.raw(files)
    assert "a change of register.yaml that nothing in the record asks for" in founded.refused()


def test_an_office_that_one_does_not_hold(founded: Village, refused: Any) -> None:
    with refused("carla is not Secretary"):
        founded.act("carla", "Secretary", registered(founded, entry("fred", founded.key())))


def test_an_officer_beyond_the_power(founded: Village, refused: Any) -> None:
    """The Secretary may admit Members; that is no power to remove them."""
    with refused("the text does not let the Secretary remove"):
        founded.act("bora", "Secretary", ended(founded, "edda", founded.day))
