"""What becomes of a norm from its beginning to its end."""
