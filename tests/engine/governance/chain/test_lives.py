"""What a community may do: each lawful way in which its text, its register and its record change."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from syngraph.engine import enacting
from syngraph.engine.enacting import EnactingError, Enactment
from syngraph.engine.governance.chain.transitions import Unlawful
from syngraph.engine.governance.statements import Delegation, Fact, Kind, Veto, parse

Make = Callable[..., Any]


def kinds(v: Any) -> list[str]:
    return [each.kind.value for each in v.verify().transitions]


def test_an_officer_admits_a_member_who_then_votes(village: Make) -> None:
    v = village()
    v.found()
    v.act("bora", "Secretary", v.admitted("farid"))
    assert kinds(v) == ["Found", "Record", "Register"]
    motion = v.move("ada", v.replaced("EUR 20", "EUR 25"))
    v.vote(motion, "farid", "ada", "bora", "carla")
    assert v.verify().ledger.motions[motion].outcome is None
    assert v.close(motion) == "adopted"


def test_an_officer_does_no_more_than_the_text_says(village: Make) -> None:
    v = village()
    v.found()
    with pytest.raises(Unlawful, match="beyond their power"):
        v.act("ada", "Chair", v.admitted("farid"))
    with pytest.raises(Unlawful, match="beyond their power"):
        v.act("bora", "Secretary", v.replaced("EUR 20", "EUR 2"))
    with pytest.raises(Unlawful, match="dov is not Secretary"):
        v.act("dov", "Secretary", v.admitted("farid"))
    assert kinds(v) == ["Found"]


def test_a_member_is_removed_by_the_others(village: Make) -> None:
    v = village()
    v.found()
    gone = v.text("register.yaml").replace(
        "  - id: edda\n    name: Edda of Millbrook\n    roles: [{role: Member}]",
        f"  - id: edda\n    name: Edda of Millbrook\n    roles: [{{role: Member, until: {date(2026, 1, 7)}}}]",
    )
    motion = v.move("ada", {"register.yaml": gone.encode()}, "Remove Edda")
    v.vote(motion, "ada", "bora", "carla", no=["edda"])
    # three of the four who are counted are three-quarters
    assert v.close(motion) == "adopted"
    v.adopt(motion)
    assert kinds(v)[-1] == "Register"
    later = v.move("ada", v.replaced("EUR 20", "EUR 25"))
    v.vote(later, "ada", "bora", "edda")
    assert {each.principal: each.why for each in v.count(later).not_counted} == {
        "edda": "edda had no vote when the motion was opened"
    }


def test_a_rotated_key_goes_on_voting_in_an_open_motion(village: Make) -> None:
    v = village()
    v.found()
    motion = v.move("ada", v.replaced("EUR 20", "EUR 25"))
    v.rotate("carla")
    v.vote(motion, "ada", "bora", "carla")
    assert v.close(motion) == "adopted"
    assert "Register" in kinds(v)


def test_who_resigns_has_no_vote_any_more(village: Make) -> None:
    v = village()
    v.found()
    v.resign("edda", "Member")
    motion = v.move("ada", v.replaced("EUR 20", "EUR 25"))
    assert sorted(v.verify().moved(v.verify().ledger.motions[motion]).electorate.everybody) == ["ada", "bora", "carla", "dov"]


def test_a_motion_carries_over_an_unrelated_change(village: Make) -> None:
    v = village()
    v.found()
    dues = v.move("ada", v.replaced("EUR 20", "EUR 25"), "Dues")
    hours = v.move("bora", v.replaced("on each Business Day", "on each day"), "Hours")
    v.vote(dues, "ada", "bora", "carla")
    v.vote(hours, "ada", "bora", "carla", "dov")
    assert (v.close(hours), v.close(dues)) == ("adopted", "adopted")
    v.adopt(hours)
    v.adopt(dues)
    assert "EUR 25" in v.text() and "on each day" in v.text()
    assert v.refused() == ""


def test_a_motion_is_stale_once_what_it_touches_has_changed(village: Make) -> None:
    v = village()
    v.found()
    first = v.move("ada", v.replaced("EUR 20", "EUR 25"), "More")
    second = v.move("bora", v.replaced("EUR 20", "EUR 15"), "Less")
    v.vote(first, "ada", "bora", "carla")
    v.vote(second, "ada", "bora", "carla")
    v.close(first)
    v.close(second)
    v.adopt(first)
    with pytest.raises(EnactingError, match="stale"):
        v.adopt(second)


def test_a_late_signature_binds_its_signer(village: Make) -> None:
    v = village()
    v.found("ada", "bora", "carla")
    assert v.verify().ledger.bound == ["ada", "bora", "carla"]
    path = next(path for path in v.tree() if path.startswith("record/founding/") and path.endswith(".md"))
    content = v.tree()[path]
    signature = enacting.sealed(content, [v.keys["dov"]])
    v.enact(lambda _: Enactment({name: each for name, each in signature.items() if name != path}, message="Sign"))
    assert v.verify().ledger.bound == ["ada", "bora", "carla", "dov"]


ORGANISED = """principals:
  - id: guild
    name: The Guild
    kind: organisation
    roles: [{role: Member}]
    signatories: [ada, bora]
    jointly: 2
