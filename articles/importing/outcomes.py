"""Outcomes: what became of each file."""

from dataclasses import dataclass, field
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

    def __str__(self) -> str:
        counted = {
            "placed": self.placed,
            "reworded": self.reworded,
            "orphaned": self.orphaned,
            "kept (edited)": self.kept,
            "removed": self.removed,
        }
        said = [f"{count} {word}" for word, count in counted.items() if count]
        return "claims: " + ", ".join(said) if said else ""


@dataclass(slots=True)
class Imported:
    """One file's outcome. Each of `notes` is a sentence for whoever runs the import."""

    path: Path
    outcome: Outcome
    claims: ClaimCounts = field(default_factory=ClaimCounts)
    notes: list[str] = field(default_factory=list)
