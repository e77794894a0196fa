"""Resolved documents laid out for readers."""

from syngraph.engine.documents.render import FormatError, KeyNotFoundError, render
from syngraph.engine.documents.sandbox import Limits, TemplateError

__all__ = ["FormatError", "KeyNotFoundError", "Limits", "TemplateError", "render"]
