"""Facts in a founded agreement: signed, and entered through the chain."""

from typing import TYPE_CHECKING

from syngraph.cli.acting import options, stating
from syngraph.cli.acting.options import How

if TYPE_CHECKING:
    from syngraph.engine.enacting import Draft
    from syngraph.engine.governance.statements import Import
    from syngraph.engine.verify import Verification


def entered(how: How, body: str, counted: str, table: "Import | None" = None) -> None:
    """Enters a statement of facts, of whoever signs it: sentences, or the rows of a `table`. `counted` says how many.

    Raises: click.exceptions.Exit with code 1 for what is not lawful; TextError, click.UsageError
    """

    def drafted(verification: "Verification", draft: "Draft") -> stating.Paper:
        from syngraph.engine.enacting import stated
        from syngraph.engine.governance.statements import Fact, Kind

        kind, details = (Kind.FACT, Fact()) if table is None else (Kind.IMPORT, table)
        what = "Fact" if table is None else "Table of facts"
        content = stated(verification, kind, details, draft, body)
        return stating.Paper(content, f"{what}, stated by {', '.join(draft.principals)}")

    with options.lawfully():
        done = stating.state(how, drafted)
    stating.tell(how, done, f"stated by {', '.join(done.principals)} ({counted})")
