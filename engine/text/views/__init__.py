"""Views: what was written, what is open, where everything came from, and what includes what; the same for both notations."""
