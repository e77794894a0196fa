"""Money, and what is owed for delay."""
