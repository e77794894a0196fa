"""The register: who the principals of an agreement are, which roles they have had since when, and which keys sign for them."""

from syngraph.engine.governance.register.principals import KeyHeld, Principal, Register, RegisterError, RoleHeld, holdings, same
from syngraph.engine.governance.register.reading import load
from syngraph.engine.governance.register.writing import rewritten, written

__all__ = ["KeyHeld", "Principal", "Register", "RegisterError", "RoleHeld", "holdings", "load", "rewritten", "same", "written"]
