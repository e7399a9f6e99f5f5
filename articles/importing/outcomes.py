"""Outcomes: what became of each file."""

from collections import Counter
from dataclasses import dataclass, field, fields
from enum import StrEnum
from pathlib import Path


class Outcome(StrEnum):
    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    NEW_VERSION = "new version"
    FAILED = "failed"


@dataclass(slots=True)
class ClaimCounts:
    """What became of the claims of a file. `kept` were changed or deleted by editors and stay as those left them."""

    placed: int = 0
    reworded: int = 0
    orphaned: int = 0
    kept: int = 0
    removed: int = 0

    def add(self, other: "ClaimCounts") -> None:
        for one in fields(self):
            setattr(self, one.name, getattr(self, one.name) + getattr(other, one.name))

    def __str__(self) -> str:
        counted = {
            "placed": self.placed,
            "reworded": self.reworded,
            "orphaned": self.orphaned,
            "kept (edited)": self.kept,
            "removed": self.removed,
        }
        said = [f"{count:,} {word}" for word, count in counted.items() if count]
        return "claims: " + ", ".join(said) if said else ""


@dataclass(slots=True)
class Imported:
    """One file's outcome. Each of `notes` is a sentence for whoever runs the import."""

    path: Path
    outcome: Outcome
    claims: ClaimCounts = field(default_factory=ClaimCounts)
    notes: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        claims = f"  {self.claims}" if str(self.claims) else ""
        return "\n".join([f"{self.outcome:<12} {self.path}{claims}", *(f"{'':13}{note}" for note in self.notes)])


@dataclass(slots=True)
class Tally:
    """Of many outcomes how many there were of each, and their claims together."""

    outcomes: Counter[Outcome] = field(default_factory=Counter)
    claims: ClaimCounts = field(default_factory=ClaimCounts)

    def add(self, imported: Imported) -> None:
        self.outcomes[imported.outcome] += 1
        self.claims.add(imported.claims)

    def text(self, unit: str) -> str:
        """Of files, each was printed with its claims."""
        counted = ", ".join(f"{self.outcomes[one]:,} {one}" for one in Outcome if self.outcomes[one])
        claims = f"; {self.claims}" if unit != "files" and str(self.claims) else ""
        return f"{self.outcomes.total():,} {unit}: {counted or 'none'}{claims}."
