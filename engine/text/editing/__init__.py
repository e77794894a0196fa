"""Texts changed for the better: edits, the one layout of an object, and mending what is surely meant otherwise."""
