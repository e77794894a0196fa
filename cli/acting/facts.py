"""A fact in a founded agreement: signed, and entered through the chain."""

from typing import TYPE_CHECKING

from syngraph.cli.acting import options, stating
from syngraph.cli.acting.options import How

if TYPE_CHECKING:
    from syngraph.engine.enacting import Draft
    from syngraph.engine.verify import Verification


def entered(how: How, sentences: str, counted: str) -> None:
    """Enters a statement of facts, of whoever signs it. `counted` says how many there are.

    Raises: click.exceptions.Exit with code 1 for what is not lawful; TextError, click.UsageError
    """

    def drafted(verification: "Verification", draft: "Draft") -> stating.Paper:
        from syngraph.engine.enacting import stated
        from syngraph.engine.governance.statements import Fact, Kind

        content = stated(verification, Kind.FACT, Fact(), draft, f"{sentences}\n")
        return stating.Paper(content, f"Fact, stated by {', '.join(draft.principals)}")

    with options.lawfully():
        done = stating.state(how, drafted)
    stating.tell(how, done, f"stated by {', '.join(done.principals)} ({counted})")
