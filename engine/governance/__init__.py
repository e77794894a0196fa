"""Who holds which role, and who may change the text."""
