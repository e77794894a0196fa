"""Resolved documents laid out for readers."""
