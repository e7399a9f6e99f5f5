"""python manage.py create_demo_users"""

import secrets
from typing import Any

from django.conf import settings
from django.contrib.auth.models import Group, User
from django.core.management.base import BaseCommand, CommandError

from articles.models.roles import EDITORS


class Command(BaseCommand):
    help = "Create one editor and one administrator with random passwords, printed once. For DEBUG only."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEBUG:
            raise CommandError("Demo users are made with DEBUG on only. Use createsuperuser here.")
        self.create("editor", is_staff=False)
        self.create("administrator", is_staff=True)

    def create(self, name: str, *, is_staff: bool) -> None:
        if User.objects.filter(username=name).exists():
            return
        password = secrets.token_urlsafe(12)
        user = User.objects.create_user(name, password=password, is_staff=is_staff, is_superuser=is_staff)
        user.groups.add(Group.objects.get(name=EDITORS))
        self.stdout.write(f"Created {name}, password {password} (shown this once)")
