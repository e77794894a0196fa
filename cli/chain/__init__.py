"""The verbs that begin a chain and add to it without a vote."""
