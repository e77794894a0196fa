"""The errors for keys and signatures that are not as they must be."""

from syngraph.engine.text.errors import TextError


class KeyRefused(TextError):  # noqa: N818 - it is a verdict on what somebody handed in
    """A key that cannot be used under an agreement."""


class SignatureRefused(TextError):  # noqa: N818 - it is a verdict on what somebody handed in
    """A signature that does not hold, or is not in the one form there is."""
