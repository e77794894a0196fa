"""Facts, and tables of them."""
