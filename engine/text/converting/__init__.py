"""Texts of other kinds brought into our notation, each proved to say the same words as before."""
