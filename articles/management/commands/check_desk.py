"""python manage.py check_desk [--repair]"""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from articles.writing.checking import check_all


class Command(BaseCommand):
    help = "Check every rule of the data over the whole database; exit with 1 if any is broken."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--repair", action="store_true", help="Count counters and index words again, nothing else.")

    def handle(self, *args: Any, **options: Any) -> None:
        left = 0
        for problem in check_all(repair=options["repair"]):
            left += not problem.repaired
            self.stdout.write(f"{'repaired' if problem.repaired else 'wrong'}: {problem.where}: {problem.what}")
        if left:
            raise CommandError(f"{left} problems. Counters can be repaired with --repair; the rest needs an editor.")
        self.stdout.write("The desk is in order.")
