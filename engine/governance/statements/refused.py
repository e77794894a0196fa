"""The error for a statement, or the name of one, that is not as it must be."""

from syngraph.engine.text.errors import TextError


class StatementRefused(TextError):  # noqa: N818 - it is a verdict on what somebody handed in
    """A file of the record that is no statement in the one form there is."""
