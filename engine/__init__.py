"""What is true: of a text, of the norms in it, of the documents made from it."""
