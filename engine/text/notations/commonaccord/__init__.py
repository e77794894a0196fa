"""The notation of CommonAccord, read as it is: `Key=Value` lines, `Prefix.=[path]` inclusions, `{Key}` placeholders.

Everything here works on bytes: names and values are never decoded on the way, so that what comes out is what was written.
"""

ROOT = "r00t"
"""The key that a document begins with where nobody names one."""
