"""Disputes: whether an award is one, what it does, and what the text or the rules it falls back on say of it."""
