"""python manage.py restore FILE"""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from articles.backups import BackupError, restore


class Command(BaseCommand):
    help = "Restore a backup into an empty database; exit with 1 if it is not empty or the backup is not good."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE", help="One that `backup` has made.")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            digest = restore(options["file"].absolute())
        except BackupError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{options['file']}: {digest.rows} rows in {len(digest.tables)} tables.")
        self.stdout.write(f"Digest: {digest.text}")
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            self.stdout.write("It is of an earlier release: run `manage.py migrate` before the desk starts.")
