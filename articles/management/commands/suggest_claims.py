"""python manage.py suggest_claims [ARTICLE…], or suggest_claims --text FILE… --jsonl"""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from articles.models import Article
from articles.suggestions.making import suggest
from articles.text.attribution.suggesting import suggestions_as_given
from articles.text.parsing import TextError, decode


class Command(BaseCommand):
    help = "Suggest who says what, for editors to review: in articles, or with --text in files, writing nothing."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("articles", nargs="*", metavar="ARTICLE", help="Slugs; default: all latest versions")
        parser.add_argument(
            "--text", nargs="+", type=Path, metavar="FILE", help="Plain text in UTF-8; asks no database"
        )
        parser.add_argument("--jsonl", action="store_true", help="With --text: one line of JSON for each file")

    def handle(self, *args: Any, **options: Any) -> None:
        if bool(options["text"]) != options["jsonl"] or (options["text"] and options["articles"]):
            raise CommandError("Name articles, or none for all; or files: --text FILE… --jsonl.")
        named, work = (options["text"], self.read) if options["text"] else (options["articles"], self.suggest)
        if failed := work(named):
            raise CommandError(f"{failed} of {len(named)} could not be read: see above.")

    def suggest(self, slugs: list[str]) -> int:
        found = {one.slug: one for one in Article.objects.to_suggest_for(slugs)}
        for slug in slugs or found:
            said = str(suggest(found[slug])) if slug in found else "there is no such article"
            (self.stdout if slug in found else self.stderr).write(f"{slug}: {said}")
        return len([slug for slug in slugs if slug not in found])

    def read(self, paths: list[Path]) -> int:
        failed = 0
        for path in paths:
            try:
                claims = suggestions_as_given(decode(path.read_bytes()))
            except (OSError, TextError) as error:
                failed += 1
                self.stderr.write(f"{path}: {error}")
                continue
            self.stdout.write(json.dumps({"id": path.name, "claims": claims}, ensure_ascii=False))
        return failed
