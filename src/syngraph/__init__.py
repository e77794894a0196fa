"""Contracts and bylaws as modular prose in git: the sentence is the rule."""

__version__ = "0.1.0"
LANGUAGE_VERSION = 1
"""The frozen clause language that `syngraph: 1` in a manifest names."""
