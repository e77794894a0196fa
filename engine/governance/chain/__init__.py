"""The chain: which changes of an agreement are lawful, each judged against the state before it."""
