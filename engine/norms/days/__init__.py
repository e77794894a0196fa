"""Days, business days and zones, and how periods are counted."""
