"""`hook`: pushes and commits judged before they are in."""
