"""python manage.py import_articles [PATH…] [--suggest] [--dry-run]"""

from argparse import ArgumentParser
from collections.abc import Iterable
from contextlib import nullcontext
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from articles.importing.lines import import_lines_of, is_lines
from articles.importing.outcomes import Imported, Outcome, Tally
from articles.importing.run import plan
from articles.importing.suggested import suggesting
from articles.importing.trying import writing_nothing


class Command(BaseCommand):
    help = "Import reports with their metadata and claims. Importing the same files again changes nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        what = "Texts, folders, JSON Lines (- reads these from standard input); default: seeds/"
        parser.add_argument("paths", nargs="*", type=Path, metavar="PATH", help=what)
        parser.add_argument("--suggest", action="store_true", help="Suggest claims as well, for editors to review.")
        parser.add_argument("--dry-run", action="store_true", help="Say what would be done, and write nothing.")

    def handle(self, *args: Any, dry_run: bool, **options: Any) -> None:
        paths = options["paths"] or [settings.BASE_DIR / "seeds"]
        lines = [path for path in paths if is_lines(path)]
        files = plan([path for path in paths if path not in lines])
        self.end = " Nothing was written." if dry_run else ""
        write = self.stdout.write if options["suggest"] else None
        with writing_nothing() if dry_run else nullcontext(), suggesting(write):
            tallies = [self.take((job.run() for job in files), "files", len(files))] if files else []
            tallies += [self.take(import_lines_of(path), "articles", named=f"{path}: ") for path in lines]
        if failed := sum(one.outcomes[Outcome.FAILED] for one in tallies):
            what = " and ".join([*(["files"] if files else []), *(["articles"] if lines else [])])
            total = sum(one.outcomes.total() for one in tallies)
            raise CommandError(f"{failed:,} of {total:,} {what} could not be imported: see above.")

    def take(self, run: Iterable[Imported], unit: str, total: int | None = None, named: str = "") -> Tally:
        tally = Tally()
        for imported in tqdm(run, unit=unit, total=total, file=self.stderr, disable=None, leave=False):
            tally.add(imported)
            if total or imported.notes:
                with tqdm.external_write_mode(file=self.stdout):
                    self.stdout.write(str(imported))
        self.stdout.write(named + tally.text(unit) + self.end)
        return tally
