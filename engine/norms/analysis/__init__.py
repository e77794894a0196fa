"""What is wrong with the rules of a text taken together: those against each other, and those that can never be used."""
