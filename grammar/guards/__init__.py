"""What keeps a clause from being understood in part only."""
