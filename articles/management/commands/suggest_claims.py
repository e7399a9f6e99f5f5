"""python manage.py suggest_claims --text FILE… --jsonl"""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from articles.text.attribution.suggesting import suggestions_as_given
from articles.text.parsing import TextError, decode


class Command(BaseCommand):
    help = "Find who is said to say what in plain texts. Reads files, writes nothing, asks no database."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--text", nargs="+", type=Path, required=True, metavar="FILE", help="Plain text in UTF-8")
        parser.add_argument("--jsonl", action="store_true", required=True, help="One line of JSON for each file")

    def handle(self, *args: Any, **options: Any) -> None:
        failed = 0
        for path in options["text"]:
            try:
                claims = suggestions_as_given(decode(path.read_bytes()))
            except (OSError, TextError) as error:
                failed += 1
                self.stderr.write(f"{path}: {error}")
                continue
            self.stdout.write(json.dumps({"id": path.name, "claims": claims}, ensure_ascii=False))
        if failed:
            raise CommandError(f"{failed} of {len(options['text'])} files could not be read: see above.")
