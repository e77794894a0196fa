"""Disputes in a few lines: a text, its people, and papers that enter one after the other."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date, timedelta
from functools import lru_cache
from hashlib import sha256
from typing import Any

import pytest

from syngraph.engine.disputes.clause import Clause, clause
from syngraph.engine.disputes.dispute import Dispute, Entry
from syngraph.engine.disputes.outcomes import Binding, Outcome, Partly, Pending, Void
from syngraph.engine.disputes.panel import Panel, Sitting
from syngraph.engine.disputes.proceedings import Course, course, overall
from syngraph.engine.governance.chain.ledger import MotionOnFile
from syngraph.engine.governance.governing import Governing, governing
from syngraph.engine.governance.signatures import KeySigner, load, make, written
from syngraph.engine.governance.statements import (
    Acceptance,
    Answer,
    Appointment,
    Award,
    Claim,
    Details,
    Form,
    Kind,
    Statement,
)
from syngraph.engine.text import clauses
from syngraph.engine.text.store.folder import Memory
from syngraph.grammar.parse import read

START = date(2027, 1, 4)
LINEAGE = "1" * 64
MANIFEST = "syngraph: 1\ntitle: Reading Room\nbranch: main\nroot: bylaws.md\nregister: register.yaml\n"
REGISTER = """principals:
  - {id: ada, name: Ada Quill, roles: [Member, Chair]}
  - {id: bora, name: Bora Tamm, roles: [Member]}
  - {id: carla, name: Carla Mott, roles: [Member, Treasurer]}
  - {id: dov, name: Dov Lind, roles: [Member]}
  - {id: press, name: Riverside Press, kind: organisation, signatories: [dov], roles: [Member]}
