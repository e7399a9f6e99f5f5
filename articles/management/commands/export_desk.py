"""python manage.py export_desk FILE [--mail]"""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from articles.desk_format import DeskFileError
from articles.exporting.desk import export_desk


class Command(BaseCommand):
    help = "Write the whole desk into one file of an open format, which import_desk reads on any database."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE", help="Such as desk.jsonl.gz; see docs/exporting.md.")
        parser.add_argument("--mail", action="store_true", help="With people's mail addresses.")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            rows = export_desk(options["file"].absolute(), mail=options["mail"])
        except DeskFileError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{options['file']}: {rows:,} rows.")
