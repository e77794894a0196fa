"""Where in a text something stands, as offsets."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of text: `start` inclusive, `end` exclusive, in characters from the start of the text that was read."""

    start: int
    end: int

    def shifted(self, by: int) -> "Span":
        """The same stretch in a text that has `by` more characters before it."""
        return Span(self.start + by, self.end + by)