"""


def test_an_organisation_signs_by_its_signatories(village: Make) -> None:
    v = village()
    v.extra = {"register.yaml": v.register().replace("principals:\n", ORGANISED, 1).encode()}
    v.found(*v.people)
    one = v.draft("guild")
    content = enacting.stated(v.verify(), Kind.FACT, Fact(), one, "On 5 January 2026, The Guild paid EUR 20 to Carla.\n")
    with pytest.raises(Unlawful, match="no signature of 2 signatories of guild"):
        v.enter((content, [v.keys["ada"]]))
    v.enter((content, [v.keys["ada"], v.keys["bora"]]))
    assert [each.signed for each in v.verify().ledger.statements.values() if each.kind is Kind.FACT] == [("guild",)]


MEETING = """
# Meetings {#meetings}

A resolution of a meeting is adopted by a majority of the Members present. The minutes of a meeting are signed by the Chair and
the Secretary.
"""


def test_minutes_carry_a_resolution_of_a_meeting(village: Make) -> None:
    from village import BYLAWS

    v = village(bylaws=BYLAWS + MEETING)
    v.found()
    motion = v.move("ada", {}, "Buy a lamp")
    with pytest.raises(Unlawful, match="no signature of the Secretary"):
        v.minutes(motion, ["ada"], 4, 3, 1, 0)
    v.minutes(motion, ["ada", "bora"], 4, 3, 1, 0)
    assert v.close(motion) == "adopted"
    assert v.verify().transitions[-1].reasons == ("Buy a lamp: adopted (attested)",)


def test_minutes_of_more_votes_than_people_carry_nothing(village: Make) -> None:
    from village import BYLAWS

    v = village(bylaws=BYLAWS + MEETING)
    v.found()
    motion = v.move("ada", {}, "Buy a lamp")
    with pytest.raises(Unlawful, match="4 votes of 3 present"):
        v.minutes(motion, ["ada", "bora"], 3, 3, 1, 0)
    with pytest.raises(Unlawful, match="6 present of 5"):
        v.minutes(motion, ["ada", "bora"], 6, 3, 1, 0)


def test_a_proxy_votes_where_the_text_allows_it(village: Make) -> None:
    from village import BYLAWS

    for allowed, outcome in (("A Member may vote by proxy.", "adopted"), ("", "rejected")):
        v = village(bylaws=BYLAWS.replace("# Dues", f"{allowed}\n\n# Dues", 1))
        v.found()
        motion = v.move("ada", v.replaced("EUR 20", "EUR 25"))
        v.enter((enacting.stated(v.verify(), Kind.DELEGATION, Delegation("ada"), v.draft("dov")), [v.keys["dov"]]))
        v.vote(motion, "ada", "bora", no=["carla", "edda"])
        assert v.count(motion).tally.outcome.value == outcome


def test_a_veto_where_the_text_gives_one(village: Make) -> None:
    from village import BYLAWS

    v = village(bylaws=BYLAWS.replace("# Dues", "The Chair may veto a motion.\n\n# Dues", 1))
    v.found()
    motion = v.move("ada", v.replaced("EUR 20", "EUR 25"))
    v.vote(motion, "bora", "carla", "dov", "edda")
    veto = enacting.stated(v.verify(), Kind.VETO, Veto(motion), v.draft("dov"))
    with pytest.raises(Unlawful, match="a veto of dov"):
        v.enter((veto, [v.keys["dov"]]))
    v.enter((enacting.stated(v.verify(), Kind.VETO, Veto(motion), v.draft("ada")), [v.keys["ada"]]))
    assert v.close(motion) == "rejected"


PERIODS = """
# Voting {#voting}

