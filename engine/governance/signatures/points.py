"""Points on curves: which of them can be a key (RFC 8032, section 5.1; SEC 1, section 3.2.2)."""

from dataclasses import dataclass

_P = 2**255 - 19
_D = -121665 * pow(121666, -1, _P) % _P
# The points of order 8, without their signs: with these, and with the order 1, 2 and 4, one signature fits many messages.
_EIGHTH = 0x05FC536D880238B13933C6D305ACDFD5F098EFF289F4C345B027B2C28F95E826
_SMALL = {0, 1, _P - 1, _EIGHTH, _P - _EIGHTH}


def is_edwards_key(point: bytes) -> bool:
    """Whether 32 bytes are a point of edwards25519 in its only spelling, and not one of the eight of small order."""
    y = int.from_bytes(point, "little") & (2**255 - 1)
    if y >= _P or y in _SMALL:
        return False
    # x² = (y² - 1) / (d·y² + 1) is a square: so is the product of the two, since neither is 0 here.
    square = y * y % _P
    return pow((square - 1) * (_D * square + 1), (_P - 1) // 2, _P) == 1


@dataclass(frozen=True, slots=True)
class Curve:
    """A curve of NIST: y² = x³ - 3x + b over the numbers below p, with `order` points, and `size` bytes to a number."""

    name: str
    size: int
    p: int
    b: int
    order: int

    def has(self, point: bytes) -> bool:
        """Whether the bytes are a point of the curve, spelt without compression."""
        if len(point) != 1 + 2 * self.size or point[0] != 4:
            return False
        x, y = int.from_bytes(point[1 : 1 + self.size], "big"), int.from_bytes(point[1 + self.size :], "big")
        return x < self.p and y < self.p and (y * y - (x * x * x - 3 * x + self.b)) % self.p == 0


CURVES = {
    curve.name: curve
    for curve in (
        Curve(
            "nistp256",
            32,
            2**256 - 2**224 + 2**192 + 2**96 - 1,
            0x5AC635D8AA3A93E7B3EBBD55769886BC651D06B0CC53B0F63BCE3C3E27D2604B,
            0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551,
        ),
        Curve(
            "nistp384",
            48,
            2**384 - 2**128 - 2**96 + 2**32 - 1,
            0xB3312FA7E23EE7E4988E056BE3F82D19181D9C6EFE8141120314088F5013875AC656398D8A2ED19D2A85C8EDD3EC2AEF,
            0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFC7634D81F4372DDF581A0DB248B0A77AECEC196ACCC52973,
        ),
        Curve(
            "nistp521",
            66,
            2**521 - 1,
            0x0051953EB9618E1C9A1F929A21A0B68540EEA2DA725B99B315F3B8B489918EF109E156193951EC7E937B1652C0BD3BB1BF073573DF883D2C34F1EF451FD46B503F00,
            0x01FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFA51868783BF2F966B7FCC0148F709A5D03BB5C9B8899C47AEBB6FB71E91386409,
        ),
    )
}
"""The three curves, by the name that SSH gives them (FIPS 186-4, appendix D.1.2)."""
