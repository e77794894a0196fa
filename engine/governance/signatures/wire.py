"""The bytes of SSH: strings with their length before them, and whole numbers in their shortest form (RFC 4251, section 5)."""


class WireError(ValueError):
    """Bytes that end too early, or are written in a longer form than they need."""


def string(data: bytes, at: int) -> tuple[bytes, int]:
    """The string that begins at an offset, and the offset behind it. Raises: WireError"""
    start = at + 4
    end = start + int.from_bytes(data[at:start], "big")
    if start > len(data) or end > len(data):
        raise WireError(f"{len(data)} bytes where at least {max(start, end)} were announced")
    return data[start:end], end


def strings(data: bytes) -> list[bytes]:
    """All strings, up to the last byte. Raises: WireError"""
    found, at = [], 0
    while at < len(data):
        each, at = string(data, at)
        found.append(each)
    return found


def positive(data: bytes) -> int:
    """The number above 0 in the content of a string, which must be as short as can be. Raises: WireError"""
    if not data or data[0] & 0x80 or data == b"\0":
        raise WireError("a number that is not above 0")
    if data[0] == 0 and not data[1] & 0x80:
        raise WireError("a number with zeros before it")
    return int.from_bytes(data, "big")


def framed(content: bytes) -> bytes:
    """The content as a string: its length, then itself."""
    return len(content).to_bytes(4, "big") + content


def number(value: int) -> bytes:
    """A number that is not negative, as a string.

    >>> number(0).hex(), number(128).hex()
    ('00000000', '000000020080')
    """
    return framed(value.to_bytes((value.bit_length() // 8 + 1) if value else 0, "big"))
