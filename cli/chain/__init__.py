"""The verbs of the chain itself: founding, statements that need no vote, verification, hooks."""