"""
ONE = "Any dispute arising out of these Bylaws shall be settled by arbitration by one arbitrator appointed by the Parties."
THREE = (
    "Any dispute arising out of these Bylaws shall be settled by arbitration by three arbitrators, one appointed by each Party"
    " and the third by the two so appointed."
)
ASKED = "## Orders asked\n\nBora Tamm shall pay EUR 60 to Carla Mott within 14 days after the award.\n"
REASONS = "## Reasons\n\nThe dues of 2026 are unpaid, and no defence was raised.\n"
ORDERS = "## Orders\n\nBora Tamm shall pay EUR 60 to Carla Mott within 14 days after the award.\n"
MOTION = "d" * 64


@lru_cache(maxsize=32)
def key(who: str) -> KeySigner:
    """A key for somebody; the same for the same name."""
    return load(written(make()))


def text(*sentences: str) -> Governing:
    """Bylaws with dues, hours and a purpose that may not be amended, and a section of arbitration with those sentences."""
    bylaws = (
        "---\ntitle: Bylaws of the Reading Room\n---\n\n# Purpose {#purpose}\n\nThe Reading Room lends books.\n\n"
        "# Dues {#dues}\n\nEach Member shall pay EUR 60 to the Treasurer by 31 January of each year.\n\n"
        "# Hours {#hours}\n\nThe Chair shall open the Reading Room on each Business Day.\n\n"
        "# Amendment {#amendment}\n\nThese Bylaws may be amended by two-thirds of all Members.\n"
        "[](#purpose) may not be amended.\n\n"
        "# Arbitration {#arbitration}\n\n" + " ".join(sentences or (ONE,)) + "\n"
    )
    files = {"syngraph.yaml": MANIFEST, "register.yaml": REGISTER, "bylaws.md": bylaws}
    return governing(
        Memory({path: each.encode() for path, each in files.items()}), lambda document: clauses.read(document, read)
    )


class Case:
    """A dispute between Ada and Bora as it goes on, a day later with every paper.

    `say` enters anything; `seat` appoints and accepts; `award` is signed by those who sit. `judged` and `outcome` say what has
    come of it.
    """

    def __init__(self, *sentences: str, asked: str = ASKED, about: tuple[str, ...] | None = ("dues",), **sides: Any) -> None:
        self.governing = text(*sentences)
        self.day = START
        self.entries: list[Entry] = []
        self.motions: dict[str, MotionOnFile] = {}
        self.claimants = sides.get("claimants", ("ada",))
        self.respondents = sides.get("respondents", ("bora",))
        self.claim = self.say(Kind.CLAIM, Claim("0" * 32, "Dues", self.respondents, about), *self.claimants, body=asked)

    def say(
        self,
        kind: Kind,
        details: Details,
        *names: str,
        body: str = "",
        seals: Iterable[str] = (),
        on: date | None = None,
        capacity: str | None = None,
        fork: str | None = None,
    ) -> str:
        """Enters a statement of those, signed by them, or with the keys of arbitrators (`seals`); its digest."""
        self.day = on or self.day + timedelta(days=1)
        by = tuple(seals) if kind is Kind.ACCEPTANCE else (*names, *seals)
        made = Statement(kind, LINEAGE, fork, LINEAGE, by, capacity, self.day, 1, None, details, body)
        digest = sha256(f"{len(self.entries)}".encode()).hexdigest()
        path = f"record/{kind.value}/2027-01/{self.day}-{digest}.md"
        made = replace(made, digest=digest, path=path, body_line=9)
        keys = tuple(sorted(key(each).public.name for each in seals))
        self.entries.append(Entry(made, len(self.entries), self.day, tuple(sorted(names)), keys))
        return digest

    def appoint(self, who: str, *by: str, seals: Iterable[str] = (), **more: Any) -> str:
        """Appoints somebody by the key they have."""
        line = key(who).public.line()
        replaces, on, capacity = more.get("replaces"), more.get("on"), more.get("capacity")
        details = Appointment(self.claim, who, line, replaces)
        return self.say(Kind.APPOINTMENT, details, *by, seals=seals, on=on, capacity=capacity)

    def accept(self, who: str, *vouching: str) -> str:
        """Somebody accepts, with their key."""
        return self.say(Kind.ACCEPTANCE, Acceptance(self.claim, key(who).public.line()), *vouching, seals=(who,))

    def seat(self, who: str, *by: str, **more: Any) -> str:
        """Appoints somebody who accepts; the digest of the acceptance."""
        self.appoint(who, *by, **more)
        return self.accept(who)

    def three(self) -> None:
        """Pia for Ada, Quin for Bora, and Rhea by the two."""
        self.seat("pia", "ada")
        self.seat("quin", "bora")
        self.seat("rhea", seals=("pia", "quin"))

    def award(self, *seals: str, body: str = REASONS + "\n" + ORDERS, form: Form = Form.FINAL, **more: Any) -> str:
        """Those make an award; its digest."""
        number = 1 + sum(each.statement.kind is Kind.AWARD for each in self.entries)
        return self.say(Kind.AWARD, Award(self.claim, number, form), body=body, seals=seals, **more)

    def answer(self, body: str = "", **more: Any) -> str:
        """Bora answers."""
        return self.say(Kind.ANSWER, Answer(self.claim, **more), "bora", body=body)

    def motion(self, title: str, *movers: str, digest: str = MOTION) -> str:
        """A motion that the chain has."""
        self.motions[digest] = MotionOnFile(digest, "", title, "", movers, 1, START, "", "", {})
        return digest

    @property
    def dispute(self) -> Dispute:
        return Dispute(self.claimants, self.respondents, tuple(self.entries))

    @property
    def clause(self) -> Clause | None:
        return clause(self.governing, self.dispute)

    @property
    def course(self) -> Course:
        return course(self.dispute, self.clause, self.motions, read)

    @property
    def panel(self) -> Panel:
        """The panel by all papers so far."""
        clause = self.clause
        assert clause is not None
        sitting = Sitting(clause, self.dispute, {})
        for entry in self.entries[1:]:
            sitting.take(entry)
        return sitting.panel()

    @staticmethod
    def word(outcome: Outcome) -> tuple[str, list[str]]:
        return told(outcome)

    @property
    def outcome(self) -> Outcome:
        return overall(self.course)

    @property
    def told(self) -> tuple[str, list[str]]:
        """The outcome in a word, and its reasons or what stands, in words."""
        return told(self.outcome)


def told(outcome: Outcome) -> tuple[str, list[str]]:
    """An outcome in a word, and what it says: the orders that stand, or the reasons for which none does."""
    match outcome:
        case Binding(orders=orders):
            return "binding", [each.said.text for each in orders]
        case Partly(stand=stand, fall=fall, open=opened):
            fallen = [f"falls: {each.reason.says}" for each in fall] + [f"open: {each.reason.says}" for each in opened]
            return "partly", [each.said.text for each in stand] + fallen
        case Void(reasons=reasons):
            return "void", [each.says for each in reasons]
        case Pending(missing=missing):
            return "pending", [each.says for each in missing]


@pytest.fixture
def case() -> Callable[..., Case]:
    """Makes disputes."""
    return Case
