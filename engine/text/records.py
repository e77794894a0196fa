"""Records of which very many are made: frozen dataclasses that are made in a fraction of the time."""

from dataclasses import MISSING, fields
from typing import Any, TypeVar

_T = TypeVar("_T")


def quick(record: type[_T]) -> type[_T]:
    """A frozen dataclass with slots, made four times as quickly; all else about it stays, and nobody can change it either.

    What `dataclass` writes for a frozen class sets each field by a call. Here a record is of an open class of the same layout
    while its fields are set, and of its own class from then on.

    Raises: TypeError when it has no slots of its own, or more is done when one is made than to set its fields.
    """
    told = fields(record)  # type: ignore[arg-type]
    names = tuple(one.name for one in told)
    is_plain = all(one.init and not one.kw_only and one.default_factory is MISSING for one in told)
    if not is_plain or record.__dict__.get("__slots__") != names or hasattr(record, "__post_init__"):
        raise TypeError(f"found {record.__name__}, expected a record with slots whose fields are set as they are given")
    before: Any = record.__init__
    lines = (
        f"def __init__({', '.join(('self', *names))}):",
        "_set(self, '__class__', _open)",
        *(f"self.{name} = {name}" for name in names),
        "self.__class__ = _own",
    )
    known: dict[str, Any] = {"_set": object.__setattr__, "_open": type("_Open", (), {"__slots__": names}), "_own": record}
    exec("\n    ".join(lines), known)
    made = known["__init__"]
    made.__defaults__, made.__annotations__ = before.__defaults__, before.__annotations__
    made.__qualname__, made.__module__ = before.__qualname__, record.__module__
    record.__init__ = made  # type: ignore[method-assign]
    return record
