"""What a place in the chain decides, whatever a date or a name claims; and what a repository may not be made to show."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from syngraph.engine import enacting
from syngraph.engine.enacting import EnactingError, Enactment
from syngraph.engine.governance.chain.transitions import Unlawful
from syngraph.engine.governance.statements import Delegation, Fact, Kind, parse, write

Make = Callable[..., Any]


CLAIM = b"---\nkind: fact\nprincipal: dov\ndate: 2026-01-02\n---\nOn 2 January 2026, Dov of Millbrook paid EUR 20 to Carla.\n"


def test_a_founding_covers_what_the_record_held_before(village: Make) -> None:
    v = village(extra={"record/fact/2026-01-02-dov-pays.md": CLAIM})
    v.found()
    assert v.refused() == ""
    forged = village(extra={"record/fact/2026-01-02-dov-pays.md": CLAIM.replace(b"EUR 20", b"EUR 90")}, keys=v.keys)
    forged.raw(forged.files())
    founding = {path: content for path, content in v.tree().items() if path.startswith("record/founding/")}
    forged.raw(founding)
    assert "a founding of another record" in forged.refused()


def test_minutes_of_an_earlier_adoption_bind_everybody(village: Make) -> None:
    from hashlib import sha256

    papers = b"Minutes of the assembly of 3 January 2026, at which these Bylaws were adopted.\n"
    v = village(extra={"record/minutes/assembly.md": papers}, minutes_of=sha256(papers).hexdigest())
    v.found("ada", "bora")
    assert v.verify().ledger.bound == list(v.people)
    other = village(minutes_of="0" * 64)
    other.found("ada")
    assert "minutes that are not there" in other.refused()


def test_an_agreement_stays_in_its_folder(village: Make) -> None:
    v = village()
    v.found()
    v.raw({f"elsewhere/{path}": content for path, content in v.tree().items()} | dict.fromkeys(v.tree()))
    from syngraph.engine.verify import verify

    moved = verify(v.path / "elsewhere", branch="main")
    assert "an agreement that stood in the top folder before" in moved.violations[0].reason


def test_agreements_are_not_nested(village: Make) -> None:
    v = village()
    v.found()
    v.raw({"notes/club/syngraph.yaml": b"syngraph: 1\nroot: a.md\n"})
    assert "an agreement inside an agreement" in v.refused()


def test_the_branch_is_the_one_that_the_text_names(village: Make) -> None:
    v = village()
    v.found()
    v.repository.branches.create("gov", v.repository[v.head])
    v.raw(v.replaced("branch: main", "branch: gov", "syngraph.yaml"))
    from syngraph.engine.verify import verify

    misled = verify(v.path)
    assert misled.branch == "gov"
    assert "the branch gov, whose own manifest names the branch main" in misled.violations[0].reason


def test_replaced_objects_are_told(village: Make) -> None:
    v = village()
    v.found()
    other = v.raw(v.replaced("EUR 20", "EUR 2"), branch="draft")
    v.repository.references.create(f"refs/replace/{v.head}", other)
    assert "objects that git shows others for" in v.refused()


def test_a_damaged_copy_is_nobody_s_change(village: Make) -> None:
    from syngraph.engine.text.store import DamagedError

    v = village()
    v.found()
    blob = v.repository[v.head].tree["bylaws.md"].id
    (v.path / "objects" / str(blob)[:2] / str(blob)[2:]).unlink()
    with pytest.raises(DamagedError, match="not there"):
        v.refused()


def test_a_motion_changes_governed_files_only(village: Make) -> None:
    v = village()
    v.found()
    with pytest.raises(Unlawful, match="not governed"):
        v.move("ada", {"notes/a.md": b"# A note\n", **v.replaced("EUR 20", "EUR 25")})
    with pytest.raises(Unlawful, match="not governed"):
        v.move("ada", {"record/fact/x.md": b"A fact.\n"})


def test_a_compromised_key_signs_nothing_new(village: Make) -> None:
    v = village()
    v.found()
    old = v.keys["bora"]
    v.keys["bora"] = v.key()
    line = old.public.line()
    both = f"keys: [{{key: {line}, compromised: 2026-01-06}}, {v.keys['bora'].public.line()}]"
    v.decide("ada", v.replaced(f"keys: [{line}]", both, "register.yaml"), "ada", "carla", "dov", "edda")
    base = v.verify().transitions[0]
    now = enacting.stated(v.verify(), Kind.FACT, Fact(), v.draft("bora"), "On 5 January 2026, Ada called.\n")
    late = write(replace(parse(now, "the fact"), base=base.id, date=base.day))
    with pytest.raises(Unlawful, match="compromised since 2026-01-06"):
        v.enter((late, [old]))


def test_an_office_is_held_where_a_statement_enters(village: Make) -> None:
    v = village()
    v.found()
    files = v.admitted("mole")
    v.resign("bora", "Secretary")
    v.day += timedelta(days=100)
    with pytest.raises(Unlawful, match="bora is not Secretary"):
        chain = v.verify()
        from syngraph.engine.text.store import overlay

        assert chain.standing is not None
        changes = enacting.proposed(chain, overlay(chain.standing.tree, files), ["register.yaml"])
        act = enacting.act(chain, changes, "", v.draft("bora", day=date(2026, 1, 6), capacity="Secretary"))
        v.enter((act, [v.keys["bora"]]))


def test_a_close_does_not_unlapse_a_motion(village: Make) -> None:
    from syngraph.engine.governance.statements import Close, Outcome

    v = village()
    v.found()
    motion = v.move("ada", v.replaced("EUR 20", "EUR 25"), expires=date(2026, 1, 10))
    v.vote(motion, "ada", "bora", "carla")
    v.day = date(2026, 3, 1)
    close = enacting.stated(v.verify(), Kind.CLOSE, Close(motion, Outcome.ADOPTED), v.draft("ada", day=date(2026, 1, 9)))
    with pytest.raises(Unlawful, match="lapsed"):
        v.enter((close, [v.keys["ada"]]))


def test_new_words_are_stale_when_they_would_mean_something_else(village: Make) -> None:
    from village import BYLAWS

    v = village(bylaws=BYLAWS.replace("  Dues: EUR 20", "  Dues: EUR 20\n  Fine: EUR 1"))
    v.found()
    fines = v.move(
        "ada", v.replaced("Business Day.\n", "Business Day. Each Member shall pay a fine of {Fine} to the Treasurer.\n")
    )
    more = v.move("bora", v.replaced("Fine: EUR 1", "Fine: EUR 1000"))
    v.vote(fines, "ada", "bora", "carla", "dov")
    v.vote(more, "ada", "bora", "carla", "dov")
    assert (v.close(fines), v.close(more)) == ("adopted", "adopted")
    v.adopt(more)
    with pytest.raises(EnactingError, match="stale"):
        v.adopt(fines)


def test_a_vacant_office_does_not_keep_a_vote_open(village: Make) -> None:
    from village import BYLAWS

    v = village(bylaws=BYLAWS.replace("# Dues", "The Warden shall close each vote.\n\n# Dues", 1))
    v.found()
    motion = v.move("ada", v.replaced("EUR 20", "EUR 25"))
    v.vote(motion, *v.people)
    assert v.close(motion, "dov") == "adopted"


def test_no_office_is_claimed(village: Make) -> None:
    v = village()
    v.found()
    content = enacting.stated(
        v.verify(), Kind.FACT, Fact(), v.draft("dov", capacity="Secretary"), "On 5 January 2026, Ada called.\n"
    )
    with pytest.raises(Unlawful, match="dov is not Secretary"):
        v.enter((content, [v.keys["dov"]]))


def test_two_delegations_of_one_sequence_are_none(village: Make) -> None:
    from village import BYLAWS

    v = village(bylaws=BYLAWS.replace("# Dues", "A Member may vote by proxy.\n\n# Dues", 1))
    v.found()
    motion = v.move("ada", v.replaced("EUR 20", "EUR 25"))
    for to in ("ada", "carla"):
        v.enter((enacting.stated(v.verify(), Kind.DELEGATION, Delegation(to), v.draft("dov")), [v.keys["dov"]]))
    v.vote(motion, "ada", no=["carla"])
    assert sorted(v.count(motion).cast) == ["ada", "carla"]


@pytest.mark.parametrize("path", ["club/syngraph.yaml", "BYLAWS.md", ".git/config", "a" * 303 + ".md"])
def test_what_cannot_be_carried_out_is_not_moved(village: Make, path: str) -> None:
    v = village()
    v.found()
    with pytest.raises(Unlawful, match=r"inside an agreement|what cannot stand"):
        v.move("ada", {path: b"syngraph: 1\nroot: a.md\n"})


def test_an_agreement_lies_in_no_other(village: Make) -> None:
    from syngraph.engine.verify import verify

    v = village()
    club = {f"club/{path}": content for path, content in village(keys=v.keys).files().items()}
    v.raw({**club})
    v.raw({"syngraph.yaml": b"syngraph: 1\nroot: a.md\nbranch: other\n"})
    assert (
        "an agreement inside an agreement, that of syngraph.yaml" in verify(v.path / "club", branch="main").violations[0].reason
    )


def test_an_act_that_has_expired_is_not_carried_out(village: Make) -> None:
    from syngraph.engine.governance.statements import Resignation

    v = village()
    v.found()
    v.next_day()
    draft = v.draft("edda", expires=v.day)
    content = enacting.stated(v.verify(), Kind.RESIGNATION, Resignation("Member", v.day), draft)
    v.enter((content, [v.keys["edda"]]))
    files = enacting.carried(v.verify(), parse(content, "the resignation"))
    v.day += timedelta(days=30)
    with pytest.raises(Unlawful, match="nothing in the record asks for"):
        v.enact(lambda _: Enactment(text=files))
