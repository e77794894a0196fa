"""Statements and signatures in files of their own, wherever they are: read, told apart, and named as the record names them."""

from collections.abc import Iterable
from pathlib import Path

from syngraph.cli.acting import stating
from syngraph.engine.text.errors import TextError

ARMOR = b"-----BEGIN SSH SIGNATURE-----"


class PaperError(TextError):
    """A file that is neither a statement nor a signature of one."""


def beside(statement: Path) -> list[Path]:
    """The signature files that stand beside a statement: named as we name them, or `FILE.sig` as ssh-keygen does."""
    stem = statement.name.removesuffix(".md")
    found = [path for path in statement.parent.glob("*.sig") if path.name.startswith(f"{stem}.")]
    return sorted(path for path in found if path.is_file())


def signatures(content: bytes, files: Iterable[Path]) -> dict[str, bytes]:
    """Signatures of a statement in files, under the paths where they are filed; each must be one of this very statement.

    Raises: PaperError, OSError
    """
    from syngraph.engine.governance.signatures import SignatureRefused, verify
    from syngraph.engine.governance.statements import path_of, signature_path

    found: dict[str, bytes] = {}
    for file in files:
        made = stating.readable(file)
        try:
            key = verify(made, content)
        except SignatureRefused as refused:
            raise PaperError(
                f"a signature that does not hold: {refused.found}",
                refused.expected,
                "sign the statement anew with `syngraph sign`, and leave this file out",
                path=str(file),
            ) from None
        found[signature_path(path_of(content), key.name)] = made
    return found


def is_signature(content: bytes) -> bool:
    """Whether a file's content is the armor of a signature."""
    return content.startswith(ARMOR)
