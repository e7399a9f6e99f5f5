"""python manage.py forget_sign_ins"""

from typing import Any

from django.core.management.base import BaseCommand

from newsdesk.people.records import forget_old


class Command(BaseCommand):
    help = "Delete records of signing in older than SIGN_INS_KEPT_DAYS. Each sign-in does so too."

    def handle(self, *args: Any, **options: Any) -> None:
        events, browsers = forget_old()
        self.stdout.write(f"Deleted {events} records of signing in, and {browsers} browsers whose sessions ran out.")
