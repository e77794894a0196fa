"""What a printed copy says of itself: its day and the digest of its text."""

from dataclasses import dataclass
from datetime import date

MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


@dataclass(frozen=True, slots=True)
class Stamp:
    """The day on which a copy was made, if it is to say so, and the digest of the text that it shows ("" for none)."""

    on: date | None = None
    digest: str = ""

    @property
    def day(self) -> str:
        """The day in words (`1 March 2027`), "" for none."""
        return f"{self.on.day} {MONTHS[self.on.month - 1]} {self.on.year}" if self.on else ""

    @property
    def line(self) -> str:
        """Day and a short form of the digest, for a running footer."""
        short = self.digest.removeprefix("sha256:")[:12]
        return " · ".join(part for part in (self.day, short) if part)
