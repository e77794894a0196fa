"""The verb `view`: what was written, what is open, where everything came from, and what includes what."""
