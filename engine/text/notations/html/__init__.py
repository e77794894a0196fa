"""HTML as people leave it in texts: read as browsers read it, into blocks of our model, every character with its place."""
