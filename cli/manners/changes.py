"""What changes in files, as `diff -u` has it."""

from collections.abc import Iterator


def difference(name: str, old: bytes, new: bytes) -> Iterator[str]:
    """What changes in a file, line by line."""
    from difflib import unified_diff

    before, after = (content.decode("utf-8", "replace").split("\n") for content in (old, new))
    return unified_diff(before, after, f"a/{name}", f"b/{name}", lineterm="")
