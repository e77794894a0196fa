"""What holds as long as something else does: a breach, a delay, a suspension, a doubt."""
