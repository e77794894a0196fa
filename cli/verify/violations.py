"""What is wrong with a chain, for people and for programs."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from syngraph.cli.manners import output

if TYPE_CHECKING:
    from syngraph.engine.text.errors import TextError
    from syngraph.engine.verify import Verification, Violation


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong: at which commit ("" for none), what was found and what would have been lawful."""

    commit: str
    subject: str
    found: str
    expected: str
    help: str
    where: str

    def fields(self) -> dict[str, Any]:
        """The fault as the documented fields."""
        return {
            "commit": self.commit,
            "subject": self.subject,
            "reason": f"{self.found}; expected {self.expected}",
            "found": self.found,
            "expected": self.expected,
            "help": self.help,
            "path": self.where,
        }

    def tell(self) -> None:
        """Prints it."""
        at = f" at commit {self.commit[:10]}" if self.commit else ""
        subject = f" ({self.subject})" if self.subject else ""
        output.put_styled(output.styled(f"violation{at}", fg="red", bold=True) + output.plain(subject))
        output.put(f"  found     {self.found}")
        output.put(f"  expected  {self.expected}")
        if self.where:
            output.put(f"  where     {self.where}")
        if self.help:
            output.put(f"help: {self.help}")


def fault(violation: "Violation") -> Fault:
    """A violation that a walk has found."""
    error = violation.error
    return Fault(violation.commit, violation.subject, error.found, error.expected, error.help, _where(error))


def of(verification: "Verification", root: str | None) -> tuple[Fault, ...]:
    """Everything that is wrong with a chain, one that is not founded or not of the lineage `root` included."""
    faults = [fault(each) for each in verification.violations]
    lineage = verification.ledger.lineage
    if not lineage and not faults:
        faults.append(
            Fault(
                verification.commit,
                "",
                f"no founding on {verification.branch}",
                "an agreement that is founded",
                "found it with `syngraph found`",
                "",
            )
        )
    if root is not None and lineage and lineage != root.lower():
        first = verification.transitions[0]
        faults.insert(
            0,
            Fault(
                first.commit,
                "",
                f"the lineage {lineage}",
                f"the lineage {root.lower()}",
                "this is another agreement, or a copy that was founded anew; ask whoever gave you the digest",
                "",
            ),
        )
    return tuple(faults)


def _where(error: "TextError") -> str:
    return str(error.place) if error.place is not None else error.path
