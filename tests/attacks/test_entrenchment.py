"""Attacks on what may not be changed: it is left as it stands, and made to mean something else."""

from typing import Any

import pytest

from syngraph.engine import enacting
from syngraph.engine.governance.statements import Choice, Close, Outcome

Village = Any

BYLAWS = """---
title: Bylaws of the Millbrook Reading Room
include: [pledge.md]
fields:
  Dues: EUR 20
  Town: Millbrook
---

# Purpose {#purpose}

The Reading Room lends books to every Reader in {Town}. What follows from section 3 is no part of its purpose.

# Readers {#readers}

"Reader" means a person who lives in the town.

# Dues {#dues}

Each Member shall pay {Dues} to the Treasurer by 31 January of each year.

# Amendment {#amendment}

These Bylaws may be amended by two-thirds of all Members. The Secretary may correct these Bylaws.

# Guard {#guard}

[](#purpose) may not be amended. [](#pledge) may not be amended. [](#guard) may be amended by two-thirds of all Members.
"""

PLEDGE = """# Pledge {#pledge}

The Chair shall answer every letter within 14 days.
"""


@pytest.fixture(scope="module")
def guarded(tmp_path_factory: pytest.TempPathFactory, template: Village) -> Village:
    made = type(template)(
        tmp_path_factory.mktemp("guarded") / "village.git",
        bylaws=BYLAWS,
        extra={"pledge.md": PLEDGE.encode()},
        cache=template.cache,
    )
    made.found()
    return made


@pytest.fixture
def entrenched(guarded: Village, tmp_path: Any) -> Village:
    return guarded.copied(tmp_path / "entrenched.git")


def barred(village: Village, files: dict[str, bytes]) -> list[str]:
    """What bars a change, as the chain has it when everybody votes for it; it then stays as it was."""
    motion = village.move("ada", files)
    village.vote(motion, *village.people)
    verification = village.verify()
    filed = verification.ledger.motions[motion]
    assert enacting.counted(verification, filed).tally.outcome is Outcome.REJECTED
    assert set(enacting.counted(verification, filed).cast.values()) == {Choice.YES}
    village.next_day()
    honest = village.head
    village.raw(village.sealed(village.stated("close", Close(motion, Outcome.ADOPTED), "ada"), "ada"))
    assert "a close that says adopted; expected rejected" in village.refused()
    village.raw({}, parents=[honest])
    assert village.close(motion) == "rejected"
    village.raw(files)
    assert "nothing in the record asks for" in village.refused()
    return [placed.clause.sentence.text for placed in verification.moved(filed).requirement.barred]


PURPOSE = ["[](#purpose) may not be amended."]


def test_entrenchment_attacked_openly(entrenched: Village) -> None:
    assert barred(entrenched, entrenched.replaced("lends books", "sells books")) == PURPOSE


def test_entrenchment_walked_round_by_a_definition(entrenched: Village) -> None:
    files = entrenched.replaced("a person who lives in the town", "a person whom the Chair likes")
    assert barred(entrenched, files) == PURPOSE


def test_entrenchment_walked_round_by_a_second_definition(entrenched: Village) -> None:
    """A definition elsewhere, of a word that the protected clause uses."""
    files = entrenched.replaced("# Amendment {#amendment}\n", '# Amendment {#amendment}\n\n"Reader" means the Chair.\n')
    assert barred(entrenched, files) == PURPOSE


def test_entrenchment_walked_round_by_a_field(entrenched: Village) -> None:
    assert barred(entrenched, entrenched.replaced("Town: Millbrook", "Town: Ashford")) == PURPOSE


def test_entrenchment_walked_round_by_omit(entrenched: Village) -> None:
    files = entrenched.replaced("include: [pledge.md]", "include: [pledge.md]\nomit: [pledge]")
    assert "[](#pledge) may not be amended." in barred(entrenched, files)


def test_entrenchment_walked_round_by_when(entrenched: Village) -> None:
    """The clause stays, and is made to hang on a field that is never there."""
    files = entrenched.replaced("# Purpose {#purpose}", "# Purpose {#purpose when=Never}")
    assert PURPOSE[0] in barred(entrenched, files)


def test_entrenchment_walked_round_by_prose(entrenched: Village) -> None:
    """The clause stays, and is marked as binding nobody."""
    assert barred(entrenched, entrenched.replaced("{#purpose}", "{#purpose .prose}")) == PURPOSE


