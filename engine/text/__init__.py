"""Prose objects: where they are stored, how they compose, what is wrong with them."""
