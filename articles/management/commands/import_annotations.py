"""python manage.py import_annotations FILE… [--dry-run]"""

from argparse import ArgumentParser
from collections import Counter
from contextlib import nullcontext
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from articles.importing.annotations import Fate, import_annotations
from articles.importing.files import ArticleFileError
from articles.importing.trying import writing_nothing

_NOTHING_TO_SAY = {Fate.PLACED, Fate.UNCHANGED}


class Command(BaseCommand):
    help = "Import claims on articles that are here. Importing the same files again changes nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("paths", nargs="+", type=Path, metavar="FILE", help="See docs/importing.md.")
        parser.add_argument("--dry-run", action="store_true", help="Say what would be done, and write nothing.")

    def handle(self, *args: Any, **options: Any) -> None:
        failed = 0
        with writing_nothing() if options["dry_run"] else nullcontext():
            for path in options["paths"]:
                failed += not self.take(path)
        if options["dry_run"]:
            self.stdout.write("Nothing was written.")
        if failed:
            raise CommandError(f"{failed} of {len(options['paths'])} files could not be imported: see above.")

    def take(self, path: Path) -> bool:
        counts = Counter[Fate]()
        try:
            for taken in import_annotations(path):
                counts[taken.fate] += 1
                if taken.fate not in _NOTHING_TO_SAY:
                    self.stdout.write(f"{taken.fate:<14}{path}, {taken.line}: {taken.reason}")
        except ArticleFileError as error:
            self.stdout.write(f"{'failed':<14}{error}")
            return False
        said = " + ".join(f"{counts[fate]} {fate}" for fate in Fate if counts[fate])
        self.stdout.write(f"{path}: {counts.total()} annotations{' = ' + said if said else ''}.")
        return True
