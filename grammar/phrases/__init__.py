"""What small phrases mean: numbers, shares, times, who does what."""
