"""Verdicts, their reasons and what is reported of them."""
