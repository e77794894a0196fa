"""Rules made of the chunks of a clause."""