def test_entrenchment_walked_round_by_an_include(entrenched: Village) -> None:
    """The file that the clause stands in is exchanged for another."""
    files = {**entrenched.replaced("pledge.md", "other.md"), "other.md": PLEDGE.replace("14", "90").encode()}
    assert barred(entrenched, files) == ["[](#pledge) may not be amended."]


def test_entrenchment_walked_round_by_renumbering(entrenched: Village) -> None:
    """A section is put in, so that the number in the clause is that of another."""
    files = entrenched.replaced(
        "# Readers {#readers}", "# Books {#books}\n\nThe Chair shall count the books.\n\n# Readers {#readers}"
    )
    assert barred(entrenched, files) == PURPOSE


def test_entrenchment_walked_round_by_another_id(entrenched: Village) -> None:
    """The id of the clause is given to another, so that the protection names that one."""
    files = entrenched.replaced("# Purpose {#purpose}", "# Purpose {#aim}")
    assert barred(entrenched, files) == PURPOSE


def test_entrenchment_walked_round_by_deleting_the_protecting_sentence(entrenched: Village) -> None:
    files = entrenched.replaced("[](#purpose) may not be amended. ", "")
    assert barred(entrenched, files) == PURPOSE


def test_entrenchment_walked_round_by_weakening_the_protecting_sentence(entrenched: Village) -> None:
    files = entrenched.replaced("[](#purpose) may not be amended.", "[](#purpose) may be amended by a majority of all Members.")
    assert barred(entrenched, files) == PURPOSE


def test_entrenchment_walked_round_by_a_sentence_that_stands_above(entrenched: Village) -> None:
    files = entrenched.replaced(
        "# Dues {#dues}\n", "# Dues {#dues}\n\nNotwithstanding any other provision, the Chair may close the Reading Room.\n"
    )
    assert PURPOSE[0] in barred(entrenched, files)


def test_entrenchment_walked_round_by_a_root_that_is_changed(entrenched: Village) -> None:
    """Another object is made the text, in which the clause says something else."""
    other = BYLAWS.replace("lends books", "sells books")
    files = {**entrenched.replaced("root: bylaws.md", "root: other.md", "syngraph.yaml"), "other.md": other.encode()}
    assert PURPOSE[0] in barred(entrenched, files)


def test_entrenchment_walked_round_by_freeing_the_text(entrenched: Village, refused: Any) -> None:
    """What protects and what is protected would be nobody's to decide."""
    for path in ("bylaws.md", "pledge.md", "register.yaml", "syngraph.yaml", "record/", "Record/motion"):
        with refused(f"{'record/' if 'ecord' in path else path} among what is free"):
            entrenched.move("ada", entrenched.replaced("free: [", f"free: [{path}, ", "syngraph.yaml"))


def test_entrenchment_walked_round_by_an_include_of_what_is_free(entrenched: Village, refused: Any) -> None:
    """The text is to be read from a file that everybody may change."""
    entrenched.raw({"notes/pledge.md": PLEDGE.encode()})
    with refused("notes/pledge.md"):
        entrenched.move("ada", entrenched.replaced("include: [pledge.md]", "include: [notes/pledge.md]"))


def test_entrenchment_walked_round_as_a_clerical_matter(entrenched: Village, refused: Any) -> None:
    """An officer who may correct slips corrects away what is protected."""
    for files in (
        entrenched.replaced("[](#purpose) may not be amended. ", ""),
        entrenched.replaced("lives in the town", "lives on the Moon"),
        entrenched.replaced("free: [README.md, notes/]", "free: [README.md, notes/, forms/]", "syngraph.yaml"),
        entrenched.replaced("Town: Millbrook", "Town: Ashford"),
    ):
        with refused("it changes what the text says, and only a motion may"):
            entrenched.act("bora", "Secretary", files)


def test_a_sentence_that_nobody_can_read_is_not_passed_over(entrenched: Village, refused: Any) -> None:
    """Where what protects cannot be read, the outcome is undetermined; the general rule is not taken instead."""
    files = entrenched.replaced(
        "# Dues {#dues}\n",
        "# Dues {#dues}\n\nThe sum shall, except as the elders of old had it by amendment, in no wise whatsoever be amended.\n",
    )
    entrenched.decide("ada", files, *entrenched.people)
    motion = entrenched.move("ada", entrenched.replaced("Dues: EUR 20", "Dues: EUR 30"))
    entrenched.vote(motion, *entrenched.people)
    entrenched.next_day()
    entrenched.raw(entrenched.sealed(entrenched.stated("close", Close(motion, Outcome.ADOPTED), "ada"), "ada"))
    assert "a close that says adopted; expected undetermined" in entrenched.refused()
