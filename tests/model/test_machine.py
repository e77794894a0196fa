"""Random lives of a village: the engine and the model have to agree after every step, and at the end on every step before.

`make model` plays many and longer ones: SYNGRAPH_MODEL is how many, and each run draws others.
"""

import os
import tempfile
from datetime import timedelta
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test
from model import Edit, Model, Paper, Person
from village import Village
from world import WORDS, World

LIVES = int(os.environ.get("SYNGRAPH_MODEL", "0"))

number = st.integers(0, 5)
flip = st.booleans()
votes = st.lists(
    st.tuples(
        st.integers(0, 6), st.sampled_from(("yes", "yes", "yes", "no", "abstain")), st.sampled_from((False,) * 5 + (True,))
    ),
    min_size=3,
    max_size=8,
)
clauses = st.lists(st.tuples(st.sampled_from((*WORDS, "hours", "dues", "amount")), number), min_size=1, max_size=2)
expiries = st.sampled_from((0, 0, 3))
flaws = st.sampled_from(("",) * 8 + ("stranger", "nobody", "lost", "foreign", "unknown", "back-dated"))


class Life(RuleBasedStateMachine):
    """What may happen in a village, and what must not."""

    @initialize()
    def found(self) -> None:
        self.folder = tempfile.TemporaryDirectory(prefix="millbrook")
        self.world = World(Path(self.folder.name) / "village.git")

    def teardown(self) -> None:
        if hasattr(self, "world"):
            self.world.prefixes()
            self.folder.cleanup()

    # -- who and what --------------------------------------------------------------------------------------------------

    @property
    def model(self) -> Model:
        return self.world.model

    def who(self, index: int) -> str:
        people = sorted(self.model.people())
        return people[index % len(people)]

    def one(self, index: int) -> str:
        """One of the motions, from the latest on, entered or not."""
        return self.world.known[-1 - index % len(self.world.known)] if self.world.known else "ef" * 32

    def ripe(self, index: int, *, adopted: bool) -> str:
        """One of the motions that can be closed, or (`adopted`) carried out; any, where there is none or `index` is 0."""
        ripe = [
            digest
            for digest, moved in self.model.motions.items()
            if (
                moved.outcome == "adopted" and not moved.executed
                if adopted
                else not moved.outcome and moved.settled(self.world.day)
            )
        ]
        return ripe[-1 - index % len(ripe)] if ripe and index else self.one(index)

    def changed(self, wanted: list[tuple[str, int]]) -> tuple[Edit, ...]:
        edits = {}
        for name, index in wanted:
            now = self.model.text[name]
            others = [word for word in WORDS[name] if word != now]
            edits[name] = Edit(name, now, others[index % len(others)])
        return tuple(edits.values())

    def ballots(self, motion: str, cast: list[tuple[int, str, bool]]) -> list[tuple[Paper, dict[str, bytes]]]:
        made = {}
        for index, vote, again in cast:
            paper, files = self.world.ballot(motion, self.who(index), vote, again)
            made[paper.digest] = paper, files
        return list(made.values())

    def truth(self, motion: str) -> str:
        moved = self.model.motions.get(motion)
        return moved.verdict(self.world.day) if moved is not None else "adopted"

    def enter(self, stated: list[tuple[Paper, dict[str, bytes]]], *, hold: bool, apart: bool, raw: bool) -> None:
        if hold:
            self.world.stated += stated
        elif apart:
            for each in stated:
                self.world.commit([each], raw=raw)
        else:
            self.world.commit(stated, raw=raw)

    # -- acts ----------------------------------------------------------------------------------------------------------

    @rule(days=st.integers(1, 4))
    def days_pass(self, days: int) -> None:
        self.world.day += timedelta(days=days)

    @rule(by=number, wanted=clauses, expires=expiries, cast=votes, hold=st.sampled_from((False,) * 4 + (True,)), raw=flip)
    def propose(self, by: int, wanted: list[tuple[str, int]], expires: int, cast: Any, hold: bool, raw: bool) -> None:
        motion = self.world.motion(self.who(by), self.changed(wanted), expires)
        self.enter([motion, *self.ballots(motion[0].digest, cast)], hold=hold, apart=False, raw=raw)

    @rule(by=number, whom=number, cast=votes, raw=flip)
    def propose_removal(self, by: int, whom: int, cast: Any, raw: bool) -> None:
        name = f"register:{self.who(whom)}"
        person = self.model.text[name]
        assert isinstance(person, Person)
        without = Person(tuple(held for held in person.roles if held[0] != "Member"), person.keys)
        if without != person:
            motion = self.world.motion(self.who(by), (Edit(name, person, without),), 0)
            self.enter([motion, *self.ballots(motion[0].digest, cast)], hold=False, apart=False, raw=raw)

    @rule(motion=number, cast=votes, hold=st.sampled_from((False,) * 4 + (True,)), apart=flip, raw=flip)
    def vote(self, motion: int, cast: Any, hold: bool, apart: bool, raw: bool) -> None:
        self.enter(self.ballots(self.one(motion), cast), hold=hold, apart=apart, raw=raw)

    @rule(motion=number, who=number, other=number, flaw=flaws, again=flip)
    def vote_falsely(self, motion: int, who: int, other: int, flaw: str, again: bool) -> None:
        name, world = self.who(who), self.world
        how: dict[str, Any] = {
            "stranger": {"signers": [world.key(self.who(other))]},
            "nobody": {"signers": [Village.key()]},
            "lost": {"signers": world.lost[-1:]},
            "foreign": {"foreign": True},
            "unknown": {"unknown": True},
            "back-dated": {"back": 20},
        }.get(flaw, {})
        world.commit([world.ballot(self.one(motion), name, "no", again, **how)])

    @rule(motion=number, by=number, lie=st.sampled_from(("",) * 9 + ("adopted", "rejected", "lapsed", "no-quorum")), too=flip)
    def close(self, motion: int, by: int, lie: str, too: bool) -> None:
        """Closes a vote, and (`too`) carries it out in the same commit."""
        digest = self.ripe(motion, adopted=False)
        close = self.world.close(digest, self.who(by), lie or self.truth(digest))
        text = self.result(digest) if too and not lie and self.truth(digest) == "adopted" else None
        self.world.commit([close], text)

    @rule(motion=number, tweak=st.sampled_from(("",) * 6 + ("more", "less")), raw=flip)
    def adopt(self, motion: int, tweak: str, raw: bool) -> None:
        """Carries out a motion, or nearly: with something more or less than it says."""
        if not self.world.known:
            return
        digest = self.ripe(motion, adopted=True)
        text = self.result(digest)
        if tweak == "more":
            text |= {"catalogue": "Chair"}
        if tweak == "less":
            text |= {edit.clause: edit.before for edit in self.world.edits.get(digest, ())[:1]}
        self.world.commit((), text, raw=raw)

    def result(self, motion: str) -> dict[str, object]:
        return self.model.text | {edit.clause: edit.after for edit in self.world.edits.get(motion, ())}

    @rule(by=number, wanted=clauses, cast=votes, too=flip, raw=flip)
    def decide_at_once(self, by: int, wanted: list[tuple[str, int]], cast: Any, too: bool, raw: bool) -> None:
        """Motion, ballots, close and (`too`) adoption in one commit, as a squashed pull request has them."""
        person, edits = self.who(by), self.changed(wanted)
        motion = self.world.motion(person, edits, 0)
        everybody = [(index, "yes", False) for index in range(len(self.model.people()))]
        papers = [motion, *self.ballots(motion[0].digest, [*everybody[2:], *cast])]
        close = self.world.close(motion[0].digest, person, "adopted")
        self.world.commit([*papers, close], self.result(motion[0].digest) if too else None, raw=raw)

    @rule(who=number, flaw=st.sampled_from(("",) * 6 + ("unsigned", "other", "taken", "lost")), now=flip, raw=flip)
    def rotate(self, who: int, flaw: str, now: bool, raw: bool) -> None:
        world, name = self.world, self.who(who)
        old, new = world.key(name), Village.key()
        signers = [old, new]
        if flaw == "unsigned":
            signers = [old]
        if flaw == "other":
            signers = [world.key(self.who(who + 1)), new]
        if flaw == "taken":
            new = world.key(self.who(who + 1))
            signers = [old, new]
        if flaw == "lost" and world.lost:
            old = world.lost[-1]
            signers = [world.key(name), new]
        rotation = world.rotation(name, old, new, signers)
        if world.commit([rotation], self.after(rotation[0]) if now else None, raw=raw) and now:
            world.lost.append(old)

    @rule(who=number, role=st.sampled_from((None, "Member", "Secretary", "Chair")), later=st.sampled_from((0, 0, 2)), now=flip)
    def resign(self, who: int, role: str | None, later: int, now: bool) -> None:
        resignation = self.world.resignation(self.who(who), role, self.world.day + timedelta(days=later))
        self.world.commit([resignation], self.after(resignation[0]) if now else None)

    @rule(
        by=st.sampled_from((1, 1, 1, 0, 2)),
        flaw=st.sampled_from(("",) * 4 + ("taken", "Chair")),
        capacity=st.sampled_from(("Secretary", "Secretary", "Secretary", "Chair")),
        now=flip,
    )
    def admit(self, by: int, flaw: str, capacity: str, now: bool) -> None:
        key = self.world.key(self.who(0)) if flaw == "taken" else Village.key()
        role = "Chair" if flaw == "Chair" else "Member"
        name = f"new{len(self.model.papers)}"
        act = self.world.admission(self.who(by), name, key, role, capacity)
        self.world.commit([act], self.after(act[0]) if now else None)

    def after(self, paper: Paper) -> dict[str, object]:
        return self.model.text | self.model.effect(paper)

    @rule(which=number, raw=flip)
    def carry_out(self, which: int, raw: bool) -> None:
        """Carries out a rotation, a resignation or an admission that was stated and no more."""
        pending = list(self.model.pending.values())
        if pending:
            paper = pending[which % len(pending)]
            if self.world.commit((), self.after(paper), raw=raw) and paper.kind == "rotation":
                self.world.lost.append(self.world.signers[paper.old])

    @rule(count=st.integers(1, 4), backwards=flip, raw=flip)
    def enter_what_was_held(self, count: int, backwards: bool, raw: bool) -> None:
        held = self.world.stated
        if backwards:
            held.reverse()
        some, held[:] = held[:count], held[count:]
        self.world.commit(some, raw=raw)

    @rule(
        what=st.sampled_from(("delete", "change", "copy", "text", "manifest", "register", "rollback", "found", "mixed", "free"))
    )
    def tamper(self, what: str) -> None:
        world, text = self.world, self.model.text
        tree = world.village.tree()
        ballot = max(path for path in tree if path.startswith("record/") and path.endswith(".md"))
        match what:
            case "delete":
                world.commit(extra={ballot: None}, harms=True)
            case "change":
                world.commit(extra={ballot: tree[ballot] + b"More.\n"}, harms=True)
            case "copy":
                kind, _, name = ballot.split("/")[1:]
                world.commit(extra={f"record/{kind}/{name}": tree[ballot]}, harms=True)
            case "text":
                world.commit((), text | {"hours": "Mallory"})
            case "manifest":
                world.commit((), text | {"manifest": "other"})
            case "register":
                key = Village.key()
                world.signers[key.public.name] = key
                mallory = Person((("Member", None, None),), ((key.public.name, None, None),))
                world.commit((), text | {"register:mallory": mallory})
            case "rollback" if len(world.history) > 1 and self.model.kinds[-1] != "Free":
                before = world.village.head
                old = world.village.repository[world.history[-2][0]].tree_id  # type: ignore[attr-defined]
                world.forced(world.village.commit_tree(old, day=world.day), before, "the branch rolled back")
            case "found":
                world.commit([world.founding("ada")])
            case "mixed":
                world.commit((), text | {"hours": "Mallory"}, extra={"README.md": b"More.\n"}, free=True)
            case _:
                world.commit(extra={"README.md": f"{len(world.history)}\n".encode()}, free=True)


QUICK = settings(
    max_examples=12,
    stateful_step_count=14,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)
LONG = settings(QUICK, max_examples=max(LIVES, 1), stateful_step_count=30, derandomize=False, print_blob=True)


def test_the_engine_and_the_model_agree() -> None:
    run_state_machine_as_test(Life, settings=LONG if LIVES else QUICK)
