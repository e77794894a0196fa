"""Short sentences of the clause language, as many as are wanted, no two alike."""

from collections.abc import Iterator
from itertools import islice, product

ROLES = ("Tenant", "Landlord", "Seller", "Buyer", "Supplier", "Secretary", "Treasurer", "Licensee")
ACTS = (
    "pay EUR {n} to the {other}",
    "deliver report {n} to the {other}",
    "keep record {n}",
    "return item {n} to the {other}",
    "repair part {n}",
)
SHAPES = (
    "The {role} shall {act}.",
    "The {role} shall {act} within {days} days after the Effective Date.",
    "The {role} shall {act} by 31 March 2027.",
    "If the {other} gives notice, the {role} shall {act}.",
    "The {role} may {act}.",
    "The {role} shall {act} by 31 January of each year.",
    "The {role} shall not {act} unless the {other} gives written consent.",
    "The {role} must {act} no later than {days} days after notice.",
)


def endless() -> Iterator[str]:
    """The sentences, shapes and acts taking turns."""
    number = 0
    while True:
        for shape, act, role in product(SHAPES, ACTS, ROLES):
            number += 1
            other = ROLES[(ROLES.index(role) + 1) % len(ROLES)]
            yield shape.format(role=role, other=other, days=number % 60 + 2, act=act.format(n=number, other=other))


def some(count: int) -> list[str]:
    """The first so many."""
    return list(islice(endless(), count))
