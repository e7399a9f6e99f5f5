"""python manage.py take_away_second_factor NAME"""

from typing import Any

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError, CommandParser

from newsdesk.people import browsers, second_factor
from newsdesk.people.models import SignInEvent
from newsdesk.people.records import record


class Command(BaseCommand):
    help = "For somebody who lost both the app and the recovery codes. Ends their sessions."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name")

    def handle(self, *args: Any, name: str, **options: Any) -> None:
        user = User.objects.filter(username=name).first()
        if user is None or not second_factor.is_set_up(user):
            raise CommandError(f"{name!r} has no second factor.")
        second_factor.take_away(user)
        ended = browsers.end_others(user, None)
        record(SignInEvent.Kind.FACTOR_TAKEN, None, user=user)
        self.stdout.write(f"Taken away. Sessions ended: {ended}.")
