"""What is wrong of a sentence, and what would be read instead."""
