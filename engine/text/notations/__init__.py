"""The written forms of a prose object, one module each."""
