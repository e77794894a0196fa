"""Rules over time: instances, facts, states and verdicts."""
