"""What every verb that governs does the same way: opening the chain, signing, entering, telling what came of it."""
