"""python manage.py import_articles [PATH…] [--dry-run]"""

from argparse import ArgumentParser
from collections import Counter
from contextlib import nullcontext
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from articles.importing.outcomes import Imported, Outcome
from articles.importing.run import plan
from articles.importing.trying import writing_nothing


class Command(BaseCommand):
    help = "Import reports with their metadata and claims. Importing the same files again changes nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("paths", nargs="*", type=Path, metavar="PATH", help="Files and folders; default: seeds/")
        parser.add_argument("--dry-run", action="store_true", help="Say what would be done, and write nothing.")

    def handle(self, *args: Any, **options: Any) -> None:
        jobs = plan(options["paths"] or [settings.BASE_DIR / "seeds"])
        bar = tqdm(jobs, unit="file", file=self.stderr, disable=None, leave=False)
        with writing_nothing() if options["dry_run"] else nullcontext():
            outcomes = [self.report(job.run()) for job in bar]
        self.sum_up(outcomes, options["dry_run"])

    def report(self, imported: Imported) -> Outcome:
        claims = f"  {imported.claims}" if str(imported.claims) else ""
        lines = [f"{imported.outcome:<12} {imported.path}{claims}", *(f"{'':13}{note}" for note in imported.notes)]
        with tqdm.external_write_mode(file=self.stdout):
            self.stdout.write("\n".join(lines))
        return imported.outcome

    def sum_up(self, outcomes: list[Outcome], dry_run: bool) -> None:
        counts = Counter(outcomes)
        said = ", ".join(f"{counts[outcome]} {outcome}" for outcome in Outcome if counts[outcome])
        self.stdout.write(f"{len(outcomes)} files: {said}.{' Nothing was written.' if dry_run else ''}")
        if counts[Outcome.FAILED]:
            raise CommandError(f"{counts[Outcome.FAILED]} of {len(outcomes)} files could not be imported: see above.")
