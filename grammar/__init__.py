"""How a sentence of legal English is read as a rule."""