The discussion period is 3 days; the voting period is 4 days. No vote may be cast during the discussion period. A rejected
proposal may not be made again within two months. The Secretary shall close each vote.
"""


def test_the_periods_of_a_vote_are_kept(village: Make) -> None:
    from village import BYLAWS

    v = village(bylaws=BYLAWS + PERIODS)
    v.found()
    motion = v.move("ada", v.replaced("EUR 20", "EUR 25"))
    opened = v.day
    v.vote(motion, "ada")
    assert "before the vote began" in v.count(motion).not_counted[0].why
    v.day = opened + timedelta(days=4)
    v.vote(motion, "ada", "bora", "carla")
    with pytest.raises(Unlawful, match="the vote runs until"):
        v.close(motion, "bora")
    v.day = opened + timedelta(days=8)
    with pytest.raises(Unlawful, match="one by the Secretary"):
        v.close(motion, "ada")
    assert v.close(motion, "bora") == "adopted"


def test_a_rejected_motion_rests(village: Make) -> None:
    from village import BYLAWS

    v = village(bylaws=BYLAWS + PERIODS)
    v.found()
    motion = v.move("ada", v.replaced("EUR 20", "EUR 25"))
    v.day += timedelta(days=8)
    assert v.close(motion, "bora") == "rejected"
    with pytest.raises(Unlawful, match="a motion that was rejected"):
        v.move("bora", v.replaced("EUR 20", "EUR 25"), "The same again")
    v.day += timedelta(days=62)
    v.move("bora", v.replaced("EUR 20", "EUR 25"), "The same again")


def test_a_motion_lapses(village: Make) -> None:
    v = village()
    v.found()
    motion = v.move("ada", v.replaced("EUR 20", "EUR 25"), expires=date(2026, 1, 10))
    v.vote(motion, "ada")
    v.day = date(2026, 1, 12)
    assert v.close(motion) == "lapsed"
    with pytest.raises(EnactingError, match="lapsed"):
        v.adopt(motion)


def test_without_a_rule_every_party_must_agree(village: Make) -> None:
    from village import BYLAWS

    v = village(bylaws=BYLAWS[: BYLAWS.index("# Amendment")])
    v.found()
    motion = v.move("ada", v.replaced("EUR 20", "EUR 25"))
    v.vote(motion, "ada", "bora", "carla", "dov")
    assert v.count(motion).tally.outcome.value == "rejected"
    v.vote(motion, "edda")
    assert v.close(motion) == "adopted"


def test_statements_of_one_squashed_commit_enter_in_their_order(village: Make) -> None:
    v = village()
    v.found()
    v.next_day()
    content = v.motion_file("ada", v.replaced("EUR 20", "EUR 25"))
    digest = parse(content, "the motion").digest
    files = dict(enacting.sealed(content, [v.keys["ada"]]))
    from syngraph.engine.governance.statements import Ballot, Choice, Close, Outcome

    chain = v.verify()
    for who in ("ada", "bora", "carla"):
        ballot = enacting.stated(chain, Kind.BALLOT, Ballot(digest, Choice.YES), v.draft(who))
        files |= enacting.sealed(ballot, [v.keys[who]])
    close = enacting.stated(chain, Kind.CLOSE, Close(digest, Outcome.ADOPTED), v.draft("dov"))
    files |= enacting.sealed(close, [v.keys["dov"]])
    v.raw({**files, **v.replaced("EUR 20", "EUR 25")})
    assert v.refused() == ""
    assert kinds(v) == ["Found", "Record", "Adopt"]


def test_an_agreement_in_a_folder_of_a_repository(village: Make) -> None:
    from syngraph.engine.verify import verify

    v = village()
    v.found()
    inner = village()
    inner.raw({f"clubs/reading/{path}": content for path, content in v.tree().items()})
    # the same files in a folder, without their history, are founded by that one commit
    assert verify(inner.path / "clubs" / "reading", branch="main").ledger.lineage == v.verify().ledger.lineage
