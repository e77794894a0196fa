"""The texts with their rules, and what a fact is matched with."""
