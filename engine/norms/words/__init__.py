"""Words that the sentences of rules and of facts are compared by."""
