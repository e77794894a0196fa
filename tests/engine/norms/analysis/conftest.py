"""Texts analysed: what is wrong with their rules taken together."""

import re
from collections.abc import Callable, Iterable

import pytest

from syngraph.engine.norms.analysis import sections
from syngraph.engine.norms.analysis.checks import analyse
from syngraph.engine.norms.words.roles import Holding
from syngraph.engine.text import clauses
from syngraph.engine.text.findings import Finding
from syngraph.engine.text.lint.checks import lint
from syngraph.engine.text.provenance import Text
from syngraph.engine.text.resolving.resolve import Holder, resolve
from syngraph.engine.text.store import tree_of
from syngraph.grammar.parse import read

HOLDINGS = tuple(
    Holding(principal, principal.capitalize(), role)
    for principal, role in (
        *(("ada", "Member"), ("bora", "Member"), ("carla", "Member"), ("ada", "Chair"), ("dov", "Secretary")),
        *(("edda", "Tenant"), ("farid", "Landlord"), ("greta", "Treasurer"), ("ivo", "Seller"), ("jan", "Buyer")),
    )
)
DRAFTING = re.compile(r"SG309|SG31[1-3]")


@pytest.fixture
def findings() -> Callable[..., tuple[Finding, ...]]:
    """The findings of the rules of a text (and of drafting, SG309, SG311 to SG313); with no heading it is all one section."""

    def found(text: str, holdings: Iterable[Holding] = HOLDINGS) -> tuple[Finding, ...]:
        holdings = tuple(holdings)
        source = text if text.startswith(("#", "---")) else f"# All {{#all}}\n\n{text}\n"
        roles = frozenset(holding.role for holding in holdings)
        holders = {role: (Holder("ada", (("Name", Text("Ada Quill")),)),) for role in roles}
        document = resolve(tree_of({"a.md": source.encode()}), "a.md", holders)
        said = clauses.read(document, read)
        drafting = [each for each in lint(document, said, roles) if DRAFTING.match(each.code)]
        return (*drafting, *analyse(clauses.placed(said), sections.of(document), holdings))

    return found
