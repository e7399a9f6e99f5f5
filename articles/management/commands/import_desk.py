"""python manage.py import_desk FILE"""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from articles.desk_format import DeskFileError
from articles.importing.desk import import_desk


class Command(BaseCommand):
    help = (
        "Make an empty desk the one that export_desk has written; exit with 1, and write nothing, if it is not empty."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE", help="One that export_desk has made.")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            rows = import_desk(options["file"].absolute())
        except DeskFileError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{options['file']}: {rows:,} rows. People can sign in once they have been given passwords.")
