"""Ruling: what the disputes of a chain have come to, and what of the text binding orders change."""

from collections.abc import Callable

from syngraph.engine.disputes.clause import clause
from syngraph.engine.disputes.dispute import Dispute, dispute
from syngraph.engine.disputes.effects import Effective
from syngraph.engine.disputes.orders import Order, SetAside, Severance
from syngraph.engine.disputes.outcomes import Outcome, standing
from syngraph.engine.disputes.outcomes import found as facts_of
from syngraph.engine.disputes.proceedings import Course, course, overall
from syngraph.engine.governance.chain.ledger import Ledger
from syngraph.engine.governance.chain.site import Ordered, Site
from syngraph.engine.governance.changes import ChangesRefused, Stale, apply, difference
from syngraph.engine.governance.docket import DisputeOnFile
from syngraph.engine.governance.governing import Governing
from syngraph.engine.governance.statements import Kind, Statement
from syngraph.engine.text.store import overlay
from syngraph.grammar.sentence import Sentence


class Rulings:
    """The disputes of one chain, each judged by the text in force when it arose; what was judged is kept while it lasts.

    `governing` gives the text of a commit, `read` reads a passage.
    """

    def __init__(self, governing: Callable[[str], Governing], read: Callable[[str], tuple[Sentence, ...]]) -> None:
        self._governing = governing
        self._read = read
        self._known: dict[tuple[str, ...], Course] = {}

    def dispute(self, filed: DisputeOnFile, ledger: Ledger, site: Site) -> Dispute:
        """A dispute with all its papers. Raises: StoreError"""
        entered = {each.path: ledger.statements[each.digest] for each in filed.papers}

        def statement(path: str) -> Statement:
            return site.statement(entered[path])

        return dispute(filed, statement)

    def course(self, filed: DisputeOnFile, ledger: Ledger, site: Site) -> Course:
        """Everything that has come of a dispute, award by award. Raises: TextError"""
        name = (filed.claim, *(each.digest for each in filed.papers), *ledger.motions)
        found = self._known.get(name)
        if found is None:
            governing = self._governing(filed.text)
            going = self.dispute(filed, ledger, site)
            with governing.manifest.speaking():
                found = course(going, clause(governing, going), ledger.motions, self._read)
            self._known[name] = found
        return found

    def outcome(self, filed: DisputeOnFile, ledger: Ledger, site: Site) -> Outcome:
        """What a dispute has come to. Raises: TextError"""
        return overall(self.course(filed, ledger, site))

    def effective(self, filed: DisputeOnFile, ledger: Ledger, site: Site) -> tuple[Effective, ...]:
        """The awards and settlements of a dispute that bind, with what of each stands in the end. Raises: TextError"""
        stand = standing(self.outcome(filed, ledger, site))
        known = self._governing(filed.text).meanings.sections
        found = []
        for judged in self.course(filed, ledger, site).judged:
            statement = judged.entry.statement
            orders = tuple(order for order in standing(judged.outcome) if order in stand)
            severed = {order.section for order in orders if isinstance(order, Severance)}
            void = frozenset(section for section, text in known.items() if severed & {*text.path})
            if orders or facts_of(judged.outcome):
                found.append(Effective(judged.entry, statement.principals, orders, facts_of(judged.outcome), void))
        return tuple(found)

    # -- what the chain asks -------------------------------------------------------------------------------------------

    def stayed(self, ledger: Ledger, site: Site) -> frozenset[str]:
        """The motions on which the voting is stayed, by digest."""
        with_stays = self._with(Kind.STAY, ledger)
        return frozenset(motion for filed in with_stays for motion in self.course(filed, ledger, site).stayed)

    def set_aside(self, ledger: Ledger, site: Site) -> frozenset[str]:
        """The motions whose adoption is set aside, by digest."""
        return frozenset(order.motion for _, order in self._orders(ledger, site) if isinstance(order, SetAside))

    def ordered(self, ledger: Ledger, site: Site) -> tuple[Ordered, ...]:
        """The changes of the text that binding orders ask for: what set aside motions changed is taken back clause by clause.

        Where something else has changed the same clauses since, there is none: that is for the parties to settle by a motion.
        """
        found = []
        for award, order in self._orders(ledger, site):
            motion = ledger.motions.get(order.motion) if isinstance(order, SetAside) else None
            if motion is None or not motion.executed:
                continue
            moved = site.moved(motion)
            made = overlay(moved.before.tree, moved.files)
            try:
                back = difference(made, moved.before.tree, sorted(moved.files))
                files = apply(site.standing.tree, back)
            except (ChangesRefused, Stale):
                continue
            found.append(Ordered(award, order.said.number, f"the adoption of “{motion.title}” is set aside", files))
        return tuple(found)

    def _orders(self, ledger: Ledger, site: Site) -> list[tuple[str, Order]]:
        """Each order that stands, with the digest of its award."""
        return [
            (judged.entry.statement.digest, order)
            for filed in self._with(Kind.AWARD, ledger)
            for judged in self.course(filed, ledger, site).judged
            for order in standing(judged.outcome)
        ]

    @staticmethod
    def _with(kind: Kind, ledger: Ledger) -> list[DisputeOnFile]:
        return [filed for filed in ledger.disputes.values() if any(each.kind is kind for each in filed.papers)]
