"""Prose objects and document templates that come with syngraph."""
