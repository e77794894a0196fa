"""What `read` and `explain` show: how sentences are understood, for people and for programs."""
