"""What the pages print is what docs/measured.md says."""

from pathlib import Path

from articles.suggestions.figures import BANDS, DEV

MEASURED = (Path(__file__).parents[2] / "docs" / "measured.md").read_text()


def rows() -> dict[str, list[str]]:
    """Of all tables, by their first cell."""
    found: dict[str, list[str]] = {}
    for line in MEASURED.splitlines():
        if line.startswith("| "):
            name, *cells = (cell.strip(" *") for cell in line.strip("|").split("|"))
            found.setdefault(name, cells)
    return found


def test_of_each_group() -> None:
    names = ("dev, all", "dev, quoted", "dev, indirect", "dev, reported")
    for name, one in zip(names, DEV, strict=True):
        marked, suggested, _exact, *rest = rows()[name]
        assert [marked, suggested] == [f"{one.marked:,}", f"{one.suggested:,}"], name
        assert [float(cell) for cell in rest] == [*one.partial, *one.whole, one.speaker], name


def test_of_each_level_of_confidence() -> None:
    for one in BANDS:
        name = f"{one.least / 100:g} to {min(one.below, 100) / 100:g}"
        *_, suggested, right = rows()[name]
        assert [suggested, right] == [str(one.suggested), f"{one.right} %"], name
