"""What every verb does the same way: output, findings, dates, errors, the cache."""
