"""Users: Django's own pages, but for deleting. Whose changes are on record stays, and can be deactivated."""

from django.contrib.admin import site
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import User

from articles.admin.desk import DeletingUnused


class DeskUserAdmin(DeletingUnused, UserAdmin):
    pass


site.unregister(User)
site.register(User, DeskUserAdmin)
