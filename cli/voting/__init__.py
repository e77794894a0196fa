"""The verbs by which an agreement is changed: a motion, its ballots, its close, and what it comes to."""
