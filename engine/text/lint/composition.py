"""Faults of objects and of how they come together, as they were met on the way to the document."""

from collections.abc import Iterable

from syngraph.engine.text.findings import Finding
from syngraph.engine.text.lint.context import Context


def faults(context: Context) -> Iterable[Finding]:
    """SG100 to SG115, but those about references."""
    return context.document.findings
