"""What is wrong with a text: a check for each kind of fault, all of them listed in `checks`."""
