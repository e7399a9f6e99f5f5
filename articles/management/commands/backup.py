"""python manage.py backup FILE"""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from articles.backups import BackupError, back_up


class Command(BaseCommand):
    help = "Back the desk up into one file while it goes on; exit with 1 and leave no file if that fails."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE", help="An older file of that name is replaced.")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            digest = back_up(options["file"].absolute())
        except BackupError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{options['file']}: {digest.rows} rows in {len(digest.tables)} tables.")
        self.stdout.write(f"Digest: {digest.text}")
