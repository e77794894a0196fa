"""Measurements, each beside its target and beside something else measured in the same run."""
